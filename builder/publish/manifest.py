"""The manifest: what a published copy must hold, file by file and briefing by briefing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from builder import __version__

if TYPE_CHECKING:  # who lists what a folder holds needn't know what an archive is
    from builder.index import Archive

MANIFEST = "manifest.json"
# Where the search index lies, whose bytes aren't the same wherever it is made.
SEARCH_INDEX = "pagefind/"


def goes_first(path: str) -> bool:
    """Whether a file must be there before what names it: assets, and of the search index all but the entries."""
    return path.startswith(("assets/", SEARCH_INDEX)) and "/pagefind-entry.json" not in path


def manifest(
    files: Mapping[str, str], archives: Iterable[Archive], language: str, base_url: str, drafts: bool, edition: str
) -> bytes:
    """`manifest.json`: the SHA-256 of every made file; each briefing's id, language, address and author's digest.

    The files of the search index stand in a block of their own, as two sites of the same content differ in them.

    `archives` are the archive in its languages, `language` the site's own, `base_url` where it stands. `drafts` says
    whether drafts are in it; `edition` names what is public of it.
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
    first = {"version": __version__, "base_url": base_url, "drafts": drafts, "edition": edition}
    head = json.dumps(first, indent=0, separators=(",", ":"))[:-2]
    return f'{head},\n"briefings":{_listed(briefings)},\n{files_block(files)}\n}}\n'.encode()


def files_block(files: Mapping[str, str]) -> str:
    """What a manifest says of its files: those of the search index, if there are any, in a block of their own."""
    made = {path: digest for path, digest in files.items() if path != MANIFEST and not path.startswith(SEARCH_INDEX)}
    index = {path: digest for path, digest in files.items() if path.startswith(SEARCH_INDEX)}
    search = f',\n"search":{json_lines(index)}' if index else ""
    return f'"files":{json_lines(made)}{search}'


def manifest_with(data: bytes, files: Mapping[str, str]) -> bytes:
    """The same manifest, of other files."""
    before = data.partition(b'"files":')[0]
    return before + f"{files_block(files)}\n}}\n".encode()


def json_lines(values: Mapping[str, str]) -> str:
    """A mapping of texts to digests as JSON, a line a key, in their order."""
    # All in one go takes a tenth of the time; but what divides the lines may stand in a text too.
    together = msgspec.json.encode(values, order="sorted").decode()[1:-1]
    if together.count('","') == len(values) - 1:
        return "{\n" + together.replace('","', '",\n"') + "\n}"
    lines = [msgspec.json.encode({key: value}).decode()[1:-1] for key, value in sorted(values.items())]
    return "{\n" + ",\n".join(lines) + "\n}"


def _listed(values: Sequence[Mapping[str, str]]) -> str:
    """A list of mappings as JSON, a line each."""
    together = msgspec.json.encode(values).decode()[1:-1]
    if together.count("},{") == len(values) - 1:
        return "[\n" + together.replace("},{", "},\n{") + "\n]"
    return "[\n" + ",\n".join([msgspec.json.encode(value).decode() for value in values]) + "\n]"
