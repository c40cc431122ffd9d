"""New records: actors that a curator accepts are added to the archive's records, behind those that are there."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from builder.check.fixes import replace_bytes
from builder.faults import ArchiveError, error, has_errors
from builder.importing.evidence import write_new
from builder.importing.tagging import Proposal
from builder.load.records import load_records
from builder.model.records import Actor
from builder.reading.yaml_text import scalar_text

PATH = "content/actors.yaml"


def add_actors(root: Path, proposals: Iterable[Proposal]) -> list[str]:
    """Adds a record for each proposal to `content/actors.yaml`. Returns the names that were added.

    Raises ArchiveError where the file is written in a way that lines can't be added to.
    """
    target = root / PATH
    before = target.read_bytes() if target.exists() else b""
    records, _ = load_records(before.decode("utf-8-sig"), PATH, Actor)
    there = {record.meta.name for record in records}
    new = [proposal for proposal in proposals if proposal.name not in there]
    if not new:
        return []
    gap = b"" if not before or before.endswith(b"\n") else b"\n"
    after = before + gap + "".join(_record(proposal) for proposal in new).encode()
    found, faults = load_records(after.decode("utf-8-sig"), PATH, Actor)
    if has_errors(faults) or len(found) != len(records) + len(new):
        message = "no record can be added behind the others; write the list with one `- name: …` for each record"
        raise ArchiveError([error(PATH, 0, "import", message)])
    if before:
        replace_bytes(target, before, after, PATH)
    else:
        write_new(target, BytesIO(after))
    return [proposal.name for proposal in new]


def _record(proposal: Proposal) -> str:
    lines = [f"- name: {scalar_text(proposal.name)}"]
    if proposal.kind:
        lines.append(f"  kind: {proposal.kind}")
    if proposal.country:
        lines.append(f"  country: {scalar_text(proposal.country)}")
    return "\n".join(lines) + "\n"
