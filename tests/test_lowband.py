"""The theme `lowband`: a page and its stylesheet, small, and the same content as in `broadsheet`."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import frontmatter
import pytest
import sites
from conftest import REPOSITORY, Archive
from markupsafe import Markup

from builder.render.pictures import linked_pictures

# What a server may send before it waits for an answer is ten segments (RFC 6928), with its headers.
BUDGET = 14 * 1024

KINDS = {
    "home": "index.html",
    "briefing": "2022/08/17/first/index.html",
    "a warned briefing": "2022/08/19/second/index.html",
    "a briefing in Arabic": "2022/08/20/arabic/index.html",
    "notice": "2022/08/21/withdrawn/index.html",
    "year": "2022/index.html",
    "month": "2022/08/index.html",
    "day": "2022/08/17/index.html",
    "day of every year": "on/08-17/index.html",
    "tag": "tags/c-plus-plus/index.html",
    "region": "regions/northland/index.html",
    "actor": "actors/stabilisation-force/index.html",
    "source": "sources/state-wire/index.html",
    "dossier": "dossiers/north-south/index.html",
    "tags": "tags/index.html",
    "regions": "regions/index.html",
    "actors": "actors/index.html",
    "sources": "sources/index.html",
    "dossiers": "dossiers/index.html",
    "map": "map/index.html",
    "timeline": "timeline/index.html",
    "recent": "recent/index.html",
    "corrections": "corrections/index.html",
    "coverage": "coverage/index.html",
    "months of a year": "coverage/2022/index.html",
    "codebook": "codebook/index.html",
    "prose": "about/index.html",
    "unknown address": "404.html",
}


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive with everything, built in both themes: in `output`, and in `broadsheet`."""
    archive = sites.rich_archive(tmp_path_factory.mktemp("rich") / "archive", events=70)
    archive.write("pages/art.md", "![A drawing](../media/bridge.png)\n", title="Art", summary="Drawn.")
    archive.build("--theme", "broadsheet", "--output", "broadsheet")
    archive.build("--theme", "lowband")
    return archive


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive whose pages are as full as they get: sixty of a list, a map, a dossier, of news."""
    archive = sites.archive_at(tmp_path_factory.mktemp("large") / "archive")
    archive.config(f'base_url = "https://archive.example/"\ntheme = "lowband"\nlicence = "{"x" * 30}"\n')
    say = _Speaker(Random(20))
    archive.write("dossiers/war.md", say(400), title=say(6), region="Land 0", key_dates=_key_dates(say))
    for number, day in enumerate([*sites.days(61, step=9), *["2023-05-04"] * 3, *["2023-05-07"] * 77]):
        trends = {"trend": "stable", "trend_reason": say(12)} if number < 61 else {}
        archive.write(
            f"briefings/{number}.md",
            say(150),
            title=say(10),
            slug=say(8).lower().replace(" ", "-"),
            date=day,
            summary=say(26),
            region=["Land 0" if number < 60 else "Land 1"],
            actors=[f"Actor {say(2)}", *(f"Side {Random(number + side).randrange(40)}" for side in range(3))],
            tags=[f"tag {number % 30}"],
            dossier="war" if number < 60 else [],
            location={"name": say(2), "lat": 10 + number % 12 * 3, "lon": 5 + number // 12 * 4},
            sources=[{"name": f"Paper {number % 40}", "url": f"https://paper.example/{number}", "title": say(10)}] * 3,
            corrections=[{"date": f"2024-{1 + number % 12:02}-11", "note": say(14)}],
            **trends,
        )
    archive.build()
    return archive


class _Speaker:
    """Says words of this repository's own briefings, in an order that no two sentences share."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        texts = (frontmatter.load(path).content for path in sorted(REPOSITORY.glob("content/briefings/*/*.md")))
        self._words = sorted(set(re.findall(r"\b[A-Za-z]{3,}\b", " ".join(texts))))

    def __call__(self, count: int) -> str:
        return " ".join(self._chance.sample(self._words, count)).capitalize()


def _key_dates(say: _Speaker) -> list[dict[str, str]]:
    return [{"date": day, "text": say(9)} for day in sites.days(12, step=50)]


def _pages(folder: Path) -> Iterator[tuple[str, str]]:
    """Each page that readers see, by its path."""
    for path in sorted(folder.rglob("*.html")):
        text = path.read_text("utf-8")
        if 'http-equiv="refresh"' not in text:
            yield path.relative_to(folder).as_posix(), text


def _weight(text: str) -> int:
    """How many bytes a text is on the wire, as hosts compress it."""
    return len(gzip.compress(text.encode(), 6, mtime=0))


def _without_words(text: str) -> str:
    """A page without the words that its author wrote."""
    return re.sub(r'<div class="prose".*?\n</div>\n', "", text, flags=re.DOTALL)


# What a page asks for


def test_a_page_asks_for_its_stylesheet_and_nothing_else(rich: Archive) -> None:
    heavy = re.compile(r"<(script|style|img|picture|svg|video|audio|iframe|object|embed)\b|\s(style|on\w+)=\"")
    pages = dict(_pages(rich.output))
    (style,) = (path.name for path in (rich.output / "assets").glob("*.css"))
    for path, text in pages.items():
        assert not heavy.search(text), path
        loaded = [link for link in re.findall("<link [^>]+>", text) if not re.search("canonical|alternate", link)]
        # The icon is no other file, so that browsers ask for none.
        targets = [re.findall(r'rel="(\w+)".* href="[./]+/assets/([^"]+)"', link) for link in loaded]
        assert targets == [[("icon", style)], [("stylesheet", style)]], path
    assert pages.keys() >= set(KINDS.values())
    assert not list(sites.css_references(_stylesheet(rich)))


def test_no_file_of_the_other_theme_is_published(rich: Archive) -> None:
    own = [path.name for path in (rich.output / "assets").iterdir() if path.suffix not in (".png", ".pdf")]
    assert len(own) == 1
    assert own[0].startswith("style.")


def test_a_link_tells_no_other_site_where_the_reader_came_from(rich: Archive) -> None:
    for path, text in _pages(rich.output):
        assert '<meta name="referrer" content="no-referrer">' in text, path


def _stylesheet(archive: Archive) -> str:
    return next((archive.output / "assets").glob("style.*.css")).read_text("utf-8")


# What it weighs


def test_every_page_of_a_large_archive_stays_within_14_kb(large: Archive) -> None:
    style = _weight(_stylesheet(large))
    heavy = {path: weight for path, text in _pages(large.output) if (weight := style + _weight(_without_words(text)))}
    assert style < 3 * 1024
    assert {path: weight for path, weight in heavy.items() if weight > BUDGET} == {}
    # They are full pages indeed.
    assert max(heavy.values()) > BUDGET * 0.7


def test_a_list_is_divided_where_a_page_would_hold_over_sixty(large: Archive) -> None:
    # The year's 80 are in one month, and 77 of those on one day, which can't be divided.
    assert "2023/05/07/" in large.page("/regions/land-1/2023/05/")
    assert len(sites.tree(large.page("/regions/land-1/2023/05/")).findall(".//ol[@class='cards']/li")) == 20
    large.build("--theme", "broadsheet", "--output", "other")
    assert not (large.root / "other/regions/land-1/2023/05").exists()


# The same content


# Of many that are new, the summaries are left out.
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "recent"])
def test_what_broadsheet_says_lowband_says(rich: Archive, kind: str) -> None:
    path = KINDS[kind]
    missing = _told(rich.root / "broadsheet" / path) - _told(rich.output / path)
    assert missing <= _LEFT_OUT.get(kind, set())


# Heads of tables that are lists here. A dossier's timeline is parted: key dates stand by themselves, and what happened
# stands in the list of briefings.
_LEFT_OUT = {
    "dossier": {"timeline", "place", "each", "judgement", "with", "its", "reason"},
    "region": {"place"},
    "map": {"place", "briefings"},
}
# What explains a drawing, and days on which nothing happened.
_OF_DRAWINGS = {"remark", "calendar", "tools"}


def _told(page: Path) -> set[str]:
    """What is said in the main part of a page, word by word, but for what belongs to its drawings."""
    main = sites.tree(page.read_text("utf-8")).find(".//main")
    assert main is not None
    return set(re.findall(r"\w+", " ".join(_texts(main)).casefold()))


def _texts(element: ElementTree.Element) -> Iterator[str]:
    if element.tag.endswith(("svg", "figcaption")) or element.get("class") in _OF_DRAWINGS:
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def test_grades_provenance_and_corrections_are_spelled_out(rich: Archive) -> None:
    said = sites.main_of(rich.page("/2022/08/17/first/"))
    for words in (
        "D – not usually reliable (the publisher’s standing grade)",
        "6 – truth cannot be judged",
        "State-controlled media",
        "Provisional. Drawn from first accounts",
        "100 or more",
        "0" * 63 + "a",
        "The number of injured.",
        "How to cite",
        "escalating",
    ):
        assert words.casefold() in said.casefold(), words


# Pictures


def test_a_picture_is_a_link_that_says_how_large_it_is(rich: Archive) -> None:
    page = rich.page("/2022/08/17/first/")
    size = len(sites.PNG)
    lead, inner = re.findall(r'<a[^>]* href="([^"]+\.png)">(.*?)</a> <small>\((\d+) bytes\)</small>', page)
    assert (lead[1], inner[1]) == ("Picture: <bdi>A bridge</bdi>", "Picture: The bridge")
    for address, _, told in (lead, inner):
        assert int(told) == size
        assert (rich.output / "2022/08/17/first" / address).resolve().read_bytes() == sites.PNG
    assert "From the north" in page
    assert "Picture: A drawing" in sites.main_of(rich.page("/art/"))


def _linked(body: str, files: dict[str, int] | None = None, attributes: str = "") -> str:
    return linked_pictures(Markup(body), files or {}, "Picture: {name}", attributes, size=lambda count: f"{count} B")


def test_a_picture_in_a_link_stands_behind_it() -> None:
    assert (
        _linked('<a href="/x/">See <img src="../a.png" alt="A &amp; b"></a>!', {"../a.png": 7})
        == '<a href="/x/">See A &amp; b</a> <a class="picture" href="../a.png">Picture: A &amp; b</a>'
        " <small>(7 B)</small>!"
    )


def test_a_picture_without_a_text_is_called_by_its_file() -> None:
    assert _linked('<img src="../a.png" alt="">') == '<a class="picture" href="../a.png">Picture: a.png</a>'


def test_words_of_the_interface_are_marked_in_a_body_of_another_language() -> None:
    assert (
        _linked('<img alt="جسر" src="a.png">', attributes=Markup(' lang="en" dir="ltr"'))
        == '<a class="picture" href="a.png"><span lang="en" dir="ltr">Picture: </span>جسر</a>'
    )
