"""The lines of `published.json`: their fields, and how they are read and written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, TypeAlias

import msgspec
from msgspec import Struct

from builder.config import PUBLISHED as PUBLISHED

_encode_lines = msgspec.json.Encoder().encode_lines

Key: TypeAlias = tuple[str, str]  # of a briefing: its id and its language


class PublicBriefing(Struct, frozen=True, omit_defaults=True):
    """A public briefing in one of its languages.

    `digest` is the SHA-256 of what its author wrote. `published` and `revised` are instants in UTC (ISO 8601);
    `revised` is None where it wasn't. `corrections` is how many it has. `was` are the addresses that it had before.
    """

    id: str
    lang: str
    address: str
    digest: str
    published: str
    revised: str | None = None
    corrections: int = 0
    withdrawn: bool = False
    was: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """What no two briefings share."""
        return self.id, self.lang


class PublicPlace(Struct, frozen=True, omit_defaults=True):
    """The public page of a dossier, of prose or of a record, or the old address of something that is gone.

    `digest` is that of what its author wrote, empty for records.
    """

    kind: Literal["dossier", "prose", "actor", "region", "source", "redirect"]
    address: str
    digest: str = ""


class EditionChange(Struct, frozen=True):
    """What became of a briefing from one edition to the next."""

    id: str
    lang: str
    what: Literal["added", "corrected", "moved", "withdrawn"]


class Edition(Struct, frozen=True, omit_defaults=True):
    """An edition: its name, the day on which it was recorded, and what is new in it; nothing for the first."""

    edition: str
    day: date
    changes: tuple[EditionChange, ...] = ()


class Published(Struct, frozen=True):
    """What is public: briefings by id and language, other pages by address, editions in their order."""

    briefings: tuple[PublicBriefing, ...] = ()
    places: tuple[PublicPlace, ...] = ()
    editions: tuple[Edition, ...] = ()


def read(text: str) -> Published:
    """What the text of a `published.json` says. Raises ValueError where it is damaged."""
    return msgspec.json.decode(text, type=Published)


def write(published: Published) -> str:
    """The text of a `published.json`: a line for each thing."""
    parts = (
        ("briefings", published.briefings),
        ("places", published.places),
        ("editions", published.editions),
    )
    blocks = [f'"{name}":{_lines(things)}' for name, things in parts]
    return "{\n" + ",\n".join(blocks) + "\n}\n"


def _lines(things: Sequence[Struct]) -> str:
    if not things:
        return "[]"
    return "[\n" + ",\n".join([msgspec.json.encode(thing).decode() for thing in things]) + "\n]"


def edition_of(briefings: Iterable[PublicBriefing]) -> str:
    """The name of the edition that holds these."""
    return edition_named((b.id, b.lang, b.address, b.digest, b.withdrawn) for b in briefings)


def edition_named(lines: Iterable[tuple[str, str, str, str, bool]]) -> str:
    """The name of an edition: the SHA-256 of its sorted lines, in hexadecimal.

    A line is a JSON list of a briefing's id, language, address, author's digest and whether it is withdrawn.
    """
    encoded = _encode_lines(lines).splitlines(keepends=True)  # no line has a line end inside: JSON escapes it
    return hashlib.sha256(b"".join(sorted(encoded))).hexdigest()
