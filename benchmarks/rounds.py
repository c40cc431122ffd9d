"""Rounds: builds of many peers in turns, several times over, and the medians of what they cost."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Protocol, TypeAlias

from benchmarks.builds import ColdBuild, WarmBuild, WarmSite
from benchmarks.measure import INTERVAL, Cost, Failed, Written
from benchmarks.peers import PEERS
from benchmarks.places import take_away, tell
from benchmarks.tools import ready


@dataclass(frozen=True, slots=True)
class Subject:
    """What is measured: how a peer builds so many briefings, cold, or again after a change."""

    peer: str
    size: int
    change: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.peer, f"{self.size:,}", self.change)))


@dataclass(frozen=True, slots=True)
class Result:
    """The medians of a subject's builds, and what they wrote."""

    cost: Cost
    written: Written


Results: TypeAlias = dict[Subject, Result]


class _Build(Protocol):
    def run(self, interval: float) -> tuple[Cost, Written]: ...


def measured(work: Path, subjects: Sequence[Subject], runs: int) -> Results:
    """The results of the subjects that can be built; `runs` rounds for each size, the smaller sizes first."""
    results: Results = {}
    for tool in dict.fromkeys(PEERS[subject.peer].tool for subject in subjects):
        ready(tool, work / "tools" / tool)
    for size in sorted({subject.size for subject in subjects}):
        feasible = [subject for subject in subjects if subject.size == size <= PEERS[subject.peer].most]
        results |= _measured(work, feasible, runs)
    return results


def _measured(work: Path, subjects: Sequence[Subject], runs: int) -> Results:
    builds = _builds(work, subjects)
    costs: dict[Subject, list[Cost]] = {subject: [] for subject in builds}
    made: dict[Subject, Written] = {}
    for number in range(1, runs + 1):
        interval = INTERVAL if number == 1 else math.inf  # looking at the memory takes time from who is measured
        for subject in _in_turns(list(builds), number):
            try:
                cost, made[subject] = builds[subject].run(interval)
            except Failed as problem:
                tell(f"{subject} failed: {problem}")
                del builds[subject]
                continue
            costs[subject].append(cost)
            tell(f"{number}/{runs} {subject}: {cost.wall:.2f} s, {cost.cpu:.2f} s CPU, {cost.memory / 1e6:.0f} MB")
    take_away(work / "warm")
    return {subject: Result(_medians(costs[subject]), made[subject]) for subject in builds}


def _builds(work: Path, subjects: Sequence[Subject]) -> dict[Subject, _Build]:
    sites = {key: WarmSite(work, *key) for key in dict.fromkeys((s.peer, s.size) for s in subjects if s.change)}
    return {
        s: WarmBuild(sites[s.peer, s.size], s.change) if s.change else ColdBuild(work, s.peer, s.size)
        for s in _mixed(subjects)
    }


def _mixed(subjects: Sequence[Subject]) -> list[Subject]:
    """Cold and warm ones evenly among each other: what a change has left can rest while others are built cold."""
    kinds = ([s for s in subjects if not s.change], [s for s in subjects if s.change])
    places = {s: (number + 0.5) / len(kind) for kind in kinds for number, s in enumerate(kind)}
    return sorted(places, key=places.__getitem__)


def _in_turns(subjects: list[Subject], number: int) -> Iterator[Subject]:
    """`subjects`, each round beginning with another, so that none always follows the same one."""
    start = (number - 1) % len(subjects) if subjects else 0
    yield from subjects[start:] + subjects[:start]


def _medians(costs: Sequence[Cost]) -> Cost:
    return Cost(
        median(cost.wall for cost in costs),
        median(cost.cpu for cost in costs),
        max(cost.memory for cost in costs),  # that of the first, which was looked at
    )
