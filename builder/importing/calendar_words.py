"""Calendar words: the months and weekdays of many languages, from Unicode's CLDR."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale

from builder.names import fold

# Languages that news is written in and that CLDR has month names for.
LANGUAGES = (
    "am", "ar", "ar_IQ", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr",
    "he", "hi", "hr", "hu", "hy", "id", "it", "ja", "ka", "kk", "ko", "ky", "lt", "lv", "mk", "ms", "my", "nb", "ne",
    "nl", "pl", "ps", "pt", "ro", "ru", "si", "sk", "sl", "so", "sq", "sr", "sr_Latn", "sv", "sw", "ta", "th", "ti",
    "tr", "uk", "ur", "uz", "vi", "zh",
)  # fmt: skip
# Short forms in print that CLDR doesn't list.
_MORE_MONTHS = {"sept": 9, "janv": 1, "febr": 2, "fevr": 2, "juill": 7, "mai": 5, "maerz": 3, "اغسطس": 8, "يوليوز": 7,
                "شتنبر": 9, "جانفي": 1, "فيفري": 2, "افريل": 4, "جوان": 6, "جويلية": 7, "اوت": 8}  # fmt: skip


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """The number of each month by its folded name, in all languages; a name that means two months is left out."""
    return _names("months", _MORE_MONTHS)


@lru_cache(maxsize=1)
def weekdays() -> dict[str, int]:
    """The number of each weekday, Monday 0, by its folded name of at least three letters."""
    return _names("days", {"tues": 1, "thurs": 3, "thur": 3, "weds": 2})


def _names(kind: str, more: dict[str, int]) -> dict[str, int]:
    found: dict[str, set[int]] = {}
    for code in LANGUAGES:
        table = getattr(Locale.parse(code), kind)
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in table[form][width].items():
                    word = fold(name).strip(". ")
                    if len(word) > 1 and not re.search(r"\d", word):
                        found.setdefault(word, set()).add(number)
                        # The case forms of Slavic and Baltic months differ in their last letters only.
    result = {word: numbers.pop() for word, numbers in found.items() if len(numbers) == 1}
    return result | more
