"""The lists of files that lie at a target: its manifest, and what a deploy keeps beside that."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from msgspec import Struct

from builder.deploy.plan import KEPT, NEXT, There
from builder.deploy.target import Target
from builder.publish.manifest import MANIFEST
from builder.publish.safety import is_inside

T = TypeVar("T")


class Manifest(Struct, frozen=True):
    """What a deploy reads of a `manifest.json`. `search` are the files of the search index, which are files too.

    No other program's file of that name has an `edition`.
    """

    version: str
    edition: str
    files: dict[str, str]
    search: dict[str, str] = {}
    drafts: bool = False


class _Kept(Struct, frozen=True):
    files: dict[str, str]


class _Next(Struct, frozen=True):
    files: dict[str, tuple[str, ...]]


def read_manifest(data: bytes) -> Manifest | None:
    """The manifest that these bytes are, or None where they are something else; its `files` are all of them.

    Many programs call a file `manifest.json`; and what a target says is never taken for a path out of it.
    """
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return msgspec.structs.replace(manifest, files=_inside(manifest.files | manifest.search))


def look_at(target: Target) -> tuple[There, bytes | None]:
    """What lies at a target, and the bytes of its manifest."""
    files = target.files()
    data = target.read(MANIFEST) if MANIFEST in files else None
    manifest = read_manifest(data) if data is not None else None
    unfinished = _read(target, NEXT, _Next) if NEXT in files else None
    kept = _read(target, KEPT, _Kept) if KEPT in files else None
    there = There(
        files=files,
        manifest=manifest.files if manifest is not None else None,
        unfinished=_inside(unfinished.files) if unfinished is not None else None,
        kept=_inside(kept.files) if kept is not None else {},
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


def next_bytes(files: dict[str, tuple[str, ...]]) -> bytes:
    """`manifest.next.json`: for each path, the SHA-256 of all that it may hold until the deploy is done."""
    return msgspec.json.encode(_Next(files))


def kept_bytes(files: dict[str, str]) -> bytes:
    """`manifest.kept.json`: the assets of the site before that are still there."""
    return msgspec.json.encode(_Kept(files))
