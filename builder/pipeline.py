"""The pipeline: configuration → load → resolve → index → plan → render → publish, composed.

`builder.prepare` goes as far as the archive is read and cross-referenced; `build` makes and publishes the site.
What an earlier build has found out is taken from the cache, if it was found out from the very same things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from builder.cache import DamagedCache, Pieces, discard, open_cache
from builder.config import Config
from builder.faults import ArchiveError, Fault, has_errors
from builder.look import Look, find_look
from builder.make import SiteLedger, make_site, site_ledger
from builder.media import media_files
from builder.plan import Plan, Site
from builder.prepare import Means, Prepared, Progress, Stopwatch, look_at_sources, prepare
from builder.publish import OutputFolder, Published, manifest
from builder.publish.manifest import MANIFEST
from builder.unchanged import LastBuild, forget_last_build, last_build, order_fingerprint, remember_build
from builder.work import Workers

T = TypeVar("T")


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
    """What a build did. `seconds` are by stage, in the order of the stages."""

    published: Published
    pages: int
    briefings: int
    drafts: int
    faults: tuple[Fault, ...]
    seconds: dict[str, float]


def build(order: Order, progress: Progress) -> Report:
    """Builds a site. Raises ArchiveError, and leaves the output folder as it was, on errors."""
    return whatever_the_cache(order.root, lambda: _build(order, progress))


def whatever_the_cache(root: Path, work: Callable[[], T]) -> T:
    """Does `work`; again, without what the cache held, where that is damaged, which costs time and nothing else."""
    try:
        return work()
    except DamagedCache:
        discard(open_cache(root)[0])
        return work()


@contextmanager
def open_means(root: Path, jobs: int, progress: Progress, *, clean: bool, verify: bool) -> Iterator[Means]:
    """What a command on the archive at `root` works with."""
    folder, now = open_cache(root)
    if clean:
        discard(folder)
    with Pieces(folder) as pieces, Workers(jobs) as workers:
        yield Means(folder, pieces, workers, progress, Stopwatch(), now, verify)


def _build(order: Order, progress: Progress) -> Report:
    root, config = order.root, order.config
    with ExitStack() as stack:
        folder = stack.enter_context(OutputFolder(order.output, root))
        means = stack.enter_context(open_means(root, order.jobs, progress, clean=order.clean, verify=order.verify))
        with means.stopwatch.stage("load"):
            sources, filed = look_at_sources(root, means)
            basis = order_fingerprint(root, config, order.drafts, order.today)
            last = last_build(means, order.output, basis, sources, folder)
        if last is not None:
            stop_on(last.faults, order.strict)
            published = Published(last.files, 0, 0)
            return Report(published, last.pages, last.briefings, last.drafts, last.faults, means.stopwatch.seconds)
        forget_last_build(means, order.output)
        prepared = prepare(root, config, means, sources, filed, drafts=order.drafts, today=order.today)
        with means.stopwatch.stage("plan"):
            plan, look, plan_faults = plan_site(root, config, prepared, means)
        faults = (*prepared.faults, *plan_faults)
        stop_on(faults, order.strict)
        assert look is not None  # its absence is an error among the faults
        ledger = site_ledger(means, order.output)
        known = ledger.read() or SiteLedger({}, {}, 0)
        made = make_site(plan, look, root, means, folder, known)
        with means.stopwatch.stage("publish"):
            _offer_files(root, look, plan, folder)
            folder.offer(MANIFEST, manifest(folder.digests, prepared.archive, config.language, order.drafts))
            settled = folder.settle()
            faults = (*faults, *made.faults)
            stop_on((*faults, *settled), order.strict)
            published = folder.switch()
            stats = folder.stats(known.stats, means.now)
            digests = folder.digests
            pages = {file: (key, digests[file]) for file, key in made.keys.items()}
            ledger.write(SiteLedger(stats, pages, known.builds + 1))
            means.pieces.prune({*prepared.pieces, *means.pieces.used})
        last = LastBuild(
            basis=basis,
            sources=sources.snapshot(),
            source_faults=tuple(sources.faults),
            output=folder.snapshot(stats),
            files=published.files,
            pages=sum(page.kind not in _MACHINES for page in plan.pages),
            briefings=len(prepared.archive.entries),
            drafts=sum(briefing.draft for briefing in prepared.resolved.briefings),
            faults=faults,
        )
        remember_build(means, order.output, last)
    return Report(published, last.pages, last.briefings, last.drafts, (*faults, *settled), means.stopwatch.seconds)


# The kinds of pages that people don't read.
_MACHINES = frozenset({"feed", "sitemap", "sitemap-index", "robots"})


def plan_site(root: Path, config: Config, prepared: Prepared, means: Means) -> tuple[Plan, Look | None, list[Fault]]:
    """The plan of the site that `prepared` makes, its look (None where the theme is at fault), and all faults."""
    look, faults = find_look(root, config, means.pieces)
    media, media_faults = media_files(prepared.sources, prepared.archive)
    site = Site(
        config=config,
        archive=prepared.archive,
        media=media,
        assets={name: asset.address for name, asset in look.assets.items()} if look else {},
        options=look.theme.options if look else {},
        needs=look.theme.needs if look else (),
    )
    plan = Plan(site)
    return plan, look, [*faults, *media_faults, *plan.faults]


def stop_on(faults: Iterable[Fault], strict: bool) -> None:
    """Raises ArchiveError with all of `faults` if there is an error among them; `strict` makes warnings errors."""
    found = list(faults)
    if strict:
        found = [replace(fault, severity="error") for fault in found]
    if has_errors(found):
        raise ArchiveError(found)


def _offer_files(root: Path, look: Look, plan: Plan, folder: OutputFolder) -> None:
    for file, asset in plan.asset_files(look.assets).items():
        folder.offer(file, asset.data)
    for file, (path, media) in plan.media_files().items():
        folder.offer_copy(file, root / path, media.digest)
