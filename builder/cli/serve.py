"""`sitrep serve`"""

from __future__ import annotations

import sys
from pathlib import Path

from builder.cli.archive import locate, today_in
from builder.cli.reporting import Reporter, count, fault_counts
from builder.config import read_config
from builder.faults import ArchiveError, Fault, has_errors
from builder.preview import Place, Reading, Update, serve
from builder.preview.serving import DEFAULT_PORT
from builder.workers import default_jobs


def run_serve(
    port: int | None,
    host: str,
    *,
    open_browser: bool,
    drafts: bool,
    base_path: bool,
    root: Path | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Serves the archive until it is stopped. Ends with 130 or 143 then, and with 1 where it can't listen."""
    archive_root = locate(root)
    reporter = Reporter("serve", quiet=quiet, as_json=as_json)
    teller = _Teller(quiet, as_json)
    try:
        base = read_config(archive_root).base_path if base_path else ""
        reading = Reading(archive_root, drafts, default_jobs(), today_in, reporter.progress)
        status = serve(
            reading, Place(host, port, base), teller.tell, lambda *at: _say_where(reporter, port, *at), open_browser
        )
    except ArchiveError as problem:
        reporter.failed(problem)
    sys.exit(status)


def _say_where(reporter: Reporter, asked: int | None, address: str, port: int) -> None:
    taken = f"; port {DEFAULT_PORT} is taken" if asked is None and port != DEFAULT_PORT else ""
    reporter.say(f"Preview at {address} (Ctrl-C stops it{taken})")


class _Teller:
    """Tells what came of each save: what is wrong once, when it is new, and in one line what was done."""

    def __init__(self, quiet: bool, as_json: bool) -> None:
        self._quiet = quiet
        self._as_json = as_json
        self._told: frozenset[Fault] = frozenset()

    def tell(self, update: Update) -> None:
        """Tells of an update."""
        reporter = Reporter("serve", quiet=self._quiet, as_json=self._as_json)
        faults = frozenset(update.faults)
        shown = faults if self._as_json else faults - self._told
        mended = has_errors(self._told) and not has_errors(faults)
        self._told = faults
        counts = {} if update.view is None else _counts(update)
        reporter.done(
            counts | fault_counts(faults),
            shown,
            _closing(update, mended),
            ok=not has_errors(faults),
            details={"seconds": round(update.seconds, 3), "paths": sorted(update.paths)},
        )


def _counts(update: Update) -> dict[str, int]:
    assert update.view is not None
    return {"pages": len(update.view.pages), "briefings": len(update.view.prepared.archive.entries)}


def _closing(update: Update, mended: bool) -> list[str]:
    if has_errors(update.faults):
        return [] if update.ahead else ["the preview shows the last good version until this is mended"]
    first = "mended: " if mended else ""
    if update.ahead:
        return [f"{first}{', '.join(sorted(update.paths))}: shown in {update.seconds:.2f} s"]
    counts = _counts(update)
    what = f"{count(counts['briefings'], 'briefing')}, {count(counts['pages'], 'page')}"
    return [f"{first}{what}, read in {update.seconds:.1f} s"]
