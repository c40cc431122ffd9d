"""Translating, as work: translations of briefings are read, brought together with their originals, and filed."""

from __future__ import annotations

from pathlib import Path

from msgspec import msgpack
from msgspec.structs import replace

from builder.cache import fingerprint
from builder.check.lints import inferred_fault
from builder.load.pieces import TranslationPieces, kept_document, piece_of
from builder.model.briefing import Briefing
from builder.resolve.names import Names
from builder.resolve.translations import file_translation
from builder.work.shared import names_in, pieces_in, with_abstract
from builder.work.tasks import ReadTranslation, Translating, TranslatingTask


def file_translations(task: TranslatingTask) -> bytes:
    """Files the translations of a task. Returns them as a MessagePack list of `ReadTranslation`, in their order."""
    pieces = pieces_in(task.cache)
    names = names_in(task.cache, task.vocabulary)
    documents: dict[str, TranslationPieces] = {}
    for translating in task.documents:
        language = translating.file.language
        if language not in documents:
            settings = replace(task.settings, language=language)
            documents[language] = TranslationPieces(Path(task.root), settings, pieces)
    made: list[tuple[bytes, bytes]] = []
    with pieces.at_rest():
        found = [_file(documents[one.file.language], names, one, task.cache, made) for one in task.documents]
    for of_language in documents.values():
        of_language.flush()
    pieces.put(made)
    return msgpack.encode(found)


def _file(
    documents: TranslationPieces, names: Names, task: Translating, cache: str, made: list[tuple[bytes, bytes]]
) -> ReadTranslation:
    path, language = task.file.path, task.file.language
    read = documents.read(path, Briefing, task.digest)
    if read.document is None:
        return ReadTranslation(path, language, read.digest, task.original, None, read.faults)
    original = kept_document(pieces_in(cache), task.original, Briefing)
    key = fingerprint("translation", read.key, task.original)
    whole, filed, abstract, faults = file_translation(read.document, key, original, language, names)
    faults = [*read.faults, *faults]
    if filed is not None:
        filed, piece = with_abstract(filed, abstract)
        made += [(key, piece_of(whole)), piece]
        if fault := inferred_fault(path, read.document.meta, read.document.line("inferred")):
            faults.append(fault)
    return ReadTranslation(path, language, read.digest, task.original, filed, faults)
