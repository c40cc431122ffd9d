"""Pages for machines: the sitemap, robots.txt, names for the search, and redirects from old addresses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec

from builder.pages.recipes import NamesRecipe, NothingRecipe, RedirectRecipe, SitemapIndexRecipe, SitemapRecipe
from builder.pages.shelf import Shelf
from builder.pages.values import Value, root_of
from builder.pages.wording import direction

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def sitemap_inputs(shelf: Shelf, _address: str, recipe: SitemapRecipe) -> Value:
    """What one sitemap is made from; `lastmod` is the day on which a briefing was last revised."""
    absolute = shelf.scene.absolute
    urls = [
        {"loc": absolute + address, "lastmod": None if revised is None else _day(shelf, revised)}
        for address, revised in recipe.urls
    ]
    return {"urls": urls, "sitemaps": []}


def _day(shelf: Shelf, seconds: int) -> str:
    instant = _EPOCH + timedelta(seconds=seconds)
    try:
        return instant.astimezone(shelf.zone).date().isoformat()
    except OverflowError:  # the first and the last day of the calendar have no neighbours
        return instant.date().isoformat()


def sitemap_index_inputs(shelf: Shelf, _address: str, recipe: SitemapIndexRecipe) -> Value:
    """What the index of several sitemaps is made from."""
    return {"urls": [], "sitemaps": [shelf.scene.absolute + address for address in recipe.sitemaps]}


def robots_inputs(shelf: Shelf, _address: str, _recipe: NothingRecipe) -> Value:
    """What `robots.txt` is made from."""
    return {"sitemap": f"{shelf.scene.absolute}/sitemap.xml"}


def names_inputs(_shelf: Shelf, _address: str, recipe: NamesRecipe) -> Value:
    """What a file of names is made from: its JSON, a name a line."""
    lines = [msgspec.json.encode(name).decode() for name in recipe.names]
    return {"json": "[\n" + ",\n".join(lines) + "\n]"}


def redirect_inputs(shelf: Shelf, address: str, recipe: RedirectRecipe) -> Value:
    """What stands at an old address: the way to the new one, with and without a browser that follows it."""
    return {
        "language": shelf.scene.language,
        "dir": direction(shelf.scene.language),
        "target": root_of(address) + recipe.target,
        "canonical": shelf.scene.absolute + recipe.target,
    }
