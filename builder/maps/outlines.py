"""Outlines: the atlas's rings and borders as a window shows them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from builder.maps.atlas import Atlas, Point, Ring, Scale, atlas
from builder.maps.clip import Box, clipped_line, clipped_outline
from builder.maps.window import Window

_STEP = 1.5  # degrees: a longer line is bent with the projection
_LEAST_STEP = 1.0  # units of the drawing: what is nearer to the point before can't be seen


def outlines(world: Atlas, rings: Iterable[Ring], window: Window) -> list[list[Point]]:
    """What of some rings lies in a window: closed outlines in units of the drawing."""
    degrees = window.degrees
    found = []
    for ring in rings:
        for turn in _turns(world.ring_box(ring), degrees):
            points = clipped_outline(_near_points(world, ring, degrees, turn), degrees)
            if points:
                placed = [window.place(*point) for point in _bent([*points, points[0]])]
                drawn = _thinned(clipped_outline(placed[:-1], window.box))
                if len(drawn) > 2:
                    found.append(drawn)
    return found


def lines(world: Atlas, arcs: Iterable[int], window: Window) -> list[list[Point]]:
    """What of some arcs lies in a window: lines in units of the drawing."""
    degrees = window.degrees
    found = []
    for arc in arcs:
        for turn in _turns(world.box(arc), degrees):
            points = [(lon + turn, lat) for lon, lat in world.points(arc)]
            for part in clipped_line(points, degrees):
                placed = [window.place(*point) for point in _bent(part)]
                found += [_thinned(line) for line in clipped_line(placed, window.box)]
    return found


def path(shapes: Iterable[Sequence[Point]], *, closed: bool) -> str:
    """Shapes as the `d` of an SVG path, in tenths of a unit."""
    written = []
    for shape in shapes:
        tenths = [(round(x * 10), round(y * 10)) for x, y in shape]
        steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(tenths)]
        moves = "".join([_pair(*step) for step in steps if step != (0, 0)])
        if moves:
            written.append(f"M{_pair(*tenths[0]).lstrip()}l{moves.lstrip()}{'z' if closed else ''}")
    return "".join(written)


def _pair(x: int, y: int) -> str:
    return _number(x) + _number(y)


@cache
def _number(tenths: int) -> str:
    """A number in as few signs as SVG reads, with what parts it from the one before."""
    whole, rest = divmod(abs(tenths), 10)
    text = f"{whole or ''}.{rest}" if rest else str(whole)
    return f"-{text}" if tenths < 0 else f" {text}"


def _near_points(world: Atlas, ring: Ring, box: Box, turn: int) -> list[Point]:
    """The points of a ring; of an arc that lies wholly on one outer side of the box only its ends.

    That side is a half plane, which holds the straight line between the ends too: so the ring goes around what is
    inside the box as often as before.
    """
    found: list[Point] = []
    west, south, east, north = box
    for arc in ring:
        left, bottom, right, top = world.box(arc)
        is_far = right + turn < west or left + turn > east or top < south or bottom > north
        points = world.ends(arc) if is_far else world.points(arc)
        found += [(lon + turn, lat) for lon, lat in points] if turn else points
        found.pop()  # the next arc begins there
    return found


def _turns(box: Box, degrees: Box) -> Iterator[int]:
    """By how many degrees a box must be turned to meet another that may go on beyond the antimeridian."""
    if box[3] < degrees[1] or box[1] > degrees[3]:
        return
    for turn in (-360, 0, 360):
        if box[0] + turn <= degrees[2] and box[2] + turn >= degrees[0]:
            yield turn


def _bent(points: Sequence[Point]) -> Iterator[Point]:
    """A line with points put in, so that no part of it is longer than a step."""
    yield points[0]
    for (x1, y1), (x2, y2) in pairwise(points):
        parts = math.ceil(max(abs(x2 - x1), abs(y2 - y1)) / _STEP)
        for part in range(1, parts):
            yield x1 + (x2 - x1) * part / parts, y1 + (y2 - y1) * part / parts
        yield x2, y2


def _thinned(points: Sequence[Point]) -> list[Point]:
    """A line without points too near to the one before; its ends stay."""
    found = [*points[:1]]
    for point in points[1:-1]:
        last = found[-1]
        if abs(point[0] - last[0]) + abs(point[1] - last[1]) >= _LEAST_STEP:
            found.append(point)
    return [*found, *points[-1:]] if len(points) > 1 else found


@cache
def main_outline(code: str, scale: Scale = "50m") -> tuple[Point, ...]:
    """The points, in degrees, of the larger parts of an area: without islands and holdings far away.

    Empty where the atlas has no such code.
    """
    world = atlas(scale)
    area = world.areas.get(code)
    if area is None:
        return ()
    rings = [[point for arc in ring for point in world.points(arc)] for ring in area.rings]
    sizes = [_size(ring) for ring in rings]
    return tuple(point for ring, size in zip(rings, sizes, strict=True) if size >= max(sizes) / 8 for point in ring)


def _size(ring: Sequence[Point]) -> float:
    """The area of a ring in square degrees at its latitude, roughly."""
    twice = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True))
    return abs(twice) * (1 - abs(ring[0][1]) / 100)
