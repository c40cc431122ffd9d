"""Media: the pictures and attachments in `content/media/` that the site shows, and where they stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from msgspec import msgpack

from builder.faults import Fault, error
from builder.index import Archive
from builder.means import Means
from builder.model.common import Reference
from builder.pictures import SUFFIXES, bytes_key, picture_key
from builder.plan import MediaFile
from builder.reading.files import read_fault
from builder.reading.sources import Sources
from builder.render.assets import media_address
from builder.resolve.references import MEDIA
from builder.work.tasks import MadePicture, MadeVariant, PictureTask, make_picture

_WORTH = 2  # pictures: one takes longer than a process to begin


def media_files(
    sources: Sources, archives: Iterable[Archive], means: Means, width: int, widths: tuple[int, ...]
) -> tuple[dict[str, MediaFile], list[Fault]]:
    """The files that a page shows, by path, with the address that their bytes give them.

    Pictures are at most `width` pixels wide, and say nothing of themselves; those that pages show, and don't only lead
    to, are there in `widths` too. What nothing shows isn't published. What isn't there is told of elsewhere.
    """
    digests: dict[str, str] = {}
    faults: list[Fault] = []
    used: dict[str, bool] = {}
    for archive in archives:
        for path, is_shown in _used(archive):
            used[path] = used.get(path, False) or is_shown
    for path in sorted(used):
        if path not in sources:
            continue
        try:
            digests[path] = sources.digest(path).hex()
        except OSError as problem:
            faults.append(read_fault(path, problem))
    tasks = {
        path: PictureTask(
            str(sources.root), str(means.folder), path, digest, width, tuple(sorted(widths)) if used[path] else ()
        )
        for path, digest in digests.items()
        if PurePosixPath(path).suffix.lower() in SUFFIXES
    }
    pictures = _pictures(tasks, means)
    found: dict[str, MediaFile] = {}
    for path, digest in digests.items():
        made = pictures.get(path)
        if made is None:
            found[path] = MediaFile(media_address(path, digest), (sources.root / path).stat().st_size, digest)
            continue
        if made.problem:
            faults.append(error(path, 0, "unread-picture", made.problem))
        found[path] = _media_file(path, made)
        means.pieces.used.update(file.made for file in (found[path], *found[path].variants))
    return found, faults


def _media_file(path: str, made: MadePicture) -> MediaFile:
    return MediaFile(
        media_address(path, made.digest),
        made.size,
        made.digest,
        bytes_key(made.digest) if made.is_new else b"",
        made.width,
        made.height,
        tuple([_variant_file(path, variant) for variant in made.variants]),
    )


def _variant_file(path: str, variant: MadeVariant) -> MediaFile:
    name = PurePosixPath(path).with_suffix("").name
    address = media_address(f"{name}-{variant.width}.webp", variant.digest)
    return MediaFile(address, variant.size, variant.digest, bytes_key(variant.digest), variant.width)


def _pictures(tasks: Mapping[str, PictureTask], means: Means) -> dict[str, MadePicture]:
    """What became of each picture, by path. What is made is kept."""
    found: dict[str, MadePicture] = {}
    to_make: dict[str, PictureTask] = {}
    for path, task in tasks.items():
        kept = means.pieces.find(picture_key(task.digest, task.width, task.widths))
        if kept is not None:
            found[path] = msgpack.decode(kept, type=MadePicture)
        else:
            to_make[path] = task
    done = means.workers.results(make_picture, to_make.values(), len(to_make), _WORTH)
    return found | dict(zip(to_make, means.progress("making pictures", done, len(to_make)), strict=True))


def _used(archive: Archive) -> Iterator[tuple[str, bool]]:
    """The files that pages lead to or show, and whether it is as a picture that they show one."""
    references = archive.references
    documents: list[tuple[str, tuple[Reference, ...]]] = [
        *((entry.briefing.path, entry.briefing.references) for entry in archive.entries),
        *((dossier.document.path, dossier.document.body.references) for dossier in archive.dossiers),
        *((page.document.path, page.document.body.references) for page in archive.prose.values()),
    ]
    for path, written in documents:
        for reference, target in zip(written, references.bodies.get(path, ()), strict=False):
            if target.startswith(MEDIA):
                yield target, reference.picture
        for field, file in references.files.get(path, {}).items():
            yield file, field == "image"
