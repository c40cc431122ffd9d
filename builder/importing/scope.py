"""Scope: which of a page's blocks are of the article that the page is about, where it holds several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from builder.importing.article import Block
from builder.importing.bylines import BY
from builder.importing.furniture import asks_consent, is_sentence, length, speaks_to_reader
from builder.importing.headline import FEWEST, bare
from builder.importing.layout import letters_of, line_of
from builder.importing.markup import paragraphs
from builder.importing.trimming import is_dateline, is_labelled

_ARTICLE = re.compile(r"(?i)(?:^|[\s_-])(?:article|story|post|entry|news-?(?:item|article)|hentry|artikel|articulo)")
_LONG = 400  # characters of paragraphs: less is a teaser
_RUNNING = 12  # words of a paragraph: fewer are a label, a date or a caption
_CONSENT = 3000  # characters: more stand before no article
_LINKS = 0.6  # share of the letters of a page that are links, from which on it is a list of them


def in_scope(blocks: Sequence[Block], tree: Any, title: str, declared_body: str) -> list[Block]:
    """The blocks that stand where the headline stands, or that the page's metadata repeats as the article's text."""
    kept = list(blocks)
    if len(declared_body) > 2 * _LONG:
        kept = _as_declared(kept, declared_body)
    container = _container(tree, title)
    if container is not None:
        letters = letters_of(container.text_content())
        inside = [block for block in kept if letters_of(block.text) in letters or _shares(block.text, letters)]
        if sum(len(block.text) for block in inside) > _LONG:
            kept = inside
    return kept


def is_list(tree: Any, found: Sequence[Block]) -> bool:
    """Whether a page is links and little else. Extraction that finds no article gives all its words as one paragraph,
    in which links can't be told."""
    if len(found) > 1 or (found and _is_paragraph(tree, found[0].text)):
        return False
    links = sum(len(link.text_content() or "") for link in tree.iter("a"))
    return links > _LINKS * len(tree.text_content() or "")


def asks_only_consent(blocks: Sequence[Block]) -> bool:
    """Whether most of a page's text asks its reader for leave, as what stands before an article does."""
    whole = sum(len(block.text) for block in blocks)
    if whole > _CONSENT:
        return False
    asking = sum(len(block.text) for block in blocks if asks_consent(block.text) and speaks_to_reader(block.text))
    return asking > 0.5 * whole


def _is_paragraph(tree: Any, text: str) -> bool:
    """Whether a text is one of the page's paragraphs, of running text: a short report among links."""
    if length(text) < _RUNNING or not is_sentence(text):
        return False
    letters = letters_of(text)
    whole = (paragraph for paragraph in tree.iter("p") if letters_of(paragraph.text_content() or "") == letters)
    return any(next(paragraph.iter("a"), None) is None for paragraph in whole)


def holds_several(tree: Any, title: str) -> bool:
    """Whether a page is a list of whole articles, none of which is the one that it is named for."""
    headings = []
    for article in tree.iter("article"):
        heading = article.find(".//h1") if article.find(".//h1") is not None else article.find(".//h2")
        if heading is not None and (_paragraphs(article) > _LONG or _is_short_article(article)):
            headings.append(bare(heading.text_content() or ""))
    return (len(set(headings)) > 1 and bare(title) not in headings) or _has_several_stretches(tree)


def _has_several_stretches(tree: Any) -> bool:
    """Whether text of an article's length follows each of several headlines of the first level.

    Many pages head their sections so: the others are articles of their own only where each has a date or a byline,
    whatever the page is named.
    """
    stretches = list(_stretches(tree))
    # Behind the end of a page in the same file, the parser sees another root.
    if stretches and any(list(_stretches(page)) for page in tree.itersiblings("html")):
        return True
    if len({bare(heading) for heading, _ in stretches}) < 2:
        return False
    return all(any(map(_is_signed, texts[:2])) for _, texts in stretches[1:])


def _stretches(tree: Any) -> Iterator[tuple[str, list[str]]]:
    """Each headline of the first level that running text follows, with the texts behind it."""
    heading, texts = "", list[str]()
    for element in (*tree.iter("h1", "p", "time"), None):
        if element is not None and element.tag != "h1":
            texts.append(line_of(element))
            continue
        running = [text for text in texts if length(text) >= _RUNNING and is_sentence(text)]
        if length(heading) >= FEWEST and (len(running) > 1 or sum(map(len, running)) > _LONG):
            yield heading, texts
        heading, texts = line_of(element) if element is not None else "", []


def _is_signed(text: str) -> bool:
    return is_dateline(text) or (BY.match(text) is not None and length(text) <= 14)


def _is_short_article(element: Any) -> bool:
    """Whether an element has several paragraphs of running text: a teaser has one."""
    texts = (line_of(paragraph) for paragraph in element.iter("p"))
    return sum(length(text) >= _RUNNING and is_sentence(text) for text in texts) > 1


def _as_declared(blocks: list[Block], text: str) -> list[Block]:
    """The blocks that `text` has, if it has most of them; the paragraphs of `text`, if the blocks are far from it."""
    letters = letters_of(text)
    inside = [block for block in blocks if letters_of(block.text) in letters or _shares(block.text, letters)]
    covered = sum(len(block.text) for block in inside)
    if covered < 0.5 * len(text) and len(re.findall(r"\n\s*\n|\n", text)) >= 2:
        return list(paragraphs(text.split("\n")))
    # Metadata may hold but the beginning.
    whole = sum(len(block.text) for block in blocks)
    return inside if covered > 0.55 * whole and covered > 0.8 * len(text) else blocks


def _shares(text: str, letters: str) -> bool:
    """Whether a block that is not as a whole in `letters` is there in its parts."""
    parts = [letters_of(part) for part in re.split(r"(?<=[.!?:;,])\s+", text)]
    parts = [part for part in parts if len(part) > 10]
    return bool(parts) and sum(part in letters for part in parts) >= 0.7 * len(parts)


def _container(tree: Any, title: str) -> Any | None:
    """The element that is marked as an article and holds the headline and paragraphs enough, or None."""
    wanted = bare(title)
    for heading in tree.iter("h1", "h2"):
        text = bare(heading.text_content() or "")
        if wanted and (text == wanted or is_labelled(text, wanted)):
            for parent in heading.iterancestors():
                marks = f"{parent.get('class', '')} {parent.get('id', '')} {parent.get('itemtype', '')}"
                is_marked = parent.tag in ("article", "main") or _ARTICLE.search(marks)
                if is_marked and parent.tag not in ("body", "html") and _paragraphs(parent) > _LONG:
                    return parent
            return None
    return None


def _paragraphs(element: Any) -> int:
    return sum(len((p.text_content() or "").strip()) for p in element.iter("p"))
