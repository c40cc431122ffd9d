"""Drawings: a map as plain values, from what it is to show."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from builder.maps.atlas import Atlas, Point, atlas
from builder.maps.clusters import Cluster, Spot, clusters
from builder.maps.labels import Label, Room
from builder.maps.outlines import lines, main_outline, outlines, path
from builder.maps.projection import NaturalEarth
from builder.maps.scale_bar import ScaleBar, scale_bar
from builder.maps.sites import Site
from builder.maps.window import Window, window_around

_RING = 0.66  # of the distance between marks: the radius of a ring, whose size says nothing


class Sketch(Struct, frozen=True, array_like=True):
    """What a map is to show.

    `width` is that of the drawing in units, `apart` how near its marks may be to each other, `letters` the size of its
    labels (0: none). The map reaches as far as the outlines of `codes`, else as the points of `extent` and `own`: the
    name of a place without an outline, its longitude and its latitude. `focus` is the code of what the map is about,
    `context` has those of who has to do with it, `names` what countries are called, by code.
    """

    width: int
    apart: float
    letters: float
    sites: tuple[Site, ...]
    names: tuple[tuple[str, str], ...] = ()
    codes: tuple[str, ...] = ()
    extent: tuple[Point, ...] = ()
    own: tuple[str, float, float] | None = None
    focus: str | None = None
    context: tuple[str, ...] = ()


class Mark(Struct, frozen=True, array_like=True):
    """Sites that are shown as one, by their numbers: its middle and radius in units, and how many briefings it is."""

    x: float
    y: float
    radius: float
    weight: int
    sites: tuple[int, ...]
    vague: bool
    label: Label | None = None


class Drawing(Struct, frozen=True, array_like=True):
    """A map. Paths are as in SVG's `d`; `claimed` is what the focus or context claims and others hold or claim too.

    `named` has the codes of the countries whose names stand on it; `placed` is where each site lies, and `outside` has
    the numbers of those beyond its edges.
    """

    width: int
    height: int
    land: str
    focus: str
    context: str
    claimed: str
    borders: str
    dashed: str
    countries: tuple[Label, ...]
    own: Label | None
    named: tuple[str, ...]
    marks: tuple[Mark, ...]
    placed: tuple[Point, ...]
    outside: tuple[int, ...]
    scale: ScaleBar | None


def draw(sketch: Sketch) -> Drawing | None:
    """The map of a sketch; None where nothing says which part of the world it would show."""
    points = list(_points(sketch))
    if not points:
        return None
    window = window_around(points, sketch.width, 0.06 if sketch.codes else 0.14)
    world = atlas(window.scale)
    room = Room(window.width, window.height, sketch.letters)
    placed = [window.place(site.lon, site.lat) for site in sketch.sites]
    marks = _marks(sketch, window, placed)
    for mark in marks:
        if not mark.vague:
            room.take((mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius))
    bar = (
        None
        if isinstance(window.projection, NaturalEarth)
        else scale_bar(window, ((mark.x, mark.y, mark.radius) for mark in marks))
    )
    if bar is not None:
        room.take(bar.box)
    own, countries, named = None, [], []
    if sketch.letters:
        own = _own_label(sketch, window, room)
        marks = [_labelled(mark, sketch.sites, room) for mark in marks]
        for code, label in _countries(sketch, window, room):
            countries.append(label)
            named.append(code)
    return Drawing(
        width=window.width,
        height=window.height,
        land=path(outlines(world, world.land, window), closed=True),
        focus=_area(world, [sketch.focus] if sketch.focus else [], window),
        context=_area(world, sketch.context, window),
        claimed=_area(world, _claimed(world, sketch), window),
        borders=path(lines(world, world.borders, window), closed=False),
        dashed=path(lines(world, world.dashed, window), closed=False),
        countries=tuple(countries),
        own=own,
        named=tuple(named),
        marks=tuple(marks),
        placed=tuple((round(x, 1), round(y, 1)) for x, y in placed),
        outside=tuple(number for number, point in enumerate(placed) if not window.holds(point)),
        scale=bar,
    )


def _points(sketch: Sketch) -> Iterator[Point]:
    # What others claim or hold of a country is in sight too, so that no map draws the line.
    claimed = [code for code, area in atlas("50m").areas.items() if {*area.claimed_by} & {*sketch.codes}]
    outlined = [point for code in (*sketch.codes, *claimed) for point in main_outline(code)]
    if outlined:
        yield from outlined
        return
    if sketch.own is not None:
        yield sketch.own[1], sketch.own[2]
    yield from sketch.extent


def _marks(sketch: Sketch, window: Window, placed: Sequence[Point]) -> list[Mark]:
    """Rings first, so that points are drawn over them."""
    found = []
    for vague in (True, False):
        numbers = [
            number for number, site in enumerate(sketch.sites) if site.vague is vague and window.holds(placed[number])
        ]
        spots = [Spot(*placed[number], sketch.sites[number].weight) for number in numbers]
        apart = 2 * _RING * sketch.apart if vague else sketch.apart
        found += [
            _mark(cluster, numbers, _RING * sketch.apart if vague else None) for cluster in clusters(spots, apart)
        ]
    return found


def _mark(cluster: Cluster, numbers: Sequence[int], ring: float | None) -> Mark:
    # A disc grows with what it stands for until it holds the longest number; the square root is IEEE 754's.
    radius = min(15.0, 3.6 + 2.4 * math.sqrt(cluster.weight)) if ring is None else ring
    sites = tuple(numbers[spot] for spot in cluster.spots)
    x, y = round(cluster.x, 1), round(cluster.y, 1)
    return Mark(x, y, round(radius, 1), cluster.weight, sites, ring is not None)


def _labelled(mark: Mark, sites: Sequence[Site], room: Room) -> Mark:
    """A mark with the name of the place that is told of most."""
    count = Counter[str]()
    for number in mark.sites:
        count[sites[number].name] += sites[number].weight
    name = min(count, key=lambda name: (-count[name], name))
    if mark.vague:
        label = room.beside(name, mark.x, mark.y + mark.radius, 0.0)
    else:
        label = room.beside(name, mark.x, mark.y, mark.radius)
    return Mark(mark.x, mark.y, mark.radius, mark.weight, mark.sites, mark.vague, label)


def _own_label(sketch: Sketch, window: Window, room: Room) -> Label | None:
    if sketch.own is None:
        return None
    name, lon, lat = sketch.own
    x, y = window.place(lon, lat)
    label = Label(name, round(x, 1), round(y, 1))
    return label if room.add(label) else None


def _countries(sketch: Sketch, window: Window, room: Room) -> Iterator[tuple[str, Label]]:
    """The names of countries where there is room: first of what the map is about, then of the larger."""
    # Where a name stands doesn't depend on the last bend of a coast.
    world = atlas("50m" if window.scale == "10m" else "110m")
    names = dict(sketch.names)
    shown = []
    for code, area in world.areas.items():
        if code in names and (shapes := outlines(world, area.rings, window)):
            shown.append((code not in (sketch.focus, *sketch.context), -_size(shapes), code, shapes))
    for _, _, code, shapes in sorted(shown, key=lambda found: found[:3]):
        label = room.inside(names[code], shapes)
        if label is not None:
            yield code, label


def _size(shapes: Iterable[Sequence[Point]]) -> float:
    return sum(
        abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(shape, [*shape[1:], shape[0]], strict=True)))
        for shape in shapes
    )


def _area(world: Atlas, codes: Iterable[str], window: Window) -> str:
    rings = [ring for code in codes if code in world.areas for ring in world.areas[code].rings]
    return path(outlines(world, rings, window), closed=True)


def _claimed(world: Atlas, sketch: Sketch) -> list[str]:
    shown = {sketch.focus, *sketch.context}
    return [code for code, area in world.areas.items() if code not in shown and shown & {*area.claimed_by}]
