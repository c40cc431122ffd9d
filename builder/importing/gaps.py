"""Gaps: paragraphs that stand among those of an article, and that the extraction left out or ran together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from builder.importing.article import Block
from builder.importing.clearing import is_aside
from builder.importing.furniture import is_sentence, leads_elsewhere, length
from builder.importing.layout import Layout, Part, is_covered, letters_of, line_of, places_of
from builder.importing.markup import escaped

_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_SHORTEST = 12  # words: shorter ones between paragraphs are labels as often as not


def filled(blocks: Sequence[Block], layout: Layout, read: Callable[[Any], Sequence[Block]]) -> list[Block]:
    """The blocks, and between them what `read` makes of paragraphs that have siblings before and behind among them.

    The first of such siblings needs none before it: extraction takes many a first paragraph for a standfirst.
    """
    places = places_of(blocks, layout)
    siblings: dict[Any, list[tuple[Part, bool]]] = {}
    for part in layout.paragraphs:
        siblings.setdefault(part.element.getparent(), []).append((part, is_covered(part, places)))
    missing: list[Part] = []
    for parts in siblings.values():
        taken = [index for index, (_, is_taken) in enumerate(parts) if is_taken]
        if len(taken) > 1:
            between = parts[max(0, taken[0] - 1) : taken[-1]]
            missing += [part for part, is_taken in between if not is_taken and _is_text(part.element)]
    filled = list(blocks)
    for part in sorted(missing, key=lambda part: part.start, reverse=True):
        behind = (index for index, place in enumerate(places) if place is not None and place[0] >= part.end)
        at = next(behind, len(blocks))
        filled[at:at] = read(part.element)
    return filled


def headed(blocks: Sequence[Block], layout: Layout) -> list[Block]:
    """The blocks, and before those that are paragraphs right below a heading that heading, where it is missing."""
    said = {letters_of(block.text) for block in blocks if block.kind != "paragraph"}
    missing: list[tuple[Part, Block]] = []
    for part in reversed(layout.paragraphs):
        heading = part.element.getprevious()
        if heading is not None and heading.tag in _HEADINGS and next(heading.iter("a"), None) is None:
            text = line_of(heading)
            if text and letters_of(text) not in said:
                missing.append((part, Block("heading", text, escaped(text), level=int(heading.tag[1]))))
    whole, places = list(blocks), places_of(blocks, layout) if missing else []
    for part, block in missing:
        begun = (at for at, place in enumerate(places) if place is not None and place[0] == part.start)
        if (at := next(begun, None)) is not None:
            whole.insert(at, block)
    return whole


def divided(blocks: Sequence[Block], layout: Layout, read: Callable[[Any], Sequence[Block]]) -> list[Block]:
    """The blocks; where they are one that several of the page's paragraphs were run together to, what `read` makes of
    the element that holds these.

    Extraction that finds too little takes all words of a page, as of a flash of three sentences.
    """
    place = places_of(blocks, layout)[0] if len(blocks) == 1 and blocks[0].kind == "paragraph" else None
    if place is None:
        return list(blocks)
    start, end = place
    parts = [part.element for part in layout.paragraphs if start <= part.start and part.end <= end]
    parts = [element for element in parts if not is_aside(element)]
    if len(parts) < 2:
        return list(blocks)
    behind = set(parts[-1].iterancestors())
    return list(read(next(parent for parent in parts[0].iterancestors() if parent in behind)))


def _is_text(paragraph: Any) -> bool:
    """Whether a paragraph is running text, and no list of links."""
    text = line_of(paragraph)
    linked = sum(len(link.text_content() or "") for link in paragraph.iter("a"))
    return length(text) >= _SHORTEST and is_sentence(text) and linked < 0.4 * len(text) and not leads_elsewhere(text)
