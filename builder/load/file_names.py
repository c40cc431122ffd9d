"""File names: what the name of a document's file says of it."""

from __future__ import annotations

import posixpath
import re

from builder.dates import When
from builder.model.briefing import Briefing

DATED_NAME = re.compile(r"(?P<date>\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:-(?P<rest>.+)|)", re.ASCII)


def own_id(path: str, meta: Briefing | None) -> str:
    """The id of the briefing at `path`: what its front matter says, else the file's name without suffix."""
    return (meta.id if meta else None) or stem_of(path)


def stem_of(path: str) -> str:
    """A file's name without suffix."""
    return posixpath.splitext(posixpath.basename(path))[0]


def undated_stem(path: str, when: When | None = None) -> str:
    """A file's name without suffix and leading date: `2022-08-17-x.md` is `x`.

    No more is taken away than `when` is precise: `2022-12-dead.md` of the year 2022 is `12-dead`.
    Empty where the name is nothing but a date.
    """
    stem = stem_of(path)
    match = DATED_NAME.fullmatch(stem)
    if match is None:
        return stem
    parts = match["date"].split("-")
    dated = parts if when is None else parts[: len(when.start.parts)]
    return stem[len("-".join(dated)) + 1 :]
