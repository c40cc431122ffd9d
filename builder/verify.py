"""Verifying: a copy of a site, wherever it is, against its own manifest."""

from __future__ import annotations

import hashlib
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import msgspec
from msgspec import Struct

from builder.faults import ArchiveError, Fault, error
from builder.hosting import FOR_HOSTS, address_of
from builder.means import Progress
from builder.publish.manifest import MANIFEST
from builder.publish.safety import is_inside

# Gives the bytes of the file at a path of a copy, or None where there is none. Raises OSError.
Reading = Callable[[str], bytes | None]

_AT_ONCE = 8
_PATIENCE = 30  # seconds


class Verified(Struct, frozen=True):
    """How many files a manifest lists, its own SHA-256, and which files aren't as it says."""

    files: int
    manifest: str
    faults: tuple[Fault, ...]


class _Manifest(Struct, frozen=True):
    files: dict[str, str]
    search: dict[str, str] = {}


def in_folder(folder: Path) -> Reading:
    """Reads the copy in a folder."""

    def read(path: str) -> bytes | None:
        try:
            return (folder / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    return read


def at_url(url: str) -> Reading:
    """Reads the copy that a host serves at `url`, as a browser asks for it."""
    top = url.rstrip("/")

    def read(path: str) -> bytes | None:
        try:
            with urllib.request.urlopen(top + quote(address_of(path)), timeout=_PATIENCE) as answer:  # noqa: S310
                data: bytes = answer.read()
                return data
        except urllib.error.HTTPError as problem:
            if problem.code in (404, 410):
                return None
            raise

    return read


def verify(read: Reading, left_out: Iterable[str], progress: Progress) -> Verified:
    """Compares every file that the manifest of a copy lists, but those `left_out`, with the SHA-256 that it gives.

    Raises ArchiveError where there is no manifest.
    """
    data = _read(read, MANIFEST)
    try:
        manifest = msgspec.json.decode(data, type=_Manifest) if isinstance(data, bytes) else None
    except (msgspec.DecodeError, UnicodeDecodeError):
        manifest = None
    if manifest is None or not isinstance(data, bytes):
        why = data.message if isinstance(data, Fault) else "isn't there, or is none of Sitrep's"
        raise ArchiveError([error(MANIFEST, 0, "copy", f"{why}; name the folder or address of a whole site")])
    listed = manifest.files | manifest.search
    paths = sorted(path for path in listed.keys() - frozenset(left_out) if is_inside(path))
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        found = threads.map(lambda path: _fault(path, _read(read, path), listed[path]), paths)
        faults = tuple(fault for fault in progress("verifying", found, len(paths)) if fault is not None)
    return Verified(len(paths), hashlib.sha256(data).hexdigest(), faults)


def verify_url(url: str, progress: Progress) -> Verified:
    """Compares what a host serves at `url` with its manifest. What hosts read and don't serve is left out."""
    return verify(at_url(url), FOR_HOSTS, progress)


def verify_folder(folder: Path, progress: Progress) -> Verified:
    """Compares what lies in a folder with its manifest."""
    return verify(in_folder(folder), (), progress)


def _read(read: Reading, path: str) -> bytes | Fault | None:
    try:
        return read(path)
    except OSError as problem:  # of the network too
        return error(path, 0, "copy", f"can't be read: {getattr(problem, 'reason', None) or problem}")


def _fault(path: str, data: bytes | Fault | None, digest: str) -> Fault | None:
    if isinstance(data, Fault):
        return data
    if data is None:
        return error(path, 0, "copy", "is missing")
    found = hashlib.sha256(data).hexdigest()
    return None if found == digest else error(path, 0, "copy", f"isn't what was published: its SHA-256 is {found}")
