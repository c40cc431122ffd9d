"""The preview in a real browser: what was saved is on the screen, the last of it always, and the place is kept."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sites
from conftest import Archive
from playwright.sync_api import Browser, Page, expect
from test_preview import Preview, free_port, serving

expect.set_options(timeout=30_000)  # as long as nothing is lost, a slow machine is none's fault
ONE = "/2022/08/17/one/"
EXTRA = (
    '{% extends "broadsheet:briefing.html" %}{% block main %}{{ super() }}'
    '<form role="search"><input type="search" aria-label="Find"></form>'
    "<details><summary>More</summary><p>Inside.</p></details>{% endblock %}\n"
)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    archive = sites.archive_at(tmp_path_factory.mktemp("preview") / "archive")
    archive.template("own/theme.toml", 'name = "own"\nextends = "broadsheet"\n')
    archive.template("own/templates/briefing.html", EXTRA)
    archive.template("own/static/style.css", "h1 { color: rgb(1, 2, 3) }\n")
    archive.config('theme = "own"\n[serve]\neditor = "vscode://file{path}:{line}"\n')
    archive.write("pages/about.md", "About.\n", title="About")
    write(archive, "First words.")
    with serving(archive) as preview:
        preview.shows(ONE, "First words.")
        yield preview


def write(archive: Archive, words: str, name: str = "one") -> Path:
    """Saves a briefing of many paragraphs, as editors do: beside it, then by renaming."""
    path = archive.root / f"content/briefings/{name}.md"
    paragraphs = "\n\n".join(f"Paragraph {number}." for number in range(60))
    text = f"---\ntitle: {name.capitalize()}\ndate: 2022-08-17\n---\n\n{words}\n\n{paragraphs}\n"
    beside = path.with_name(f".{name}.tmp")
    beside.parent.mkdir(parents=True, exist_ok=True)
    beside.write_text(text, "utf-8")
    return beside.replace(path)


@pytest.fixture
def page(browser: Browser, running: Preview) -> Iterator[Page]:
    """A window on the first briefing; a page that is loaded anew loses its `mark`."""
    page = opened(browser, running, ONE)
    yield page
    page.context.close()


def opened(browser: Browser, running: Preview, address: str) -> Page:
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    page = context.new_page()
    page.said = []  # type: ignore[attr-defined]
    page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)  # type: ignore[attr-defined]
    page.on("pageerror", lambda problem: page.said.append(str(problem)))  # type: ignore[attr-defined]
    page.goto(running.url(address))
    page.wait_for_selector("sitrep-preview", state="attached")  # it is connected
    page.evaluate("window.mark = 'still here'")
    return page


def is_the_same(page: Page) -> bool:
    return bool(page.evaluate("window.mark === 'still here'"))


def test_saved_words_are_shown_and_nothing_else_moves(page: Page, running: Preview) -> None:
    page.locator("details", has_text="Inside.").evaluate("details => details.open = true")
    page.get_by_label("Find").fill("what I look for")
    page.evaluate("scrollTo(0, 900)")
    write(running.archive, "Second words, and *others*.")
    expect(page.locator("main")).to_contain_text("Second words, and others.")
    assert is_the_same(page)
    assert page.evaluate("scrollY") == 900
    assert page.locator("details", has_text="Inside.").evaluate("details => details.open")
    expect(page.get_by_label("Find")).to_have_value("what I look for")
    assert page.said == []  # type: ignore[attr-defined]


def test_where_a_script_has_changed_the_page_it_is_loaded_anew_at_the_same_place(page: Page, running: Preview) -> None:
    page.evaluate("document.querySelector('#_p1').parentElement.append(document.createElement('p'))")
    page.locator("details", has_text="Inside.").evaluate("details => details.open = true")
    page.get_by_label("Find").fill("what I look for")
    page.evaluate("scrollTo(0, 800)")
    write(running.archive, "Words beneath a script.")
    expect(page.locator("main")).to_contain_text("Words beneath a script.")
    page.wait_for_selector("sitrep-preview", state="attached")
    assert not is_the_same(page)
    assert page.locator("details", has_text="Inside.").evaluate("details => details.open")
    expect(page.get_by_label("Find")).to_have_value("what I look for")
    assert page.evaluate("scrollY") == 800


def test_a_stylesheet_is_swapped_alone(page: Page, running: Preview) -> None:
    running.archive.template("own/static/style.css", "h1 { color: rgb(4, 5, 6) }\n")
    expect(page.locator("h1")).to_have_css("color", "rgb(4, 5, 6)")
    assert is_the_same(page)
    expect(page.locator("head link[rel=stylesheet]")).to_have_count(1)


def test_a_template_is_followed(page: Page, running: Preview) -> None:
    running.archive.template("own/templates/briefing.html", EXTRA.replace("Inside.", "Inside, anew."))
    expect(page.locator("main")).to_contain_text("Inside, anew.")
    running.archive.template("own/templates/briefing.html", EXTRA)
    expect(page.locator("main")).to_contain_text("Inside.")
    assert is_the_same(page)


def test_a_new_briefing_comes_into_the_lists_and_a_deleted_one_goes(browser: Browser, running: Preview) -> None:
    home = opened(browser, running, "/")
    path = write(running.archive, "New words.", "another")
    expect(home.get_by_role("link", name="Another").first).to_be_visible()
    own = opened(browser, running, "/2022/08/17/another/")
    expect(own.locator("h1")).to_have_text("Another")
    path.unlink()
    expect(own.locator("h1")).not_to_have_text("Another")
    expect(home.get_by_role("link", name="Another")).to_have_count(0)
    write(running.archive, "Back again.", "another")
    expect(own.locator("main")).to_contain_text("Back again.")
    path.unlink()
    home.context.close()
    own.context.close()


def test_a_fault_is_told_over_the_last_good_page_until_it_is_mended(page: Page, running: Preview) -> None:
    write(running.archive, "Good words.")
    expect(page.locator("main")).to_contain_text("Good words.")
    path = running.archive.root / "content/briefings/one.md"
    path.write_text("---\ntitle: One\ndate: 2022-13-17\n---\n\nBad words.\n", "utf-8")
    told = page.locator("sitrep-preview section")
    expect(told).to_contain_text("content/briefings/one.md:3")
    expect(told.locator("code.it")).to_contain_text("date: 2022-13-17")
    expect(told.locator("a")).to_have_attribute("href", f"vscode://file{path}:3")
    expect(page.locator("main")).to_contain_text("Good words.")
    write(running.archive, "Mended words.")
    expect(page.locator("main")).to_contain_text("Mended words.")
    expect(told).to_have_count(0)
    assert is_the_same(page)


def test_a_briefing_that_gets_another_date_is_followed_to_its_new_address(browser: Browser, running: Preview) -> None:
    path = write(running.archive, "Moving words.", "moving")
    window = opened(browser, running, "/2022/08/17/moving/")
    path.write_text(path.read_text("utf-8").replace("2022-08-17", "2022-08-18"), "utf-8")
    window.wait_for_url("**/2022/08/18/moving/", timeout=30_000)
    expect(window.locator("main")).to_contain_text("Moving words.")
    path.unlink()
    expect(window.locator("main")).not_to_contain_text("Moving words.")
    window.context.close()


def test_the_panel_covers_nothing_at_the_end_of_a_page(page: Page, running: Preview) -> None:
    page.set_viewport_size({"width": 390, "height": 700})
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    bar, foot = page.locator("sitrep-preview .bar").bounding_box(), page.locator("body > footer").bounding_box()
    assert bar is not None and foot is not None
    assert foot["y"] + foot["height"] <= bar["y"]


def test_a_broken_template_is_told_over_the_last_good_page(page: Page, running: Preview) -> None:
    running.archive.template("own/templates/briefing.html", EXTRA.replace("Inside.", "{{ nope }}"))
    told = page.locator("sitrep-preview section")
    expect(told).to_contain_text("themes/own/templates/briefing.html")
    expect(page.locator("main")).to_contain_text("Inside.")
    running.archive.template("own/templates/briefing.html", EXTRA)
    expect(told).to_have_count(0)


@pytest.mark.parametrize(("saves", "apart"), [(20, 0.02), (50, 0.1)])
def test_quick_saves_end_on_the_last(page: Page, running: Preview, saves: int, apart: float) -> None:
    for number in range(saves):
        write(running.archive, f"Save {number} of {saves}.")
        time.sleep(apart)
    expect(page.locator("main")).to_contain_text(f"Save {saves - 1} of {saves}.")
    assert is_the_same(page)


def test_what_was_saved_while_the_browser_was_away_is_shown(page: Page, running: Preview) -> None:
    page.evaluate("LiveReload.connector.socket.close()")
    write(running.archive, "Saved meanwhile.")
    expect(page.locator("main")).to_contain_text("Saved meanwhile.")


def test_the_way_to_the_editor_is_in_the_preview_only(page: Page, running: Preview) -> None:
    path = running.archive.root / "content/briefings/one.md"
    expect(page.locator("sitrep-preview .bar a")).to_have_attribute("href", f"vscode://file{path}:1")
    assert "vscode" not in running.text(ONE)


def test_drafts_and_what_is_dated_in_the_future_are_marked(browser: Browser, running: Preview) -> None:
    running.archive.write("briefings/later.md", title="Later", date="2100-01-01", draft=True)
    running.shows("/2100/01/01/later/", "Later")
    later = opened(browser, running, "/2100/01/01/later/")
    expect(later.locator("sitrep-preview .bar")).to_contain_text("Draft")
    expect(later.locator("sitrep-preview .bar")).to_contain_text("Dated in the future")
    later.context.close()


def test_many_open_windows_keep_no_page_from_being_served(browser: Browser, running: Preview) -> None:
    # A browser holds six connections to one host at most; those of livereload mustn't be among them (its issue 154).
    windows = [opened(browser, running, ONE) for _ in range(8)]
    write(running.archive, "In all windows.")
    for window in windows:
        expect(window.locator("main")).to_contain_text("In all windows.")
        window.context.close()


def test_a_window_on_an_address_of_ipv6_is_told_as_well(browser: Browser, tmp_path: Path) -> None:
    try:
        free_port("::1")
    except OSError:
        pytest.skip("this machine has no IPv6")
    archive = sites.archive_at(tmp_path / "archive")
    write(archive, "First words.")
    with serving(archive, host="::1") as preview:
        window = opened(browser, preview, ONE)
        write(archive, "Second words.")
        expect(window.locator("main")).to_contain_text("Second words.")
        window.context.close()
