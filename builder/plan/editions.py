"""Editions: what was added, corrected, moved and withdrawn from each to the next, for who has cited one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from builder.dates import Moment
from builder.index import Entry
from builder.pages.recipes import FrameRecipe, Sheet
from builder.pages.values import Value, tongue_value
from builder.plan.site import Site
from builder.published import Edition, EditionChange, edition_in

SHOWN = 20  # editions on the page; all are in the file
MOST_CHANGES = 60  # of each


class Editions:
    """The editions on record, oldest first, and the one that the archive is now, which may not be on record yet."""

    def __init__(self, sites: Sequence[Site], recorded: Sequence[Edition]) -> None:
        self.recorded = tuple(recorded)
        self._sites = sites

    @cached_property
    def now(self) -> str:
        """The name of what is public now."""
        return edition_in([site.archive for site in self._sites], self._sites[0].config.language)

    @cached_property
    def _entries(self) -> dict[tuple[str, str], Entry]:
        """What is public now, by id and language."""
        return {
            (entry.id, entry.briefing.lang or site.config.language): entry
            for site in self._sites
            for entry in site.archive.own((*site.archive.entries, *site.archive.notices))
            if not entry.briefing.draft
        }

    def briefing(self, change: EditionChange) -> tuple[Entry | None, str | None]:
        """What a change tells of, if it is still there; and its id's SHA-256 where its title is withheld, else None."""
        entry = self._entries.get((change.id, change.lang))
        withdrawn = entry.briefing.withdrawn if entry is not None else None
        if withdrawn is not None and withdrawn.hide_title:
            return None, hashlib.sha256(change.id.encode()).hexdigest()
        return entry, None


def changes_sheet(site: Site, editions: Editions) -> Sheet:
    """What `/changes/` is made from: the newest editions, the newest first."""
    heading = site.wording.words.gettext("Changes between editions")
    newest = editions.recorded[: -SHOWN - 1 : -1]
    values = {
        "heading": heading,
        "edition": editions.now,
        "editions": [_edition_value(site, editions, edition) for edition in newest],
        "left_out": len(editions.recorded) - len(newest),
    }
    return Sheet(FrameRecipe(heading), values)


def _edition_value(site: Site, editions: Editions, edition: Edition) -> Value:
    day = edition.day
    return {
        "name": edition.edition,
        "date": site.wording.moment(Moment(day.year, day.month, day.day)),
        "changes": [_change_value(site, editions, change) for change in edition.changes[:MOST_CHANGES]],
        "left_out": max(0, len(edition.changes) - MOST_CHANGES),
    }


def _change_value(site: Site, editions: Editions, change: EditionChange) -> Value:
    entry, digest = editions.briefing(change)
    return {
        "what": change.what,
        "id": None if digest else change.id,
        "digest": digest,
        "title": entry.briefing.title if entry is not None else None,
        "address": entry.briefing.address if entry is not None else None,
        **tongue_value(site.tongue(entry.briefing.lang) if entry is not None else None),
    }


def changes_file(site: Site, editions: Editions) -> list[dict[str, Any]]:
    """What `changes.json` says: every edition on record, oldest first."""
    return [
        {
            "edition": edition.edition,
            "day": edition.day.isoformat(),
            "changes": [_change_row(site, editions, change) for change in edition.changes],
        }
        for edition in editions.recorded
    ]


def _change_row(site: Site, editions: Editions, change: EditionChange) -> dict[str, Any]:
    entry, digest = editions.briefing(change)
    return {
        "what": change.what,
        "id": None if digest else change.id,
        "id_sha256": digest,
        "language": change.lang,
        "title": entry.briefing.title if entry is not None else None,
        "url": site.config.absolute + entry.briefing.address if entry is not None else None,
    }
