"""Kinds of pages: what pages of one kind have in common, in one table.

How a recipe becomes the inputs of a template stands in `builder.pages.inputs`, which has the same keys.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from builder.pages.recipes import (
    BriefingRecipe,
    ChangesFeedRecipe,
    DataFileRecipe,
    DayOfYearRecipe,
    FeedRecipe,
    HomeRecipe,
    JsonFileRecipe,
    NamesRecipe,
    NetworkRecipe,
    NothingRecipe,
    PeriodRecipe,
    RecentRecipe,
    RedirectRecipe,
    RedirectsRecipe,
    SecurityRecipe,
    ShareRecipe,
    Sheet,
    SitemapIndexRecipe,
    SitemapRecipe,
)


class PageKind(Struct, frozen=True):
    """What pages of one kind have in common: their template, and the type of their recipes.

    `listed` says whether the sitemap names such pages. What has no template is a file for programs, which is put
    together by `builder.pages.parts`; what the template of one that is `drawn` gives is SVG, which becomes a PNG.
    """

    template: str
    recipe: type[Any]
    listed: bool = True
    drawn: bool = False


KINDS: dict[str, PageKind] = {
    "home": PageKind("home.html", HomeRecipe),
    "briefing": PageKind("briefing.html", BriefingRecipe),
    "notice": PageKind("notice.html", Sheet, listed=False),
    "prose": PageKind("prose.html", Sheet),
    "dossier": PageKind("dossier.html", Sheet),
    "tag": PageKind("tag.html", Sheet),
    "region": PageKind("region.html", Sheet),
    "actor": PageKind("actor.html", Sheet),
    "source": PageKind("source.html", Sheet),
    "map": PageKind("map.html", Sheet),
    "index": PageKind("index.html", Sheet),
    "period": PageKind("period.html", PeriodRecipe),
    "timeline": PageKind("timeline.html", Sheet),
    "on": PageKind("on.html", DayOfYearRecipe),
    "recent": PageKind("recent.html", RecentRecipe),
    "corrections": PageKind("corrections.html", Sheet),
    "coverage": PageKind("coverage.html", Sheet),
    "codebook": PageKind("codebook.html", Sheet),
    "changes": PageKind("changes.html", Sheet),
    "data": PageKind("data.html", Sheet),
    "data-file": PageKind("", DataFileRecipe, listed=False),
    "data-network": PageKind("", NetworkRecipe, listed=False),
    "data-json": PageKind("", JsonFileRecipe, listed=False),
    "search": PageKind("search.html", Sheet),
    "404": PageKind("404.html", NothingRecipe, listed=False),
    "share": PageKind("share.svg", ShareRecipe, listed=False, drawn=True),
    "redirect": PageKind("redirect.html", RedirectRecipe, listed=False),
    "feed": PageKind("feed.xml", FeedRecipe, listed=False),
    "json-feed": PageKind("feed.json", FeedRecipe, listed=False),
    "changes-feed": PageKind("feed.xml", ChangesFeedRecipe, listed=False),
    "names": PageKind("names.json", NamesRecipe, listed=False),
    "sitemap": PageKind("sitemap.xml", SitemapRecipe, listed=False),
    "sitemap-index": PageKind("sitemap.xml", SitemapIndexRecipe, listed=False),
    "robots": PageKind("robots.txt", NothingRecipe, listed=False),
    "cname": PageKind("cname.txt", NothingRecipe, listed=False),
    "headers": PageKind("headers.txt", NothingRecipe, listed=False),
    "htaccess": PageKind("htaccess.txt", RedirectsRecipe, listed=False),
    "nginx": PageKind("nginx.txt", RedirectsRecipe, listed=False),
    "nojekyll": PageKind("nojekyll.txt", NothingRecipe, listed=False),
    "redirects": PageKind("redirects.txt", RedirectsRecipe, listed=False),
    "security": PageKind("security.txt", SecurityRecipe, listed=False),
}
