"""Calendars: a year as twelve tables of weeks, each day with how many briefings it has."""

from __future__ import annotations

import calendar

from builder.pages.activity import level
from builder.pages.recipes import Counts
from builder.pages.values import Value
from builder.pages.wording import Wording


def calendar_value(wording: Wording, address: str, days: Counts) -> Value | None:
    """The year of `days`, which have briefings and are oldest first; None where there are none.

    `address` is that which the addresses of the days' pages begin with. Weeks begin as those of the language's country
    do.
    """
    if not days:
        return None
    counts = dict(days)
    peak = max(counts.values())
    year = days[0][0][0]
    weekdays = wording.weekdays()
    weeks_of = calendar.Calendar(weekdays[0][0])
    months = []
    for number, (_, name) in enumerate(wording.months(), 1):
        month = f"{number:02d}"
        weeks = [
            [_day(wording, address, (year, month, f"{day:02d}"), counts, peak) if day else None for day in week]
            for week in weeks_of.monthdayscalendar(int(year), number)
        ]
        count = sum(count for period, count in days if period[1] == month)
        months.append({"name": name, "address": f"{address}{year}/{month}/" if count else None, "weeks": weeks})
    return {"weekdays": [{"short": short, "name": name} for _, short, name in weekdays], "months": months}


def _day(
    wording: Wording, address: str, period: tuple[str, ...], counts: dict[tuple[str, ...], int], peak: int
) -> Value:
    count = counts.get(period, 0)
    return {
        "day": int(period[2]),
        "count": count,
        "level": level(count, peak),
        "label": wording.period(period) if count else None,
        "address": f"{address}{'/'.join(period)}/" if count else None,
    }
