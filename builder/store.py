"""The store: finished pieces kept by the SHA-256 of their bytes, in `.sitrep/`. Data, never code; safe to delete."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path
from types import TracebackType

from builder.faults import ArchiveError, error

_FILE_NAME = "pieces.sqlite"
_SCHEMA = "CREATE TABLE IF NOT EXISTS piece (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID"
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


class DamagedStore(Exception):
    """The store's file is not what it was: `discard` it, and do the work again."""


class Store:
    """Bytes by their digest. Raises ArchiveError where the disk refuses, and DamagedStore where its file is damaged."""

    def __init__(self, folder: Path) -> None:
        """Opens the store in `folder`, and makes both if need be."""
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            ignore = folder / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n")
            # Each piece is kept at once (no transaction stays open), so that no command waits for another.
            self._connection = sqlite3.connect(folder / _FILE_NAME, timeout=60, isolation_level=None)
        except (OSError, sqlite3.Error) as problem:
            raise self._refused(problem) from problem
        try:
            # A crash may lose the newest pieces, which are then made again: no need to wait for the disk.
            self._execute("PRAGMA synchronous = OFF")
            self._execute("PRAGMA journal_mode = WAL")
            self._execute(_SCHEMA)
            self._execute("SELECT digest, bytes FROM piece LIMIT 1")
        except BaseException:
            self._connection.close()
            raise

    @staticmethod
    def discard(folder: Path) -> None:
        """Deletes the store in `folder`."""
        for path in folder.glob(f"{_FILE_NAME}*"):
            path.unlink()

    def put(self, piece: bytes) -> str:
        """Keeps `piece`, and returns its SHA-256 in hexadecimal."""
        digest = digest_of(piece)
        self._execute("INSERT OR IGNORE INTO piece VALUES (?, ?)", (digest, piece))
        return digest

    def get(self, digest: str) -> bytes:
        """The piece with that digest, which was put earlier."""
        row = self._execute("SELECT bytes FROM piece WHERE digest = ?", (digest,))
        if row is None or not isinstance(row[0], bytes) or digest_of(row[0]) != digest:
            raise DamagedStore
        return row[0]

    def clear(self) -> None:
        """Forgets everything."""
        self._execute("DELETE FROM piece")

    def _execute(self, statement: str, values: tuple[str | bytes, ...] = ()) -> tuple[object, ...] | None:
        try:
            row: tuple[object, ...] | None = self._connection.execute(statement, values).fetchone()
        except sqlite3.Error as problem:
            raise self._refused(problem) from problem
        return row

    def _refused(self, problem: OSError | sqlite3.Error) -> ArchiveError | DamagedStore:
        # The lower eight bits are the primary code.
        code = getattr(problem, "sqlite_errorcode", None)
        if isinstance(problem, sqlite3.Error) and (code is None or code & 0xFF not in _SURROUNDINGS):
            return DamagedStore()
        message = f"the folder for the cache can't be written ({problem}); make room, make it writable, or delete it"
        return ArchiveError([error(self._folder.name, 0, "cache", message)])

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Lets go of the file."""
        self._connection.close()


def digest_of(piece: bytes) -> str:
    """The SHA-256 of a piece, in hexadecimal: what `Store.put` returns."""
    return hashlib.sha256(piece).hexdigest()
