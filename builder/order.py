"""An order to build a site, what came of it, and the shortest way there: nothing, where nothing has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from builder.cache import CACHE_FOLDER, DamagedCache, discard, open_cache
from builder.config import Config
from builder.faults import ArchiveError, Fault, error
from builder.means import Means, Progress, open_means
from builder.publish.ahead import Seen, seen_in, seen_once
from builder.publish.folder import OutputFolder, Published
from builder.reading.sources import Sources
from builder.site_ledger import site_ledger_in
from builder.unchanged import forget_last_build, last_build, order_fingerprint
from builder.work import FILING, MAKING
from builder.workers import may_fork

T = TypeVar("T")

_TRIES = 4  # another command may empty the cache meanwhile


class Order(Struct, frozen=True, kw_only=True):
    """What is to be built: `strict` counts warnings as errors, `clean` ignores the cache, `verify` trusts no file.

    `today` is the day in the site's zone; only warnings depend on it. `jobs` is how many processes work.
    """

    root: Path
    config: Config
    output: Path
    drafts: bool
    strict: bool
    clean: bool
    verify: bool
    jobs: int
    today: date


class Report(Struct, frozen=True):
    """What a build did. `seconds` are by stage, in the order of the stages.

    `made_of` is what it worked with: a process that is about to end keeps that, as taking it apart takes longer.
    """

    published: Published
    pages: int
    briefings: int
    drafts: int
    faults: tuple[Fault, ...]
    seconds: dict[str, float]
    made_of: object = None


def build(order: Order, progress: Progress) -> Report:
    """Builds a site. Raises ArchiveError, and leaves the output folder as it was, on errors."""
    if order.clean:
        discard(open_cache(order.root)[0])
    return whatever_the_cache(order.root, lambda: _build(order, progress))


def whatever_the_cache(root: Path, work: Callable[[], T]) -> T:
    """Does `work`; again, without what the cache held, where that is damaged, which costs time and nothing else."""
    for _ in range(_TRIES):
        try:
            return work()
        except DamagedCache:
            discard(open_cache(root)[0])
    message = "was emptied, again and again, while it was used; let no other command run with --clean, and try again"
    raise ArchiveError([error(CACHE_FOLDER, 0, "cache", message)])


def _build(order: Order, progress: Progress) -> Report:
    root = order.root
    with ExitStack() as stack:
        folder = stack.enter_context(OutputFolder(order.output, root))
        means = stack.enter_context(open_means(root, order.jobs, progress, verify=order.verify))
        with means.stopwatch.stage("load"):
            seen = _looking_ahead(means, order)
            sources = Sources(root, means.now)
            basis = order_fingerprint(root, order.config, order.drafts, order.today)
            last = last_build(means, order.output, basis, sources, folder, seen)
        # What follows is imported only where there is something to do: loading it takes as long as finding that out.
        if last is None:
            from builder.pipeline import build_site

            forget_last_build(means, order.output)
            return build_site(order, means, sources, basis, folder, seen)
    if order.strict and last.faults:
        from builder.pipeline import stop_on

        stop_on(last.faults, order.strict)
    published = Published(last.files, 0, 0)
    return Report(published, last.pages, last.briefings, last.drafts, last.faults, means.stopwatch.seconds)


def _looking_ahead(means: Means, order: Order) -> Callable[[], Seen | None]:
    """How to get what is seen in `output`.

    After an edit there is little to do: that is for an assistant, who looks meanwhile, and loads what the work needs.
    """
    output = order.output
    if means.workers.jobs > 1 and may_fork() and site_ledger_in(means.folder, output).is_there():
        means.workers.call_assistant(_assistance(means, order))
        return lambda: means.workers.assisted(seen_once, output, means.folder)
    return cache(lambda: seen_in(output, means.folder))


def _assistance(means: Means, order: Order) -> Iterator[Callable[[], object]]:
    """What the assistant does while there is no work for it; the main process doesn't load `readying`."""
    yield lambda: seen_once(order.output, means.folder)
    yield from (partial(import_module, name) for name in (*FILING, *MAKING))
    yield from import_module("builder.work.readying").readying_steps(
        order.root, order.config, means.folder, [order.config.language, *order.config.languages]
    )
