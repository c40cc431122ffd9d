"""Times: the dates that a page marks as such, the likeliest to be that of its publication first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from lxml.html import HtmlElement
from msgspec import Struct

from builder.importing.clearing import is_aside
from builder.importing.days import dates_in
from builder.importing.furniture import is_sentence, length
from builder.importing.headline import bare
from builder.importing.phrases import alternatives

_DATE_CLASS = re.compile(
    r"(?i)(?:^|[\s_-])(?:date|time|published|pubdate|timestamp|dateline|posted|datum|fecha|data)(?:$|[\s_-])"
    r"|publish(?:ed)?[_-]?(?:date|time|on|at)|(?:date|time)[_-]?(?:published|posted)|date[_-]?time"
    r"|(?:article|post|story|entry|news|creat\w+)[_-]?date"
)
_TIMED = frozenset(("time", "span", "div", "p", "li", "em", "small", "abbr", "a", "td", "font", "h1", "h2", "h6", "dd"))
_ATTRIBUTES = ("datetime", "content", "data-datetime", "data-timestamp", "data-time", "data-date", "data-published")
_UPDATED = re.compile(rf"(?<![^\W\d_])(?:{alternatives('updated')})", re.IGNORECASE)
_PUBLISHED = re.compile(rf"(?<![^\W\d_])(?:{alternatives('published')})", re.IGNORECASE)
_UPDATED_CLASS = re.compile(r"(?i)updat|modif|revis|edited")
_PUBLISHED_CLASS = re.compile(r"(?i)publish|pubdate|posted|entry-date|created")
_HIDDEN = re.compile(r"(?i)display\s*:\s*none")
_PARAGRAPH = 120  # characters: the first of these below the headline is where the article begins
_HEAD = 40  # elements above the headline, at most, in which its own date may stand
_MOST = 24  # dates: more are a list of articles
_SHORT = 12  # letters of a headline that may stand in a menu, too
_SEVERAL = 2  # dates that are equally likely; more are those of other articles


class Marked(Struct, frozen=True, array_like=True):
    """A text that is marked as a date. `cost` tells how unlikely it is to be that of publication: 0 is below the
    headline and above the text. `is_above`: it stands in the page's head, where papers have today's date."""

    text: str
    cost: float = 0.0
    is_above: bool = False


def times_of(tree: HtmlElement, title: str) -> list[Marked]:
    """What a page with this title marks as a time or date, the likeliest to be that of publication first."""
    headline = headline_of(tree, title)
    around = [] if headline is None else list(headline.iterancestors("div", "header", "section", "article", "hgroup"))
    head = text_at = 0
    found: list[tuple[int, HtmlElement]] = []
    for at, element in enumerate(tree.iter("*")):
        if element is headline:
            head = at
        elif head and not text_at and element.tag == "p" and len(element.text_content() or "") > _PARAGRAPH:
            text_at = at
        if element.tag in _TIMED and len(found) < _MOST and _is_marked(element) and not is_aside(element):
            found.append((at, element))
    marked = [
        Marked(text, _cost(element, at, head, text_at, around[:3]), at < head - _HEAD)
        for at, element in found
        for text in _values(element)
    ]
    marked.sort(key=lambda one: one.cost)
    if len({one.text for one in marked if one.cost == marked[0].cost}) > _SEVERAL:
        return [Marked(one.text, one.cost + 2.0, one.is_above) for one in marked]
    return marked


def headline_of(tree: HtmlElement, title: str) -> HtmlElement | None:
    """The first heading that is in the page's title, or has it in it; else the one that begins alike, or says most of
    the same words; else what says the title, or begins it, without being a heading."""
    wanted = bare(title)
    best, most = None, 0.5
    for heading in tree.iter("h1", "h2", "h3"):
        text = bare(heading.text_content() or "")
        if len(text) > 12 and wanted:
            if text in wanted or wanted in text:
                return heading
            words = set(text.split())
            begun = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, wanted, strict=False)))
            alike = begun / len(text), len(words & set(wanted.split())) / len(words)
            if max(alike) > most:
                best, most = heading, max(alike)
    return best if best is not None or len(wanted) <= _SHORT else _unmarked_headline(tree, wanted)


def _unmarked_headline(tree: HtmlElement, wanted: str) -> HtmlElement | None:
    half = len(wanted) / 2
    for element in tree.iter("div", "span", "p", "td", "strong", "b", "font", "h4"):
        text = (element.text or "").strip()
        if half < len(text) < 4 * half and half < len(begun := bare(text)) and wanted.startswith(begun):
            return element
    return None


def is_updated(text: str) -> bool:
    """Whether the words around a date say that it is the day of a revision, and not that of publication."""
    return _UPDATED.search(text) is not None and _PUBLISHED.search(text) is None


def is_published(text: str) -> bool:
    """Whether the words around a date say that it is the day of publication."""
    return _PUBLISHED.search(text) is not None


def is_hidden(element: HtmlElement) -> bool:
    """Whether an element says itself that nobody is to see it."""
    return _HIDDEN.search(element.get("style") or "") is not None


def _is_marked(element: HtmlElement) -> bool:
    marks = element.get("class", ""), element.get("id", ""), element.get("itemprop", "")
    return element.tag == "time" or _is_date_class(*marks)


@lru_cache(maxsize=1024)  # a page has many elements, and few classes
def _is_date_class(*marks: str) -> bool:
    return _DATE_CLASS.search(" ".join(marks)) is not None


def _values(element: HtmlElement) -> Iterator[str]:
    """What its attributes say, which are for machines, or else what it shows."""
    values = [value.strip() for name in _ATTRIBUTES if (value := element.get(name))]
    shown = _line(element)
    for text in (*values, shown):
        # A date among many words is what the article is about.
        if 5 < len(text) < 160 and (text in values or not (is_sentence(text) and length(text) > 12)):
            yield text
            if dates_in(text[:160]):
                return


def _cost(element: HtmlElement, at: int, headline: int, text_at: int, around_headline: Sequence[HtmlElement]) -> float:
    marks = " ".join(element.get(name, "") for name in ("class", "id", "itemprop"))
    around = f"{_before(element)} {_line(element)[:80]}"
    cost = 0.0
    if is_updated(around) or _UPDATED_CLASS.search(marks):
        cost += 6.0
    elif is_published(around) or (_PUBLISHED_CLASS.search(marks) and (not text_at or at < text_at)):
        cost -= 1.5
    if headline and at < headline:
        cost += 6.0 if headline - at > _HEAD else 1.0 if element.getparent() in around_headline else 3.5
    elif text_at and at > text_at:
        cost += 3.0
    for parent in (element, *element.iterancestors()):
        cost += 5.0 * (parent.tag == "a") + 9.0 * is_hidden(parent)
    return cost


def _before(element: HtmlElement) -> str:
    """The words right before an element, as `Updated:` is."""
    for one in (element, element.getparent()):
        previous = one.getprevious() if one is not None else None
        if previous is not None:
            text = f"{_line(previous)} {previous.tail or ''}" if isinstance(previous.tag, str) else previous.tail or ""
        else:
            text = (one.getparent().text or "") if one is not None and one.getparent() is not None else ""
        if text.strip():
            # What stands before another date is about that.
            return text.strip()[-40:] if not dates_in(text[-60:]) else ""
    return ""


def _line(element: HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())
