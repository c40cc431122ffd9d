"""Related briefings: a neighbourhood in time and terms, so that the work grows with the archive."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import TypeAlias

# A term of any kind: ("actor", "nato").
TermId: TypeAlias = tuple[str, str]

RAREST_TERMS = 5
NEIGHBOURS_EACH_WAY = 4
HALF_LIFE_DAYS = 90
# Divisible by every number up to 32, so that sums of its parts are exact: no order of terms decides a tie.
_WHOLE_WEIGHT = math.lcm(*range(1, 33))


class Neighbourhood:
    """Which briefings of an archive are close to which, by their positions in time."""

    def __init__(self, members: Mapping[TermId, Sequence[int]], days: Sequence[int], ids: Sequence[str]) -> None:
        """`members` has the positions of each term, ascending; `days` (ordinals) and `ids` are by position."""
        shared = {term: positions for term, positions in members.items() if len(positions) > 1}
        # Terms are numbered from the rarest on: by the power of two of their count, ties by name.
        ordered = sorted(shared, key=lambda term: (len(shared[term]).bit_length(), term))
        self._members = [shared[term] for term in ordered]
        self._weights = [_WHOLE_WEIGHT // len(positions).bit_length() for positions in self._members]
        self._terms: list[list[int]] = [[] for _ in days]
        for number, positions in enumerate(self._members):
            for position in positions:
                self._terms[position].append(number)
        self._term_sets = [frozenset(terms) for terms in self._terms]
        self._days = days
        self._ids = ids

    def related(self, position: int, limit: int = 5) -> tuple[int, ...]:
        """The positions of the briefings closest to the one at `position`, nearest first.

        Candidates are, for each of the briefing's five rarest terms that it doesn't have alone, the four before and
        the four after it in time that carry that term too. Closeness is the sum of the shared terms' weights, which
        depend on a term's count only by its power of two, halved for every 90 days between. Ties go to the newer, then
        to the id.
        """
        days, ids, weights, term_sets = self._days, self._ids, self._weights, self._term_sets
        day, own = days[position], term_sets[position]
        ranked = [
            (
                -sum([weights[term] for term in own & term_sets[other]])
                * 0.5 ** (abs(days[other] - day) / HALF_LIFE_DAYS),
                -days[other],
                ids[other],
                other,
            )
            for other in self._candidates(position)
        ]
        ranked.sort()
        return tuple([other for *_, other in ranked[:limit]])

    def _candidates(self, position: int) -> set[int]:
        found: set[int] = set()
        for term in self._terms[position][:RAREST_TERMS]:
            members = self._members[term]
            at = bisect_left(members, position)
            found.update(members[max(0, at - NEIGHBOURS_EACH_WAY) : at + 1 + NEIGHBOURS_EACH_WAY])
        found.discard(position)
        return found
