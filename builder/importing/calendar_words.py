"""Calendar words: the months and weekdays of many languages, from Unicode's CLDR (scripts/calendar_words.py)."""

from __future__ import annotations

import re
from functools import lru_cache

from builder.importing.phrases import lines
from builder.names import fold

# Short forms in print that CLDR doesn't list.
_MORE_MONTHS = {"sept": 9, "janv": 1, "febr": 2, "fevr": 2, "juill": 7, "mai": 5, "maerz": 3, "اغسطس": 8, "يوليوز": 7,
                "شتنبر": 9, "جانفي": 1, "فيفري": 2, "افريل": 4, "جوان": 6, "جويلية": 7, "اوت": 8}  # fmt: skip
_JOINED = ("ja", "ko", "th", "zh")  # languages whose words stand without spaces, or with endings joined to them
_LEAST = 4  # letters of a name that is looked for in a text: 'sun' and 'sat' are words too
_WHOLE = "\u3040"  # from here on, scripts in which two letters are a word
_NEAR = {"no": "nb", "nn": "nb", "sh": "sr", "cnr": "sr"}


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """The number of each month by its folded name, in all languages; a name that means two months is left out."""
    numbered = (line.split("|") for line in lines("months"))
    return {name: int(number) for number, *names in numbered for name in names} | _MORE_MONTHS


@lru_cache(maxsize=1)
def weekdays() -> dict[str, int]:
    """The number of each weekday, Monday 0, by its folded name, in all languages; no name that means two."""
    found: dict[str, set[int]] = {}
    for _, names in _weekdays_by_language():
        for name, number in names.items():
            found.setdefault(name, set()).add(number)
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1}


@lru_cache(maxsize=64)
def days_in_words(language: str) -> re.Pattern[str]:
    """What names a day in folded texts of a language (BCP 47), as groups: `w0` for Monday to `w6` for Sunday, `a0` for
    today, `a1` for yesterday, `a2` for the day before. In a language that isn't known, the weekdays of all.
    """
    own = language.partition("-")[0].lower()
    own = _NEAR.get(own, own)
    found: dict[str, list[str]] = {}
    for code, names in _weekdays_by_language():
        if code.partition("-")[0] == own:
            _add(found, names)
    if not found:
        _add(found, weekdays())
    for languages, group, pattern in (line.split("|", 2) for line in lines("days_in_words")):
        if own in languages.split(","):
            found.setdefault(group, []).append(fold(pattern))
    groups = "|".join(f"(?P<{group}>{'|'.join(patterns)})" for group, patterns in found.items())
    return re.compile(groups if own in _JOINED else rf"(?<!\w)(?:{groups})(?!\w)")


def _weekdays_by_language() -> list[tuple[str, dict[str, int]]]:
    table = (line.split("|") for line in lines("days"))
    return [
        (code, {name: number for number, names in enumerate(by_day) for name in names.split(",")})
        for code, *by_day in table
    ]


def _add(found: dict[str, list[str]], names: dict[str, int]) -> None:
    for name in sorted(names, key=len, reverse=True):
        if len(name) >= _LEAST or name >= _WHOLE:
            found.setdefault(f"w{names[name]}", []).append(re.escape(name))
