"""Coverage: how many briefings there are of each region, by year and by month, so that silence isn't read as peace."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence

from builder.pages.activity import level
from builder.pages.recipes import FrameRecipe, Period, Sheet
from builder.pages.values import Value, link, tongue_value
from builder.plan.lists import ArchiveList
from builder.plan.site import Site
from builder.plan.terms import region_tree

PLACE = "/coverage/"
MOST_REGIONS = 60
MOST_YEARS = 24  # with a column each; older ones share one


def coverage_sheet(site: Site, archive: ArchiveList, period: Period) -> Sheet:
    """What `/coverage/` is made from: regions by years; or, of a year, regions by months."""
    words = site.words[PLACE]
    title = words.document.meta.title if words else site.wording.words.gettext("Coverage")
    heading = site.wording.narrowed(title, site.wording.period(period)) if period else title
    values = {
        "heading": heading,
        "trail": [{"name": title, "address": site.prefix + PLACE, **tongue_value(None)}] if period else [],
        **(_months(site, archive, period) if period else _years(site, archive)),
    }
    body = site.body(words.document.path, words.document.body.html) if words and not period else None
    return Sheet(FrameRecipe(heading, words.document.meta.summary if words else ""), values, body=body)


def _years(site: Site, archive: ArchiveList) -> Value:
    years = archive.calendar.inside(())
    shown, older = years[-MOST_YEARS:], years[:-MOST_YEARS]
    columns: list[Value] = [
        {"name": site.wording.period(year), "short": None, "address": f"{site.prefix}{PLACE}{year[0]}/"}
        for year in shown
    ]
    if older:
        to_year = site.wording.words.gettext("to %(year)s") % {"year": site.wording.period(older[-1])}
        columns.insert(0, {"name": to_year, "short": None, "address": None})
    groups = [*([older] if older else []), *((year,) for year in shown)]
    silent = [slug for slug, own in site.archive.members["region"].items() if not own and not _has_children(site, slug)]
    return {
        "columns": columns,
        **_rows(site, archive.members, [frozenset(group) for group in groups]),
        "silent": [link(site.labels["region"][slug]) for slug in silent[:MOST_REGIONS]],
    }


def _months(site: Site, archive: ArchiveList, year: Period) -> Value:
    months = [(*year, f"{number:02d}") for number in range(1, 13)]
    there = set(archive.calendar.inside(year))
    columns = [
        {"name": name, "short": short, "address": archive.address_of(month) if month in there else None}
        for month, (short, name) in zip(months, site.wording.months(), strict=True)
    ]
    members = archive.calendar.members(year)
    return {"columns": columns, **_rows(site, members, [frozenset([month]) for month in months]), "silent": []}


def _has_children(site: Site, slug: str) -> bool:
    return bool(site.archive.children.get("region", {}).get(slug))


def _rows(site: Site, members: Sequence[int], columns: Sequence[frozenset[Period]]) -> Value:
    """The rows of a table. A briefing that touches several columns counts in each; `total` counts it once."""
    column_of = {period: number for number, group in enumerate(columns) for period in group}
    touched: dict[int, list[int]] = {}
    for member in members:
        found = {column_of[period] for period in site.archive.periods[member] if period in column_of}
        touched[member] = sorted(found)
    counts = {slug: _counted(own, touched) for slug, own in site.archive.members["region"].items()}
    shown = sorted((slug for slug in counts if counts[slug][1]), key=lambda slug: (-counts[slug][1], slug))
    named = frozenset(shown[:MOST_REGIONS])
    nowhere = _counted([m for m in members if not site.archive.entries[m].briefing.regions], touched)
    peak = max((max(counts[slug][0].values(), default=0) for slug in named), default=0)
    return {
        "rows": [
            {**link(site.labels["region"][slug]), "level": depth, **_row(counts[slug], len(columns), peak)}
            for slug, depth in region_tree(site)
            if slug in named
        ],
        "nowhere": _row(nowhere, len(columns), peak) if nowhere[1] else None,
        "all": _row(_counted(members, touched), len(columns), 0),
        "left_out": len(shown) - len(named),
    }


def _counted(members: Sequence[int], touched: Mapping[int, list[int]]) -> tuple[Counter[int], int]:
    """How many of `members` touch each column, and how many are in the table at all."""
    if not touched:
        return Counter(), 0
    # Both are in the order of time: what lies before the table's first and behind its last needs no look.
    nearby = members[bisect_left(members, min(touched)) : bisect_right(members, max(touched))]
    inside = [member for member in nearby if member in touched]
    return Counter(column for member in inside for column in touched[member]), len(inside)


def _row(counted: tuple[Counter[int], int], columns: int, peak: int) -> Value:
    counts, total = counted
    cells = [
        {"count": counts[number], "level": level(counts[number], peak) if peak else 0} for number in range(columns)
    ]
    return {"cells": cells, "total": total}
