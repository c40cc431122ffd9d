"""Feeds: Atom 1.0 (RFC 4287) and JSON Feed 1.1, the newest entries of the site, a term or a dossier.

An entry's id is made of the briefing's id, so that it survives a change of address; `updated` moves only when the
briefing does.
"""

from __future__ import annotations

import uuid

from builder.pages.instants import rfc3339
from builder.pages.recipes import Change, ChangesFeedRecipe, FeedEntry, FeedRecipe
from builder.pages.shelf import Shelf
from builder.pages.values import Value, body_value
from builder.resolve.briefings import Abstract

# The namespace of the ids of entries and feeds; it must never change.
_NAMESPACE = uuid.UUID("6f0e6a5e-0d5c-5b0f-9d5b-6a1b2f8f7c11")


def feed_inputs(shelf: Shelf, _address: str, recipe: FeedRecipe) -> Value:
    """What a feed is made from."""
    updated = max((shelf.abstract(entry.abstract).revised for entry in recipe.entries), default=0)
    return {
        "feed": _feed_value(shelf, recipe.title, recipe.address, updated),
        "entries": [_entry_value(shelf, entry) for entry in recipe.entries],
    }


def json_feed_inputs(shelf: Shelf, address: str, recipe: FeedRecipe) -> Value:
    """The same for a JSON Feed, which lies at `address`."""
    inputs = feed_inputs(shelf, address, recipe)
    return inputs | {"feed": inputs["feed"] | {"self": shelf.scene.absolute + address}}


def changes_feed_inputs(shelf: Shelf, _address: str, recipe: ChangesFeedRecipe) -> Value:
    """What the feed of corrections and withdrawals is made from: an entry for each of them."""
    updated = max((change.at for change in recipe.changes), default=0)
    return {
        "feed": _feed_value(shelf, recipe.title, recipe.address, updated),
        "entries": [_change_value(shelf, recipe, change) for change in recipe.changes],
    }


def _feed_value(shelf: Shelf, title: str, address: str, updated: int) -> Value:
    scene = shelf.scene
    return {
        "title": title,
        "language": scene.language,
        "id": f"urn:uuid:{uuid.uuid5(_NAMESPACE, f'feed {scene.absolute}{address}')}",
        "home": scene.absolute + address,
        "self": f"{scene.absolute}{address}feed.xml",
        "author": scene.title,
        "rights": scene.licence,
        "updated": rfc3339(updated, shelf.zone),
    }


def _change_value(shelf: Shelf, recipe: ChangesFeedRecipe, change: Change) -> Value:
    at = rfc3339(change.at, shelf.zone)
    words = shelf.wording.words
    if change.title is None:
        title = words.gettext("Withdrawn briefing")
    else:
        of = words.gettext("Withdrawn: %(title)s") if change.withdrawn else words.gettext("Corrected: %(title)s")
        title = of % {"title": change.title}
    return {
        "id": f"urn:uuid:{uuid.uuid5(_NAMESPACE, change.key)}",
        "language": change.lang or shelf.scene.main_language,
        "url": shelf.scene.absolute + (change.address or recipe.address),
        "published": at,
        "updated": at,
        "body": None,
        "title": title,
        "summary": change.text,
        "authors": [],
        "categories": [],
    }


def _entry_value(shelf: Shelf, entry: FeedEntry) -> Value:
    abstract = shelf.abstract(entry.abstract)
    permalink = shelf.scene.absolute + abstract.address
    value: Value = {
        "id": f"urn:uuid:{uuid.uuid5(_NAMESPACE, _name_of(abstract))}",
        "language": abstract.lang or shelf.scene.main_language,
        "url": permalink,
        "published": rfc3339(abstract.published, shelf.zone),
        "updated": rfc3339(abstract.revised, shelf.zone),
        "body": None,
    }
    if entry.withdrawn is not None:
        words = shelf.wording.words
        withdrawn = words.gettext("Withdrawn: %(title)s") % {"title": abstract.title}
        title = words.gettext("Withdrawn briefing") if entry.hidden else withdrawn
        return value | {"title": title, "summary": entry.withdrawn, "authors": [], "categories": []}
    if entry.body is not None:
        value["body"] = body_value(entry.body, shelf.scene.absolute) | {"permalink": permalink}
    terms = [*shelf.labels("region", abstract.regions), *shelf.labels("tag", abstract.tags)]
    return value | {
        "title": abstract.title,
        "summary": abstract.summary,
        "authors": list(abstract.authors),
        "categories": [label.name for label in terms],
    }


def _name_of(abstract: Abstract) -> str:
    """What an entry's id is made of: a translation is an entry of its own, the same in all feeds."""
    return f"briefing {abstract.id} {abstract.lang}" if abstract.translated else f"briefing {abstract.id}"
