"""Shown: what a saved page shows outside its text: its headings, bylines and times."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement
from msgspec import Struct

from builder.importing.headline import bare
from builder.importing.trimming import is_dateline

_BYLINE = re.compile(
    r"(?i)(?:^|[\s_-])(?:by-?line|author|autor|auteur|writer|contributor|reporter|credit-?line|signature|article-?meta)"
)
_NO_BYLINE = re.compile(
    r"(?i)comment|bio\b|avatar|related|social|share|follow|image|photo|authored|description|title|job|role|date|footer|list"
)
_DATE_CLASS = re.compile(
    r"(?i)(?:^|[\s_-])(?:date|time|published|pubdate|timestamp|dateline|posted|datum|fecha|data)(?:$|[\s_-])"
)
_ASIDE = re.compile(
    r"(?i)related|recommend|sidebar|aside|footer|trending|popular|most-?read|teaser|promo|comment|carousel|latest|more-?from|widget"
)

_DATELINE = re.compile(r"^(?:[A-Z][\w .,]{2,30},\s)?[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}\s*(?:\([^)]*\)\s*)?[-–—]")


class Shown(Struct, frozen=True, kw_only=True):
    """What a page shows. `times` are values of `<time>` and of what is marked as a date, each near the headline "
    "first."""

    title: str = ""
    headings: tuple[str, ...] = ()
    bylines: tuple[tuple[str, ...], ...] = ()
    times: tuple[str, ...] = ()
    caption: str = ""
    credit: str = ""


def shown_by(tree: HtmlElement) -> Shown:
    """What the page at the root of `tree` shows."""
    title = tree.find(".//title")
    caption, credit = _caption(tree)
    return Shown(
        title=_line(title) if title is not None else "",
        headings=tuple(_headings(tree)),
        bylines=tuple(_bylines(tree)),
        times=tuple(dict.fromkeys(_times(tree))),
        caption=caption,
        credit=credit,
    )


def dated_lines(tree: HtmlElement, title: str) -> list[str]:
    """Lines of a page that are dates, those below the headline first: what a page shows without marking it."""
    lines = [line for text in tree.itertext() if (line := " ".join(text.split()))]
    wanted = bare(title)
    at = next((index for index, line in enumerate(lines) if wanted and bare(line) == wanted and index > 3), 0)
    below, above = lines[at + 1 : at + 80], lines[max(0, at - 15) : at]
    found = [line for line in below if len(line) < 90 and is_dateline(line)]
    # 'Feb. 23, 2015 -- Words of the article': a dateline at the head of a paragraph.
    found += [line[:60] for line in below if len(line) >= 90 and _DATELINE.match(line)]
    return found + [line for line in reversed(above) if len(line) < 90 and is_dateline(line)]


def _line(element: HtmlElement) -> str:
    return " ".join((element.text_content() or "").split())


def _headings(tree: HtmlElement) -> Iterator[str]:
    """Headings of the first level outside of what stands beside the article; then of the second, if there are none."""
    found = False
    for heading in tree.iter("h1"):
        text = _line(heading)
        if text and len(text) < 400:
            found = True
            yield text
    if not found:
        for heading in list(tree.iter("h2"))[:6]:
            if (text := _line(heading)) and not _is_aside(heading):
                yield text


def _is_aside(element: HtmlElement) -> bool:
    ancestors = [element, *element.iterancestors()]
    return any(
        parent.tag in ("aside", "footer", "nav") or _ASIDE.search(f"{parent.get('class', '')} {parent.get('id', '')}")
        for parent in ancestors[:8]
        if parent.tag not in ("body", "html")
    )


def _bylines(tree: HtmlElement) -> Iterator[tuple[str, ...]]:
    """Groups of texts in which authors may be named, the surest first."""
    links = [_line(a) for a in tree.iter("a") if "author" in (a.get("rel") or "").split() and not _is_aside(a)]
    if links := [text for text in dict.fromkeys(links) if text and len(text) < 80]:
        yield tuple(links[:4])
    # A byline begins with a heading's or a paragraph's own element: outer ones hold more than names.
    found: list[str] = []
    for element in tree.iter(
        "p", "span", "div", "a", "address", "li", "em", "strong", "h2", "h3", "h4", "h5", "cite", "section"
    ):
        marks = f"{element.get('class', '')} {element.get('id', '')} {element.get('data-testid', '')}"
        if _BYLINE.search(marks) and not _NO_BYLINE.search(marks):
            text = _line(element)
            if 3 < len(text) < 160 and not _is_aside(element):
                found.append(text)
                if len(found) >= 4:
                    break
    for text in dict.fromkeys(found):
        yield (text,)


def _times(tree: HtmlElement) -> Iterator[str]:
    for time in list(tree.iter("time"))[:12]:
        if not _is_aside(time):
            value = time.get("datetime") or time.get("content") or _line(time)
            if value and len(value) < 80:
                yield value
    count = 0
    for element in tree.iter("span", "div", "p", "li", "em", "small", "abbr", "a", "td", "font", "h6", "dd"):
        marks = f"{element.get('class', '')} {element.get('id', '')}"
        if _DATE_CLASS.search(marks) and not _is_aside(element):
            text = element.get("datetime") or element.get("content") or _line(element)
            if 5 < len(text) < 120:
                yield text
                count += 1
                if count > 6:
                    return


def _caption(tree: HtmlElement) -> tuple[str, str]:
    """What stands below the first picture, and who made it."""
    for figure in tree.iter("figure"):
        if _is_aside(figure):
            continue
        element = figure.find(".//figcaption")
        if element is None or not (text := _line(element)):
            continue
        credits = [
            _line(part)
            for part in element.iter("span", "cite", "small", "em", "div", "p")
            if re.search(r"(?i)credit|copyright|source|byline|author|photographer", part.get("class") or "")
        ]
        credit = next((text for text in credits if text), "")
        return (text.replace(credit, "").strip(" /|-–") if credit else text), credit
    return "", ""
