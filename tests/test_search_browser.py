"""Searching in a reader's browser, under the strict policy that a site is to be served with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import searching
import sites
from conftest import Archive
from playwright.sync_api import Page, expect
from test_browser import PHONE, Reader, open_window

__all__ = ["open_window"]  # fixtures

POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'none'; style-src 'self'; "
    "img-src 'self' data:; form-action 'self'"
)
SECONDS = 15_000


class _Strict(sites.QuietHost):
    """The policy that a host sends with all pages, of which only `/search/` needs one thing."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return searching.shared_search_archive(tmp_path_factory)


@pytest.fixture(scope="module")
def url(archive: Archive) -> Iterator[str]:
    with sites.hosted(archive.output, _Strict) as served:
        yield served


@pytest.fixture
def reader(open_window: Callable[..., Reader]) -> Reader:
    return open_window()


def _settled(page: Page, state: str | None = None) -> None:
    """Waits until what the address says is shown."""
    found = page.locator("form.search[data-asked]" if state is None else f'form.search[data-asked="{state}"]')
    found.wait_for(timeout=SECONDS)


def _titles(page: Page) -> list[str]:
    return page.locator(".cards h3").all_inner_texts()


def _count(page: Page) -> str:
    return page.locator("#_found output").inner_text()


def _go(page: Page, url: str, state: str = "", at: str = "search/") -> None:
    page.goto(f"{url}{at}{state}")
    _settled(page)


def _choose(page: Page, group: str, choice: str) -> None:
    own = page.locator("[data-filter]", has=page.locator("summary", has_text=group))
    if own.get_attribute("open") is None:
        own.locator("summary").click()
    own.get_by_label(choice).check()


def test_no_page_but_the_search_lets_web_assembly_run(url: str, open_window: Callable[..., Reader]) -> None:
    script = """
        WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => "ran", () => "was refused")
    """
    page = open_window().page
    _go(page, url)
    assert page.evaluate(script) == "ran"
    for other in ("", "map/", "404.html"):
        page.goto(url + other)
        assert page.evaluate(script) == "was refused"


def test_two_filters_narrow_a_search_and_its_address_shows_the_same_to_others(
    url: str, reader: Reader, open_window: Callable[..., Reader]
) -> None:
    page = reader.page
    _go(page, url, "?q=convoy")
    assert _count(page) == "16"
    _choose(page, "Actor", "Border Guard")
    _settled(page, "?q=convoy&actor=border-guard")
    assert _count(page) == "4"
    _choose(page, "Region", "Northland")
    _settled(page, "?q=convoy&region=northland&actor=border-guard")
    assert _count(page) == "2"
    assert sorted(_titles(page)) == ["Patrol 3", "Patrol 9"]
    other = open_window().page
    other.goto(page.url)
    _settled(other)
    assert _titles(other) == _titles(page)
    assert other.get_by_label("Border Guard").is_checked()
    assert other.locator("[name=q]").input_value() == "convoy"
    page.go_back()
    _settled(page, "?q=convoy&actor=border-guard")
    assert _count(page) == "4"
    assert not reader.said
    assert {urlsplit(asked).netloc for asked in reader.asked} == {urlsplit(url).netloc}


def test_a_count_says_how_many_are_left_with_that_choice(url: str, reader: Reader) -> None:
    page = reader.page
    _go(page, url, "?region=peninsula")
    choices = page.locator("[data-filter=actor] label").all_text_contents()
    assert [" ".join(choice.split()) for choice in choices] == ["Stabilisation Force 12", "Border Guard 4"]
    _choose(page, "Actor", "Border Guard")
    _settled(page, "?region=peninsula&actor=border-guard")
    assert _count(page) == "4"


def test_regions_have_what_lies_in_them_and_years_any_of_those_that_are_chosen(url: str, reader: Reader) -> None:
    page = reader.page
    _go(page, url, "?region=peninsula")
    assert _count(page) == "16"
    _choose(page, "Year", "1993")
    _settled(page, "?region=peninsula&year=1993")
    _choose(page, "Year", "2020")
    _settled(page, "?region=peninsula&year=1993&year=2020")
    assert _count(page) == "5"
    page.get_by_role("button", name="Take all filters away").click()
    _settled(page, "/search/")
    assert _count(page) == "17"


def test_kinds_of_sources_are_a_filter(url: str, reader: Reader) -> None:
    _go(reader.page, url, "?source=state-media&source=newspaper")
    assert _count(reader.page) == "6"


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_by_date_all_parts_stand_in_one_order(url: str, reader: Reader, order: str) -> None:
    page = reader.page
    _go(page, url, f"?q=convoy&order={order}")
    while page.locator(".more").is_visible():
        shown = len(_titles(page))
        page.locator(".more").click()
        expect(page.locator(".cards h3").nth(shown)).to_be_visible()
    expected = [
        "Convoy of 1993",
        "Convoy of 1995",
        "Convoy of 1997",
        "Convoy of 1999",
        *(f"Patrol {n}" for n in range(12)),
    ]
    found = [title for title in _titles(page) if not title.startswith("Shelling")]
    assert found == (expected if order == "oldest" else expected[::-1])


def test_typing_shows_results_and_keeps_the_address(url: str, reader: Reader) -> None:
    page = reader.page
    _go(page, url)
    page.get_by_label("Words").press_sequentially("hospital")
    _settled(page, "?q=hospital")
    assert _titles(page) == ["Shelling & <fire>"]
    assert page.url.endswith("/search/?q=hospital")


def test_another_name_leads_to_the_record_and_finds_its_briefings(url: str, reader: Reader) -> None:
    page = reader.page
    _go(page, url, "?q=Северия")
    assert _count(page) == "6"
    record = page.locator(".records li")
    assert record.inner_text() == "Region Northland (Северия)"
    record.get_by_role("link").click()
    expect(page.locator("h1")).to_have_text("Northland")
    _go(page, url, "?q=norðland")
    assert page.locator(".records li").inner_text().startswith("Region Northland")


def test_an_excerpt_marks_the_words_and_shows_a_text_as_it_is(url: str, reader: Reader) -> None:
    page = reader.page
    _go(page, url, "?q=patrol")
    expect(page.locator(".excerpt mark").first).to_have_text("patrol")
    assert "[1]" not in page.locator(".excerpt").first.inner_text()


def test_an_excerpt_has_dots_where_the_text_goes_on(url: str, reader: Reader) -> None:
    page = reader.page
    _go(page, url, "?q=lorries")
    whole = page.locator(".excerpt").first.inner_text()
    assert not whole.startswith("…")
    _go(page, url, "?q=ending")
    cut = page.locator(".excerpt").first.inner_text()
    assert cut.startswith("… ") and not cut.endswith("…")


@pytest.mark.parametrize(
    ("words", "lacking"),
    [
        ("patrolled", ""),  # another form of a word that is there
        ("patr", ""),  # its beginning
        ("Norðland", ""),  # another name
        ("patroller", ""),
        ("patrolship", "patrolship"),  # which Pagefind would shorten
        ("convoy zebra", "zebra"),  # which it would pass over
    ],
)
def test_a_word_that_no_briefing_has_is_named(url: str, reader: Reader, words: str, lacking: str) -> None:
    page = reader.page
    _go(page, url, f"?q={words}")
    assert int(_count(page)) > 0
    told = page.locator("[data-say=lacking]")
    if lacking:
        expect(told).to_have_text(re.compile(f"^In no briefing: {lacking}\\."))
        expect(page.locator("[role=status]")).to_contain_text(lacking)
    else:
        expect(told).to_be_hidden()


@pytest.mark.parametrize(
    ("words", "found", "passed"),
    [
        ("the convoy of", "16", "the, of"),
        ("the", "17", "the"),
        ("THE convoy", "", ""),  # a name, perhaps
        ('"the convoy"', "", ""),
    ],
)
def test_words_that_nearly_every_briefing_has_are_passed_over_and_named(
    url: str, reader: Reader, words: str, found: str, passed: str
) -> None:
    page = reader.page
    _go(page, url, f"?q={words}")
    told = page.locator("[data-say=passed]")
    if passed:
        assert _count(page) == found
        expect(told).to_have_text(
            f"Not searched for, as nearly every briefing has it: {passed}. In quotation marks it counts."
        )
        expect(page.locator("[role=status]")).to_contain_text(passed)
    else:
        expect(told).to_be_hidden()


def test_a_word_of_two_letters_is_found_as_a_whole_word_and_the_page_says_so(url: str, reader: Reader) -> None:
    page = reader.page
    told = page.locator("[data-say=short]")
    _go(page, url, "?q=me")
    assert _count(page) == "0"  # though a patrol met a convoy
    expect(told).to_contain_text("With a third letter")
    _go(page, url, "?q=met")
    assert _count(page) == "12"
    expect(told).to_be_hidden()
    _go(page, url, "?q=it")
    assert "Shelling & <fire>" in _titles(page)


def test_what_is_found_is_shown_before_it_is_counted_for_each_filter(url: str, reader: Reader) -> None:
    page = reader.page
    page.route("**/*.pf_filter", lambda route: (page.wait_for_timeout(1500), route.continue_()))
    page.goto(f"{url}search/?q=hospital")
    expect(page.locator(".cards h3")).to_have_text("Shelling & <fire>")
    assert page.locator("form.search[data-asked]").count() == 0
    _settled(page, "?q=hospital")
    choices = page.locator("[data-filter=actor] label").all_text_contents()
    assert [" ".join(choice.split()) for choice in choices] == ["Unknown Group 1"]


def test_closed_filters_cost_nothing_and_count_when_they_are_opened(
    url: str, open_window: Callable[..., Reader]
) -> None:
    reader = open_window(viewport=PHONE)
    page = reader.page
    _go(page, url, "?q=hospital")
    assert not [asked for asked in reader.asked if asked.endswith(".pf_filter")]
    page.locator(".filters > summary").click()
    page.locator("[data-filter=actor] summary").click()
    expect(page.locator("[data-filter=actor] label")).to_have_text(re.compile("Unknown Group *1"))
    page.locator("[data-filter=actor]").get_by_label("Unknown Group").check()
    _settled(page, "?q=hospital&actor=unknown-group")
    page.reload()
    _settled(page)
    expect(page.locator(".filters > summary small")).to_have_text("1")  # chosen, though the filters are closed again


def test_words_behind_a_content_warning_are_found_but_not_shown(url: str, reader: Reader) -> None:
    page = reader.page
    _go(page, url, "?q=hospital")
    card = page.locator(".cards article")
    assert card.locator(".excerpt").inner_text() == "Describes wounds."
    assert "bodies" not in card.inner_text()
    assert "Content warning" in card.inner_text()
    assert card.locator("time").inner_text() == "February – March 2023"


def test_a_result_says_when_where_and_how_sure_and_leads_to_the_briefing(url: str, reader: Reader) -> None:
    page = reader.page
    _go(page, url, "?q=5th")
    card = page.locator(".cards article", has_text="Patrol 5")
    assert card.locator("time").inner_text() == "February 10, 2021"
    assert "Provisional" in card.inner_text()
    assert card.get_by_role("link", name="Northland").get_attribute("href") == "../regions/northland/"
    card.locator("h3 a").click()
    expect(page.locator("h1")).to_have_text("Patrol 5")


def test_a_language_finds_its_translations_and_the_rest_in_the_original(url: str, reader: Reader) -> None:
    page = reader.page
    _go(page, url, "?q=convoi", "fr/search/")
    assert _titles(page) == ["Patrouille 11"]
    _go(page, url, "?actor=stabilisation-force", "fr/search/")
    assert _count(page) == "12"
    assert _titles(page)[0] == "Patrouille 11"
    assert "Patrol 11" not in _titles(page)
    other = page.locator(".cards article").nth(1)
    assert other.locator("h3").get_attribute("lang") == "en"
    assert "anglais" in other.inner_text()
    assert "Nordie" in page.locator("[data-filter=region]").text_content()


def test_the_field_on_every_page_leads_to_what_is_found(url: str, reader: Reader) -> None:
    page = reader.page
    page.goto(f"{url}2021/02/10/patrol-05/")
    field = page.get_by_role("searchbox", name="Words to search for")
    field.fill("hospital")
    field.press("Enter")
    _settled(page)
    assert _titles(page) == ["Shelling & <fire>"]
    assert not reader.said


def test_without_javascript_the_page_leads_to_all_lists(url: str, open_window: Callable[..., Reader]) -> None:
    page = open_window(java_script_enabled=False).page
    page.goto(f"{url}2021/02/10/patrol-05/")
    page.get_by_role("searchbox", name="Words to search for").fill("hospital")
    page.get_by_role("search").get_by_role("button").click()
    assert page.url.endswith("/search/?q=hospital")
    expect(page.locator("form.search")).to_be_hidden()
    expect(page.get_by_text("needs JavaScript")).to_be_visible()
    lists = page.locator("section[aria-labelledby=_lists]")
    for name in ("Dossiers", "Regions", "Actors", "Tags", "Sources", "2023", "1993"):
        expect(lists.get_by_role("link", name=name, exact=True)).to_be_visible()
    lists.get_by_role("link", name="1993").click()
    expect(page.locator("main article h3")).to_have_text("Convoy of 1993")


def test_where_nothing_fits_or_the_index_is_missing_the_page_says_so(url: str, reader: Reader) -> None:
    page = reader.page
    _go(page, url, "?q=hospital&actor=border-guard")
    expect(page.get_by_text("No briefing fits all of this.")).to_be_visible()
    page.route("**/pagefind-entry.json*", lambda route: route.abort())
    page.goto(f"{url}search/?q=convoy")
    expect(page.get_by_text("The search can’t be loaded.")).to_be_visible()
    expect(page.get_by_role("link", name="1993")).to_be_visible()
    reader.said.clear()  # Pagefind says what it couldn't load


def test_everything_is_labelled_and_what_is_found_is_told(url: str, reader: Reader) -> None:
    page = reader.page
    _go(page, url, "?q=hospital")
    expect(page.locator("[role=status]")).to_have_text("Briefings found 1")
    unnamed = page.evaluate(
        "[...document.querySelectorAll('input, select, button')]"
        ".filter(e => !e.labels?.length && !e.textContent.trim() && !e.getAttribute('aria-label')).length"
    )
    assert unnamed == 0


def test_on_a_phone_nothing_scrolls_sideways(url: str, open_window: Callable[..., Reader]) -> None:
    page = open_window(viewport=PHONE).page
    _go(page, url, "?q=convoy&region=peninsula")
    page.locator(".filters > summary").click()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]


def test_a_cold_build_answers_as_a_warm_one(archive: Archive, url: str, reader: Reader, tmp_path: Path) -> None:
    # Pagefind's bytes differ from run to run: what they answer doesn't.
    cold = sites.copy_of(archive, tmp_path / "cold")
    cold.build()
    queries = ("?q=convoy", "?q=patrol&order=oldest", "?region=northland&year=2021", "?q=SFOR-X")
    answers: list[list[Any]] = []
    with sites.hosted(cold.output, _Strict) as other:
        for place in (url, other):
            answers.append([])
            for query in queries:
                _go(reader.page, place, query)
                filters = reader.page.locator("[data-filter] label").all_text_contents()
                answers[-1].append((_count(reader.page), _titles(reader.page), filters))
    assert answers[0] == answers[1]
