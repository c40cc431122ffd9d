"""Sources: what is to be imported, as it was named: files, folders, standard input, addresses."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from builder.importing.capture import LeftOut, Refusal
from builder.importing.phrases import alternatives

_SAVED = re.compile(rf"(.+)[_.-](?:{alternatives('saved_folders')})", re.IGNORECASE)
_PAGES = (".html", ".htm", ".xhtml", ".HTML", ".HTM")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Item(Struct, frozen=True, array_like=True):
    """One thing to import: a file at `path`, or an address, or standard input where both are empty."""

    name: str
    path: str = ""
    url: str = ""


def is_address(text: str) -> bool:
    """Whether a source is an address of the web."""
    return re.match(r"https?://", text, re.IGNORECASE) is not None


def items_of(sources: Sequence[str]) -> Iterator[Item | Refusal | LeftOut]:
    """Everything that `sources` name, folders with all that is in them, in order.

    What a browser saved beside a page, its pictures and scripts, is left out and counted.
    """
    beside = 0
    paths = list(map(Path, sources))
    names: dict[Path, set[str]] = {}
    for path in paths:
        names.setdefault(path.parent, set()).add(path.name)
    for source, path in zip(sources, paths, strict=True):
        if source == "-":
            yield Item("standard input")
        elif is_address(source):
            yield Item(source, url=source)
        elif path.is_dir():
            if _is_beside(path.name, names[path.parent]):
                beside += _count(path)
            else:
                yield from _files_in(path)
        elif path.is_file():
            yield Item(_shown(source), path=source)
        elif path.exists():
            yield Refusal(_shown(source), "is a pipe or a device; send what is in it to standard input, and give -")
        else:
            yield Refusal(_shown(source), "is not there; give a file, a folder, - or an address that begins with http")
    yield from _left_out("the folders beside saved pages", beside)


def _files_in(folder: Path) -> Iterator[Item | Refusal | LeftOut]:
    count = beside = 0
    for place, folders, names in os.walk(folder):
        pages = set(names)
        beside += sum(_count(Path(place) / name) for name in folders if _is_beside(name, pages))
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _is_beside(name, pages))
        for name in sorted(names):
            if _is_wanted(name):
                count += 1
                path = str(Path(place) / name)
                yield Item(_shown(path), path=path)
    if not count:
        yield Refusal(_shown(str(folder)), "is an empty folder; give one with captures in it")
    yield from _left_out(_shown(str(folder)), beside)


def _is_beside(folder: str, names: Collection[str]) -> bool:
    """Whether a folder holds what a browser saved with a page that lies beside it, among `names`."""
    match = _SAVED.fullmatch(folder)
    return match is not None and any(f"{match[1]}{ending}" in names for ending in _PAGES)


def _count(folder: Path) -> int:
    return sum(_is_wanted(name) for _, _, names in os.walk(folder) for name in names)


def _is_wanted(name: str) -> bool:
    return not name.startswith(".") and not name.endswith("~")


def _left_out(name: str, count: int) -> Iterator[LeftOut]:
    if count:
        what = "file that was saved with a page" if count == 1 else "files that were saved with pages"
        yield LeftOut(name, what, count)


def _shown(path: str) -> str:
    """A path in one line that can be written anywhere, whatever bytes its file's name has."""
    text = path.encode("utf-8", "backslashreplace").decode()
    return _CONTROLS.sub(lambda match: repr(match[0])[1:-1], text)
