"""Tables: rows as lines of CSV (RFC 4180) that open right in a spreadsheet, and do nothing there."""

from __future__ import annotations

import csv
from types import SimpleNamespace
from typing import Any

from builder.citations.citation import one_line
from builder.dataset.fields import FIELDS, Row

# Spreadsheets take a file for UTF-8 if it begins so; what reads data drops it.
BYTE_ORDER_MARK = "\ufeff"
SEPARATOR = " | "
COLUMNS = tuple([field for field in FIELDS if field.kind != "mappings"])
# What a spreadsheet would take for the beginning of a formula, by OWASP's page on 'CSV injection'; also in full width.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def heads() -> str:
    """The first line of a table, with what stands before it."""
    return BYTE_ORDER_MARK + ",".join(column.name for column in COLUMNS) + "\r\n"


def table_line(row: Row) -> str:
    """A row as a line of a table, with its end. Several texts in one cell have ` | ` between them.

    No cell holds a line break, so that a line is a row for whoever reads line by line.
    """
    lines: list[str] = []
    csv.writer(SimpleNamespace(write=lines.append), lineterminator="\r\n").writerow(
        [_cell(row[column.name]) for column in COLUMNS]
    )
    return lines[0]


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        value = SEPARATOR.join(value)
    if not isinstance(value, str):
        return value
    text = one_line(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
