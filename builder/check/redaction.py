"""Redaction: a capture that must not be kept gives way to its hash and a reason, in the record beside it."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

from builder.faults import ArchiveError, error

CAPTURES = "content/captures"


def record_of(capture: Path) -> Path:
    """Where the record of a capture lies, as an import writes it."""
    return capture.with_name(f"{capture.name}.json")


def is_redacted(capture: Path, sha256: str) -> bool:
    """Whether the record of a capture that isn't there says that it was taken out, and had that SHA-256."""
    try:
        record = json.loads(record_of(capture).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(record, dict) and record.get("sha256") == sha256 and bool(record.get("redacted"))


def redact(root: Path, capture: Path, reason: str, day: date) -> str:
    """Takes the bytes of a capture out of the archive at `root`, and writes down that, when and why; its SHA-256.

    Raises ArchiveError where it is no capture, isn't what its record says, or can't be written.
    """
    place = capture.resolve()
    folder = (root / CAPTURES).resolve()
    if not place.is_relative_to(folder) or not place.is_file():
        message = f"is no file in {CAPTURES}/, where originals are kept"
        raise ArchiveError([error(str(capture), 0, "capture", message)])
    shown = place.relative_to(root.resolve()).as_posix()
    try:
        sha256 = hashlib.sha256(place.read_bytes()).hexdigest()
        record = _read(record_of(place), f"{shown}.json")
        if record.setdefault("sha256", sha256) != sha256:
            message = "isn't what its record says; restore it from version control, or it can't be told what was here"
            raise ArchiveError([error(shown, 0, "capture", message)])
        record["redacted"] = {"date": day.isoformat(), "reason": reason}
        text = json.dumps(record, ensure_ascii=False, indent=2)
        new = place.with_name(f".{place.name}.new")
        new.write_text(f"{text}\n", "utf-8", newline="\n")
        new.replace(record_of(place))  # what is written down comes first: bytes without a word are a loss
        place.unlink()
    except OSError as problem:
        raise ArchiveError([error(shown, 0, "output", f"can't be taken out: {problem.strerror}")]) from problem
    return sha256


def _read(record: Path, shown: str) -> dict[str, Any]:
    try:
        found = json.loads(record.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ArchiveError([error(shown, 0, "capture", "can't be read; restore it from version control")])
    return found
