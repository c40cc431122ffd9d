"""`sitrep redact`"""

from __future__ import annotations

from pathlib import Path

import click

from builder.check.redaction import redact
from builder.cli.archive import locate, today_in
from builder.cli.reporting import Reporter
from builder.config import read_config
from builder.faults import ArchiveError


def run_redact(capture: Path, reason: str, *, root: Path | None, quiet: bool, as_json: bool) -> None:
    """Takes a capture out, and says what stays. Ends with exit status 1 where it is none."""
    reporter = Reporter("redact", quiet=quiet, as_json=as_json)
    archive_root = locate(root)
    reason = " ".join(reason.split())
    if not reason:
        raise click.UsageError("--reason: say why, in a sentence; it stays in the capture's place")
    try:
        day = today_in(read_config(archive_root))
        sha256 = redact(archive_root, Path.cwd() / capture, reason, day)
    except ArchiveError as problem:
        reporter.failed(problem)
    closing = [
        f"{capture} is taken out; its SHA-256 ({sha256}) and the reason are in {capture.name}.json",
        "Version control, other copies and what briefings say of it still have it.",
    ]
    reporter.done({"sha256": sha256}, (), closing)
