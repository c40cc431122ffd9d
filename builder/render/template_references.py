"""Which other templates a template refers to, by its source."""

from __future__ import annotations

import re
from functools import lru_cache

# A tag that refers to another template, and the name in it, where that is all that it can refer to. Names are of few
# signs, so that none goes on into another tag.
_TAG = re.compile(
    r"""\{%[-+]?\s*(?:extends|include|import|from)\b(?:\s*(?P<quote>["'])(?P<name>[\w./: -]+)(?P=quote)"""
    r"""\s*(?:-?%\}|\+%\}|import\b|as\b|ignore\b|with\b|without\b))?"""
)


@lru_cache(maxsize=512)  # of many templates one is changed at a time
def references_of(source: bytes) -> tuple[str, ...] | None:
    """The names of the templates that a template refers to; None where they depend on its inputs.

    Those that are in a comment may be among them: it is right, if seldom wanted, that a page depends on more.
    """
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError:  # no page can be made with it
        return None
    names = [found["name"] for found in _TAG.finditer(text)]
    if None not in names:
        return tuple(names)
    return _parsed_references(text)


def _parsed_references(text: str) -> tuple[str, ...] | None:
    """The same, by Jinja's own parser, which takes longer than all else that a small build does with its templates."""
    from jinja2 import TemplateSyntaxError, meta

    from builder.render.templating import reading_environment

    try:
        names = list(meta.find_referenced_templates(reading_environment().parse(text)))
    except TemplateSyntaxError:  # no page can be made with it
        return None
    known = tuple(name for name in names if name is not None)
    return known if len(known) == len(names) else None
