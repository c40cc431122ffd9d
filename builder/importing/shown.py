"""Shown: what a saved page shows outside its text: its headings, bylines and times."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import dropwhile, islice

from lxml.html import HtmlElement
from msgspec import Struct

from builder.importing.clearing import is_aside
from builder.importing.furniture import length
from builder.importing.headline import bare
from builder.importing.layout import line_of, links_of
from builder.importing.lines import caption_of as credited
from builder.importing.pictures import caption_of, source_of
from builder.importing.times import is_hidden
from builder.importing.trimming import is_dateline

_BYLINE = re.compile(
    r"(?i)(?:^|[\s_-])(?:by-?line|author|autor|auteur|writer|contributor|reporter|credit-?line|signature|article-?meta|reader-credits|node__submitted)"
)
_NO_BYLINE = re.compile(
    r"(?i)comment|bio\b|avatar|related|social|share|follow|image|photo|authored|description|title|job|role|date|footer|list"
)
_STANDFIRST = re.compile(
    r"(?i)(?:^|[\s_-])(?:stand-?first|chap(?:o|eau)|sub-?head(?:line)?|dek|strap-?line|sous-?titre|sub-?title|entradilla|"
    r"bajada|ingress|sommario|sapo)(?:$|[\s_-])"
)
_WORDS = range(5, 71)  # of a standfirst
_BEHIND = 12  # elements behind a headline
_DATELINE = re.compile(r"^(?:[A-Z][\w .,]{2,30},\s)?[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}\s*(?:\([^)]*\)\s*)?[-–—]")
_LABEL = re.compile(r"^(?:Credits?\s*:?\s*)+")  # twice, where one is for who can't see it
_OPENING = 2  # blocks, of which one stands in a line as it is
_NEAR = 25  # lines from the headline to its date, buttons between them included
_RIGHT_ABOVE = 5
_LABELLED = 10  # letters of a headline that a label stands beside
_FIRST_PAGE = re.compile(r"(?:https?:)?(?://[^/]+)?/?(?:index\.\w+)?")


class Shown(Struct, frozen=True, kw_only=True):
    """What a page shows: its title, its headings, its standfirst if it marks one, who its bylines name, and its lead
    picture: its address, what stands below it, and who made it."""

    title: str = ""
    headings: tuple[str, ...] = ()
    standfirst: str = ""
    bylines: tuple[tuple[str, ...], ...] = ()
    image: str = ""
    caption: str = ""
    credit: str = ""


def shown_by(tree: HtmlElement) -> Shown:
    """What the page at the root of `tree` shows."""
    element = tree.find(".//title")
    title = line_of(element) if element is not None else ""
    image, caption, credit = _picture(tree)
    return Shown(
        title=title,
        headings=tuple(_headings(tree, title)),
        standfirst=_standfirst(tree),
        bylines=tuple(_bylines(tree)),
        image=image,
        caption=caption,
        credit=credit,
    )


def lines_of(tree: HtmlElement) -> list[str]:
    """The lines of a page that are seen, each a run of text without an element in it."""
    body = tree.find("body")
    styled = tree.xpath(".//*[contains(@style, 'none')]")
    hidden = {text for element in styled if is_hidden(element) for text in element.itertext()}
    texts = (tree if body is None else body).itertext()
    return [" ".join(text.split()) for text in texts if text and not text.isspace() and text not in hidden]


def around(lines: Sequence[str], title: str, texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines above the headline, the nearest first, and those below it.

    A page says its headline in several places: that counts which is nearest to the first of `texts`, the body's blocks.
    """
    wanted = bare(title)
    begins = islice((text[:40] for text in texts if not bare(text).startswith(wanted)), _OPENING)
    starts = (index for begin in begins for index, line in enumerate(lines) if line.startswith(begin))
    end = next(starts, len(lines))
    near = (index for index in range(end - 1, -1, -1) if abs(len(lines[index]) - len(title)) < 9)
    at = next((index for index in near if wanted and bare(lines[index]) == wanted), 0)
    return list(lines[max(0, at - 15) : at])[::-1], list(lines[at + 1 : at + 80])


def dated_lines(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Those of the lines around a headline that are dates, as pages show them without marking them."""
    found = [line for line in below[:_NEAR] if len(line) < 90 and is_dateline(line)]
    # 'Feb. 23, 2015 -- Words of the article': a dateline at the head of a paragraph.
    found += [line[:60] for line in below if len(line) >= 90 and _DATELINE.match(line)]
    # Far below stand the dates of other articles.
    for far in (above[:_RIGHT_ABOVE], below[_NEAR:], above[_RIGHT_ABOVE:]):
        found += [line for line in far if len(line) < 90 and is_dateline(line)]
    return found


def _headings(tree: HtmlElement, title: str) -> Iterator[str]:
    """Headings of the first level; of the second outside of what stands beside the article, if there are none.

    A heading that leads to the site's first page is the site's name.
    """
    found = False
    for heading in tree.iter("h1"):
        text = _without_label(heading, title)
        if text and len(text) < 400 and not _leads_home(heading):
            found = True
            yield text
    if not found:
        for heading in list(tree.iter("h2"))[:6]:
            if (text := line_of(heading)) and not is_aside(heading):
                yield text


def _without_label(heading: HtmlElement, title: str) -> str:
    """The words of a heading without an element at its head or end that the page's title lacks: `Exclusive`."""
    whole, wanted = line_of(heading), bare(title)
    if len(heading) and wanted and bare(whole) not in wanted:
        for label in {line_of(heading[0]), line_of(heading[-1])} - {"", whole}:
            for rest in (whole.removeprefix(label), whole.removesuffix(label)):
                if rest != whole and len(bare(rest)) >= _LABELLED and wanted.startswith(bare(rest)):
                    return rest.strip()
    return whole


def _leads_home(heading: HtmlElement) -> bool:
    return any(_FIRST_PAGE.fullmatch((target or "#").strip()) for target in links_of(heading))


def _standfirst(tree: HtmlElement) -> str:
    """What is marked as the standfirst, behind the headline and before the first paragraphs."""
    behind = dropwhile(lambda element: element.tag != "h1", tree.iter("h1", "h2", "h3", "p", "div"))
    for element in islice(behind, 1, _BEHIND):
        text = line_of(next(element.iter("p"), element))
        if _STANDFIRST.search(element.get("class", "")) and length(text) in _WORDS and not is_aside(element):
            return text
    return ""


def _bylines(tree: HtmlElement) -> Iterator[tuple[str, ...]]:
    """Groups of texts in which authors may be named, the surest first."""
    links = [line_of(a) for a in tree.iter("a") if "author" in (a.get("rel") or "").split() and not is_aside(a)]
    if links := [text for text in dict.fromkeys(links) if text and len(text) < 80]:
        yield tuple(links[:4])
    # A byline begins with a heading's or a paragraph's own element: outer ones hold more than names.
    found: list[str] = []
    for element in tree.iter(
        "p", "span", "div", "a", "address", "li", "em", "strong", "h2", "h3", "h4", "h5", "cite", "section"
    ):
        if _is_byline(element.get("class", ""), element.get("id", ""), element.get("data-testid", "")):
            text = line_of(element)
            if 3 < len(text) < 160 and not is_aside(element):
                found.append(text)
                if len(found) >= 4:
                    break
    for text in dict.fromkeys(found):
        yield (text,)


@lru_cache(maxsize=1024)  # a page has many elements, and few classes
def _is_byline(*marks: str) -> bool:
    named = " ".join(marks)
    return _BYLINE.search(named) is not None and _NO_BYLINE.search(named) is None


def _picture(tree: HtmlElement) -> tuple[str, str, str]:
    """Where the first picture is that has anything below it, what that is, and who made it."""
    for figure in tree.iter("figure"):
        caption, credit = ("", "") if is_aside(figure) else caption_of(figure)
        if caption and not credit:
            caption, credit = credited(caption) or (caption, "")
            credit = _LABEL.sub("", credit).strip(" ()")
        if caption or credit:
            return next(map(source_of, figure.iter("img")), ""), caption, credit
    return "", "", ""
