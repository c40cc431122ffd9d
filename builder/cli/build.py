"""`sitrep build`"""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from builder.cli.archive import locate, today_in
from builder.cli.reporting import Reporter, count, fault_counts
from builder.config import Config, ThemeChoice, base_url_problem, read_config
from builder.faults import ArchiveError
from builder.model.common import Mention
from builder.order import Order, Report, build
from builder.workers import default_jobs

# What the last build has made: it goes with the process, all at once.
_AT_THE_END: list[Report] = []


def run_build(
    output: Path | None,
    *,
    base_url: str | None,
    theme: str | None,
    drafts: bool,
    strict: bool,
    search: bool,
    clean: bool,
    verify: bool,
    jobs: int | None,
    profile: bool,
    root: Path | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Builds the site and reports. Ends with exit status 1 where the archive is at fault."""
    reporter = Reporter("build", quiet=quiet, as_json=as_json)
    archive_root = locate(root)
    folder = (Path.cwd() / output) if output is not None else archive_root / "output"
    if base_url is not None and (problem_with_url := base_url_problem(base_url)):
        raise click.UsageError(f"--base-url: {problem_with_url}")
    try:
        config = _configured(read_config(archive_root), base_url, theme, search)
        order = Order(
            root=archive_root,
            config=config,
            output=folder,
            drafts=drafts,
            strict=strict,
            clean=clean,
            verify=verify,
            jobs=default_jobs() if jobs is None else jobs,
            today=today_in(config),
        )
        if order.jobs > 1:
            # What the main process makes stays to the end, and has no circles: to look for some takes a tenth of its
            # time. Pages, which leave some behind, are made by the workers, unless they are few.
            gc.disable()
        report = build(order, reporter.progress)
    except ArchiveError as problem:
        faults = fault_counts(problem.faults)
        kept = f"{count(faults['errors'], 'error')}; {_shown(folder)} stays as it was"
        reporter.failed(problem, kept)
    counts: dict[str, Any] = {
        "pages": report.pages,
        "briefings": report.briefings,
        "drafts": report.drafts,
        "files": report.published.files,
        "written": report.published.written,
        "deleted": report.published.deleted,
        **fault_counts(report.faults),
    }
    if profile:
        counts["stages"] = {name: round(seconds, 3) for name, seconds in report.seconds.items()}
    reporter.done(counts, report.faults, _closing(report, folder, reporter.seconds, drafts, profile))
    _AT_THE_END[:] = [report]


def _configured(config: Config, base_url: str | None, theme: str | None, search: bool) -> Config:
    if base_url is not None:
        config = replace(config, base_url=base_url)
    if theme is not None and theme != config.theme.name.name:
        config = replace(config, theme=ThemeChoice(name=Mention(theme, 0)))
    if not search:
        config = replace(config, search=replace(config.search, enabled=False))
    return config


def _closing(report: Report, folder: Path, seconds: float, with_drafts: bool, profile: bool) -> list[str]:
    lines = []
    if profile:
        # Starting, loading the program's own modules, settings, the cache, and saying this.
        rest = seconds - sum(report.seconds.values())
        stages = {**report.seconds, "rest": rest, "all": seconds}
        lines = [f"{name:>8} {spent:7.3f} s {spent / seconds:5.0%}" for name, spent in stages.items()]
    warnings = fault_counts(report.faults)["warnings"]
    changed = f"{report.published.written:,} written" if report.published.written else "nothing new"
    if report.published.deleted:
        changed += f", {report.published.deleted:,} deleted"
    drafts = f", {count(report.drafts, 'draft')} {'shown' if with_drafts else 'left out'}" if report.drafts else ""
    lines.append(
        f"{count(report.pages, 'page')} of {count(report.briefings, 'briefing')}{drafts} ({changed}) "
        f"in {seconds:.1f} s; {count(warnings, 'warning') if warnings else 'no faults'}"
    )
    lines.append(f"The site is in {_shown(folder)}: put it on any web server, or read it with `sitrep serve`")
    return lines


def _shown(path: Path) -> str:
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
