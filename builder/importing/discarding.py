"""Discarding: a draft that a curator says no to goes, and is remembered so that no import brings it back.

Its capture stays, as evidence of what was looked at. What is remembered stands in a file of the archive, since another
curator imports the same folder on another machine.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import msgspec
from msgspec import Struct

from builder.check.fixes import replace_bytes
from builder.faults import ArchiveError, error, has_errors
from builder.importing.evidence import write_new
from builder.load.documents import read_meta
from builder.model.briefing import Briefing
from builder.reading.files import decode

LIST = "discarded.jsonl"  # at the archive's root, beside published.json


class Discarded(Struct, frozen=True, omit_defaults=True):
    """A draft that is no more: its id and headline, its capture's digest, and where its article was read."""

    id: str
    title: str = ""
    sha256: str = ""
    urls: tuple[str, ...] = ()


def discarded(root: Path) -> list[Discarded]:
    """What was discarded in the archive at `root`. Raises ArchiveError where the list can't be read."""
    try:
        lines = (root / LIST).read_bytes().splitlines()
    except FileNotFoundError:
        return []
    found: list[Discarded] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(msgspec.json.decode(line, type=Discarded))
            except msgspec.MsgspecError as problem:
                message = f"can't be read: {problem}; restore the line, or delete it"
                raise ArchiveError([error(LIST, number, "import", message)]) from problem
    return found


def discard(root: Path, path: str) -> None:
    """Deletes the draft at `path`, after noting what it was made from.

    Raises ArchiveError where it is no draft or at fault, or somebody changes the list meanwhile.
    """
    target = root / path
    text, faults = decode(target.read_bytes(), path)
    meta, meta_faults = read_meta(text, path, Briefing) if text is not None else (None, [])
    if meta is None or has_errors([*faults, *meta_faults]):
        raise ArchiveError([fault for fault in (*faults, *meta_faults) if fault.severity == "error"])
    if not meta.draft:
        message = "is no draft, so that it may be public: withdraw it instead, as docs/writing.md says"
        raise ArchiveError([error(path, 0, "import", message)])
    one = Discarded(
        meta.id or Path(path).stem,
        meta.title or "",
        meta.capture.sha256 if meta.capture is not None else "",
        tuple(source.url for source in meta.sources if source.url),
    )
    _note(root, one)
    target.unlink()


def _note(root: Path, one: Discarded) -> None:
    """Adds a line to the list, which is sorted by id so that git merges it."""
    by_id = {other.id: other for other in discarded(root)} | {one.id: one}
    after = b"".join(msgspec.json.encode(by_id[own]) + b"\n" for own in sorted(by_id))
    target = root / LIST
    if target.exists():
        replace_bytes(target, target.read_bytes(), after, LIST)
    else:
        write_new(target, BytesIO(after))
