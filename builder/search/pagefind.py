"""Pagefind: its program, run over a folder of documents.

Its Python interface talks to the same program, record by record, which takes a hundred times as long.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
from pathlib import Path

from builder.faults import ArchiveError, error

DOCUMENTS, INDEX = "documents", "index"
_SAID = "pagefind.log"
# What the search's own script has no use for.
_UNUSED = ("pagefind-component-ui", "pagefind-highlight", "pagefind-modular-ui", "pagefind-ui", "pagefind-worker")
# The extended one, ten times as large, divides Chinese and Japanese into words.
_PACKAGES = ("pagefind_bin_extended", "pagefind_bin")
_WITHOUT = "or build with --no-search"


def program() -> Path:
    """Where Pagefind's program is. Raises ArchiveError where it isn't installed."""
    for package in _PACKAGES:
        try:
            found: Path = importlib.import_module(package).get_executable()
        except (ImportError, FileNotFoundError):
            continue
        return found
    message = "Pagefind, which makes the search index, isn't installed; "
    message += f"install it with `python -m pip install pagefind-bin`, {_WITHOUT}"
    raise ArchiveError([error("", 0, "search", message)])


def begin(folder: Path) -> subprocess.Popen[bytes]:
    """Begins to index the documents in `folder`. Raises ArchiveError where that isn't possible."""
    # It would read settings from a file where it is run, and from the environment.
    env = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    place = program()
    try:
        with (folder / _SAID).open("wb") as said:
            return subprocess.Popen(  # noqa: S603  # its arguments are ours
                [str(place), "--site", DOCUMENTS, "--output-path", INDEX, "--quiet"],
                cwd=folder,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
            )
    except OSError as problem:
        message = f"Pagefind ({place}) can't be run: {problem.strerror}; install it again, {_WITHOUT}"
        raise ArchiveError([error("", 0, "search", message)]) from problem


def finished(folder: Path, status: int, count: int) -> dict[str, bytes]:
    """The files of the index that was made in `folder`, by path. Raises ArchiveError where not all is in it.

    `status` is how the program ended, `count` the number of documents.
    """
    try:
        entry = json.loads((folder / INDEX / "pagefind-entry.json").read_bytes())
        indexed = sum(language["page_count"] for language in entry["languages"].values())
        used = {f"wasm.{language['wasm'] or 'unknown'}.pagefind" for language in entry["languages"].values()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        indexed, used = 0, set()
    if status or indexed != count:
        said = (folder / _SAID).read_text("utf-8", "replace").split()
        why = f" ({' '.join(said[-40:])})" if said else ""
        message = f"Pagefind has indexed {indexed:,} of {count:,} briefings, and ended with {status}{why}; "
        message += f"make room on the disk and in memory, and build again, {_WITHOUT}"
        raise ArchiveError([error("", 0, "search", message)])
    paths = sorted(path for path in (folder / INDEX).rglob("*") if path.is_file())
    return {
        path.relative_to(folder / INDEX).as_posix(): path.read_bytes()
        for path in paths
        if not path.name.startswith(_UNUSED) and (not path.name.startswith("wasm.") or path.name in used)
    }
