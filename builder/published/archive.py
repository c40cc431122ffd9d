"""What is public of an archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Literal

from builder.index import Archive
from builder.published.lines import PublicBriefing, PublicPlace, Published


def public_in(archives: Iterable[Archive], language: str) -> Published:
    """What is public of an archive in its languages, the site's own first, which is `language`. It has no editions.

    Drafts aren't public.
    """
    found = list(archives)
    briefings = [briefing for archive in found for briefing in _briefings(archive, language)]
    places = {place.address: place for archive in found for place in _places(archive)}
    return Published(
        tuple(sorted(briefings, key=lambda briefing: briefing.key)),
        tuple([places[address] for address in sorted(places)]),
    )


def _briefings(archive: Archive, language: str) -> Iterator[PublicBriefing]:
    for entry in archive.own((*archive.entries, *archive.notices)):
        briefing = entry.briefing
        if not briefing.draft:
            yield PublicBriefing(
                id=briefing.id,
                lang=briefing.lang or language,
                address=briefing.address,
                digest=briefing.written,
                published=_instant(briefing.published),
                revised=_instant(briefing.revised) if briefing.revised != briefing.published else None,
                corrections=len(briefing.corrections),
                withdrawn=briefing.withdrawn is not None,
            )


def _places(archive: Archive) -> Iterator[PublicPlace]:
    for dossier in archive.dossiers:
        if dossier.translated or not archive.language:
            yield PublicPlace("dossier", dossier.address, dossier.document.written)
    for place, page in archive.own_prose():
        if place != "/" and not page.document.meta.draft:
            yield PublicPlace("prose", page.address, page.document.written)
    kinds: tuple[Literal["actor", "region", "source"], ...] = ("actor", "region", "source")
    for kind in kinds if not archive.language else ():
        for slug, term in archive.terms[kind].items():
            if term.record is not None:
                yield PublicPlace(kind, f"/{kind}s/{slug}/")


def _instant(seconds: int) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
