"""Tables: the rows of a CSV file, whatever divides its columns and however it is encoded."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO

import msgspec

from builder.importing.article import NoArticle
from builder.importing.capture import Capture, Refusal
from builder.importing.columns import Columns, columns_problem
from builder.importing.decoding import encoding_of
from builder.importing.delimiters import LARGEST_CELL, delimiter_of, tells_delimiter

_SAMPLE = 262_144  # bytes


def rows_in_table(file: BinaryIO, name: str, columns: Columns) -> Iterator[Capture | Refusal]:
    """Each row as a JSON object of its cells by their columns' names; its name is that of the file and its line.

    A row that is longer or shorter than the first, or not in the encoding of the rest, is refused; the whole table is,
    where its columns, by what is said of them and by their names, hold no articles.
    """
    sample = file.read(_SAMPLE)
    is_whole = len(sample) < _SAMPLE
    file.seek(0)
    try:
        encoding = encoding_of(sample)
    except NoArticle as problem:
        yield Refusal(name, str(problem))
        return
    delimiter = delimiter_of(sample.decode(encoding, "replace").lstrip("\ufeff \t\r\n"), is_whole=is_whole)
    if not delimiter:
        yield Refusal(name, "is a table whose columns can't be told apart; save it as CSV with commas")
        return
    csv.field_size_limit(LARGEST_CELL)
    text = TextIOWrapper(file, encoding, "surrogateescape", newline="")
    try:
        yield from _rows(csv.reader(text, delimiter=delimiter), name, encoding, columns)
    finally:
        text.detach()  # the file is for who opened it to close


def names_in_table(file: BinaryIO) -> tuple[str, ...]:
    """The names of a table's columns; none where they can't be told."""
    sample = file.read(_SAMPLE)
    try:
        text = sample.decode(encoding_of(sample), "replace").lstrip("\ufeff \t\r\n")
    except NoArticle:
        return ()
    delimiter = delimiter_of(text, is_whole=len(sample) < _SAMPLE)
    if not delimiter:
        return ()
    try:
        rows = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
        head = next((row for row in rows if not tells_delimiter(row)), [])
    except csv.Error:
        return ()
    return tuple(cell.strip() for cell in head)


def _rows(reader: Iterator[list[str]], name: str, encoding: str, columns: Columns) -> Iterator[Capture | Refusal]:
    head: list[str] = []
    line = 1
    while True:
        line = reader.line_num + 1  # type: ignore[attr-defined]  # of a row over several lines, the first
        try:
            row = next(reader)
        except StopIteration:
            return
        except UnicodeError:
            yield Refusal(f"{name}:{line}", f"is not in {encoding} from here on; save the whole table as UTF-8")
            return
        except csv.Error as problem:
            yield Refusal(f"{name}:{line}", f"can't be read ({problem}); mend the row: a quote may not be closed")
            continue
        if not any(cell.strip() for cell in row) or (not head and tells_delimiter(row)):
            continue
        if not head:
            head = [cell.strip("\ufeff \t\r\n") for cell in row]
            if missing := columns_problem([column for column in head if column], columns):
                yield Refusal(name, missing)
                return
            continue
        yield _row(head, row, f"{name}:{line}", encoding)


def _row(head: list[str], row: list[str], name: str, encoding: str) -> Capture | Refusal:
    if any(cell.strip() for cell in row[len(head) :]) or len(row) < len(head) - 1:
        width = "1 cell" if len(row) == 1 else f"{len(row)} cells"
        message = f"has {width} where the first row has {len(head)}; mend the row, perhaps a quote is missing"
        return Refusal(name, message)
    cells = {column: cell for column, cell in zip(head, row, strict=False) if column}
    try:
        return Capture(name=name, data=msgspec.json.encode(cells), kind="row")
    except UnicodeEncodeError:
        return Refusal(name, f"is not in the encoding of the rest, {encoding}; save the whole table as UTF-8")
