"""Limits: what Sitrep's builds may cost at most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.measure import Cost
from benchmarks.rounds import Results, Subject

HUGO = "hugo-same"  # the peer that makes the same pages as Sitrep
SIZE = 10_000  # briefings that the limits are meant for


@dataclass(frozen=True, slots=True)
class Limit:
    """`figure`, a field of Cost, may be at most so many times that of `base`."""

    what: str
    figure: str
    most: float
    subject: Subject
    base: Subject

    def figures(self, results: Results) -> tuple[float, float] | None:
        """The subject's figure and the base's, where both were measured."""
        if self.subject not in results or self.base not in results:
            return None
        return _figure(results[self.subject].cost, self.figure), _figure(results[self.base].cost, self.figure)


def limits(size: int) -> list[Limit]:
    """All limits, for that many briefings (growth: from so many to ten times as many)."""
    hugo = Subject(HUGO, size)

    def cold(what: str, figure: str, most: float, peer: str) -> Limit:
        return Limit(f"cold, {what}", figure, most, Subject(peer, size), hugo)

    def warm(what: str, most: float, change: str) -> Limit:
        return Limit(what, "wall", most, Subject("sitrep-bare", size, change), hugo)

    def growth(figure: str, most: float) -> Limit:
        return Limit("ten times as many", figure, most, Subject("sitrep-bare", 10 * size), Subject("sitrep-bare", size))

    return [
        cold("bare theme", "wall", 0.75, "sitrep-bare"),
        cold("bare theme", "CPU", 1.0, "sitrep-bare"),
        cold("bare theme", "memory", 0.5, "sitrep-bare"),
        cold("bare theme, [fast]", "wall", 0.5, "sitrep-bare-fast"),
        cold("bare theme, [fast]", "CPU", 0.7, "sitrep-bare-fast"),
        cold("bare theme, [fast]", "memory", 0.5, "sitrep-bare-fast"),
        cold("default theme", "wall", 1.0, "sitrep"),
        cold("default theme", "memory", 0.5, "sitrep"),
        warm("nothing changed", 0.05, "nothing"),
        warm("one article edited", 0.08, "edited"),
        warm("one added, the newest", 0.08, "added-newest"),
        warm("one added, in the middle", 0.08, "added-middle"),
        warm("one added, the oldest", 0.08, "added-oldest"),
        growth("wall", 11),
        growth("memory", 11),
    ]


def subjects_of(found: Iterable[Limit], size: int) -> list[Subject]:
    """What must be measured at that size to judge them."""
    both = (subject for limit in found for subject in (limit.base, limit.subject))
    return [subject for subject in dict.fromkeys(both) if subject.size == size]


def _figure(cost: Cost, name: str) -> float:
    return {"wall": cost.wall, "CPU": cost.cpu, "memory": cost.memory / 1e6}[name]
