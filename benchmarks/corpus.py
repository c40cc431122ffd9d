"""Corpus: an archive of invented briefings, the same ones in the format of each generator."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from benchmarks.briefings import SEED, briefings
from benchmarks.formats import FORMATS
from benchmarks.places import HERE, take_away, tell

_SITES = HERE / "sites"  # each generator's configuration and bare templates
_MAKERS = tuple(HERE / f"{name}.py" for name in ("words", "briefings", "formats", "corpus"))


def corpus(work: Path, format_: str, size: int) -> Path:
    """The folder of that corpus, which is made unless it is there already."""
    folder = work / "corpora" / f"{format_}-{size}-{_digest_of_makers(format_)}"
    if not folder.exists():
        for old in folder.parent.glob(f"{format_}-{size}-*"):
            take_away(old)
        tell(f"writing {size:,} briefings for {format_}")
        unfinished = folder.with_suffix(".new")
        write_corpus(unfinished, format_, size)
        unfinished.rename(folder)
    return folder


def write_corpus(folder: Path, format_: str, count: int, seed: int = SEED) -> None:
    """Makes `folder` an archive of `count` briefings that the generator of `format_` builds as it is."""
    shutil.copytree(_SITES / format_, folder)
    form = FORMATS[format_]
    for path, text in form.records().items():
        _write(folder / path, text)
    for briefing in briefings(count, seed):
        _write(folder / form.path(briefing), form.text(briefing))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _digest_of_makers(format_: str) -> str:
    """A digest of everything in this folder that a corpus is made of."""
    site = sorted(path for path in (_SITES / format_).rglob("*") if path.is_file())
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in (*_MAKERS, *site))).hexdigest()[:8]
