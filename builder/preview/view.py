"""The view: the archive as it was read last, ready to be made into pages one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import chain, repeat
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from builder.config import Config, read_config
from builder.faults import Fault
from builder.index import Entry
from builder.look import Look, find_look
from builder.means import Progress, open_means
from builder.order import whatever_the_cache
from builder.pipeline import plan_site, stop_on
from builder.plan import Page, Plan
from builder.prepare import Prepared, prepare
from builder.reading.sources import Sources
from builder.render.assets import Asset
from builder.resolve import Names, vocabulary_of


class Reading(Struct, frozen=True):
    """How an archive is read: `today` gives the day in the site's zone; `jobs` is how many processes work."""

    root: Path
    drafts: bool
    jobs: int
    today: Callable[[Config], date]
    progress: Progress


class View(Struct, frozen=True):
    """An archive without errors, its plan and its look; `pages`, `assets` and `media` are by address.

    Of a file of `content/media/` it has the path, and the key of the piece that is shown in its place, empty where none
    is. `names` and `briefings`, the site's own by path, are for who files one of these anew.
    """

    config: Config
    today: date
    prepared: Prepared
    plan: Plan
    look: Look
    faults: tuple[Fault, ...]
    pages: dict[str, Page]
    assets: dict[str, Asset]
    media: dict[str, tuple[Path, bytes]]
    names: Names
    briefings: dict[str, Entry]


def read_view(reading: Reading, known: View | None, changed: Iterable[str] | None) -> View:
    """Reads the archive, as a build does, with what it keeps. Raises ArchiveError with all faults on errors.

    `known` is the view before, if there was one. Where only `changed` paths are others than in that, what these don't
    touch is taken from it.
    """
    same = changed is not None and all(map(_is_of_look, changed))
    # At a second try the cache was emptied, and with it what the known view names.
    views = chain([known], repeat(None))
    return whatever_the_cache(reading.root, lambda: _read(reading, next(views), same))


def _is_of_look(path: str) -> bool:
    return path.startswith(("themes/", "locale/", "/"))


def _read(reading: Reading, known: View | None, is_look_alone: bool) -> View:
    """`is_look_alone` says that nothing but themes and words of the interface are others than in `known`."""
    config = read_config(reading.root)
    with open_means(reading.root, reading.jobs, reading.progress, verify=False) as means:
        today = reading.today(config)
        found = find_look(reading.root, config, means.pieces)
        look, _ = found
        if is_look_alone and known is not None and known.config == config and known.today == today:
            prepared, names = known.prepared, known.names
            if look is not None and _is_planned_alike(look, known.look):
                return known if look == known.look else replace(known, look=look)
        else:
            sources = Sources(reading.root, means.now)
            prepared = prepare(reading.root, config, means, sources, drafts=reading.drafts, today=today)
            names = Names(vocabulary_of(prepared.content, config.timezone))
        sections = known.plan.sections if known is not None else {}
        plan, plan_faults = plan_site(reading.root, config, prepared, means, found, sections)
    faults = (*prepared.faults, *plan_faults)
    stop_on(faults, strict=False)
    assert look is not None  # its absence is an error among the faults
    return View(
        config=config,
        today=today,
        prepared=prepared,
        plan=plan,
        look=look,
        faults=faults,
        pages={page.address: page for page in plan.pages},
        assets={asset.address: asset for asset in look.assets.values()},
        media={media.address: (reading.root / path, media.made) for path, media in plan.media_files().values()},
        names=names,
        briefings={entry.briefing.path: entry for entry in prepared.archive.entries},
    )


def _is_planned_alike(look: Look, known: Look) -> bool:
    """Whether these differ in their templates alone, and not in which there are: then so do their sites."""
    same = (look.theme, look.assets, look.words, look.overviews())
    return same == (known.theme, known.assets, known.words, known.overviews())
