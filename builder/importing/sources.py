"""Sources: what is to be imported, as it was named: files, folders, standard input, addresses."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from builder.importing.capture import Refusal

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Item(Struct, frozen=True, array_like=True):
    """One thing to import: a file at `path`, or an address, or standard input where both are empty."""

    name: str
    path: str = ""
    url: str = ""


def is_address(text: str) -> bool:
    """Whether a source is an address of the web."""
    return re.match(r"https?://", text, re.IGNORECASE) is not None


def items_of(sources: Sequence[str]) -> Iterator[Item | Refusal]:
    """Everything that `sources` name, folders with all that is in them, in order."""
    for source in sources:
        if source == "-":
            yield Item("standard input")
        elif is_address(source):
            yield Item(source, url=source)
        elif Path(source).is_dir():
            yield from _files_in(Path(source))
        elif Path(source).is_file():
            yield Item(_shown(source), path=source)
        elif Path(source).exists():
            yield Refusal(_shown(source), "is a pipe or a device; send what is in it to standard input, and give -")
        else:
            yield Refusal(_shown(source), "is not there; give a file, a folder, - or an address that begins with http")


def _files_in(folder: Path) -> Iterator[Item | Refusal]:
    count = 0
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and not name.endswith("~"):
                count += 1
                path = str(Path(place) / name)
                yield Item(_shown(path), path=path)
    if not count:
        yield Refusal(_shown(str(folder)), "is an empty folder; give one with captures in it")


def _shown(path: str) -> str:
    """A path in one line that can be written anywhere, whatever bytes its file's name has."""
    text = path.encode("utf-8", "backslashreplace").decode()
    return _CONTROLS.sub(lambda match: repr(match[0])[1:-1], text)
