"""The edition that an archive is now."""

from __future__ import annotations

from collections.abc import Iterable

from builder.index import Archive
from builder.published.lines import edition_named


def edition_in(archives: Iterable[Archive], language: str) -> str:
    """The name of what is public of an archive in its languages; the site's own is `language`. Drafts aren't public."""
    return edition_named(
        (b.id, b.lang or language, b.address, b.written, b.withdrawn is not None)
        for archive in archives
        for entry in archive.own((*archive.entries, *archive.notices))
        if not (b := entry.briefing).draft
    )
