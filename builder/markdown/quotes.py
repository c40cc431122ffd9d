"""Quotes: straight quotation marks of a body's HTML become those of its language, by markdown-it's rules.

The rules are those of `markdown_it.rules_core.smartquotes`, for HTML that is made already: the Rust port has rules of
its own here, and knows no language but English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace

_BLOCK_TAG = re.compile(r"(</?(?:p|h[1-6r]|li|[uo]l|blockquote|pre|table|t[rhd]|thead|tbody)\b[^>]*>)")
_MARK = re.compile(r"&quot;|'|<code[^>]*>[^<]*</code>|<[^>]*>")
_PAIRED = re.compile(r"</?(?:em|strong|a)\b")
_APOSTROPHE = "’"


class _Opened(NamedTuple):
    place: int
    mark: str
    level: int


def with_quotes(html: str, quotes: Sequence[str]) -> str:
    """`html` with `quotes` (double, then single, opening before closing) in the place of straight ones."""
    if "'" not in html and "&quot;" not in html:
        return html
    parts = _BLOCK_TAG.split(html)
    for index in range(0, len(parts), 2):
        if "'" in parts[index] or "&quot;" in parts[index]:
            parts[index] = _line_with_quotes(parts[index], quotes)
    return "".join(parts)


def _line_with_quotes(line: str, quotes: Sequence[str]) -> str:
    words = _MARK.split(line)
    marks = _MARK.findall(line)
    opened: list[_Opened] = []
    level = 0
    for place, mark in enumerate(marks):
        if mark.startswith("<"):
            if _PAIRED.match(mark):
                level += -1 if mark.startswith("</") else 1
                while opened and opened[-1].level > level:
                    opened.pop()
            continue
        can_open, can_close = _sides(mark, _before(words, marks, place), _behind(words, marks, place))
        opening = _opening(opened, mark, level) if can_close else None
        if opening is not None:
            first = 2 if mark == "'" else 0
            marks[opened[opening].place], marks[place] = quotes[first], quotes[first + 1]
            del opened[opening:]
        elif can_open:
            opened.append(_Opened(place, mark, level))
        elif mark == "'":
            marks[place] = _APOSTROPHE
    return "".join(part for pair in zip(words, [*marks, ""], strict=True) for part in pair)


def _opening(opened: list[_Opened], mark: str, level: int) -> int | None:
    """The place in `opened` of what a closing `mark` at `level` closes."""
    for index in range(len(opened) - 1, -1, -1):
        if opened[index].level < level:
            break
        if opened[index].mark == mark:
            return index
    return None


def _sides(mark: str, before: str, behind: str) -> tuple[bool, bool]:
    """Whether `mark` between these characters can open, and whether it can close."""
    if mark == behind == "&quot;" and before in "0123456789":
        return False, False  # 1"" are inches
    space_before, space_behind = isWhiteSpace(ord(before)), isWhiteSpace(ord(behind[0]))
    point_before, point_behind = _is_punctuation(before), _is_punctuation(behind[0])
    can_open = not space_behind and (not point_behind or space_before or point_before)
    can_close = not space_before and (not point_before or space_behind or point_behind)
    return (point_before, point_behind) if can_open and can_close else (can_open, can_close)


def _is_punctuation(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def _before(words: list[str], marks: list[str], place: int) -> str:
    """The character before the mark at `place`; tags are looked through, and a line begins behind a space."""
    while not words[place] and place:
        place -= 1
        if marks[place].startswith("<br"):
            return " "
        if not marks[place].startswith("<"):
            return '"'
    return words[place][-1:] or " "


def _behind(words: list[str], marks: list[str], place: int) -> str:
    """The character behind the mark at `place`, or the mark that is there."""
    while not words[place + 1] and place + 1 < len(marks):
        place += 1
        if marks[place].startswith("<br"):
            return " "
        if not marks[place].startswith("<"):
            return marks[place]
    return words[place + 1][:1] or " "
