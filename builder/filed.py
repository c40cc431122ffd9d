"""Briefings as they were filed: what the last command knew of each, in ledgers of which an edit writes one anew."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from builder.cache import Ledger
from builder.work.tasks import ReadBriefing

_LEDGERS = 32


class _Filed(Struct, frozen=True):
    """What became of some briefings, in the context of one vocabulary and one way of reading Markdown."""

    context: bytes
    briefings: list[ReadBriefing]


class FiledBriefings:
    """What became of each briefing, by path: kept in the cache in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._ledgers = [Ledger(folder, f"briefings-{number}.ledger", _Filed) for number in range(_LEDGERS)]
        self._kept: dict[int, int] = {}  # how many are in each of the ledgers that hold

    def read(self, context: bytes) -> dict[str, ReadBriefing]:
        """Those that were filed in that context."""
        found: dict[str, ReadBriefing] = {}
        for number, ledger in enumerate(self._ledgers):
            filed = ledger.read()
            if filed is not None and filed.context == context:
                self._kept[number] = len(filed.briefings)
                found.update([(briefing.path, briefing) for briefing in filed.briefings])
        return found

    def all(self) -> Iterator[ReadBriefing]:
        """Those of whatever context."""
        for ledger in self._ledgers:
            filed = ledger.read()
            yield from filed.briefings if filed is not None else ()

    def write(self, context: bytes, briefings: Iterable[ReadBriefing], changed: Collection[str]) -> None:
        """Keeps `briefings`, all that there are now; those at the paths `changed` are others than were read."""
        by_ledger: list[list[ReadBriefing]] = [[] for _ in self._ledgers]
        for briefing in briefings:
            by_ledger[_number(briefing.path)].append(briefing)
        anew = {_number(path) for path in changed}
        for number, own in enumerate(by_ledger):
            if number in anew or self._kept.get(number) != len(own):
                self._ledgers[number].write(_Filed(context, own))


def _number(path: str) -> int:
    """The ledger of a path: the same ever after, whatever else there is.

    It is that of its folder: what stands together in memory as it does in the archive is gone through twice as fast.
    """
    return zlib.crc32(path.rpartition("/")[0].encode()) % _LEDGERS
