"""What lately came in: added, revised or withdrawn, by the latest of `published`, `updated` and `withdrawn.date`."""

from __future__ import annotations

import heapq

from builder.index import Entry
from builder.pages.recipes import News, RecentRecipe
from builder.plan.briefings import notice_value
from builder.plan.site import Site

ON_ITS_PAGE = 60
ON_HOME = 6


def recent_recipe(site: Site) -> RecentRecipe:
    """What `/recent/` is made from."""
    newest = _newest(site, ON_ITS_PAGE)
    both = heapq.nlargest(ON_ITS_PAGE, [*newest, *site.archive.notices], key=lambda e: (e.briefing.revised, e.id))
    shade = site.shade([entry.position for entry in both if entry.briefing.withdrawn is None])
    return RecentRecipe(
        site.wording.words.gettext("Recently added or revised"), tuple([_news(site, entry) for entry in both]), shade
    )


def news_on_home(site: Site) -> tuple[tuple[News, ...], bytes]:
    """The newest news for home, which withdrawn briefings leave as they leave all lists; and the shade of its cards."""
    newest = _newest(site, ON_HOME)
    return tuple([_news(site, entry) for entry in newest]), site.shade([entry.position for entry in newest])


def _newest(site: Site, count: int) -> list[Entry]:
    entries = site.archive.entries
    return [entries[at] for at in heapq.nlargest(count, range(len(entries)), site.ranks.__getitem__)]


def _news(site: Site, entry: Entry) -> News:
    briefing = entry.briefing
    if briefing.withdrawn is not None:
        notice = notice_value(site, entry)
        address = briefing.address if notice["title"] is not None else None
        return News(briefing.revised, "withdrawn", None, notice | {"address": address})
    what = "revised" if briefing.revised > briefing.published else "added"
    return News(briefing.revised, what, briefing.abstract)
