"""Working: files are converted in a worker process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

from builder.importing.archive_names import ArchiveNames
from builder.importing.capture import Capture, LeftOut, Refusal, stumbled
from builder.importing.conversion import Draft, Wanted, convert
from builder.importing.sources import Item
from builder.importing.tagging import Tagger

_LARGEST = 200_000_000  # bytes of a file that is read as a whole


class ConvertTask(Struct, frozen=True):
    """Some files, or pages out of them, to convert. `names` are the archive's, as MessagePack: each process makes its
    tagger of them once."""

    names: bytes
    wanted: Wanted
    things: tuple[Item | Capture, ...]


def convert_things(task: ConvertTask) -> list[list[Draft | Refusal | LeftOut]]:
    """What each thing of a task becomes."""
    return [
        convert_file(thing, task.names, task.wanted)
        if isinstance(thing, Item)
        else convert_capture(thing, task.names, task.wanted)
        for thing in task.things
    ]


def convert_file(item: Item, names: bytes, wanted: Wanted) -> list[Draft | Refusal | LeftOut]:
    """What one file becomes."""
    path = Path(item.path)
    try:
        if (size := path.stat().st_size) > _LARGEST:
            return [Refusal(item.name, f"has {size // 1_000_000} MB, which no article has; give the article alone")]
        data = path.read_bytes()
    except OSError as problem:
        return [Refusal(item.name, f"can't be read: {problem.strerror}")]
    return convert_capture(Capture(name=item.name, data=data), names, wanted)


def convert_capture(capture: Capture, names: bytes, wanted: Wanted) -> list[Draft | Refusal | LeftOut]:
    """What one capture becomes. One that Sitrep stumbles over is refused like others: the rest has to go on."""
    try:
        return list(convert(capture, tagger_of(names), wanted))
    except Exception as problem:  # noqa: BLE001  # of a hundred thousand captures, one must not cost all the others
        return [stumbled(capture.name, problem)]


def load_libraries(names: bytes, wanted: Wanted) -> None:
    """Converts a page, so that worker processes which are forked have all that this takes, and needn't load it each.

    It becomes a draft: what a page is refused for is found out before the half of it is done.
    """
    paragraph = f"<p>{'Mayor Jo Writer told NATO in Serbia on Wednesday that it was open. ' * 3}</p>"
    data = f"<html lang='en'><h1>A bridge is open again</h1><time>2022-08-24</time>{paragraph * 2}".encode()
    convert_capture(Capture(name="", data=data), names, wanted)


@lru_cache(maxsize=2)
def tagger_of(names: bytes) -> Tagger:
    """The tagger for an archive's names, made once in each process."""
    return Tagger(msgspec.msgpack.decode(names, type=ArchiveNames))
