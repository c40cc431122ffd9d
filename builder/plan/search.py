"""Search: how the index is divided, by what a part of it is known again, and what `/search/` is made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from msgspec import Struct

from builder.cache import fingerprint
from builder.index import Archive, Entry
from builder.model.records import Source
from builder.names import slug
from builder.pages.recipes import FrameRecipe, Sheet
from builder.pages.values import Value, tongue_value
from builder.plan.names import names_of
from builder.plan.site import Site
from builder.resolve import TermKind

_NAMED: tuple[TermKind, ...] = ("actor", "region", "tag")


class Shard(Struct, frozen=True):
    """A part of the index: briefings in one language, of one stretch of time, in their order.

    `name` is its folder below `/pagefind/`; `key` the fingerprint of all that it is made from. By slug, `names`
    has all that the actors, regions and tags in it are called, `regions` what each lies in, from itself outwards, and
    `source_kinds` the kinds of publishers. `hidden_in` has, by id, the languages in which a briefing is found as a
    translation instead.
    """

    name: str
    language: str
    entries: tuple[Entry, ...]
    key: bytes
    names: dict[str, dict[str, tuple[str, ...]]]
    regions: dict[str, tuple[str, ...]]
    source_kinds: dict[str, str]
    hidden_in: dict[str, tuple[str, ...]]


def shards(sites: Sequence[Site]) -> tuple[Shard, ...]:
    """The parts of the index of a site in all its languages, the site's own first."""
    untranslated = {site.archive.language: _untranslated(site.archive) for site in sites[1:]}
    return tuple([
        _shard(site, name, language, entries, {} if site.archive.language else untranslated)
        for site in sites
        for language, parts in _divided(site).items()
        for name, entries in parts.items()
    ])  # fmt: skip


def _shard(
    site: Site, name: str, language: str, entries: list[Entry], untranslated: dict[str, frozenset[str]]
) -> Shard:
    terms, briefings = site.archive.terms, [entry.briefing for entry in entries]
    used = {
        "actor": sorted(set(chain.from_iterable([briefing.actors for briefing in briefings]))),
        "region": sorted(set(chain.from_iterable([briefing.regions for briefing in briefings]))),
        "tag": sorted(set(chain.from_iterable([briefing.tags for briefing in briefings]))),
    }
    names: dict[str, dict[str, tuple[str, ...]]] = {
        kind: {s: names_of(terms[kind][s]) for s in used[kind]} for kind in _NAMED
    }
    regions = {region: _outwards(site.archive, region) for region in used["region"]}
    publishers = {s: terms["source"][s].record for b in briefings for s in b.sources if s is not None}
    source_kinds = {s: slug(r.kind) for s, r in sorted(publishers.items()) if isinstance(r, Source) and r.kind}
    hidden_in = {
        briefing.id: found
        for briefing in briefings
        if (found := tuple([language for language, shown in untranslated.items() if briefing.id not in shown]))
    }
    marks = [briefing.mark for briefing in briefings]
    key = fingerprint(name, language, marks, names, regions, source_kinds, hidden_in)
    return Shard(name, language, tuple(entries), key, names, regions, source_kinds, hidden_in)


def _untranslated(archive: Archive) -> frozenset[str]:
    """The briefings that a reader of another language meets in the original."""
    return frozenset([entry.id for entry in archive.entries if entry.briefing.original is None])


def _outwards(archive: Archive, region: str) -> tuple[str, ...]:
    parents, line = archive.parents.get("region", {}), [region]
    while own := parents.get(line[-1], ()):
        line.append(own[0])
    return tuple(line)


def _divided(site: Site) -> dict[str, dict[str, list[Entry]]]:
    """The briefings that have pages in a site, by language and by the name of the part that they belong to."""
    archive = site.archive
    by_language: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in archive.own(archive.entries):
        by_language[entry.briefing.lang or site.config.language].append(entry)
    # A subtag has at most eight letters, so the folder is that of no language.
    behind = "-translated" if archive.language else ""
    return {
        language: _by_period(f"{language.lower()}{behind}", entries, site.config.search.part)
        for language, entries in sorted(by_language.items())
    }


def _by_period(folder: str, entries: list[Entry], limit: int) -> dict[str, list[Entry]]:
    """All in one part, or in one for each decade, or in one for each year of a decade with over `limit`."""
    if len(entries) <= limit:
        return {f"{folder}/all": entries}
    decades: defaultdict[str, list[tuple[str, Entry]]] = defaultdict(list)
    for entry in entries:
        year = entry.briefing.when.start.parts[0]
        decades[f"{year[:-1]}0s"].append((year, entry))
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for decade, inside in decades.items():
        for year, entry in inside:
            found[f"{folder}/{decade if len(inside) <= limit else year}"].append(entry)
    return dict(found)


def search_sheet(sites: Sequence[Site], site: Site, names: Iterable[str], years: Iterable[Value]) -> Sheet:
    """What `/search/` is made from, in one of the languages of a site.

    `names` are the addresses of the files with names, `years` lead on without a script. In another language than the
    site's own, what isn't translated is found in the original.
    """
    language = site.archive.language
    indexes = list(_indexes(site, None))
    if language:
        indexes += _indexes(sites[0], language)
    return Sheet(
        FrameRecipe(site.wording.words.gettext("Search")),
        {
            "indexes": indexes,
            "names": list(names),
            "results": site.config.search.results,
            "years": list(years),
        },
    )


def _indexes(site: Site, hidden_in: str | None) -> Iterable[dict[str, Any]]:
    """The index of each language that briefings are in: its parts, the newest first."""
    for language, parts in _divided(site).items():
        addresses = [f"/pagefind/{name}/" for name in sorted(parts, reverse=True)]
        yield {**tongue_value(language), "parts": addresses, "hidden_in": hidden_in}
