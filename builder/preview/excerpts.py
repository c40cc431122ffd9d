"""Excerpts: the lines of a file around the one that a fault names."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from builder.faults import Fault
from builder.reading.files import decode

_AROUND = 2  # lines before and after
_LONGEST = 200  # characters of a line
_LARGEST = 2_000_000  # bytes: more is no text that somebody wrote


class Line(Struct, frozen=True):
    """A line of a file, and whether it is the one."""

    number: int
    text: str
    is_it: bool


def excerpt(root: Path, fault: Fault) -> list[Line]:
    """The lines around a fault, as its file has them now; none where no line or no readable file is named."""
    place = root / fault.path
    try:
        if not fault.line or not place.resolve().is_relative_to(root) or place.stat().st_size > _LARGEST:
            return []
        text, _ = decode(place.read_bytes(), fault.path)
    except OSError:
        return []
    lines = (text or "").split("\n")
    first, last = max(fault.line - _AROUND, 1), min(fault.line + _AROUND, len(lines))
    return [Line(number, lines[number - 1][:_LONGEST], number == fault.line) for number in range(first, last + 1)]
