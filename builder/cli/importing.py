"""`sitrep import`"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn

import click
from msgspec.structs import replace

from builder.cli.archive import locate
from builder.cli.reporting import Reporter, count
from builder.dates import Moment, parse_moment
from builder.faults import ArchiveError, Fault, error, warning
from builder.importing import missing_libraries
from builder.workers import default_jobs

if TYPE_CHECKING:
    from builder.importing import Report
    from builder.importing.columns import Columns

_READABLE = 20  # faults of one kind: who has more of them reads them with a program
_NUMBER = re.compile(r"\d[\d,.]*")


def run_import(
    sources: Sequence[str],
    *,
    source: str,
    date_text: str | None,
    duplicates: Literal["skip", "attach", "keep"],
    columns: Sequence[str],
    publish: bool,
    dry_run: bool,
    accept_new: bool,
    review: bool,
    jobs: int | None,
    root: Path | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Imports, and reports. Ends with exit status 1 where something couldn't be imported, 130 where it was stopped."""
    reporter = Reporter("import", quiet=quiet, as_json=as_json)
    if review:
        _need_review(dry_run=dry_run, as_json=as_json)
    archive_root = locate(root)
    if missing := missing_libraries():
        message = (
            f"importing needs libraries that aren't here ({', '.join(missing)}); "
            "install Sitrep with its extra [import], as docs/install.md says"
        )
        reporter.failed(ArchiveError([error("", 0, "extra", message)]))
    # What needs these libraries isn't imported where they are missing.
    from builder.importing import import_sources, read_options

    published = _moment(date_text)
    said = _columns(columns)
    try:
        options = read_options(
            archive_root,
            publish=publish,
            duplicates=duplicates,
            source=source,
            published=published,
            dry_run=dry_run,
            accept_new=accept_new,
            jobs=jobs or default_jobs(),
            columns=said,
        )
        _need_past(published, options.today)
        report = import_sources(archive_root, sources, options, reporter.progress)
    except ArchiveError as problem:
        reporter.failed(problem)
    _tell(reporter, report, dry_run=dry_run, has_source=bool(source) and not dry_run)
    if review:
        from builder.cli.reviewing import review_drafts

        review_drafts(archive_root, {one.path: one.notes for one in report.imported} if sources else None)
    if report.stopped:
        sys.exit(130)
    sys.exit(1 if report.failed else 0)


def _misused(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(2)


def _need_review(*, dry_run: bool, as_json: bool) -> None:
    from builder.cli.reviewing import has_terminal

    if dry_run or as_json:
        option = "--dry-run" if dry_run else "--json"
        _misused(f"--review: asks about each draft, which {option} leaves no room for; leave one out")
    if not has_terminal():
        _misused("--review: needs a terminal to ask in; open the drafts in an editor, `sitrep check` counts them")


def _moment(text: str | None) -> Moment | None:
    if text is None:
        return None
    try:
        moment = parse_moment(text)
    except ValueError:
        moment = None
    if moment is None or not moment.day:
        _misused(f'--date: "{text}" is no day; write one such as 2022-08-17')
    return moment


def _need_past(published: Moment | None, today: date) -> None:
    if published is not None and published.first_day() > today:
        _misused(f"--date: {published.first_day().isoformat()} is in the future; give the day on which it appeared")


def _columns(texts: Sequence[str]) -> Columns:
    from builder.importing.columns import read_columns

    try:
        return read_columns(texts)
    except ValueError as problem:
        _misused(f"--map: {problem}")


def _tell(reporter: Reporter, report: Report, *, dry_run: bool, has_source: bool) -> None:
    counts: dict[str, Any] = {
        "imported": len(report.imported),
        "duplicates": len(report.duplicates),
        "attached": sum(one.attached for one in report.duplicates),
        "needs_a_look": sum(bool(one.notes) for one in report.imported),
        "failed": len(report.failed),
        "left_out": sum(one.count for one in report.left_out),
        "proposed": len(report.proposals),
        "accepted": len(report.accepted),
    }
    would = "would be written" if dry_run else "written"
    for left in report.left_out:
        reporter.say(f"{left.name}: left out {left.count:,} {left.what}")
    for one in report.imported:
        reporter.say(f"{one.path}: {would}, from {one.name}")
    closing = [
        f"{count(counts['imported'], 'briefing')} {would}, {count(counts['duplicates'], 'duplicate')} "
        f"({counts['attached']} attached), {counts['needs_a_look']} to look at, {counts['failed']} failed, "
        f"in {reporter.seconds:.1f} s"
    ]
    if report.stopped:
        closing.append("stopped; the same command goes on where this one was")
    faults = _faults(report, has_source=has_source)
    # Of a hundred thousand articles, what nobody is told isn't made.
    details = _details(report) if reporter.as_json else None
    reporter.done(
        counts, faults if reporter.as_json else _shortened(faults), closing, ok=not report.failed, details=details
    )


def _details(report: Report) -> dict[str, Any]:
    return {
        "imported": [{"name": one.name, "path": one.path, "notes": list(one.notes)} for one in report.imported],
        "duplicates": [
            {
                "name": one.name,
                "path": one.path,
                "kind": one.kind,
                "attached": one.attached,
                "differs": one.differs,
            }
            for one in report.duplicates
        ],
        "left_out": [{"name": one.name, "what": one.what, "count": one.count} for one in report.left_out],
        "proposals": [
            {"name": one.name, "kind": one.kind, "country": one.country, "briefings": times}
            for one, times in report.proposals.values()
        ],
    }


def _shortened(faults: Iterable[Fault]) -> Iterator[Fault]:
    """Of each kind of warning, and of errors for one reason, as many as a person reads, and how many more there are."""
    seen: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], Fault] = {}
    for fault in faults:
        reason = _NUMBER.sub("", fault.message) if fault.severity == "error" else ""
        kind = (fault.code, reason)
        seen[kind] += 1
        if seen[kind] <= _READABLE:
            yield fault
        else:
            last[kind] = fault
    for kind, fault in last.items():
        more = f"{seen[kind] - _READABLE:,} more"
        message = f"{more} like these: {fault.message}" if fault.severity == "error" else f"and {more} of these"
        message += "; --json lists all"
        yield replace(fault, path="", line=0, message=message)


def _faults(report: Report, *, has_source: bool) -> Iterator[Fault]:
    from builder.importing.discarding import LIST

    for failed in report.failed:
        yield error(failed.name, 0, "not-imported", failed.message)
    for one in report.imported:
        for note in one.notes:
            yield warning(one.path, 0, "needs-a-look", note)
    for found in report.duplicates:
        what = "nothing was written"
        if found.attached and found.kind == "same capture":
            what = "its source was filled in"
        elif found.attached:
            what = "its address was added to its sources"
        elif found.path == LIST:
            message = f"was discarded, as {LIST} says; take its line out there to import it again"
            yield warning(found.name, 0, "duplicate", message)
            continue
        elif found.kind == "same capture" and has_source:
            what = "nothing was written; change its `sources` in that file"
        elif found.differs:
            what = "nothing was written, though its words differ, as an update's do: --duplicates keep writes it"
        yield warning(found.name, 0, "duplicate", f"is there already as {found.path} ({found.kind}); {what}")
    accepted = set(report.accepted)
    for proposal, times in report.proposals.values():
        if proposal.name not in accepted:
            who = f'"{proposal.name}" ({proposal.kind or "actor"}, in {count(times, "briefing")})'
            message = f"{who} has no record; add one, or say --accept-new"
            yield warning("content/actors.yaml", 0, "proposal", message)
