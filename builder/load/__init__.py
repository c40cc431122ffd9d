"""Loading: everything in `content/`, read and typed; names of records still as they were written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from builder.faults import Fault, did_you_mean, error, has_errors, warning
from builder.load.documents import M, load_document
from builder.load.records import R, load_records
from builder.markdown.parser import MarkdownSettings
from builder.model.briefing import Briefing
from builder.model.common import Document, Record
from builder.model.dossier import Dossier, Prose
from builder.model.records import Actor, Region, Source, Tag
from builder.reading.files import read_text, walk

T = TypeVar("T")
# Takes a piece, and returns its SHA-256 (`Store.put`, or no more than `digest_of`).
Keep = Callable[[bytes], str]
Progress = Callable[[str, Iterable[T], int], Iterable[T]]


class Content(Struct, frozen=True):
    """What the curators wrote.

    `media`, `captures` and `unread` are paths of files, relative to the root; `unread` are those of documents and
    records that are there but couldn't be read, which is told of elsewhere.
    """

    briefings: tuple[Document[Briefing], ...]
    dossiers: tuple[Document[Dossier], ...]
    prose: tuple[Document[Prose], ...]
    actors: tuple[Record[Actor], ...]
    regions: tuple[Record[Region], ...]
    sources: tuple[Record[Source], ...]
    tags: tuple[Record[Tag], ...]
    media: frozenset[str]
    captures: frozenset[str]
    unread: frozenset[str]


def load(root: Path, settings: MarkdownSettings, keep: Keep, progress: Progress[str]) -> tuple[Content, list[Fault]]:
    """Reads `root`/content; the HTML of bodies goes to `keep`. Returns all that could be read, and all faults."""
    faults: list[Fault] = []
    unread: list[str] = []
    if not (root / "content").is_dir():
        faults.append(error("content", 0, "unreadable", "is not there; put the archive's content into this folder"))
    faults += _strays(root)
    briefings = _documents(root, "content/briefings", Briefing, settings, keep, progress, faults, unread)
    dossiers = _documents(root, "content/dossiers", Dossier, settings, keep, progress, faults, unread)
    prose = _documents(root, "content/pages", Prose, settings, keep, progress, faults, unread)
    content = Content(
        briefings=briefings,
        dossiers=dossiers,
        prose=prose,
        actors=records(root, "actors", Actor, faults, unread),
        regions=records(root, "regions", Region, faults, unread),
        sources=records(root, "sources", Source, faults, unread),
        tags=records(root, "tags", Tag, faults, unread),
        media=frozenset(walk(root, "content/media", faults)),
        captures=frozenset(walk(root, "content/captures", faults)),
        unread=frozenset(unread),
    )
    return content, faults


_FOLDERS = ("actors", "briefings", "captures", "dossiers", "media", "pages", "regions", "sources", "tags")
_FILES = ("actors.yaml", "regions.yaml", "sources.yaml", "tags.yaml")


def _strays(root: Path) -> Iterator[Fault]:
    """What lies in `content/` and belongs to no reader: most often a name with a slip in it."""
    content = root / "content"
    for path in sorted(content.iterdir()) if content.is_dir() else ():
        known = _FOLDERS if path.is_dir() else _FILES
        if path.name not in known and not path.name.startswith("."):
            message = f"isn't read: nothing of that name belongs here{did_you_mean(path.name, known)}"
            yield warning(f"content/{path.name}", 0, "not-read", message)


def _documents(
    root: Path,
    folder: str,
    type_: type[M],
    settings: MarkdownSettings,
    keep: Keep,
    progress: Progress[str],
    faults: list[Fault],
    unread: list[str],
) -> tuple[Document[M], ...]:
    paths = []
    for path in walk(root, folder, faults):
        if path.endswith(".md"):
            paths.append(path)
        else:
            faults.append(warning(path, 0, "not-read", "is no Markdown file (.md), so it isn't read; move it away"))
    documents = []
    for path in progress(f"reading {folder}", paths, len(paths)):
        text, text_faults = read_text(root, path)
        faults.extend(text_faults)
        loaded = None
        if text is not None:
            loaded, document_faults = load_document(text, path, type_, settings)
            faults.extend(document_faults)
        if loaded is None:
            unread.append(path)
            continue
        keep(loaded.html.encode())
        documents.append(loaded.document)
    return tuple(documents)


def records(root: Path, name: str, type_: type[R], faults: list[Fault], unread: list[str]) -> tuple[Record[R], ...]:
    """The records in `content/NAME.yaml` and in the files of `content/NAME/`.

    Adds what is wrong to `faults`, and the paths of files in which records may be missing for it to `unread`.
    """
    single = f"content/{name}.yaml"
    paths = [single] if (root / single).is_file() else []
    paths += [path for path in walk(root, f"content/{name}", faults) if path.endswith((".yaml", ".yml"))]
    found_records: list[Record[R]] = []
    for path in paths:
        text, text_faults = read_text(root, path)
        faults.extend(text_faults)
        record_faults: list[Fault] = []
        if text is not None:
            found, record_faults = load_records(text, path, type_)
            found_records.extend(found)
            faults.extend(record_faults)
        if text is None or has_errors(record_faults):
            unread.append(path)
    return tuple(found_records)
