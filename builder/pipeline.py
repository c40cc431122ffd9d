"""The pipeline: configuration → load → resolve → index → plan → render → publish, composed.

`prepare` goes as far as the archive is read and cross-referenced; `build` makes and publishes the site.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from builder.check import lint_faults
from builder.config import Config
from builder.faults import ArchiveError, Fault, has_errors
from builder.index import Archive, index
from builder.load import Content, Keep, Progress, load
from builder.markdown.parser import MarkdownSettings
from builder.media import media_files
from builder.plan import KINDS, MediaFile, Plan, Site, Wording, file_of
from builder.publish import OutputFolder, Published, manifest
from builder.publish.manifest import MANIFEST
from builder.render import Asset, BrokenTemplate, Renderer, Theme, find_theme, theme_assets
from builder.resolve import Resolved, resolve
from builder.resolve.prose import resolve_prose
from builder.resolve.references import Files, resolve_references
from builder.store import DamagedStore, Store

CACHE_FOLDER = ".sitrep"


class Prepared(Struct, frozen=True):
    """An archive, read and cross-referenced, and what is wrong with it."""

    content: Content
    resolved: Resolved
    archive: Archive
    faults: tuple[Fault, ...]


class Order(Struct, frozen=True, kw_only=True):
    """What is to be built: `strict` counts warnings as errors, `clean` ignores the cache.

    `today` is the day in the site's zone; only warnings depend on it.
    """

    root: Path
    config: Config
    output: Path
    drafts: bool
    strict: bool
    clean: bool
    today: date


class Look(Struct, frozen=True):
    """A theme and its static files, by name."""

    theme: Theme
    assets: dict[str, Asset]


class Report(Struct, frozen=True):
    """What a build did. `seconds` are by stage, in the order of the stages."""

    published: Published
    pages: int
    briefings: int
    drafts: int
    faults: tuple[Fault, ...]
    seconds: dict[str, float]


class Stopwatch:
    """How long each stage took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Times what is done inside it."""
        start = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0) + time.perf_counter() - start


def prepare(
    root: Path,
    config: Config,
    keep: Keep,
    *,
    drafts: bool,
    today: date,
    progress: Progress[str],
    stopwatch: Stopwatch,
) -> Prepared:
    """Reads, resolves and cross-references the archive at `root`; the HTML of bodies goes to `keep`.

    Faults are returned, not raised.
    """
    settings = MarkdownSettings(config.markdown.typographer, config.language)
    with stopwatch.stage("load"):
        content, faults = load(root, settings, keep, progress)
    with stopwatch.stage("resolve"):
        resolved, resolve_faults = resolve(content)
        prose, prose_faults = resolve_prose(content.prose)
        files = Files(content.media, content.captures, content.unread | resolved.unaddressed)
        references, reference_faults = resolve_references(resolved, prose, files)
        faults += [*resolve_faults, *prose_faults, *reference_faults]
    with stopwatch.stage("index"):
        archive = index(resolved, prose, references, config.zone, drafts)
    faults += lint_faults((b.document for b in resolved.briefings), today)
    kept = tuple(sorted({f for f in faults if f.severity == "error" or f.code not in config.check.off}))
    return Prepared(content, resolved, archive, kept)


def build(order: Order, progress: Progress[str]) -> Report:
    """Builds a site. Raises ArchiveError, and leaves the output folder as it was, on errors."""
    try:
        return _build(order, progress)
    except DamagedStore:  # a damaged cache costs time, never correctness
        Store.discard(order.root / CACHE_FOLDER)
        return _build(order, progress)


def _build(order: Order, progress: Progress[str]) -> Report:
    root, config, drafts = order.root, order.config, order.drafts
    stopwatch = Stopwatch()
    with Store(root / CACHE_FOLDER) as store, OutputFolder(order.output, root) as folder:
        if order.clean:
            store.clear()
        prepared = prepare(
            root, config, store.put, drafts=drafts, today=order.today, progress=progress, stopwatch=stopwatch
        )
        with stopwatch.stage("plan"):
            plan, look, plan_faults = plan_site(root, config, prepared)
        faults = (*prepared.faults, *plan_faults)
        stop_on(faults, order.strict)
        assert look is not None  # its absence is an error among the faults
        renderer = Renderer(look.theme, root, lambda digest: store.get(digest).decode())
        with stopwatch.stage("render"):
            render_faults = _offer_pages(plan, renderer, folder, progress)
        with stopwatch.stage("publish"):
            _offer_files(root, look.assets, plan.site.media, folder)
            folder.offer(MANIFEST, manifest(folder.digests, prepared.archive, config.language, drafts))
            faults = (*faults, *render_faults, *folder.settle())
            stop_on(faults, order.strict)
            published = folder.switch()
    return Report(
        published=published,
        pages=sum(KINDS[page.kind].template.endswith(".html") for page in plan.pages),
        briefings=len(prepared.archive.entries),
        drafts=sum(b.document.meta.draft for b in prepared.resolved.briefings),
        faults=faults,
        seconds=stopwatch.seconds,
    )


def plan_site(root: Path, config: Config, prepared: Prepared) -> tuple[Plan, Look | None, list[Fault]]:
    """The plan of the site that `prepared` makes, its look (None where the theme is at fault), and all faults."""
    look, faults = _look(root, config)
    media, media_faults = media_files(root, prepared.archive, prepared.content.media)
    site = Site(
        config=config,
        archive=prepared.archive,
        wording=Wording(config.language),
        assets={name: asset.address for name, asset in look.assets.items()} if look else {},
        media=media,
        options=look.theme.options if look else {},
        needs=look.theme.needs if look else frozenset(),
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


def _look(root: Path, config: Config) -> tuple[Look | None, list[Fault]]:
    try:
        theme = find_theme(root, config.theme)
        return Look(theme, theme_assets(theme, root)), []
    except ArchiveError as problem:
        return None, list(problem.faults)


def _offer_pages(plan: Plan, renderer: Renderer, folder: OutputFolder, progress: Progress[str]) -> Iterable[Fault]:
    broken: dict[tuple[str, int, str], Fault] = {}
    by_address = {page.address: page for page in plan.pages}
    for address in progress("making pages", by_address, len(by_address)):
        page = by_address[address]
        template = KINDS[page.kind].template
        try:
            data = renderer.render(template, plan.inputs(page), address)
        except BrokenTemplate as problem:
            # One fault for each line of a template (or template that isn't there), with the first page that it broke.
            fault = problem.fault
            broken.setdefault((fault.path, fault.line, "" if fault.line else template), fault)
            continue
        folder.offer(file_of(address), data)
    return broken.values()


def _offer_files(root: Path, assets: dict[str, Asset], media: dict[str, MediaFile], folder: OutputFolder) -> None:
    for asset in assets.values():
        folder.offer(file_of(asset.address), asset.data)
    # Files of one name and the same bytes share an address.
    for path, file in {file.address: (path, file) for path, file in media.items()}.values():
        folder.offer_copy(file_of(file.address), root / path, file.digest)
