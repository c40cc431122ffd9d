"""Pages from right to left in a reader's browser: what keeps its own order, and what turns round."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sites
from test_browser import Reader, Served, open_window, own

__all__ = ["open_window", "own"]  # fixtures

# For each address that is seen, whether its last slash stands on the right of its first letter.
LAST_SLASHES = """() => {
    const found = {};
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const left = (node, at) => {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return range.getBoundingClientRect().left;
    };
    while (walker.nextNode()) {
        const node = walker.currentNode, address = node.data.match(/https:\\S*\\//);
        if (!address || !node.parentElement.checkVisibility()) continue;
        found[address[0]] = left(node, address.index + address[0].length - 1) > left(node, address.index);
    }
    return found;
}"""


@pytest.mark.parametrize("theme", ["broadsheet", "lowband"])
def test_an_address_among_arabic_words_keeps_its_own_order(
    tmp_path: Path, open_window: Callable[..., Reader], theme: str
) -> None:
    contact = 'language = "ar"\ncontact = "https://a.example/"\n'
    archive = sites.archive_at(tmp_path / "archive", f'base_url = "https://archive.example/"\n{contact}')
    archive.records("sources", {"name": "Wire", "url": "https://b.example/", "reason": "انظر https://c.example/"})
    archive.write(
        "briefings/text.md",
        "نُشر النص على <https://d.example/>.\n\nوعلى (https://e.example/?a=1&b=2/) أيضًا.\n\n`https://f.example/`\n",
        summary="بحسب https://g.example/",
        sources=[{"name": "Wire", "url": "https://h.example/"}],
        corrections=[{"date": "2022-09-01", "note": "صُحح https://i.example/"}],
    )
    archive.build("--theme", theme)
    page = open_window().page
    found: dict[str, bool] = {}
    for path in ("2022/08/17/text", "sources/wire", "corrections"):
        page.goto((archive.output / path / "index.html").as_uri())
        shown = page.evaluate(LAST_SLASHES)
        assert all(shown.values()), f"{path}: {shown}"
        found |= shown
    assert {address[len("https://")] for address in found} == set("abcdefghi"), found


def test_arrows_columns_and_bars_turn_round(own: Served, open_window: Callable[..., Reader]) -> None:
    page = open_window().page
    arrow = "getComputedStyle(document.querySelector('main [rel=prev]'), '::before').content"
    for address, before in (("2023/05/11/jeddah-declaration/", "←"), ("ar/2023/05/11/jeddah-declaration/", "→")):
        page.goto(own.url + address)
        assert before in page.evaluate(arrow), address
    page.goto(own.url + "ar/coverage/")
    beside = page.evaluate(
        """() => {
            const cell = document.querySelector("main thead th"), words = document.createRange();
            words.selectNodeContents(cell);
            return cell.getBoundingClientRect().right - words.getBoundingClientRect().right;
        }"""
    )
    assert beside < 2, "the head of a column stands over its beginning, at the right"
    # Bars are drawn from left to right; turned round, the oldest is at the right.
    page.goto(own.url + "ar/dossiers/sudan/")
    bars = page.locator(".activity rect")
    first, last = bars.first.bounding_box(), bars.last.bounding_box()
    assert first and last and first["x"] > last["x"]
