"""The pages that look over the archive: home, years, months and days, and the page for unknown addresses."""

from __future__ import annotations

from builder.pages.frame import frame
from builder.pages.maps import map_value
from builder.pages.recipes import FrameRecipe, HomeRecipe, NothingRecipe, Period, PeriodRecipe
from builder.pages.shelf import Shelf
from builder.pages.values import Value, body_value, card, listing, period_links, root_of


def home_inputs(shelf: Shelf, address: str, recipe: HomeRecipe) -> Value:
    """What `/` is made from."""
    inputs = frame(shelf.scene, "home", address, FrameRecipe(""), recipe.languages) | {
        "cards": [card(shelf, key) for key in recipe.listing.cards],
        "years": period_links(shelf, recipe.listing),
        "dossiers": list(recipe.dossiers),
        "body": body_value(recipe.body, root_of(address)) if recipe.body else None,
    }
    if "map" in shelf.scene.needs:
        inputs["map"] = map_value(shelf, recipe.map)
    return inputs


def period_inputs(shelf: Shelf, address: str, recipe: PeriodRecipe) -> Value:
    """What the page of a year, month or day is made from."""
    label = shelf.wording.period(recipe.period)
    of = {"name": recipe.name, "address": recipe.listing.address} if recipe.name is not None else None
    title = f"{recipe.name}: {label}" if of else label
    trail = [_period_link(shelf, recipe, recipe.period[:length]) for length in range(1, len(recipe.period))]
    return frame(shelf.scene, "period", address, FrameRecipe(title), recipe.languages) | {
        "heading": label,
        "listing": listing(shelf, recipe.listing),
        "trail": [of, *trail] if of else trail,
        "earlier": _period_link(shelf, recipe, recipe.earlier) if recipe.earlier else None,
        "later": _period_link(shelf, recipe, recipe.later) if recipe.later else None,
        "of": of,
    }


def _period_link(shelf: Shelf, recipe: PeriodRecipe, period: Period) -> Value:
    return {"name": shelf.wording.period(period), "address": f"{recipe.listing.address}{'/'.join(period)}/"}


def not_found_inputs(shelf: Shelf, address: str, _recipe: NothingRecipe) -> Value:
    """What `404.html` is made from. A host shows it at any address, so its links are absolute paths."""
    inputs = frame(shelf.scene, "404", address, FrameRecipe("Not found", draft=True), ())
    return inputs | {"root": shelf.scene.base_path, "page": inputs["page"] | {"canonical": ""}}
