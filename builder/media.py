"""Media: the pictures and attachments in `content/media/` that the site shows, and where they stand in it."""

from __future__ import annotations

from collections.abc import Iterable

from builder.faults import Fault
from builder.index import Archive
from builder.plan import MediaFile
from builder.reading.files import read_fault
from builder.reading.sources import Sources
from builder.render.assets import media_address
from builder.resolve.references import MEDIA


def media_files(sources: Sources, archives: Iterable[Archive]) -> tuple[dict[str, MediaFile], list[Fault]]:
    """The files that a page shows, by path, with the address that their bytes give them.

    What nothing shows isn't published. What isn't there is told of elsewhere.
    """
    found: dict[str, MediaFile] = {}
    faults: list[Fault] = []
    for path in sorted({path for archive in archives for path in _used(archive)}):
        if path not in sources:
            continue
        try:
            digest = sources.digest(path).hex()
            found[path] = MediaFile(media_address(path, digest), (sources.root / path).stat().st_size, digest)
        except OSError as problem:
            faults.append(read_fault(path, problem))
    return found, faults


def _used(archive: Archive) -> set[str]:
    references = archive.references
    shown = {entry.briefing.path for entry in archive.entries}
    shown |= {dossier.document.path for dossier in archive.dossiers}
    shown |= {page.document.path for page in archive.prose.values()}
    bodies = (targets for path, targets in references.bodies.items() if path in shown)
    used = {target for targets in bodies for target in targets if target.startswith(MEDIA)}
    return used | {file for path, named in references.files.items() if path in shown for file in named.values()}
