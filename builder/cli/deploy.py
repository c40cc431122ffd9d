"""`sitrep deploy`"""

from __future__ import annotations

from pathlib import Path

import click

from builder.cli.archive import is_ci, locate, now_in
from builder.cli.public import public_order
from builder.cli.reporting import Reporter, count, fault_counts
from builder.config import Config, read_config
from builder.deploy.deploying import Deployed, deploy
from builder.deploy.recording import compare_publication, record_publication
from builder.deploy.targets import target_of
from builder.faults import ArchiveError, Fault, did_you_mean
from builder.order import Order
from builder.published import PUBLISHED

_SHOWN = 50  # paths of a kind; programs get all of them


def run_deploy(
    asked: str | None,
    *,
    dry_run: bool,
    adopt: bool,
    verify: bool,
    root: Path | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Builds, sends, and reports. Ends with exit status 1 where the content or the target is at fault."""
    reporter = Reporter("deploy", quiet=quiet, as_json=as_json)
    archive_root = locate(root)
    try:
        config = read_config(archive_root)
        name = _named(config, asked)
        settings = config.deploy[name]
        order = public_order(archive_root, config)
        target = target_of(name, settings, archive_root, order.output)
        faults = _on_record(order, reporter, dry_run)
        done = deploy(
            order,
            name,
            target,
            reporter.progress,
            alone=settings.type == "git",
            adopt=adopt,
            verify=verify,
            dry_run=dry_run,
        )
    except ArchiveError as problem:
        reporter.failed(problem, f"{count(fault_counts(problem.faults)['errors'], 'error')}; nothing more was sent")
    purge = [config.absolute + address for address in done.addresses()]
    counts = {
        "target": name,
        "uploads": len(done.plan.sent),
        "deletions": len(done.plan.deleted),
        "unchanged": len(done.plan.new) - len(done.plan.sent),
        **fault_counts((*faults, *done.faults)),
    }
    details = {"uploads": list(done.plan.sent), "deletions": list(done.plan.deleted), "purge": purge}
    closing = _would(name, done) if dry_run else _did(name, done, purge, reporter.seconds)
    reporter.done(counts, (*faults, *done.faults), closing, details=details)


def _named(config: Config, asked: str | None) -> str:
    """The target that is meant: the one that was named, or the only one."""
    names = list(config.deploy)
    if not names:
        raise click.UsageError("sitrep.toml names no target; add a table [deploy.NAME], as docs/publish.md shows")
    if asked is None and len(names) > 1:
        raise click.UsageError(f"there are several targets; name one of {', '.join(names)}")
    if asked is not None and asked not in names:
        raise click.UsageError(f'there is no target "{asked}"{did_you_mean(asked, names)} ({", ".join(names)})')
    return asked or names[0]


def _on_record(order: Order, reporter: Reporter, dry_run: bool) -> tuple[Fault, ...]:
    """What becomes public is written down first, unless nothing may be written."""
    if dry_run or is_ci():
        return compare_publication(order, reporter.progress)
    recorded = record_publication(order, now_in(order.config), reporter.progress)
    for change in recorded.changes:
        reporter.say(f"{change.path}:{change.line}: {change.what}")
    if recorded.is_written:
        reporter.say(f"{PUBLISHED}: written; commit it")
    return recorded.faults


def _would(name: str, done: Deployed) -> list[str]:
    if not done.plan.does_something:
        return [f"Nothing would be sent to {name}: it holds this site"]
    lines = [f"Would be sent to {name}: {count(len(done.plan.sent), 'file')}", *_some("+", done.plan.sent)]
    return [*lines, f"Would be deleted there: {count(len(done.plan.deleted), 'file')}", *_some("-", done.plan.deleted)]


def _did(name: str, done: Deployed, purge: list[str], seconds: float) -> list[str]:
    if not done.plan.does_something:
        return [f"Nothing to send: {name} holds this site ({seconds:.1f} s)"]
    unchanged = len(done.plan.new) - len(done.plan.sent)
    sent = f"{count(len(done.plan.sent), 'file')} sent, {len(done.plan.deleted):,} deleted, {unchanged:,} unchanged"
    lines = [f"{name}: {sent} in {seconds:.1f} s"]
    return [*lines, "If a cache stands before it, purge there:", *_some("", purge)] if purge else lines


def _some(mark: str, things: tuple[str, ...] | list[str]) -> list[str]:
    lines = [f"  {mark} {thing}" if mark else f"  {thing}" for thing in things[:_SHOWN]]
    more = len(things) - _SHOWN
    return [*lines, f"  … and {more:,} more (all with --json)"] if more > 0 else lines
