"""Bodies: organisations that no list has, told by their names, which end or begin with what they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from builder.importing.phrases import alternatives
from builder.importing.where import ACTS
from builder.names import fold

_WORD = r"[A-Z][\w’'-]*\w"
_ENDING = re.compile(
    rf"(?<![\w.-])(?:{_WORD}\s(?:of\s|for\s|and\s|the\s)?){{1,4}}(?:{alternatives('bodies')})(?![\w-])"
)
_BEGINNING = re.compile(
    rf"(?<![\w.-])(?:{alternatives('bodies_of')})\s(?:of|for)\s(?:the\s)?{_WORD}(?:\s{_WORD}){{0,3}}"
)
_FIRST = re.compile(r"^(?:The|A|An|In|At|On|But|And|When|After|Its|His|Their|This|That|While|As|For|From|Then)\s")


class Body(Struct, frozen=True):
    """An organisation that a text names, how often, and how much speaks for its having a part in what is told."""

    name: str
    score: float


def bodies_of(title: str, paragraphs: Sequence[str], taken: set[str]) -> list[Body]:
    """The organisations of a text. `taken` are folded names that somebody knows already."""
    counted: dict[str, float] = {}
    names: dict[str, str] = {}
    for at, text in enumerate((title, *paragraphs)):
        for pattern in (_ENDING, _BEGINNING):
            for match in pattern.finditer(text):
                name = _FIRST.sub("", match[0])
                key = fold(name)
                if " " not in name or key in taken:
                    continue
                names.setdefault(key, name)
                acts = ACTS.match(text[match.end() : match.end() + 60]) is not None
                counted[key] = counted.get(key, 0.0) + (2.0 if at == 0 else 1.0) + 0.6 * acts
    return [Body(names[key], round(0.5 + 0.9 * score, 2)) for key, score in counted.items()]
