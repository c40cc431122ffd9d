"""JSON rows: the objects in a file of JSON Lines, or in the list that a JSON document is or holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO

import msgspec
from msgspec import Raw

from builder.importing.capture import Capture, Refusal
from builder.importing.columns import Columns, columns_problem
from builder.importing.rows import cells_of

_LARGEST = 200_000_000  # bytes of one JSON document, which is read as a whole; lines may be as many as there are
_LONGEST_LINE = 20_000_000
_SAMPLE = 100  # objects: a file that has more may have other columns further on
_BOM = b"\xef\xbb\xbf"
_NO_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def rows_in_json(file: BinaryIO, name: str, columns: Columns) -> Iterator[Capture | Refusal]:
    """Each object, as it stands there; its name is that of the file with its line, or with its number in the list.

    A small file is refused as a whole where none of its objects is an article, by what is said of `columns` and by
    their names.
    """
    if _has_lines(file):
        if told := _problem((line for _, line in _filled_lines(file)), columns):
            yield Refusal(name, told)
            return
        file.seek(0)
        yield from (_row(line, f"{name}:{number}") for number, line in _filled_lines(file))
        return
    data = file.read(_LARGEST + 1).removeprefix(_BOM)
    if len(data) > _LARGEST:
        yield Refusal(name, f"has over {_LARGEST // 1_000_000} MB of JSON in one piece; save it as JSON Lines")
        return
    try:
        rows = _rows_of(data)
    except _NO_JSON as problem:
        yield Refusal(name, f"is no JSON that can be read ({problem}); mend it, or save it as JSON Lines")
        return
    if not any(row.strip(b"{} \t\r\n") for row in rows):
        yield Refusal(name, "holds no object; give JSON with an object for each article")
        return
    if told := _problem(rows, columns):
        yield Refusal(name, told)
        return
    for number, row in enumerate(rows, 1):
        yield _row(row, f"{name}:{number}")


def names_in_json(file: BinaryIO) -> tuple[str, ...]:
    """The names of the columns that the first objects have; none where there is no object that can be read."""
    if _has_lines(file):
        return _names(line for _, line in _filled_lines(file))[0]
    try:
        return _names(_rows_of(file.read(_LARGEST).removeprefix(_BOM)))[0]
    except _NO_JSON:
        return ()


def _problem(rows: Iterable[bytes], columns: Columns) -> str:
    """Why no row can be imported, where these are few enough to tell it of all at once; or nothing."""
    names, is_whole = _names(rows)
    return columns_problem(names, columns) if names and is_whole else ""


def _names(rows: Iterable[bytes]) -> tuple[tuple[str, ...], bool]:
    """The names of the first rows' fields, since each may lack some; and whether these are all rows."""
    names: dict[str, None] = {}
    rows = iter(rows)
    for row in islice(rows, _SAMPLE):
        try:
            fields = msgspec.json.decode(row)
        except _NO_JSON:
            continue
        if isinstance(fields, dict):
            names |= dict.fromkeys(name for name, _ in cells_of(fields))
    return tuple(names), next(rows, None) is None


def _has_lines(file: BinaryIO) -> bool:
    """Whether a file has an object in each line: no document of JSON has two that begin with a brace at its top."""
    first, second = _filled_line(file), _filled_line(file)
    file.seek(0)
    return first.startswith(b"{") and second.startswith(b"{")


def _filled_line(file: BinaryIO) -> bytes:
    return next(_filled_lines(file), (0, b""))[1]


def _filled_lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that hold something, each with its number."""
    number = 0
    while line := file.readline(_LONGEST_LINE):
        number += 1
        if line := line.removeprefix(_BOM).strip():
            yield number, line


def _row(data: bytes, name: str) -> Capture | Refusal:
    try:
        is_object = isinstance(msgspec.json.decode(data), dict)
    except _NO_JSON as problem:
        return Refusal(name, f"is no JSON ({problem}); mend the line, or delete it")
    if not is_object:
        return Refusal(name, "is no object; give one with a field for each column")
    return Capture(name=name, data=data, kind="row")


def _rows_of(data: bytes) -> list[bytes]:
    """The rows of a document: its own, if it is a list; those of the one list of objects in it; or itself."""
    if data.lstrip().startswith(b"["):
        return [bytes(row) for row in msgspec.json.decode(data, type=list[Raw])]
    lists = [value for value in map(bytes, msgspec.json.decode(data, type=dict[str, Raw]).values()) if _is_list(value)]
    return [bytes(row) for row in msgspec.json.decode(lists[0], type=list[Raw])] if len(lists) == 1 else [data]


def _is_list(data: bytes) -> bool:
    return data.startswith(b"[") and data[1:].lstrip().startswith(b"{")
