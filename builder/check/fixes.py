"""Fixes: what `check --fix` mends. A person's file is changed by the fewest lines, and never under their hands."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct

from builder.faults import ArchiveError, error, has_errors, nearest
from builder.load import Content
from builder.load.documents import read_meta
from builder.model.briefing import Briefing
from builder.model.common import Document
from builder.model.documents import M
from builder.model.dossier import Dossier, Prose
from builder.reading.files import decode
from builder.reading.typed import field_names
from builder.reading.yaml_text import scalar_text


class Change(Struct, frozen=True):
    """One line that was changed or added, and what was done there."""

    path: str
    line: int
    what: str


def fix(
    root: Path, briefings: Iterable[Document[Briefing]], translated: Iterable[Document[Briefing]], content: Content
) -> list[Change]:
    """Gives briefings without an `id` theirs, and misspelled fields their names. Returns what was changed.

    `translated` are translations of briefings, which have no `id`.
    Raises ArchiveError where a file can't be written, or was changed by somebody else meanwhile.
    """
    changes: list[Change] = []
    for document in briefings:
        changes += _fix(root, document, Briefing, needs_id=document.meta.id is None)
    for document in translated:
        changes += _fix(root, document, Briefing, needs_id=False)
    for dossier in (*content.dossiers, *(t.document for t in content.translations.dossiers)):
        changes += _fix(root, dossier, Dossier, needs_id=False)
    for prose in (*content.prose, *(t.document for t in content.translations.prose)):
        changes += _fix(root, prose, Prose, needs_id=False)
    return changes


def _fix(root: Path, document: Document[Any], type_: type[M], *, needs_id: bool) -> list[Change]:
    path = (root / document.path).resolve()
    try:
        before = path.read_bytes()
        lines: list[bytes] = before.splitlines(keepends=True)
        changes = [*_rename_fields(lines, document, type_)]
        if needs_id and not any(change.what.endswith(" is now id") for change in changes):
            changes += _add_id(lines, document)
        after = b"".join(lines)
        if not changes or not _is_sound(after, document.path, type_):
            return []
        replace_bytes(path, before, after, document.path)
    except OSError as problem:
        raise ArchiveError([error(document.path, 0, "output", f"can't be written: {problem.strerror}")]) from problem
    return changes


def _rename_fields(lines: list[bytes], document: Document[Any], type_: type[M]) -> Iterator[Change]:
    taken = set(document.lines)
    for name in document.extra:
        right = nearest(name, field_names(type_))
        if right is None or right in taken:
            continue
        taken.add(right)
        number = document.lines[name]
        pattern = rb"^(\s*)([\"']?)" + re.escape(name.encode()) + rb"\2(\s*:)"
        lines[number - 1], done = re.subn(pattern, rb"\g<1>" + right.encode() + rb"\g<3>", lines[number - 1], count=1)
        if done:
            yield Change(document.path, number, f"{name} is now {right}")


def _add_id(lines: list[bytes], document: Document[Any]) -> Iterator[Change]:
    own_id = PurePosixPath(document.path).stem
    number = min(document.lines.values())
    first = lines[number - 1]
    indent = first[: len(first) - len(first.lstrip(b" "))]
    line_end = first[len(first.rstrip(b"\r\n")) :]
    lines.insert(number - 1, indent + f"id: {scalar_text(own_id)}".encode() + line_end)
    yield Change(document.path, number, f"id: {own_id} added")


def _is_sound(data: bytes, path: str, type_: type[M]) -> bool:
    """Whether a mended file still reads: one that was written in a way that we don't foresee stays as it is."""
    text, faults = decode(data, path)
    if text is None or faults:
        return False
    meta, faults = read_meta(text, path, type_)
    return meta is not None and not has_errors(faults)


def replace_bytes(path: Path, before: bytes, after: bytes, shown: str) -> None:
    """Puts `after` in the place of a file, by renaming, and only if it still holds `before`. Keeps its mode."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".sitrep-")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(after)
        temporary.chmod(path.stat().st_mode & 0o7777)
        if path.read_bytes() != before:
            message = "was changed while it was being mended; nothing was written, run the command again"
            raise ArchiveError([error(shown, 0, "changed", message)])
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
