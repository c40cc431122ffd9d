"""Sections of briefings: their pages are planned year by year, and not again while nothing in a year has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from itertools import groupby
from typing import Any

from builder.cache import fingerprint
from builder.index import Entry
from builder.plan.site import Site
from builder.site_ledger import Section


def briefing_sections(site: Site, dossier: Callable[[str], bytes]) -> Iterator[tuple[str, Section, tuple[Entry, ...]]]:
    """The name of each section, the section, and the entries whose pages are in it: those that begin in one year.

    `dossier` gives the fingerprint of the list of a dossier, by its id. A theme that needs related briefings has no
    sections, as any briefing may be related to any other.
    """
    if "related" in site.needs:
        return
    entries = site.archive.entries
    for year, found in groupby(entries, key=lambda entry: date.fromordinal(entry.briefing.order[0]).year):
        own = tuple(found)
        around = (site.archive.neighbours(own[0].position)[0], site.archive.neighbours(own[-1].position)[1])
        dossiers = sorted({own_id for entry in own for own_id in entry.briefing.dossiers})
        parts = [
            site.labels_fingerprint,
            *[entry.briefing.mark for entry in own],
            fingerprint([site.abstract(entry) for entry in around]),
            fingerprint([dossier(own_id) for own_id in dossiers]),
            fingerprint([shown for entry in own if (shown := _files_of(site, entry)) is not None]),
        ]
        whole = hashlib.sha256(b"".join(parts)).digest()
        yield f"{site.home}{year:04d}/ briefings", Section(whole, whole, ()), own


def _files_of(site: Site, entry: Entry) -> tuple[Any, ...] | None:
    """Where a briefing's links lead and its files lie, if it has any; of a file that can't be read, others tell."""
    files = site.archive.references.files.get(entry.briefing.path, {})
    if not entry.references and not files:
        return None
    leads = [file.address if (file := site.media.get(to)) else to for to in entry.references]
    media = [(name, file.address, file.size) for name, path in files.items() if (file := site.media.get(path))]
    return entry.id, leads, media, site.pictures([*entry.references, *files.values()])
