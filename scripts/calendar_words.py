"""Writes the names of months and weekdays that importing knows, from Unicode's CLDR as Babel has it.

    python scripts/calendar_words.py

Reading them from sixty languages' data takes half a second, which every import would take. tests/test_import_days.py
fails where the files are not what Babel says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from babel import Locale, localedata

from builder.names import fold

# Languages that news is written in and that CLDR has month names for.
LANGUAGES = (
    "am", "ar", "ar_IQ", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr",
    "he", "hi", "hr", "hu", "hy", "id", "it", "ja", "ka", "kk", "ko", "ky", "lt", "lv", "mk", "ms", "my", "nb", "ne",
    "nl", "pl", "ps", "pt", "ro", "ru", "si", "sk", "sl", "so", "sq", "sr", "sr_Latn", "sv", "sw", "ta", "th", "ti",
    "tr", "uk", "ur", "uz", "vi", "zh",
)  # fmt: skip
_MADE = "from CLDR: made by scripts/calendar_words.py."


def names_in(code: str, kind: str) -> Iterator[tuple[str, int]]:
    """The folded names of CLDR's `months` or `days` in a language, each with its number."""
    localedata._cache.clear()  # in which Babel writes names of a language that others then inherit
    table = getattr(Locale.parse(code), kind)
    for form in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in table[form][width].items():
                word = fold(name).strip(". ")
                if len(word) > 1 and not re.search(r"\d", word):
                    yield word, number


def months() -> Iterator[str]:
    """A line for each month, with its names in all languages."""
    yield f"# Folded names of months, {_MADE} A name that means two is left out."
    found: dict[str, set[int]] = {}
    for code in LANGUAGES:
        for word, number in names_in(code, "months"):
            found.setdefault(word, set()).add(number)
    for month in range(1, 13):
        yield "|".join([str(month), *sorted(word for word, numbers in found.items() if numbers == {month})])


def days() -> Iterator[str]:
    """A line for each language, with the names of each of its weekdays."""
    yield f"# Folded names of weekdays, Monday first, by language, {_MADE}"
    for code in LANGUAGES:
        names = set(names_in(code, "days"))
        by_day = (",".join(sorted(word for word, number in names if number == day)) for day in range(7))
        yield "|".join([code.replace("_", "-"), *by_day])


FILES = {"months": months, "days": days}


def text_of(kind: str) -> str:
    """The file of one kind."""
    return "".join(f"{line}\n" for line in FILES[kind]())


if __name__ == "__main__":
    folder = Path(__file__).parent.parent / "builder/importing/phrases"
    for kind in FILES:
        (folder / f"{kind}.txt").write_text(text_of(kind), "utf-8")
