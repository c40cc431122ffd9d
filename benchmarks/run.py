"""Run: builds the same archives with Sitrep and its peers, in turns, and prints tables of what that cost.

    python -m benchmarks.run --sizes 1000,4000 --peers sitrep,sitrep-bare,pelican --runs 3
    python -m benchmarks.run warm --sizes 1000 --peers sitrep-bare
    python -m benchmarks.run limits --sizes 10000
    python -m benchmarks.run all

Corpora and peers are kept in `benchmarks/.work/`, which is safe to delete. `--work` names another folder: on a file
system that is slow at making folders all generators wait for it alike, which hides how they differ; one in memory
(`/dev/shm/…`) shows it. Figures are medians; nothing is asserted. docs/benchmarks.md tells the rest.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks.changes import CHANGES
from benchmarks.limits import HUGO, SIZE, limits, subjects_of
from benchmarks.machine import load, setting
from benchmarks.peers import PEERS
from benchmarks.places import HERE
from benchmarks.rounds import Results, Subject, measured
from benchmarks.tables import cold_table, limits_table, warm_table

# The peers whose warm builds are measured, unless others are asked for, and up to which size: each site stays there
# for as long as the others are built, which takes room.
_WARM = {"sitrep-bare": 10 * SIZE, "sitrep": SIZE}


def main() -> None:
    """Prints what the command line asks for."""
    options = _options()
    _REPORTS[options.report](options)


def _cold_report(options: argparse.Namespace) -> None:
    peers = options.peers or ["sitrep", "sitrep-bare"]
    baseline = options.baseline or peers[-1]
    subjects = _cold([*peers, baseline], options.sizes or [1000])
    _print(options, subjects, lambda results: [cold_table(subjects, results, baseline)])


def _warm_report(options: argparse.Namespace) -> None:
    baseline, sizes = options.baseline or HUGO, options.sizes or [1000]
    subjects = [*_cold([baseline], sizes), *_warm(options.peers or _WARM, sizes)]
    _print(options, subjects, lambda results: [warm_table(subjects, results, baseline)])


def _limits_report(options: argparse.Namespace) -> None:
    sizes = options.sizes or [SIZE]
    found = limits(min(sizes))
    subjects = [subject for size in sizes for subject in subjects_of(found, size)]
    _print(options, subjects, lambda results: [limits_table(found, results)])


def _full_report(options: argparse.Namespace) -> None:
    baseline, sizes = options.baseline or HUGO, options.sizes or [1_000, SIZE, 10 * SIZE]
    found = limits(SIZE if SIZE in sizes else min(sizes))
    cold = _cold([*(options.peers or PEERS), baseline], sizes)
    subjects = [*cold, *(subject for subject in _warm(_WARM, sizes) if subject.size <= _WARM[subject.peer])]
    _print(
        options,
        subjects,
        lambda results: [
            cold_table(subjects, results, baseline),
            warm_table(subjects, results, baseline),
            limits_table(found, results),
        ],
    )


_REPORTS: dict[str, Callable[[argparse.Namespace], None]] = {
    "cold": _cold_report,
    "warm": _warm_report,
    "limits": _limits_report,
    "all": _full_report,
}


def _cold(peers: Iterable[str], sizes: Iterable[int]) -> list[Subject]:
    return [Subject(peer, size) for size in sizes for peer in dict.fromkeys(peers)]


def _warm(peers: Iterable[str], sizes: Iterable[int]) -> list[Subject]:
    return [Subject(peer, size, change) for size in sizes for peer in peers for change in CHANGES]


def _print(options: argparse.Namespace, subjects: Sequence[Subject], tables: Callable[[Results], list[str]]) -> None:
    """Measures the subjects, and prints the tables that are made of the results."""
    before = load()
    results = measured(options.work, subjects, options.runs)
    print(*tables(results), sep="\n\n")
    print("\n" + setting(options.work, dict.fromkeys(subject.peer for subject in subjects), options.runs, before))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "report",
        nargs="?",
        choices=_REPORTS,
        default="cold",
        help="builds from nothing; builds after a change; the limits of both; all three [default: %(default)s]",
    )
    parser.add_argument("--sizes", type=_sizes, help="how many briefings, e.g. 1000,4000")
    parser.add_argument("--peers", type=_peers, help=f"of {', '.join(PEERS)}")
    parser.add_argument("--runs", type=int, default=3, help="how many builds of each [default: %(default)s]")
    parser.add_argument("--work", type=Path, default=HERE / ".work", help="where corpora, peers and outputs go")
    parser.add_argument("--baseline", choices=PEERS, help="whom the ratios are to")
    options = parser.parse_args()
    options.work = options.work.resolve()
    return options


def _sizes(text: str) -> list[int]:
    return sorted({int(part) for part in text.split(",")})


def _peers(text: str) -> list[str]:
    names = list(dict.fromkeys(text.split(",")))
    for name in names:
        if name not in PEERS:
            raise argparse.ArgumentTypeError(f'there is no "{name}"; there are: {", ".join(PEERS)}')
    return names


if __name__ == "__main__":
    main()
