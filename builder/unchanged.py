"""Nothing changed: whether a build would find everything as the last one has left it, found out in one look."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from pathlib import Path

from msgspec import Struct

from builder.cache import NO_STAT, Ledger, Stat, fingerprint, program_fingerprint, stat_of
from builder.config import Config
from builder.faults import ArchiveError, Fault
from builder.means import Means
from builder.publish.folder import OutputFolder
from builder.reading.sources import Sources
from builder.render.files import theme_fingerprint


class LastBuild(Struct, frozen=True):
    """What the last build was made from, what it left in its output folder, and what it told."""

    basis: bytes
    sources: dict[str, Stat]
    source_faults: tuple[Fault, ...]
    output: dict[str, Stat]
    files: int
    pages: int
    briefings: int
    drafts: int
    faults: tuple[Fault, ...]


def order_fingerprint(root: Path, config: Config, drafts: bool, today: date) -> bytes:
    """The fingerprint of all that a build is made from but `content/`; empty where the theme is at fault."""
    try:
        theme = theme_fingerprint(root, config)
    except ArchiveError:  # who makes the site will say what is wrong
        return b""
    return fingerprint(program_fingerprint(), str(root), config, drafts, today.isoformat(), theme)


def last_build(means: Means, output: Path, basis: bytes, sources: Sources, folder: OutputFolder) -> LastBuild | None:
    """The last build, if everything is as it was then and as it left it; else None."""
    if means.verify or folder.recovered or not basis:
        return None
    last = _ledger(means, output).read()
    if last is None or last.basis != basis or last.source_faults != tuple(sources.faults):
        return None
    if last.sources != sources.snapshot() or NO_STAT in last.sources.values():
        return None
    return last if _is_as_left(str(output), last.output) else None


def _is_as_left(folder: str, files: dict[str, Stat]) -> bool:
    lstat = os.lstat
    try:
        return all(stat_of(lstat(f"{folder}/{path}")) == stat for path, stat in files.items())
    except OSError:
        return False


def remember_build(means: Means, output: Path, last: LastBuild) -> None:
    """Keeps what a build was made from, unless some file hadn't rested."""
    if last.basis and NO_STAT not in last.sources.values() and NO_STAT not in last.output.values():
        _ledger(means, output).write(last)


def forget_last_build(means: Means, output: Path) -> None:
    """Something has changed, or may have."""
    _ledger(means, output).forget()


def folder_name(output: Path) -> str:
    """What the cache calls an output folder."""
    return hashlib.sha256(str(output.resolve()).encode()).hexdigest()[:16]


def _ledger(means: Means, output: Path) -> Ledger[LastBuild]:
    return Ledger(means.folder, f"last-{folder_name(output)}.ledger", LastBuild)
