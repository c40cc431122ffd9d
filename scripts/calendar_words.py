"""Writes the names of months and weekdays that importing knows, from Unicode's CLDR as Babel has it.

    python scripts/calendar_words.py

Reading them from sixty languages' data takes half a second, which every import would take. tests/test_import_days.py
fails where the files are not what Babel says.
"""

from __future__ import annotations

import re
from pathlib import Path

from babel import Locale

from builder.names import fold

# Languages that news is written in and that CLDR has month names for.
LANGUAGES = (
    "am", "ar", "ar_IQ", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr",
    "he", "hi", "hr", "hu", "hy", "id", "it", "ja", "ka", "kk", "ko", "ky", "lt", "lv", "mk", "ms", "my", "nb", "ne",
    "nl", "pl", "ps", "pt", "ro", "ru", "si", "sk", "sl", "so", "sq", "sr", "sr_Latn", "sv", "sw", "ta", "th", "ti",
    "tr", "uk", "ur", "uz", "vi", "zh",
)  # fmt: skip
HEAD = "# Folded names of {}, from CLDR: made by scripts/calendar_words.py. A name that means two is left out.\n"


def names_of(kind: str) -> dict[str, int]:
    """The number of each of CLDR's `months` or `days` by its folded name, in all languages."""
    found: dict[str, set[int]] = {}
    for code in LANGUAGES:
        table = getattr(Locale.parse(code), kind)
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in table[form][width].items():
                    word = fold(name).strip(". ")
                    if len(word) > 1 and not re.search(r"\d", word):
                        found.setdefault(word, set()).add(number)
    return {word: numbers.pop() for word, numbers in found.items() if len(numbers) == 1}


def text_of(kind: str) -> str:
    """The file of one kind: a line for each number, with its names."""
    names = names_of(kind)
    lines = (
        f"{number}|{'|'.join(sorted(word for word, own in names.items() if own == number))}\n"
        for number in sorted(set(names.values()))
    )
    return HEAD.format("months" if kind == "months" else "weekdays, Monday 0") + "".join(lines)


if __name__ == "__main__":
    folder = Path(__file__).parent.parent / "builder/importing/phrases"
    for kind in ("months", "days"):
        (folder / f"{kind}.txt").write_text(text_of(kind), "utf-8")
