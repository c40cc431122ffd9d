"""The plan: every page of the site, and what it is made from.

A page is a plain reference (kind and subject); its recipe is made from it when it is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from msgspec import Struct

from builder.faults import Fault
from builder.index import Archive, Entry
from builder.pages import KINDS, Recipe
from builder.pages.recipes import NothingRecipe, RedirectRecipe, SitemapIndexRecipe, SitemapRecipe
from builder.plan.addresses import Maker, Redirects, address_faults, file_of, hidden_aliases
from builder.plan.briefings import briefing_recipe, notice_sheet
from builder.plan.dossiers import dossier_index_sheet, dossier_sheet
from builder.plan.feeds import feed_recipe
from builder.plan.lists import ArchiveList, DatedList
from builder.plan.overview import home_recipe, period_recipe, prose_sheet
from builder.plan.site import MediaFile, Site, term_address
from builder.plan.terms import index_sheet, term_sheet
from builder.resolve import TermKind

# The limit of https://www.sitemaps.org/protocol.html for one file is 50,000 addresses.
SITEMAP_LIMIT = 45_000

T = TypeVar("T")
Subject = tuple[str, ...]


class Page(Struct, frozen=True, gc=False):
    """One file of the site: its address, its kind (a key of `KINDS`), and what of the archive it shows.

    `path` is the file that asked for it, if one did.
    """

    address: str
    kind: str
    subject: Subject = ()
    path: str = ""


class Plan:
    """All pages of a site, in the order in which they are made, and the recipe of each."""

    def __init__(self, site: Site) -> None:
        self.site = site
        archive = site.archive
        self.archive_list = ArchiveList(site, "/", None, tuple(range(len(archive.entries))))
        self._lists: dict[Subject, DatedList] = {("archive",): self.archive_list}
        for kind, terms in archive.terms.items():
            for slug, term in terms.items():
                members = archive.members[kind][slug]
                self._lists[(kind, slug)] = DatedList(site, term_address(kind, slug), term.name, members)
        for dossier in archive.dossiers:
            members = archive.dossier_members[dossier.id]
            title = dossier.document.meta.title
            self._lists[("dossier", dossier.id)] = DatedList(site, dossier.address, title, members)
        pages = list(self._pages())
        self._redirects = Redirects(archive, {page.address for page in pages})
        redirected = [Page(r.address, "redirect", (r.target,), r.maker.path) for r in self._redirects.found]
        listed, drafts = {name for name, kind in KINDS.items() if kind.listed}, _drafts(archive)
        self._sitemaps = _sitemaps(
            [page.address for page in pages if page.kind in listed and page.address not in drafts]
        )
        sitemaps = [Page(address, "sitemap", (address,)) for address in self._sitemaps]
        sitemaps += [Page("/sitemap.xml", "sitemap-index")] if len(sitemaps) > 1 else []
        self.pages = (*pages, *redirected, *sitemaps)
        files = [*site.assets.values(), *{media.address for media in site.media.values()}, "/manifest.json"]
        addresses = [*(page.address for page in self.pages), *files]
        self.faults: tuple[Fault, ...] = (
            *self._redirects.faults,
            *address_faults(addresses, lambda: self._makers([*pages, *sitemaps])),
        )

    def _makers(self, pages: Iterable[Page]) -> Iterator[tuple[str, Maker]]:
        for page in pages:
            yield page.address, self._maker(page)
        for redirect in self._redirects.found:
            yield redirect.address, redirect.maker
        for name, address in self.site.assets.items():
            yield address, Maker(f"the theme's {name}")
        for address in {media.address for media in self.site.media.values()}:
            yield address, Maker("a file of content/media/")
        yield "/manifest.json", Maker("the manifest")

    def _maker(self, page: Page) -> Maker:
        """Who wants a page that is no redirect."""
        archive, what = self.site.archive, page.subject[0] if page.subject else page.address
        match page.kind:
            case "briefing" | "notice":
                briefing = archive.by_id[what].briefing
                # At any other address than its own stands what it was called before.
                fields = ("slug", "date") if page.address == briefing.address else ("aliases",)
                return Maker("", page.path, briefing.line(*fields), fields[0])
            case "prose":
                return Maker("", page.path, archive.prose[what].document.line("slug"), "slug")
            case "dossier":
                return Maker("", page.path, archive.dossiers_by_id[what].document.line("id"), "id")
            case "tag" | "region" | "actor" | "source":
                return Maker(f'the {page.kind} "{archive.terms[_KINDS_BY_NAME[page.kind]][page.subject[1]].name}"')
            case "index":
                return Maker(f"the index of {what}s")
            case "period":
                own_list = self.dated(tuple(what.split("/")))
                return Maker(f"the page of {'-'.join(page.subject[1:])} of {own_list.address}")
            case "feed":
                return Maker(f"the feed {page.address}")
            case "home":
                return Maker("the home page")
            case "404":
                return Maker("the page for unknown addresses")
            case _:
                return Maker(page.address.lstrip("/"))

    def recipe(self, page: Page) -> Recipe:
        """What `page` is made from: equal recipes, equal bytes."""
        return RECIPES[page.kind](self, page.subject)

    def asset_files(self, assets: Mapping[str, T]) -> dict[str, T]:
        """The theme's static files, given by name, by the paths below `output/` that they get."""
        return {file_of(self.site.assets[name]): asset for name, asset in assets.items()}

    def media_files(self) -> dict[str, tuple[str, MediaFile]]:
        """The pictures and attachments, with their paths in the archive, by those below `output/` that they get.

        Files of one name and the same bytes share one.
        """
        return {file_of(media.address): (path, media) for path, media in self.site.media.items()}

    def dated(self, subject: Subject) -> DatedList:
        """The list that `subject` names: `("archive",)`, or a kind and a slug."""
        return self._lists[subject]

    @cached_property
    def revised(self) -> dict[str, int]:
        """When each briefing was last revised, by address."""
        return {entry.briefing.address: entry.briefing.revised for entry in self.site.archive.entries}

    def sitemap(self, address: str) -> tuple[str, ...]:
        """The addresses that the sitemap at `address` names."""
        return self._sitemaps[address]

    def sitemaps(self) -> Iterable[str]:
        """The addresses of the sitemaps."""
        return self._sitemaps

    def _pages(self) -> Iterator[Page]:
        archive = self.site.archive
        for entry in archive.entries:
            briefing = entry.briefing
            yield Page(briefing.address, "briefing", (briefing.id,), briefing.path)
        for entry in archive.notices:
            briefing = entry.briefing
            yield Page(briefing.address, "notice", (briefing.id,), briefing.path)
            # A redirect would tie an old address, which may name what is withheld, to the notice.
            for redirect in hidden_aliases(entry):
                yield Page(redirect.address, "notice", (briefing.id,), briefing.path)
        for address, page in archive.prose.items():
            if address != "/":
                yield Page(address, "prose", (address,), page.document.path)
        for dossier in archive.dossiers:
            yield Page(dossier.address, "dossier", (dossier.id,), dossier.document.path)
            yield from self._periods(("dossier", dossier.id))
            yield self._feed(("dossier", dossier.id))
        for kind, terms in archive.terms.items():
            for slug in terms:
                yield Page(term_address(kind, slug), kind, (kind, slug))
                yield from self._periods((kind, slug))
                yield self._feed((kind, slug))
            yield Page(f"/{kind}s/", "index", (kind,))
        yield Page("/dossiers/", "index", ("dossier",))
        yield from self._periods(("archive",))
        words = archive.prose.get("/")
        yield Page("/", "home", path=words.document.path if words else "")
        yield Page("/404.html", "404")
        yield self._feed(("archive",))
        yield Page("/robots.txt", "robots")

    def _periods(self, subject: Subject) -> Iterator[Page]:
        dated = self.dated(subject)
        own_list = "/".join(subject)
        for period in dated.pages():
            yield Page(dated.address_of(period), "period", (own_list, *period))

    def _feed(self, subject: Subject) -> Page:
        return Page(f"{self.dated(subject).address}feed.xml", "feed", subject)


def _drafts(archive: Archive) -> set[str]:
    """The addresses of what is shown to its writers only."""
    found = {entry.briefing.address for entry in archive.entries if entry.briefing.draft}
    return found | {address for address, page in archive.prose.items() if page.document.meta.draft}


def _sitemaps(addresses: list[str]) -> dict[str, tuple[str, ...]]:
    """The addresses by the sitemap that names them: one file, or several of at most `SITEMAP_LIMIT`."""
    ordered = sorted(addresses)
    if len(ordered) <= SITEMAP_LIMIT:
        return {"/sitemap.xml": tuple(ordered)}
    parts = [ordered[start : start + SITEMAP_LIMIT] for start in range(0, len(ordered), SITEMAP_LIMIT)]
    return {f"/sitemap-{number}.xml": tuple(part) for number, part in enumerate(parts, 1)}


def _briefing(plan: Plan, subject: Subject) -> Recipe:
    return briefing_recipe(plan.site, plan.site.archive.by_id[subject[0]])


def _notice(plan: Plan, subject: Subject) -> Recipe:
    return notice_sheet(plan.site, plan.site.archive.by_id[subject[0]])


def _term(plan: Plan, subject: Subject) -> Recipe:
    kind, slug = subject
    term = plan.site.archive.terms[_KINDS_BY_NAME[kind]][slug]
    return term_sheet(plan.site, term, plan.dated(subject))


def _index(plan: Plan, subject: Subject) -> Recipe:
    if subject == ("dossier",):
        return dossier_index_sheet(plan.site)
    return index_sheet(plan.site, _KINDS_BY_NAME[subject[0]])


def _dossier(plan: Plan, subject: Subject) -> Recipe:
    return dossier_sheet(plan.site, plan.site.archive.dossiers_by_id[subject[0]], plan.dated(("dossier", *subject)))


def _period(plan: Plan, subject: Subject) -> Recipe:
    own_list, *period = subject
    return period_recipe(plan.dated(tuple(own_list.split("/"))), tuple(period))


def _prose(plan: Plan, subject: Subject) -> Recipe:
    return prose_sheet(plan.site, plan.site.archive.prose[subject[0]])


def _home(plan: Plan, _subject: Subject) -> Recipe:
    return home_recipe(plan.site, plan.archive_list, plan.site.archive.prose.get("/"))


def _feed(plan: Plan, subject: Subject) -> Recipe:
    full_text = subject[0] in ("archive", "dossier")
    return feed_recipe(plan.site, plan.dated(subject), _notices_of(plan.site, subject), full_text)


def _notices_of(site: Site, subject: Subject) -> list[Entry]:
    notices = site.archive.notices
    if subject == ("archive",):
        return list(notices)
    kind, slug = subject
    return [notices[position] for position in site.archive.notice_members.get((kind, slug), ())]


def _sitemap(plan: Plan, subject: Subject) -> Recipe:
    revised = plan.revised
    return SitemapRecipe(tuple([(address, revised.get(address)) for address in plan.sitemap(subject[0])]))


_KINDS_BY_NAME: dict[str, TermKind] = {
    "tag": "tag",
    "region": "region",
    "actor": "actor",
    "source": "source",
}

RECIPES: dict[str, Callable[[Plan, Subject], Recipe]] = {
    "home": _home,
    "briefing": _briefing,
    "notice": _notice,
    "prose": _prose,
    "dossier": _dossier,
    "tag": _term,
    "region": _term,
    "actor": _term,
    "source": _term,
    "index": _index,
    "period": _period,
    "404": lambda _plan, _subject: NothingRecipe(),
    "redirect": lambda _plan, subject: RedirectRecipe(subject[0]),
    "feed": _feed,
    "sitemap": _sitemap,
    "sitemap-index": lambda plan, _subject: SitemapIndexRecipe(tuple(plan.sitemaps())),
    "robots": lambda _plan, _subject: NothingRecipe(),
}
