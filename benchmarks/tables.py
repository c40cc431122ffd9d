"""Tables: results as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.limits import Limit
from benchmarks.peers import PEERS
from benchmarks.rounds import Result, Results, Subject

_COST = ("wall s", "CPU s", "MB", "× wall", "× CPU", "× MB")


def cold_table(subjects: Iterable[Subject], results: Results, baseline: str) -> str:
    """One row for each build from nothing.

    `×` is the ratio to `baseline` at the same size, `growth` that to the peer's own next smaller size.
    """
    cold = [subject for subject in subjects if not subject.change]
    heads = ("", "briefings", "pages", "files", *_COST, "growth wall", "growth CPU", "growth MB")
    return _table(heads, [_cold_row(subject, results, baseline) for subject in cold])


def warm_table(subjects: Iterable[Subject], results: Results, baseline: str) -> str:
    """One row for each build after a change. `×` is the ratio to a cold build by `baseline` at the same size."""
    warm = [subject for subject in subjects if subject.change]
    return _table(("", "briefings", "changed", *_COST), [_warm_row(subject, results, baseline) for subject in warm])


def limits_table(limits: Iterable[Limit], results: Results) -> str:
    """One row for each limit: what was measured, of what, the ratio, the limit, and whether it holds."""
    heads = ("", "of", "Sitrep", "against", "is", "ratio", "at most", "holds")
    return _table(heads, [_limit_row(limit, results) for limit in limits])


def _cold_row(subject: Subject, results: Results, baseline: str) -> tuple[str, ...]:
    about = (subject.peer, f"{subject.size:,}")
    result = results.get(subject)
    if result is None:
        return (*about, _why_not(subject))
    smaller = [other for other in results if other.peer == subject.peer and not other.change]
    before = max((other for other in smaller if other.size < subject.size), key=lambda other: other.size, default=None)
    return (
        *about,
        f"{result.written.pages:,}",
        f"{result.written.files:,}",
        *_cost(result, results.get(Subject(baseline, subject.size))),
        *_ratios(result, results[before] if before else None),
    )


def _warm_row(subject: Subject, results: Results, baseline: str) -> tuple[str, ...]:
    about = (subject.peer, f"{subject.size:,}", subject.change)
    result = results.get(subject)
    if result is None:
        return (*about, _why_not(subject))
    return (*about, *_cost(result, results.get(Subject(baseline, subject.size))))


def _limit_row(limit: Limit, results: Results) -> tuple[str, ...]:
    about = (limit.what, limit.figure)
    figures = limit.figures(results)
    most = f"{limit.most:.2f}"
    if figures is None:
        return (*about, "", str(limit.base), "", "", most, "not measured")
    mine, its = figures
    unit = "MB" if limit.figure == "memory" else "s"
    digits = 0 if limit.figure == "memory" else 2
    holds = "yes" if mine <= limit.most * its else "no"
    return (
        *about,
        f"{mine:.{digits}f} {unit}",
        str(limit.base),
        f"{its:.{digits}f} {unit}",
        f"{mine / its:.3f}",
        most,
        holds,
    )


def _why_not(subject: Subject) -> str:
    return "left out" if subject.size > PEERS[subject.peer].most else "failed"


def _cost(result: Result, base: Result | None) -> tuple[str, ...]:
    cost = result.cost
    return (f"{cost.wall:.2f}", f"{cost.cpu:.2f}", f"{cost.memory / 1e6:.0f}", *_ratios(result, base))


def _ratios(result: Result, base: Result | None) -> tuple[str, str, str]:
    if base is None:
        return ("", "", "")
    mine, its = result.cost, base.cost
    return (f"{mine.wall / its.wall:.2f}", f"{mine.cpu / its.cpu:.2f}", f"{mine.memory / its.memory:.2f}")


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Words to the left, figures to the right; short rows end in empty cells."""
    full = [heads, *(row + ("",) * (len(heads) - len(row)) for row in rows)]
    widths = [max(len(row[column]) for row in full) for column in range(len(heads))]
    lines = [" | ".join(_aligned(row, widths)) for row in full]
    lines.insert(1, " | ".join(["-" * widths[0], *(f"{'-' * (width - 1)}:" for width in widths[1:])]))
    return "\n".join(f"| {line} |" for line in lines)


def _aligned(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
