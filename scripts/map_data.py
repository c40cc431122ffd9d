"""Makes the atlas in `builder/maps/data/` of Natural Earth's geometry, which is in the public domain.

    python scripts/map_data.py WORLD_ATLAS WORLD_MAP

WORLD_ATLAS is the folder of the npm package `world-atlas` 2.0.2 (countries as TopoJSON); WORLD_MAP is the file
`world_map.gpkg` of QGIS (Debian's `qgis-common`), whose layer `disputed_borders` has the limits of claims.

No outline here takes a side: where Natural Earth draws who is in control, what others claim is an area of its own, and
its borders with whoever claims it are dashed.
"""

from __future__ import annotations

import heapq
import json
import math
import sqlite3
import struct
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel.core import get_global
from msgspec import msgpack

from builder.maps.atlas import Area, Atlas, Point, Ring

DATA = Path(__file__).parents[1] / "builder/maps/data"
KM_PER_DEGREE = 111.2


@dataclass(frozen=True)
class Detail:
    """How much of a scale is kept: the unit in degrees, and the areas, in km², of the smallest bend and island."""

    unit: float
    bend: float
    island: float


DETAILS = {"110m": Detail(0.01, 120, 0), "50m": Detail(0.01, 6, 40), "10m": Detail(0.002, 1.2, 3)}
LONGEST_ARC = 120  # points: so that what lies outside of a map needn't be read

NAMED = {
    "Kosovo": "XK",
    "Baikonur": "KZ",
    "USNB Guantanamo Bay": "CU",
    "Somaliland": "x-somaliland",
    "N. Cyprus": "x-northern-cyprus",
    "Cyprus U.N. Buffer Zone": "x-cyprus-buffer-zone",
    "Siachen Glacier": "x-siachen",
}
# Who claims what is an area of its own.
CLAIMS = {
    "XK": ("RS",),
    "UA-43": ("RU", "UA"),  # Crimea
    "EH": ("MA",),
    "x-somaliland": ("SO",),
    "x-northern-cyprus": ("CY",),
    "x-cyprus-buffer-zone": ("CY",),
    "x-siachen": ("IN", "PK", "CN"),
}
CRIMEA = (34.3, 45.2)
# The frontier of Western Sahara and Morocco, which Natural Earth has as a claim only.
SAHARAN_PARALLEL = 27.662
# Borders that are disputed, or that both sides take for lines of control or of ceasefire; of some only where `within`
# (west, south, east, north) says.
UNSETTLED: dict[tuple[str, str], tuple[float, float, float, float] | None] = {
    ("x-cyprus-buffer-zone", "x-northern-cyprus"): None,
    ("IL", "PS"): None,
    ("IL", "SY"): None,
    ("IL", "LB"): None,
    ("IN", "PK"): (73.0, 32.3, 80.0, 38.0),
    ("CN", "PK"): None,
    ("CN", "IN"): None,
    ("KP", "KR"): None,
    ("EG", "SD"): None,
    ("SD", "SS"): None,
    ("KE", "SS"): None,
    ("ET", "SO"): None,
    ("ET", "x-somaliland"): None,
}


@dataclass
class Topology:
    """Arcs of points, and for each code the polygons, each a list of rings of arcs."""

    arcs: list[list[Point]]
    areas: dict[str, list[list[list[int]]]] = field(default_factory=dict)

    def rings(self) -> Iterator[list[int]]:
        """Every ring of every area."""
        return (ring for polygons in self.areas.values() for polygon in polygons for ring in polygon)

    def outline(self, ring: Iterable[int]) -> list[Point]:
        """The points of a ring."""
        found: list[Point] = []
        for arc in ring:
            points = self.arcs[arc] if arc >= 0 else self.arcs[~arc][::-1]
            found += points[1:] if found else points
        return found

    def split(self, arc: int, at: int, point: Point) -> None:
        """Makes two arcs of one, at a point between its points `at` and `at + 1`, or on one of them."""
        points = self.arcs[arc]
        self.arcs.append([point, *(p for p in points[at + 1 :] if p != point)])
        self.arcs[arc] = [*(p for p in points[: at + 1] if p != point), point]
        new = len(self.arcs) - 1
        for ring in self.rings():
            for place, own in reversed(list(enumerate(ring))):
                if own == arc:
                    ring.insert(place + 1, new)
                elif own == ~arc:
                    ring.insert(place, ~new)


def read_topology(path: Path) -> Topology:
    """The countries of a TopoJSON file of `world-atlas`."""
    data = json.loads(path.read_text("utf-8"))
    (scale_x, scale_y), (left, bottom) = data["transform"]["scale"], data["transform"]["translate"]
    topology = Topology([])
    for steps in data["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + left, y * scale_y + bottom))
        topology.arcs.append(points)
    alpha = get_global("territory_aliases")
    for country in data["objects"]["countries"]["geometries"]:
        name, number = country["properties"]["name"], country.get("id")
        code = NAMED.get(name) or (alpha[number][0] if number in alpha else f"x-{name.lower().replace(' ', '-')}")
        polygons = {"Polygon": lambda arcs: [arcs], "MultiPolygon": lambda arcs: arcs}.get(country["type"])
        if polygons:
            topology.areas.setdefault(code, []).extend(polygons(country["arcs"]))
    return topology


def unwrap(topology: Topology) -> None:
    """Lets rings that cross the antimeridian go on beyond 180 degrees; one around a pole is closed through it."""
    topology.arcs[:] = [_unwrapped(arc) for arc in topology.arcs]
    for ring in topology.rings():
        x = first = topology.outline(ring[:1])[0][0]
        turns = []
        for arc in ring:
            points = topology.outline([arc])
            turns.append(round((x - points[0][0]) / 360) * 360)
            x = points[-1][0] + turns[-1]
        usual = max(turns, key=turns.count)  # so that borders with neighbours stay where they are
        for arc, turn in zip(ring, turns, strict=True):
            if turn != usual:
                number = arc if arc >= 0 else ~arc
                topology.arcs[number] = [(lon + turn - usual, lat) for lon, lat in topology.arcs[number]]
        if abs(x - first) > 180:
            start, end = topology.outline(ring)[0], topology.outline(ring)[-1]
            pole = -90.0 if start[1] < 0 else 90.0
            topology.arcs.append([end, (end[0], pole), (start[0], pole), start])
            ring.append(len(topology.arcs) - 1)


def _unwrapped(arc: list[Point]) -> list[Point]:
    found = arc[:1]
    for lon, lat in arc[1:]:
        found.append((lon + round((found[-1][0] - lon) / 360) * 360, lat))
    return found


def part_crimea(topology: Topology) -> None:
    """Makes Crimea, which Natural Earth draws by who is in control, an area of its own."""
    for code in ("RU", "UA"):
        for polygon in topology.areas[code]:
            outline = topology.outline(polygon[0])
            if len(outline) < 1000 and _is_inside(CRIMEA, outline):
                topology.areas[code].remove(polygon)
                topology.areas["UA-43"] = [polygon]
                return
    raise SystemExit("Crimea is no polygon of its own: part it from the mainland by hand")


def part_western_sahara(topology: Topology) -> None:
    """Makes all of Western Sahara one area: Natural Earth gives it only what lies behind the berm."""
    mainland = max((polygon[0] for polygon in topology.areas["MA"]), key=lambda ring: len(topology.outline(ring)))
    for arc in list(mainland):
        number = arc if arc >= 0 else ~arc
        for at, (a, b) in enumerate(pairwise(topology.arcs[number])):
            if (a[1] > SAHARAN_PARALLEL) != (b[1] > SAHARAN_PARALLEL):
                part = (SAHARAN_PARALLEL - a[1]) / (b[1] - a[1])
                topology.split(number, at, (a[0] + part * (b[0] - a[0]), SAHARAN_PARALLEL))
                break
    north = [max(y for _, y in topology.outline([arc])) > SAHARAN_PARALLEL + 1e-9 for arc in mainland]
    start = next(at for at in range(len(mainland)) if north[at] and not north[at - 1])
    turned, sides = mainland[start:] + mainland[:start], north[start:] + north[:start]
    upper, lower = turned[: sides.index(False)], turned[sides.index(False) :]
    if any(sides[len(upper) :]):
        raise SystemExit("Morocco crosses the parallel more than twice")
    topology.arcs.append([topology.outline(upper)[-1], topology.outline(upper)[0]])
    closing = len(topology.arcs) - 1
    mainland[:] = [*upper, closing]
    topology.areas["EH"] = [*topology.areas.get("EH", []), [[*lower, ~closing]]]


def _is_inside(point: Point, outline: Sequence[Point]) -> bool:
    x, y = point
    crossings = [
        (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 for (x1, y1), (x2, y2) in pairwise(outline)
    ]
    return sum(crossings) % 2 == 1


def read_claims(path: Path) -> list[list[Point]]:
    """The limits of claims, of QGIS's map of the world; without lines of ceasefire that no longer hold."""
    with sqlite3.connect(path) as database:
        rows = database.execute(
            "SELECT geom FROM disputed_borders WHERE name <> 'Ceasefire Line 1994' "
            "AND NOT (name = 'Ukrainian claim' AND adm0_left = 'Ukraine') ORDER BY fid"
        ).fetchall()
    return [line for (blob,) in rows for line in _joined(_lines(blob))]


def _lines(blob: bytes) -> list[list[Point]]:
    """The lines of a GeoPackage's geometry: a header, then well-known binary, here always little-endian lines."""
    envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[(blob[3] >> 1) & 7]
    at = 8 + envelope
    order, kind, count = struct.unpack_from("<BII", blob, at)
    assert (order, kind) == (1, 5), "a MultiLineString"
    at += 9
    found = []
    for _ in range(count):
        _, _, points = struct.unpack_from("<BII", blob, at)
        numbers = struct.unpack_from(f"<{2 * points}d", blob, at + 9)
        found.append(list(zip(numbers[::2], numbers[1::2], strict=True)))
        at += 9 + 16 * points
    return found


def _joined(lines: list[list[Point]]) -> list[list[Point]]:
    """The same lines, with those that go on from each other made one."""
    found: list[list[Point]] = []
    for line in lines:
        own = list(line)
        while True:
            other = next((o for o in found if {o[0], o[-1]} & {own[0], own[-1]}), None)
            if other is None:
                break
            found.remove(other)
            if other[0] in (own[0], own[-1]):
                other = other[::-1]
            own = other + (own[1:] if own[0] == other[-1] else own[-2::-1])
        found.append(own)
    return found


def simplified(points: list[Point], bend: float) -> list[Point]:
    """A line without its smallest bends, by Visvalingam and Whyatt (1993): `bend` is in km². Its ends stay."""
    if bend <= 0 or len(points) < 3:
        return points
    before, after = list(range(-1, len(points) - 1)), list(range(1, len(points) + 1))
    areas = [math.inf] + [_triangle(*points[at - 1 : at + 2]) for at in range(1, len(points) - 1)] + [math.inf]
    heap = [(area, at) for at, area in enumerate(areas)]
    heapq.heapify(heap)
    gone = [False] * len(points)
    while heap:
        area, at = heapq.heappop(heap)
        if area >= bend:
            break
        if gone[at] or area != areas[at]:
            continue
        gone[at] = True
        left, right = before[at], after[at]
        after[left], before[right] = right, left
        for other in (left, right):
            if 0 < other < len(points) - 1:
                own = _triangle(points[before[other]], points[other], points[after[other]])
                areas[other] = max(area, own)
                heapq.heappush(heap, (areas[other], other))
    return [point for at, point in enumerate(points) if not gone[at]]


def _triangle(a: Point, b: Point, c: Point) -> float:
    """The area of a small triangle on the earth, in km²."""
    width = max(0.02, math.cos(math.radians(b[1]))) * KM_PER_DEGREE**2  # the poles are kept
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2 * width


def _area(outline: Sequence[Point]) -> float:
    """The area of an outline on the earth, in km², roughly."""
    twice = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(outline))
    return abs(twice) / 2 * math.cos(math.radians(outline[0][1])) * KM_PER_DEGREE**2


def without_islets(topology: Topology, smallest: float) -> None:
    """Leaves out islands below an area in km², but never all that there is of a country."""
    for polygons in topology.areas.values():
        largest = max(_area(topology.outline(polygon[0])) for polygon in polygons)
        polygons[:] = [
            polygon
            for polygon in polygons
            if len(polygon[0]) > 1 or _area(topology.outline(polygon[0])) >= min(smallest, largest)
        ]


def coasts(topology: Topology, owners: dict[int, list[str]]) -> list[Ring]:
    """The rings of all land: the arcs that one area has alone, each followed by the one that goes on from it."""
    directed = [arc for ring in topology.rings() for arc in ring if len(owners[arc if arc >= 0 else ~arc]) == 1]
    starts: dict[Point, list[int]] = {}
    for arc in directed:
        starts.setdefault(_rounded(topology.outline([arc])[0]), []).append(arc)
    found = []
    while starts:
        point = next(iter(starts))
        ring, first = [], point
        while True:
            arc = starts[point].pop()
            if not starts[point]:
                del starts[point]
            ring.append(arc)
            point = _rounded(topology.outline([arc])[-1])
            if point == first:
                break
        found.append(tuple(ring))
    return found


def _rounded(point: Point) -> Point:
    return round(point[0], 6), round(point[1], 6)


def is_unsettled(topology: Topology, arc: int, codes: list[str]) -> bool:
    """Whether the border that an arc is is to be dashed."""
    one, other = codes
    if one in CLAIMS.get(other, ()) or other in CLAIMS.get(one, ()):
        return True
    key = (min(codes), max(codes))
    if key not in UNSETTLED:
        return False
    within = UNSETTLED[key]
    x, y = topology.arcs[arc][len(topology.arcs[arc]) // 2]
    return within is None or (within[0] <= x <= within[2] and within[1] <= y <= within[3])


def make(topology: Topology, claims: list[list[Point]], detail: Detail) -> Atlas:
    """The atlas of a topology, at one level of detail."""
    unwrap(topology)
    part_crimea(topology)
    part_western_sahara(topology)
    without_islets(topology, detail.island)
    topology.arcs[:] = [simplified(arc, detail.bend) for arc in topology.arcs]
    for number in range(len(topology.arcs)):
        while len(topology.arcs[number]) > LONGEST_ARC:
            at = len(topology.arcs[number]) - LONGEST_ARC
            topology.split(number, at, topology.arcs[number][at])
    for number in range(len(topology.arcs)):  # what was split off may be long still
        assert len(topology.arcs[number]) <= LONGEST_ARC + 1
    owners: dict[int, list[str]] = {number: [] for number in range(len(topology.arcs))}
    for code, polygons in topology.areas.items():
        for ring in (ring for polygon in polygons for ring in polygon):
            for arc in ring:
                owners[arc if arc >= 0 else ~arc].append(code)
    between = {arc: codes for arc, codes in owners.items() if len(set(codes)) == 2}
    dashed = [arc for arc, codes in between.items() if is_unsettled(topology, arc, codes)]
    land = coasts(topology, owners)
    first_claim = len(topology.arcs)
    topology.arcs += [simplified(line, detail.bend) for line in claims]
    used = sorted({number for number, codes in owners.items() if codes} | set(range(first_claim, len(topology.arcs))))
    number_of = {old: new for new, old in enumerate(used)}

    def renumbered(ring: Iterable[int]) -> Ring:
        return tuple(number_of[arc] if arc >= 0 else ~number_of[~arc] for arc in ring)

    encoded = [encode(topology.arcs[number], detail.unit) for number in used]
    return Atlas(
        unit=detail.unit,
        arcs=tuple(steps for steps, _ in encoded),
        boxes=tuple(box for _, box in encoded),
        land=tuple(renumbered(ring) for ring in land),
        areas={
            code: Area(tuple(renumbered(ring) for polygon in polygons for ring in polygon), tuple(CLAIMS.get(code, ())))
            for code, polygons in sorted(topology.areas.items())
        },
        borders=renumbered(sorted(between.keys() - set(dashed))),
        dashed=renumbered([*sorted(dashed), *range(first_claim, len(topology.arcs))]),
    )


def encode(points: list[Point], unit: float) -> tuple[bytes, tuple[int, int, int, int, int, int]]:
    """An arc's steps, and its first point with its box."""
    whole = [(round(x / unit), round(y / unit)) for x, y in points]
    dense: list[tuple[int, int]] = whole[:1]
    for x, y in whole[1:]:
        parts = max(abs(x - dense[-1][0]), abs(y - dense[-1][1])) // 30_000 + 1
        left, bottom = dense[-1]
        dense += [(left + (x - left) * n // parts, bottom + (y - bottom) * n // parts) for n in range(1, parts + 1)]
    kept = [dense[0], *(b for a, b in pairwise(dense[:-1]) if a != b), dense[-1]] if len(dense) > 2 else dense
    steps = array("h", [b[0] - a[0] for a, b in pairwise(kept)] + [b[1] - a[1] for a, b in pairwise(kept)])
    if sys.byteorder == "big":
        steps.byteswap()
    xs, ys = [x for x, _ in kept], [y for _, y in kept]
    return steps.tobytes(), (*kept[0], min(xs), min(ys), max(xs), max(ys))


def main(world_atlas: Path, world_map: Path) -> None:
    """Writes an atlas of each scale."""
    DATA.mkdir(exist_ok=True)
    claims = read_claims(world_map)
    for scale, detail in DETAILS.items():
        made: Any = make(read_topology(world_atlas / f"countries-{scale}.json"), claims, detail)
        data = zlib.compress(msgpack.encode(made), 9)
        (DATA / f"{scale}.bin").write_bytes(data)
        print(f"{scale}: {len(made.arcs):,} arcs, {len(data):,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
