"""The site in a reader's browser: wide and narrow, light and dark, with scripts and without."""

from __future__ import annotations

import atexit
import functools
import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import sites
from conftest import Archive
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

# What `docs/` tells hosts to send with every page; nothing on a page may need more.
POLICY = "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
SEARCH_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@dataclass
class Served:
    """A site below a folder of a web server, as on any static host."""

    archive: Archive
    url: str


class _StrictHost(sites.QuietHost):
    def end_headers(self) -> None:
        policy = SEARCH_POLICY if re.search("/search/($|[?#])", self.path) else POLICY
        self.send_header("Content-Security-Policy", policy)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """As static hosts do: the site's own page for unknown addresses."""
        page = Path(self.directory) / "archive/404.html"
        if code != 404 or not page.is_file():
            return super().send_error(code, message, explain)
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.read_bytes())
        return None


@contextmanager
def _serving(archive: Archive, folder: Path) -> Iterator[Served]:
    with sites.hosted(folder, _StrictHost) as top:
        url = f"{top}archive/"
        archive.build("--base-url", url, "--output", str(folder / "archive"))
        yield Served(archive, url)


# Built and served once for all modules that import these fixtures, until the tests end.
_until_the_end = ExitStack()
atexit.register(_until_the_end.close)


@functools.cache
def _own_site(base: Path) -> Served:
    place = base / "served-own"
    return _until_the_end.enter_context(_serving(sites.repository_at(place / "archive"), place / "www"))


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Served:
    """This repository's own archive."""
    return _own_site(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Served:
    """An archive with everything, and what is hard to fit on a phone."""
    return _rich_site(tmp_path_factory.getbasetemp())


_CHANGES = [{"id": "first", "lang": "en", "what": "corrected"}, {"id": "gone", "lang": "en", "what": "withdrawn"}]


@functools.cache
def _rich_site(base: Path) -> Served:
    place = base / "served-rich"
    archive = sites.rich_archive(place / "archive", events=70)
    long_word = "Donau" + "dampfschifffahrts" * 8 + "gesellschaft"
    archive.write("dossiers/hard.md", title=long_word)
    archive.write("pages/hard.md", title=long_word)
    editions = [{"edition": letter * 64, "day": "2022-10-02", "changes": _CHANGES} for letter in "ab"]
    (archive.root / "published.json").write_text(json.dumps({"briefings": [], "editions": editions}), "utf-8")
    columns = " | ".join(f"Column number {number}" for number in range(14))
    with (archive.root / "content/regions.yaml").open("a") as regions:
        regions.write("- {name: District, parent: Northland}\n- {name: Hamlet, parent: District, lat: 43, lon: 20}\n")
    archive.write(
        "briefings/hard.md",
        f"{long_word}\n\n## {long_word}\n\n| {columns} |\n|{' --- |' * 14}\n| {columns} |\n\n"
        f"```\n{'a line of code that goes on and on ' * 8}\n```\n\n`{'x' * 300}`\n\n"
        f"<https://elsewhere.example/{'y' * 300}>\n\n![A picture](/media/bridge.png){{width=2000 height=10}}\n\n"
        "- a\n  - b\n    - c\n      - d\n        - e\n\n> > > > quoted\n\n"
        "#### Deep\n\n::: warning\nHarm.\n:::\n\n| middle |\n| :---: |\n| 1 |\n\n---\n",
        title=long_word,
        date="2022-09-01",
        summary=long_word,
        author=long_word,
        tags=[long_word],
        actors=[long_word],
        region=["Northland", "Hamlet"],
        figures=[{"what": long_word, "value": 123456789012345, "says": long_word, "on": "2022-09-01"}],
        sources=[{"name": "State Wire", "title": long_word, "url": f"https://wire.example/{'z' * 300}"}],
        location={"name": long_word, "lat": 42.123456789, "lon": -121.123456789},
        corrections=[{"date": "2022-09-02", "note": long_word, "kind": long_word}],
        capture={"sha256": "f" * 64, "converted": long_word},
        attachments=[{"file": "/media/report.pdf", "title": long_word, "licence": long_word}],
        trend="escalating",
        trend_reason=long_word,
        dossier="north-south",
    )
    return _until_the_end.enter_context(_serving(archive, place / "www"))


class Reader:
    """A reader with a browser window, whose every request is noted."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.failed: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("requestfailed", self._note_failure)
        self.page.on("response", lambda response: self.failed.append(response.url) if response.status >= 400 else None)
        self.page.on("console", lambda message: self.said.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda problem: self.said.append(str(problem)))

    def _note_failure(self, request: Request) -> None:
        if "ERR_ABORTED" not in (request.failure or ""):  # the reader went on before all was there
            self.failed.append(request.url)


@pytest.fixture
def open_window(browser: Browser) -> Iterator[Callable[..., Reader]]:
    """Opens windows, with Playwright's options of a context."""
    readers = []

    def opened(**options: object) -> Reader:
        context = browser.new_context(**{"viewport": DESK, **options})  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        readers.append(Reader(context))
        return readers[-1]

    yield opened
    for reader in readers:
        reader.context.close()
    forbidden = [text for reader in readers for text in reader.said if "Content Security Policy" in text]
    assert not forbidden, forbidden


def _stayed(reader: Reader, served: Served) -> None:
    """No request has left for another host, and none has failed."""
    own = urlsplit(served.url).netloc
    assert {urlsplit(url).netloc for url in reader.asked} == {own}
    assert not reader.failed
    assert not reader.said


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_reader_goes_from_home_to_a_briefing_to_an_actor_and_back(
    own: Served, open_window: Callable[..., Reader], scripts: bool
) -> None:
    reader = open_window(java_script_enabled=scripts)
    page = reader.page
    page.goto(own.url)
    first = page.locator("main article h3 a").first
    title = first.inner_text()
    first.click()
    expect(page.locator("h1")).to_have_text(title)
    briefing = page.url
    actor = page.locator("main a[href*='/actors/']").first
    name = actor.inner_text()
    actor.click()
    expect(page.locator("h1")).to_have_text(name)
    assert "/archive/actors/" in page.url
    page.locator("main article h3 a", has_text=title).click()
    assert page.url == briefing
    page.locator("header .masthead a").click()
    assert page.url == own.url
    _stayed(reader, own)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_reader_of_a_dossier_walks_through_it_from_the_newest_to_the_oldest(
    own: Served, open_window: Callable[..., Reader], scripts: bool
) -> None:
    reader = open_window(java_script_enabled=scripts)
    page = reader.page
    page.goto(own.url)
    page.locator("nav[aria-label='Main'] a", has_text="Dossiers").click()
    page.locator("main a", has_text="Kosovo and Serbia").first.click()
    page.locator("main article h3 a").first.click()
    seen = {page.url}
    # The briefings of other dossiers stand before and after too, under a heading of their own.
    before = page.locator("main dt", has_text="In Kosovo and Serbia").locator(
        "xpath=following-sibling::dd/a[@rel='prev']"
    )
    while before.count():
        before.click()
        assert page.url not in seen
        seen.add(page.url)
    assert len(seen) == 18
    _stayed(reader, own)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_timeline_opens_by_keyboard_and_leads_from_a_year_to_a_month_to_a_day(
    own: Served, open_window: Callable[..., Reader], scripts: bool
) -> None:
    reader = open_window(java_script_enabled=scripts)
    page = reader.page
    page.goto(own.url + "timeline/")
    year = page.locator("details.year", has=page.get_by_role("heading", name="2023"))
    month = year.get_by_role("link", name="September 2023")
    expect(month).to_be_hidden()
    year.locator("summary").focus()
    page.keyboard.press("Enter")
    month.click()
    expect(page.locator("h1")).to_have_text("September 2023")
    page.locator("main a[href$='2023/09/24/']").first.click()
    expect(page.locator("h1")).to_have_text("24 September 2023")
    expect(page.locator("main article h3")).to_contain_text(["Banjska"])
    _stayed(reader, own)


PAGES = [
    "",
    "2022/",
    "2023/09/24/banjska-attack/",
    "dossiers/kosovo-serbia/",
    "actors/",
    "actors/kfor/",
    "regions/kosovo/",
]
PAGES += ["sources/", "tags/", "method/", "about/"]
PAGES += ["timeline/", "recent/", "corrections/", "coverage/", "coverage/2022/", "codebook/", "on/11-12/"]
PAGES += ["ar/timeline/", "ar/coverage/2023/"]
PAGES += ["fr/", "fr/2022/11/02/pretoria-agreement/", "ar/2023/05/11/jeddah-declaration/", "ar/dossiers/sudan/"]
HARD_PAGES = [
    "",
    "2022/09/01/hard/",
    "2022/08/17/first/",
    "2022/08/19/second/",
    "2022/08/20/arabic/",
    "2022/08/21/withdrawn/",
]
HARD_PAGES += ["tags/", "tags/daily/", "tags/daily/2019/", "regions/", "regions/northland/", "sources/state-wire/"]
HARD_PAGES += ["dossiers/north-south/", "dossiers/", "2022/", "about/", "404.html", "actors/"]
HARD_PAGES += ["regions/hamlet/", "timeline/", "recent/", "corrections/", "coverage/", "codebook/", "on/08-17/"]
HARD_PAGES += ["data/", "changes/"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_request_leaves_for_another_host(own: Served, open_window: Callable[..., Reader], scheme: str) -> None:
    reader = open_window(color_scheme=scheme)
    for address in PAGES:
        reader.page.goto(own.url + address)
        reader.page.wait_for_load_state("networkidle")
    _stayed(reader, own)
    assert any(url.endswith(".css") for url in reader.asked)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("which", ["own", "rich"])
def test_a_phone_never_scrolls_sideways(
    request: pytest.FixtureRequest, open_window: Callable[..., Reader], which: str, scheme: str
) -> None:
    served: Served = request.getfixturevalue(which)
    reader = open_window(viewport=PHONE, color_scheme=scheme, device_scale_factor=2, is_mobile=True)
    wide = []
    for address in PAGES if which == "own" else HARD_PAGES:
        reader.page.goto(served.url + address)
        reader.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        width = reader.page.evaluate("document.scrollingElement.scrollWidth")
        if width > PHONE["width"]:
            culprits = reader.page.evaluate(
                """() => [...document.querySelectorAll('body *')]
                    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
                    .slice(-3).map(e => e.outerHTML.slice(0, 80))"""
            )
            wide.append(f"/{address} is {width} wide: {culprits}")
    assert not wide, "\n".join(wide)


@pytest.mark.parametrize("which", ["own", "rich"])
def test_a_narrow_or_enlarged_window_never_scrolls_sideways(
    request: pytest.FixtureRequest, open_window: Callable[..., Reader], which: str
) -> None:
    # WCAG 1.4.4 and 1.4.10: a window of 1,280 pixels at twice and at four times the size.
    served: Served = request.getfixturevalue(which)
    reader = open_window()
    wide = []
    for address in PAGES if which == "own" else HARD_PAGES:
        reader.page.goto(served.url + address)
        for size in (640, 320):
            reader.page.set_viewport_size({"width": size, "height": 640})
            width = reader.page.evaluate("document.scrollingElement.scrollWidth")
            if width > size:
                wide.append(f"/{address} is {width} wide at {size}")
    assert not wide, "\n".join(wide)


CONTRAST = """() => {
  const parse = text => {
    const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const found = {};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const [a, b] = [luminance(parse(style.color)), luminance(behind(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5))
      found[element.tagName + '.' + element.className] = ratio.toFixed(2) + ' ' + walker.currentNode.data.slice(0, 30);
  }
  return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_what_is_behind_it(
    rich: Served, open_window: Callable[..., Reader], scheme: str
) -> None:
    # WCAG 1.4.3: 4.5 to 1, and 3 to 1 for large text.
    reader = open_window(color_scheme=scheme)
    for address in HARD_PAGES:
        reader.page.goto(rich.url + address)
        reader.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        weak = reader.page.evaluate(CONTRAST)
        assert not weak, f"/{address}: {weak}"


def test_the_dark_scheme_is_dark_and_the_light_one_light(own: Served, open_window: Callable[..., Reader]) -> None:
    brightness = {}
    for scheme in ("light", "dark"):
        reader = open_window(color_scheme=scheme)
        reader.page.goto(own.url)
        colour = reader.page.evaluate(
            "getComputedStyle(document.documentElement).backgroundColor.match(/[\\d.]+/g).slice(0, 3).map(Number)"
        )
        brightness[scheme] = sum(colour) / 3
    assert brightness["light"] > 200 and brightness["dark"] < 60


def test_the_first_key_leads_to_the_text(own: Served, open_window: Callable[..., Reader]) -> None:
    page = open_window().page
    page.goto(own.url + "actors/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_attribute("href", "#_main")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")


def test_what_has_the_focus_is_seen(own: Served, open_window: Callable[..., Reader]) -> None:
    page = open_window().page
    page.goto(own.url)
    for _ in range(6):
        page.keyboard.press("Tab")
        width, style = page.evaluate(
            "(style => [parseFloat(style.outlineWidth), style.outlineStyle])(getComputedStyle(document.activeElement))"
        )
        assert width >= 1 and style != "none"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_old_address_leads_on(rich: Served, open_window: Callable[..., Reader], scripts: bool) -> None:
    reader = open_window(java_script_enabled=scripts)
    for old, new in (
        ("2022/08/17/an-old-name/", "2022/08/17/first/"),
        ("old.html", "2022/08/17/first/"),
        ("actors/na/", "actors/northern-alliance/"),
        ("faq.html", "help/reading/"),
    ):
        reader.page.goto(rich.url + old)
        reader.page.wait_for_url(rich.url + new)


def test_an_unknown_address_at_any_depth_shows_a_whole_page(rich: Served, open_window: Callable[..., Reader]) -> None:
    reader = open_window()
    for address in ("not-there/", "not/there/at/all.html"):
        reader.page.goto(rich.url + address)
        assert reader.page.evaluate("document.styleSheets[0].cssRules.length") > 0
        reader.page.locator("main a").first.click()
        assert reader.page.url == rich.url


def test_what_was_warned_of_is_shown_only_when_asked_for(rich: Served, open_window: Callable[..., Reader]) -> None:
    for scripts in (True, False):
        page = open_window(java_script_enabled=scripts).page
        page.goto(rich.url + "2022/08/19/second/")
        body = page.locator("main .prose")
        expect(body).to_be_hidden()
        page.locator("main summary", has_text="Describes violence.").click()
        expect(body).to_be_visible()


def test_an_anchor_leads_to_its_place_and_back(rich: Served, open_window: Callable[..., Reader]) -> None:
    page = open_window(viewport=PHONE).page
    page.goto(rich.url + "2022/08/17/first/")
    page.locator("main sup a").first.click()
    note = page.locator(":target")
    expect(note).to_be_in_viewport()
    assert "The first note" in note.inner_text()
    page.locator(":target a[href^='#fnref']").first.click()
    expect(page.locator(":target")).to_be_in_viewport()


def test_pictures_are_shown(rich: Served, open_window: Callable[..., Reader]) -> None:
    page = open_window().page
    page.goto(rich.url + "2022/08/17/first/")
    page.locator("main .prose figure img").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert (
        page.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 0) && document.images.length")
        == 2
    )


def test_on_paper_a_briefing_has_its_address_and_grades_and_no_navigation(
    own: Served, open_window: Callable[..., Reader]
) -> None:
    reader = open_window()
    page = reader.page
    page.goto(own.url + "2023/09/24/banjska-attack/")
    expect(page.locator("nav[aria-label='Main']")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("nav[aria-label='Main']")).to_be_hidden()
    expect(page.get_by_text(page.url, exact=True).first).to_be_visible()
    expect(page.locator(".grades").first).to_be_visible()
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_the_title_keeps_its_room_beside_many_languages(own: Served, open_window: Callable[..., Reader]) -> None:
    page = open_window(viewport={"width": 660, "height": 800}).page
    page.goto(own.url)
    page.evaluate(
        """() => {
            const list = document.querySelector('.languages ul');
            for (let more = 0; more < 3; more++) list.append(...[...list.children].map(item => item.cloneNode(true)));
        }"""
    )
    title = page.locator("h1").bounding_box()
    field, button = (page.locator(f"form {part}").bounding_box() for part in ("input", "button"))
    assert title and title["width"] > 250
    assert field and button and button["y"] < field["y"] + field["height"], "the button stands beside its field"
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_a_long_date_stays_in_its_column(own: Served, open_window: Callable[..., Reader]) -> None:
    page = open_window().page
    page.goto(own.url)
    card = page.locator("main article").first
    card.locator("time").evaluate("time => time.textContent = '28 September 2023 – 30 December 2024'")
    date, title = card.locator("time").bounding_box(), card.locator("h3").bounding_box()
    assert date and title and date["x"] + date["width"] <= title["x"]


def test_the_page_opens_from_the_disk_with_its_style(own: Served, open_window: Callable[..., Reader]) -> None:
    page = open_window().page
    folder = own.archive.root.parent / "www/archive"
    page.goto((folder / "2023/09/24/banjska-attack/index.html").as_uri())
    with_style = page.evaluate("document.styleSheets.length")
    assert with_style == 1
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"


def test_a_page_in_a_language_from_right_to_left_runs_that_way(
    rich: Served, open_window: Callable[..., Reader]
) -> None:
    page = open_window(viewport=PHONE).page
    page.goto(rich.url + "2022/08/20/arabic/")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
    box = page.evaluate("document.querySelector('h1').getBoundingClientRect().right")
    assert box > 300


def test_an_arabic_translation_is_laid_out_from_right_to_left(own: Served, open_window: Callable[..., Reader]) -> None:
    page = open_window(viewport={"width": 1200, "height": 900}).page
    page.goto(own.url + "ar/2023/05/11/jeddah-declaration/")
    left = {name: page.locator(name).first.bounding_box() for name in ("h1", ".sheet > aside", ".languages a")}
    heading, aside, first = left["h1"], left[".sheet > aside"], left[".languages a"]
    assert heading and aside and first
    assert aside["x"] + aside["width"] < heading["x"], "what stands beside the words stands left of them"
    assert first["x"] < 600, "the row of languages stands at the left end"
    citation = page.locator("#_cite dd").first
    whole, author = citation.bounding_box(), citation.locator("bdi").first.bounding_box()
    assert whole and author
    assert abs(author["x"] + author["width"] - whole["x"] - whole["width"]) < 2, "who wrote it stands first"
    expect(citation.locator(".url")).to_have_css("direction", "ltr")
    expect(page.locator("#_cite code").first).to_have_css("direction", "ltr")
    page.get_by_role("navigation", name="اللغات").get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en-GB")
    heading = page.locator("h1").bounding_box()
    assert heading and heading["x"] < 300
