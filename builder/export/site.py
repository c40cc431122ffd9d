"""The site that is exported: what a build has left in the output folder, by its manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from builder.codings import copies_among
from builder.faults import ArchiveError, error
from builder.publish.manifest import MANIFEST, manifest_with


class BuiltSite(Struct, frozen=True):
    """A built site: its folder, the SHA-256 of its files by path, and the bytes of its manifest."""

    folder: Path
    files: dict[str, str]
    manifest: bytes

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises ArchiveError where they aren't those that were built."""
        try:
            data = (self.folder / path).read_bytes()
        except OSError as problem:
            message = f"can't be read: {problem.strerror}; export again"
            raise ArchiveError([error(path, 0, "changed", message)]) from problem
        if hashlib.sha256(data).hexdigest() != self.files[path]:
            raise ArchiveError([error(path, 0, "changed", "changed since the site was built; export again")])
        return data

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """Every file but the manifest, in the order of their paths."""
        return ((path, self.read(path)) for path in sorted(self.files))


class _Manifest(Struct, frozen=True):
    files: dict[str, str]
    search: dict[str, str] = {}


def built_site(folder: Path) -> BuiltSite:
    """The site that a build has just left in `folder`, without the compressed copies of its files."""
    data = (folder / MANIFEST).read_bytes()
    manifest = msgspec.json.decode(data, type=_Manifest)
    files = manifest.files | manifest.search
    if copies := copies_among(files):
        files = {path: digest for path, digest in files.items() if path not in copies}
        data = manifest_with(data, files)
    return BuiltSite(folder, files, data)
