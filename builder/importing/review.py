"""Review: drafts with fields that nobody has confirmed, and the curator's yes to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from builder.check.fixes import replace_bytes
from builder.faults import ArchiveError, error, has_errors
from builder.load.documents import read_meta
from builder.model.briefing import Briefing
from builder.reading.files import decode
from builder.reading.sources import walk


class Waiting(Struct, frozen=True):
    """A briefing that waits for a curator: its file, what stands in it, and what was inferred."""

    path: str
    text: str
    inferred: dict[str, float]


def waiting(root: Path, paths: Sequence[str] | None = None) -> Iterator[Waiting]:
    """The briefings at `paths` (of the whole archive without them) that are drafts or hold what nobody has "
    "confirmed."""
    if paths is None:
        paths = [path for path, _ in walk(root, "content/briefings", []) if path.endswith(".md")]
    for path in paths:
        text, _ = decode((root / path).read_bytes(), path)
        meta = read_meta(text, path, Briefing)[0] if text is not None else None
        if text is not None and meta is not None and meta.inferred:
            yield Waiting(path, text, dict(meta.inferred))


def waiting_at(root: Path, path: str) -> Waiting | None:
    """The briefing at `path`, if it waits. Raises ArchiveError with what `sitrep check` says of the file, if it is at
    fault."""
    try:
        _need_sound((root / path).read_bytes(), path)
    except FileNotFoundError:  # whoever changed it took it away
        return None
    return next(waiting(root, [path]), None)


def accept(root: Path, path: str, *, publish: bool) -> None:
    """Takes `inferred` out of a briefing's front matter, and `draft: true` too if it is to be published.

    Raises ArchiveError where the file is at fault, somebody changes it meanwhile, or it is written in a way that isn't
    foreseen.
    """
    target = (root / path).resolve()
    before = target.read_bytes()
    _need_sound(before, path)
    after = confirmed(before, publish=publish)
    text, faults = decode(after, path)
    meta, meta_faults = read_meta(text, path, Briefing) if text is not None else (None, [])
    if meta is None or meta.inferred or (publish and meta.draft) or has_errors([*faults, *meta_faults]):
        raise ArchiveError([error(path, 0, "import", "can't be changed safely; delete `inferred` and `draft` by hand")])
    replace_bytes(target, before, after, path)


def _need_sound(data: bytes, path: str) -> None:
    text, faults = decode(data, path)
    found = [*faults, *(read_meta(text, path, Briefing)[1] if text is not None else [])]
    if has_errors(found):
        raise ArchiveError([fault for fault in found if fault.severity == "error"])


def confirmed(data: bytes, *, publish: bool) -> bytes:
    """The bytes of a file without its lines of `inferred` (and of `draft`, to publish it)."""
    lines = data.splitlines(keepends=True)
    closing = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() in (b"---", b"...")), len(lines))
    kept: list[bytes] = []
    dropping = False
    for at, line in enumerate(lines):
        if at < closing:
            if re.match(rb"inferred\s*:", line) or (publish and re.match(rb"draft\s*:", line)):
                dropping = True
                continue
            if dropping and line.startswith((b" ", b"\t")):
                continue
        dropping = False
        kept.append(line)
    return b"".join(kept)
