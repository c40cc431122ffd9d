"""The manifest: what a published copy must hold, file by file and briefing by briefing."""

from __future__ import annotations

import json
from collections.abc import Mapping

from builder import __version__
from builder.index import Archive

MANIFEST = "manifest.json"


def manifest(files: Mapping[str, str], archive: Archive, language: str, drafts: bool) -> bytes:
    """`manifest.json`: the SHA-256 of every made file; each briefing's id, language, address and author's digest.

    `drafts` says whether drafts are in the site.
    """
    briefings = [
        {
            "id": entry.id,
            "lang": entry.briefing.document.meta.lang or language,
            "address": entry.briefing.address,
            "digest": entry.briefing.document.written,
        }
        for entry in sorted(archive.entries, key=lambda entry: entry.id)
    ]
    content = {
        "version": __version__,
        "drafts": drafts,
        "briefings": briefings,
        "files": {path: digest for path, digest in sorted(files.items()) if path != MANIFEST},
    }
    return (json.dumps(content, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n").encode()
