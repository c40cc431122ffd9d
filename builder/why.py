"""Why a page is as it is: what made it, and which of that had changed when it was made last.

Read from what builds have kept in the cache; nothing is built.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, msgpack

from builder.cache import History, MadeFrom, Pieces, Told, open_cache
from builder.config import Config
from builder.faults import ArchiveError, did_you_mean, error
from builder.hosting import address_of
from builder.pages import KINDS, Scene
from builder.pages.recipes import (
    BriefingRecipe,
    DayOfYearRecipe,
    FeedRecipe,
    HomeRecipe,
    Listing,
    News,
    PeriodRecipe,
    RecentRecipe,
    Sheet,
)
from builder.plan import file_of
from builder.prepare import filed_briefings
from builder.resolve import Abstract, Filed
from builder.site_ledger import SiteLedger, folder_name, site_ledger_in

_DOSSIERS = "content/dossiers/"


class Explanation(Struct, frozen=True):
    """What made a page. `build` is the number of the build that made it last, `builds` that of the last one of all.

    `files` are in the archive, but for the templates' of a theme that is elsewhere; `changes` say in words what had
    changed when it was made last, and are empty for a page that was new.
    """

    address: str
    kind: str
    template: str
    templates: list[str]
    files: list[str]
    build: int
    builds: int
    is_new: bool
    changes: list[str]


def explain(root: Path, config: Config, output: Path, asked: str) -> Explanation:
    """Explains the page that `asked` names: its address, its URL, its file, or the Markdown file that it shows.

    Raises ArchiveError where there is no such page.
    """
    folder, _ = open_cache(root)
    known = site_ledger_in(folder, output).read()
    if known is None:
        message = "nothing is known of this site yet; run `sitrep build`, then ask again"
        raise ArchiveError([error("", 0, "why", message)])
    briefings = filed_briefings(folder)
    file = _file(asked, root, config, output, briefings, known)
    with History(folder, folder_name(folder, output)) as history, Pieces(folder) as pieces:
        told = history.tell(file)
        if told is None:
            raise ArchiveError(
                [
                    error(
                        "",
                        0,
                        "why",
                        f"what {asked} was made from isn't known any more; `sitrep build --clean` finds it out again",
                    )
                ]
            )
        return _Explainer(root, history, pieces, briefings).explain(told, known)


def _file(asked: str, root: Path, config: Config, output: Path, briefings: list[Filed], known: SiteLedger) -> str:
    """The path below the output folder of the page that is asked for."""
    by_path = {path: briefing.address for briefing in briefings for path in (briefing.path, str(root / briefing.path))}
    name = asked.partition("#")[0].partition("?")[0]
    as_path = Path(name)
    if name == config.absolute:
        name = "/"
    elif name.startswith(config.absolute + "/"):
        name = name.removeprefix(config.absolute)
    elif as_path.resolve().is_relative_to(output.resolve()) and as_path.exists():
        name = "/" + as_path.resolve().relative_to(output.resolve()).as_posix()
    name = by_path.get(name.removeprefix("./")) or by_path.get(str(as_path.resolve()), name)
    name = name if name.startswith("/") else f"/{name}"
    for candidate in (file_of(name), file_of(f"{name}/"), name[1:]):
        if candidate in known.files and known.files[candidate].key:
            return candidate
    if asked.endswith(".md") and (as_path.is_file() or (root / as_path).is_file()):
        message = f"the last build made no page of {asked}: it is a draft, or was not there yet"
        raise ArchiveError([error("", 0, "why", message)])
    addresses = [address_of(file) for file, made in known.files.items() if made.key]
    hint = did_you_mean(name, addresses) if len(addresses) < 20_000 else ""
    message = f'the last build made no page at "{asked}"{hint or "; an address is one such as /about/"}'
    raise ArchiveError([error("", 0, "why", message)])


class _Explainer:
    def __init__(self, root: Path, history: History, pieces: Pieces, briefings: list[Filed]) -> None:
        self._root = root
        self._history = history
        self._pieces = pieces
        self._by_abstract = {briefing.abstract: briefing for briefing in briefings}
        self._by_document = {briefing.document: briefing for briefing in briefings}

    def explain(self, told: Told, known: SiteLedger) -> Explanation:
        made = told.made
        recipe = _recipe(made)
        templates = self._templates(made.templates)
        return Explanation(
            address=made.address,
            kind=made.kind,
            template=KINDS[made.kind].template,
            templates=[self._shown(path) for path in templates],
            files=["sitrep.toml", *dict.fromkeys(self._sources(made, recipe))],
            build=told.build,
            builds=known.builds,
            is_new=told.before is None,
            changes=list(dict.fromkeys(self._changes(told.before, made))) if told.before else [],
        )

    def _templates(self, key: bytes) -> dict[str, bytes]:
        kept = self._history.setting(key)
        return msgpack.decode(kept, type=dict[str, bytes]) if kept else {}

    def _shown(self, path: str) -> str:
        place = Path(path)
        return place.relative_to(self._root).as_posix() if place.is_relative_to(self._root) else path

    def _sources(self, made: MadeFrom, recipe: Any) -> Iterator[str]:
        """The files of the archive that a page's pieces came from."""
        if made.path:
            yield made.path
        yield from _records_of(
            self._root, [made.address.strip("/").rpartition("/")[2] if made.kind == "index" else f"{made.kind}s"]
        )
        if isinstance(recipe, BriefingRecipe) and recipe.document in self._by_document:
            briefing = self._by_document[recipe.document]
            if briefing.original is not None:
                yield briefing.original
            named = {
                "actors": briefing.actors,
                "regions": briefing.regions,
                "sources": briefing.sources,
                "tags": briefing.tags,
            }
            yield from _records_of(self._root, [kind for kind, slugs in named.items() if slugs])
            if briefing.dossiers:
                yield _DOSSIERS
        shown = _abstracts(recipe)
        if shown:  # their cards name regions, tags and dossiers
            yield from _records_of(self._root, ["regions", "tags"])
        if (shown or made.kind == "home") and (self._root / _DOSSIERS).exists():
            yield _DOSSIERS
        for key in shown:
            if key in self._by_abstract:
                yield self._by_abstract[key].path

    def _changes(self, before: MadeFrom, made: MadeFrom) -> Iterator[str]:
        if before.program != made.program:
            yield "the program, or a library that it uses, is another version"
        if before.kind != made.kind:
            yield f"it was a page of another kind, {before.kind}"
            return
        if before.templates != made.templates:
            yield from self._template_changes(self._templates(before.templates), self._templates(made.templates))
        if before.scene != made.scene:
            yield from self._scene_changes(before.scene, made.scene)
        if before.recipe != made.recipe:
            yield from self._recipe_changes(_recipe(before), _recipe(made), made.path)
        if before == made:
            yield "nothing; but its file in the output folder was missing or altered"

    def _template_changes(self, before: dict[str, bytes], now: dict[str, bytes]) -> Iterator[str]:
        for path in sorted(before.keys() | now.keys()):
            if before.get(path) != now.get(path):
                what = "is new" if path not in before else "is gone" if path not in now else "changed"
                yield f"the template {self._shown(path)} {what}"

    def _scene_changes(self, before: bytes, now: bytes) -> Iterator[str]:
        kept = [self._history.setting(key) for key in (before, now)]
        old, new = (msgpack.decode(data, type=Scene) if data else None for data in kept)
        if old is None or new is None:
            yield "a setting of the site changed"
            return
        for field in Scene.__struct_fields__:
            if getattr(old, field) != getattr(new, field):
                yield f"what every page has changed: {_SCENE_WORDS.get(field, field)}"

    def _recipe_changes(self, before: Any, now: Any, path: str) -> Iterator[str]:
        if before is None or now is None:
            yield "another version of the program made it before, in a way that is not known here"
            return
        if isinstance(now, BriefingRecipe) and before.document != now.document:
            # The last command may have read a newer text: then what it is a translation of is known from that alone.
            briefing = self._by_document.get(now.document)
            original = briefing.original if briefing else None
            yield f"{path}, or {original}, of which it is a translation, changed" if original else f"{path} changed"
        old, new = list(_abstracts(before)), list(_abstracts(now))
        ids = {self._abstract_id(key) for key in old}
        for key in new:
            if key not in old:
                told = self._by_abstract.get(key)
                path = told.path if told else "a briefing"
                yield f"{path} {'changed in what lists say of it' if self._abstract_id(key) in ids else 'came in'}"
        new_ids = {self._abstract_id(key) for key in new}
        for key in old:
            own_id = self._abstract_id(key)
            if own_id not in new_ids:
                yield f"the briefing {own_id} is no longer here" if own_id else "a briefing is no longer here"
        # Labels are known together: of other cards they are others, without any record having changed.
        yield from _plain_changes(before, now, () if old == new else ("shade",))

    def _abstract_id(self, key: bytes) -> str:
        piece = self._pieces.find(key)
        return msgpack.decode(piece, type=Abstract).id if piece else ""


_SCENE_WORDS = {
    "nav": "the links at the top",
    "assets": "the theme's static files",
    "options": "the theme's options",
    "needs": "what the theme needs",
    "words": "the texts of the interface, in a catalogue",
    "overviews": "the kinds of pages that the theme has",
    "main_language": "language",
    "absolute": "base_url",
    "base_path": "base_url",
}
# The parts of recipes whose changes are told by name; the rest shows in what is told of briefings.
_TOLD = {
    "shade": "the name of a record, or what its record says, changed",
    "references": "where a link of its text leads changed",
    "image": "its picture changed",
    "attachments": "an attachment changed",
    "body": "its own text, or where a link of it leads, changed",
    "values": "what its page says of it changed",
    "frame": "its title or description changed",
    "periods": "the periods inside it, or their counts, changed",
    "count": "how many briefings it has changed",
    "title": "its title changed",
    "target": "where it leads changed",
    "languages": "the languages that it is to be had in changed",
    "urls": "the addresses of pages, or when they were revised, changed",
    "dossiers": "a dossier changed",
    "regions": "its regions changed",
    "actors": "its actors changed",
    "tags": "its tags changed",
    "sources": "its sources changed",
    "activity": "how many briefings there are by month or year changed",
    "days": "the days of the year that have briefings, or their counts, changed",
    "newest": "the date of the newest event changed",
    "ways": "the regions, actors or tags with most briefings, or their counts, changed",
    "map": "what its map shows changed",
    "changes": "a correction or withdrawal came in, or changed",
}


def _plain_changes(before: Any, now: Any, untold: Collection[str]) -> Iterator[str]:
    for field in getattr(now, "__struct_fields__", ()):
        old, new = getattr(before, field), getattr(now, field)
        if old == new or field in untold:
            continue
        if isinstance(new, Listing) and isinstance(old, Listing):
            yield from _plain_changes(old, new, untold)
        elif field in _TOLD:
            yield _TOLD[field]


def _recipe(made: MadeFrom) -> Any:
    try:
        return msgpack.decode(made.recipe, type=KINDS[made.kind].recipe)
    except (KeyError, msgspec.DecodeError):  # of an earlier version of the program
        return None


def _abstracts(recipe: Any) -> Sequence[bytes]:
    """The keys of the briefings' abstracts that a recipe names."""
    if isinstance(recipe, BriefingRecipe):
        pairs = (key for _, earlier, later in recipe.in_dossiers for key in (earlier, later))
        return [key for key in (recipe.earlier, recipe.later, *pairs, *recipe.related) if key is not None]
    if isinstance(recipe, FeedRecipe):
        return [entry.abstract for entry in recipe.entries]
    if isinstance(recipe, RecentRecipe):
        return _news(recipe.news)
    if isinstance(recipe, HomeRecipe):
        return list(dict.fromkeys([*recipe.listing.cards, *_news(recipe.recent)]))
    if isinstance(recipe, Sheet | PeriodRecipe | DayOfYearRecipe) and recipe.listing is not None:
        return recipe.listing.cards
    return ()


def _news(news: Iterable[News]) -> list[bytes]:
    return [item.abstract for item in news if item.abstract is not None]


def _records_of(root: Path, kinds: Iterable[str]) -> Iterator[str]:
    """The files, and folders of files, that hold the records of some kinds."""
    for kind in kinds:
        yield from (name for name in (f"content/{kind}.yaml", f"content/{kind}/") if (root / name).exists())
