"""Activity: how many briefings there are in each month or year, as bars over time and as a table."""

from __future__ import annotations

from collections.abc import Iterator

from builder.pages.recipes import Counts, Period
from builder.pages.values import Value
from builder.pages.wording import Wording

LEVELS = 4  # of the shades of a heat map, besides none
_HEIGHT = 40  # of the highest bar, and the width of all together, in units of the drawing
_WIDTH = 600


def level(count: int, peak: int) -> int:
    """How dark a count is to be shown where the highest is `peak`: 0 for none, else 1 to 4.

    A count of up to four is as dark as itself where none is higher: one is never the darkest.
    """
    return min(count, LEVELS) if peak <= LEVELS else -(-LEVELS * count // peak)


def activity_value(wording: Wording, counts: Counts) -> Value | None:
    """Bars for every month or year from the first to the last of `counts`; None where there is nothing to compare."""
    if len(counts) < 2:
        return None
    found = dict(counts)
    periods = list(_all_between(counts[0][0], counts[-1][0]))
    peak, at = max((count, period) for period, count in counts)  # the latest, where several are highest
    step = max(1, min(_WIDTH // len(periods), 24))
    bars = [
        {
            "label": wording.period(period),
            "count": found[period],
            "x": number * step,
            "y": _HEIGHT - _height(found[period], peak),
            "height": _height(found[period], peak),
        }
        for number, period in enumerate(periods)
        if period in found
    ]
    return {
        "unit": "month" if len(counts[0][0]) == 2 else "year",
        "bars": bars,
        "width": step * len(periods),
        "height": _HEIGHT,
        "bar": max(1, step - max(1, step // 4)),
        "first": wording.period(periods[0]),
        "last": wording.period(periods[-1]),
        "peak": {"label": wording.period(at), "count": peak},
    }


def _height(count: int, peak: int) -> int:
    return max(2, _HEIGHT * count // peak)


def _all_between(first: Period, last: Period) -> Iterator[Period]:
    if len(first) == 1:
        yield from ((f"{year:04d}",) for year in range(int(first[0]), int(last[0]) + 1))
        return
    start, end = (int(year) * 12 + int(month) - 1 for year, month in (first, last))
    yield from ((f"{month // 12:04d}", f"{month % 12 + 1:02d}") for month in range(start, end + 1))
