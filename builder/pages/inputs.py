"""Inputs: how the recipe of a page, with the shelf, becomes the plain inputs of its template."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeAlias

from msgspec import msgpack

from builder.pages.activity import activity_value
from builder.pages.briefing import briefing_inputs
from builder.pages.feeds import changes_feed_inputs, feed_inputs, json_feed_inputs
from builder.pages.frame import frame
from builder.pages.hosts import cname_inputs, headers_inputs, nothing_inputs, redirects_inputs, security_inputs
from builder.pages.kinds import KINDS
from builder.pages.machinery import names_inputs, redirect_inputs, robots_inputs, sitemap_index_inputs, sitemap_inputs
from builder.pages.maps import map_value
from builder.pages.overview import day_of_year_inputs, home_inputs, not_found_inputs, period_inputs
from builder.pages.overviews import WITH_WORDS
from builder.pages.recent import recent_inputs
from builder.pages.recipes import Sheet
from builder.pages.share import share_inputs
from builder.pages.shelf import Shelf
from builder.pages.values import Value, body_value, listing, root_of

# Takes the shelf, the page's address, and a recipe of its kind.
Maker: TypeAlias = Callable[[Shelf, str, Any], Value]

# Those whose pages show how their briefings are spread over time.
_SHOWING_ACTIVITY = frozenset({"tag", "region", "actor", "source", "dossier"})
_SHOWING_A_MAP = frozenset({"dossier", "region", "map"})


def inputs_of(kind: str, shelf: Shelf, address: str, recipe: bytes) -> Value:
    """The inputs of the page of a kind, from its recipe in MessagePack."""
    decoded = _decoder(kind).decode(recipe)
    if isinstance(decoded, Sheet):
        return _sheet_inputs(kind, shelf, address, decoded)
    return _INPUTS[kind](shelf, address, decoded)


@lru_cache(maxsize=len(KINDS))
def _decoder(kind: str) -> msgpack.Decoder[Any]:
    return msgpack.Decoder(KINDS[kind].recipe)


def _sheet_inputs(kind: str, shelf: Shelf, address: str, sheet: Sheet) -> Value:
    found = frame(shelf.scene, kind, address, sheet.frame, sheet.languages) | sheet.values
    if sheet.listing is not None:
        found["listing"] = listing(shelf, sheet.listing)
    if kind in _SHOWING_ACTIVITY and "activity" in shelf.scene.needs:
        found["activity"] = activity_value(shelf.wording, sheet.activity)
    if sheet.body is not None or kind in WITH_WORDS:
        found["body"] = body_value(sheet.body, root_of(address), shelf.scene.picture_sizes) if sheet.body else None
    if kind in _SHOWING_A_MAP and "map" in shelf.scene.needs:
        found["map"] = map_value(shelf, sheet.map)
    return found


# Of the kinds whose recipe isn't a sheet.
_INPUTS: dict[str, Maker] = {
    "home": home_inputs,
    "briefing": briefing_inputs,
    "period": period_inputs,
    "on": day_of_year_inputs,
    "recent": recent_inputs,
    "404": not_found_inputs,
    "share": share_inputs,
    "redirect": redirect_inputs,
    "feed": feed_inputs,
    "json-feed": json_feed_inputs,
    "changes-feed": changes_feed_inputs,
    "names": names_inputs,
    "sitemap": sitemap_inputs,
    "sitemap-index": sitemap_index_inputs,
    "robots": robots_inputs,
    "cname": cname_inputs,
    "headers": headers_inputs,
    "htaccess": redirects_inputs,
    "nginx": redirects_inputs,
    "nojekyll": nothing_inputs,
    "redirects": redirects_inputs,
    "security": security_inputs,
}
