"""Translations: compiled catalogues, one before the other."""

from __future__ import annotations

from collections.abc import Iterable
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from typing import TypeAlias

# `gettext`, `ngettext`, `pgettext`, `npgettext`: as in the standard library.
Words: TypeAlias = NullTranslations


def words_of(catalogues: Iterable[bytes] = ()) -> Words:
    """The words that compiled catalogues (MO files) give: the first that has a text counts; else it stays English."""
    words = NullTranslations()
    for data in reversed(list(catalogues)):
        own = GNUTranslations(BytesIO(data))
        own.add_fallback(words)
        words = own
    return words
