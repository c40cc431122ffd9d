"""Loading: what lies in `content/` becomes typed documents and records. What is kept of earlier isn't made again.

Briefings, of which there may be many, are not loaded here but one by one, by `builder.load.pieces`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar

from msgspec import Struct, msgpack
from msgspec.structs import replace

from builder.cache import Pieces, fingerprint, program_fingerprint
from builder.faults import Fault, warning
from builder.languages import Translated, divide
from builder.load.pieces import DocumentPieces, TranslationPieces
from builder.markdown.settings import MarkdownSettings
from builder.model.common import Document, Record
from builder.model.documents import M
from builder.model.dossier import Dossier, Prose
from builder.model.records import Actor, R, Region, Source, Tag
from builder.reading.files import decode, read_fault
from builder.reading.sources import Sources, is_markdown

T = TypeVar("T")


class Records(Struct, frozen=True):
    """The authority records of an archive, as they were read."""

    actors: tuple[Record[Actor], ...]
    regions: tuple[Record[Region], ...]
    sources: tuple[Record[Source], ...]
    tags: tuple[Record[Tag], ...]


class Translation(Struct, Generic[T], frozen=True):
    """A document that translates another: the language, and the path of its original."""

    language: str
    original: str
    document: Document[T]


class Translations(Struct, frozen=True):
    """All translations of an archive: those of briefings are named only."""

    briefings: tuple[Translated, ...]
    dossiers: tuple[Translation[Dossier], ...]
    prose: tuple[Translation[Prose], ...]


class Content(Struct, frozen=True):
    """Everything in `content/` but the briefings, which are named only, by path.

    `briefings`, `dossiers` and `prose` are originals. `media` and `captures` are the paths of the files there, `unread`
    the paths of documents and records that couldn't be read, which others may refer to all the same.
    """

    briefings: tuple[str, ...]
    dossiers: tuple[Document[Dossier], ...]
    prose: tuple[Document[Prose], ...]
    translations: Translations
    records: Records
    media: frozenset[str]
    captures: frozenset[str]
    unread: frozenset[str]


def load(
    sources: Sources, settings: MarkdownSettings, languages: Sequence[str], pieces: Pieces
) -> tuple[Content, list[Fault]]:
    """Reads what is in `sources`, with translations into `languages`. Returns all that could be, and all faults."""
    faults: list[Fault] = list(sources.faults)
    unread: list[str] = []
    documents = DocumentPieces(sources.root, settings, pieces)
    briefings, translated_briefings = _markdown(sources, "content/briefings", languages, settings.language, faults)
    dossiers, translated_dossiers = _markdown(sources, "content/dossiers", languages, settings.language, faults)
    prose, translated_prose = _markdown(sources, "content/pages", languages, settings.language, faults)
    content = Content(
        briefings=briefings,
        dossiers=_documents(sources, documents, dossiers, Dossier, faults, unread),
        prose=_documents(sources, documents, prose, Prose, faults, unread),
        translations=Translations(
            translated_briefings,
            tuple(_translations(sources, settings, pieces, translated_dossiers, Dossier, faults, unread)),
            tuple(_translations(sources, settings, pieces, translated_prose, Prose, faults, unread)),
        ),
        records=Records(
            actors=_records(sources, pieces, "actors", Actor, faults, unread),
            regions=_records(sources, pieces, "regions", Region, faults, unread),
            sources=_records(sources, pieces, "sources", Source, faults, unread),
            tags=_records(sources, pieces, "tags", Tag, faults, unread),
        ),
        media=frozenset(sources.inside("content/media")),
        captures=frozenset(sources.inside("content/captures")),
        unread=frozenset(unread),
    )
    return content, faults


def _markdown(
    sources: Sources, folder: str, languages: Sequence[str], own: str, faults: list[Fault]
) -> tuple[tuple[str, ...], tuple[Translated, ...]]:
    """The documents in a folder: originals, and translations of them."""
    paths = []
    for path in sources.inside(folder):
        if is_markdown(path):
            paths.append(path)
        else:
            way_out = "rename it to end in .md" if _may_be_meant(path) else "move it away"
            faults.append(warning(path, 0, "not-read", f"is no Markdown file (.md), so it isn't read; {way_out}"))
    originals, translations, language_faults = divide(paths, languages, own)
    faults += language_faults
    return originals, translations


def _may_be_meant(path: str) -> bool:
    return path.lower().endswith((".md", ".markdown", ".mdown", ".mkd", ".md.txt", ".txt"))


def _documents(
    sources: Sources,
    documents: DocumentPieces,
    paths: Sequence[str],
    type_: type[M],
    faults: list[Fault],
    unread: list[str],
) -> tuple[Document[M], ...]:
    found = []
    for path in paths:
        read = documents.read(path, type_, sources.known(path))
        faults.extend(read.faults)
        if read.digest is not None:
            sources.note(path, read.digest)
        if read.document is None:
            unread.append(path)
        else:
            found.append(read.document)
    documents.flush()
    return tuple(found)


def _translations(
    sources: Sources,
    settings: MarkdownSettings,
    pieces: Pieces,
    translated: Sequence[Translated],
    type_: type[M],
    faults: list[Fault],
    unread: list[str],
) -> Iterator[Translation[M]]:
    for language in dict.fromkeys(translation.language for translation in translated):
        documents = TranslationPieces(sources.root, replace(settings, language=language), pieces)
        originals = {t.path: t.original for t in translated if t.language == language}
        for document in _documents(sources, documents, tuple(originals), type_, faults, unread):
            yield Translation(language, originals[document.path], document)


def record_paths(sources: Sources, name: str) -> list[str]:
    """The files that may hold records: `content/NAME.yaml`, and those of `content/NAME/`."""
    single = f"content/{name}.yaml"
    paths = [single] if single in sources else []
    return paths + [path for path in sources.inside(f"content/{name}") if path.endswith((".yaml", ".yml"))]


class _ReadRecords(Struct, Generic[T], frozen=True, array_like=True):
    records: list[Record[T]]
    faults: list[Fault]


def _records(
    sources: Sources, pieces: Pieces, name: str, type_: type[R], faults: list[Fault], unread: list[str]
) -> tuple[Record[R], ...]:
    """The records of one kind. Adds to `unread` the paths of files in which some may be missing."""
    found: list[Record[R]] = []
    for path in record_paths(sources, name):
        read = _read_records(sources, pieces, path, type_)
        faults.extend(read.faults)
        found.extend(read.records)
        if any(fault.severity == "error" for fault in read.faults):
            unread.append(path)
    return tuple(found)


def _read_records(sources: Sources, pieces: Pieces, path: str, type_: type[R]) -> _ReadRecords[R]:
    kind: Any = _ReadRecords[type_]  # type: ignore[valid-type]
    digest = sources.known(path)
    if digest is not None:
        kept = pieces.find(_key(path, digest))
        if kept is not None:
            return msgpack.decode(kept, type=kind)  # type: ignore[no-any-return]
    try:
        data = sources.read(path)
    except OSError as problem:
        return _ReadRecords([], [read_fault(path, problem)])
    text, faults = decode(data, path)
    records: list[Record[R]] = []
    if text is not None:
        from builder.load.records import load_records  # with all of YAML: only where there is something to read

        records, record_faults = load_records(text, path, type_)
        faults += record_faults
    read = _ReadRecords(records, faults)
    digest = sources.known(path)
    assert digest is not None  # it was read just now
    pieces.put([(_key(path, digest), msgpack.encode(read))])
    return read


def _key(path: str, digest: bytes) -> bytes:
    return fingerprint(program_fingerprint(), "records", path, digest)
