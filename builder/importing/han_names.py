"""Han names: persons' names in Chinese letters, which no space and no capital tells from other words."""

from __future__ import annotations

import re

from builder.importing.phrases import alternatives, words

_SURNAMES = sorted(words("surnames"))
_NAME = re.compile(
    rf"(?:{'|'.join(name for name in _SURNAMES if len(name) > 1)}"
    rf"|[{''.join(name for name in _SURNAMES if len(name) == 1)}])[\u3400-\u9fff]{{1,2}}"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_ONLY_HAN = re.compile(r"[\u3400-\u9fff\u3005\u3000·・\s]+")
_PEN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
_SPREAD = re.compile(r"([\u3400-\u9fff])\s+([\u3400-\u9fff])")  # two letters, to the width of three
_BETWEEN = re.compile(r"\s*[、，,;；&＆/／和]\s*|\s+")
_NO_NAME = re.compile(rf"(?:{alternatives('no_authors')})")
_LONGEST = 4  # letters of a name that no space or point divides


def has_han(text: str) -> bool:
    """Whether a text has Chinese letters in it."""
    return not text.isascii() and _HAN.search(text) is not None


def is_only_han(text: str) -> bool:
    """Whether a text has no letters but Chinese ones, as names in Chinese have, and most in Japanese."""
    return _ONLY_HAN.fullmatch(text) is not None and has_han(text)


def may_be_name(text: str) -> bool:
    """Whether a text of Chinese letters may be a person's name where one is expected: a publisher's is longer."""
    return max(map(len, re.split(r"[·・\s]", text))) <= _LONGEST


def is_publisher(text: str) -> bool:
    """Whether a text is called as publishers and desks are."""
    return _NO_NAME.fullmatch(text) is not None


def names_in(text: str, *, labelled: bool = False) -> tuple[str, ...]:
    """The names that a text is a list of; none where it holds anything else.

    With `labelled`, it stands behind a word that says who wrote: names need no surname then.
    """
    text = text.strip()
    if spread := _SPREAD.fullmatch(text):
        text = spread[1] + spread[2]
    names = [name for name in _BETWEEN.split(text) if name]
    pattern = _PEN_NAME if labelled else _NAME
    are_names = all(pattern.fullmatch(name) and not is_publisher(name) for name in names)
    return tuple(dict.fromkeys(names)) if are_names else ()
