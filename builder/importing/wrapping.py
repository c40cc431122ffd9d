"""Wrapping: a text whose lines a program has broken at a width, as it was before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from builder.importing.bylines import BY
from builder.importing.furniture import is_sentence
from builder.importing.trimming import is_dateline

_NARROWEST, _WIDEST = 45, 100  # letters: no program breaks lines of prose elsewhere
_FILLED = 0.85  # of the width: who makes even lines leaves more room than the next word takes
_FEWEST = 3  # lines that are broken so: two may be as long as each other by chance
_WORDS = 4  # in a line: where words aren't divided by spaces, a line tells no width
_ITEM = re.compile(r"\s*(?:[-*•+>]|\d{1,2}[.)])\s")


def unwrapped(text: str) -> str:
    """`text` with a line for each paragraph, if its lines are broken at a width; else as it is."""
    lines = [line.rstrip() for line in text.expandtabs(4).split("\n")]
    # A headline may be longer than its text is wide.
    below = [line for line in lines if " " in line.strip()][1:]
    width = max(map(len, below), default=0)
    pairs = [(line, behind) for line, behind in pairwise(lines) if line and behind]
    broken = [line for line, behind in pairs if _goes_on(line, behind, width)]
    open_ended = sum(not is_sentence(line) for line in broken)
    if not _NARROWEST <= width <= _WIDEST or len(broken) < max(_FEWEST, len(pairs) / 2):
        return text
    return "\n".join(_joined(lines, width)) if open_ended > len(broken) / 2 else text


def _joined(lines: Sequence[str], width: int) -> list[str]:
    found = [lines[0]]
    for line, behind in pairwise(lines):
        if _goes_on(line, behind, width):
            found[-1] += f" {behind.strip()}"
        else:
            found.append(behind)
    return found


def _goes_on(line: str, behind: str, width: int) -> bool:
    """Whether a line has been broken: the next word had no room in it, and what follows is no line of its own."""
    words = behind.split()
    if not words or len(line.split()) < _WORDS or _ITEM.match(behind) or _indent(behind) > _indent(line):
        return False
    return len(line) + 1 + len(words[0]) > _FILLED * width and not is_dateline(behind) and not BY.match(behind)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
