"""The kinds of pages: the template of each, and how a recipe becomes its inputs. This table is the heart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct, msgpack

from builder.pages.activity import activity_value
from builder.pages.briefing import briefing_inputs
from builder.pages.data_files import data_file_parts, json_file_parts, network_parts
from builder.pages.feeds import changes_feed_inputs, feed_inputs
from builder.pages.frame import frame
from builder.pages.machinery import redirect_inputs, robots_inputs, sitemap_index_inputs, sitemap_inputs
from builder.pages.maps import map_value
from builder.pages.overview import day_of_year_inputs, home_inputs, not_found_inputs, period_inputs
from builder.pages.overviews import WITH_WORDS
from builder.pages.recent import recent_inputs
from builder.pages.recipes import (
    BriefingRecipe,
    ChangesFeedRecipe,
    DataFileRecipe,
    DayOfYearRecipe,
    FeedRecipe,
    HomeRecipe,
    JsonFileRecipe,
    NetworkRecipe,
    NothingRecipe,
    PeriodRecipe,
    RecentRecipe,
    RedirectRecipe,
    Sheet,
    SitemapIndexRecipe,
    SitemapRecipe,
)
from builder.pages.shelf import Shelf
from builder.pages.values import Value, body_value, listing, root_of


class PageKind(Struct, frozen=True):
    """What pages of one kind have in common: their template, and how a recipe becomes inputs.

    `inputs` takes the shelf, the page's address and a recipe of the type that `decode` gives. `listed` says whether
    the sitemap names such pages.
    """

    template: str
    decode: Callable[[bytes], Any]
    inputs: Callable[[Shelf, str, Any], Value]
    listed: bool = True


class FileKind(Struct, frozen=True):
    """What files of one kind have in common that no template makes: `parts` takes what `inputs` of a page would.

    It gives the same parts each time that it is called.
    """

    decode: Callable[[bytes], Any]
    parts: Callable[[Shelf, Any], Iterator[bytes]]
    template: str = ""
    listed: bool = False


def _file(recipe: type[Any], parts: Callable[[Shelf, Any], Iterator[bytes]]) -> FileKind:
    return FileKind(msgpack.Decoder(recipe).decode, parts)


def _kind(
    template: str, recipe: type[Any], inputs: Callable[[Shelf, str, Any], Value], listed: bool = True
) -> PageKind:
    return PageKind(template, msgpack.Decoder(recipe).decode, inputs, listed)


def _sheet(kind: str, template: str, listed: bool = True, mapped: bool = False) -> PageKind:
    def inputs(shelf: Shelf, address: str, sheet: Sheet) -> Value:
        found = frame(shelf.scene, kind, address, sheet.frame, sheet.languages) | sheet.values
        if sheet.listing is not None:
            found["listing"] = listing(shelf, sheet.listing)
        if kind in SHOWING_ACTIVITY and "activity" in shelf.scene.needs:
            found["activity"] = activity_value(shelf.wording, sheet.activity)
        if sheet.body is not None or kind in WITH_WORDS:
            found["body"] = body_value(sheet.body, root_of(address)) if sheet.body else None
        if mapped and "map" in shelf.scene.needs:
            found["map"] = map_value(shelf, sheet.map)
        return found

    return _kind(template, Sheet, inputs, listed)


# Those whose pages show how their briefings are spread over time.
SHOWING_ACTIVITY = frozenset({"tag", "region", "actor", "source", "dossier"})

KINDS: dict[str, PageKind | FileKind] = {
    "home": _kind("home.html", HomeRecipe, home_inputs),
    "briefing": _kind("briefing.html", BriefingRecipe, briefing_inputs),
    "notice": _sheet("notice", "notice.html", listed=False),
    "prose": _sheet("prose", "prose.html"),
    "dossier": _sheet("dossier", "dossier.html", mapped=True),
    "tag": _sheet("tag", "tag.html"),
    "region": _sheet("region", "region.html", mapped=True),
    "actor": _sheet("actor", "actor.html"),
    "source": _sheet("source", "source.html"),
    "map": _sheet("map", "map.html", mapped=True),
    "index": _sheet("index", "index.html"),
    "period": _kind("period.html", PeriodRecipe, period_inputs),
    "timeline": _sheet("timeline", "timeline.html"),
    "on": _kind("on.html", DayOfYearRecipe, day_of_year_inputs),
    "recent": _kind("recent.html", RecentRecipe, recent_inputs),
    "corrections": _sheet("corrections", "corrections.html"),
    "coverage": _sheet("coverage", "coverage.html"),
    "codebook": _sheet("codebook", "codebook.html"),
    "data": _sheet("data", "data.html"),
    "data-file": _file(DataFileRecipe, data_file_parts),
    "data-network": _file(NetworkRecipe, network_parts),
    "data-json": _file(JsonFileRecipe, json_file_parts),
    "404": _kind("404.html", NothingRecipe, not_found_inputs, listed=False),
    "redirect": _kind("redirect.html", RedirectRecipe, redirect_inputs, listed=False),
    "feed": _kind("feed.xml", FeedRecipe, feed_inputs, listed=False),
    "changes-feed": _kind("feed.xml", ChangesFeedRecipe, changes_feed_inputs, listed=False),
    "sitemap": _kind("sitemap.xml", SitemapRecipe, sitemap_inputs, listed=False),
    "sitemap-index": _kind("sitemap.xml", SitemapIndexRecipe, sitemap_index_inputs, listed=False),
    "robots": _kind("robots.txt", NothingRecipe, robots_inputs, listed=False),
}
