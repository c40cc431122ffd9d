"""Teasers: whether what a page has of text are but the first words of other pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from builder.importing.article import Block
from builder.importing.furniture import length
from builder.importing.layout import letters_of, line_of, links_of
from builder.importing.trimming import is_dateline

# An element of lxml; its type stubs are no dependency.
Element = Any
_FEWEST = 3  # teasers: fewer stand below an article
_LONGEST = 45  # words of a teaser
_SHARE = 0.7  # of a page's text, from which on it is a list


def is_of_teasers(tree: Element, found: Sequence[Block], lines: Sequence[str], address: str) -> bool:
    """Whether most of a page's text stands below headings that lead to other pages of the same site, a few words below
    each, and several of its `lines` are dates: without these, no briefing is made of it.

    A digest heads its parts itself, or leads to the sites of others; a live page leads to its own entries.
    """
    texts = [block.text for block in found if block.kind != "heading"]
    whole = sum(map(len, texts))
    if sum(len(text) for text in texts if length(text) <= _LONGEST) <= _SHARE * whole:
        return False
    teasers = list(_teasers(tree, address))
    if len(teasers) < _FEWEST or sum(map(is_dateline, lines)) < _FEWEST:
        return False
    told = {letters_of(text) for texts in teasers for text in texts}
    return sum(len(text) for text in texts if letters_of(text) in told) > _SHARE * whole


def _teasers(tree: Element, address: str) -> Iterator[list[str]]:
    """The paragraphs below each heading that leads to another page, where they are short."""
    texts: list[str] | None = None
    for element in (*tree.iter("h1", "h2", "h3", "h4", "p"), None):
        if element is not None and element.tag == "p":
            if texts is not None:
                texts.append(line_of(element))
            continue
        if texts and sum(map(length, texts)) <= _LONGEST:
            yield texts
        texts = [] if element is not None and _leads_on(element, address) else None


def _leads_on(heading: Element, address: str) -> bool:
    """Whether a heading is a link to another page of the site."""
    own = urldefrag(address).url
    targets = [urldefrag(urljoin(address, link)).url for link in links_of(heading)]
    host = urlsplit(address).hostname
    return any(
        target not in ("", own) and (not host or urlsplit(target).hostname in (host, None)) for target in targets
    )
