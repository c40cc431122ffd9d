"""Clipping: what of an outline or a line lies in a box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]
"""The least x and y, and the greatest."""


def clipped_outline(points: Sequence[Point], box: Box) -> Sequence[Point]:
    """The part of a closed outline that lies in a box, by Sutherland and Hodgman (1974): closed along its edges.

    The last point is not the first again.
    """
    for axis, limit, sign in ((0, box[0], 1), (0, box[2], -1), (1, box[1], 1), (1, box[3], -1)):
        if not points:
            break
        if all((point[axis] - limit) * sign >= 0 for point in points):
            continue
        points = _on_one_side(points, axis, limit, sign)
    return points


def _on_one_side(points: Sequence[Point], axis: int, limit: float, sign: int) -> list[Point]:
    found: list[Point] = []
    before = points[-1]
    was_in = (before[axis] - limit) * sign >= 0
    for point in points:
        is_in = (point[axis] - limit) * sign >= 0
        if is_in != was_in:
            found.append(_crossing(before, point, axis, limit))
        if is_in:
            found.append(point)
        before, was_in = point, is_in
    return found


def _crossing(a: Point, b: Point, axis: int, limit: float) -> Point:
    part = (limit - a[axis]) / (b[axis] - a[axis])
    if axis == 0:
        return limit, a[1] + part * (b[1] - a[1])
    return a[0] + part * (b[0] - a[0]), limit


def clipped_line(points: Sequence[Point], box: Box) -> list[list[Point]]:
    """The parts of a line that lie in a box."""
    lines = [list(points)]
    for axis, limit, sign in ((0, box[0], 1), (0, box[2], -1), (1, box[1], 1), (1, box[3], -1)):
        lines = [part for line in lines for part in _parts(line, axis, limit, sign)]
    return lines


def _parts(line: Sequence[Point], axis: int, limit: float, sign: int) -> list[list[Point]]:
    found: list[list[Point]] = []
    was_in = False
    for at, point in enumerate(line):
        is_in = (point[axis] - limit) * sign >= 0
        if at and is_in != was_in:
            crossing = _crossing(line[at - 1], point, axis, limit)
            if is_in:
                found.append([crossing])
            else:
                found[-1].append(crossing)
        elif is_in and not at:
            found.append([])
        if is_in:
            found[-1].append(point)
        was_in = is_in
    return [part for part in found if len(part) > 1]
