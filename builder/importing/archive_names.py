"""Archive names: the records of one archive, as plain data that a worker can be given."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from builder.load import record_paths
from builder.load.records import load_records
from builder.model.common import Record
from builder.model.records import Actor, ActorKind, R, Region, Source, Tag
from builder.reading.files import read_text
from builder.reading.sources import Sources
from builder.resolve.authority import Authority


class ActorName(Struct, frozen=True, array_like=True):
    """An actor's record: its name, kind and state, and all that it answers to."""

    name: str
    kind: ActorKind | None
    country: str
    names: tuple[str, ...]


class RegionName(Struct, frozen=True, array_like=True):
    """A region's record. `code` is the ISO 3166-1 code of a state, or empty."""

    name: str
    code: str
    names: tuple[str, ...]


class ArchiveNames(Struct, frozen=True):
    """What an archive calls its actors, regions and tags. `tags` has each tag's name by all that it answers to."""

    language: str
    actors: tuple[ActorName, ...] = ()
    regions: tuple[RegionName, ...] = ()
    tags: dict[str, str] = {}


class Records(Struct, frozen=True):
    """The records of an archive: for workers, and to find publishers by."""

    names: ArchiveNames
    sources: Authority
    publishers: dict[str, str]


def read_names(root: Path, language: str) -> Records:
    """The records of the archive at `root`. What is wrong with them is for `sitrep check` to tell."""
    files = Sources(root, 0)
    actors = [record.meta for record in _records(files, "actors", Actor)]
    regions = [record.meta for record in _records(files, "regions", Region)]
    tags = [record.meta for record in _records(files, "tags", Tag)]
    sources = Authority("source", _records(files, "sources", Source))
    return Records(
        ArchiveNames(
            language,
            tuple(ActorName(one.name, one.kind, one.country or "", _all_names(one)) for one in actors),
            tuple(RegionName(one.name, _state_code(one.code), _all_names(one)) for one in regions),
            {name.casefold(): one.name for one in tags for name in _all_names(one)},
        ),
        sources,
        {own_slug: term.name for own_slug, term in sources.terms().items()},
    )


def _records(files: Sources, name: str, type_: type[R]) -> Iterable[Record[R]]:
    for path in record_paths(files, name):
        text, _ = read_text(files.root, path)
        if text is not None:
            yield from load_records(text, path, type_)[0]


def _all_names(record: Actor | Region | Source | Tag) -> tuple[str, ...]:
    return (record.name, *(alias.name for alias in record.aliases), *record.names.values())


def _state_code(code: str | None) -> str:
    return code if code is not None and re.fullmatch(r"[A-Z]{2}", code) else ""
