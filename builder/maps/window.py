"""Windows: which part of the earth a map shows, in which projection, and how large."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from builder.maps.atlas import Point, Scale
from builder.maps.clip import Box
from builder.maps.projection import Azimuthal, NaturalEarth, azimuthal

# Degrees: what reaches further is shown on a map of the world.
_WIDEST, _TALLEST = 130.0, 110.0
_POLAR = 62.0
_WORLD = (-180.0, -57.0, 180.0, 80.0)
_LEAST = 180.0  # km across: nearer, the outlines would show how coarse they are
_MARGIN = 0.12  # of the width and height, on each side
_FLATTEST, _STEEPEST = 0.6, 0.95  # height by width
_PARTS = 24


class Window(Struct, frozen=True, dict=True):
    """A rectangle of the plane: its west and north edge in km, and its size in units of the drawing."""

    projection: Azimuthal | NaturalEarth
    west: float
    north: float
    width: int
    height: int
    km: float
    """Kilometres to a unit."""

    def place(self, lon: float, lat: float) -> Point:
        """Where a point of the earth lies on the drawing, whose origin is its upper left corner."""
        x, y = self.projection.project(lon, lat)
        return (x - self.west) / self.km, (y - self.north) / self.km

    def holds(self, point: Point) -> bool:
        """Whether a point of the drawing lies inside its edges."""
        return 0 <= point[0] <= self.width and 0 <= point[1] <= self.height

    @property
    def box(self) -> Box:
        """The drawing's edges, a little outside of which nothing need be drawn."""
        return -2.0, -2.0, self.width + 2.0, self.height + 2.0

    @cached_property
    def degrees(self) -> Box:
        """A west, south, east and north that hold all of the window; beyond 180 degrees they go on."""
        if isinstance(self.projection, NaturalEarth):
            return -180.0, -90.0, 180.0, 90.0
        edge = [self.projection.inverse(self.west + x * self.km, self.north + y * self.km) for x, y in self._edge()]
        # Rounded outward, so that it doesn't matter how the last digit of an angle falls.
        west, east = math.floor(min(lon for lon, _ in edge) - 0.5), math.ceil(max(lon for lon, _ in edge) + 0.5)
        south, north = math.floor(min(lat for _, lat in edge) - 0.5), math.ceil(max(lat for _, lat in edge) + 0.5)
        has_north, has_south = (self.holds(self.place(0.0, pole)) for pole in (90.0, -90.0))
        lowest, highest = -90.0 if has_south else max(south, -90.0), 90.0 if has_north else min(north, 90.0)
        if lowest == -90.0 or highest == 90.0:  # around a pole there is every meridian
            return self.projection.lon - 180, lowest, self.projection.lon + 180, highest
        return west, lowest, east, highest

    def _edge(self) -> Iterator[Point]:
        """Points on the edges of the drawing, near to each other."""
        for part in range(_PARTS + 1):
            x, y = self.width * part / _PARTS, self.height * part / _PARTS
            yield from ((x, 0.0), (x, float(self.height)), (0.0, y), (float(self.width), y))

    @property
    def scale(self) -> Scale:
        """The scale of outlines whose detail can just be seen."""
        if isinstance(self.projection, NaturalEarth):
            return "110m"
        return "10m" if self.km < 2.4 else "50m" if self.km < 14 else "110m"


def window_around(points: Sequence[Point], width: int, margin: float = _MARGIN) -> Window:
    """The window, `width` units wide, that shows all of `points` (longitude and latitude) with a margin around them."""
    west, south, east, north = _box_of(points)
    narrowed = (east - west) * max(0.2, 1 - abs(south + north) / 180)  # meridians draw together towards the poles
    if narrowed > _WIDEST or north - south > _TALLEST:
        if south < _POLAR and north > -_POLAR:
            return _world(points, width)
        return _fitting(azimuthal(0.0, 90.0 if south > 0 else -90.0), points, width, margin)
    middle = azimuthal(round((west + east) / 2, 1), round((south + north) / 2, 1))
    return _fitting(middle, points, width, margin)


def _box_of(points: Sequence[Point]) -> Box:
    """The shortest way around the earth that meets all points, and their southernmost and northernmost latitude."""
    meridians = sorted({lon for lon, _ in points})
    gaps = [(b - a, b) for a, b in zip(meridians, [*meridians[1:], meridians[0] + 360], strict=True)]
    gap, west = max(gaps)
    west = west - 360 if west > 180 else west
    latitudes = [lat for _, lat in points]
    return west, min(latitudes), west + 360 - gap, max(latitudes)


def _fitting(projection: Azimuthal, points: Iterable[Point], width: int, margin: float) -> Window:
    found = [projection.project(lon, lat) for lon, lat in points]
    return _framed(projection, found, width, margin, _LEAST)


def _world(points: Iterable[Point], width: int) -> Window:
    """The world without the emptiest seas and ice: as much of it as the points need."""
    projection = NaturalEarth()
    _, south, east, north = _WORLD
    shown = [projection.project(*point) for point in points]
    edges = [projection.project(0, lat)[1] for lat in (south, north)]
    full = projection.project(east, 0)[0]
    window = _framed(projection, shown, width, 0.1, 14_000)
    if window.width * window.km > 1.6 * full:
        km = 2 * full / width
        return Window(projection, -full, edges[1], width, round((edges[0] - edges[1]) / km), km)
    return window


def _framed(
    projection: Azimuthal | NaturalEarth, points: Sequence[Point], width: int, margin: float, least: float
) -> Window:
    """The rectangle around points of the plane, with its margins, neither too small, too flat nor too steep."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    across, down = max(xs) - min(xs), max(ys) - min(ys)
    wide = max(across / (1 - 2 * margin), least)
    high = max(down / (1 - 2 * margin), wide * _FLATTEST)
    wide = max(wide, high / _STEEPEST)
    km = wide / width
    height = round(high / km)
    west, north = (min(xs) + max(xs) - wide) / 2, (min(ys) + max(ys) - high) / 2
    return Window(projection, west, north, width, height, km)
