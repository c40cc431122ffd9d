"""Making the site: every page has a key of all that it is made from, and one whose key is the old one isn't made."""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec import Struct, msgpack

from builder.cache import Ledger, MadeFrom, Stat, fingerprint, program_fingerprint
from builder.faults import Fault
from builder.look import Look
from builder.means import Means
from builder.pages import KINDS
from builder.plan import Page, Plan, file_of
from builder.publish.folder import OutputFolder
from builder.publish.manifest import MANIFEST
from builder.unchanged import folder_name
from builder.work.making import Made, Making, MakingTask, Stage, make_pages
from builder.workers import chunk_size, in_chunks

# Pages: some 30 to 100 ms of work. Neighbours show the same cards, which each worker makes for itself: the larger the
# pieces, the fewer are made twice.
_SMALLEST_CHUNK, _LARGEST_CHUNK = 60, 250
_WORTH = 300  # pages: fewer are done sooner than a process is begun


class SiteLedger(Struct, frozen=True):
    """What the last build knew of an output folder, by path: the SHA-256 of each page with its key, and files' stats.

    `builds` is how many there were.
    """

    stats: dict[str, tuple[Stat, str]]
    pages: dict[str, tuple[bytes, str]]
    builds: int


class MadeSite(Struct, frozen=True):
    """The keys of all pages, by path, what was wrong with those that were made, and what they were made from."""

    keys: dict[str, bytes]
    faults: tuple[Fault, ...]
    made: tuple[tuple[str, MadeFrom], ...]
    settings: dict[bytes, bytes]


def site_ledger_in(folder: Path, output: Path) -> Ledger[SiteLedger]:
    """What the cache in `folder` knows of an output folder."""
    return Ledger(folder, f"site-{folder_name(output)}.ledger", SiteLedger)


class _Wanted(Struct, frozen=True, gc=False):
    page: Page
    file: str
    recipe: bytes


def make_site(plan: Plan, look: Look, root: Path, means: Means, folder: OutputFolder, known: SiteLedger) -> MadeSite:
    """Makes the pages whose key is new or whose file isn't what it was. The others are kept."""
    with means.stopwatch.stage("keys"):
        files = {page.address: file_of(page.address) for page in plan.pages}
        others = [*plan.asset_files(look.assets), *plan.media_files(), MANIFEST]
        current = folder.look([*files.values(), *others], {} if means.verify else known.stats)
        recipe_of, encode = plan.recipe, msgpack.Encoder().encode
        basis = _bases(plan, look)
        keys: dict[str, bytes] = {}
        wanted: list[_Wanted] = []
        for page in plan.pages:
            file = files[page.address]
            recipe = encode(recipe_of(page))
            keys[file] = key = hashlib.sha256(basis[page.language, page.kind] + file.encode() + b"\0" + recipe).digest()
            digest = current.get(file)
            if digest is not None and known.pages.get(file) == (key, digest):
                folder.keep(file)
            else:
                wanted.append(_Wanted(page, file, recipe))
    with means.stopwatch.stage("render"):
        faults = _make(plan, look, root, means, folder, wanted, current)
    program = program_fingerprint()
    scenes = {site.archive.language: (fingerprint(site.scene), encode(site.scene)) for site in plan.sites}
    marks = {name: look.marks[kind.template] for name, kind in KINDS.items()}
    made = [
        (
            w.file,
            MadeFrom(
                w.page.address,
                w.page.kind,
                w.page.path,
                w.recipe,
                scenes[w.page.language][0],
                marks[w.page.kind].key,
                program,
            ),
        )
        for w in wanted
    ]
    settings = {**dict(scenes.values()), **{mark.key: encode(mark.files) for mark in marks.values()}}
    return MadeSite(keys, faults, tuple(made), settings)


def _bases(plan: Plan, look: Look) -> dict[tuple[str, str], bytes]:
    """The part of a page's key that is the same for all pages of its language and kind."""
    return {
        (site.archive.language, name): fingerprint(scene, name, look.marks[kind.template].key)
        for site in plan.sites
        for scene in (fingerprint(program_fingerprint(), site.scene),)
        for name, kind in KINDS.items()
    }


def _make(
    plan: Plan,
    look: Look,
    root: Path,
    means: Means,
    folder: OutputFolder,
    wanted: list[_Wanted],
    current: dict[str, str],
) -> tuple[Fault, ...]:
    if not wanted:
        return ()
    stage = msgpack.encode(
        Stage(
            str(root),
            {site.archive.language: site.scene for site in plan.sites},
            {site.archive.language: site.labels for site in plan.sites},
            {site.archive.language: site.catalogues for site in plan.sites},
            look.templates,
        )
    )
    key = fingerprint("stage", stage)
    means.pieces.put([(key, stage)])
    places = folder.places([want.file for want in wanted])
    making = [
        Making(want.page.language, want.page.address, want.page.kind, want.recipe, place, current.get(want.file))
        for want, place in zip(wanted, places, strict=True)
    ]
    size = chunk_size(len(making), means.workers.jobs, _SMALLEST_CHUNK, _LARGEST_CHUNK)
    tasks = [MakingTask(str(means.folder), key, tuple(pages)) for pages in in_chunks(making, size)]
    done = means.workers.results(make_pages, tasks, len(wanted), _WORTH)
    broken: dict[tuple[str, int, str], Fault] = {}
    results = means.progress("making pages", done, len(tasks))
    with folder.telling():  # the disk may be full
        for chunk, made in zip(in_chunks(wanted, size), results, strict=True):
            for want, page in zip(chunk, made, strict=True):
                if page.fault is None:
                    folder.placed(want.file, page.digest)
                else:
                    _tell(broken, want.page, page)
    return tuple(broken.values())


def _tell(broken: dict[tuple[str, int, str], Fault], page: Page, made: Made) -> None:
    """One fault for each line of a template (or template that isn't there), with the first page that it broke."""
    fault = made.fault
    assert fault is not None
    template = KINDS[page.kind].template
    broken.setdefault((fault.path, fault.line, "" if fault.line else template), fault)
