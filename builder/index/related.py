"""Related briefings: a neighbourhood in time and terms, so that the work grows with the archive."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

# A term of any kind: ("actor", "nato").
TermId: TypeAlias = tuple[str, str]

RAREST_TERMS = 5
NEIGHBOURS_EACH_WAY = 4
HALF_LIFE_DAYS = 90


def related(
    position: int,
    terms: Sequence[Sequence[TermId]],
    members: Mapping[TermId, Sequence[int]],
    days: Sequence[int],
    ids: Callable[[int], str],
    limit: int = 5,
) -> tuple[int, ...]:
    """The positions of the briefings closest to the one at `position`, nearest first.

    `terms`, `days` (ordinals) and `ids` give what stands at a position; `members` has the positions of each term,
    ascending.
    Candidates are, for each of the briefing's five rarest terms that it doesn't have alone (rarest by the power of two
    of their count, ties by name), the four before and the four after it in time that carry that term too. Closeness is
    the sum of the shared terms' weights, which depend on a term's count only by its power of two, halved for every 90
    days between. Ties go to the newer, then to the id.
    """
    shared = (term for term in terms[position] if len(members[term]) > 1)
    own = sorted(shared, key=lambda term: (len(members[term]).bit_length(), term))
    candidates: set[int] = set()
    for term in own[:RAREST_TERMS]:
        at = bisect_left(members[term], position)
        candidates.update(members[term][max(0, at - NEIGHBOURS_EACH_WAY) : at])
        candidates.update(members[term][at + 1 : at + 1 + NEIGHBOURS_EACH_WAY])
    weights = {term: 1 / len(members[term]).bit_length() for term in own}

    def rank(other: int) -> tuple[float, int, str]:
        weight = _weight(terms[other], weights)
        apart = abs(days[other] - days[position])
        return (-weight * 0.5 ** (apart / HALF_LIFE_DAYS), -days[other], ids(other))

    return tuple(sorted(candidates, key=rank)[:limit])


def _weight(terms: Iterable[TermId], weights: Mapping[TermId, float]) -> float:
    # Exact, so that the order of the terms, which means nothing, decides no tie.
    return math.fsum(weights[term] for term in terms if term in weights)
