"""Databases: SQLite files in the cache folder, and what it means when one can't be used."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from builder.faults import ArchiveError, error

D = TypeVar("D", bound="Database")

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


class Database:
    """A file of tables. Raises ArchiveError where the disk refuses, and DamagedCache where the file is damaged.

    Several processes may use one at the same time. Use as a context manager.
    """

    def __init__(self, path: Path, schema: Sequence[str], probe: str) -> None:
        """Opens the file, and makes it and the tables of `schema` if need be; `probe` fails if they are others."""
        self._folder = path.parent
        try:
            # No transaction stays open, so that no process waits long for another.
            self._connection = sqlite3.connect(path, timeout=60, isolation_level=None)
        except (OSError, sqlite3.Error) as problem:
            raise self._refused(problem) from problem
        try:
            # A crash may lose the newest rows, which are then made again: no need to wait for the disk.
            self.fetch("PRAGMA synchronous = OFF")
            # Of a new file only. Pieces are some kilobytes each: fewer pages of the usual 4 KB are cut and chained.
            self.fetch("PRAGMA page_size = 16384")
            self.fetch("PRAGMA journal_mode = WAL")
            self.fetch("PRAGMA mmap_size = 268435456")
            for statement in schema:
                self.fetch(statement)
            self.fetch(probe)
        except BaseException:
            self._connection.close()
            raise

    def fetch(self, statement: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row that a statement gives, or None."""
        try:
            row: tuple[Any, ...] | None = self._connection.execute(statement, values).fetchone()
        except sqlite3.Error as problem:
            raise self._refused(problem) from problem
        return row

    @contextmanager
    def at_rest(self) -> Iterator[None]:
        """Whatever is read inside it is as it was at the beginning: much is read faster so. Nothing can be written."""
        self.fetch("BEGIN")
        try:
            yield
        finally:
            self.fetch("COMMIT")

    def write(self, *statements: tuple[str, Iterable[Sequence[Any]]]) -> None:
        """Does each statement with each of its rows of values: all of it or nothing."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for statement, rows in statements:
                self._connection.executemany(statement, rows)
            self._connection.execute("COMMIT")
        except sqlite3.Error as problem:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise self._refused(problem) from problem

    def _refused(self, problem: OSError | sqlite3.Error) -> ArchiveError | DamagedCache:
        # The lower eight bits are the primary code.
        code = getattr(problem, "sqlite_errorcode", None)
        if isinstance(problem, sqlite3.Error) and (code is None or code & 0xFF not in _SURROUNDINGS):
            return DamagedCache()
        message = f"the folder for the cache can't be written ({problem}); make room, make it writable, or delete it"
        return ArchiveError([error(self._folder.name, 0, "cache", message)])

    def __enter__(self: D) -> D:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Lets go of the file."""
        self._connection.close()
