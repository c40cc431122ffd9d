"""The rows of the data set, year by year: what each year's are made from, so that an edit makes one year's anew."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from itertools import chain

from msgspec import Struct

from builder.cache import fingerprint, program_fingerprint
from builder.index import Entry
from builder.pages.recipes import DataFileRecipe, NetworkRecipe, RowRecipe
from builder.plan.site import Site


class YearOfRows(Struct, frozen=True):
    """The briefings that begin in one year, as rows: the fingerprint of all that they are made from, and the briefings.

    Drafts are no data.
    """

    key: bytes
    members: tuple[Entry, ...]


class Rows:
    """The rows of a site, whose pages in the other languages are `translated`."""

    def __init__(self, site: Site, translated: Sequence[Site]) -> None:
        self.site = site
        self._translated = translated

    @cached_property
    def years(self) -> tuple[YearOfRows, ...]:
        """The years, oldest first; none where the theme has no `/data/`."""
        if "data" not in self.site.overviews:
            return ()
        found: dict[int, list[Entry]] = {}
        for entry in self.site.archive.entries:
            if not entry.briefing.draft:
                found.setdefault(date.fromordinal(entry.briefing.order[0]).year, []).append(entry)
        basis = fingerprint(
            program_fingerprint(), self.site.scene, sorted(self.site.archive.parents.get("region", {}).items())
        )
        return tuple(YearOfRows(self._key(basis, own), tuple(own)) for own in found.values())

    def _key(self, basis: bytes, own: list[Entry]) -> bytes:
        marks = [entry.briefing.mark for entry in own]
        marks += [t.briefing.mark for entry in own for t in self._translations.get(entry.id, ())]
        briefings = [entry.briefing for entry in own]
        named = {
            "region": set(chain.from_iterable([b.regions for b in briefings])),
            "actor": set(chain.from_iterable([b.actors for b in briefings])),
            "tag": set(chain.from_iterable([b.tags for b in briefings])),
            "dossier": set(chain.from_iterable([b.dossiers for b in briefings])),
            "source": {slug for b in briefings for slug in b.sources if slug is not None},
        }
        labels = self.site.labels
        shade = fingerprint([[(slug, labels[kind][slug]) for slug in sorted(named[kind])] for kind in sorted(named)])
        return hashlib.sha256(b"".join([basis, shade, *marks])).digest()

    @cached_property
    def _translations(self) -> dict[str, list[Entry]]:
        """The translations of each briefing, by its id, in the order of the site's languages."""
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for site in self._translated:
            for entry in site.archive.own(site.archive.entries):
                if not entry.briefing.draft:
                    found[entry.id].append(entry)
        return found

    def recipes(self, year: YearOfRows) -> tuple[RowRecipe, ...]:
        """What the rows of a year are made from."""
        return tuple([self._recipe(entry) for entry in year.members])

    def _recipe(self, entry: Entry) -> RowRecipe:
        briefing = entry.briefing
        return RowRecipe(
            document=briefing.document,
            id=briefing.id,
            address=briefing.address,
            regions=briefing.regions,
            within=self._within(briefing.regions),
            actors=briefing.actors,
            tags=briefing.tags,
            dossiers=briefing.dossiers,
            sources=briefing.sources,
            translations=tuple(
                [
                    (t.briefing.lang or "", t.briefing.title, t.briefing.address)
                    for t in self._translations.get(entry.id, ())
                ]
            ),
        )

    def _within(self, regions: Sequence[str]) -> tuple[str, ...]:
        parents = self.site.archive.parents.get("region", {})
        found: dict[str, None] = {}
        for region in regions:
            line: tuple[str, ...] = (region,)
            while line and line[0] not in found:
                found[line[0]] = None
                line = parents.get(line[0], ())
        return tuple(found)

    def file(self, format_: str, dossier: str | None = None) -> DataFileRecipe:
        """What a file of all rows is made from, or of those of one dossier."""
        if dossier is None:
            return DataFileRecipe(format_, tuple([(year.key, None) for year in self.years]))
        inside = [
            (year.key, tuple([n for n, entry in enumerate(year.members) if dossier in entry.briefing.dossiers]))
            for year in self.years
        ]
        return DataFileRecipe(format_, tuple([(key, members) for key, members in inside if members]))

    def network(self) -> NetworkRecipe:
        """What the network of actors is made from."""
        return NetworkRecipe(tuple([year.key for year in self.years]))

    @cached_property
    def count(self) -> int:
        """How many rows there are."""
        return sum(len(year.members) for year in self.years)
