"""A part of the plan: the pages in one language, and the lists that they show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from builder.index import Entry
from builder.pages.overviews import OVERVIEWS
from builder.pages.recipes import KnownName
from builder.plan.addresses import Maker, hidden_aliases
from builder.plan.corrections import Corrections
from builder.plan.data import NETWORK, json_files, row_files
from builder.plan.days import DaysOfYear
from builder.plan.lists import ArchiveList, DatedList
from builder.plan.names import name_files, names_address
from builder.plan.sections import briefing_sections
from builder.plan.site import Site
from builder.resolve import TermKind
from builder.site_ledger import Section

Subject = tuple[str, ...]


class Page(Struct, frozen=True, gc=False):
    """One file of the site: its address, its kind (a key of `KINDS`), and what of the archive it shows.

    `path` is the file that asked for it, if one did; `language` that of the part, empty for the site's own. `section`
    is the one that it is planned in, if it is in any.
    """

    address: str
    kind: str
    subject: Subject = ()
    path: str = ""
    language: str = ""
    section: str = ""


class Part:
    """All pages of a site in one language. In others than its own, what isn't translated has no page but a dossier."""

    def __init__(self, site: Site, known: Mapping[str, Section]) -> None:
        """`known` are sections that were planned earlier."""
        self.site = site
        archive = site.archive
        self.archive_list = ArchiveList(site, site.home, None, tuple(range(len(archive.entries))), known)
        self._lists: dict[Subject, DatedList] = {("archive",): self.archive_list}
        for kind, terms in archive.terms.items():
            for slug, term in terms.items():
                members = archive.members[kind][slug]
                self._lists[(kind, slug)] = DatedList(site, site.term_address(kind, slug), term.name, members, known)
        for dossier in archive.dossiers:
            members = archive.dossier_members[dossier.id]
            title = dossier.document.meta.title
            self._lists[("dossier", dossier.id)] = DatedList(site, dossier.address, title, members, known)

    @cached_property
    def corrections(self) -> Corrections:
        """All corrections and withdrawals."""
        return Corrections(self.site)

    @cached_property
    def days_of_year(self) -> DaysOfYear:
        """The days of the year that have pages."""
        return DaysOfYear(self.site)

    @cached_property
    def name_files(self) -> tuple[tuple[KnownName, ...], ...]:
        """The files of names that the search needs."""
        return name_files(self.site)

    @property
    def name_addresses(self) -> list[str]:
        """The addresses of the files of names."""
        return [names_address(self.site, number) for number in range(len(self.name_files))]

    def dated(self, subject: Subject) -> DatedList:
        """The list that `subject` names: `("archive",)`, or a kind and a slug."""
        return self._lists[subject]

    def pages(self) -> Iterator[Page]:
        """The pages, in the order in which they are made."""
        archive, language, prefix = self.site.archive, self.site.archive.language, self.site.prefix
        sections = [name for name, _, entries in self._briefing_sections for _ in entries] or [""] * len(
            archive.entries
        )
        for entry in archive.own(archive.entries):
            briefing, section = entry.briefing, sections[entry.position]
            yield Page(briefing.address, "briefing", (briefing.id,), briefing.path, language, section)
            if self.site.scene.share == "briefings":
                yield self._share(briefing.address, ("briefing", briefing.id), briefing.path)
        for entry in archive.own(archive.notices):
            briefing = entry.briefing
            yield Page(briefing.address, "notice", (briefing.id,), briefing.path, language)
            # A redirect would tie an old address, which may name what is withheld, to the notice.
            for redirect in hidden_aliases(entry):
                yield Page(redirect.address, "notice", (briefing.id,), briefing.path, language)
        for place, page in archive.own_prose():
            if place not in self.site.words:
                yield Page(page.address, "prose", (place,), page.document.path, language)
        for dossier in archive.dossiers:
            yield Page(dossier.address, "dossier", (dossier.id,), dossier.document.path, language)
            if self.site.scene.share:
                yield self._share(dossier.address, ("dossier", dossier.id), dossier.document.path)
            yield from self._periods(("dossier", dossier.id))
            yield from self._full_feeds(("dossier", dossier.id))
        for kind, terms in archive.terms.items():
            for slug in terms:
                yield Page(self.site.term_address(kind, slug), kind, (kind, slug), "", language)
                yield from self._periods((kind, slug))
                yield self._feed((kind, slug))
            yield Page(f"{prefix}/{kind}s/", "index", (kind,), "", language)
        yield Page(f"{prefix}/dossiers/", "index", ("dossier",), "", language)
        if "map" in self.site.needs:
            yield Page(f"{prefix}/map/", "map", (), "", language)
        yield from self._periods(("archive",))
        yield Page(self.site.home, "home", (), self._words_path("/"), language)
        if self.site.scene.share:
            yield self._share(self.site.home, ("archive",), "")
        yield from self._overviews()
        if not language:
            yield Page("/404.html", "404")
        yield from self._full_feeds(("archive",))
        if not language:
            yield Page("/robots.txt", "robots")

    def _overviews(self) -> Iterator[Page]:
        language, prefix = self.site.archive.language, self.site.prefix
        for kind in OVERVIEWS:
            if kind not in self.site.overviews:
                continue
            if kind == "on":
                for day in self.days_of_year.days:
                    yield Page(f"{prefix}/on/{'-'.join(day)}/", "on", day, "", language)
                continue
            yield Page(f"{prefix}/{kind}/", kind, (), self._words_path(f"/{kind}/"), language)
            if kind == "corrections":
                for period in self.corrections.pages():
                    yield Page(self.corrections.address_of(period), kind, period, "", language)
                yield Page(f"{self.corrections.address}feed.xml", "changes-feed", (), "", language)
            elif kind == "search":
                for number, address in enumerate(self.name_addresses):
                    yield Page(address, "names", (str(number),), "", language)
            elif kind == "coverage":
                for year in self.archive_list.calendar.inside(()):
                    yield Page(f"{prefix}/coverage/{year[0]}/", kind, year, "", language)
            elif kind == "data" and not language:
                yield from self._data_files()

    def _data_files(self) -> Iterator[Page]:
        for address, subject in row_files(self.site):
            yield Page(address, "data-file", subject)
        yield Page(NETWORK, "data-network")
        for address in json_files():
            yield Page(address, "data-json")

    def _words_path(self, place: str) -> str:
        words = self.site.words.get(place)
        return words.document.path if words else ""

    def sections(self) -> dict[str, Section]:
        """The sections of all lists and of briefings, by their names."""
        found = {name: section for dated in self._lists.values() for name, section in dated.sections.items()}
        for subject, dated in self._lists.items():
            if name := self._feed_section(subject):
                found[name] = Section(dated.fingerprint, dated.fingerprint, ())
        return found | {name: section for name, section, _ in self._briefing_sections}

    @cached_property
    def _briefing_sections(self) -> tuple[tuple[str, Section, tuple[Entry, ...]], ...]:
        dossiers = {own_id: self._lists[("dossier", own_id)] for own_id in self.site.archive.dossiers_by_id}
        return tuple(briefing_sections(self.site, lambda own_id: dossiers[own_id].fingerprint))

    def _share(self, address: str, subject: Subject, path: str) -> Page:
        """The share picture of the page at `address`."""
        return Page(f"{address}share.png", "share", subject, path, self.site.archive.language)

    def _periods(self, subject: Subject) -> Iterator[Page]:
        dated = self.dated(subject)
        own_list, language = "/".join(subject), self.site.archive.language
        for name, section in dated.sections.items():
            for period in section.periods:
                yield Page(dated.address_of(period), "period", (own_list, *period), "", language, name)

    def _feed(self, subject: Subject) -> Page:
        address, language = f"{self.dated(subject).address}feed.xml", self.site.archive.language
        return Page(address, "feed", subject, "", language, self._feed_section(subject))

    def _full_feeds(self, subject: Subject) -> Iterator[Page]:
        """The feeds of a list that has them with full text."""
        yield self._feed(subject)
        yield Page(f"{self.dated(subject).address}feed.json", "json-feed", subject, "", self.site.archive.language)

    def _feed_section(self, subject: Subject) -> str:
        """The section of a list's feed, of which it is the only page; none of one with full text or with notices.

        It isn't its list's, which may be what it was when the last notice goes.
        """
        archive = self.site.archive
        is_known = subject[0] in archive.terms and subject not in archive.notice_members
        return f"{self.dated(subject).address}feed.xml" if is_known else ""

    def maker(self, page: Page) -> Maker:
        """Who wants a page."""
        archive, what = self.site.archive, page.subject[0] if page.subject else page.address
        match page.kind:
            case "briefing" | "notice":
                found = archive.notices_by_id if page.kind == "notice" else archive.by_id
                briefing = found[what].briefing
                # At any other address than its own stands what it was called before.
                fields = ("slug", "date") if page.address == briefing.address else ("aliases",)
                return Maker("", page.path, briefing.line(*fields), fields[0])
            case "prose":
                return Maker("", page.path, archive.prose[what].document.line("slug"), "slug")
            case "dossier":
                return Maker("", page.path, archive.dossiers_by_id[what].document.line("id"), "id")
            case "tag" | "region" | "actor" | "source":
                return Maker(f'the {page.kind} "{archive.terms[KINDS_BY_NAME[page.kind]][page.subject[1]].name}"')
            case "index":
                return Maker(f"the index of {what}s")
            case "period":
                own_list = self.dated(tuple(what.split("/")))
                return Maker(f"the page of {'-'.join(page.subject[1:])} of {own_list.address}")
            case "feed" | "json-feed" | "changes-feed":
                return Maker(f"the feed {page.address}")
            case "map":
                return Maker("the map")
            case "on":
                return Maker(f"the page of the day {'-'.join(page.subject)} of every year")
            case "data-file" | "data-network" | "data-json":
                return Maker(f"the data file {page.address}")
            case "timeline" | "recent" | "corrections" | "coverage" | "codebook" | "changes" | "data" | "search":
                return Maker(f"the page {page.address}", page.path, 1 if page.path else 0)
            case "home":
                return Maker("the home page")
            case "404":
                return Maker("the page for unknown addresses")
            case _:
                return Maker(page.address.lstrip("/"))


KINDS_BY_NAME: dict[str, TermKind] = {
    "tag": "tag",
    "region": "region",
    "actor": "actor",
    "source": "source",
}
