"""Sentences of a Markdown text, as far as a lint needs them: each with where it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

# What ends with a full stop and no sentence: ranks and titles before a name.
_RANKS = "".join(rf"(?<!\b{rank}\.)" for rank in ("Brig", "Capt", "Col", "Gen", "Gov", "Maj", "Prof", "Sen", "Sgt"))
# Initials (`U.S. officials`) don't end one either: two letters, digits or closing marks have to stand before the stop.
_STOP = rf"(?<=[a-z\d%)\]”’\"'*_]{{2}}[.!?]){_RANKS}[.!?]*[\"”’')\]*_]*\s+(?=[“‘\"'(\[*_]*[A-Z\d])"
# A blank line, and a line that begins a block: an item, a row, a quotation, a heading, a definition, a passage.
_BLOCK = r"(?<=\n)(?=[ \t]*(?:\n|[-*+>|#:]|\d+[.)][ \t]))"
# All ends begin with one of four characters: so the rest is looked at only there.
_END = re.compile(rf"[.!?\n](?:{_STOP}|{_BLOCK})")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])[ \t]")


def sentences(text: str) -> Iterator[tuple[int, str, str]]:
    """The sentences of `text`: for each the index at which it begins, its words, and what leads up to it.

    What leads up to the items of a list is the sentence before the list, if it ends with a colon; else nothing does.
    """
    start, before, lead = 0, "", ""
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        sentence = text[start:end]
        if sentence.strip():
            if not _ITEM.match(sentence):
                lead = ""
            elif not _ITEM.match(before):
                lead = before.strip() if before.rstrip().endswith(":") else ""
            yield start + len(sentence) - len(sentence.lstrip()), sentence.strip(), lead
            before = sentence
        start = end
