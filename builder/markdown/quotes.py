"""Quotes: straight quotation marks become those of a body's language, by markdown-it's rules.

The rules are those of `markdown_it.rules_core.smartquotes`. Most marks are sure without the whole of them, and are done
first, in a fifth of the time. The rest is left to markdown-it where that reads the body. The Rust port has rules of its
own here, and knows no language but English: for the HTML that it makes, the rules stand below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_core import StateCore
from markdown_it.rules_core.smartquotes import process_inlines
from markdown_it.token import Token

_APOSTROPHE = "’"


class _SureMarks:
    """Marks that are what they are whatever else stands around them.

    Between letters or digits a single one is an apostrophe. Two that follow each other in one text, of which the first
    can only open and the second only close, are a pair.
    """

    def __init__(self, double: str, between: str, begins: Sequence[str] = (), ends: str = "") -> None:
        """`double` is how a double mark is written, `between` what may not stand inside a pair.

        A line begins behind one of `begins` too, and ends before `ends` too (a pattern that begins with `|`).
        """
        self._mark, self._between, self._begins, self._ends = double, between, begins, ends

    @cached_property
    def _double(self) -> re.Pattern[str]:
        return self._pair(self._mark)

    @cached_property
    def _single(self) -> re.Pattern[str]:
        return self._pair("'")

    def _pair(self, mark: str) -> re.Pattern[str]:
        # Every part begins with the mark, which a search finds at once.
        opens = "|".join(f"(?<={place}{mark})" for place in (r"[ \n(]", *self._begins))
        closes = rf"(?<=[^\W_]{mark})(?=[ \n.,;:!?)]{self._ends})|(?<=[.,;:!?…]{mark})(?=[ \n]{self._ends})"
        return re.compile(rf"{mark}(?=[^\W_])(?:{opens})([^{self._between}]*){mark}(?:{closes})")

    def printed(self, text: str, quotes: Sequence[str]) -> str:
        """`text` with these as they are printed. Its ends are surely no ends of words."""
        if "'" in text:
            text = _WITHIN_WORD.sub(_APOSTROPHE, text)
        text = self._double.sub(lambda pair: f"{quotes[0]}{pair[1]}{quotes[1]}", text)
        if "'" in text:
            text = self._single.sub(lambda pair: f"{quotes[2]}{pair[1]}{quotes[3]}", text)
        return text


_WITHIN_WORD = re.compile(r"'(?=[^\W_])(?<=[^\W_]')")
_IN_TEXT = _SureMarks('"', "\"'")
_IN_HTML = _SureMarks("&quot;", "<&'", ["<p>", "<li>"], "|</p>|</li>")


def quotes_plugin(markdown: MarkdownIt) -> None:
    """Puts the rule below in the place of markdown-it's."""
    markdown.core.ruler.at("smartquotes", _quote)


def _quote(state: StateCore) -> None:
    if not state.md.options.typographer:
        return
    for inline in state.tokens:
        if inline.type == "inline" and inline.children and ("'" in inline.content or '"' in inline.content):
            left_over = [_quote_text(inline.children, index, state.md.options.quotes)
                         for index, token in enumerate(inline.children) if token.type == "text"]  # fmt: skip
            if any(left_over):
                process_inlines(inline.children, state)


def _quote_text(tokens: Sequence[Token], index: int, quotes: Sequence[str]) -> bool:
    """Does what is sure in one text of a line; whether marks are left."""
    text = tokens[index].content
    if "'" not in text and '"' not in text:
        return False
    # What a line begins and ends with counts as a space; what other texts do, is not told here.
    before = "\n" if index == 0 or tokens[index - 1].type in _BREAKS else "\0"
    behind = "\n" if index + 1 == len(tokens) or tokens[index + 1].type in _BREAKS else "\0"
    text = tokens[index].content = _IN_TEXT.printed(f"{before}{text}{behind}", quotes)[1:-1]
    return "'" in text or '"' in text


_BREAKS = frozenset({"softbreak", "hardbreak"})
_IN_TAG = re.compile(r"""="[^"]*?(?:'|&quot;)""")
_BLOCK_TAG = re.compile(r"(</?(?:p|h[1-6r]|li|[uo]l|blockquote|pre|table|t[rhd]|thead|tbody)\b[^>]*>)")
_MARK = re.compile(r"&quot;|'|<code[^>]*>[^<]*</code>|<[^>]*>")
_PAIRED = re.compile(r"</?(?:em|strong|a)\b")


class _Opened(NamedTuple):
    place: int
    mark: str
    level: int


def with_quotes(html: str, quotes: Sequence[str]) -> str:
    """`html` with `quotes` (double, then single, opening before closing) in the place of straight ones."""
    if "'" not in html and "&quot;" not in html:
        return html
    if "<code" not in html and not _IN_TAG.search(html):
        html = _IN_HTML.printed(html, quotes)
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
