"""Pieces: finished pieces of work, each under the fingerprint of everything that it was made from."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from builder.faults import ArchiveError, error

_FILE_NAME = "pieces.sqlite"
_SCHEMA = "CREATE TABLE IF NOT EXISTS piece (key BLOB PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID"
_CHECK_LENGTH = 16
# What SQLite says where the file system, and not the file, is at fault.
_SURROUNDINGS = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)


class DamagedCache(Exception):
    """The cache is not what it was: `discard` it, and do the work again."""


class Pieces:
    """Bytes by key. Raises ArchiveError where the disk refuses, and DamagedCache where the file is damaged.

    Several processes may use one at the same time.
    """

    def __init__(self, folder: Path) -> None:
        """Opens the pieces in `folder`, which is there, and makes them if need be."""
        self._folder = folder
        self.used: set[bytes] = set()  # the keys that were asked for or put here
        try:
            # No transaction stays open, so that no process waits long for another.
            self._connection = sqlite3.connect(folder / _FILE_NAME, timeout=60, isolation_level=None)
        except (OSError, sqlite3.Error) as problem:
            raise self._refused(problem) from problem
        try:
            # A crash may lose the newest pieces, which are then made again: no need to wait for the disk.
            self._fetch("PRAGMA synchronous = OFF")
            self._fetch("PRAGMA journal_mode = WAL")
            self._fetch("PRAGMA mmap_size = 268435456")
            self._fetch(_SCHEMA)
            self._fetch("SELECT key, bytes FROM piece LIMIT 1")
        except BaseException:
            self._connection.close()
            raise

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
        if not rows:
            return
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("INSERT OR IGNORE INTO piece VALUES (?, ?)", rows)
            self._connection.execute("COMMIT")
        except sqlite3.Error as problem:
            raise self._refused(problem) from problem

    def find(self, key: bytes) -> bytes | None:
        """The piece with that key, or None."""
        self.used.add(key)
        row = self._fetch("SELECT bytes FROM piece WHERE key = ?", (key,))
        if row is None:
            return None
        kept = row[0]
        if not isinstance(kept, bytes) or kept[:_CHECK_LENGTH] != _check(key, kept[_CHECK_LENGTH:]):
            raise DamagedCache
        return kept[_CHECK_LENGTH:]

    def get(self, key: bytes) -> bytes:
        """The piece with that key, which was put earlier."""
        piece = self.find(key)
        if piece is None:
            raise DamagedCache
        return piece

    def prune(self, live: set[bytes]) -> None:
        """Forgets all pieces but `live`, once they are the smaller part."""
        count = self._fetch("SELECT count(*) FROM piece")
        if count is None or int(str(count[0])) <= 2 * len(live) + 1000:
            return
        try:
            self._connection.execute("CREATE TEMP TABLE live (key BLOB PRIMARY KEY) WITHOUT ROWID")
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("INSERT INTO live VALUES (?)", ((key,) for key in live))
            self._connection.execute("DELETE FROM piece WHERE key NOT IN live")
            self._connection.execute("COMMIT")
            self._connection.execute("DROP TABLE live")
        except sqlite3.Error as problem:
            raise self._refused(problem) from problem

    def clear(self) -> None:
        """Forgets everything."""
        self._fetch("DELETE FROM piece")

    def _fetch(self, statement: str, values: tuple[bytes, ...] = ()) -> tuple[object, ...] | None:
        try:
            row: tuple[object, ...] | None = self._connection.execute(statement, values).fetchone()
        except sqlite3.Error as problem:
            raise self._refused(problem) from problem
        return row

    def _refused(self, problem: OSError | sqlite3.Error) -> ArchiveError | DamagedCache:
        # The lower eight bits are the primary code.
        code = getattr(problem, "sqlite_errorcode", None)
        if isinstance(problem, sqlite3.Error) and (code is None or code & 0xFF not in _SURROUNDINGS):
            return DamagedCache()
        message = f"the folder for the cache can't be written ({problem}); make room, make it writable, or delete it"
        return ArchiveError([error(self._folder.name, 0, "cache", message)])

    def __enter__(self) -> Pieces:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Lets go of the file."""
        self._connection.close()


def _check(key: bytes, piece: bytes) -> bytes:
    return hashlib.sha256(key + piece).digest()[:_CHECK_LENGTH]
