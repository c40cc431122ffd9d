"""Overviews: the kinds of pages that look over the archive, and exist where a theme has their template."""

from __future__ import annotations

# Of each there is a page at `/KIND/`, perhaps with others below it; of `on`, only those below it.
OVERVIEWS = ("timeline", "recent", "corrections", "coverage", "codebook", "on", "search")
# Those at whose head stand the words of `pages/KIND.md`.
WITH_WORDS = frozenset({"corrections", "coverage", "codebook"})
