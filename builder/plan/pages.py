"""The plan: every page of the site, and what it is made from.

A page is a plain reference (kind and subject); its recipe is made from it when it is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from msgspec.structs import replace

from builder.faults import Fault
from builder.index import Archive, Entry
from builder.pages import KINDS, Recipe
from builder.pages.recipes import NamesRecipe, NothingRecipe, RedirectRecipe, SitemapIndexRecipe, SitemapRecipe, Spoken
from builder.plan.addresses import Maker, Redirect, Redirects, address_faults, file_of
from builder.plan.briefings import briefing_recipe, notice_sheet
from builder.plan.codebook import codebook_sheet
from builder.plan.corrections import changes_feed_recipe, corrections_sheet
from builder.plan.coverage import coverage_sheet
from builder.plan.data import data_sheet, json_file
from builder.plan.dossiers import dossier_index_sheet, dossier_sheet
from builder.plan.editions import Editions, changes_sheet
from builder.plan.feeds import feed_recipe
from builder.plan.hosts import dotless, host_pages, redirects_recipe, security_recipe
from builder.plan.maps import map_sheet
from builder.plan.overview import home_recipe, period_recipe, prose_sheet
from builder.plan.part import KINDS_BY_NAME, Page, Part, Subject
from builder.plan.recent import recent_recipe
from builder.plan.rows import Rows
from builder.plan.search import Shard, search_sheet, shards
from builder.plan.share import share_faults, share_recipe
from builder.plan.site import MediaFile, Site
from builder.plan.sitemaps import divided
from builder.plan.terms import index_sheet, term_sheet
from builder.plan.timeline import timeline_sheet
from builder.published import Edition
from builder.site_ledger import Section

T = TypeVar("T")


_NONE: Mapping[str, Section] = MappingProxyType({})


class Plan:
    """All pages of a site, in the order in which they are made, and the recipe of each."""

    def __init__(
        self,
        site: Site,
        translated: Sequence[Site] = (),
        known: Mapping[str, Section] = _NONE,
        editions: Sequence[Edition] = (),
    ) -> None:
        """`translated` are the same site in its other languages, `known` sections that were planned earlier.

        `editions` are those on record, oldest first.
        """
        self.site = site
        self.sites = (site, *translated)
        self.rows = Rows(site, translated)
        self.editions = Editions(self.sites, editions)
        self._parts = {site.archive.language: Part(site, known) for site in self.sites}
        pages = [page for part in self._parts.values() for page in part.pages()]
        taken = {page.address for page in pages}
        self._redirects = [Redirects(site.archive, taken) for site in self.sites]
        redirected = [
            Page(r.address, "redirect", (r.target,), r.maker.path, site.archive.language)
            for site, redirects in zip(self.sites, self._redirects, strict=True)
            for r in redirects.found
        ]
        listed, drafts = {name for name, kind in KINDS.items() if kind.listed}, set[str]()
        for one in self.sites:
            drafts |= _drafts(one.archive)
        self._sitemaps = divided(
            [page.address for page in pages if page.kind in listed and page.address not in drafts],
            site.config.languages,
        )
        sitemaps = [Page(address, "sitemap", (address,)) for address in self._sitemaps]
        sitemaps += [Page("/sitemap.xml", "sitemap-index")] if len(sitemaps) > 1 else []
        hosts = host_pages(site.config)
        self._media = {
            media.address: (path, media) for path, whole in site.media.items() for media in (whole, *whole.variants)
        }
        self.pages = (*pages, *redirected, *sitemaps, *hosts)
        self._languages = self._languages_of(page for page in pages if page.kind in listed) if translated else {}
        files = [*site.assets.values(), *self._media, "/manifest.json"]
        others = [*sitemaps, *dotless(hosts)]
        addresses = [*(page.address for page in (*pages, *redirected, *others)), *files]
        self.faults: tuple[Fault, ...] = (
            *(fault for redirects in self._redirects for fault in redirects.faults),
            *share_faults(self.sites),
            *address_faults(addresses, lambda: self._makers([*pages, *others])),
        )

    def _languages_of(self, pages: Iterable[Page]) -> dict[str, tuple[str, ...]]:
        """The languages of the pages that there are in several, by address."""
        found: dict[str, list[Page]] = {}
        for page in pages:
            place = page.address.removeprefix(self._parts[page.language].site.prefix)
            found.setdefault(place, []).append(page)
        several = [same for same in found.values() if len(same) > 1]
        return {page.address: tuple([other.language for other in same]) for same in several for page in same}

    def _makers(self, pages: Iterable[Page]) -> Iterator[tuple[str, Maker]]:
        for page in pages:
            yield page.address, self.part(page).maker(page)
        for redirects in self._redirects:
            yield from ((redirect.address, redirect.maker) for redirect in redirects.found)
        for name, address in self.site.assets.items():
            yield address, Maker(f"the theme's {name}")
        for address in self._media:
            yield address, Maker("a file of content/media/")
        yield "/manifest.json", Maker("the manifest")

    @cached_property
    def sections(self) -> dict[str, Section]:
        """The sections that the pages of lists are planned in, by their names."""
        return {name: section for part in self._parts.values() for name, section in part.sections().items()}

    @property
    def languages(self) -> Mapping[str, tuple[str, ...]]:
        """The languages of the pages that there are in several, by address."""
        return self._languages

    def part(self, page: Page) -> Part:
        """The part that a page belongs to."""
        return self._parts[page.language]

    def recipe(self, page: Page) -> Recipe:
        """What `page` is made from: equal recipes, equal bytes."""
        recipe = RECIPES[page.kind](self, page)
        languages = self._languages.get(page.address)
        return replace(recipe, languages=languages) if languages and isinstance(recipe, Spoken) else recipe

    def asset_files(self, assets: Mapping[str, T]) -> dict[str, T]:
        """The theme's static files, given by name, by the paths below `output/` that they get."""
        return {file_of(self.site.assets[name]): asset for name, asset in assets.items()}

    def media_files(self) -> dict[str, tuple[str, MediaFile]]:
        """The pictures, in all their widths, and attachments, by the paths below `output/` that they get.

        Each with its path in the archive. Files of one name and the same bytes share one.
        """
        return {file_of(address): found for address, found in self._media.items()}

    @cached_property
    def revised(self) -> dict[str, int]:
        """When each briefing, in each of its languages, was last revised, by address."""
        archives = [site.archive for site in self.sites]
        return {e.briefing.address: e.briefing.revised for archive in archives for e in archive.own(archive.entries)}

    @cached_property
    def shards(self) -> tuple[Shard, ...]:
        """The parts of the search index; none where the site isn't searched."""
        return shards(self.sites) if "search" in self.site.overviews else ()

    @property
    def redirects(self) -> Iterator[Redirect]:
        """All redirects, in all languages."""
        return (redirect for redirects in self._redirects for redirect in redirects.found)

    def sitemap(self, address: str) -> tuple[str, ...]:
        """The addresses that the sitemap at `address` names."""
        return self._sitemaps[address]

    def sitemaps(self) -> Iterable[str]:
        """The addresses of the sitemaps."""
        return self._sitemaps


def _redirects(plan: Plan, _page: Page) -> Recipe:
    return redirects_recipe(plan.redirects, plan.site.config.output.compress)


def _drafts(archive: Archive) -> set[str]:
    """The addresses of what is shown to its writers only."""
    found = {entry.briefing.address for entry in archive.entries if entry.briefing.draft}
    return found | {page.address for page in archive.prose.values() if page.document.meta.draft}


def _briefing(plan: Plan, page: Page) -> Recipe:
    site = plan.part(page).site
    return briefing_recipe(site, site.archive.by_id[page.subject[0]])


def _notice(plan: Plan, page: Page) -> Recipe:
    site = plan.part(page).site
    return notice_sheet(site, site.archive.notices_by_id[page.subject[0]])


def _term(plan: Plan, page: Page) -> Recipe:
    part, (kind, slug) = plan.part(page), page.subject
    term = part.site.archive.terms[KINDS_BY_NAME[kind]][slug]
    return term_sheet(part.site, term, part.dated(page.subject))


def _index(plan: Plan, page: Page) -> Recipe:
    site = plan.part(page).site
    if page.subject == ("dossier",):
        return dossier_index_sheet(site)
    return index_sheet(site, KINDS_BY_NAME[page.subject[0]])


def _dossier(plan: Plan, page: Page) -> Recipe:
    part = plan.part(page)
    dossier = part.site.archive.dossiers_by_id[page.subject[0]]
    return dossier_sheet(part.site, dossier, part.dated(("dossier", *page.subject)))


def _map(plan: Plan, page: Page) -> Recipe:
    return map_sheet(plan.part(page).site)


def _period(plan: Plan, page: Page) -> Recipe:
    own_list, *period = page.subject
    part = plan.part(page)
    return period_recipe(part.site, part.dated(tuple(own_list.split("/"))), tuple(period))


def _prose(plan: Plan, page: Page) -> Recipe:
    site = plan.part(page).site
    return prose_sheet(site, site.archive.prose[page.subject[0]])


def _home(plan: Plan, page: Page) -> Recipe:
    part = plan.part(page)
    return home_recipe(part.site, part.archive_list, part.site.words["/"])


def _timeline(plan: Plan, page: Page) -> Recipe:
    part = plan.part(page)
    return timeline_sheet(part.site, part.archive_list)


def _corrections(plan: Plan, page: Page) -> Recipe:
    part = plan.part(page)
    return corrections_sheet(part.site, part.corrections, page.subject)


def _changes_feed(plan: Plan, page: Page) -> Recipe:
    part = plan.part(page)
    return changes_feed_recipe(part.site, part.corrections)


def _coverage(plan: Plan, page: Page) -> Recipe:
    part = plan.part(page)
    return coverage_sheet(part.site, part.archive_list, page.subject)


def _search(plan: Plan, page: Page) -> Recipe:
    part = plan.part(page)
    years = [
        {"label": part.site.wording.period(year), "address": part.archive_list.address_of(year)}
        for year in part.archive_list.calendar.inside(())
    ]
    return search_sheet(plan.sites, part.site, part.name_addresses, reversed(years))


def _names(plan: Plan, page: Page) -> Recipe:
    return NamesRecipe(plan.part(page).name_files[int(page.subject[0])])


def _feed(plan: Plan, page: Page) -> Recipe:
    part, full_text = plan.part(page), page.subject[0] in ("archive", "dossier")
    return feed_recipe(part.site, part.dated(page.subject), _notices_of(part.site, page.subject), full_text)


def _notices_of(site: Site, subject: Subject) -> list[Entry]:
    notices = site.archive.notices
    if subject == ("archive",):
        return list(notices)
    kind, slug = subject
    return [notices[position] for position in site.archive.notice_members.get((kind, slug), ())]


def _sitemap(plan: Plan, page: Page) -> Recipe:
    revised = plan.revised
    return SitemapRecipe(tuple([(address, revised.get(address)) for address in plan.sitemap(page.subject[0])]))


RECIPES: dict[str, Callable[[Plan, Page], Recipe]] = {
    "home": _home,
    "briefing": _briefing,
    "notice": _notice,
    "prose": _prose,
    "dossier": _dossier,
    "tag": _term,
    "region": _term,
    "actor": _term,
    "source": _term,
    "map": _map,
    "index": _index,
    "period": _period,
    "timeline": _timeline,
    "on": lambda plan, page: plan.part(page).days_of_year.recipe(page.subject),
    "recent": lambda plan, page: recent_recipe(plan.part(page).site),
    "corrections": _corrections,
    "changes-feed": _changes_feed,
    "coverage": _coverage,
    "codebook": lambda plan, page: codebook_sheet(plan.part(page).site),
    "changes": lambda plan, page: changes_sheet(plan.part(page).site, plan.editions),
    "data": lambda plan, page: data_sheet(plan.part(page).site, plan.rows, plan.editions.now),
    "data-file": lambda plan, page: plan.rows.file(*page.subject),
    "data-network": lambda plan, _page: plan.rows.network(),
    "data-json": lambda plan, page: json_file(plan.site, page.address, plan.editions),
    "search": _search,
    "names": _names,
    "404": lambda _plan, _page: NothingRecipe(),
    "share": lambda plan, page: share_recipe(plan.part(page).site, page.subject),
    "redirect": lambda _plan, page: RedirectRecipe(page.subject[0]),
    "feed": _feed,
    "json-feed": _feed,
    "sitemap": _sitemap,
    "sitemap-index": lambda plan, _page: SitemapIndexRecipe(tuple(plan.sitemaps())),
    "robots": lambda _plan, _page: NothingRecipe(),
    "cname": lambda _plan, _page: NothingRecipe(),
    "headers": lambda _plan, _page: NothingRecipe(),
    "htaccess": _redirects,
    "nginx": _redirects,
    "nojekyll": lambda _plan, _page: NothingRecipe(),
    "redirects": _redirects,
    "security": lambda plan, _page: security_recipe(plan.site.config),
}
