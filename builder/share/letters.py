"""Letters: which ones the fonts of share pictures have, how wide they are, and so where a line ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

from msgspec import json

FONTS = Path(__file__).parent / "fonts"
Face = Literal["serif", "sans"]
_EM = 1000
# What is put around a line that runs from right to left (Unicode, annex 9), and is never seen.
_HYPHEN = re.compile(r"(?<=[-–—/])(?=\w)")
_ISOLATE, _END = "\u2067", "\u2069"


@cache
def _advances() -> dict[str, dict[str, int]]:
    found = json.decode((FONTS / "advances.json").read_bytes(), type=dict[str, list[tuple[int, int]]])
    return {face: {chr(letter): width for letter, width in widths} for face, widths in found.items()}


def missing(text: str, face: Face) -> list[str]:
    """The letters of a text that a face hasn't, each once, in their order."""
    known = _advances()[face]
    return [letter for letter in dict.fromkeys(text) if letter not in known and not letter.isspace()]


def width_of(text: str, face: Face, size: float) -> float:
    """How wide a line is, or a little less, in the units of `size`. Letters that are joined are narrower than apart."""
    known = _advances()[face]
    return sum(known.get(letter, _EM // 2) for letter in text) * size / _EM


def wrapped(text: str, face: Face, size: float, width: float) -> list[str]:
    """A text in lines that are no wider than `width`, divided at spaces and hyphens; a longer word is divided anywhere.

    No line is empty.
    """
    lines: list[str] = []
    line = ""
    for piece, gap in _pieces(text, face, size, width):
        longer = f"{line}{gap}{piece}"
        if line and width_of(longer, face, size) > width:
            lines.append(line)
            line = piece
        else:
            line = longer if line else piece
    return [*lines, line] if line else lines


def longest_part(text: str, face: Face, size: float) -> float:
    """How wide the longest part of a text is that is better not divided."""
    return max((width_of(part, face, size) for word in text.split() for part in _parts(word)), default=0.0)


def _pieces(text: str, face: Face, size: float, width: float) -> Iterator[tuple[str, str]]:
    """What may stand on a line of its own, and what stands before it where it doesn't."""
    for word in text.split():
        gap = " "
        for part in _parts(word):
            rest = part
            while width_of(rest, face, size) > width and len(rest) > 1:
                end = len(rest) - 1
                while end > 1 and width_of(rest[:end], face, size) > width:
                    end -= 1
                yield rest[:end], gap
                rest, gap = rest[end:], ""
            yield rest, gap
            gap = ""


def _parts(word: str) -> list[str]:
    """A word, divided behind its hyphens and dashes."""
    return [part for part in _HYPHEN.split(word) if part]


def shortened(lines: list[str], count: int) -> list[str]:
    """The first lines, with a sign that there was more if there was."""
    return lines if len(lines) <= count else [*lines[: count - 1], f"{lines[count - 1].rstrip('.,;: ')}…"]


def directed(line: str, direction: str) -> str:
    """A line that is read from right to left whatever it begins with, if that is its direction."""
    return f"{_ISOLATE}{line}{_END}" if direction == "rtl" else line
