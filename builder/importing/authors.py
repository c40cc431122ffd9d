"""Authors: who wrote an article, by all that its page says about that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import urlsplit

from builder.importing.article import Block
from builder.importing.bylines import AGENCY, BY, clean_authors, without_office
from builder.importing.declared import Declared
from builder.importing.furniture import is_sentence, length
from builder.importing.han_names import is_only_han
from builder.importing.headline import pieces_of
from builder.importing.reporters import reporters_of
from builder.importing.shown import Shown

_LOGIN = re.compile(r"[a-z][a-z0-9.-]*")  # what somebody is called by the site's system
_SIGNED = 10  # words: a line that says who wrote the article has no more
_NEAR = 25  # lines from the headline to its byline, buttons between them included
_KOREAN = re.compile(r"([가-힣]{2,4}) ?(?:선임|수석)?기자")


def choose_authors(
    declared: Declared, shown: Shown, url: str, lines: Sequence[str], blocks: Sequence[Block]
) -> tuple[tuple[str, ...], float]:
    """The names of an article's authors, and how sure they are.

    `lines` are those below the headline, `blocks` those of the body before anything was taken from it.
    """
    sites = (*declared.sites, *hosts_of(url))
    tab = pieces_of(shown.title)[-1]
    for group in declared.authors:
        # A title ends with the site, or a part of it; in Chinese, the names of both are one word.
        group = tuple(name for name in group if not (is_only_han(name) and tab.startswith(name)))
        names = clean_authors(group, sites, trusted=True)
        if names and all(_LOGIN.fullmatch(name) for name in names):
            shown_names = (clean_authors(byline, sites) for byline in shown.bylines)
            names = next((found for found in shown_names if found), names)
        if names:
            if all(AGENCY.search(name) for name in names):
                # An agency's story is often signed by its author, too.
                for line in _signed(lines[:_SIGNED], blocks[:2]):
                    if signed := clean_authors([without_office(line)], (*sites, *names)):
                        return signed, 0.85
            return names, 0.96
    if names := reporters_of(lines, [block.text for block in blocks]):
        return names, 0.85
    for group in shown.bylines:
        if names := clean_authors(group, sites):
            return names, 0.85
    for group in shown.bylines:
        if names := clean_authors([without_office(text) for text in group], sites):
            return names, 0.7
    for line in _signed(lines, blocks):
        if names := clean_authors([line], sites):
            return names, 0.7
    return (), 0.0


def _signed(lines: Sequence[str], blocks: Sequence[Block]) -> Iterator[str]:
    """Lines that begin as bylines do: below the headline, and at the end of the text."""
    near = lines[:_NEAR]
    # 'By', and the name as a link behind it.
    joined = [f"{first} {second}" for first, second in pairwise(near) if BY.fullmatch(f"{first} ")]
    for text in (*joined, *near, *(block.text for block in reversed(blocks[-4:]))):
        match = BY.match(text)
        if (
            match is not None
            and length(text) <= _SIGNED
            and not is_sentence(text)
            and text[match.end() :][:1].isupper()
        ):
            yield text
        elif length(text) <= _SIGNED and (korean := _KOREAN.search(text)):
            yield f"기자: {korean[1]}"


def hosts_of(url: str) -> Iterator[str]:
    """What an address calls its site: `www.usatoday.com` is `usatoday.com` and `usatoday`."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    if host:
        yield host
        yield host.rpartition(".")[0].rpartition(".")[2] or host
