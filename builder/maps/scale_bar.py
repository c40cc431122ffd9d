"""The scale bar: a round number of kilometres, as long as it is on the drawing."""

from __future__ import annotations

from msgspec import Struct

from builder.maps.window import Window

_WIDEST = 4_500.0  # km: on a wider map a kilometre isn't equally long everywhere, and a bar would lie


class ScaleBar(Struct, frozen=True, array_like=True):
    """`length` units of the drawing are `km` kilometres."""

    length: float
    km: int


def scale_bar(window: Window) -> ScaleBar | None:
    """The longest round bar that takes up to a quarter of the width; None where no bar would be honest."""
    if window.width * window.km > _WIDEST:
        return None
    longest = window.width * window.km / 4
    rounds = [factor * 10**power for power in range(4) for factor in (1, 2, 5)]
    km = max((length for length in rounds if length <= longest), default=1)
    return ScaleBar(round(km / window.km, 1), km)
