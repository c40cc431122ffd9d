"""The folder of the cache: made when it is needed, emptied when it is damaged."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from builder.faults import ArchiveError, error

CACHE_FOLDER = ".sitrep"
_CLOCK = "clock"
# What a cache consists of; the preview's site, which lies beside it, is none of it.
_OWN = ("*.sqlite", "*.sqlite-*", "*.ledger", "*.ledger.*", "indexing-*")


def open_cache(root: Path) -> tuple[Path, int]:
    """The cache folder of the archive at `root`, and the time by its file system's clock, in nanoseconds since 1970.

    Raises ArchiveError where the folder can't be written.
    """
    folder = root / CACHE_FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n")
        clock = folder / _CLOCK
        clock.write_bytes(b"")
        return folder, clock.stat().st_mtime_ns
    except OSError as problem:
        message = f"the folder for the cache can't be written ({problem}); make room, make it writable, or delete it"
        raise ArchiveError([error(CACHE_FOLDER, 0, "cache", message)]) from problem


def discard(folder: Path) -> None:
    """Deletes what is in the cache folder."""
    for pattern in _OWN:
        for path in folder.glob(pattern):
            with contextlib.suppress(FileNotFoundError):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
