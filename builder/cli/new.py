"""`sitrep new archive` and `sitrep new briefing`"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from builder.cli.archive import locate, today_in
from builder.cli.reporting import Reporter, fault_counts
from builder.config import DEFAULT_BASE_URL, read_config
from builder.dates import When, parse_when
from builder.faults import ArchiveError
from builder.scaffold import new_archive, new_briefing


def run_new_archive(folder: Path, title: str | None, *, quiet: bool, as_json: bool) -> None:
    """Makes an archive and says how to go on."""
    reporter = Reporter("new archive", quiet=quiet, as_json=as_json)
    name = title or folder.resolve().name.replace("-", " ").replace("_", " ").strip() or "Archive"
    name = name[0].upper() + name[1:]
    try:
        files = new_archive(folder, name)
    except ArchiveError as problem:
        reporter.failed(problem)
    closing = [
        f"A new archive is in {folder}: {len(files)} files, with an example of each kind.",
        "",
        f"    cd {click.format_filename(folder)}",
        "    sitrep serve          to see it while you write",
        '    sitrep new briefing "TITLE"',
    ]
    reporter.done({"files": len(files)}, (), closing)


def run_new_briefing(
    title: str,
    date_text: str | None,
    names: Mapping[str, Sequence[str]],
    *,
    root: Path | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Writes a draft and says where it is."""
    reporter = Reporter("new briefing", quiet=quiet, as_json=as_json)
    archive_root = locate(root)
    try:
        config = read_config(archive_root)
        when = _when(date_text or today_in(config).isoformat())
        # Nothing can lie at the address that an archive has before it is given one.
        schema = f"{config.absolute}/data/briefing.schema.json" if config.base_url != DEFAULT_BASE_URL else None
        briefing = new_briefing(archive_root, " ".join(title.split()), when, names, schema)
    except ArchiveError as problem:
        reporter.failed(problem)
    closing = [f"{briefing.path} is a draft; delete its line `draft: true` to publish it"]
    reporter.done({"files": 1, **fault_counts(briefing.faults)}, briefing.faults, closing)


def _when(text: str) -> When:
    try:
        return parse_when(text)
    except ValueError as problem:
        click.echo(f"--date: {problem}", err=True)
        sys.exit(2)
