"""Live: the entries of a page that is added to as things happen, each with its time and mostly with a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag, urljoin

from builder.importing.clearing import is_aside
from builder.importing.days import dates_in
from builder.importing.layout import line_of, links_of

# An element of lxml; its type stubs are no dependency.
Element = Any
_ENTRIES = ("article", "section", "div", "li")
_HEADINGS = ("h2", "h3", "h4")
_CLOCK = re.compile(r"\d\d?\s?[:.h]\s?\d\d|\d\d?\s?[ap]\.?m\b", re.IGNORECASE)

_MOMENT = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)[T ](?P<clock>\d\d:\d\d)[\d:.]*(?P<offset>Z|[+-]\d\d:?\d\d)?$")


def join_entries(tree: Element, address: str) -> None:
    """Makes the entries of a live page parts of one article, and writes the time of each before its heading or text.

    Extraction takes the first of several articles for the whole, and what heads an article for a page's furniture.
    """
    found = list(_entries(tree, address)) if next(tree.iter("h1"), None) is not None else []
    for entry, time in found:
        heading = _heading(entry, address)
        begin = next(entry.iter("p")) if heading is None else heading
        for part in [*entry.iter("header"), *(() if heading is None else heading.iter("a"))]:
            part.drop_tag()
        begin.text = f"{_shown(time)} – {(begin.text or '').lstrip()}"
        time.drop_tree()
        for box in (entry, entry.getparent()):
            box.attrib.clear()  # by a class, too, extraction tells what is an article
            box.tag = "div" if box.tag in ("li", "ul", "ol") else box.tag
    within = {parent for entry, _ in found for parent in entry.iterancestors("article")}
    for article in tree.iter("article") if found else ():
        if article not in within:
            article.tag = "div"


def _entries(tree: Element, address: str) -> Iterator[tuple[Element, Element]]:
    """Siblings that hold a paragraph and a time each, with that time, where two of them or more have a heading that
    leads to no other page."""
    groups: dict[Element, dict[Element, Element]] = {}
    for time in tree.iter("time"):
        entry = next((one for one in time.iterancestors(*_ENTRIES) if next(one.iter("p"), None) is not None), None)
        if entry is not None and _is_clock(line_of(time)) and next(entry.iter("h1"), None) is None:
            groups.setdefault(entry.getparent(), {}).setdefault(entry, time)
    for group in groups.values():
        headed = sum(_heading(entry, address) is not None and not is_aside(entry) for entry in group)
        if headed > 1:
            yield from group.items()


def _heading(entry: Element, address: str) -> Element | None:
    """The heading of an entry, unless it leads to another page, as that of a teaser does."""
    heading = next(entry.iter(*_HEADINGS), None)
    if heading is None:
        return None
    own = urldefrag(address).url.partition("?")[0]
    targets = [urldefrag(urljoin(address, link)).url.partition("?")[0] for link in links_of(heading)]
    return heading if all(target in ("", own) for target in targets) else None


def _is_clock(shown: str) -> bool:
    """Whether a time is one of day, or 'two hours ago': articles of a list have days."""
    return _CLOCK.search(shown) is not None or not dates_in(shown)


def _shown(time: Element) -> str:
    shown, meant = line_of(time), _MOMENT.match(time.get("datetime") or "")
    if meant is None or _CLOCK.search(shown):
        return shown
    return f"{meant['day']} {meant['clock']} {(meant['offset'] or '').replace('Z', 'UTC')}".rstrip()
