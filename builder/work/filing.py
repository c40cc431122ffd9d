"""Filing, as work: briefings are read, parsed and filed, and what was found is kept."""

from __future__ import annotations

from pathlib import Path

from msgspec import msgpack

from builder.check.lints import inferred_fault
from builder.load.file_names import own_id
from builder.load.pieces import DocumentPieces, Read
from builder.model.briefing import Briefing
from builder.resolve.briefings import file_briefing
from builder.resolve.names import Names
from builder.work.shared import names_in, pieces_in, with_abstract
from builder.work.tasks import FilingTask, ReadBriefing


def file_documents(task: FilingTask) -> bytes:
    """Files the briefings of a task. Returns them as a MessagePack list of `ReadBriefing`, in their order."""
    pieces = pieces_in(task.cache)
    names = names_in(task.cache, task.vocabulary)
    documents = DocumentPieces(Path(task.root), task.settings, pieces)
    abstracts: list[tuple[bytes, bytes]] = []
    with pieces.at_rest():
        found = [
            _file(documents.read_first(path, Briefing), names, path, abstracts)
            if task.first
            else _file(documents.read(path, Briefing, digest), names, path, abstracts)
            for path, digest in task.documents
        ]
    documents.flush()
    pieces.put(abstracts)
    return msgpack.encode(found)


def _file(read: Read[Briefing], names: Names, path: str, abstracts: list[tuple[bytes, bytes]]) -> ReadBriefing:
    if read.document is None:
        return ReadBriefing(path, read.digest, own_id(path, None), False, None, read.faults)
    filed, abstract, faults = file_briefing(read.document, read.key, names)
    faults = [*read.faults, *faults]
    meta = read.document.meta
    if filed is not None:
        filed, piece = with_abstract(filed, abstract)
        abstracts.append(piece)
        if fault := inferred_fault(path, meta, read.document.line("inferred")):
            faults.append(fault)
    return ReadBriefing(path, read.digest, own_id(path, meta), True, filed, faults)
