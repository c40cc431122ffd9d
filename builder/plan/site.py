"""The site to be planned: the archive, its configuration, and where its files stand."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

from msgspec import Struct

from builder.cache import fingerprint
from builder.config import Config
from builder.index import Archive, Entry, Neighbourhood, Spread
from builder.languages import prefix_of, said_in
from builder.model.records import Actor, Source
from builder.pages.overviews import OVERVIEWS, WITH_WORDS
from builder.pages.recipes import BodyRecipe, CountryName, Counts, PictureRecipe
from builder.pages.scene import Label, Labels, Scene
from builder.pages.values import tongue_value
from builder.pages.wording import Wording
from builder.resolve import ResolvedDossier, Term, TermKind
from builder.resolve.prose import Prosaic
from builder.words import words_of

LATELY = 30  # days


class MediaFile(Struct, frozen=True):
    """A file of `content/media/` as the site shows it: its address, its size in bytes, and its SHA-256.

    `made` is the key of a piece with its bytes, empty where they are those of the file itself. A picture has a `width`
    and a `height` in pixels; `variants` are the same picture in other widths, narrowest first.
    """

    address: str
    size: int
    digest: str
    made: bytes = b""
    width: int = 0
    height: int = 0
    variants: tuple[MediaFile, ...] = ()


class Site:
    """All that recipes are made from, in the language of `archive`.

    `prefix` is what addresses in that language begin with, `home` that of its home page; `headings` is what the index
    of each kind is called. `media` has each file that the site shows by its path; `assets` the address of each of the
    theme's static files; `words` the compiled catalogues of each language. A period of a list that holds more entries
    than `longest_list` is divided.
    """

    def __init__(
        self,
        config: Config,
        archive: Archive,
        media: dict[str, MediaFile],
        assets: dict[str, str],
        options: dict[str, Any],
        needs: Iterable[str],
        words: dict[str, tuple[bytes, ...]],
        overviews: Iterable[str] = (),
        longest_list: int = 200,
        picture_sizes: str = "",
    ) -> None:
        self.config = config
        self.archive = archive
        self.media = media
        self.assets = assets
        language = archive.language or config.language
        self.prefix = prefix_of(archive.language)
        self.home = f"{self.prefix}/"
        self.language = language
        self.catalogues = words.get(language, ())
        self.wording = Wording(language, words_of(self.catalogues))
        self.headings = _headings(self.wording)
        self.needs = frozenset(needs)
        self.overviews = frozenset(overviews)
        self.longest_list = longest_list
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
        self._card_shades: dict[int, bytes] = {}  # by position, found out when first needed
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
            overviews=tuple(overviews),
            words=fingerprint(self.catalogues),
            picture_sizes=picture_sizes,
            share=_shares(config) if "share" in self.needs else "",
        )

    @cached_property
    def labels_fingerprint(self) -> bytes:
        """The fingerprint of all labels."""
        return fingerprint(self.labels)

    @cached_property
    def words(self) -> dict[str, Prosaic | None]:
        """The prose that stands at the head of home and of overviews, by their places; None where nobody wrote it."""
        heads = ["/", *(f"/{kind}/" for kind in OVERVIEWS if kind in WITH_WORDS & self.overviews)]
        prose = dict(self.archive.own_prose())
        return {place: prose.get(place) for place in heads}

    @cached_property
    def country_names(self) -> tuple[CountryName, ...]:
        """What the regions that have a code of ISO 3166 are called, by it."""
        labels, codes = self.labels["region"], sorted(self.archive.codes.items())
        found = [(code, labels[slug]) for code, slug in codes]
        return tuple([CountryName(code, one.name, one.note, one.lang, one.note_lang) for code, one in found])

    @cached_property
    def ranks(self) -> list[int]:
        """By position, how many entries were revised earlier; those of one instant are in the order of their ids."""
        entries = self.archive.entries
        order = sorted(range(len(entries)), key=lambda at: (entries[at].briefing.revised, entries[at].briefing.id))
        ranks = [0] * len(entries)
        for rank, position in enumerate(order):
            ranks[position] = rank
        return ranks

    def activity(self, members: Sequence[int]) -> Counts:
        """How many of `members` there are by month, or by year where they are spread over more than five of them."""
        return self._spread.counts(members)

    @cached_property
    def _spread(self) -> Spread:
        return Spread([entry.briefing.when.start.parts for entry in self.archive.entries])

    @cached_property
    def named(self) -> dict[str, list[tuple[str, ...]]]:
        """By kind and position, the slugs of the terms and dossiers that each entry names."""
        briefings = [entry.briefing for entry in self.archive.entries]
        return {
            "actor": [briefing.actors for briefing in briefings],
            "region": [briefing.regions for briefing in briefings],
            "tag": [briefing.tags for briefing in briefings],
            "dossier": [briefing.dossiers for briefing in briefings],
        }

    @cached_property
    def lately(self) -> int:
        """The position from which on events lie in the last 30 days of the archive's own time, up to its newest."""
        days = self.archive.days
        return bisect_right(days, days[-1] - LATELY) if days else 0

    def related(self, entry: Entry) -> tuple[Entry, ...]:
        """The entries closest to one, nearest first."""
        entries = self.archive.entries
        return tuple([entries[position] for position in self._neighbourhood.related(entry.position)])

    @cached_property
    def _neighbourhood(self) -> Neighbourhood:
        return self.archive.neighbourhood()

    @cached_property
    def abstracts(self) -> list[bytes]:
        """The keys of the abstracts of all entries, by position."""
        return [entry.briefing.abstract for entry in self.archive.entries]

    def abstract(self, entry: Entry | None) -> bytes | None:
        """The key of an entry's abstract, if there is an entry."""
        return entry.briefing.abstract if entry is not None else None

    def shade(self, positions: Iterable[int]) -> bytes:
        """The fingerprint of the labels on the cards of the entries at `positions`."""
        return hashlib.sha256(b"".join([self._card_shade(position) for position in positions])).digest()

    def own_shade(self, entry: Entry, others: Iterable[int]) -> bytes:
        """The fingerprint of all labels of an entry, and of those on the cards of `others`."""
        briefing, actors, sources = entry.briefing, self._actor_shades, self._source_shades
        own = [actors[slug] for slug in briefing.actors]
        own += [sources[slug] for slug in briefing.sources if slug is not None]
        own.append(self._card_shade(entry.position))
        own += [self._card_shade(position) for position in others]
        return hashlib.sha256(b"".join(own)).digest()

    def _card_shade(self, position: int) -> bytes:
        """The fingerprint of what cards and feeds name of an entry."""
        known = self._card_shades.get(position)
        if known is not None:
            return known
        briefing, shades = self.archive.entries[position].briefing, self._shades
        found = [shades["region"][slug] for slug in briefing.regions]
        found += [shades["dossier"][slug] for slug in briefing.dossiers]
        found += [shades["tag"][slug] for slug in briefing.tags]
        shade = self._card_shades[position] = hashlib.sha256(b"".join(found)).digest()
        return shade

    def term_address(self, kind: TermKind, slug: str) -> str:
        """The address of a term's page."""
        return self.prefix + term_address(kind, slug)

    def _label(self, term: Term) -> Label:
        record = term.record
        source = record if isinstance(record, Source) else None
        tongue = self.tongue_of(term)
        return Label(
            name=term.name,
            address=self.term_address(term.kind, term.slug),
            kind=record.kind if isinstance(record, Actor | Source) else None,
            note=record.note if record is not None and record.note else None,
            state_controlled=bool(source and source.state_controlled),
            reliability=source.reliability if source else None,
            note_lang=self.tongue_of_text(record.notes) if record is not None and record.note else None,
            **tongue_value(tongue),
        )

    def tongue_of(self, term: Term) -> str | None:
        """The language of a term's name, where its record has none in that of this site's pages."""
        names = term.record.names if term.record is not None else {}
        return None if said_in(names, self.language) is not None else self.tongue(None)

    def tongue_of_text(self, texts: Mapping[str, str]) -> str | None:
        """The language of a record's description or note, where `texts` has none in that of this site's pages."""
        return None if said_in(texts, self.language) is not None else self.tongue(None)

    def _nav(self) -> Iterable[tuple[str, str, str | None]]:
        archive = self.archive
        present = {
            "dossiers": bool(archive.dossiers),
            **{f"{kind}s": bool(terms) for kind, terms in archive.terms.items()},
        }
        yield from ((name, f"{self.prefix}/{part}/", None) for part, name in self.headings.items() if present[part])
        if "map" in self.needs:
            yield self.wording.words.gettext("Map"), f"{self.prefix}/map/", None
        if "timeline" in self.overviews:
            yield self.wording.words.gettext("Timeline"), f"{self.prefix}/timeline/", None
        # Prose in a folder is led to by the page of prose that has the folder's name, if there is one.
        folders = archive.prose_inside.items()
        inner = {place for outer, inside in folders if outer not in self.words for place in inside} | self.words.keys()
        for place, page in archive.prose.items():
            if place not in inner:
                yield page.document.meta.title, page.address, self.tongue(page.document.meta.lang)

    def tongue(self, language: str | None) -> str | None:
        """The language of a document that says `language`, where that isn't the language of this site's pages."""
        own = language or self.config.language
        return own if own != self.language else None

    def addresses(self, references: Sequence[str]) -> tuple[str, ...]:
        """Where references lead: files of `content/media/` have an address of their own."""
        return tuple([to if to[:1] in "#/" else self.media[to].address for to in references])

    def sizes(self, references: Sequence[str]) -> tuple[tuple[str, int], ...]:
        """The address and the size in bytes of each file of `content/media/` that references lead to."""
        files = [self.media[to] for to in references if to[:1] not in "#/"]
        return tuple([(file.address, file.size) for file in files])

    def pictures(self, references: Iterable[str]) -> tuple[PictureRecipe, ...]:
        """The pictures among what references lead to."""
        files = [self.media[to] for to in references if to in self.media]
        return tuple([_picture(file) for file in files if file.width])

    def body(self, path: str, html: str) -> BodyRecipe:
        """The body of the document at `path`, whose HTML has that SHA-256 in hexadecimal."""
        references = self.archive.references.bodies.get(path, ())
        return BodyRecipe(
            bytes.fromhex(html), self.addresses(references), self.sizes(references), self.pictures(references)
        )


def _shares(config: Config) -> Literal["", "site", "briefings"]:
    if not config.share.enabled:
        return ""
    return "briefings" if config.share.per_briefing else "site"


def _picture(file: MediaFile) -> PictureRecipe:
    variants = tuple([(variant.address, variant.width) for variant in file.variants])
    return PictureRecipe(file.address, file.width, file.height, variants)


def _headings(wording: Wording) -> dict[str, str]:
    """What the index of each kind is called, in the order in which they are named at the top of every page."""
    _ = wording.words.gettext
    return {
        "dossiers": _("Dossiers"),
        "regions": _("Regions"),
        "actors": _("Actors"),
        "tags": _("Tags"),
        "sources": _("Sources"),
    }


def term_address(kind: TermKind, slug: str) -> str:
    """The address of a term's page in the site's own language."""
    return f"/{kind}s/{slug}/"


def summary_of(dossier: ResolvedDossier) -> str:
    """What lists say of a dossier: its summary, or else its first paragraph."""
    return dossier.document.meta.summary or dossier.document.body.excerpt
