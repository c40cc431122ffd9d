"""`published.json`: what is public. Its addresses answer for ever, as pages, redirects or notices.

It lies at the archive's root, under version control: a line for each public briefing, for each other page that may be
cited, and for each edition, so that git merges it.
"""

from builder.published.archive import public_in
from builder.published.comparing import Difference, compare, renewed
from builder.published.editions import edition_in
from builder.published.lines import (
    PUBLISHED,
    Edition,
    EditionChange,
    PublicBriefing,
    PublicPlace,
    Published,
    edition_of,
    read,
    write,
)
from builder.published.reading import read_published

__all__ = [
    "PUBLISHED",
    "Difference",
    "Edition",
    "EditionChange",
    "PublicBriefing",
    "PublicPlace",
    "Published",
    "compare",
    "edition_in",
    "edition_of",
    "public_in",
    "read",
    "read_published",
    "renewed",
    "write",
]
