"""Faults: what is wrong with an archive, where, and the way out.

A fault is a value that a stage returns and the command line prints. Exceptions are for what nobody expected.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning"]


class Fault(Struct, frozen=True, order=True, array_like=True):
    """One thing that is wrong.

    `path` is relative to the archive's root, with forward slashes, and empty where no file is to blame; `line`
    counts from 1, and is 0 where no line is known. `code` is a stable word for programs, `field` the name of the
    front-matter field or setting (or empty). `message` says what is wrong and what to do.
    """

    path: str
    line: int
    severity: Severity
    code: str
    field: str
    message: str

    def __str__(self) -> str:
        """One line that an editor can jump to: `path:line: severity: field: message`."""
        place = f"{self.path}:{self.line}: " if self.line else f"{self.path}: " if self.path else ""
        field = f"{self.field}: " if self.field else ""
        return f"{place}{self.severity}: {field}{self.message}"


class ArchiveError(Exception):
    """Stops a command because the archive (or its target) is at fault. Carries every fault that is known."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def error(path: str, line: int, code: str, message: str, field: str = "") -> Fault:
    """A fault that stops the build."""
    return Fault(path, line, "error", code, field, message)


def warning(path: str, line: int, code: str, message: str, field: str = "") -> Fault:
    """A fault that doesn't stop the build, unless the command is `--strict`."""
    return Fault(path, line, "warning", code, field, message)


def has_errors(faults: Iterable[Fault]) -> bool:
    """Whether any of `faults` stops the build."""
    return any(fault.severity == "error" for fault in faults)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` is probably a misspelling of, or None."""
    by_folded: dict[str, str] = {}
    for candidate in known:
        by_folded.setdefault(candidate.casefold(), candidate)
    matches = difflib.get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.75)
    return by_folded[matches[0]] if matches and not _negates(name.casefold(), matches[0]) else None


def _negates(name: str, known: str) -> bool:
    """Whether `name` means the opposite of `known`: nobody who writes `unconfirmed` meant `confirmed`."""
    return (
        name != known
        and name.endswith(known)
        and name.removesuffix(known).rstrip("-") in ("de", "dis", "in", "non", "un")
    )


class Hints:
    """Suggests a known name for a misspelled one. Remembers what it said, and falls silent after `limit` names.

    Each new name is compared with all known ones: an archive in which half of them are unknown would otherwise cost
    the square of its size, for hints that nobody reads to the end.
    """

    def __init__(self, known: Iterable[str], limit: int = 100) -> None:
        self._known = tuple(known)
        self._limit = limit
        self._found: dict[str, str | None] = {}

    def nearest(self, name: str) -> str | None:
        """The known name that `name` is probably a misspelling of, or None."""
        if name not in self._found:
            self._found[name] = nearest(name, self._known) if len(self._found) < self._limit else None
        return self._found[name]

    def did_you_mean(self, name: str) -> str:
        """`; did you mean "X"?` for the nearest known name, or nothing."""
        match = self.nearest(name)
        return f'; did you mean "{match}"?' if match else ""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`; did you mean "X"?` for the nearest known name, or nothing."""
    match = nearest(name, known)
    return f'; did you mean "{match}"?' if match else ""
