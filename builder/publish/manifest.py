"""The manifest: what a published copy must hold, file by file and briefing by briefing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from builder import __version__

if TYPE_CHECKING:  # who lists what a folder holds needn't know what an archive is
    from builder.index import Archive

MANIFEST = "manifest.json"


def manifest(files: Mapping[str, str], archives: Iterable[Archive], language: str, drafts: bool) -> bytes:
    """`manifest.json`: the SHA-256 of every made file; each briefing's id, language, address and author's digest.

    `archives` are the archive in its languages, `language` the site's own. `drafts` says whether drafts are in it.
    """
    entries = [entry for archive in archives for entry in archive.own(archive.entries)]
    briefings = [
        {
            "id": entry.id,
            "lang": entry.briefing.lang or language,
            "address": entry.briefing.address,
            "digest": entry.briefing.written,
        }
        for entry in sorted(entries, key=lambda entry: (entry.id, entry.briefing.lang or language))
    ]
    head = json.dumps({"version": __version__, "drafts": drafts}, indent=0, separators=(",", ":"))[:-2]
    listed = ",\n".join([msgspec.json.encode(briefing).decode() for briefing in briefings])
    made = {path: digest for path, digest in files.items() if path != MANIFEST}
    return f'{head},\n"briefings":[\n{listed}\n],\n"files":{json_lines(made)}\n}}\n'.encode()


def json_lines(values: Mapping[str, str]) -> str:
    """A mapping as JSON, a line a key, in their order (`json.dumps` takes ten times as long for it)."""
    quoted = json.encoder.encode_basestring
    return "{\n" + ",\n".join([f"{quoted(key)}:{quoted(value)}" for key, value in sorted(values.items())]) + "\n}"
