"""PDF columns: lines of a page that was printed in columns, and drawn line by line across them, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from builder.importing.furniture import length
from builder.importing.pdf_lines import PrintedLine

_FEWEST = 5  # lines of a column
_CROSSING = 0.25  # share of lines that may go over the gap between columns: headlines, lines below pictures
_FULL = 0.65  # of a column's widest line: so wide are lines of running text, and not a table's cells
_MOSTLY = 0.6
_WORDS = 3  # of a line of running text, on average


def in_reading_order(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines of a page. Those that hold pieces of several columns are taken apart, and follow column by column.

    The document's own order is kept unless it goes to and fro between columns of running text.
    """
    pieces = [piece for line in lines for piece in line.pieces or (line,)]
    gap = _gap_in(pieces)
    if gap is None:
        return list(lines)
    return list(_by_column(pieces, gap))


def _gap_in(pieces: Sequence[PrintedLine]) -> float | None:
    """Where on the page text stands to the left and to the right, and is read in turn; None for nowhere."""
    best: tuple[float, float] | None = None
    for at in sorted({piece.right + 0.5 for piece in pieces}):
        left = [piece for piece in pieces if piece.right <= at]
        right = [piece for piece in pieces if piece.left > at]
        crossing = len(pieces) - len(left) - len(right)
        if min(len(left), len(right)) < _FEWEST or crossing > _CROSSING * len(pieces):
            continue
        if _is_running(left) and _is_running(right) and (best is None or (crossing, -at) < best):
            best = (crossing, -at)
    if best is None:
        return None
    at = -best[1]
    sides = [piece.left > at for piece in pieces if piece.right <= at or piece.left > at]
    turns = sum(first != second for first, second in pairwise(sides))
    return at if turns >= min(sides.count(True), sides.count(False)) else None


def _is_running(column: Sequence[PrintedLine]) -> bool:
    widest = max(piece.right - piece.left for piece in column)
    full = sum(piece.right - piece.left >= _FULL * widest for piece in column)
    return full >= _MOSTLY * len(column) and sum(length(piece.text) for piece in column) >= _WORDS * len(column)


def _by_column(pieces: Sequence[PrintedLine], gap: float) -> Iterator[PrintedLine]:
    left: list[PrintedLine] = []
    right: list[PrintedLine] = []
    for piece in sorted(pieces, key=lambda piece: (-round(piece.top), piece.left)):
        if piece.left > gap:
            right.append(piece)
        elif piece.right <= gap:
            left.append(piece)
        else:  # what goes over both columns divides them
            yield from (*in_reading_order(left), *in_reading_order(right), piece)
            left, right = [], []
    yield from (*in_reading_order(left), *in_reading_order(right))
