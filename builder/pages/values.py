"""Values that several kinds of page show: cards, links, grades, places in a body."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from builder.model.common import Heading, Translation
from builder.pages.card import Card
from builder.pages.recipes import BodyRecipe, Listing, Period, PictureRecipe
from builder.pages.scene import Label, Scene
from builder.pages.shelf import Shelf
from builder.pages.wording import Wording, direction
from builder.resolve.briefings import Abstract

Value: TypeAlias = dict[str, Any]

KEPT_CARDS = 20_000  # some 2 KB each


def card(shelf: Shelf, key: bytes) -> Card:
    """A briefing in a list."""
    found = shelf.cards.get(key)
    if found is None:
        if len(shelf.cards) >= KEPT_CARDS:
            shelf.cards.clear()
        found = shelf.cards[key] = _card(shelf, shelf.abstract(key))
    return found


def _card(shelf: Shelf, abstract: Abstract) -> Card:
    language = abstract.lang or shelf.scene.main_language
    return Card(
        id=abstract.id,
        address=abstract.address,
        title=abstract.title,
        summary=abstract.summary,
        date=shelf.wording.when(abstract.when),
        lang=language,
        dir=direction(language),
        status=abstract.status,
        draft=abstract.draft,
        event_type=abstract.event_type,
        trend=abstract.trend,
        regions=tuple([link(label) for label in shelf.labels("region", abstract.regions)]),
        dossiers=tuple([link(label) for label in shelf.labels("dossier", abstract.dossiers)]),
        warning=abstract.warned,
    )


def optional_card(shelf: Shelf, key: bytes | None) -> Value | None:
    """A briefing that may not be there."""
    return card(shelf, key) if key is not None else None


def listing(shelf: Shelf, recipe: Listing) -> Value:
    """A list of briefings."""
    return {
        "count": recipe.count,
        "cards": [card(shelf, key) for key in recipe.cards],
        "whole": recipe.whole,
        "periods": period_links(shelf, recipe),
    }


def period_links(shelf: Shelf, recipe: Listing) -> list[Value]:
    """The periods inside a list, each with its count."""
    return [
        {
            "label": shelf.wording.period(period),
            "address": f"{recipe.address}{'/'.join(period)}/",
            "count": count,
        }
        for period, count in recipe.periods
    ]


def link(label: Label) -> Value:
    """A link to a term's or a dossier's page, whose name may be in another language."""
    return {"name": label.name, "address": label.address, "lang": label.lang, "dir": label.dir}


def actor_value(label: Label) -> Value:
    """A link to an actor's page, with the actor's kind."""
    return link(label) | {"kind": label.kind}


def region_value(label: Label) -> Value:
    """A link to a region's page, with the note that belongs wherever its name heads a page."""
    return link(label) | {"note": label.note, "note_tongue": tongue_value(label.note_lang)}


def reliability_value(wording: Wording, grade: str | None, inherited: bool) -> Value | None:
    """A grade of the Admiralty code's first scale; None where nobody graded."""
    return (
        {"grade": grade, "meaning": wording.vocabulary["reliability"][grade], "inherited": inherited} if grade else None
    )


def credibility_value(wording: Wording, grade: str | None) -> Value | None:
    """A grade of the Admiralty code's second scale, which is never inherited; None where nobody graded."""
    return {"grade": grade, "meaning": wording.vocabulary["credibility"][grade], "inherited": False} if grade else None


def tongue_value(language: str | None) -> Value:
    """The language, and its direction, of words that aren't in that of their page; None where they are."""
    return {"lang": language, "dir": direction(language) if language else None}


def translation_value(translation: Translation | None) -> Value | None:
    """Who made a translation, and whether a person reviewed it."""
    return {"by": translation.by, "reviewed": translation.reviewed} if translation else None


def body_value(recipe: BodyRecipe, prefix: str, sizes: str = "") -> Value:
    """A body as a page's input: the key of its HTML, where each of its references leads, and the sizes of its files.

    `prefix` goes before the addresses: the way to the site's top, or the site's absolute URL. `sizes` says how wide
    pictures are shown.
    """
    addresses = [to if to.startswith("#") else prefix + to for to in recipe.addresses]
    return {
        "html": recipe.html,
        "addresses": addresses,
        "files": {prefix + to: size for to, size in recipe.files},
        "pictures": {prefix + shown.address: picture_value(shown, sizes, prefix) for shown in recipe.pictures},
    }


def picture_value(recipe: PictureRecipe, sizes: str, prefix: str = "") -> Value:
    """How large a picture is, and in which other widths it is there."""
    return {
        "width": recipe.width,
        "height": recipe.height,
        "variants": [{"address": prefix + address, "width": width} for address, width in recipe.variants],
        "sizes": sizes,
    }


def overview_address(scene: Scene, kind: str) -> str | None:
    """The address of an overview, or None where the theme has none."""
    return f"{scene.prefix}/{kind}/" if kind in scene.overviews else None


def day_of_year_link(shelf: Shelf, day: Period) -> Value | None:
    """A link to the page of a day of every year, where the theme has such pages."""
    if "on" not in shelf.scene.overviews:
        return None
    address = f"{shelf.scene.prefix}/on/{'-'.join(day)}/"
    return {"name": shelf.wording.day_of_year(day), "address": address, **tongue_value(None)}


def rows_value(scene: Scene, field: str, own_id: str) -> Value | None:
    """Where the rows of a term or dossier are: those whose `field` has `own_id`; None where the theme has no data."""
    if "data" not in scene.overviews:
        return None
    names = {"csv": "CSV", "json": "JSON"}
    files = [{"name": name, "format": ending, "address": f"/data/briefings.{ending}"} for ending, name in names.items()]
    return {"field": field, "id": own_id, "files": files}


def root_of(address: str) -> str:
    """The way from a page to the site's top: `.`, `..`, `../..` and so on; an address goes behind it as it is."""
    depth = address.count("/") - 1
    return "/".join([".."] * depth) if depth else "."


def toc_value(headings: Iterable[Heading]) -> list[Value]:
    """The headings of the second and third level, for a table of contents."""
    return [{"level": h.level, "title": h.title, "anchor": h.anchor} for h in headings if h.level in (2, 3)]
