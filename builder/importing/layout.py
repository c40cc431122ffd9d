"""Layout: the words of a page in their order, and where among them its paragraphs and pictures stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from builder.importing.article import Block

# An element of lxml; its type stubs are no dependency.
Element = Any
_NO_LETTER = re.compile(r"[\W_]+")
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
    return _NO_LETTER.sub("", text).lower()


def layout_of(tree: Element) -> Layout:
    """The layout of the page at the root of `tree`. A picture in a figure stands there as the figure."""
    from lxml import etree

    letters: list[str] = []
    paragraphs: list[Part] = []
    pictures: list[Part] = []
    begun: list[int] = []
    at = figures = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        text = element.text if event == "start" else element.tail
        if event == "start":
            begun.append(at)
            figures += tag == "figure"
        else:
            start = begun.pop()
            figures -= tag == "figure"
            if tag == "p" and at - start > _CERTAIN:
                paragraphs.append(Part(element, start, at))
            elif tag == "figure" or (tag == "img" and not figures):
                pictures.append(Part(element, start, at))
        if text and (part := letters_of(text)):
            letters.append(part)
            at += len(part)
    return Layout("".join(letters), tuple(paragraphs), tuple(pictures))


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
