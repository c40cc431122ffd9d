"""The theme `lowband` in a reader's browser: what it asks for, what axe-core finds, and how it fits a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from test_accessibility import LOOKS, RICH
from test_browser import DESK, HARD_PAGES, PAGES, Reader, Served, open_window, own, rich
from test_look import STYLED, idle

__all__ = ["open_window", "own", "rich"]  # fixtures

# Those that are laid out otherwise than the rest.
OWN = ["", "2023/09/24/banjska-attack/", "2022/", "dossiers/kosovo-serbia/", "sources/", "regions/kosovo/"]
OWN += ["timeline/", "coverage/2022/", "codebook/", "map/", "ar/"]


def _low(served: Served) -> str:
    """Where the same archive stands in this theme, on the same host."""
    folder, url = served.archive.root.parent / "www/low", served.url.replace("/archive/", "/low/")
    served.archive.build("--theme", "lowband", "--base-url", url, "--output", str(folder))
    return url


@pytest.fixture(scope="module")
def low_own(own: Served) -> str:
    """This repository's own archive."""
    return _low(own)


@pytest.fixture(scope="module")
def low_rich(rich: Served) -> str:
    """An archive with everything, and what is hard to fit on a phone."""
    return _low(rich)


def test_a_reader_without_scripts_gets_a_page_and_its_stylesheet(
    low_own: str, open_window: Callable[..., Reader]
) -> None:
    reader = open_window(java_script_enabled=False)
    page = reader.page
    kinds: list[tuple[str, str]] = []
    page.on("request", lambda request: kinds.append((request.resource_type, request.url)))
    page.goto(low_own)
    page.locator("nav a", has_text="Dossiers").click()
    page.locator("main a", has_text="Kosovo and Serbia").first.click()
    title = page.locator(".cards h3 a").first.inner_text()
    page.locator(".cards h3 a").first.click()
    expect(page.locator("h1")).to_have_text(title)
    page.locator("a[href*='/actors/']").first.click()
    page.locator("header .masthead a").click()
    assert page.url == low_own
    assert all(url.startswith(low_own) for _, url in kinds)
    (style,) = {url for kind, url in kinds if kind != "document"}
    assert style.endswith(".css")
    assert not reader.failed
    assert not reader.said  # that the policy forbids something, for one


def test_a_picture_is_loaded_when_it_is_asked_for(low_rich: str, open_window: Callable[..., Reader]) -> None:
    reader = open_window(java_script_enabled=False)
    reader.page.goto(f"{low_rich}2022/08/17/first/")
    assert not any(url.endswith(".png") for url in reader.asked)
    link = reader.page.locator(".picture a", has_text="A bridge")
    assert reader.context.request.get(link.evaluate("link => link.href")).headers["content-type"] == "image/png"


@pytest.mark.parametrize(("which", "addresses"), [("low_own", OWN), ("low_rich", RICH)], ids=["own", "rich"])
def test_axe_finds_nothing_in_lowband(
    request: pytest.FixtureRequest, open_window: Callable[..., Reader], which: str, addresses: list[str]
) -> None:
    base: str = request.getfixturevalue(which)
    page = open_window().page
    found = []
    for address in addresses:
        page.goto(base + address)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        for size, scheme, options in (LOOKS[1], LOOKS[-1]):  # wide and light, narrow and dark
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            for violation in Axe().run(page, options=options).response["violations"]:
                nodes = [node["html"][:120] for node in violation["nodes"][:3]]
                found.append(f"/{address} {size['width']} {scheme}: {violation['id']}: {nodes}")
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="light")
    assert not found, "\n".join(found)


def test_a_narrow_window_never_scrolls_sideways_in_lowband(low_rich: str, open_window: Callable[..., Reader]) -> None:
    reader = open_window(viewport={"width": 320, "height": 640})
    wide = []
    for address in HARD_PAGES:
        reader.page.goto(low_rich + address)
        reader.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        width = reader.page.evaluate("document.scrollingElement.scrollWidth")
        if width > 320:
            wide.append(f"/{address} is {width} wide")
    assert not wide, "\n".join(wide)


def test_each_rule_of_lowbands_stylesheet_has_something_to_style(
    low_own: str, low_rich: str, open_window: Callable[..., Reader]
) -> None:
    page = open_window().page
    left = idle(page, [low_own + address for address in [*PAGES, *STYLED] if "search/" not in address])
    left &= idle(page, [low_rich + address for address in HARD_PAGES])
    assert sorted(left) == []
