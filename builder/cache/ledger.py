"""Ledgers: what the last command knew of all files at once, as one typed value in a file of its own."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import Generic, TypeVar

import msgspec
from msgspec import msgpack

from builder.cache.fingerprint import program_fingerprint
from builder.faults import ArchiveError, error

T = TypeVar("T")

_HEAD = 64  # bytes: the program's fingerprint, and the SHA-256 of the rest


class Ledger(Generic[T]):
    """One value in `folder`/`name`. What another version has written, or nobody knows who, reads as nothing."""

    def __init__(self, folder: Path, name: str, type_: type[T]) -> None:
        self._path = folder / name
        self._decode = msgpack.Decoder(type_).decode

    def read(self) -> T | None:
        """The value that was written last by this very program, or None."""
        try:
            data = memoryview(self._path.read_bytes())
            head, value = data[:_HEAD], data[_HEAD:]
            return self._decode(value) if head == _head(value) else None
        except (OSError, msgspec.DecodeError, ValueError, RecursionError):  # no ledger costs time, and nothing else
            return None

    def write(self, value: T) -> None:
        """Replaces the value. Raises ArchiveError where the disk refuses."""
        data: bytes = msgpack.encode(value)
        unfinished = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            with unfinished.open("wb") as file:
                file.writelines([_head(data), data])
            unfinished.replace(self._path)
        except OSError as problem:
            folder = self._path.parent.name
            message = (
                f"the folder for the cache can't be written ({problem}); make room, make it writable, or delete it"
            )
            raise ArchiveError([error(folder, 0, "cache", message)]) from problem

    def is_there(self) -> bool:
        """Whether something has been written, by whomever."""
        return self._path.is_file()

    def forget(self) -> None:
        """Deletes the value."""
        with contextlib.suppress(FileNotFoundError):
            self._path.unlink()


def _head(data: bytes | memoryview) -> bytes:
    return program_fingerprint() + hashlib.sha256(data).digest()
