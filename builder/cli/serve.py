"""`sitrep serve`"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

from msgspec.structs import replace

from builder.cli.archive import locate, today_in
from builder.cli.reporting import Reporter, count
from builder.config import read_config
from builder.faults import ArchiveError
from builder.order import Order, build
from builder.preview import preview_folder, serve
from builder.workers import default_jobs


def run_serve(
    port: int, host: str, *, open_browser: bool, drafts: bool, root: Path | None, quiet: bool, as_json: bool
) -> None:
    """Builds and serves until it is stopped."""
    archive_root = locate(root)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"

    def rebuild() -> None:
        reporter = Reporter("serve", quiet=quiet, as_json=as_json)
        try:
            _build(archive_root, address, drafts, reporter)
        except ArchiveError as problem:
            reporter.tell_failure(problem, "the preview shows the last good version until this is mended")
        except Exception:  # noqa: BLE001  # a bug of ours in one rebuild must not end the preview
            traceback.print_exc()

    Reporter("serve", quiet=quiet, as_json=as_json).say(f"Preview at {address} (Ctrl-C stops it)")
    try:
        serve(archive_root, host, port, rebuild, open_browser=open_browser)
    except ArchiveError as problem:
        Reporter("serve", quiet=quiet, as_json=as_json).failed(problem)
    sys.exit(130)  # livereload returns when Ctrl-C was pressed


def _build(root: Path, address: str, drafts: bool, reporter: Reporter) -> None:
    config = replace(read_config(root), base_url=address)
    order = Order(
        root=root,
        config=config,
        output=preview_folder(root),
        drafts=drafts,
        strict=False,
        clean=False,
        verify=False,
        jobs=default_jobs(),
        today=today_in(config),
    )
    report = build(order, reporter.progress)
    made = f"{count(report.published.written, 'file')} written, {report.published.deleted:,} deleted"
    reporter.done({}, report.faults, [f"built in {reporter.seconds:.1f} s: {made}"])
