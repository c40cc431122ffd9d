"""What axe-core finds on each kind of page: nothing, in light and dark, wide and narrow; and all of it by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from test_browser import DESK, PHONE, Reader, Served, open_window, own, rich

__all__ = ["open_window", "own", "rich"]  # fixtures

# One of each template, in English, and what is laid out otherwise in other languages.
OWN = ["", "2023/09/24/banjska-attack/", "2022/", "on/11-12/", "dossiers/kosovo-serbia/", "dossiers/", "regions/"]
OWN += ["regions/kosovo/", "actors/kfor/", "sources/united-nations/", "method/", "timeline/", "recent/", "coverage/"]
OWN += ["2022/08/", "tags/policing/", "data/", "changes/", "search/?q=bridge"]
OWN += ["codebook/", "map/", "404.html", "ar/2023/05/11/jeddah-declaration/"]
RICH = ["2022/08/17/first/", "2022/08/19/second/", "2022/08/21/withdrawn/", "corrections/", "changes/"]

EVERYTHING: dict[str, Any] = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
# Rules whose outcome colours and widths can change.
OF_LOOKS: dict[str, Any] = {
    "runOnly": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"],
    "resultTypes": ["violations"],
}
FOR_FINGERS: dict[str, Any] = {"runOnly": ["target-size"], "resultTypes": ["violations"]}
LOOKS = [(PHONE, "light", FOR_FINGERS)]
LOOKS += [(DESK, "light", EVERYTHING), (DESK, "dark", OF_LOOKS), (PHONE, "light", OF_LOOKS), (PHONE, "dark", OF_LOOKS)]


@pytest.mark.parametrize(("which", "addresses"), [("own", OWN), ("rich", RICH)], ids=["own", "rich"])
def test_axe_finds_nothing_on_any_kind_of_page(
    request: pytest.FixtureRequest, open_window: Callable[..., Reader], which: str, addresses: list[str]
) -> None:
    served: Served = request.getfixturevalue(which)
    page = open_window().page
    axe = Axe()
    found = []
    for address in addresses:
        page.goto(served.url + address)
        if "search/" in address:
            page.locator("form.search[data-asked]").wait_for(timeout=15_000)
        for size, scheme, options in LOOKS:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            # What can be opened is closed at first, and closer to its neighbours.
            is_first = options is FOR_FINGERS
            page.evaluate("open => document.querySelectorAll('details').forEach(d => d.open = open)", not is_first)
            for violation in axe.run(page, options=options).response["violations"]:
                nodes = [node["html"][:120] for node in violation["nodes"][:3]]
                found.append(f"/{address} {size['width']} {scheme}: {violation['id']}: {nodes}")
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="light")
    assert not found, "\n".join(found)


def test_every_link_of_a_briefing_can_be_reached_by_keyboard_and_is_seen_when_it_is(
    own: Served, open_window: Callable[..., Reader]
) -> None:
    page = open_window().page
    page.goto(own.url + "2023/09/24/banjska-attack/")
    links = page.evaluate("[...document.querySelectorAll('a, summary')].filter(e => e.checkVisibility()).length")
    reached = 0
    while True:
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
                const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
                return at !== document.body && {
                    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
                    inside: box.bottom > 0 && box.top < innerHeight,
                    what: at.outerHTML.slice(0, 100),
                };
            }"""
        )
        if not seen:
            break
        assert seen["outline"] >= 2 and seen["inside"], seen["what"]
        reached += 1
    assert reached >= links
