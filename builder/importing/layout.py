"""Layout: the words of a page in their order, and where among them its paragraphs and pictures stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

from msgspec import Struct

from builder.importing.article import Block

# An element of lxml; its type stubs are no dependency.
Element = Any
_LETTERS = re.compile(r"[^\W_]+")
_LETTERS_OR_END = re.compile(r"[^\W_]+|\0")  # no text of a page has a character of that number
_CERTAIN = 12  # letters: what is shorter stands in many places of a page


class Part(Struct, frozen=True):
    """A paragraph, figure or picture, from where to where in the page's letters."""

    element: Element
    start: int
    end: int


class Layout(Struct, frozen=True):
    """A page: its `letters`, as `letters_of` makes them, and what stands among them, in its order."""

    letters: str
    paragraphs: tuple[Part, ...]
    pictures: tuple[Part, ...]


def letters_of(text: str) -> str:
    """The letters and digits of a text: between the elements of a page, spaces are there or not."""
    return "".join(_LETTERS.findall(text)).lower()


def line_of(element: Element) -> str:
    """The text of an element in one line."""
    return " ".join((element.text_content() or "").split())


def links_of(element: Element) -> list[str]:
    """Where the links in an element, and the link around it, lead to."""
    return [link.get("href") or "" for link in (*element.iter("a"), *element.iterancestors("a"))]


def layout_of(tree: Element) -> Layout:
    """The layout of the page at the root of `tree`. A picture in a figure stands there as the figure."""
    from lxml import etree

    texts: list[str] = []
    found: list[tuple[Element, int, int]] = []  # from which of the texts to which
    begun: list[int] = []
    figures = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if event == "start":
            text = element.text
            begun.append(len(texts))
            figures += tag == "figure"
        else:
            text = element.tail
            start = begun.pop()
            figures -= tag == "figure"
            if tag in ("p", "figure") or (tag == "img" and not figures):
                found.append((element, start, len(texts)))
        if text and not text.isspace():
            texts.append(text)
    letters = _letters_of_each(texts)
    at = list(accumulate(map(len, letters), initial=0))
    parts = [Part(element, at[start], at[end]) for element, start, end in found]
    return Layout(
        "".join(letters),
        tuple(part for part in parts if part.element.tag == "p" and part.end - part.start > _CERTAIN),
        tuple(part for part in parts if part.element.tag != "p"),
    )


def _letters_of_each(texts: Iterable[str]) -> list[str]:
    """What `letters_of` makes of each text, of all at once."""
    return "".join(_LETTERS_OR_END.findall("\0".join(texts))).lower().split("\0")


def places_of(blocks: Sequence[Block], layout: Layout) -> list[tuple[int, int] | None]:
    """Where in the page's letters each of the extracted blocks stands; None for one that is too short to tell."""
    places: list[tuple[int, int] | None] = []
    at = 0
    for block in blocks:
        wanted = letters_of(block.text)
        found = layout.letters.find(wanted, at) if len(wanted) >= _CERTAIN else -1
        if found >= 0:
            at = found + len(wanted)
            places.append((found, at))
        else:
            places.append(None)
    return places


def is_covered(part: Part, places: Iterable[tuple[int, int] | None]) -> bool:
    """Whether most of a part's letters are in what was extracted."""
    shared = sum(max(0, min(part.end, end) - max(part.start, start)) for start, end in filter(None, places))
    return shared * 2 > part.end - part.start
