"""The timeline: every year with its months, and in small archives with all that happened."""

from __future__ import annotations

from collections.abc import Iterable

from builder.index import Entry
from builder.pages.activity import level
from builder.pages.recipes import FrameRecipe, Period, Sheet
from builder.pages.values import Value, tongue_value
from builder.plan.lists import ArchiveList
from builder.plan.site import Site

WITH_EVENTS = 300  # briefings, some 300 bytes each: a larger archive's years have pages for them
WITH_MONTHS = 80  # years of twelve months, some 1 KB each


def timeline_sheet(site: Site, archive: ArchiveList) -> Sheet:
    """What `/timeline/` is made from."""
    years = archive.calendar.inside(())
    counts = {month: count for year in years for month, count in archive.counts(year)}
    peak = max(counts.values(), default=0)
    with_months = len(years) <= WITH_MONTHS
    with_events = len(archive.members) <= WITH_EVENTS
    by_start = _by_start(site.archive.entries) if with_events else {}
    values = {
        "months": [{"short": short, "name": name} for short, name in site.wording.months()] if with_months else [],
        "years": [
            {
                **_period(site, archive, year),
                "months": [_month(site, archive, year, number, counts, peak) for number in range(1, 13)]
                if with_months
                else [],
                "events": [_event(site, entry) for entry in by_start.get(year, ())],
                "inside": [
                    {
                        **_period(site, archive, month),
                        "events": [_event(site, entry) for entry in by_start.get(month, ())],
                    }
                    for month in archive.calendar.inside(year)
                    if month in by_start
                ],
            }
            for year in reversed(years)
        ],
        "with_events": with_events,
    }
    return Sheet(FrameRecipe(site.wording.words.gettext("Timeline")), values)


def _by_start(entries: Iterable[Entry]) -> dict[Period, list[Entry]]:
    """The entries by the month in which they begin, or by the year of those that are known only to that."""
    found: dict[Period, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.briefing.when.start.parts[:2], []).append(entry)
    return found


def _period(site: Site, archive: ArchiveList, period: Period) -> Value:
    return {
        "label": site.wording.period(period),
        "address": archive.address_of(period),
        "count": len(archive.calendar.members(period)),
    }


def _month(site: Site, archive: ArchiveList, year: Period, number: int, counts: dict[Period, int], peak: int) -> Value:
    month = (*year, f"{number:02d}")
    count = counts.get(month, 0)
    return {
        "label": site.wording.period(month),
        "count": count,
        "level": level(count, peak),
        "address": archive.address_of(month) if count else None,
    }


def _event(site: Site, entry: Entry) -> Value:
    briefing = entry.briefing
    return {
        "date": site.wording.when(briefing.when),
        "title": briefing.title,
        "address": briefing.address,
        "trend": briefing.trend,
        **tongue_value(site.tongue(briefing.lang)),
    }
