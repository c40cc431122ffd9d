"""Captures are evidence: their bytes must be those that were hashed when they came."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterable, Iterator
from pathlib import Path

from builder.check.redaction import is_redacted
from builder.faults import Fault, error
from builder.resolve.briefings import Filed


def capture_faults(root: Path, briefings: Iterable[Filed]) -> Iterator[Fault]:
    """Captures that a briefing names and that are missing (unless redacted), elsewhere, or not what they were."""
    for filed in briefings:
        capture = filed.capture
        if capture is None or capture.file is None:
            continue
        named, line = capture.file.name, capture.file.line
        folder = "content" if named.startswith("/") else posixpath.dirname(filed.path)
        path = posixpath.normpath(posixpath.join(folder, named.lstrip("/")))
        if not path.startswith("content/captures/"):
            message = f'"{named}" is not in content/captures/, where originals are kept'
            yield error(filed.path, line, "capture", message, "capture.file")
        elif is_redacted(root / path, capture.sha256) and not (root / path).exists():
            continue
        elif not (root / path).is_file():
            message = f'the capture "{named}" is missing; restore it from version control'
            yield error(filed.path, line, "capture", message, "capture.file")
        elif (problem := _problem(root / path, capture.sha256)) is not None:
            message = f'the capture "{named}" {problem}; restore it from version control'
            yield error(filed.path, line, "capture", message, "capture.sha256")


def _problem(path: Path, sha256: str) -> str | None:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as problem:
        return f"can't be read: {problem.strerror}"
    return None if digest == sha256 else f"is not what it was: its SHA-256 is {digest}"
