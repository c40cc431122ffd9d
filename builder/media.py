"""Media: the pictures and attachments in `content/media/` that the site shows, and where they stand in it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from builder.faults import Fault, error
from builder.index import Archive
from builder.plan import MediaFile
from builder.render import media_address
from builder.resolve.references import MEDIA


def media_files(root: Path, archive: Archive, present: frozenset[str]) -> tuple[dict[str, MediaFile], list[Fault]]:
    """The files that a page shows, by path, with the address that their bytes give them.

    What nothing shows isn't published. `present` are the files that are there: others are told of elsewhere.
    """
    found: dict[str, MediaFile] = {}
    faults: list[Fault] = []
    for path in sorted(_used(archive) & present):
        try:
            with (root / path).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            found[path] = MediaFile(media_address(path, digest), (root / path).stat().st_size, digest)
        except OSError as problem:
            faults.append(error(path, 0, "unreadable", f"can't be read: {problem.strerror}"))
    return found, faults


def _used(archive: Archive) -> set[str]:
    shown = [entry.briefing.document.path for entry in archive.entries]
    shown += [dossier.document.path for dossier in archive.dossiers]
    shown += [page.document.path for page in archive.prose.values()]
    references = archive.references
    used = {target for path in shown for target in references.bodies.get(path, ()) if target.startswith(MEDIA)}
    return used | {file for path in shown for file in references.files.get(path, {}).values()}
