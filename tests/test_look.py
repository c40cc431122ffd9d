"""The look of a finished site: what it weighs, that nothing moves, what is printed, and that no rule is idle."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
import pypdfium2
import pytest
from playwright.sync_api import Page
from test_browser import DESK, HARD_PAGES, PAGES, PHONE, Reader, Served, open_window, own, rich

__all__ = ["open_window", "own", "rich"]  # fixtures

BRIEFING = "2023/09/24/banjska-attack/"
WITH_ITALICS = "fr/2023/02/22/icj-orders-movement-on-lachin-road/"
LIMIT = 60 * 1000


def _folder(served: Served) -> Path:
    return served.archive.root.parent / "www/archive"


def _weight(path: Path) -> int:
    """What a host sends of a file: texts are gzipped, fonts are already."""
    data = path.read_bytes()
    return len(data) if path.suffix == ".woff2" else len(gzip.compress(data, 6))


def test_a_first_visit_to_a_briefing_weighs_less_than_60_kb(own: Served, open_window: Callable[..., Reader]) -> None:
    folder = _folder(own)
    for address in (WITH_ITALICS, BRIEFING, "ar/2022/04/01/truce-announced/"):
        reader = open_window()
        reader.page.goto(own.url + address)
        reader.page.wait_for_load_state("networkidle")
        asked = {urlsplit(url).path.removeprefix("/archive/") for url in reader.asked}
        weights = {path: _weight(folder / (f"{path}index.html" if path.endswith("/") else path)) for path in asked}
        assert sum(weights.values()) < LIMIT, weights
        fonts = sum(path.endswith(".woff2") for path in weights)
        assert fonts == (3 if address == WITH_ITALICS else 2), weights
        if address == WITH_ITALICS:
            shared = sum(weights.values()) - weights[address]

    # All other briefings in Latin letters: their own words beside the same style and fonts.
    own_words = [*folder.glob("20*/*/*/*/index.html"), *folder.glob("fr/20*/*/*/*/index.html")]
    heavy = {path: shared + _weight(path) for path in own_words}
    assert len(heavy) > 60
    assert max(heavy.values()) < LIMIT, max(heavy, key=lambda path: heavy[path])


SHIFT = """new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value))
        .observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(sum), 100);
})"""


def test_no_line_moves_while_fonts_are_late(own: Served, open_window: Callable[..., Reader]) -> None:
    reader = open_window()
    page = reader.page
    page.route("**/*.woff2", lambda route: (page.wait_for_timeout(700), route.continue_()))
    page.goto(own.url + BRIEFING)
    page.wait_for_timeout(1000)
    shift = page.evaluate(SHIFT)
    assert shift == 0
    assert reader.asked


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["wide", "narrow"])
def test_nothing_moves_while_scripts_do_their_work(
    own: Served, open_window: Callable[..., Reader], size: dict[str, int]
) -> None:
    page = open_window(viewport=size).page
    for address in (
        "",
        "search/",
        "search/?q=bridge",
        "map/",
        "timeline/",
        "dossiers/kosovo-serbia/",
        "2022/",
        BRIEFING,
    ):
        page.goto(own.url + address)
        page.wait_for_load_state("networkidle")
        if "search/" in address:
            page.locator("form.search[data-asked]").wait_for(timeout=15_000)
        assert page.evaluate(SHIFT) == 0, address


def test_words_are_set_in_the_fonts_of_the_theme(own: Served, open_window: Callable[..., Reader]) -> None:
    page = open_window().page
    for address, families in (
        (BRIEFING, {"Broadsheet Serif", "Broadsheet Sans"}),
        # The Latin letters of the sans by themselves are one of its files, for the names of languages.
        (
            "ar/2023/05/11/jeddah-declaration/",
            {f"Broadsheet {name}" for name in ("Sans", "Sans Latin", "Naskh")},
        ),
    ):
        page.goto(own.url + address)
        page.wait_for_load_state("networkidle")
        loaded = page.evaluate(
            "document.fonts.ready.then(all => [...all].filter(f => f.status === 'loaded').map(f => f.family))"
        )
        assert {family.strip('"') for family in loaded} == families, address


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves_by_itself(own: Served, open_window: Callable[..., Reader], motion: str) -> None:
    page = open_window(reduced_motion=motion).page
    for address in ("", BRIEFING, "map/"):
        page.goto(own.url + address)
        moving = page.evaluate(
            """[...document.querySelectorAll('*')].map(e => [e, getComputedStyle(e)])
                .filter(([, s]) => s.animationName !== 'none' || s.transitionDuration !== '0s')
                .map(([e]) => e.outerHTML.slice(0, 80))"""
        )
        assert not moving and not page.evaluate("document.getAnimations().length"), address


def test_a_printed_briefing_can_be_checked_without_the_site(own: Served, open_window: Callable[..., Reader]) -> None:
    page = open_window().page
    page.goto(own.url + BRIEFING)
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    text = " ".join(" ".join(sheet.get_textpage().get_text_range().split()) for sheet in document)
    assert 2 <= len(document) <= 4
    for expected in (page.locator("h1").inner_text(), own.url + BRIEFING, "completely reliable", "How to cite", "1 / "):
        assert expected in text, expected
    for address in page.locator("#_sources a[rel=external]").evaluate_all("links => links.map(link => link.href)"):
        assert address[:30] in text, address
    for navigation in ("Skip to the text", "About this archive", "Related briefings", "BibTeX", "Copy"):
        assert navigation not in text, navigation
    document.close()


# Of each rule the selectors that match nothing here, whatever the reader's pointer, keyboard and history do.
IDLE = """() => {
  const selectors = new Set();
  const gather = rules => {
    for (const rule of rules) {
      if (rule.selectorText) selectors.add(rule.selectorText);
      if (rule.cssRules && !(rule instanceof CSSPageRule)) gather(rule.cssRules);
    }
  };
  for (const sheet of document.styleSheets) gather(sheet.cssRules);
  const passing =
    /:not\\(:hover[^)]*\\)|::[a-z-]+(\\([^)]*\\))?|:(hover|focus-visible|focus|visited|target)\\b|\\[(hidden|open|data-covered)\\]/g;
  const settled = selector => selector.replace(passing, ":is(*)");
  return [...selectors].filter(selector => !document.querySelector(settled(selector)));
}"""


# One of each kind, and what is laid out otherwise: between them they hold everything that a page can.
STYLED = ["map/", "regions/", "dossiers/", "regions/kosovo/", "dossiers/black-sea-grain/", "data/", "changes/"]
STYLED += ["2020/11/10/trilateral-ceasefire-statement/", "2022/08/", "search/?q=bridge&region=asia", "404.html"]


# Pictures in several widths, which only large ones have: tests/test_variants.py. Pages in Cyrillic: below.
CYRILLIC = ":root:is(:lang(be), :lang(bg), :lang(mk), :lang(ru), :lang(sr), :lang(uk)):not(:lang(sr-Latn))"
HELD_ELSEWHERE = {"picture", CYRILLIC}


def idle(page: Page, addresses: Iterable[str]) -> set[str]:
    """The selectors of the stylesheet that match nothing on any of these pages."""
    found = []
    for address in addresses:
        page.goto(address)
        if "/search/" in address:
            page.locator("form.search[data-asked]").wait_for(timeout=15_000)
        found.append(set(page.evaluate(IDLE)))
    return set.intersection(*found)


def test_each_rule_of_the_stylesheet_has_something_to_style(
    own: Served, rich: Served, open_window: Callable[..., Reader]
) -> None:
    page = open_window().page
    left = idle(page, [own.url + address for address in [*PAGES, *STYLED]])
    left &= idle(page, [rich.url + address for address in HARD_PAGES])
    assert sorted(left - HELD_ELSEWHERE) == []


def test_labels_in_cyrillic_are_in_the_readers_own_font(own: Served, open_window: Callable[..., Reader]) -> None:
    page = open_window().page
    page.goto(own.url)
    used = """language => {
        document.documentElement.lang = language;
        return getComputedStyle(document.querySelector("h2")).fontFamily;
    }"""
    for language, has_ours in (("en", True), ("sr-Latn", True), ("uk", False), ("sr", False), ("sr-Cyrl", False)):
        assert ("Broadsheet Sans" in page.evaluate(used, language)) == has_ours, language


def test_each_font_comes_with_its_licence(own: Served) -> None:
    fonts = _folder(own) / "assets/fonts"
    licences = {path.name.split(".")[0] for path in fonts.glob("LICENSE-*")}
    assert licences == {"LICENSE-source", "LICENSE-naskh"}
    assert all("SIL Open Font License" in path.read_text("utf-8") for path in fonts.glob("LICENSE-*"))


def test_the_style_of_a_page_is_one_file(own: Served) -> None:
    tree = html5lib.parse((_folder(own) / "index.html").read_text("utf-8"), namespaceHTMLElements=False)
    styles = [link for link in tree.iter("link") if link.get("rel") == "stylesheet"]
    assert len(styles) == 1
    assert "@import" not in next((_folder(own) / "assets").glob("style.*.css")).read_text("utf-8")
