"""Making the site: every page has a key of all that it is made from, and one whose key is the old one isn't made."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct, msgpack

from builder.cache import MadeFrom, fingerprint, program_fingerprint
from builder.dataset.formats import KEPT, rows_key
from builder.faults import Fault
from builder.look import Look
from builder.means import Means
from builder.pages import KINDS
from builder.plan import Page, Plan, file_of
from builder.publish.ahead import Seen
from builder.publish.folder import OutputFolder
from builder.publish.manifest import MANIFEST
from builder.site_ledger import MadeFile, SiteLedger
from builder.work.tasks import Made, Making, MakingTask, RowsTask, Stage, make_pages, make_rows
from builder.workers import in_shares, share_sizes

# Pages: some 30 to 100 ms of work. Neighbours show the same cards, which each worker makes for itself: the larger the
# pieces, the fewer are made twice.
_SMALLEST_SHARE, _LARGEST_SHARE = 60, 250
_WORTH = 300  # pages: fewer are done sooner than a process is begun


class MadeSite(Struct, frozen=True):
    """The keys of all pages, by path, what was wrong with those that were made, and what they were made from.

    `basis` is what the pages of all sections are made from besides what these are known by.
    """

    keys: dict[str, bytes]
    basis: bytes
    faults: tuple[Fault, ...]
    made: tuple[tuple[str, MadeFrom], ...]
    settings: dict[bytes, bytes]


class _Wanted(Struct, frozen=True, gc=False):
    page: Page
    file: str
    recipe: bytes


def make_site(
    plan: Plan,
    look: Look,
    root: Path,
    means: Means,
    folder: OutputFolder,
    known: SiteLedger,
    seen: Callable[[], Seen | None],
) -> MadeSite:
    """Makes the pages whose key is new or whose file isn't what it was. The others are kept.

    `seen` gives what lies there of what the last build left.
    """
    keys: dict[str, bytes] = {}
    with means.stopwatch.stage("keys"):
        others = [*plan.asset_files(look.assets), *plan.media_files(), MANIFEST]
        files = [file_of(page.address) for page in plan.pages]
        current = folder.look([*files, *others], {} if means.verify else known.files, seen())
        bases = _bases(plan, look)
        basis = fingerprint(sorted(bases.items()), plan.languages)
        same = (
            frozenset()
            if basis != known.basis
            else frozenset(name for name, section in plan.sections.items() if known.sections.get(name) == section)
        )
        wanted: Iterable[_Wanted] = _wanted(plan, bases, same, files, folder, known.files, current, keys)
        count = len(files)
        if known.files:  # few may be wanted; else all are, and the first are made while the keys of others are found
            wanted = list(wanted)
            count = len(wanted)
    with means.stopwatch.stage("render"):
        made, faults = _make(plan, look, root, means, folder, wanted, count, current)
    program = program_fingerprint()
    scenes = {site.archive.language: (fingerprint(site.scene), msgpack.encode(site.scene)) for site in plan.sites}
    marks = {name: look.marks[kind.template] for name, kind in KINDS.items()}
    made_from = [
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
        for w in made
    ]
    settings = {**dict(scenes.values()), **{mark.key: msgpack.encode(mark.files) for mark in marks.values()}}
    return MadeSite(keys, basis, faults, tuple(made_from), settings)


def _wanted(
    plan: Plan,
    bases: Mapping[tuple[str, str], bytes],
    same: frozenset[str],
    files: list[str],
    folder: OutputFolder,
    known: Mapping[str, MadeFile],
    current: Mapping[str, str],
    keys: dict[str, bytes],
) -> Iterator[_Wanted]:
    """The pages that are to be made, one by one; the others are kept. `keys` gets the key of each, by its file.

    `same` are the sections whose pages have the keys that they had.
    """
    recipe_of, encode = plan.recipe, msgpack.Encoder().encode
    for page, file in zip(plan.pages, files, strict=True):
        left = known.get(file)
        key_left = left.key if left is not None and left.digest == current.get(file) else None
        if key_left is not None and page.section in same:
            keys[file] = key_left
            folder.keep(file)
            continue
        recipe = encode(recipe_of(page))
        keys[file] = key = hashlib.sha256(bases[page.language, page.kind] + file.encode() + b"\0" + recipe).digest()
        if key_left == key:
            folder.keep(file)
        else:
            yield _Wanted(page, file, recipe)


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
    wanted: Iterable[_Wanted],
    count: int,
    current: dict[str, str],
) -> tuple[list[_Wanted], tuple[Fault, ...]]:
    """Makes the pages that are `wanted`, `count` in all; gives them back, with what was wrong."""
    made: list[_Wanted] = []
    if not count:
        return made, ()
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
    _make_rows(plan, means, key)
    sizes = share_sizes(count, means.workers.jobs, _SMALLEST_SHARE, _LARGEST_SHARE)
    handed_out: deque[tuple[_Wanted, ...]] = deque()

    def tasks() -> Iterator[MakingTask]:
        for share in in_shares(wanted, sizes):
            handed_out.append(share)
            places = folder.places([want.file for want in share])
            making = [
                Making(
                    want.page.language, want.page.address, want.page.kind, want.recipe, place, current.get(want.file)
                )
                for want, place in zip(share, places, strict=True)
            ]
            yield MakingTask(str(means.folder), key, tuple(making))

    done = means.workers.results(make_pages, tasks(), count, _WORTH)
    broken: dict[tuple[str, int, str], Fault] = {}
    with folder.telling():  # the disk may be full
        for pages in means.progress("making pages", done, len(sizes)):
            share = handed_out.popleft()
            made += share
            for want, page in zip(share, pages, strict=True):
                if page.fault is None:
                    folder.placed(want.file, page.digest)
                else:
                    _tell(broken, want.page, page)
    return made, tuple(broken.values())


def _make_rows(plan: Plan, means: Means, stage: bytes) -> None:
    """Makes the rows of the data set that aren't kept, year by year."""
    missing = [year for year in plan.rows.years if means.pieces.missing(rows_key(year.key, kept) for kept in KEPT)]
    count = sum(len(year.members) for year in missing)
    tasks = (RowsTask(str(means.folder), stage, year.key, plan.rows.recipes(year)) for year in missing)
    for _ in means.progress("making data", means.workers.results(make_rows, tasks, count, _WORTH), len(missing)):
        pass


def _tell(broken: dict[tuple[str, int, str], Fault], page: Page, made: Made) -> None:
    """One fault for each line of a template (or template that isn't there), with the first page that it broke."""
    fault = made.fault
    assert fault is not None
    template = KINDS[page.kind].template
    broken.setdefault((fault.path, fault.line, "" if fault.line else template), fault)
