"""`sitrep verify`"""

from __future__ import annotations

from pathlib import Path

import click

from builder.cli.reporting import Reporter, count, fault_counts
from builder.faults import ArchiveError
from builder.verify import verify_folder, verify_url


def run_verify(place: str, *, quiet: bool, as_json: bool) -> None:
    """Compares a copy with its manifest. Ends with exit status 1 where a file isn't what was published."""
    reporter = Reporter("verify", quiet=quiet, as_json=as_json)
    is_url = place.startswith(("https://", "http://"))
    if not is_url and not Path(place).is_dir():
        raise click.UsageError(f"{place} is neither a folder nor a web address; name the top of a site")
    try:
        verified = verify_url(place, reporter.progress) if is_url else verify_folder(Path(place), reporter.progress)
        if verified.faults:
            raise ArchiveError(verified.faults)
    except ArchiveError as problem:
        reporter.failed(problem, f"{count(fault_counts(problem.faults)['errors'], 'file')} not as published")
    counts = {"files": verified.files, "manifest": verified.manifest}
    closing = [f"{count(verified.files, 'file')} in {reporter.seconds:.1f} s: all as their manifest says"]
    reporter.done(counts, (), [*closing, f"SHA-256 of the manifest: {verified.manifest}"])
