"""`sitrep check`"""

from __future__ import annotations

from pathlib import Path

from builder.check import capture_faults
from builder.check.fixes import fix
from builder.cli.archive import locate, today_in
from builder.cli.reporting import Reporter, count, fault_counts
from builder.config import Config, read_config
from builder.faults import ArchiveError, Fault
from builder.pipeline import Prepared, Stopwatch, plan_site, prepare, stop_on
from builder.store import digest_of


def run_check(*, strict: bool, fix: bool, root: Path | None, quiet: bool, as_json: bool) -> None:
    """Checks everything and reports. Ends with exit status 1 where there are errors (with `strict`, warnings too)."""
    reporter = Reporter("check", quiet=quiet, as_json=as_json)
    archive_root = locate(root)
    fixed = 0
    try:
        config = read_config(archive_root)
        prepared, faults = _check(archive_root, config, reporter)
        if fix:
            fixed = _fix(archive_root, prepared, reporter)
            if fixed:
                prepared, faults = _check(archive_root, config, reporter)
        stop_on(faults, strict)
    except ArchiveError as problem:
        counted = fault_counts(problem.faults)
        reporter.failed(problem, f"{count(counted['errors'], 'error')}, {count(counted['warnings'], 'warning')}")
    content = prepared.content
    counts = {
        "briefings": len(content.briefings),
        "drafts": sum(document.meta.draft for document in content.briefings),
        "unconfirmed": sum(bool(document.meta.inferred) for document in content.briefings),
        "fixed": fixed,
        **fault_counts(faults),
    }
    warnings = count(counts["warnings"], "warning") if counts["warnings"] else "nothing wrong"
    drafts = f" ({count(counts['drafts'], 'draft')})" if counts["drafts"] else ""
    closing = f"{count(counts['briefings'], 'briefing')}{drafts} in {reporter.seconds:.1f} s: {warnings}"
    reporter.done(counts, faults, [closing])


def _check(root: Path, config: Config, reporter: Reporter) -> tuple[Prepared, list[Fault]]:
    # The HTML of bodies isn't needed here: its digest is all that is kept of it.
    prepared = prepare(
        root,
        config,
        digest_of,
        drafts=True,
        today=today_in(config),
        progress=reporter.progress,
        stopwatch=Stopwatch(),
    )
    _, _, plan_faults = plan_site(root, config, prepared)
    faults = [*prepared.faults, *plan_faults]
    faults += capture_faults(root, prepared.content.briefings)
    return prepared, faults


def _fix(root: Path, prepared: Prepared, reporter: Reporter) -> int:
    changes = fix(root, prepared.content)
    for change in changes:
        reporter.say(f"{change.path}:{change.line}: fixed: {change.what}")
    return len(changes)
