"""An article: what is read from a capture, before anybody asks what the archive calls it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from builder.dates import Moment
from builder.importing.event import Event

BlockKind = Literal["paragraph", "heading", "item", "quote", "code", "table", "rule", "picture"]


class Block(Struct, frozen=True, array_like=True, gc=False):
    """A part of a body.

    `text` is what a reader reads, in one line but for code; `markup` the same as Markdown, in which nothing that the
    text says is markup. `linked` counts the characters of `text` that are links. `level` is that of a heading, or how
    deep an item lies; `marker` is an item's bullet or number, or a picture's address. A picture's text is its caption.
    """

    kind: BlockKind
    text: str
    markup: str
    linked: int = 0
    level: int = 0
    marker: str = ""


class Picture(Struct, frozen=True, array_like=True, gc=False):
    """The lead picture as the capture has it: its address there, what stands below it, and who made it."""

    url: str = ""
    caption: str = ""
    credit: str = ""


class Article(Struct, frozen=True, kw_only=True):
    """What a capture says, and how sure that is.

    `published` is when it appeared, with time and offset as the capture has them. `language` is BCP 47. `publisher` is
    what the capture calls its publisher, `url` where it was read. `guessed` has the fields that were inferred and not
    read, with a confidence from 0 to 1. `odd_date` is a date that the capture gives and that there is not. `captions`
    are those of all pictures: they are no part of the body, and name who is to be seen.

    `key` is the same wherever the article comes from, and only for it: a message's or an event's id. `host` is where a
    message was sent from: the publisher's if a record says so, and otherwise none's. `event` is what a table tells of
    it in figures and codes. `is_draft`: its author had not published it. `notes` are for the curator.
    """

    title: str
    blocks: tuple[Block, ...]
    summary: str = ""
    published: Moment | None = None
    authors: tuple[str, ...] = ()
    language: str = ""
    publisher: str = ""
    url: str = ""
    picture: Picture = Picture()
    tags: tuple[str, ...] = ()
    guessed: dict[str, float] = {}
    odd_date: str = ""
    captions: tuple[str, ...] = ()
    key: str = ""
    host: str = ""
    event: Event | None = None
    is_draft: bool = False
    notes: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body as plain text, block by block, without what stands below pictures."""
        return tuple(block.text for block in self.blocks if block.kind not in ("rule", "picture"))


class NoArticle(Exception):
    """A capture holds nothing that could become a briefing. The message says why, and what to do."""
