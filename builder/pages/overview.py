"""The pages that look over the archive: home, years, months and days, and the page for unknown addresses."""

from __future__ import annotations

from builder.pages.activity import activity_value
from builder.pages.calendars import calendar_value
from builder.pages.frame import frame
from builder.pages.maps import map_value
from builder.pages.recent import news_value
from builder.pages.recipes import DayOfYearRecipe, FrameRecipe, HomeRecipe, NothingRecipe, Period, PeriodRecipe
from builder.pages.shelf import Shelf
from builder.pages.values import (
    Value,
    body_value,
    card,
    day_of_year_link,
    listing,
    period_links,
    root_of,
    tongue_value,
)


def home_inputs(shelf: Shelf, address: str, recipe: HomeRecipe) -> Value:
    """What `/` is made from."""
    inputs = frame(shelf.scene, "home", address, FrameRecipe(""), recipe.languages) | {
        "cards": [card(shelf, key) for key in recipe.listing.cards],
        "years": period_links(shelf, recipe.listing),
        "dossiers": list(recipe.dossiers),
        "body": body_value(recipe.body, root_of(address), shelf.scene.picture_sizes) if recipe.body else None,
        "newest": shelf.wording.when(recipe.newest) if recipe.newest else None,
        **_asked_for(shelf, recipe),
    }
    if "map" in shelf.scene.needs:
        inputs["map"] = map_value(shelf, recipe.map)
    return inputs


def _asked_for(shelf: Shelf, recipe: HomeRecipe) -> Value:
    found: Value = {}
    if "ways" in shelf.scene.needs:
        found["ways"] = recipe.ways
    if "recent" in shelf.scene.needs:
        found["recent"] = news_value(shelf, recipe.recent)
    if "activity" in shelf.scene.needs:
        found["activity"] = activity_value(shelf.wording, recipe.activity)
    return found


def period_inputs(shelf: Shelf, address: str, recipe: PeriodRecipe) -> Value:
    """What the page of a year, month or day is made from."""
    label = shelf.wording.period(recipe.period)
    of = (
        {"name": recipe.name, "address": recipe.listing.address, **tongue_value(None)}
        if recipe.name is not None
        else None
    )
    title = shelf.wording.narrowed(recipe.name, label) if recipe.name is not None else label
    trail = [_period_link(shelf, recipe, recipe.period[:length]) for length in range(1, len(recipe.period))]
    found = frame(shelf.scene, "period", address, FrameRecipe(title), recipe.languages)
    if "calendar" in shelf.scene.needs:
        found["calendar"] = calendar_value(shelf.wording, recipe.listing.address, recipe.days)
    return found | {
        "heading": label,
        "listing": listing(shelf, recipe.listing),
        "trail": [of, *trail] if of else trail,
        "earlier": _period_link(shelf, recipe, recipe.earlier) if recipe.earlier else None,
        "later": _period_link(shelf, recipe, recipe.later) if recipe.later else None,
        "of": of,
        "on": day_of_year_link(shelf, recipe.period[1:]) if len(recipe.period) == 3 and not of else None,
    }


def _period_link(shelf: Shelf, recipe: PeriodRecipe, period: Period) -> Value:
    address = f"{recipe.listing.address}{'/'.join(period)}/"
    return {"name": shelf.wording.period(period), "address": address, **tongue_value(None)}


def day_of_year_inputs(shelf: Shelf, address: str, recipe: DayOfYearRecipe) -> Value:
    """What the page of a day of every year is made from."""
    label = shelf.wording.day_of_year(recipe.day)
    return frame(shelf.scene, "on", address, FrameRecipe(label), recipe.languages) | {
        "heading": label,
        "listing": listing(shelf, recipe.listing),
        "earlier": day_of_year_link(shelf, recipe.earlier) if recipe.earlier else None,
        "later": day_of_year_link(shelf, recipe.later) if recipe.later else None,
    }


def not_found_inputs(shelf: Shelf, address: str, _recipe: NothingRecipe) -> Value:
    """What `404.html` is made from. A host shows it at any address, so its links are absolute paths."""
    inputs = frame(shelf.scene, "404", address, FrameRecipe(shelf.wording.words.gettext("Not found"), draft=True), ())
    return inputs | {"root": shelf.scene.base_path, "page": inputs["page"] | {"canonical": ""}}
