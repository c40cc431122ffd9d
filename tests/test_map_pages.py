"""The maps of a site: what is on them, where they lead, and what makes them anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sites
from conftest import Archive

from builder.cache import Pieces
from builder.maps.drawing import Sketch
from builder.pages import Scene
from builder.pages import shelf as shelf_module
from builder.pages.shelf import Shelf
from builder.words import words_of

CONFIG = 'base_url = "https://archive.example/"\n'
KOSOVO_NOTE = "References to Kosovo shall be understood in the context of resolution 1244."
REGIONS: list[dict[str, Any]] = [
    {"name": "Balkans"},
    {"name": "Serbia", "code": "RS", "parent": "Balkans"},
    {"name": "Kosovo", "code": "XK", "parent": "Balkans", "note": KOSOVO_NOTE},
    {"name": "North", "parent": "Kosovo", "lat": 43.05, "lon": 20.8},
    {"name": "Ukraine", "code": "UA"},
    {"name": "Nowhere"},
]


def _location(name: str, lat: float, lon: float, precision: str = "town") -> dict[str, Any]:
    return {"name": name, "lat": lat, "lon": lon, "precision": precision}


def _small(archive: Archive) -> Archive:
    archive.records("regions", *REGIONS)
    archive.write("dossiers/border.md", title="The border", region=["Kosovo", "Serbia"])
    briefings: list[tuple[str, str, str, dict[str, Any]]] = [
        ("first", "2022-08-17", "Kosovo", _location("Mitrovica", 42.89, 20.87)),
        ("second", "2022-08-18", "North", _location("Zvečan", 42.91, 20.84)),
        ("third", "2022-08-19", "Kosovo", _location("Pristina", 42.66, 21.17)),
        ("vague", "2022-08-20", "North", _location("The north", 43.05, 20.8, "area")),
        ("vaguest", "2022-08-21", "Kosovo", _location("Kosovo", 42.6, 20.9, "country")),
        ("talks", "2022-08-22", "Kosovo", _location("Brussels", 50.85, 4.35)),
        ("elsewhere", "2022-08-23", "Ukraine", _location("Odesa", 46.48, 30.73)),
    ]
    for name, day, region, location in briefings:
        own = {"dossier": "border"} if region != "Ukraine" else {}
        archive.write(
            f"briefings/{name}.md", title=name.capitalize(), date=day, region=region, location=location, **own
        )
    archive.write("briefings/unlocated.md", title="Unlocated", date="2022-08-24", region="Nowhere")
    return archive


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    made = _small(sites.archive_at(tmp_path_factory.mktemp("maps") / "archive"))
    made.build()
    return made


def _map_of(page: str) -> str:
    found = re.search(r'<svg class="map".*?</svg>', page, re.S)
    assert found
    return found[0]


def _marks(page: str) -> list[tuple[str, str]]:
    """Where each mark leads, and what it is called."""
    return re.findall(r'<a href="([^"]+)"><title>([^<]*)</title>', _map_of(page))


def _groups(page: str) -> Iterator[tuple[str, str]]:
    yield from re.findall(r'<tbody id="([^"]+)"[^>]*>(.*?)</tbody>', page, re.S)


PAGES = ["/map/", "/regions/kosovo/", "/regions/north/", "/regions/balkans/", "/dossiers/border/"]


@pytest.mark.parametrize("address", PAGES)
def test_every_mark_leads_to_its_briefings_in_the_list_beside_it(built: Archive, address: str) -> None:
    page = built.page(address)
    groups = dict(_groups(page))
    marks = _marks(page)
    assert marks
    for target, name in marks:
        assert target.removeprefix("#") in groups
        assert name.split(":")[0].split(",")[0] in groups[target.removeprefix("#")]


@pytest.mark.parametrize("address", PAGES)
def test_what_is_known_only_to_an_area_or_a_country_is_never_a_point(built: Archive, address: str) -> None:
    page = built.page(address)
    for name in ("The north", "Kosovo"):
        for link, mark in re.findall(r"<a href=[^>]*><title>([^<]*)</title>(.*?)</a>", _map_of(page), re.S):
            if link.startswith(name):
                assert 'class="ring"' in mark and 'class="dot"' not in mark and 'class="disc"' not in mark
    assert not any(name.startswith("Kosovo") for _, name in _marks(page))
    if address != "/regions/north/":
        assert "known only to the country" in page


def test_the_map_names_every_located_briefing_once(built: Archive) -> None:
    page = built.page("/map/")
    links = re.findall(r'href="\.\.(/2022/[^"]+)"', page)

    assert len(links) == len(set(links)) == 7
    assert not any("unlocated" in link for link in links)


def test_what_lies_beyond_the_edges_is_told_beside_the_map(built: Archive) -> None:
    for address in ("/regions/kosovo/", "/dossiers/border/"):
        groups = [text for _, text in _groups(built.page(address)) if "Brussels" in text]
        assert len(groups) == 1 and "not on this map" in groups[0]
        assert not any("Brussels" in name for _, name in _marks(built.page(address)))


def test_a_regions_outline_is_lit_and_that_of_one_without_is_shown_in_its_country(built: Archive) -> None:
    assert 'class="focus"' in _map_of(built.page("/regions/kosovo/"))
    north = _map_of(built.page("/regions/north/"))
    assert 'class="focus"' not in north and 'class="context"' in north
    assert '<text class="own"' in north or ">North<" not in north


def test_a_region_without_geometry_or_places_has_no_map(built: Archive) -> None:
    assert "<svg" not in built.page("/regions/nowhere/")
    assert "Unlocated" in built.page("/regions/nowhere/")


def test_the_note_of_a_name_stands_wherever_the_name_stands_on_a_map(built: Archive) -> None:
    for address in ("/dossiers/border/", "/regions/serbia/"):
        page = built.page(address)
        assert "Kosovo*</text>" in page
        assert f"* Kosovo: {KOSOVO_NOTE}" in sites.main_of(page)
    own = built.page("/regions/kosovo/")
    assert "Kosovo*</text>" not in own and own.count(KOSOVO_NOTE) == 1


def test_disputed_boundaries_are_dashed_with_a_note_and_a_map_takes_no_side(built: Archive) -> None:
    for address in ("/regions/serbia/", "/regions/kosovo/", "/regions/ukraine/"):
        page = built.page(address)
        assert 'class="border dashed"' in page
        assert "Dashed boundaries are disputed or not final." in page
    for address in ("/regions/serbia/", "/regions/ukraine/"):
        assert "url(#_stripes-page)" in built.page(address)
        assert "Striped land is claimed by more than one side." in built.page(address)
    assert "Natural Earth" in built.page("/map/")


def test_home_leads_to_the_map(built: Archive) -> None:
    page = built.page("/")
    assert '<a class="overview" href="./map/">' in page
    countries = re.findall(r'<text class="country"[^>]*>([^<]+)</text>', page)
    assert "Serbia" in countries or len(countries) > 2
    assert all(f"* {name[:-1]}: " in page for name in countries if name.endswith("*"))


def test_ids_are_unique_on_every_page_with_a_map(built: Archive) -> None:
    for address in ["/", *PAGES]:
        ids = re.findall(r'\sid="([^"]+)"', built.page(address))
        assert len(ids) == len(set(ids)), address


def test_a_theme_that_needs_no_map_has_none_and_draws_none(archive: Archive) -> None:
    _small(archive)
    archive.template("plain/theme.toml", 'name = "plain"\n')
    names = (
        "home",
        "briefing",
        "notice",
        "period",
        "tag",
        "region",
        "actor",
        "source",
        "dossier",
        "index",
        "prose",
        "404",
    )
    for name in names:
        archive.template(f"plain/templates/{name}.html", "{{ page.title }}")
    archive.config(CONFIG + 'theme = "plain"\n')
    archive.build()

    assert not (archive.output / "map").exists()


def test_a_new_place_changes_the_pages_that_show_it_and_no_others(archive: Archive) -> None:
    _small(archive)
    archive.build()
    before = archive.files()
    archive.write(
        "briefings/elsewhere.md",
        title="Elsewhere",
        date="2022-08-23",
        region="Ukraine",
        location=_location("Izmail", 45.35, 28.84),
    )
    archive.build()
    after = archive.files()

    changed = {path for path in after if after[path] != before[path]}
    pages = {path for path in changed if path.endswith(".html")}
    assert pages == {
        "index.html",
        "map/index.html",
        "regions/ukraine/index.html",
        "2022/08/23/elsewhere/index.html",
    }


def test_a_map_that_was_drawn_is_not_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Scene("A", "", "en", "en", "", "UTC", None, None, "", "", (), {}, {}, ("map",), b"")
    sketch = Sketch(400, 34, 12, (), codes=("XK",), focus="XK")
    with Pieces(tmp_path) as pieces:
        first = Shelf(scene, {}, words_of(), pieces)
        drawing = first.drawing(sketch)
        pieces.put(first.drawn)
        monkeypatch.setattr(shelf_module, "draw", lambda _sketch: pytest.fail("was drawn again"))

        assert Shelf(scene, {}, words_of(), pieces).drawing(sketch) == drawing


# Large archives

SPREAD = 620  # more than are named on one map
LIMIT = 150_000  # bytes of HTML


def _many(archive: Archive, count: int) -> Archive:
    """Places in a dozen countries, most in one of them; titles and names as long as real ones."""
    countries = [("Ukraine", "UA", 48.5, 31.0), ("Sudan", "SD", 15.0, 30.0), ("Yemen", "YE", 15.5, 47.0)]
    archive.records(
        "regions", *[{"name": name, "code": code, "lat": lat, "lon": lon} for name, code, lat, lon in countries]
    )
    archive.write("dossiers/war.md", title="A war of some years", region=["Ukraine"])
    for number in range(count):
        name, _, lat, lon = countries[0 if number % 10 < 9 else 1 + number // 10 % 2]
        place = _location(
            f"Settlement {number % 300}", lat + (number * 7 % 61 - 30) / 12, lon + (number * 13 % 97 - 48) / 9
        )
        archive.write(
            f"briefings/shelling-of-the-town-and-of-the-road-that-leads-to-it-{number}.md",
            title=f"Shelling of the town and of the road that leads to it, {number}th report",
            date=f"20{15 + number % 9:02}-{1 + number % 12:02}-{1 + number % 28:02}",
            region=name,
            location=place,
            dossier="war",
        )
    return archive


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    made = _many(sites.archive_at(tmp_path_factory.mktemp("many") / "archive"), SPREAD)
    made.build()
    return made


def test_of_many_the_map_shows_regions_with_counts_that_lead_to_their_own_maps(many: Archive) -> None:
    page = many.page("/map/")
    marks = dict(_marks(page))

    assert set(marks) == {"../regions/ukraine/", "../regions/sudan/", "../regions/yemen/"}
    assert marks["../regions/ukraine/"] == "Ukraine: 558"
    assert '<svg class="map" data-size="page"' in many.page("/regions/ukraine/")
    assert not re.search(r'href="\.\.(/20\d\d/[^"]+)"', page)


def test_of_many_in_one_region_every_mark_names_the_newest_and_how_many_more(many: Archive) -> None:
    page = many.page("/regions/ukraine/")
    groups = dict(_groups(page))
    told = 0
    for target, name in _marks(page):
        text = groups[target.removeprefix("#")]
        links = re.findall(r"<a href=", text)
        more = re.search(r"Not named here: (\d+)", text)
        assert len(links) <= 3
        assert len(links) + (int(more[1]) if more else 0) == int(name.rpartition(": ")[2])
        told += int(name.rpartition(": ")[2])
    assert told == 558


def test_no_page_with_a_map_is_heavy(many: Archive, tmp_path: Path) -> None:
    for address in ("/", "/map/", "/regions/ukraine/", "/dossiers/war/"):
        assert len(many.page(address).encode()) < LIMIT, address
    for count in (200, 500):
        just_few = _many(sites.archive_at(tmp_path / str(count)), count)
        just_few.build()
        page = just_few.page("/map/")
        assert len(page.encode()) < LIMIT
        named = len(re.findall(r'href="\.\.(/20\d\d/[^"]+)"', page))
        more = sum(int(number) for number in re.findall(r"Not named here: (\d+)", page))
        assert named + more == count
        assert (named == count) is (count == 200)
