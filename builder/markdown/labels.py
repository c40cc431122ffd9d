"""Labels: what is written over a passage, and what a table is called, in the language of the body.

They are words of the body, as its quotation marks are, and not of the page around it: so they are the same in feeds,
in the search, and on pages of another language.
"""

from __future__ import annotations

from functools import lru_cache

from builder.words.serbian import in_latin

PASSAGES = ("note", "contested", "background", "warning")
_TABLE = "table"
# By language: those of the passages, then that of a table.
_LABELS: dict[str, tuple[str, ...]] = {
    "en": ("Note", "Contested", "Background", "Warning", "Table"),
    "ar": ("ملاحظة", "محل خلاف", "خلفية", "تحذير", "جدول"),
    "fr": ("Remarque", "Contesté", "Contexte", "Avertissement", "Tableau"),
    "sr": ("Напомена", "Спорно", "Позадина", "Упозорење", "Табела"),
    "uk": ("Примітка", "Спірне", "Передісторія", "Застереження", "Таблиця"),
}


def passage_label(name: str, language: str) -> str:
    """The label of a passage, in a language (BCP 47); in English where it isn't known in that."""
    return _labels(language)[name]


def table_label(language: str) -> str:
    """What a table is called to those who can't see it."""
    return _labels(language)[_TABLE]


@lru_cache
def _labels(language: str) -> dict[str, str]:
    tongue, *subtags = language.split("-")
    labels = _LABELS.get(tongue, _LABELS["en"])
    # Montenegro's Serbian is in Latin letters where no script is named: CLDR's likely subtags.
    if tongue == "sr" and ("Latn" in subtags or subtags == ["ME"]):
        labels = tuple(map(in_latin, labels))
    return dict(zip((*PASSAGES, _TABLE), labels, strict=True))
