"""Walls: whether a page shows but the beginning of its article to who hasn't paid or registered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from builder.importing.article import Block
from builder.importing.furniture import is_sentence
from builder.importing.phrases import alternatives

# An element of lxml; its type stubs are no dependency.
Element = Any
CUT_OFF = "the text may be cut off by a paywall; look whether it is whole"
_SAYS = re.compile(rf"\b(?:{alternatives('walls')})")
_BOX = re.compile(r"(?i)(?:^|[\s_-])(?:pay|reg(?:istration)?|subscri\w+|meter)[_-]?(?:wall|gate|barrier|prompt)")
_LONGEST = 160  # characters of what a wall says in one run


def is_cut_off(blocks: Sequence[Block], tree: Element, lines: Iterable[str]) -> bool:
    """Whether an article ends within a sentence, and its page, of which these are the lines, tells who may read on."""
    if not blocks or blocks[-1].kind != "paragraph" or is_sentence(blocks[-1].text):
        return False
    return _has_box(tree) or any(len(line) < _LONGEST and _SAYS.search(line.lower()) for line in lines)


def _has_box(tree: Element) -> bool:
    marked = tree.iterfind(".//*[@class]")
    return any(element.tag not in ("body", "html") and _BOX.search(element.get("class")) for element in marked)
