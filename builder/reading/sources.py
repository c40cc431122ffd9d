"""Sources: every file in `content/`, what the file system says of it, and the digest of its bytes.

A file that is what it was, by the rule of `builder.cache.stats`, is not read again: its digest is known.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from builder.cache import NO_STAT, Stat, fingerprint, is_rested, stat_of
from builder.faults import Fault, did_you_mean, error, warning

# The SHA-256 of each file's bytes, with the stat by which it is known again; by path.
Known: TypeAlias = dict[str, tuple[Stat, bytes]]

_FOLDERS = ("actors", "briefings", "captures", "dossiers", "media", "pages", "regions", "sources", "tags")
_FILES = ("actors.yaml", "regions.yaml", "sources.yaml", "tags.yaml")


class Sources:
    """The files of an archive at one moment. Paths are relative to `root`, with forward slashes, in order."""

    def __init__(self, root: Path, now: int) -> None:
        """Looks at `root`/content. `now` is the time by the file system's clock, before."""
        self.root = root
        self.faults: list[Fault] = []
        self._now = now
        self._stats: dict[str, Stat] = {}
        self._inside: dict[str, list[str]] = {}
        self._known: Known = {}
        self._digests: dict[str, bytes] = {}
        if not (root / "content").is_dir():
            self.faults.append(
                error("content", 0, "unreadable", "is not there; put the archive's content into this folder")
            )
        self.faults += _strays(root)
        for name in _FOLDERS:
            found = dict(walk(root, f"content/{name}", self.faults))
            self._inside[f"content/{name}"] = list(found)
            self._stats |= found
        for name in _FILES:
            place = root / "content" / name
            if place.is_file():
                self._stats[f"content/{name}"] = stat_of(place.stat())

    def recall(self, known: Known) -> None:
        """Takes in what was known earlier."""
        self._known = known

    def inside(self, folder: str) -> Sequence[str]:
        """The paths of the files below one of the folders of `content/`."""
        return self._inside[folder]

    def __contains__(self, path: str) -> bool:
        return path in self._stats

    def known(self, path: str) -> bytes | None:
        """The SHA-256 of a file's bytes, if that can be told without reading them."""
        found = self._known.get(path)
        return found[1] if found is not None and found[0] == self._stats.get(path) else self._digests.get(path)

    def note(self, path: str, digest: bytes) -> None:
        """Remembers the SHA-256 of the bytes that somebody has read since the sources were looked at."""
        self._digests[path] = digest

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises OSError."""
        data = (self.root / path).read_bytes()
        self.note(path, hashlib.sha256(data).digest())
        return data

    def digest(self, path: str) -> bytes:
        """The SHA-256 of a file's bytes. Raises OSError."""
        known = self.known(path)
        if known is None:
            with (self.root / path).open("rb") as file:
                known = hashlib.file_digest(file, "sha256").digest()
            self.note(path, known)
        return known

    def fingerprint(self) -> bytes:
        """The fingerprint of what the file system says of every file; empty where one of them hasn't rested."""
        if not all(is_rested(stat, self._now) for stat in self._stats.values()):
            return b""
        return fingerprint(list(self._stats.items()))

    def to_know(self) -> Known:
        """What the next command can know without reading."""
        found: Known = {}
        known, digests, now = self._known.get, self._digests.get, self._now
        for path, stat in self._stats.items():
            before = known(path)
            if before is not None and before[0] == stat:
                found[path] = before
            elif (digest := digests(path)) is not None and is_rested(stat, now):
                found[path] = (stat, digest)
        return found


def _strays(root: Path) -> Iterator[Fault]:
    """What lies in `content/` and belongs to no reader: most often a name with a slip in it."""
    content = root / "content"
    for path in sorted(content.iterdir()) if content.is_dir() else ():
        known = _FOLDERS if path.is_dir() else _FILES
        if path.name not in known and not path.name.startswith("."):
            message = f"isn't read: nothing of that name belongs here{did_you_mean(path.name, known)}"
            yield warning(f"content/{path.name}", 0, "not-read", message)


def walk(root: Path, folder: str, faults: list[Fault]) -> Iterator[tuple[str, Stat]]:
    """Every file below `root`/`folder`, with its stat, in order.

    Files and folders whose names begin with a dot or a #, or end with `~`, are editors' and systems' own: left out.
    A folder that can't be read is an error, since its files would seem to be gone; so is a name that is not UTF-8.
    """
    if (root / folder).is_symlink():
        faults.append(
            error(folder, 0, "link", "is a link to a folder, which isn't followed; put the folder itself here")
        )
        return
    pending = [folder]
    while pending:
        place = pending.pop()
        try:
            with os.scandir(root / place) as found:
                entries = sorted((entry for entry in found if _is_content(entry.name)), key=lambda entry: entry.name)
        except OSError as problem:
            if place != folder or not isinstance(problem, FileNotFoundError):
                faults.append(error(place, 0, "unreadable", f"can't be read: {problem.strerror}"))
            continue
        folders = []
        for entry in entries:
            path = f"{place}/{entry.name}"
            if entry.is_dir():
                if entry.is_symlink():
                    message = "is a link to a folder, which isn't followed; put the folder itself here"
                    faults.append(warning(path, 0, "not-read", message))
                else:
                    folders.append(path)
                continue
            fault = _name_fault(path) or (_link_fault(root, folder, path) if entry.is_symlink() else None)
            if fault is None:
                yield path, _stat_of_entry(entry)
            else:
                faults.append(fault)
        pending.extend(reversed(folders))


def _stat_of_entry(entry: os.DirEntry[str]) -> Stat:
    try:
        return stat_of(entry.stat())
    except OSError:  # who reads it will say what is wrong
        return NO_STAT


def _is_content(name: str) -> bool:
    return not name.startswith((".", "#")) and not name.endswith("~")


def _link_fault(root: Path, folder: str, path: str) -> Fault | None:
    """A link out of its folder would publish a file that nobody meant to, of the archive or of this machine."""
    if (root / path).resolve().is_relative_to((root / folder).resolve()):
        return None
    return error(path, 0, "link", f"is a link out of {folder}; put the file itself here")


def _name_fault(path: str) -> Fault | None:
    if path.isascii():
        return None
    try:
        path.encode()
    except UnicodeEncodeError:
        shown = path.encode("utf-8", "backslashreplace").decode()
        return error(shown, 0, "encoding", "has a name that is not UTF-8; rename the file")
    return None


def is_markdown(path: str) -> bool:
    """Whether a file is a document, by its name."""
    return path.endswith(".md") and not path.endswith("/.md")
