"""The pipeline: configuration → load → resolve → index → plan → render → publish, composed.

`builder.prepare` goes as far as the archive is read and cross-referenced; here the site is made of it and published.
What an earlier build has found out is taken from the cache, if it was found out from the very same things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from functools import cache, partial
from pathlib import Path

from msgspec.structs import replace

from builder.cache import History, Pieces
from builder.codings import coding_faults
from builder.config import Config
from builder.faults import ArchiveError, Fault, has_errors
from builder.look import Look, find_look
from builder.make import MadeSite, make_site
from builder.means import Means
from builder.media import media_files
from builder.order import Order, Report
from builder.plan import Plan, Site
from builder.prepare import Prepared, prepare
from builder.publish.ahead import Seen
from builder.publish.folder import OutputFolder
from builder.publish.manifest import MANIFEST, manifest
from builder.published import read_published
from builder.reading.sources import Sources
from builder.render.theme import LONGEST_LIST, ThemePictures
from builder.site_ledger import Section, SiteLedger, folder_name, site_ledger_in
from builder.unchanged import LastBuild, remember_build
from builder.work.tasks import ready_to_make


def build_site(
    order: Order, means: Means, sources: Sources, basis: bytes, folder: OutputFolder, seen: Callable[[], Seen | None]
) -> Report:
    """Makes the site of an archive whose files are `sources`, and publishes it in `folder`.

    `basis` is the fingerprint of all else that it is made from, `seen` gives what lies in the folder of what
    the last build left there. Raises ArchiveError, without having changed anything
    in the folder, on errors.
    """
    root, config = order.root, order.config
    look_of = cache(lambda: find_look(root, config, means.pieces))
    readying = partial(ready_to_make, str(root), config, str(means.folder))
    prepared = prepare(
        root, config, means, sources, drafts=order.drafts, today=order.today, meanwhile=look_of, then=readying
    )
    with means.stopwatch.stage("plan"):
        known = site_ledger_in(means.folder, order.output).read() or SiteLedger()
        look, _ = look_of()
        plan, plan_faults = plan_site(root, config, prepared, means, look_of(), known.sections)
    faults = (*prepared.faults, *plan_faults, *coding_faults(config.output.compress))
    stop_on(faults, order.strict)
    assert look is not None  # its absence is an error among the faults
    with ExitStack() as stack:
        index = None
        if plan.shards:
            from builder.search.indexing import SearchIndex

            with means.stopwatch.stage("search"):
                index = stack.enter_context(SearchIndex(plan.shards, means.folder, means.pieces, means.workers.jobs))
        made = make_site(plan, look, root, means, folder, known, seen)
        if index is not None:
            with means.stopwatch.stage("search"):
                index.finish()
                index.offer(folder, {} if means.verify else known.files, seen())
    with means.stopwatch.stage("publish"):
        _offer_files(root, look, plan, means.pieces, folder)
    keys = made.keys
    if config.output.compress:
        from builder.compressing import offer_compressed

        with means.stopwatch.stage("compress"):
            keys = keys | offer_compressed(config.output.compress, folder, means, known.files, seen())
    with means.stopwatch.stage("publish"):
        folder.offer(
            MANIFEST,
            manifest(
                folder.digests,
                prepared.archives(),
                config.language,
                config.absolute,
                order.drafts,
                plan.editions.now,
            ),
        )
        faults = (*faults, *made.faults)
        settled = folder.settle()
        stop_on((*faults, *settled), order.strict)
        published = folder.switch()
        number = known.builds + 1
        last = LastBuild(
            build=number,
            basis=basis,
            sources=sources.fingerprint(),
            source_faults=tuple(sources.faults),
            build_list=folder.build_list_stat(means.now),
            files=published.files,
            pages=sum(page.kind not in _MACHINES for page in plan.pages),
            briefings=len(prepared.archive.entries),
            drafts=sum(briefing.draft for briefing in prepared.resolved.briefings),
            faults=faults,
        )
        files = dict(folder.made_files(keys, known.files, means.now))
        site = SiteLedger(files, plan.sections, made.basis, number)
        gone = known.files.keys() - files.keys()
        settled = (*settled, *_remember(means, order.output, last, site, made, gone, prepared.pieces))
    told = (*faults, *settled)
    made_of = (prepared, plan, made, known, site)
    return Report(published, last.pages, last.briefings, last.drafts, told, means.stopwatch.seconds, made_of)


def _remember(
    means: Means,
    output: Path,
    last: LastBuild,
    site: SiteLedger,
    made: MadeSite,
    gone: Iterable[str],
    pieces: Iterable[bytes],
) -> tuple[Fault, ...]:
    """Keeps what the next build can begin with, and lets go of pieces that are neither among `pieces` nor used.

    Returns warnings where that can't be: the site is made, and that the next build finds less done is no failure.
    """
    try:
        site_ledger_in(means.folder, output).write(site)
        with History(means.folder, folder_name(means.folder, output)) as history:
            history.remember(site.builds, made.made, gone, made.settings)
        means.pieces.prune({*pieces, *means.pieces.used})
        remember_build(means, output, last, site)
    except ArchiveError as problem:
        return tuple(replace(fault, severity="warning") for fault in problem.faults)
    return ()


# The kinds of pages that people don't read.
_MACHINES = frozenset({
    "feed", "json-feed", "changes-feed", "sitemap", "sitemap-index", "robots", "names", "share", "data-file",
    "data-network", "data-json", "cname", "headers", "htaccess", "nginx", "nojekyll", "redirects", "security",
})  # fmt: skip


def plan_site(
    root: Path,
    config: Config,
    prepared: Prepared,
    means: Means,
    found: tuple[Look | None, list[Fault]],
    known: Mapping[str, Section],
) -> tuple[Plan, list[Fault]]:
    """The plan of the site that `prepared` makes, and what is wrong with it and its look.

    `found` is what `find_look` has found; `known` are sections that an earlier build had planned.
    """
    look, faults = found
    pictures = look.theme.pictures if look else ThemePictures()
    media, media_faults = media_files(
        prepared.sources, prepared.archives(), means, config.output.picture_width, pictures.widths
    )
    sites = [
        Site(
            config=config,
            archive=archive,
            media=media,
            assets={name: asset.address for name, asset in look.assets.items()} if look else {},
            options=look.theme.options if look else {},
            needs=look.theme.needs if look else (),
            words=look.words if look else {},
            overviews=_overviews(config, look) if look else (),
            longest_list=look.theme.longest_list if look else LONGEST_LIST,
            picture_sizes=pictures.sizes,
        )
        for archive in prepared.archives()
    ]
    # Only the pages that tell of editions are made from it.
    tells = look is not None and not {"changes", "data"}.isdisjoint(look.overviews())
    published = read_published(root) if tells else None
    plan = Plan(sites[0], sites[1:], known, published.editions if published is not None else ())
    return plan, [*faults, *media_faults, *plan.faults]


def _overviews(config: Config, look: Look) -> tuple[str, ...]:
    return tuple([kind for kind in look.overviews() if kind != "search" or config.search.enabled])


def stop_on(faults: Iterable[Fault], strict: bool) -> None:
    """Raises ArchiveError with all of `faults` if there is an error among them; `strict` makes warnings errors."""
    found = list(faults)
    if strict:
        found = [replace(fault, severity="error") for fault in found]
    if has_errors(found):
        raise ArchiveError(found)


def _offer_files(root: Path, look: Look, plan: Plan, pieces: Pieces, folder: OutputFolder) -> None:
    for file, asset in plan.asset_files(look.assets).items():
        folder.offer(file, asset.data)
    for file, (path, media) in plan.media_files().items():
        if media.made:
            folder.offer_made(file, media.digest, partial(pieces.get, media.made))
        else:
            folder.offer_copy(file, root / path, media.digest)
