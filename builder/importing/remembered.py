"""Remembered: what imports found out of an archive's briefings, so that the next needn't read them again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import msgspec
from msgspec import Struct

from builder.cache import open_cache

_CACHE = ".sitrep/imported.jsonl"
_HEAD = b'{"version":6}\n'


class Held(Struct, frozen=True, array_like=True, gc=False):
    """A briefing that is there: its file, and what it is known by. `stat` is its size and time, `day` counts as
    `date.toordinal` does."""

    path: str
    stat: tuple[int, int]
    captures: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    shingles: bytes = b""
    id: str = ""
    day: int = 0


def remembered(root: Path) -> Iterator[Held]:
    """What is remembered of the archive at `root`; of one file, what comes last is right."""
    decoder = msgspec.json.Decoder(Held)
    try:
        with (root / _CACHE).open("rb") as file:
            if file.readline() == _HEAD:
                for line in file:
                    yield decoder.decode(line)
    except (OSError, msgspec.MsgspecError):  # none yet, or the last line of one whose import was killed
        return


class Journal:
    """Remembers briefings, each as soon as it is there: an import may have a hundred thousand, and may be killed."""

    def __init__(self, root: Path) -> None:
        self._path = root / _CACHE
        self._file: BinaryIO | None = None

    def note(self, one: Held) -> None:
        """Remembers a briefing, if there is room for that: what isn't remembered is read again."""
        with contextlib.suppress(OSError):
            if self._file is None:
                self._file = self._path.open("ab")
            self._file.write(msgspec.json.encode(one) + b"\n")

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()


class Renewal:
    """Writes anew what is remembered, and puts it in the place of the old with the end of the context."""

    def __init__(self, root: Path) -> None:
        open_cache(root)  # makes the folder, if there is none
        self._path = root / _CACHE
        self._new = self._path.with_suffix(".new")

    def note(self, one: Held) -> None:
        """Remembers a briefing."""
        self._file.write(msgspec.json.encode(one) + b"\n")

    def __enter__(self) -> Renewal:
        self._file = self._new.open("wb")
        self._file.write(_HEAD)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if problem is None:
            with contextlib.suppress(FileNotFoundError):  # a dry run at the same time has just done it
                self._new.replace(self._path)
        else:
            self._new.unlink()
