"""What feeds are made from: the newest entries of the site, a term or a dossier."""

from __future__ import annotations

import heapq

from builder.index import Entry
from builder.pages.recipes import BodyRecipe, FeedEntry, FeedRecipe
from builder.plan.lists import DatedList
from builder.plan.site import Site


def feed_recipe(site: Site, dated: DatedList, notices: list[Entry], full_text: bool) -> FeedRecipe:
    """What the feed of a list is made from. `notices` are the withdrawn briefings that stood in it."""
    entries = site.archive.entries
    ranks = site.ranks
    newest = [entries[member] for member in heapq.nlargest(site.config.feeds.entries, dated.members, ranks.__getitem__)]
    if notices:
        both = [*newest, *notices]
        newest = heapq.nlargest(site.config.feeds.entries, both, key=lambda e: (e.briefing.revised, e.id))
    return FeedRecipe(
        title=site.wording.narrowed(site.config.title, dated.name) if dated.name is not None else site.config.title,
        address=dated.address,
        entries=tuple([_entry(site, entry, full_text) for entry in newest]),
        shade=site.shade([entry.position for entry in newest if entry.briefing.withdrawn is None]),
    )


def _entry(site: Site, entry: Entry, full_text: bool) -> FeedEntry:
    briefing = entry.briefing
    if briefing.withdrawn is not None:
        return FeedEntry(briefing.abstract, None, briefing.withdrawn.reason, briefing.withdrawn.hide_title)
    body = BodyRecipe(briefing.html, site.addresses(entry.references)) if full_text else None
    return FeedEntry(briefing.abstract, body)
