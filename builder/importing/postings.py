"""Postings: numbers that are filed under keys, millions of them in little memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_RECENT = 8192  # pairs
_MOST = 50  # of what hundreds share: a notice that all pages of a site carry


class Postings:
    """Which numbers were filed under a key. Both have 32 bits, and a pair of them takes 8 bytes.

    The last pairs are in a dictionary; earlier ones are numbers in sorted arrays: the key in the upper half, what is
    filed in the lower. They are merged as they grow, so they are few.
    """

    def __init__(self) -> None:
        self._recent: dict[int, list[int]] = {}
        self._unsorted = 0
        self._runs: list[NDArray[np.uint64]] = []

    def add(self, keys: Sequence[int], number: int) -> None:
        """Files a number under each of some keys."""
        for key in keys:
            self._recent.setdefault(key, []).append(number)
        self._unsorted += len(keys)
        if self._unsorted > _RECENT:
            self._sort()

    def find(self, keys: Sequence[int]) -> list[set[int]]:
        """What is filed under each of some keys: of very much, what came first."""
        found = [set(self._recent.get(key, ())[:_MOST]) for key in keys]
        if self._runs:
            import numpy as np

            firsts = np.array(keys, dtype=np.uint64) << np.uint64(32)
            for run in self._runs:
                starts = run.searchsorted(firsts)
                ends = run.searchsorted(firsts | np.uint64(0xFFFFFFFF), side="right")
                for at in (ends > starts).nonzero()[0].tolist():
                    pairs = run[starts[at] : min(ends[at], starts[at] + _MOST)]
                    found[at].update((pairs & np.uint64(0xFFFFFFFF)).tolist())
        return found

    def _sort(self) -> None:
        import numpy as np  # what is imported into an archive of some hundred briefings needn't wait for it

        pairs = [key << 32 | number for key, numbers in self._recent.items() for number in numbers]
        run = np.array(pairs, dtype=np.uint64)
        while self._runs and len(self._runs[-1]) <= 2 * len(run):
            run = np.concatenate([self._runs.pop(), run])
        run.sort()
        self._runs.append(run)
        self._recent.clear()
        self._unsorted = 0
