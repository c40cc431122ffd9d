"""Media: the pictures and attachments in `content/media/` that the site shows, and where they stand in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import PurePosixPath

from msgspec import Struct, msgpack

from builder.cache import Pieces, fingerprint, program_fingerprint
from builder.faults import Fault, warning
from builder.index import Archive
from builder.pictures import SUFFIXES, UnreadablePicture, published_picture
from builder.plan import MediaFile
from builder.reading.files import read_fault
from builder.reading.sources import Sources
from builder.render.assets import media_address
from builder.resolve.references import MEDIA


class _Made(Struct, frozen=True, array_like=True):
    """What became of a picture: the SHA-256 and size of what is published instead, or why it couldn't be read.

    Both are empty where it is published as it is.
    """

    digest: str = ""
    size: int = 0
    problem: str = ""


def media_files(
    sources: Sources, archives: Iterable[Archive], pieces: Pieces, width: int, jobs: int
) -> tuple[dict[str, MediaFile], list[Fault]]:
    """The files that a page shows, by path, with the address that their bytes give them.

    Pictures are at most `width` pixels wide, and say nothing of themselves; `jobs` of them are made at a time. What
    nothing shows isn't published. What isn't there is told of elsewhere.
    """
    digests: dict[str, str] = {}
    faults: list[Fault] = []
    for path in sorted({path for archive in archives for path in _used(archive)}):
        if path not in sources:
            continue
        try:
            digests[path] = sources.digest(path).hex()
        except OSError as problem:
            faults.append(read_fault(path, problem))
    found: dict[str, MediaFile] = {}
    pictures = _pictures(sources, digests, pieces, width, jobs)
    for path, digest in digests.items():
        made = pictures.get(path, _Made())
        if made.problem:
            message = (
                f"can't be read as a picture ({made.problem}), so it is published with all that a camera may have "
            )
            faults.append(warning(path, 0, "unread-picture", f"{message}written into it; save it again"))
        if made.digest:
            key = _key(digest, width, "bytes")
            found[path] = MediaFile(media_address(path, made.digest), made.size, made.digest, key)
            pieces.used.add(key)
        else:
            found[path] = MediaFile(media_address(path, digest), (sources.root / path).stat().st_size, digest)
    return found, faults


def _pictures(sources: Sources, digests: dict[str, str], pieces: Pieces, width: int, jobs: int) -> dict[str, _Made]:
    """What became of each picture, by path. What is made is kept."""
    found: dict[str, _Made] = {}
    to_make: dict[str, str] = {}
    for path, digest in digests.items():
        if PurePosixPath(path).suffix.lower() in SUFFIXES:
            kept = pieces.find(_key(digest, width, "what"))
            if kept is not None:
                found[path] = msgpack.decode(kept, type=_Made)
            else:
                to_make[path] = digest
    if to_make:
        from concurrent.futures import ThreadPoolExecutor  # not needed where there is nothing new

        with ThreadPoolExecutor(jobs) as threads:  # nearly all of it is done by libraries that let others run
            results = threads.map(lambda path: _made((sources.root / path).read_bytes(), width), to_make)
            for (path, digest), (made, data) in zip(to_make.items(), results, strict=True):
                found[path] = made
                kept_bytes = [(_key(digest, width, "bytes"), data)] if data is not None else []
                pieces.put([(_key(digest, width, "what"), msgpack.encode(made)), *kept_bytes])
    return found


def _made(data: bytes, width: int) -> tuple[_Made, bytes | None]:
    try:
        made = published_picture(data, width)
    except UnreadablePicture as problem:
        return _Made(problem=str(problem)), None
    if made is None:
        return _Made(), None
    return _Made(hashlib.sha256(made).hexdigest(), len(made)), made


def _key(digest: str, width: int, what: str) -> bytes:
    """The key of what is kept of the picture with that SHA-256."""
    return fingerprint(program_fingerprint(), "picture", digest, width, what)


def _used(archive: Archive) -> set[str]:
    references = archive.references
    shown = {entry.briefing.path for entry in archive.entries}
    shown |= {dossier.document.path for dossier in archive.dossiers}
    shown |= {page.document.path for page in archive.prose.values()}
    bodies = (targets for path, targets in references.bodies.items() if path in shown)
    used = {target for targets in bodies for target in targets if target.startswith(MEDIA)}
    return used | {file for path, named in references.files.items() if path in shown for file in named.values()}
