"""History: what each page of an output folder was made from last, and what before; for those who ask why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct, msgpack

from builder.cache.database import Database

_SCHEMA = (
    # With row ids, as pieces: half the time of rows that are sorted in whole.
    "CREATE TABLE IF NOT EXISTS page (file TEXT PRIMARY KEY, made BLOB NOT NULL, before BLOB, build INT)",
    "CREATE TABLE IF NOT EXISTS setting (key BLOB PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID",
)


class MadeFrom(Struct, frozen=True, array_like=True):
    """What a page was made from: the recipe for its kind, and the keys of its scene and of its templates.

    `path` is the file that asked for it, if one did.
    """

    address: str
    kind: str
    path: str
    recipe: bytes
    scene: bytes
    templates: bytes
    program: bytes


class Told(Struct, frozen=True):
    """What is known of a page: what it was made from in the build `build`, and what before, if it was made before."""

    made: MadeFrom
    before: MadeFrom | None
    build: int


class History(Database):
    """The pages of one output folder by their paths below it."""

    def __init__(self, folder: Path, name: str) -> None:
        """Opens the history `name` in the cache folder, and makes it if need be."""
        super().__init__(
            folder / f"history-{name}.sqlite", _SCHEMA, "SELECT file, made, before, build FROM page LIMIT 1"
        )

    def remember(
        self,
        build: int,
        pages: Iterable[tuple[str, MadeFrom]],
        gone: Iterable[str],
        settings: Mapping[bytes, bytes],
    ) -> None:
        """The pages that a build has made, each with its path, and the paths of those that are gone.

        `settings` are what several of them were made from (scenes and templates), by their keys.
        """
        encode = msgpack.Encoder().encode
        self.write(
            (
                "INSERT INTO page VALUES (?1, ?2, NULL, ?3)"
                " ON CONFLICT (file) DO UPDATE SET before = made, made = ?2, build = ?3",
                ((file, encode(made), build) for file, made in pages),
            ),
            ("DELETE FROM page WHERE file = ?", ((file,) for file in gone)),
            ("INSERT OR IGNORE INTO setting VALUES (?, ?)", settings.items()),
        )

    def setting(self, key: bytes) -> bytes | None:
        """A scene or the files of a template, by its key, or None."""
        row = self.fetch("SELECT bytes FROM setting WHERE key = ?", (key,))
        return row[0] if row else None

    def tell(self, file: str) -> Told | None:
        """What is known of the page at a path."""
        row = self.fetch("SELECT made, before, build FROM page WHERE file = ?", (file,))
        if row is None:
            return None
        made, before, build = row
        now = _decoded(made)
        return Told(now, _decoded(before), build) if now is not None else None


def _decoded(made: bytes | None) -> MadeFrom | None:
    """What a row holds; None where another version of the program has written it."""
    try:
        return msgpack.decode(made, type=MadeFrom) if made else None
    except msgspec.DecodeError:
        return None
