"""The site to be planned: the archive, its configuration, and where its files stand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from builder.cache import fingerprint
from builder.config import Config
from builder.index import Archive, Entry, Neighbourhood
from builder.languages import prefix_of
from builder.model.records import Actor, Source
from builder.pages.recipes import BodyRecipe
from builder.pages.scene import Label, Labels, Scene
from builder.pages.values import tongue_value
from builder.pages.wording import Wording
from builder.resolve import ResolvedDossier, Term, TermKind

_PARTS = (
    ("dossiers", "Dossiers"),
    ("regions", "Regions"),
    ("actors", "Actors"),
    ("tags", "Tags"),
    ("sources", "Sources"),
)


class MediaFile(Struct, frozen=True):
    """A file of `content/media/` that the site shows: its address, its size in bytes, and its SHA-256."""

    address: str
    size: int
    digest: str


class Site:
    """All that recipes are made from, in the language of `archive`.

    `prefix` is what addresses in that language begin with, `home` that of its home page. `media` has each file that
    the site shows by its path; `assets` the address of each of the theme's static files.
    """

    def __init__(
        self,
        config: Config,
        archive: Archive,
        media: dict[str, MediaFile],
        assets: dict[str, str],
        options: dict[str, Any],
        needs: Iterable[str],
    ) -> None:
        self.config = config
        self.archive = archive
        self.media = media
        self.assets = assets
        language = archive.language or config.language
        self.prefix = prefix_of(archive.language)
        self.home = f"{self.prefix}/"
        self.wording = Wording(language)
        self.needs = frozenset(needs)
        self.labels: Labels = {
            **{
                kind: {slug: self._label(term) for slug, term in terms.items()} for kind, terms in archive.terms.items()
            },
            "dossier": {
                d.id: Label(d.document.meta.title, d.address, **tongue_value(self.tongue(d.document.meta.lang)))
                for d in archive.dossiers
            },
        }
        self._shades = {
            kind: {slug: fingerprint(label) for slug, label in of_kind.items()} for kind, of_kind in self.labels.items()
        }
        self._actor_shades, self._source_shades = self._shades["actor"], self._shades["source"]
        # What cards and feeds name of each entry, by position.
        self._card_shades = [self._card_shade(entry) for entry in archive.entries]
        self.scene = Scene(
            title=config.title,
            description=config.description,
            language=language,
            main_language=config.language,
            prefix=self.prefix,
            timezone=config.timezone,
            licence=config.licence,
            contact=config.contact,
            absolute=config.absolute,
            base_path=config.base_path,
            nav=tuple(self._nav()),
            assets=assets,
            options=options,
            needs=tuple(sorted(self.needs)),
        )

    @cached_property
    def country_names(self) -> tuple[tuple[str, str, str | None], ...]:
        """The names of the regions that have a code of ISO 3166, by it, each with its note."""
        labels, codes = self.labels["region"], sorted(self.archive.codes.items())
        return tuple([(code, labels[slug].name, labels[slug].note) for code, slug in codes])

    @cached_property
    def ranks(self) -> list[int]:
        """By position, how many entries were revised earlier; those of one instant are in the order of their ids."""
        entries = self.archive.entries
        order = sorted(range(len(entries)), key=lambda at: (entries[at].briefing.revised, entries[at].briefing.id))
        ranks = [0] * len(entries)
        for rank, position in enumerate(order):
            ranks[position] = rank
        return ranks

    def related(self, entry: Entry) -> tuple[Entry, ...]:
        """The entries closest to one, nearest first."""
        entries = self.archive.entries
        return tuple([entries[position] for position in self._neighbourhood.related(entry.position)])

    @cached_property
    def _neighbourhood(self) -> Neighbourhood:
        return self.archive.neighbourhood()

    def abstract(self, entry: Entry | None) -> bytes | None:
        """The key of an entry's abstract, if there is an entry."""
        return entry.briefing.abstract if entry is not None else None

    def shade(self, positions: Iterable[int]) -> bytes:
        """The fingerprint of the labels on the cards of the entries at `positions`."""
        shades = self._card_shades
        return hashlib.sha256(b"".join([shades[position] for position in positions])).digest()

    def own_shade(self, entry: Entry, others: Iterable[int]) -> bytes:
        """The fingerprint of all labels of an entry, and of those on the cards of `others`."""
        briefing, actors, sources, cards = entry.briefing, self._actor_shades, self._source_shades, self._card_shades
        own = [actors[slug] for slug in briefing.actors]
        own += [sources[slug] for slug in briefing.sources if slug is not None]
        own.append(cards[entry.position])
        own += [cards[position] for position in others]
        return hashlib.sha256(b"".join(own)).digest()

    def _card_shade(self, entry: Entry) -> bytes:
        briefing, shades = entry.briefing, self._shades
        found = [shades["region"][slug] for slug in briefing.regions]
        found += [shades["dossier"][slug] for slug in briefing.dossiers]
        found += [shades["tag"][slug] for slug in briefing.tags]
        return hashlib.sha256(b"".join(found)).digest()

    def term_address(self, kind: TermKind, slug: str) -> str:
        """The address of a term's page."""
        return self.prefix + term_address(kind, slug)

    def _label(self, term: Term) -> Label:
        record = term.record
        source = record if isinstance(record, Source) else None
        return Label(
            name=term.name,
            address=self.term_address(term.kind, term.slug),
            kind=record.kind if isinstance(record, Actor | Source) else None,
            note=record.note if record is not None and record.note else None,
            state_controlled=bool(source and source.state_controlled),
            reliability=source.reliability if source else None,
        )

    def _nav(self) -> Iterable[tuple[str, str, str | None]]:
        archive = self.archive
        present = {
            "dossiers": bool(archive.dossiers),
            **{f"{kind}s": bool(terms) for kind, terms in archive.terms.items()},
        }
        yield from ((name, f"{self.prefix}/{part}/", None) for part, name in _PARTS if present[part])
        if "map" in self.needs:
            yield "Map", f"{self.prefix}/map/", None
        # Prose in a folder is led to by the page that has the folder's name, if there is one.
        inner = {place for inside in archive.prose_inside.values() for place in inside} | {"/"}
        for place, page in archive.prose.items():
            if place not in inner:
                yield page.document.meta.title, page.address, self.tongue(page.document.meta.lang)

    def tongue(self, language: str | None) -> str | None:
        """The language of a document that says `language`, where that isn't the language of this site's pages."""
        own = language or self.config.language
        return own if self.archive.language and own != self.archive.language else None

    def addresses(self, references: Sequence[str]) -> tuple[str, ...]:
        """Where references lead: files of `content/media/` have an address of their own."""
        return tuple([to if to[:1] in "#/" else self.media[to].address for to in references])

    def body(self, path: str, html: str) -> BodyRecipe:
        """The body of the document at `path`, whose HTML has that SHA-256 in hexadecimal."""
        return BodyRecipe(bytes.fromhex(html), self.addresses(self.archive.references.bodies.get(path, ())))


def term_address(kind: TermKind, slug: str) -> str:
    """The address of a term's page in the site's own language."""
    return f"/{kind}s/{slug}/"


def summary_of(dossier: ResolvedDossier) -> str:
    """A dossier's summary: its own, or else its first paragraph."""
    return dossier.document.meta.summary or dossier.document.body.excerpt
