"""Reporting: what a command tells a person, on a terminal or in a pipe, and what it tells a program."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn, TypeVar

import click

from builder.faults import ArchiveError, Fault

T = TypeVar("T")


class Reporter:
    """Tells how one command goes. With `as_json`, standard output holds one report and nothing else."""

    def __init__(self, command: str, *, quiet: bool, as_json: bool) -> None:
        self.command = command
        self.quiet = quiet
        self.as_json = as_json
        self._start = time.perf_counter()

    @property
    def seconds(self) -> float:
        """How long the command has been running."""
        return time.perf_counter() - self._start

    def progress(self, stage: str, pieces: Iterable[T], total: int) -> Iterable[T]:
        """Gives `pieces` back one by one, with a bar on a terminal for what takes over a second."""
        if self.quiet or self.as_json or not sys.stderr.isatty():
            return pieces
        from tqdm import tqdm

        tqdm.monitor_interval = 0  # its thread would keep worker processes from being forked
        return tqdm(pieces, desc=stage, total=total, delay=1, leave=False, unit="", file=sys.stderr)

    def say(self, line: str) -> None:
        """A line for people."""
        if not self.quiet and not self.as_json:
            _echo(line)

    def done(
        self,
        counts: Mapping[str, Any],
        faults: Iterable[Fault],
        closing: Iterable[str],
        *,
        ok: bool = True,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """The command has done its work: tells what is odd, then the lines of `closing`. `details` go into the JSON."""
        found = sorted(set(faults))
        self._tell_faults(found)
        if self.as_json:
            self._tell_json(ok, counts, found, details)
        for line in closing:
            self.say(line)

    def failed(self, problem: ArchiveError, closing: str = "") -> NoReturn:
        """The command couldn't do its work: tells every fault, and ends with exit status 1."""
        self.tell_failure(problem, closing)
        sys.exit(1)

    def tell_failure(self, problem: ArchiveError, closing: str = "") -> None:
        """Tells every fault of work that couldn't be done."""
        self._tell_faults(problem.faults)
        if self.as_json:
            self._tell_json(False, fault_counts(problem.faults), problem.faults)
        elif closing and not self.quiet:
            _echo(closing, err=True)

    def _tell_faults(self, faults: Iterable[Fault]) -> None:
        if self.as_json:
            return
        for fault in faults:
            if fault.severity == "error" or not self.quiet:
                _echo(_coloured(fault), err=True)

    def _tell_json(
        self, ok: bool, counts: Mapping[str, Any], faults: Iterable[Fault], details: Mapping[str, Any] | None = None
    ) -> None:
        report = {
            "command": self.command,
            "ok": ok,
            "seconds": round(self.seconds, 3),
            "counts": dict(counts),
            "faults": [
                {
                    "path": fault.path,
                    "line": fault.line,
                    "severity": fault.severity,
                    "code": fault.code,
                    "field": fault.field,
                    "message": fault.message,
                }
                for fault in faults
            ],
            **(details or {}),
        }
        _echo(json.dumps(report))


def _echo(text: str, err: bool = False) -> None:
    """Says something. Whether anybody still listens changes nothing of what a command does, nor how it ends."""
    try:
        click.echo(text, err=err)
    except BrokenPipeError:
        # What the stream still holds would be tried again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), (sys.stderr if err else sys.stdout).fileno())
    except OSError as problem:
        if not err:
            _echo(f"standard output can't be written: {problem.strerror}", err=True)
        sys.exit(1)


def _coloured(fault: Fault) -> str:
    """The fault as a line, in which the severity has a colour (which click takes off where there is no terminal)."""
    colour = "red" if fault.severity == "error" else "yellow"
    word = f"{fault.severity}: "
    return str(fault).replace(word, click.style(fault.severity, fg=colour, bold=True) + ": ", 1)


def count(number: int, singular: str, plural: str | None = None) -> str:
    """`1 page`, `2 pages`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def fault_counts(faults: Iterable[Fault]) -> dict[str, int]:
    """How many errors and warnings there are."""
    found = list(faults)
    errors = sum(fault.severity == "error" for fault in found)
    return {"errors": errors, "warnings": len(found) - errors}


__all__ = ["Reporter", "count", "fault_counts"]
