"""Periods: the years, months and days that a briefing stands on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from builder.dates import When

# A period is the segments of its address: ("2022",), ("2022", "08") or ("2022", "08", "17").
Period = tuple[str, ...]


def periods_of(when: When) -> Iterator[Period]:
    """Every period that a briefing of that date stands on, each once.

    Those of its own precision and above, never below: `2020-11` stands on its year and its month. A range stands
    on every year and month that it touches, and on the day of its start.
    """
    start = when.start.parts
    yield start[:1]
    if len(start) > 1:
        yield start[:2]
    if len(start) > 2:
        yield start
    if when.end is not None:
        yield from _later_periods(when)


def _later_periods(when: When) -> Iterator[Period]:
    first, last = when.start, when.end
    assert last is not None
    for year in range(first.year + 1, last.year + 1):
        yield (f"{year:04d}",)
    if not first.month or not last.month:
        return
    for month in range(first.year * 12 + first.month, last.year * 12 + last.month):
        yield (f"{month // 12:04d}", f"{month % 12 + 1:02d}")


class Calendar:
    """The members of a list by period, found out when first asked for.

    Members are positions in the archive, oldest first; `periods` has those of each position, as `periods_of` gives
    them.
    """

    def __init__(self, members: Iterable[int], periods: Sequence[Sequence[Period]]) -> None:
        self._periods = periods
        self._members: dict[Period, list[int]] = {(): list(members)}
        self._inside: dict[Period, tuple[Period, ...]] = {}

    def members(self, period: Period) -> list[int]:
        """Who stands on a period, oldest first."""
        if period not in self._members:
            self.inside(period[:-1])
        return self._members.get(period, [])

    def inside(self, period: Period) -> tuple[Period, ...]:
        """The periods one step inside `period`, oldest first; `()` stands for all time."""
        if period not in self._inside:
            self._inside[period] = self._divide(period)
        return self._inside[period]

    def _divide(self, period: Period) -> tuple[Period, ...]:
        length, all_periods = len(period), self._periods
        found: defaultdict[Period, list[int]] = defaultdict(list)
        for member in self.members(period):
            own = all_periods[member]
            if len(own[-1]) == len(own):  # without a range there is one of each length, one inside the other
                if length < len(own):
                    found[own[length]].append(member)
                continue
            for inner in own:
                if len(inner) == length + 1 and inner[:length] == period:
                    found[inner].append(member)
        self._members.update(found)
        return tuple(sorted(found))

    def outside_of_all(self, period: Period) -> list[int]:
        """The members of `period` that stand on no period inside it, as their dates aren't known better."""
        inner = {member for child in self.inside(period) for member in self._members[child]}
        return [member for member in self.members(period) if member not in inner]

    def all_periods(self, outer: Period) -> tuple[Period, ...]:
        """`outer` and every period inside it that has members, in order: a year, its months, a month's days."""
        found: list[Period] = []
        pending = [outer]
        while pending:
            period = pending.pop()
            found.append(period)
            if len(period) < 3:
                pending.extend(reversed(self.inside(period)))
        return tuple(found)


class ArchiveCalendar(Calendar):
    """A calendar of members that are in the order of the years of their first days, as an archive's entries are.

    `across` are the positions that stand on several years, ascending.
    """

    def __init__(self, members: Iterable[int], periods: Sequence[Sequence[Period]], across: Sequence[int]) -> None:
        super().__init__(members, periods)
        self._across = across

    def _divide(self, period: Period) -> tuple[Period, ...]:
        """For all time: where one year ends and the next begins is found without looking at each member."""
        if period:
            return super()._divide(period)
        members, periods = self._members[()], self._periods
        found: dict[Period, list[int]] = {}
        start = 0
        while start < len(members):
            year = periods[members[start]][0]
            end = bisect_right(members, year, start, key=lambda member: periods[member][0])
            found[year] = members[start:end]
            start = end
        for member in self._across:
            at = bisect_left(members, member)
            if at < len(members) and members[at] == member:
                for later in periods[member][1:]:
                    if len(later) == 1:
                        insort(found.setdefault(later, []), member)
        self._members |= found
        return tuple(sorted(found))
