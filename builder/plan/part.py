"""A part of the plan: the pages in one language, and the lists that they show."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from builder.plan.addresses import Maker, hidden_aliases
from builder.plan.lists import ArchiveList, DatedList
from builder.plan.site import Site
from builder.resolve import TermKind

Subject = tuple[str, ...]


class Page(Struct, frozen=True, gc=False):
    """One file of the site: its address, its kind (a key of `KINDS`), and what of the archive it shows.

    `path` is the file that asked for it, if one did; `language` that of the part, empty for the site's own.
    """

    address: str
    kind: str
    subject: Subject = ()
    path: str = ""
    language: str = ""


class Part:
    """All pages of a site in one language. In others than its own, what isn't translated has no page but a dossier."""

    def __init__(self, site: Site) -> None:
        self.site = site
        archive = site.archive
        self.archive_list = ArchiveList(site, site.home, None, tuple(range(len(archive.entries))))
        self._lists: dict[Subject, DatedList] = {("archive",): self.archive_list}
        for kind, terms in archive.terms.items():
            for slug, term in terms.items():
                members = archive.members[kind][slug]
                self._lists[(kind, slug)] = DatedList(site, site.term_address(kind, slug), term.name, members)
        for dossier in archive.dossiers:
            members = archive.dossier_members[dossier.id]
            title = dossier.document.meta.title
            self._lists[("dossier", dossier.id)] = DatedList(site, dossier.address, title, members)

    def dated(self, subject: Subject) -> DatedList:
        """The list that `subject` names: `("archive",)`, or a kind and a slug."""
        return self._lists[subject]

    def pages(self) -> Iterator[Page]:
        """The pages, in the order in which they are made."""
        archive, language, prefix = self.site.archive, self.site.archive.language, self.site.prefix
        for entry in archive.own(archive.entries):
            briefing = entry.briefing
            yield Page(briefing.address, "briefing", (briefing.id,), briefing.path, language)
        for entry in archive.own(archive.notices):
            briefing = entry.briefing
            yield Page(briefing.address, "notice", (briefing.id,), briefing.path, language)
            # A redirect would tie an old address, which may name what is withheld, to the notice.
            for redirect in hidden_aliases(entry):
                yield Page(redirect.address, "notice", (briefing.id,), briefing.path, language)
        for place, page in archive.own_prose():
            if place != "/":
                yield Page(page.address, "prose", (place,), page.document.path, language)
        for dossier in archive.dossiers:
            yield Page(dossier.address, "dossier", (dossier.id,), dossier.document.path, language)
            yield from self._periods(("dossier", dossier.id))
            yield self._feed(("dossier", dossier.id))
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
        words = dict(archive.own_prose()).get("/")
        yield Page(self.site.home, "home", (), words.document.path if words else "", language)
        if not language:
            yield Page("/404.html", "404")
        yield self._feed(("archive",))
        if not language:
            yield Page("/robots.txt", "robots")

    def _periods(self, subject: Subject) -> Iterator[Page]:
        dated = self.dated(subject)
        own_list, language = "/".join(subject), self.site.archive.language
        for period in dated.pages():
            yield Page(dated.address_of(period), "period", (own_list, *period), "", language)

    def _feed(self, subject: Subject) -> Page:
        return Page(f"{self.dated(subject).address}feed.xml", "feed", subject, "", self.site.archive.language)

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
            case "feed":
                return Maker(f"the feed {page.address}")
            case "map":
                return Maker("the map")
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
