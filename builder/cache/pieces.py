"""Pieces: finished pieces of work, each under the fingerprint of everything that it was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from builder.cache.database import DamagedCache, Database

_FILE_NAME = "pieces.sqlite"
# With row ids, so that pieces are put one behind the other and only their keys are sorted in.
_SCHEMA = "CREATE TABLE IF NOT EXISTS piece (key BLOB PRIMARY KEY, bytes BLOB NOT NULL)"
_CHECK_LENGTH = 16


class Pieces(Database):
    """Bytes by key."""

    def __init__(self, folder: Path) -> None:
        """Opens the pieces in `folder`, which is there, and makes them if need be."""
        super().__init__(folder / _FILE_NAME, [_SCHEMA], "SELECT key, bytes FROM piece LIMIT 1")
        self.began_empty = self.fetch("SELECT 1 FROM piece LIMIT 1") is None  # nothing had been kept yet
        self.used: set[bytes] = set()  # the keys that were asked for or put here

    @staticmethod
    def inode(folder: Path) -> int:
        """What the file system knows the file in `folder` by; 0 where there is none."""
        try:
            return (folder / _FILE_NAME).stat().st_ino
        except OSError:
            return 0

    def put(self, pieces: Iterable[tuple[bytes, bytes]]) -> None:
        """Keeps pieces: pairs of a key, of 32 bytes, and the piece."""
        rows = [(key, _check(key, piece) + piece) for key, piece in pieces]
        self.used.update([row[0] for row in rows])
        if rows:
            self.write(("INSERT OR IGNORE INTO piece VALUES (?, ?)", rows))

    def find(self, key: bytes) -> bytes | None:
        """The piece with that key, or None."""
        self.used.add(key)
        row = self.fetch("SELECT bytes FROM piece WHERE key = ?", (key,))
        if row is None:
            return None
        kept = row[0]
        if not isinstance(kept, bytes) or kept[:_CHECK_LENGTH] != _check(key, kept[_CHECK_LENGTH:]):
            raise DamagedCache
        return kept[_CHECK_LENGTH:]

    def missing(self, keys: Iterable[bytes]) -> list[bytes]:
        """Those of `keys` that there is no piece for."""
        wanted = list(keys)
        self.used.update(wanted)
        return [key for key in wanted if self.fetch("SELECT 1 FROM piece WHERE key = ?", (key,)) is None]

    def get(self, key: bytes) -> bytes:
        """The piece with that key, which was put earlier."""
        piece = self.find(key)
        if piece is None:
            raise DamagedCache
        return piece

    def prune(self, live: set[bytes]) -> None:
        """Forgets all pieces but `live`, once they are the smaller part."""
        row = self.fetch("SELECT count(*) FROM piece")
        if row is None or row[0] <= 2 * len(live) + 1000:
            return
        self.fetch("CREATE TEMP TABLE IF NOT EXISTS live (key BLOB PRIMARY KEY) WITHOUT ROWID")
        self.write(
            ("DELETE FROM live", [()]),
            ("INSERT INTO live VALUES (?)", ((key,) for key in live)),
            ("DELETE FROM piece WHERE key NOT IN live", [()]),
        )


def _check(key: bytes, piece: bytes) -> bytes:
    return hashlib.sha256(key + piece).digest()[:_CHECK_LENGTH]
