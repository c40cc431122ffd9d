"""JSON rows: the objects in a file of JSON Lines, or in the list that a JSON document is or holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import msgspec
from msgspec import Raw

from builder.importing.capture import Capture, Refusal

_LARGEST = 200_000_000  # bytes of one JSON document, which is read as a whole; lines may be as many as there are
_LONGEST_LINE = 20_000_000
_BOM = b"\xef\xbb\xbf"
_NO_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def rows_in_json(file: BinaryIO, name: str) -> Iterator[Capture | Refusal]:
    """Each object, as it stands there; its name is that of the file with its line, or with its number in the list."""
    first, second = _filled_line(file), _filled_line(file)
    file.seek(0)
    # No document of JSON has two lines that begin with a brace at its top: these are lines of their own.
    if first.startswith(b"{") and second.startswith(b"{"):
        yield from _lines(file, name)
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
    if not rows:
        yield Refusal(name, "holds no object; give JSON with an object for each article")
    for number, row in enumerate(rows, 1):
        yield _row(row, f"{name}:{number}")


def _filled_line(file: BinaryIO) -> bytes:
    while line := file.readline(_LONGEST_LINE):
        if line := line.removeprefix(_BOM).strip():
            return line
    return b""


def _lines(file: BinaryIO, name: str) -> Iterator[Capture | Refusal]:
    number = 0
    while line := file.readline(_LONGEST_LINE):
        number += 1
        if line := line.removeprefix(_BOM).strip():
            yield _row(line, f"{name}:{number}")


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
