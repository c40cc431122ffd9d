"""A citation: what any style needs to name a briefing by."""

from __future__ import annotations

import hashlib
import re

from msgspec import Struct

from builder.dates import Moment
from builder.names import slug

# What ends a line for some reader, with what is around it: formats of lines have no other way to write it.
_LINE_BREAK = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")


class Citation(Struct, frozen=True, kw_only=True):
    """A briefing, to be cited as a report.

    `authors` are names as they are written, in one piece: who is a person, and which part of a name is the family's,
    isn't known. `issued` is when it became public; `event` its own date, in EDTF; `note` tells which words are meant.
    All texts are of one line.
    """

    key: str
    id: str
    title: str
    authors: tuple[str, ...]
    publisher: str
    genre: str
    issued: Moment
    event: str
    language: str
    url: str
    note: str


def citation_key(own_id: str, language: str | None = None) -> str:
    """What a briefing is called in a bibliography: its id, in the letters that every program takes.

    `language` is that of a translation, which has its original's id.
    """
    own = slug(own_id)
    if own != own_id:  # two ids may have one slug
        own += f"_{hashlib.sha256(own_id.encode()).hexdigest()[:8]}"
    return f"{own.lstrip('_')}_{language}" if language else own.lstrip("_")


def one_line(text: str) -> str:
    """The text on one line, otherwise as it is."""
    return _LINE_BREAK.sub(" ", text).strip()
