"""`sitrep export`"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from builder.cli.archive import locate
from builder.cli.public import public_order
from builder.cli.reporting import Reporter, count, fault_counts
from builder.config import Config, read_config
from builder.export.site import BuiltSite, built_site
from builder.faults import ArchiveError, error
from builder.order import build


def run_export(zip_: Path | None, wacz: Path | None, *, root: Path | None, quiet: bool, as_json: bool) -> None:
    """Builds, and writes the site as one file of each kind that is asked for. Ends with exit status 1 on errors."""
    if zip_ is None and wacz is None:
        raise click.UsageError("name a file with --zip or --wacz")
    reporter = Reporter("export", quiet=quiet, as_json=as_json)
    archive_root = locate(root)
    wanted = [Path.cwd() / file for file in (zip_, wacz) if file is not None]
    try:
        config = read_config(archive_root)
        for file in wanted:
            _refuse(file, archive_root)
        if wacz is not None:
            _refuse_without_libraries()
        order = public_order(archive_root, config)
        report = build(order, reporter.progress)
        site = built_site(order.output)
        counts = {file.name: _write(file, zip_, site, config, archive_root) for file in wanted}
    except ArchiveError as problem:
        reporter.failed(problem)
    closing = [f"{file}: {count(counts[file.name], 'file')}, {_size(file)}" for file in wanted]
    reporter.done({**counts, **fault_counts(report.faults)}, report.faults, closing)


def _write(file: Path, zip_: Path | None, site: BuiltSite, config: Config, root: Path) -> int:
    try:
        if zip_ is not None and file == Path.cwd() / zip_:
            from builder.export.zip import write_zip

            return write_zip(site, file, config.base_path)
        from builder.export.wacz import write_wacz

        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return write_wacz(site, file, config.absolute, config.title, now)
    except OSError as problem:
        shown = str(file.relative_to(root)) if file.is_relative_to(root) else str(file)
        raise ArchiveError([error(shown, 0, "output", f"can't be written: {problem.strerror}")]) from problem


def _refuse(file: Path, root: Path) -> None:
    """An archive's own folders are no place for a copy of its site."""
    resolved = file.resolve()
    for folder in ("content", "output", "themes", ".sitrep", ".git"):
        if resolved.is_relative_to((root / folder).resolve()):
            message = f"can't be written into {folder}/, which is the archive's own; choose another place"
            raise ArchiveError([error(str(file), 0, "output", message)])


def _refuse_without_libraries() -> None:
    from builder.export.wacz import missing_libraries

    if missing := missing_libraries():
        message = (
            f"a WACZ needs libraries that aren't here ({', '.join(missing)}); "
            "install Sitrep with its extra [export], as docs/install.md says"
        )
        raise ArchiveError([error("", 0, "extra", message)])


def _size(file: Path) -> str:
    return f"{file.stat().st_size / 1_000_000:,.1f} MB"
