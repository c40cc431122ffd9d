"""The site ledger: what the last build left in an output folder, file by file, and how it had planned that."""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec import Struct

from builder.cache import NO_STAT, Ledger, Stat

Period = tuple[str, ...]


class MadeFile(Struct, frozen=True, array_like=True, gc=False):
    """A file that a build has made: its SHA-256 in hexadecimal, and by what it is known again.

    `key` is that of all that a page was made from, empty for other files; `stat` is `NO_STAT` where it hadn't rested.
    """

    digest: str
    stat: Stat = NO_STAT
    key: bytes = b""


class Section(Struct, frozen=True, array_like=True, gc=False):
    """Pages that are planned together: of a list, by the periods that they show, or of briefings.

    `members` is the fingerprint of all that tells which periods there are, `whole` of all that their pages are made
    from but the scene.
    """

    members: bytes
    whole: bytes
    periods: tuple[Period, ...]


class SiteLedger(Struct, frozen=True):
    """Made files by path, sections by name; `builds` is how many builds there were.

    `basis` is the fingerprint of what the pages of all sections are made from besides.
    """

    files: dict[str, MadeFile] = {}
    sections: dict[str, Section] = {}
    basis: bytes = b""
    builds: int = 0


def site_ledger_in(folder: Path, output: Path) -> Ledger[SiteLedger]:
    """What the cache in `folder` knows of an output folder."""
    return Ledger(folder, f"site-{folder_name(folder, output)}.ledger", SiteLedger)


def folder_name(folder: Path, output: Path) -> str:
    """What the cache in `folder` calls an output folder: in an archive that was moved as a whole, still the same."""
    root, place = folder.parent.resolve(), output.resolve()
    inside = place.relative_to(root) if place.is_relative_to(root) else place
    return hashlib.sha256(str(inside).encode()).hexdigest()[:16]
