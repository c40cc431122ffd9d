"""The geometry of maps: projections, clipping, outlines, clusters and labels, each by what it promises."""

from __future__ import annotations

import math
import random
import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.maps.atlas import atlas
from builder.maps.clip import clipped_line, clipped_outline
from builder.maps.clusters import Spot, clusters
from builder.maps.drawing import Sketch, draw
from builder.maps.labels import Room
from builder.maps.outlines import main_outline, outlines, path
from builder.maps.projection import EARTH, NaturalEarth, azimuthal
from builder.maps.scale_bar import scale_bar
from builder.maps.sites import Site, near_points
from builder.maps.trigonometry import sine_and_cosine
from builder.maps.window import window_around

SCALES = ("110m", "50m", "10m")
longitudes = st.floats(-180, 180)
latitudes = st.floats(-90, 90)


@settings(deadline=None)
@given(st.floats(-720, 720))
def test_sine_and_cosine_are_those_of_the_library_to_the_last_digits(degrees):
    sine, cosine = sine_and_cosine(degrees)

    assert sine == pytest.approx(math.sin(math.radians(degrees)), abs=1e-14)
    assert cosine == pytest.approx(math.cos(math.radians(degrees)), abs=1e-14)


def test_sine_and_cosine_of_quarters_are_exact():
    assert [sine_and_cosine(quarter * 90) for quarter in range(4)] == [(0, 1), (1, 0), (0, -1), (-1, 0)]


@settings(deadline=None)
@given(longitudes, latitudes, longitudes, latitudes)
def test_the_azimuthal_projection_keeps_the_distance_from_its_middle_and_can_be_undone(lon0, lat0, lon, lat):
    projection = azimuthal(lon0, lat0)
    x, y = projection.project(lon, lat)

    def vector(lon, lat):
        phi, lam = math.radians(lat), math.radians(lon)
        return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)

    chord = math.dist(vector(lon0, lat0), vector(lon, lat)) * EARTH
    if chord < 1.999 * EARTH:  # the point opposite the middle is a circle
        assert math.hypot(x, y) == pytest.approx(chord, rel=1e-6, abs=1e-3)
        assert math.dist(vector(*projection.inverse(x, y)), vector(lon, lat)) < 1e-5


@settings(deadline=None)
@given(longitudes, st.floats(-80, 80), longitudes, st.floats(-80, 80))
def test_the_azimuthal_projection_is_true_to_area(lon0, lat0, lon, lat):
    projection, side = azimuthal(lon0, lat0), 0.01
    corners = [(lon, lat), (lon + side, lat), (lon + side, lat + side), (lon, lat + side)]
    facing = math.hypot(*projection.project(lon, lat)) < 1.8 * EARTH
    if facing:
        on_earth = EARTH**2 * math.radians(side) * 2 * math.sin(math.radians(side) / 2)
        on_earth *= math.cos(math.radians(lat + side / 2))

        assert _area([projection.project(*corner) for corner in corners]) == pytest.approx(on_earth, rel=1e-3)


@settings(deadline=None)
@given(longitudes, latitudes)
def test_the_projection_of_the_world_is_symmetrical(lon, lat):
    x, y = NaturalEarth().project(lon, lat)

    assert NaturalEarth().project(-lon, -lat) == (-x, -y)
    assert abs(x) <= math.pi * EARTH * 0.8708
    assert abs(y) <= EARTH * 1.43


BOX = (0.0, 0.0, 10.0, 6.0)
points = st.tuples(st.floats(-20, 20), st.floats(-20, 20))


def _area(outline):
    return abs(_signed_area(outline))


def _signed_area(outline):
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(outline, [*outline[1:], *outline[:1]], strict=True)) / 2


@settings(deadline=None)
@given(st.lists(points, min_size=3, max_size=12))
def test_what_is_clipped_lies_in_the_box_and_nothing_of_the_area_is_lost(outline):
    clipped = clipped_outline(outline, BOX)

    assert all(-1e-9 <= x <= 10 + 1e-9 and -1e-9 <= y <= 6 + 1e-9 for x, y in clipped)
    edges = [-30.0, 0.0, 10.0, 30.0], [-30.0, 0.0, 6.0, 30.0]
    boxes = [(left, top, right, bottom) for left, right in pairwise(edges[0]) for top, bottom in pairwise(edges[1])]
    parts = sum(_signed_area(clipped_outline(outline, box)) for box in boxes)
    assert parts == pytest.approx(_signed_area(outline), abs=1e-6)


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 6)), min_size=3, max_size=12))
def test_an_outline_inside_the_box_stays_as_it_is(outline):
    assert clipped_outline(outline, BOX) == outline


@settings(deadline=None)
@given(st.lists(points, min_size=2, max_size=12))
def test_the_parts_of_a_line_are_as_long_as_what_of_it_lies_in_the_box(line):
    def length(lines):
        return sum(math.dist(a, b) for own in lines for a, b in pairwise(own))

    edges = [-30.0, 0.0, 10.0, 30.0], [-30.0, 0.0, 6.0, 30.0]
    boxes = [(left, top, right, bottom) for left, right in pairwise(edges[0]) for top, bottom in pairwise(edges[1])]
    runs_along = any(a[0] == b[0] in (0.0, 10.0) or a[1] == b[1] in (0.0, 6.0) for a, b in pairwise(line))
    if not runs_along:  # what runs along an edge lies in both boxes
        assert sum(length(clipped_line(line, box)) for box in boxes) == pytest.approx(length([line]), abs=1e-6)


@pytest.mark.parametrize("scale", SCALES)
def test_every_outline_of_the_atlas_is_closed(scale):
    world = atlas(scale)
    for ring in (*world.land, *(ring for area in world.areas.values() for ring in area.rings)):
        ends = [(world.points(arc)[0], world.points(arc)[-1]) for arc in ring]
        for (_, end), (start, _) in zip(ends, [*ends[1:], ends[0]], strict=True):
            assert end == pytest.approx(start, abs=1e-6)


# In thousands of km²; the atlas leaves out small bends and islands.
AREAS = {
    "RU": 16_950,
    "SD": 1_860,
    "XK": 10.9,
    "FJ": 18.3,
    "YE": 455,
    "US": 9_500,
    "AQ": 13_000,
    "NZ": 268,
    "UA-43": 27,
}


@pytest.mark.parametrize("code", AREAS)
def test_countries_have_their_size_wherever_they_lie(code):
    # Russia, Fiji and the United States lie on both sides of the antimeridian, Antarctica around a pole.
    window = window_around(main_outline(code, "10m"), 4000)
    found = outlines(atlas("10m"), atlas("10m").areas[code].rings, window)

    size = sum(_signed_area(outline) for outline in found) * window.km**2 / 1000
    assert abs(size) == pytest.approx(AREAS[code], rel=0.08)


def test_all_land_is_as_large_as_its_countries_together():
    for code in ("SD", "UA", "IN"):
        window = window_around(main_outline(code), 400)
        world = atlas("50m")
        everything = [ring for area in world.areas.values() for ring in area.rings]
        land = sum(_signed_area(outline) for outline in outlines(world, world.land, window))

        assert sum(_signed_area(outline) for outline in outlines(world, everything, window)) == pytest.approx(
            land, rel=0.01
        )


@settings(deadline=None, max_examples=40)
@given(longitudes, st.floats(-75, 75), st.floats(1, 12))
def test_what_is_drawn_lies_within_the_edges_wherever_the_map_is(lon, lat, size):
    window = window_around([(lon - size, lat - size / 2), (lon + size, lat + size / 2)], 400)
    for outline in outlines(atlas("50m"), atlas("50m").land, window):
        assert all(-3 <= x <= window.width + 3 and -3 <= y <= window.height + 3 for x, y in outline)
    west, south, east, north = window.degrees
    assert east - west <= 360
    assert -90 <= south < north <= 90


@pytest.mark.parametrize("lon", [179.5, -179.5])
def test_the_antimeridian_is_no_edge(lon):
    found = draw(Sketch(400, 34, 12, (Site(lon, -17, 1, "Here"),), extent=((178.0, -18.0), (-178.0, -16.0))))

    assert found is not None
    assert len(found.marks) == 1
    assert abs(found.marks[0].x - found.width / 2) < found.width / 4


def test_a_path_is_its_outline_to_a_tenth_of_a_unit():
    dice = random.Random(1)
    outline = [(dice.uniform(-5, 400), dice.uniform(-5, 300)) for _ in range(200)]
    text = path([outline], closed=True)

    numbers = [float(number) for number in re.findall(r"-?(?:\d+(?:\.\d)?|\.\d)", text)]
    x, y = numbers[:2]
    found = [(x, y)]
    for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
        x, y = x + dx, y + dy
        found.append((x, y))
    assert all(math.dist(a, b) < 0.08 for a, b in zip(outline, found, strict=True))


spots = st.lists(
    st.builds(
        Spot, st.integers(0, 4000).map(lambda n: n / 10), st.integers(0, 3000).map(lambda n: n / 10), st.integers(1, 9)
    ),
    max_size=60,
)


@settings(deadline=None)
@given(spots, st.sampled_from([20.0, 34.0]))
def test_clusters_are_apart_and_hold_every_spot_once(found, apart):
    made = clusters(found, apart)

    assert sorted(number for cluster in made for number in cluster.spots) == list(range(len(found)))
    assert sum(cluster.weight for cluster in made) == sum(spot.weight for spot in found)
    assert all(math.dist((a.x, a.y), (b.x, b.y)) >= apart - 1e-6 for a, b in combinations(made, 2))


@settings(deadline=None)
@given(spots, st.randoms(use_true_random=False))
def test_clusters_do_not_depend_on_the_order_of_what_is_told(found, dice):
    unlike = list({(spot.x, spot.y): spot for spot in found}.values())  # equal spots are told apart by their order
    shuffled = dice.sample(unlike, len(unlike))

    def members(spots):
        return sorted(sorted((spots[n].x, spots[n].y) for n in cluster.spots) for cluster in clusters(spots, 34.0))

    assert members(unlike) == members(shuffled)


def test_labels_cover_neither_marks_nor_each_other_nor_the_edges():
    dice = random.Random(2)
    room, boxes = Room(400, 300, 12), []
    for number in range(80):
        x, y = dice.uniform(0, 400), dice.uniform(0, 300)
        label = room.beside(f"Place {number}", x, y, 5)
        if label is not None:
            width = 0.56 * 12 * len(label.text)
            left = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
            boxes.append((left, label.y - 6, left + width, label.y + 6))
    assert len(boxes) > 20
    assert all(left >= 1.9 and top >= 1.9 and right <= 398.1 and bottom <= 298.1 for left, top, right, bottom in boxes)
    for a, b in combinations(boxes, 2):
        assert a[2] <= b[0] + 0.2 or b[2] <= a[0] + 0.2 or a[3] <= b[1] + 0.2 or b[3] <= a[1] + 0.2


def test_a_country_is_named_inside_its_own_outline():
    drawing = draw(Sketch(400, 34, 12, (), names=(("RS", "Serbia"), ("XK", "Kosovo")), codes=("XK",), focus="XK"))

    assert drawing is not None
    assert set(drawing.named) == {"XK", "RS"}
    kosovo = drawing.countries[drawing.named.index("XK")]
    assert abs(kosovo.x - drawing.width / 2) < 80


def test_who_claims_what_is_no_matter_of_the_map():
    world = atlas("10m")
    assert set(world.areas["UA-43"].claimed_by) == {"RU", "UA"}
    for code in ("RU", "UA"):
        drawing = draw(Sketch(400, 34, 12, (), codes=(code,), focus=code))
        assert drawing is not None and drawing.claimed, "Crimea is striped on the map of either"
        assert drawing.dashed
    serbia = draw(Sketch(400, 34, 12, (), codes=("RS",), focus="RS"))
    assert serbia is not None and serbia.claimed and serbia.dashed
    window = window_around(main_outline("UA", "10m"), 400)
    x, y = window.place(34.3, 45.2)
    for code in ("RU", "UA"):
        shapes = outlines(world, world.areas[code].rings, window)
        assert not any(_holds(shape, x, y) for shape in shapes), f"Crimea is no part of {code} here"


def _holds(outline, x, y):
    pairs = zip(outline, [*outline[1:], outline[0]], strict=True)
    crossings = [(y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1) for (x1, y1), (x2, y2) in pairs]
    return sum(crossings) % 2 == 1


def test_talks_on_another_continent_do_not_make_a_map_of_the_world():
    sites = [Site(20.9 + n / 50, 42.8, 2, f"Town {n}") for n in range(9)] + [Site(4.35, 50.85, 4, "Brussels")]

    found = near_points(sites)
    assert len(found) == 9
    assert all(lon > 20 for lon, _ in found)
    drawing = draw(Sketch(400, 34, 12, tuple(sites), extent=found))
    assert drawing is not None and drawing.outside == (9,)


def test_what_is_known_only_to_an_area_is_no_point():
    drawing = draw(
        Sketch(
            400, 34, 12, (Site(20, 43, 3, "North", vague=True), Site(21, 42, 1, "Town")), extent=((20, 43), (21, 42))
        )
    )

    assert drawing is not None
    assert [(mark.vague, mark.weight) for mark in drawing.marks] == [(True, 3), (False, 1)]
    assert drawing.marks[0].radius > 20 > drawing.marks[1].radius


def test_a_scale_bar_is_as_long_as_it_says_and_missing_where_it_would_lie():
    window = window_around([(20.0, 42.0), (22.0, 43.5)], 400)
    bar = scale_bar(window)
    assert bar is not None
    assert bar.km == pytest.approx(bar.length * window.km, rel=0.01)
    assert bar.length <= 101
    assert scale_bar(window_around([(-120.0, 30.0), (30.0, 60.0)], 400)) is None


def test_a_scale_bar_stands_in_a_corner_without_a_mark():
    window = window_around([(20.0, 42.0), (22.0, 43.5)], 400)
    low, right = window.height - 20.0, window.width - 20.0
    corners = {
        (20.0, low): "bottom left",
        (right, low): "bottom right",
        (20.0, 10.0): "top left",
        (right, 10.0): "top right",
    }
    found = []
    marks: list[tuple[float, float, float]] = []
    for _ in corners:
        bar = scale_bar(window, marks)
        assert bar is not None
        left, top, right_end, bottom = bar.box
        assert 0 <= left < right_end <= window.width and 0 <= top < bottom <= window.height
        found += [name for (x, y), name in corners.items() if left <= x <= right_end and top <= y <= bottom]
        marks.append(((left + right_end) / 2, (top + bottom) / 2, 20.0))
    assert found == list(corners.values())


def test_a_map_of_nothing_is_none():
    assert draw(Sketch(400, 34, 12, ())) is None
    assert draw(Sketch(400, 34, 12, (), codes=("XX",))) is None
