"""Containers: files that hold many articles, which are taken out one by one: a file may be larger than memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO, TypeAlias

import msgspec

from builder.importing.capture import Capture, Kind, LeftOut, Refusal, stumbled
from builder.importing.columns import Columns
from builder.importing.entries import Entry
from builder.importing.json_rows import names_in_json, rows_in_json
from builder.importing.mailbox import messages_in
from builder.importing.rows import read_row
from builder.importing.tables import names_in_table, rows_in_table
from builder.importing.webarchive import pages_in_wacz, pages_in_warc
from builder.importing.wordpress import posts_in

Part: TypeAlias = Capture | Refusal | LeftOut

_PARTS: dict[Kind, Callable[[BinaryIO, str], Iterator[Part]]] = {
    "warc": pages_in_warc,
    "wacz": pages_in_wacz,
    "mailbox": messages_in,
    "wordpress": posts_in,
}
_ROWS: dict[Kind, Callable[[BinaryIO, str, Columns], Iterator[Part]]] = {"table": rows_in_table, "json": rows_in_json}
CONTAINERS = frozenset({*_PARTS, *_ROWS})


def parts_in(kind: Kind, file: BinaryIO, name: str, columns: Columns) -> Iterator[Part]:
    """What a container holds, what in it can't be read, and what is left out. `name` is the file's.

    `columns` is what whoever imports says about those of tables.
    """
    try:
        yield from _ROWS[kind](file, name, columns) if kind in _ROWS else _PARTS[kind](file, name)
    except Exception as problem:  # noqa: BLE001  # one spoilt file must not cost all that come after it
        yield stumbled(name, problem)


def known_by(part: Capture, columns: Columns) -> tuple[str, str]:
    """What a part is known by, the key of its article and its address, as far as that is told without converting it."""
    try:
        if part.kind == "row":
            entry = read_row(part, columns)
        elif part.kind == "entry":
            entry = msgspec.json.decode(part.data, type=Entry)
        else:
            return "", part.url
    except Exception:  # noqa: BLE001  # who converts it tells that, whatever it is
        return "", ""
    return entry.key, entry.url


def names_in(kind: Kind, file: BinaryIO) -> tuple[str, ...]:
    """The names of the columns of a table; none of what is no table."""
    return names_in_table(file) if kind == "table" else names_in_json(file) if kind == "json" else ()
