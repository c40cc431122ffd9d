"""Attaching: a further source of a briefing that is there. Its file is changed by the lines of that source alone."""

from __future__ import annotations

import re
from pathlib import Path

from builder.check.fixes import replace_bytes
from builder.faults import has_errors
from builder.importing.briefing_file import Source, source_lines
from builder.load.documents import read_meta
from builder.model.briefing import Briefing, SourceEntry
from builder.names import fold
from builder.reading.files import decode


def attach(root: Path, path: str, source: Source) -> bool:
    """Adds an entry to the `sources` of the briefing at `path`; False where its file is written in an unforeseen way.

    Raises ArchiveError where somebody changes the file meanwhile, OSError where it can't be written.
    """
    target = (root / path).resolve()
    before = target.read_bytes()
    after = with_source(before, path, source)
    if after is None:
        return False
    replace_bytes(target, before, after, path)
    return True


def is_unsourced_draft(root: Path, path: str) -> bool:
    """Whether the briefing at `path` is a draft that says of no source where it comes from."""
    try:
        text, _ = decode((root / path).read_bytes(), path)
    except OSError:  # it is there no more, or would only be written
        return False
    meta = read_meta(text, path, Briefing)[0] if text is not None else None
    return meta is not None and meta.draft and not meta.sources


def with_source(data: bytes, path: str, source: Source) -> bytes | None:
    """The bytes of a briefing's file with one more source, or None where that can't be done by adding lines."""
    text, faults = decode(data, path)
    meta = read_meta(text, path, Briefing)[0] if text is not None and not faults else None
    entry = source_lines(source)
    if meta is None or not entry or any(_is_same(one, source) for one in meta.sources):
        return None
    lines = data.splitlines(keepends=True)
    line_end = b"\r\n" if lines and lines[0].endswith(b"\r\n") else b"\n"
    place, dash, inner = _place(lines)
    if place is None:
        return None
    new = [f"{dash if index == 0 else inner}{line}".encode() + line_end for index, line in enumerate(entry)]
    if not any(re.match(rb"sources\s*:", line) for line in lines[: place + 1]):
        new.insert(0, b"sources:" + line_end)
    after = b"".join([*lines[:place], *new, *lines[place:]])
    mended, faults = decode(after, path)
    changed = read_meta(mended, path, Briefing) if mended is not None and not faults else (None, [])
    # Only what reads as the same briefing with one source more is written.
    is_sound = (
        changed[0] is not None and not has_errors(changed[1]) and len(changed[0].sources) == len(meta.sources) + 1
    )
    return after if is_sound else None


def _is_same(entry: SourceEntry, source: Source) -> bool:
    if source.url or entry.url:
        return entry.url == source.url
    return entry.name is not None and fold(entry.name.name) == fold(source.name)


def _place(lines: list[bytes]) -> tuple[int | None, str, str]:
    """Before which line an entry goes, and how its first and its other lines are indented."""
    closing = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() in (b"---", b"...")), None)
    if closing is None:
        return None, "", ""
    start = next((at for at in range(closing) if re.match(rb"sources\s*:\s*(?:#.*)?$", lines[at].rstrip())), None)
    if start is None:
        has_other_form = any(re.match(rb"[\"']?sources", line) for line in lines[:closing])
        return (None, "", "") if has_other_form else (closing, "  - ", "    ")
    at = start + 1
    dash, inner = "  - ", "    "
    end = at
    while at < closing:
        line = lines[at]
        match = re.match(rb"(\s*)-(\s+)\S", line)
        if match and (at == start + 1 or len(match[1]) == len(dash) - len(dash.lstrip())):
            dash = match[1].decode() + "-" + match[2].decode()
            inner = " " * len(dash)
        elif line.strip() and not line.startswith((b" ", b"\t", b"#")):
            break
        if line.strip() and not line.lstrip().startswith(b"#"):
            end = at + 1
        at += 1
    return end, dash, inner
