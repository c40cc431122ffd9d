"""The lists of files that lie at a target: its manifest, and what a deploy keeps beside that."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from msgspec import Struct

from builder.deploy.plan import KEPT, LOCK, NEXT, There
from builder.deploy.target import Target
from builder.publish.manifest import MANIFEST
from builder.publish.safety import is_inside

T = TypeVar("T")


class Listed(Struct, frozen=True):
    """A briefing, as a manifest lists it."""

    id: str


class Manifest(Struct, frozen=True):
    """What a deploy reads of a `manifest.json`. `search` are the files of the search index, which are files too.

    No other program's file of that name has an `edition`. `base_url` is empty in one of an older Sitrep.
    """

    version: str
    edition: str
    files: dict[str, str]
    search: dict[str, str] = {}
    drafts: bool = False
    base_url: str = ""
    briefings: tuple[Listed, ...] = ()

    def is_anothers(self, other: Manifest) -> bool:
        """Whether two manifests are of different archives: they stand at two addresses, and share no briefing."""
        ids = {briefing.id for briefing in self.briefings}
        return self.base_url != other.base_url and ids.isdisjoint(briefing.id for briefing in other.briefings)


class _Kept(Struct, frozen=True):
    files: dict[str, str]


class _Next(Struct, frozen=True):
    files: dict[str, tuple[str, ...]]
    base_url: str = ""


def read_manifest(data: bytes) -> Manifest | None:
    """The manifest that these bytes are, or None where they are something else; its `files` are all of them.

    Many programs call a file `manifest.json`; and what a target says is never taken for a path out of it.
    """
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return msgspec.structs.replace(manifest, files=_inside(manifest.files | manifest.search))


def look_at(target: Target, ours: Manifest) -> tuple[There, bytes | None]:
    """What lies at a target that is to get the site with the manifest `ours`, and the bytes of the manifest there."""
    files = target.files() - {LOCK}
    data = target.read(MANIFEST) if MANIFEST in files else None
    manifest = read_manifest(data) if data is not None else None
    unfinished = _read(target, NEXT, _Next) if NEXT in files else None
    kept = _read(target, KEPT, _Kept) if KEPT in files else None
    anothers = ""
    if manifest is not None and manifest.is_anothers(ours):
        if unfinished is not None and unfinished.base_url == ours.base_url:  # ours is taking its place already
            manifest = kept = None
        else:
            anothers = f"{manifest.base_url or 'of an unknown address'}, briefings: {len(manifest.briefings):,}"
    elif manifest is None and unfinished is not None and unfinished.base_url not in ("", ours.base_url):
        anothers = f"{unfinished.base_url}, not all of it"
    there = There(
        files=files,
        manifest=manifest.files if manifest is not None else None,
        unfinished=_inside(unfinished.files) if unfinished is not None else None,
        kept=_inside(kept.files) if kept is not None else {},
        anothers=anothers,
    )
    return there, data


def _read(target: Target, path: str, type_: type[T]) -> T | None:
    data = target.read(path)
    try:
        return msgspec.json.decode(data, type=type_) if data is not None else None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _inside(files: dict[str, T]) -> dict[str, T]:
    return {path: value for path, value in files.items() if is_inside(path)}


def next_bytes(files: dict[str, tuple[str, ...]], base_url: str) -> bytes:
    """`manifest.next.json`: for each path, the SHA-256 of all that it may hold until the deploy is done.

    `base_url` is that of the site that is sent.
    """
    return msgspec.json.encode(_Next(files, base_url))


def kept_bytes(files: dict[str, str]) -> bytes:
    """`manifest.kept.json`: the assets of the site before that are still there."""
    return msgspec.json.encode(_Kept(files))
