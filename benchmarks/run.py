"""Run: builds the same archives with Sitrep and its peers, in turns, and prints one table of what that cost.

    python -m benchmarks.run --sizes 1000,4000 --peers sitrep,sitrep-bare,pelican --runs 3

Every build is cold: its output and what the one before left behind are taken away first. Corpora and peers are kept
in `benchmarks/.work/`, which is safe to delete. `--work` names another folder: on a file system that is slow at making
folders all generators wait for it alike, which hides how they differ; one in memory (`/dev/shm/…`) shows it.
Numbers are medians; nothing is asserted.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.corpus import write_corpus
from benchmarks.measure import Cost, Failed, Written, measure, written
from benchmarks.peers import PEERS, TOOLS, ready, version

HERE = Path(__file__).parent
_HEADINGS = (
    "", "briefings", "pages", "files", "wall s", "CPU s", "MB", "× wall", "× CPU", "× MB",
    "growth wall", "growth CPU", "growth MB",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Result:
    """The medians of one peer's builds of one size, and what they wrote."""

    cost: Cost
    written: Written


def main() -> None:
    """Measures what the command line asks for."""
    options = _options()
    for name in {PEERS[peer].tool for peer in options.peers}:
        ready(TOOLS[name], options.work / "tools" / name)
    try:
        results = _measured(options.work, options.peers, options.sizes, options.runs)
    except Failed as problem:
        sys.exit(str(problem))
    print(table(results, options.baseline))
    print()
    print(_setting(options.work, options.peers, options.runs))


def table(results: dict[tuple[str, int], Result], baseline: str) -> str:
    """Results by peer and size as one table in Markdown.

    `×` is the ratio to `baseline` at the same size, `growth` that to the peer's own next smaller size.
    """
    sizes = sorted({size for _, size in results})
    rows = [_HEADINGS, *(_row(results, name, size, sizes, baseline) for name, size in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    lines = [" | ".join(_aligned(row, widths)) for row in rows]
    lines.insert(1, " | ".join(["-" * widths[0], *(f"{'-' * (width - 1)}:" for width in widths[1:])]))
    return "\n".join(f"| {line} |" for line in lines)


def _row(
    results: dict[tuple[str, int], Result], name: str, size: int, sizes: Sequence[int], baseline: str
) -> tuple[str, ...]:
    result = results[name, size]
    smaller = sizes[sizes.index(size) - 1] if size != sizes[0] else None
    return (
        name,
        f"{size:,}",
        f"{result.written.pages:,}",
        f"{result.written.files:,}",
        f"{result.cost.wall:.2f}",
        f"{result.cost.cpu:.2f}",
        f"{result.cost.memory / 1e6:.0f}",
        *_ratios(result, results.get((baseline, size))),
        *_ratios(result, results.get((name, smaller)) if smaller else None),
    )


def _ratios(result: Result, other: Result | None) -> tuple[str, str, str]:
    if other is None:
        return ("", "", "")
    mine, its = result.cost, other.cost
    return (f"{mine.wall / its.wall:.2f}", f"{mine.cpu / its.cpu:.2f}", f"{mine.memory / its.memory:.2f}")


def _aligned(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]


def _measured(work: Path, names: Sequence[str], sizes: Sequence[int], runs: int) -> dict[tuple[str, int], Result]:
    costs: dict[tuple[str, int], list[Cost]] = {(name, size): [] for size in sizes for name in names}
    made: dict[tuple[str, int], Written] = {}
    for number in range(1, runs + 1):
        for name, size in _in_turns(list(costs), number):
            cost, made[name, size] = _build(work, name, size)
            costs[name, size].append(cost)
            _tell(f"{number}/{runs} {name} {size:,}: {cost.wall:.2f} s, {cost.cpu:.2f} s CPU, {cost.memory >> 20} MiB")
    return {key: Result(_medians(found), made[key]) for key, found in costs.items()}


def _in_turns(builds: list[tuple[str, int]], number: int) -> Iterator[tuple[str, int]]:
    """`builds`, each round beginning with another, so that none always follows the same one."""
    start = (number - 1) % len(builds)
    yield from builds[start:] + builds[:start]


def _build(work: Path, name: str, size: int) -> tuple[Cost, Written]:
    peer = PEERS[name]
    corpus = _corpus(work, peer.tool, size)
    output = work / "output" / f"{name}-{size}"
    for left in (output, *(corpus / kept for kept in peer.keeps)):
        _take_away(left)
    output.parent.mkdir(exist_ok=True)
    os.sync()  # so that nobody pays for the writes of the one before
    command = [*TOOLS[peer.tool].program(work / "tools" / peer.tool), *peer.arguments(output)]
    cost = measure(command, corpus, work / f"{name}-{size}.log", peer.environment)
    made = written(output)
    _take_away(output)
    return cost, made


def _corpus(work: Path, format_: str, size: int) -> Path:
    """The corpus of that format and size, made unless it is there already."""
    folder = work / "corpora" / f"{format_}-{size}-{_digest_of_makers(format_)}"
    if not folder.exists():
        for old in folder.parent.glob(f"{format_}-{size}-*"):
            _take_away(old)
        _tell(f"writing {size:,} briefings for {format_}")
        unfinished = folder.with_suffix(".new")
        write_corpus(unfinished, format_, size)
        unfinished.rename(folder)
    return folder


def _digest_of_makers(format_: str) -> str:
    """A digest of everything in this folder that a corpus is made of."""
    makers = [HERE / f"{name}.py" for name in ("words", "briefings", "corpus")]
    for folder in (HERE / "sites" / format_, HERE / "themes"):
        makers += sorted(path for path in folder.rglob("*") if path.is_file())
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in makers)).hexdigest()[:8]


def _take_away(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _medians(costs: Sequence[Cost]) -> Cost:
    return Cost(
        median(cost.wall for cost in costs),
        median(cost.cpu for cost in costs),
        round(median(cost.memory for cost in costs)),
    )


def _setting(work: Path, names: Sequence[str], runs: int) -> str:
    """Where and with what it was measured, in one line."""
    tools = dict.fromkeys(PEERS[name].tool for name in names)
    versions = "; ".join(f"{name} {version(TOOLS[name], work / 'tools' / name)}" for name in tools)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}; {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}; medians of {runs} runs in turns; "
        f"load {os.getloadavg()[1]:.1f}; {versions}"
    )


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=_sizes, default=[1000], help="how many briefings, e.g. 1000,4000")
    parser.add_argument("--peers", type=_peers, default=["sitrep", "sitrep-bare"], help=f"of {', '.join(PEERS)}")
    parser.add_argument("--runs", type=int, default=3, help="how many builds of each")
    parser.add_argument("--work", type=Path, default=HERE / ".work", help="where corpora, peers and outputs go")
    parser.add_argument("--baseline", help="whom the ratios are to [default: the last of the peers]")
    options = parser.parse_args()
    options.work = options.work.resolve()
    options.baseline = options.baseline or options.peers[-1]
    if options.baseline not in options.peers:
        parser.error(f"--baseline must be one of --peers: {', '.join(options.peers)}")
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
