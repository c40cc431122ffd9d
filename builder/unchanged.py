"""Nothing changed: whether a build would find everything as the last one has left it, found out in one look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from msgspec import Struct

from builder.cache import NO_STAT, Ledger, Stat, fingerprint, is_left, program_fingerprint
from builder.config import PUBLISHED, Config
from builder.faults import ArchiveError, Fault
from builder.means import Means
from builder.publish.ahead import Seen
from builder.publish.folder import OutputFolder
from builder.publish.journal import BUILD_LIST
from builder.reading.sources import Sources
from builder.render.files import theme_fingerprint
from builder.site_ledger import SiteLedger, folder_name


class LastBuild(Struct, frozen=True):
    """What the last build was made from, and what it told.

    `sources` is the fingerprint of what the file system said of `content/`, `build_list` what it says of the build's
    own list of the files that it has left, which the site ledger of the same number describes.
    """

    build: int
    basis: bytes
    sources: bytes
    source_faults: tuple[Fault, ...]
    build_list: Stat
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
    try:
        published: bytes | None = (root / PUBLISHED).read_bytes()
    except OSError:
        published = None
    return fingerprint(program_fingerprint(), str(root), config, drafts, today.isoformat(), theme, published)


def last_build(
    means: Means, output: Path, basis: bytes, sources: Sources, folder: OutputFolder, seen: Callable[[], Seen | None]
) -> LastBuild | None:
    """The last build, if everything is as it was then and as it left it, by what is `seen` in `output`; else None."""
    if means.verify or folder.recovered or not basis:
        return None
    last = _ledger(means, output).read()
    if last is None or last.basis != basis or last.source_faults != tuple(sources.faults):
        return None
    if last.sources != sources.fingerprint():
        return None
    if not is_left(f"{output}/{BUILD_LIST}", last.build_list):
        return None
    return last if seen() == Seen(last.build, frozenset()) else None


def remember_build(means: Means, output: Path, last: LastBuild, site: SiteLedger) -> None:
    """Keeps what a build was made from, unless some file hadn't rested."""
    has_rested = last.build_list != NO_STAT and all(made.stat != NO_STAT for made in site.files.values())
    if last.basis and last.sources and has_rested:
        _ledger(means, output).write(last)


def forget_last_build(means: Means, output: Path) -> None:
    """Something has changed, or may have."""
    _ledger(means, output).forget()


def _ledger(means: Means, output: Path) -> Ledger[LastBuild]:
    return Ledger(means.folder, f"last-{folder_name(means.folder, output)}.ledger", LastBuild)
