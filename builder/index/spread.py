"""Spread: how many of a list's briefings began in each month, or in each year of a longer time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from builder.index.periods import Period

MONTHS_IN_YEARS = 5  # a list that is spread over more years than these is counted by year


class Spread:
    """When each briefing of an archive began, ready to be counted."""

    def __init__(self, starts: Sequence[Period]) -> None:
        """`starts` are the date parts of each briefing's beginning, by position."""
        self._months: list[Period] = [start[:2] if len(start) > 1 else () for start in starts]
        self._years: list[Period] = [start[:1] for start in starts]

    def counts(self, members: Sequence[int]) -> tuple[tuple[Period, int], ...]:
        """How many of `members` (positions, ascending) began in each month or year, oldest first; not those without.

        What is known only to its year counts by year alone.
        """
        if not members:
            return ()
        first, last = (int(self._years[members[at]][0]) for at in (0, -1))
        starts = self._months if last - first < MONTHS_IN_YEARS else self._years
        counts = Counter([starts[member] for member in members])
        counts.pop((), None)
        return tuple(sorted(counts.items()))
