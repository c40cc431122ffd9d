"""The atlas: the outlines of the world's land and countries, as arcs that neighbours share.

The geometry is Natural Earth's, which is in the public domain; `scripts/map_data.py` makes the files of it.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Sequence
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path
from typing import Literal, TypeAlias

from msgspec import Struct, msgpack

# Natural Earth's three scales, 1:110,000,000 to 1:10,000,000.
Scale: TypeAlias = Literal["110m", "50m", "10m"]
# An arc's number; its complement (`~`) is the same arc from its end to its start.
Ring: TypeAlias = tuple[int, ...]
Point: TypeAlias = tuple[float, float]

_FOLDER = Path(__file__).parent / "data"


class Area(Struct, frozen=True, array_like=True):
    """What has a code: a country, or a place whose status is disputed; `claimed_by` has the codes of who claims it."""

    rings: tuple[Ring, ...]
    claimed_by: tuple[str, ...] = ()


class Atlas(Struct, frozen=True, array_like=True, dict=True):
    """The world at one scale.

    `arcs` are numbers of 16 bits, little end first: the steps from point to point, first all eastward, then all
    northward, in `unit` degrees; `boxes` have each arc's first point and its west, south, east and north. `land` are
    the coasts as rings, `areas` are by their codes: ISO 3166-1 alpha-2, else one of our own that begins with `x-`.
    `dashed` are borders that are disputed or not final.
    """

    unit: float
    arcs: tuple[bytes, ...]
    boxes: tuple[tuple[int, int, int, int, int, int], ...]
    land: tuple[Ring, ...]
    areas: dict[str, Area]
    borders: tuple[int, ...]
    dashed: tuple[int, ...]

    def box(self, arc: int) -> tuple[float, float, float, float]:
        """The west, south, east and north of an arc, in degrees."""
        _, _, west, south, east, north = self.boxes[arc if arc >= 0 else ~arc]
        unit = self.unit
        return west * unit, south * unit, east * unit, north * unit

    @cached_property
    def _ring_boxes(self) -> dict[Ring, tuple[float, float, float, float]]:
        return {}

    def ring_box(self, ring: Ring) -> tuple[float, float, float, float]:
        """The west, south, east and north of a ring, in degrees."""
        found = self._ring_boxes.get(ring)
        if found is None:
            wests, souths, easts, norths = zip(*[self.box(arc) for arc in ring], strict=True)
            found = self._ring_boxes[ring] = (min(wests), min(souths), max(easts), max(norths))
        return found

    def points(self, arc: int) -> Sequence[Point]:
        """The points of an arc: pairs of longitude and latitude, in degrees."""
        (x, y), eastward, northward = self._steps(arc)
        unit = self.unit
        places = zip(accumulate(eastward, initial=x), accumulate(northward, initial=y), strict=True)
        found = [(east * unit, north * unit) for east, north in places]
        return found if arc >= 0 else found[::-1]

    def ends(self, arc: int) -> Sequence[Point]:
        """The first and the last point of an arc."""
        (x, y), eastward, northward = self._steps(arc)
        unit = self.unit
        found = [(x * unit, y * unit), ((x + sum(eastward)) * unit, (y + sum(northward)) * unit)]
        return found if arc >= 0 else found[::-1]

    def _steps(self, arc: int) -> tuple[tuple[int, int], Sequence[int], Sequence[int]]:
        """Where an arc begins, and how far it goes east and north from each of its points to the next."""
        number = arc if arc >= 0 else ~arc
        steps = array("h", self.arcs[number])
        if sys.byteorder == "big":
            steps.byteswap()
        x, y, *_ = self.boxes[number]
        half = len(steps) // 2
        return (x, y), steps[:half], steps[half:]


@cache
def atlas(scale: Scale) -> Atlas:
    """The world at one of Natural Earth's scales. It comes with the program, and is read once in each process."""
    return msgpack.decode(zlib.decompress((_FOLDER / f"{scale}.bin").read_bytes()), type=Atlas)
