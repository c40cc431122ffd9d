"""Labels: where names stand on a map without covering what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from builder.maps.atlas import Point
from builder.maps.clip import Box

Anchor = Literal["start", "middle", "end"]


class Label(Struct, frozen=True, array_like=True):
    """A name whose middle line stands at `y`; `x` is its start, middle or end from the left, as `anchor` says."""

    text: str
    x: float
    y: float
    anchor: Anchor = "middle"


class Room:
    """The free room on a drawing. A label that is placed takes its own."""

    def __init__(self, width: int, height: int, size: float) -> None:
        """`size` is the height of the letters' line, in units."""
        self._edges = (2.0, 2.0, width - 2.0, height - 2.0)
        self._size = size
        self._taken: list[Box] = []

    def take(self, box: Box) -> None:
        """Keeps others out of a box."""
        self._taken.append(box)

    def beside(self, text: str, x: float, y: float, radius: float) -> Label | None:
        """A name beside a mark: to its right, else its left, above it or below it; None where there is no room."""
        gap, line = radius + 3, self._size / 2
        places: tuple[tuple[Anchor, float, float], ...] = (
            ("start", x + gap, y),
            ("end", x - gap, y),
            ("middle", x, y - radius - line - 1),
            ("middle", x, y + radius + line + 1),
        )
        for anchor, at_x, at_y in places:
            label = Label(text, round(at_x, 1), round(at_y, 1), anchor)
            if self.add(label):
                return label
        return None

    def add(self, label: Label) -> bool:
        """Places a label where it stands, if there is room; tells whether there was."""
        box = self._box(label)
        if not self._is_free(box):
            return False
        self.take(box)
        return True

    def inside(self, text: str, shapes: Sequence[Sequence[Point]]) -> Label | None:
        """A name that lies wholly inside one of some outlines, as near to the middle of the largest as can be."""
        if not shapes:
            return None
        largest = max(shapes, key=_extent)
        xs, ys = [x for x, _ in largest], [y for _, y in largest]
        middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        width = self._width(text)
        found: list[tuple[float, float, float]] = []
        y = min(ys) + self._size / 2
        while y < max(ys):
            lines = [_inner(shapes, y + shift * self._size) for shift in (-0.5, 0.0, 0.5)]
            for start, end in _common(lines):
                if end - start >= width + 4:
                    x = min(max(middle_x, start + 2 + width / 2), end - 2 - width / 2)
                    found.append((abs(x - middle_x) + 1.5 * abs(y - middle_y), y, x))
            y += self._size / 2
        for _, y, x in sorted(found):
            label = Label(text, round(x, 1), round(y, 1))
            if self.add(label):
                return label
        return None

    def _width(self, text: str) -> float:
        return 0.56 * self._size * len(text)

    def _box(self, label: Label) -> Box:
        width, line = self._width(label.text), self._size / 2
        left = label.x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
        return left, label.y - line, left + width, label.y + line

    def _is_free(self, box: Box) -> bool:
        left, top, right, bottom = self._edges
        if box[0] < left or box[1] < top or box[2] > right or box[3] > bottom:
            return False
        return not any(
            box[0] < other[2] and box[2] > other[0] and box[1] < other[3] and box[3] > other[1] for other in self._taken
        )


def _extent(shape: Sequence[Point]) -> float:
    xs, ys = [x for x, _ in shape], [y for _, y in shape]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def _inner(shapes: Iterable[Sequence[Point]], y: float) -> list[tuple[float, float]]:
    """The parts of a horizontal line that lie inside some outlines."""
    crossings = sorted(
        x1 + (y - y1) / (y2 - y1) * (x2 - x1)
        for shape in shapes
        for (x1, y1), (x2, y2) in zip(shape, [*shape[1:], shape[0]], strict=True)
        if (y1 > y) != (y2 > y)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=False))


def _common(lines: Sequence[Sequence[tuple[float, float]]]) -> list[tuple[float, float]]:
    """What all of some sets of intervals have in common."""
    first, *others = lines
    found = list(first)
    for other in others:
        found = [(max(a, c), min(b, d)) for a, b in found for c, d in other if max(a, c) < min(b, d)]
    return found
