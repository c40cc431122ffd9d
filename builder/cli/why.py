"""`sitrep why`"""

from __future__ import annotations

from pathlib import Path

from builder.cli.archive import locate
from builder.cli.reporting import Reporter, count
from builder.config import read_config
from builder.faults import ArchiveError
from builder.order import whatever_the_cache
from builder.why import Explanation, explain

_SHOWN = 12  # files of a kind: a list of 200 briefings needn't be read to its end


def run_why(asked: str, output: Path | None, *, root: Path | None, quiet: bool, as_json: bool) -> None:
    """Tells what made a page. Ends with exit status 1 where there is no such page."""
    reporter = Reporter("why", quiet=quiet, as_json=as_json)
    archive_root = locate(root)
    folder = (Path.cwd() / output) if output is not None else archive_root / "output"
    try:
        config = read_config(archive_root)
        found = whatever_the_cache(archive_root, lambda: explain(archive_root, config, folder, asked))
    except ArchiveError as problem:
        reporter.failed(problem)
    counts = {
        "address": found.address,
        "kind": found.kind,
        "template": found.template,
        "templates": found.templates,
        "files": found.files,
        "build": found.build,
        "builds": found.builds,
        "changes": found.changes,
    }
    reporter.done(counts, (), _lines(found))


def _lines(found: Explanation) -> list[str]:
    lines = [f"{found.address}  ({found.kind})", f"template {found.template}, which takes in:"]
    lines += _some(found.templates)
    lines += ["made from:", *_some(found.files)]
    if found.build == found.builds:
        lines.append("made by the last build that made anything, for these reasons:")
    else:
        ago = count(found.builds - found.build, "build")
        lines.append(f"made {ago} ago; the last build found nothing of it changed since. Then for these reasons:")
    lines += _some(["it was new"] if found.is_new else found.changes)
    return lines


def _some(things: list[str]) -> list[str]:
    more = [f"  … and {len(things) - _SHOWN} more (all with --json)"] if len(things) > _SHOWN else []
    return [f"  {thing}" for thing in things[:_SHOWN]] + more
