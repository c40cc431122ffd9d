"""What lately came in: added, revised or withdrawn."""

from __future__ import annotations

from collections.abc import Iterable

from builder.dates import Moment, moment_at
from builder.pages.frame import frame
from builder.pages.recipes import FrameRecipe, News, RecentRecipe
from builder.pages.shelf import Shelf
from builder.pages.values import Value, card


def recent_inputs(shelf: Shelf, address: str, recipe: RecentRecipe) -> Value:
    """What `/recent/` is made from."""
    return frame(shelf.scene, "recent", address, FrameRecipe(recipe.title), recipe.languages) | {
        "news": news_value(shelf, recipe.news)
    }


def news_value(shelf: Shelf, news: Iterable[News]) -> list[Value]:
    """News to be shown: when and what, with the card of the briefing, or the notice in its place."""
    return [
        {
            "date": _day(shelf, moment_at(item.at, shelf.zone)),
            "what": item.what,
            "card": card(shelf, item.abstract) if item.abstract is not None else None,
            "notice": item.notice,
        }
        for item in news
    ]


def _day(shelf: Shelf, moment: Moment) -> Value:
    """An instant of which the day alone is read: a time without its zone would say little, and lead astray."""
    day = Moment(moment.year, moment.month, moment.day)
    return shelf.wording.moment(moment) | {"text": shelf.wording.moment(day)["text"]}
