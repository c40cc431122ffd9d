"""Fixes: what `check --fix` mends. A person's file is changed by the fewest lines, and never under their hands."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct

from builder.check.marking import with_aliases, with_published
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


class ToPublish(Struct, frozen=True):
    """What files must say so that what is public is on record and stays so.

    `instant` is when the briefings in `briefings` (their paths) become public. `aliases` has, by path, the addresses
    that must go on answering.
    """

    instant: str = ""
    briefings: frozenset[str] = frozenset()
    aliases: Mapping[str, Sequence[str]] = {}


NOTHING = ToPublish()


def fix(
    root: Path,
    briefings: Iterable[Document[Briefing]],
    translated: Iterable[Document[Briefing]],
    content: Content,
    to_publish: ToPublish = NOTHING,
) -> list[Change]:
    """Gives briefings without an `id` theirs, and misspelled fields their names. Returns what was changed.

    `translated` are translations of briefings, which have no `id`. What is `to_publish` gets what it needs for that.
    Raises ArchiveError where a file can't be written, or was changed by somebody else meanwhile.
    """
    changes: list[Change] = []
    for document in briefings:
        changes += _fix(root, document, Briefing, to_publish, needs_id=document.meta.id is None)
    for document in translated:
        changes += _fix(root, document, Briefing, to_publish, needs_id=False)
    for dossier in (*content.dossiers, *(t.document for t in content.translations.dossiers)):
        changes += _fix(root, dossier, Dossier, to_publish, needs_id=False)
    for prose in (*content.prose, *(t.document for t in content.translations.prose)):
        changes += _fix(root, prose, Prose, to_publish, needs_id=False)
    return changes


def mark_published(root: Path, documents: Iterable[Document[Briefing]], instant: str) -> list[Change]:
    """Gives briefings that become public at `instant` a `published`, and mends nothing else. Returns what was changed.

    Raises ArchiveError as `fix` does.
    """
    changes: list[Change] = []
    for document in documents:
        to_publish = ToPublish(instant, frozenset({document.path}))
        changes += _mended(root, document, Briefing, partial(_mark, document=document, to_publish=to_publish))
    return changes


def _fix(root: Path, document: Document[Any], type_: type[M], to_publish: ToPublish, *, needs_id: bool) -> list[Change]:
    def mend(lines: list[bytes]) -> Iterator[Change]:
        renamed = [*_rename_fields(lines, document, type_)]
        yield from renamed
        # From the last line to the first: the lines that a document knows are those above what was added.
        yield from _mark(lines, document, to_publish)
        if needs_id and not any(change.what.endswith(" is now id") for change in renamed):
            yield from _add_id(lines, document)

    return _mended(root, document, type_, mend)


def _mark(lines: list[bytes], document: Document[Any], to_publish: ToPublish) -> Iterator[Change]:
    wanted = to_publish.aliases.get(document.path)
    is_new = document.path in to_publish.briefings
    steps = [
        (document.lines.get("aliases", document.lines.get("slug", 0)), "aliases"),
        (document.lines.get("date", 0), "published"),
    ]
    for _, field in sorted(steps, reverse=True):
        if field == "aliases" and wanted and (number := with_aliases(lines, document, wanted)):
            yield Change(document.path, number, f"{', '.join(wanted)} added to aliases")
        if field == "published" and is_new and (number := with_published(lines, document, to_publish.instant)):
            yield Change(document.path, number, f"published: {to_publish.instant} added")


def _mended(
    root: Path, document: Document[Any], type_: type[Any], mend: Callable[[list[bytes]], Iterable[Change]]
) -> list[Change]:
    path = (root / document.path).resolve()
    try:
        before = path.read_bytes()
        lines: list[bytes] = before.splitlines(keepends=True)
        changes = [*mend(lines)]
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
