"""Report: what became of everything that was to be imported."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from builder.importing.capture import LeftOut
from builder.importing.tagging import Proposal

DuplicateKind = Literal["same capture", "same address", "same article", "nearly the same text"]


class Imported(Struct, frozen=True, gc=False):
    """A briefing that was written, or would be: its file, what it was made from, and what to look at in it."""

    name: str
    path: str
    notes: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()


class Duplicate(Struct, frozen=True):
    """Something that the archive has already: where, how that was told, whether it was added there as a source, and
    whether it has other words than what is there, as an update at the same address."""

    name: str
    path: str
    kind: DuplicateKind
    attached: bool = False
    differs: bool = False


class Failed(Struct, frozen=True):
    """Something that makes no briefing, why, and what to do."""

    name: str
    message: str


class Report(Struct):
    """What became of everything, in the order in which it came. `stopped` tells that there is more to do."""

    imported: list[Imported] = []
    duplicates: list[Duplicate] = []
    failed: list[Failed] = []
    left_out: list[LeftOut] = []
    accepted: list[str] = []
    stopped: bool = False

    @property
    def proposals(self) -> dict[str, tuple[Proposal, int]]:
        """The records that are proposed, each with how many briefings name it."""
        found: dict[str, tuple[Proposal, int]] = {}
        for one in self.imported:
            for proposal in one.proposals:
                found[proposal.name] = (proposal, found.get(proposal.name, (proposal, 0))[1] + 1)
        return dict(sorted(found.items(), key=lambda item: (-item[1][1], item[0])))
