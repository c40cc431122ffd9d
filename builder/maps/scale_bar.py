"""The scale bar: a round number of kilometres, as long as it is on the drawing."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from builder.maps.clip import Box
from builder.maps.window import Window

_WIDEST = 4_500.0  # km: on a wider map a kilometre isn't equally long everywhere, and a bar would lie
_EDGE = 10.0  # units between the bar and the edge of the drawing
_HEIGHT = 24.0  # units, of the bar with its number


class ScaleBar(Struct, frozen=True, array_like=True):
    """`length` units of the drawing are `km` kilometres. The bar begins at `x`, and its ends point up from `y`."""

    length: float
    km: int
    x: float
    y: float

    @property
    def box(self) -> Box:
        """What the bar and its number take of the drawing."""
        return self.x - _EDGE, self.y - _HEIGHT + 3, self.x + self.length + _EDGE, self.y + 3


def scale_bar(window: Window, marks: Iterable[tuple[float, float, float]] = ()) -> ScaleBar | None:
    """The longest round bar that takes up to a quarter of the width; None where no bar would be honest.

    It stands at the bottom left or, if one of `marks` (x, y, radius) is there, in the first corner without any: bottom
    right, top left, top right.
    """
    if window.width * window.km > _WIDEST:
        return None
    longest = window.width * window.km / 4
    rounds = [factor * 10**power for power in range(4) for factor in (1, 2, 5)]
    km = max((length for length in rounds if length <= longest), default=1)
    length = round(km / window.km, 1)
    right, bottom = round(window.width - length - _EDGE, 1), window.height - 11.0
    corners = [ScaleBar(length, km, x, y) for y in (bottom, _HEIGHT - 1) for x in (_EDGE, right)]
    taken = list(marks)
    return next((bar for bar in corners if not any(_meets(bar.box, *mark) for mark in taken)), corners[0])


def _meets(box: Box, x: float, y: float, radius: float) -> bool:
    left, top, right, bottom = box
    return left < x + radius and x - radius < right and top < y + radius and y - radius < bottom
