"""How much faster two processes import than one, as a whole: the command, from its start to its end.

    python -m benchmarks.import_throughput [--files 1000] [--rounds 3] [FOLDER...]

imports that many files into a new archive with `--jobs 1` and `--jobs 2`, in turns, and prints the ratio of the best
times. The files are those of the folders, again and again, each time with words of their own, so that none is a
duplicate; without a folder, invented pages of HTML. Beside it stands what the processor did for all processes of a
run. Where the machine has other work, that tells what two can reach at most: each processor does half of it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, cycle, islice
from pathlib import Path

_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "ve")


@dataclass(frozen=True, slots=True)
class Run:
    """What one import took, in seconds: the clock's, and the processor's of all its processes."""

    wall: float
    cpu: float


def write_files(folder: Path, number: int, samples: Sequence[Path]) -> None:
    """Writes so many pages, each different from all others."""
    pages = cycle(path.read_bytes() for path in samples) if samples else None
    for at in range(number):
        data = _marked(next(pages), at) if pages is not None else _invented(at)
        (folder / f"{at:06}.html").write_bytes(data)


def _marked(page: bytes, at: int) -> bytes:
    """A page whose paragraphs have a word more in every third place, of its own."""
    pieces = page.split(b" the ")
    word = _word(at).encode()
    return b"".join(piece + (b" the " + word + b" " if k % 3 == 0 else b" the ") for k, piece in enumerate(pieces)) + (
        b"<!-- %d -->" % at
    )


def _invented(at: int) -> bytes:
    words = (_word(1000 * at + k) for k in count())
    paragraphs = "".join(f"<p>{_sentence(words)} {_sentence(words)} {_sentence(words)}</p>" for _ in range(12))
    menu = "".join(f"<li><a href='/{k}'>{_word(k)}</a></li>" for k in range(60))
    title = " ".join(islice(words, 6)).capitalize()
    return (
        f"<!doctype html>\n<html lang='en'><head><title>{title} | Example Post</title>"
        f"<meta property='og:title' content='{title}'>"
        f"<meta property='article:published_time' content='2022-{at % 12 + 1:02}-{at % 28 + 1:02}T10:00:00Z'></head>"
        f"<body><nav><ul>{menu}</ul></nav><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    ).encode()


def _word(number: int) -> str:
    return "".join(_SYLLABLES[number >> 4 * k & 15] for k in range(4))


def _sentence(words: Iterator[str]) -> str:
    return f"The {' '.join(islice(words, 7))} and the {' '.join(islice(words, 7))} in Serbia."


def imported(folder: Path, jobs: int) -> Run:
    """What it takes to import a folder into a new archive."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "archive"
        sitrep = [sys.executable, "-m", "builder"]
        subprocess.run([*sitrep, "new", "archive", str(root)], check=True, capture_output=True)
        command = [*sitrep, "import", str(folder), "--jobs", str(jobs), "--root", str(root), "--quiet"]
        before, start = os.times(), time.perf_counter()
        subprocess.run(command, check=False, capture_output=True)
        wall, after = time.perf_counter() - start, os.times()
        made = sum(1 for _ in (root / "content" / "briefings").rglob("*.md"))
        print(f"--jobs {jobs}: {made} briefings, {wall:.1f} s", file=sys.stderr)
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(wall, spent)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    samples = [path for folder in arguments.folders for path in sorted(folder.rglob("*.html"))]
    work = Path(tempfile.mkdtemp())
    try:
        write_files(work, arguments.files, samples)
        runs: dict[int, list[Run]] = {1: [], 2: []}
        for _ in range(arguments.rounds):
            for jobs, those in runs.items():
                those.append(imported(work, jobs))
    finally:
        shutil.rmtree(work)
    one, two = (min(runs[jobs], key=lambda run: run.wall) for jobs in (1, 2))
    print(f"{arguments.files} files  one process {one.wall:.1f} s (processor {one.cpu:.1f})")
    print(f"{'':{len(str(arguments.files))}}        two          {two.wall:.1f} s (processor {two.cpu:.1f})")
    print(f"throughput of two, of one's: {one.wall / two.wall:.2f}; by the processor {2 * one.cpu / two.cpu:.2f}")


if __name__ == "__main__":
    main()
