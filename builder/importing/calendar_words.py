"""Calendar words: the months and weekdays of many languages, from Unicode's CLDR (scripts/calendar_words.py)."""

from __future__ import annotations

from functools import lru_cache

from builder.importing.phrases import lines

# Short forms in print that CLDR doesn't list.
_MORE_MONTHS = {"sept": 9, "janv": 1, "febr": 2, "fevr": 2, "juill": 7, "mai": 5, "maerz": 3, "اغسطس": 8, "يوليوز": 7,
                "شتنبر": 9, "جانفي": 1, "فيفري": 2, "افريل": 4, "جوان": 6, "جويلية": 7, "اوت": 8}  # fmt: skip
_MORE_WEEKDAYS = {"tues": 1, "thurs": 3, "thur": 3, "weds": 2}


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """The number of each month by its folded name, in all languages; a name that means two months is left out."""
    return _names("months") | _MORE_MONTHS


@lru_cache(maxsize=1)
def weekdays() -> dict[str, int]:
    """The number of each weekday, Monday 0, by its folded name of at least three letters."""
    return _names("days") | _MORE_WEEKDAYS


def _names(kind: str) -> dict[str, int]:
    numbered = (line.split("|") for line in lines(kind))
    return {name: int(number) for number, *names in numbered for name in names}
