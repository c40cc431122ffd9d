"""Entries: articles that come as fields rather than as a page: rows of tables, posts of WordPress."""

from __future__ import annotations

import re
from html import unescape

from msgspec import Struct

from builder.dates import Moment
from builder.importing.article import Article, Block, NoArticle
from builder.importing.bylines import clean_authors
from builder.importing.decoding import without_controls
from builder.importing.event import Event
from builder.importing.markup import paragraphs

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>")


class Entry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The fields of an article. `text` is HTML where it has tags, or else plain; others may have entities.

    `guessed`, `key`, `odd_date` and what follows are as in Article.
    """

    title: str
    text: str
    summary: str = ""
    published: Moment | None = None
    authors: tuple[str, ...] = ()
    publisher: str = ""
    url: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    key: str = ""
    odd_date: str = ""
    is_draft: bool = False
    event: Event | None = None
    guessed: dict[str, float] = {}
    notes: tuple[str, ...] = ()


def article_of(entry: Entry) -> Article:
    """The article of an entry. Raises NoArticle where it has no text."""
    blocks = _blocks(entry.text, entry.url)
    if not blocks and entry.event is None:
        raise NoArticle("has no text; give one, or leave it out")
    summary = plain(entry.summary)
    opening = " ".join(block.text for block in blocks[:3])
    return Article(
        title=plain(entry.title),
        blocks=tuple(blocks),
        summary=summary if summary and summary.rstrip(".… ")[:60] not in opening else "",
        published=entry.published,
        authors=clean_authors(map(plain, entry.authors), entry.publisher, trusted=True),
        language=entry.language,
        publisher=plain(entry.publisher),
        url=entry.url,
        tags=tuple(plain(tag) for tag in entry.tags),
        key=entry.key,
        odd_date=entry.odd_date,
        is_draft=entry.is_draft,
        event=entry.event,
        guessed=entry.guessed,
        notes=entry.notes,
    )


def plain(text: str) -> str:
    """Text without tags and entities, in one line."""
    return " ".join(without_controls(unescape(_TAG.sub(" ", text))).split())


def _blocks(text: str, url: str) -> list[Block]:
    text = without_controls(text).strip()
    if _TAG.search(text):
        from builder.importing.pages import blocks_of_fragment

        return blocks_of_fragment(text, url)
    # Lines within a paragraph are only those of whoever wrote the file, where paragraphs have empty lines between them.
    text = without_controls(unescape(text)).replace("\r\n", "\n").replace("\r", "\n")
    divider = r"\n[ \t]*\n" if re.search(r"\n[ \t]*\n", text) else r"\n"
    return list(paragraphs(re.split(divider, text)))
