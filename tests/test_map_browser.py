"""The map in a reader's browser: by keyboard, by choice, nearer, and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from test_browser import PHONE, Reader, Served, _stayed, open_window, own

__all__ = ["open_window", "own"]  # fixtures


@pytest.fixture
def on_map(own: Served, open_window: Callable[..., Reader]) -> Reader:
    """The map, with its tools."""
    reader = open_window()
    reader.page.goto(own.url + "map/")
    expect(reader.page.locator(".tools")).to_be_visible()
    return reader


def _shown(page: Page) -> int:
    """How many briefings the points of the drawing that is seen stand for."""
    return page.evaluate(
        """[...[...document.querySelectorAll('.map')].find(map => map.checkVisibility()).querySelectorAll('.marks a')]
          .filter(mark => !mark.querySelector('.ring'))
          .reduce((sum, mark) => sum + Number(mark.querySelector('title').textContent.split(': ').pop()), 0)"""
    )


def test_the_script_begins_with_the_marks_that_the_page_had(
    own: Served, on_map: Reader, open_window: Callable[..., Reader]
) -> None:
    plain = open_window(java_script_enabled=False).page
    plain.goto(own.url + "map/")
    scripted = on_map.page.locator(".map:visible .marks title").all_text_contents()

    assert sorted(plain.locator(".map:visible .marks title").all_text_contents()) == sorted(scripted)
    assert _shown(on_map.page) > 40


def test_a_choice_leaves_what_fits_on_the_map_and_in_the_list(own: Served, on_map: Reader) -> None:
    page = on_map.page
    before = _shown(page)
    page.get_by_label("Dossier").select_option(label="War in Sudan")
    shown = page.locator(".places tbody:visible tr:visible")
    titles = shown.locator("a").all_text_contents()

    assert 3 <= len(titles) < 20
    assert page.locator(".tools output").inner_text() == str(len(titles))
    assert 0 < _shown(page) < before
    page.get_by_label("Year").select_option("2024")
    expect(page.locator(".tools output")).to_have_text("0")
    assert _shown(page) == 0
    page.get_by_label("Dossier").select_option("")
    page.get_by_label("Year").select_option("")
    assert _shown(page) == before
    _stayed(on_map, own)


def test_nearer_parts_what_crowds(own: Served, on_map: Reader) -> None:
    page = on_map.page
    before = page.locator(".map:visible .marks a").count()
    page.locator(".map:visible .marks a:has(.disc)").first.focus()
    for _ in range(3):
        page.get_by_role("button", name="Nearer").click()
    assert page.locator(".map:visible .marks a").count() > before
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.map .country')).fontSize)") < 4
    page.get_by_role("button", name="Whole map").click()
    assert page.locator(".map:visible .marks a").count() == before
    _stayed(on_map, own)


def test_the_map_works_by_keyboard(own: Served, on_map: Reader) -> None:
    page = on_map.page
    page.locator(".map:visible .marks a:has(.disc)").first.focus()
    whole = page.locator(".map:visible").get_attribute("viewBox")
    page.keyboard.press("+")
    assert page.locator(".map:visible").get_attribute("viewBox") != whole
    assert page.evaluate("!!document.activeElement.closest('.marks')"), "the focus stays on the map"
    near = page.locator(".map:visible").get_attribute("viewBox")
    page.keyboard.press("ArrowRight")
    assert page.locator(".map:visible").get_attribute("viewBox") != near
    page.keyboard.press("0")
    assert page.locator(".map:visible").get_attribute("viewBox") == whole
    page.locator(".map:visible .marks a:has(.disc)").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("tbody:target")).to_be_in_viewport()


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["wide", "narrow"])
def test_without_scripts_every_mark_leads_to_its_briefings(
    own: Served, open_window: Callable[..., Reader], viewport: dict[str, int] | None
) -> None:
    reader = open_window(java_script_enabled=False, **({"viewport": viewport} if viewport else {}))
    page = reader.page
    page.goto(own.url + "map/")
    expect(page.locator(".tools")).to_be_hidden()
    expect(page.locator(".map:visible")).to_have_count(1)
    for at in range(0, page.locator(".map:visible .marks a").count(), 5):
        mark = page.locator(".map:visible .marks a").nth(at)
        name = mark.locator("title").text_content() or ""
        mark.focus()
        page.keyboard.press("Enter")
        group = page.locator("tbody:target")
        expect(group).to_be_in_viewport()
        assert group.locator("th").inner_text().splitlines()[0].split(" (")[0] in name
    _stayed(reader, own)


@pytest.mark.parametrize("width", [320, 390, 700, 800, 1280])
def test_marks_are_large_enough_to_be_hit(own: Served, open_window: Callable[..., Reader], width: int) -> None:
    # WCAG 2.5.8: 24 CSS pixels.
    page = open_window(viewport={"width": width, "height": 800}, java_script_enabled=False).page
    for address in ("map/", "dossiers/kosovo-serbia/", "regions/sudan/"):
        page.goto(own.url + address)
        for target in page.locator(".map:visible .target").all():
            box = target.bounding_box()
            assert box and min(box["width"], box["height"]) >= 24, f"/{address} at {width}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_land_sea_and_names_are_told_apart(own: Served, open_window: Callable[..., Reader], scheme: str) -> None:
    page = open_window(color_scheme=scheme).page
    page.goto(own.url + "dossiers/sudan/")
    colours = page.evaluate(
        """['.land', '.context', '.border', '.map'].map(name => {
             const style = getComputedStyle(document.querySelector(name));
             return name === '.map' ? style.backgroundColor : name === '.border' ? style.stroke : style.fill;
           })"""
    )
    assert len(set(colours)) == 4
    assert "rgb(0, 0, 0)" not in colours


def test_on_a_page_from_right_to_left_east_stays_on_the_right(own: Served, open_window: Callable[..., Reader]) -> None:
    page = open_window().page
    page.goto(own.url + "ar/dossiers/sudan/")
    west, east = (
        page.locator(f".map .marks a:has-text('{name}') .target").first.bounding_box()
        for name in ("El Geneina", "Khartoum")
    )
    assert west and east and west["x"] < east["x"]
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
