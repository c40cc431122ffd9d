"""The plan: every page of the site, what shows it and what it is made from. The table below is the heart.

A page is a plain reference (kind and subject); its inputs are plain values, made from it when they are wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from builder.faults import Fault
from builder.index import Entry
from builder.plan.addresses import Maker, Redirects, address_faults, hidden_aliases
from builder.plan.briefing import briefing_inputs, notice_inputs
from builder.plan.dossiers import dossier_index_inputs, dossier_inputs
from builder.plan.feeds import feed_inputs
from builder.plan.lists import ArchiveList, DatedList
from builder.plan.machinery import (
    SITEMAP_LIMIT,
    redirect_inputs,
    robots_inputs,
    sitemap_index_inputs,
    sitemap_inputs,
)
from builder.plan.overview import home_inputs, not_found_inputs, period_inputs, prose_inputs
from builder.plan.site import Site
from builder.plan.terms import index_inputs, term_inputs
from builder.plan.values import Value, term_address
from builder.resolve import TermKind

Subject = tuple[str, ...]


class Page(Struct, frozen=True):
    """One file of the site: its address, its kind (a key of `KINDS`), and what of the archive it shows."""

    address: str
    kind: str
    subject: Subject
    maker: Maker


class PageKind(Struct, frozen=True):
    """What pages of one kind have in common: their template, and how a subject becomes inputs.

    `listed` says whether the sitemap names them.
    """

    template: str
    inputs: Callable[[Plan, Subject], Value]
    listed: bool = True


class Plan:
    """All pages of a site, in the order in which they are made, and the inputs of each."""

    def __init__(self, site: Site) -> None:
        self.site = site
        archive = site.archive
        self._lists: dict[Subject, DatedList] = {
            ("archive",): ArchiveList(site, "/", site.config.title, tuple(range(len(archive.entries))))
        }
        for kind, terms in archive.terms.items():
            for slug, term in terms.items():
                members = archive.members[kind][slug]
                self._lists[(kind, slug)] = DatedList(site, term_address(kind, slug), term.name, members)
        for dossier in archive.dossiers:
            members = archive.dossier_members[dossier.id]
            title = dossier.document.meta.title
            self._lists[("dossier", dossier.id)] = DatedList(site, dossier.address, title, members)
        pages = list(self._pages())
        redirects = Redirects(archive, {page.address for page in pages})
        pages += [Page(r.address, "redirect", (r.address, r.target), r.maker) for r in redirects.found]
        self._sitemaps = _sitemaps([p.address for p in pages if KINDS[p.kind].listed and not self._is_draft(p)])
        pages += [Page(address, "sitemap", (address,), Maker(address)) for address in self._sitemaps]
        pages += [Page("/sitemap.xml", "sitemap-index", (), Maker("the index of sitemaps"))] if self._many() else []
        self.pages = tuple(pages)
        makers = [(page.address, page.maker) for page in pages]
        makers += [(address, Maker(f"the theme's {name}")) for name, address in site.assets.items()]
        makers += [(address, Maker("a file of content/media/")) for address in {m.address for m in site.media.values()}]
        makers += [("/manifest.json", Maker("the manifest"))]
        self.faults: tuple[Fault, ...] = (*redirects.faults, *address_faults(makers))

    def inputs(self, page: Page) -> Value:
        """The plain values that `page` is made from: equal values, equal bytes."""
        return KINDS[page.kind].inputs(self, page.subject)

    def dated(self, subject: Subject) -> DatedList:
        """The list that `subject` names: `("archive",)`, or a kind and a slug."""
        return self._lists[subject]

    def sitemap(self, address: str) -> tuple[str, ...]:
        """The addresses that the sitemap at `address` names."""
        return self._sitemaps[address]

    def sitemaps(self) -> Iterable[str]:
        """The addresses of the sitemaps."""
        return self._sitemaps

    def _many(self) -> bool:
        return len(self._sitemaps) > 1

    def _is_draft(self, page: Page) -> bool:
        if page.kind == "briefing":
            return self.site.archive.by_id[page.subject[0]].briefing.document.meta.draft
        return page.kind == "prose" and self.site.archive.prose[page.subject[0]].document.meta.draft

    def _pages(self) -> Iterator[Page]:
        archive = self.site.archive
        for entry in archive.entries:
            document = entry.briefing.document
            maker = Maker("", document.path, document.line("slug", "date"), "slug")
            yield Page(entry.briefing.address, "briefing", (entry.id,), maker)
        for entry in archive.notices:
            document = entry.briefing.document
            maker = Maker("", document.path, document.line("slug", "date"), "slug")
            yield Page(entry.briefing.address, "notice", (entry.id, entry.briefing.address), maker)
            # A redirect would tie an old address, which may name what is withheld, to the notice.
            for redirect in hidden_aliases(entry):
                yield Page(redirect.address, "notice", (entry.id, redirect.address), redirect.maker)
        for address, page in archive.prose.items():
            if address != "/":
                yield Page(
                    address, "prose", (address,), Maker("", page.document.path, page.document.line("slug"), "slug")
                )
        for dossier in archive.dossiers:
            yield Page(
                dossier.address,
                "dossier",
                (dossier.id,),
                Maker("", dossier.document.path, dossier.document.line("id"), "id"),
            )
            yield from self._periods(("dossier", dossier.id))
            yield self._feed(("dossier", dossier.id))
        for kind, terms in archive.terms.items():
            for slug, term in terms.items():
                maker = Maker(f'the {kind} "{term.name}"')
                yield Page(term_address(kind, slug), kind, (kind, slug), maker)
                yield from self._periods((kind, slug))
                yield self._feed((kind, slug))
            yield Page(f"/{kind}s/", "index", (kind,), Maker(f"the index of {kind}s"))
        yield Page("/dossiers/", "dossier-index", (), Maker("the index of dossiers"))
        yield from self._periods(("archive",))
        yield Page("/", "home", (), Maker("the home page"))
        yield Page("/404.html", "404", (), Maker("the page for unknown addresses"))
        yield self._feed(("archive",))
        yield Page("/robots.txt", "robots", (), Maker("robots.txt"))

    def _periods(self, subject: Subject) -> Iterator[Page]:
        dated = self.dated(subject)
        for period in dated.pages():
            what = Maker(f"the page of {'-'.join(period)} of {dated.address}")
            yield Page(dated.address_of(period), "period", ("/".join(subject), *period), what)

    def _feed(self, subject: Subject) -> Page:
        address = f"{self.dated(subject).address}feed.xml"
        return Page(address, "feed", subject, Maker(f"the feed {address}"))


def _sitemaps(addresses: list[str]) -> dict[str, tuple[str, ...]]:
    """The addresses by the sitemap that names them: one file, or several of at most `SITEMAP_LIMIT`."""
    ordered = sorted(addresses)
    if len(ordered) <= SITEMAP_LIMIT:
        return {"/sitemap.xml": tuple(ordered)}
    parts = [ordered[start : start + SITEMAP_LIMIT] for start in range(0, len(ordered), SITEMAP_LIMIT)]
    return {f"/sitemap-{number}.xml": tuple(part) for number, part in enumerate(parts, 1)}


def _briefing(plan: Plan, subject: Subject) -> Value:
    return briefing_inputs(plan.site, plan.site.archive.by_id[subject[0]])


def _notice(plan: Plan, subject: Subject) -> Value:
    own_id, address = subject
    return notice_inputs(plan.site, plan.site.archive.by_id[own_id], address)


def _term(plan: Plan, subject: Subject) -> Value:
    kind, slug = subject
    term = plan.site.archive.terms[_KINDS_BY_NAME[kind]][slug]
    return term_inputs(plan.site, term, plan.dated(subject))


def _index(plan: Plan, subject: Subject) -> Value:
    return index_inputs(plan.site, _KINDS_BY_NAME[subject[0]])


def _dossier(plan: Plan, subject: Subject) -> Value:
    return dossier_inputs(plan.site, plan.site.archive.dossiers_by_id[subject[0]], plan.dated(("dossier", *subject)))


def _period(plan: Plan, subject: Subject) -> Value:
    own_list, *period = subject
    return period_inputs(plan.site, plan.dated(tuple(own_list.split("/"))), tuple(period))


def _prose(plan: Plan, subject: Subject) -> Value:
    return prose_inputs(plan.site, plan.site.archive.prose[subject[0]])


def _home(plan: Plan, _subject: Subject) -> Value:
    return home_inputs(plan.site, plan.dated(("archive",)), plan.site.archive.prose.get("/"))


def _feed(plan: Plan, subject: Subject) -> Value:
    dated = plan.dated(subject)
    site = plan.site
    entries = [*(site.archive.entries[member] for member in dated.members), *_notices_of(site, subject)]
    whole_site = subject == ("archive",)
    title = site.config.title if whole_site else f"{site.config.title}: {dated.name}"
    return feed_inputs(site, title, dated.address, entries, full_text=whole_site or subject[0] == "dossier")


def _notices_of(site: Site, subject: Subject) -> list[Entry]:
    notices = site.archive.notices
    if subject == ("archive",):
        return list(notices)
    kind, slug = subject
    return [notices[position] for position in site.archive.notice_members.get((kind, slug), ())]


_KINDS_BY_NAME: dict[str, TermKind] = {
    "tag": "tag",
    "region": "region",
    "actor": "actor",
    "source": "source",
}

KINDS: dict[str, PageKind] = {
    "home": PageKind("home.html", _home),
    "briefing": PageKind("briefing.html", _briefing),
    "notice": PageKind("notice.html", _notice, listed=False),
    "prose": PageKind("prose.html", _prose),
    "dossier": PageKind("dossier.html", _dossier),
    "tag": PageKind("tag.html", _term),
    "region": PageKind("region.html", _term),
    "actor": PageKind("actor.html", _term),
    "source": PageKind("source.html", _term),
    "index": PageKind("index.html", _index),
    "dossier-index": PageKind("index.html", lambda plan, _: dossier_index_inputs(plan.site)),
    "period": PageKind("period.html", _period),
    "404": PageKind("404.html", lambda plan, _: not_found_inputs(plan.site), listed=False),
    "redirect": PageKind("redirect.html", lambda plan, s: redirect_inputs(plan.site, *s), listed=False),
    "feed": PageKind("feed.xml", _feed, listed=False),
    "sitemap": PageKind("sitemap.xml", lambda plan, s: sitemap_inputs(plan.site, plan.sitemap(s[0])), listed=False),
    "sitemap-index": PageKind(
        "sitemap.xml", lambda plan, _: sitemap_index_inputs(plan.site, plan.sitemaps()), listed=False
    ),
    "robots": PageKind("robots.txt", lambda plan, _: robots_inputs(plan.site), listed=False),
}
