"""Reporters: who wrote an article, as the Chinese press says it among its words.

In a line of their own ('Daily reporter NAME NAME'), in the brackets of the dateline, before a stroke and a publisher,
or in brackets behind the last word. Who edited it or took its pictures isn't meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from builder.importing.han_names import has_han, is_publisher, names_in
from builder.importing.phrases import alternatives

_ROLE = re.compile(rf"(?:{alternatives('reporters')})")
_ENDS_IN_ROLE = re.compile(rf"(?:{_ROLE.pattern})\s*[:：]?\s*$")
_MARK = re.compile(r"\s*[:：/／|｜]\s*")  # between 'author' and a name
# What follows the names: an editor's, a date, from where they report.
_BEHIND = re.compile(rf"\s*(?:{alternatives('byline_ends_joined')}|{alternatives('reported')}|\d|[（(\[]).*", re.DOTALL)
# 'reporter NAME, Taipei, 3rd' in one word: a name has three letters mostly.
_WIRED = re.compile(r"(?P<names>[\u3400-\u9fff]{3})[\u3400-\u9fff]{2,6}\d{1,2}日[电電讯訊]")
_BRACKETS = re.compile(r"[（(【〔\[](?P<inside>[^（()）【】〔〕\[\]]{2,40})[）)】〕\]]")
_LAST = re.compile(r"[（(](?P<inside>[^（()）]{2,40})[）)]\W*$")
_BEFORE_PUBLISHER = re.compile(
    r"(?P<names>[\u3400-\u9fff、\s]{2,12}?)\s*[／/|｜]\s*(?P<publisher>[\u3400-\u9fff]{2,12})"
)
_AROUND = " \t\u3000【】（）()[]〔〕■□●◎▲△◆—–-"
_SENTENCE = re.compile(r"[，。；！？]")
_PAPER = re.compile(r"[^\s、，,]+$")
_LINE = 60  # characters: a line that names who wrote has no more
_BEFORE = 16  # characters, at most, of the paper's name before 'reporter'
_HEAD = 80  # characters of a paragraph in which a dateline stands
_NEAR = 25  # lines from the headline to its byline, buttons between them included
_FIRST, _DATELINE, _FINAL = 6, 3, 6  # blocks: at the head, of these with a dateline, and at the foot


def reporters_of(lines: Sequence[str], texts: Sequence[str]) -> tuple[str, ...]:
    """The names of who wrote an article, of the first place that says so; `lines` are those below the headline, `texts`
    the blocks of its body."""
    if not any(map(has_han, texts)):
        return ()
    return next((names for names in _named(lines[:_NEAR], texts) if names), ())


def _named(lines: Sequence[str], texts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    joined = (f"{first} {second}" for first, second in pairwise(lines) if _ENDS_IN_ROLE.search(first[-12:]))
    yield from map(signed_by, (*lines, *joined, *texts[:_FIRST]))
    for text in texts[:_DATELINE]:
        yield from (signed_by(match["inside"]) for match in _BRACKETS.finditer(text[:_HEAD]))
    for line in lines[:_DATELINE]:
        if (match := _BEFORE_PUBLISHER.fullmatch(line)) and is_publisher(match["publisher"]):
            yield names_in(match["names"])
    for text in reversed(texts[-_FINAL:]):
        yield signed_by(text)
        if (match := _LAST.search(text)) is not None:
            # Of two letters, as many are another word.
            bare = names_in(match["inside"])
            yield signed_by(match["inside"]) or (bare if len("".join(bare)) > 2 else ())


def signed_by(text: str) -> tuple[str, ...]:
    """The names in a line that says who wrote, and nothing else; none where it says anything more."""
    if len(text) > _LINE or text.endswith(("。", "！", "？")) or not has_han(text):
        return ()
    text = text.strip(_AROUND)
    first = _ROLE.search(text)
    if first is None or _SENTENCE.search(text[: first.start()]):
        return ()
    if first.start() > _BEFORE and not _MARK.match(text, first.end()):
        return ()
    *others, last = _ROLE.split(text)[1:]
    if not (names := _names_behind(last)):
        return ()
    # Before another 'reporter' stands the paper's name, too.
    before = (names_in(_MARK.sub("", part)) or names_in(_PAPER.sub("", part)) for part in others)
    return tuple(dict.fromkeys([*(name for found in before for name in found), *names]))


def _names_behind(part: str) -> tuple[str, ...]:
    mark = _MARK.match(part)
    part = part[mark.end() :] if mark else part.strip()
    if wired := _WIRED.match(part):
        return names_in(wired["names"])
    part = _BEHIND.sub("", part)
    return names_in(part, labelled=mark is not None)
