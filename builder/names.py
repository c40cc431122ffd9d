"""Names: how a name becomes a slug, and when two spellings are the same name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# anyascii writes these letters as a mark or as nothing; a name made of them would have no slug.
_VOWELS = str.maketrans({
    "ع": "a", "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ى": "a", "ة": "a", "ע": "a", "א": "a",
})  # fmt: skip
# Letters that carry their stroke or lack their dot in themselves, so that no decomposition takes it away.
_PLAIN_LETTERS = str.maketrans({
    "đ": "d", "ð": "d", "ł": "l", "ø": "o", "ı": "i", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe",
    "’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "\u00a0": " ",
})  # fmt: skip
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_APOSTROPHES = re.compile(r"['`’‘ʼ]")


@lru_cache(maxsize=65536)
def slug(name: str) -> str:
    """Lower-case ASCII words joined by hyphens, from any script; empty where `name` has no letter or digit.

    >>> slug("Vučić meets Türkiye"), slug("Ђ"), slug("ع"), slug("C++")
    ('vucic-meets-turkiye', 'dj', 'a', 'c')
    """
    return slug_text(name)


def slug_text(text: str) -> str:
    """What `slug` makes of a text that is no name, and isn't worth being remembered."""
    ascii_text = text if text.isascii() else _in_ascii(text)
    return _NOT_SLUG.sub("-", _APOSTROPHES.sub("", ascii_text).lower()).strip("-")


def _in_ascii(text: str) -> str:
    from anyascii import anyascii  # takes longer to load than most builds need it

    return anyascii(unicodedata.normalize("NFC", text).translate(_VOWELS))


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """What two spellings of one name have in common: no case, no diacritics, single spaces.

    >>> fold("  Aleksandar  VUČIĆ ") == fold("Aleksandar Vucic")
    True
    """
    return fold_text(name)


def fold_text(text: str) -> str:
    """What `fold` makes of a text that is no name, and isn't worth being remembered."""
    if text.isascii():
        return " ".join(text.lower().split())
    # Twice, since compatibility forms hold capitals (™ is TM), and what lost its accent may be a letter with a stroke.
    return " ".join(_folded(_folded(text)).split())


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    plain = _NOT_ASCII.sub(lambda run: "".join(c for c in run[0] if not _is_diacritic(c)), decomposed)
    return unicodedata.normalize("NFC", plain.casefold().translate(_PLAIN_LETTERS))


def _is_diacritic(character: str) -> bool:
    # Canonical combining classes: 200 and up are accents above and below, 10 to 36 the vowel points of Hebrew, Arabic
    # and Syriac. The marks of Indic scripts have other classes: they are letters to their readers.
    combining_class = unicodedata.combining(character)
    return combining_class >= 200 or 10 <= combining_class <= 36
