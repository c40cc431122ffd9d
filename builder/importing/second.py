"""Second: whether a scraped text holds another article behind the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from builder.importing.bylines import BY
from builder.importing.furniture import is_sentence, length
from builder.importing.lines import Line, caption_of, is_noise
from builder.importing.trimming import is_dateline

_RULE = re.compile(r"\W{0,2}(?:[*＊#=_~–—-]\s*){3,}")
_WIDE = 3  # empty lines: more than stand between paragraphs and their headings
_FEW = 2  # places that are so set off: where there are more, it is how the text is written
_SIGNED = 25  # words of running text, before and behind what has a headline, a byline and a date
_ENOUGH = 80  # words of running text, before and behind


def second_at(lines: Sequence[Line], start: int, end: int) -> int | None:
    """Where a second article begins: a date and a headline, between stretches of text that are both long."""
    words = [max(0.0, line.prose) for line in lines]
    for index in range(start + 1, end - 2):
        text = lines[index].text
        if length(text) > 8 or not is_dateline(text) or text.startswith(("—", "–", "@")):
            continue
        near = [lines[at] for at in (index - 2, index - 1, index + 1) if at > start]
        has_title = any(_is_headline(line) for line in near)
        # A list of other articles has a line of each, and no text that goes on.
        next_four = [line.prose >= 12 for line in lines[index + 1 : min(index + 5, end)]]
        goes_on = any(first and second for first, second in pairwise(next_four))
        before, behind = sum(words[start:index]), sum(words[index:end])
        enough = _SIGNED if _is_signed(lines, index) else 60
        if has_title and goes_on and before > enough and behind > enough:
            return index
    return None


def _is_signed(lines: Sequence[Line], index: int) -> bool:
    """Whether the date at `index` has a byline beside it, and both a headline above them."""
    for first in (index - 1, index):
        above, *own = lines[first - 1 : first + 2]
        if _is_headline(above) and any(BY.match(line.text) and length(line.text) <= 14 for line in own):
            return True
    return False


def possible_second_at(lines: Sequence[Line], start: int, end: int) -> int | None:
    """Where a second article may begin that has neither date nor byline: a headline below a rule or several empty
    lines, between stretches of text that are both long."""
    words = [max(0.0, line.prose) for line in lines]
    found = [
        index
        for index in range(start + 1, end - 1)
        if _is_headline(lines[index])
        and not lines[index].text.endswith(":")
        and (lines[index].gap >= _WIDE or _RULE.fullmatch(lines[index - 1].text))
        and any(line.prose >= 12 for line in lines[index + 1 : index + 3])
    ]
    if not 0 < len(found) <= _FEW:
        return None
    at = found[0]
    return at if sum(words[start:at]) > _ENOUGH and sum(words[at:end]) > _ENOUGH else None


def _is_headline(line: Line) -> bool:
    return -5 < line.prose < 0 and 3 <= length(line.text) <= 20 and not is_mark(line)


def is_mark(line: Line) -> bool:
    """Whether a line stands between headline and body: a byline, a date, a button, a caption."""
    text = line.text
    return (
        is_noise(text)
        or is_dateline(text)
        or caption_of(text) is not None
        or (BY.match(text) is not None and length(text) <= 14 and not is_sentence(text))
    )
