"""Delimiters: whether a text is a table, told by what stands between its columns (RFC 4180 and its relatives)."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from itertools import islice

from builder.importing.columns import columns_problem

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 200  # rows
_HEADING = re.compile(r"[^\W\d_][^\n\"“”]{0,59}")
# The line that tells spreadsheets what divides the columns.
_TOLD = re.compile(r"[\"']?sep=([,;\t|])[\"']?\s*?(?:\r?\n|\r)", re.IGNORECASE)
LARGEST_CELL = 8_000_000  # characters


def delimiter_of(text: str, *, is_whole: bool) -> str:
    """What divides the columns of the table that `text` is, or begins; empty where it is none.

    A table has two columns or more, a first row that names each, and rows as long as that; some, if these names are
    those that tables of articles have. `is_whole` tells that the last line isn't cut off.
    """
    if "\n" not in text.strip() or not any(delimiter in text for delimiter in _DELIMITERS):
        return ""
    if (told := _TOLD.match(text)) is not None:
        return told[1]
    best = (1, "")
    for delimiter in _DELIMITERS:
        rows = _rows(text, delimiter, is_whole=is_whole)
        if len(rows) > 1 and _is_head(rows[0]) and (_are_even(rows) or _is_spoilt(rows)):
            best = max(best, (len(rows[0]), delimiter))
    return best[1]


def tells_delimiter(row: Sequence[str]) -> bool:
    """Whether a row is the line `sep=;` above a table, divided as it says itself."""
    return "".join(row).strip("\ufeff \t\r\n\"'").lower() in ("sep=", *(f"sep={one}" for one in _DELIMITERS))


def _rows(text: str, delimiter: str, *, is_whole: bool) -> list[list[str]]:
    csv.field_size_limit(LARGEST_CELL)
    try:
        rows = [row for row in islice(csv.reader(text.splitlines(keepends=True), delimiter=delimiter), _SAMPLE) if row]
    except csv.Error:
        return []
    return rows if is_whole or len(rows) <= 2 or len(rows) >= _SAMPLE else rows[:-1]


def _is_head(row: Sequence[str]) -> bool:
    names = [name.strip() for name in row]
    if len(names) < 2 or len(set(names)) < len([name for name in names if name]):
        return False
    named = [name for name in names if name]
    # A sentence with a comma in it is no head.
    sound = all(_HEADING.fullmatch(name) and len(name.split()) <= 6 and name[-1] not in ".!?" for name in named)
    return sound and len(named) >= max(2, len(names) - 1)


def _is_spoilt(rows: Sequence[Sequence[str]]) -> bool:
    """Whether this is a table of articles, though many of its rows, or the only one, aren't sound."""
    is_sound = any(len(row) == len(rows[0]) for row in rows[1:]) or len(rows) == 2
    return is_sound and not columns_problem([name.strip() for name in rows[0] if name.strip()], ())


def _are_even(rows: Sequence[Sequence[str]]) -> bool:
    """Whether nearly all rows have as many cells as the first; of few, or of two columns, all must."""
    width = len(rows[0])
    even = sum(len(row) == width for row in rows)
    if width == 2 or len(rows) < 4:
        return even == len(rows) and (len(rows) > 2 or width > 2)
    return even >= 0.8 * len(rows)
