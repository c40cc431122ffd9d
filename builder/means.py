"""What a command works with, whatever it does."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

from msgspec import Struct

from builder.cache import Pieces, open_cache
from builder.workers import Workers

T = TypeVar("T")


class Progress(Protocol):
    """Tells a person how far a stage is, by giving its pieces back one by one."""

    def __call__(self, stage: str, pieces: Iterable[T], total: int) -> Iterable[T]:
        """Gives `pieces` back."""
        ...


class Stopwatch:
    """How long each stage took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Times what is done inside it."""
        start = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0) + time.perf_counter() - start


class Means(Struct, frozen=True):
    """What a command works with: its cache (the folder, and the pieces in it), its workers, and whom it tells.

    `now` is the time by the cache's file system, before anything was looked at; `verify` says to trust no file's stat.
    """

    folder: Path
    pieces: Pieces
    workers: Workers
    progress: Progress
    stopwatch: Stopwatch
    now: int
    verify: bool = False


@contextmanager
def open_means(root: Path, jobs: int, progress: Progress, *, verify: bool) -> Iterator[Means]:
    """What a command on the archive at `root` works with."""
    folder, now = open_cache(root)
    with Pieces(folder) as pieces, Workers(jobs) as workers:
        yield Means(folder, pieces, workers, progress, Stopwatch(), now, verify)
