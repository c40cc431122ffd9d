"""Measure: what a command costs, with all the processes that it starts."""

from __future__ import annotations

import contextlib
import math
import os
import resource
import select
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.1  # seconds: between two looks at the memory
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, seconds of processor time (user and system), and the most memory held, in bytes."""

    wall: float
    cpu: float
    memory: int


@dataclass(frozen=True, slots=True)
class Written:
    """How many files lie in a folder, and how many of them are pages (HTML)."""

    pages: int
    files: int


class Failed(Exception):
    """A command that didn't end with status 0."""


def measure(
    command: list[str], folder: Path, log: Path, interval: float, environment: dict[str, str] | None = None
) -> Cost:
    """Runs `command` in `folder`, with what it says in `log`. Raises Failed with the end of that if it fails.

    The command gets a session of its own, by which its processes are known. Memory is what they hold together, looked
    at every `interval` seconds: of one process its resident set, of several the sum of their proportional sets, so
    that pages which they share count once. Such a look takes milliseconds from those that are measured; without any
    (`math.inf`), memory is that of the largest process alone. Linux only.
    """
    with log.open("wb") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            status, usage, memory = _watched(process.pid, interval)
        except BaseException:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        end = log.read_text("utf-8", "replace")[-2000:]
        raise Failed(f"{' '.join(command)} ended with status {process.returncode}:\n{end}")
    # The kernel's own maximum is that of the largest process: exact where there is one, and never too much.
    return Cost(wall, usage.ru_utime + usage.ru_stime, max(memory, usage.ru_maxrss * 1024))


def written(folder: Path) -> Written:
    """What a build has written into `folder`."""
    names = [name for _, _, names in os.walk(folder) for name in names]
    return Written(sum(name.endswith(".html") for name in names), len(names))


def resident(pid: str) -> int:
    """The memory that a process holds, in bytes; 0 where it has ended."""
    fields = _read(f"/proc/{pid}/statm").split()
    return int(fields[1]) * _PAGE if fields else 0


def _watched(leader: int, interval: float) -> tuple[int, resource.struct_rusage, int]:
    """The exit status and use of the process `leader`, and the most memory that its session held."""
    session = _Session(leader)
    memory = 0
    descriptor = os.pidfd_open(leader)
    try:
        end = select.poll()
        end.register(descriptor, select.POLLIN)
        while not end.poll(interval * 1000 if math.isfinite(interval) else None):
            memory = max(memory, session.memory())
    finally:
        os.close(descriptor)
    _, status, usage = os.wait4(leader, 0)
    return status, usage, memory


class _Session:
    """The processes of one session."""

    def __init__(self, leader: int) -> None:
        self._leader = leader
        self._others: set[str] = set()  # a process of another session never comes into this one

    def memory(self) -> int:
        members = list(self._members())
        return resident(members[0]) if len(members) == 1 else sum(map(_proportional, members))

    def _members(self) -> list[str]:
        found = []
        for name in os.listdir("/proc"):  # noqa: PTH208  # ten times a second
            if not name.isdigit() or name in self._others:
                continue
            # After the command's name, in parentheses: state, parent, process group, session.
            fields = _read(f"/proc/{name}/stat").rpartition(")")[2].split()
            if len(fields) > 3 and int(fields[3]) == self._leader:
                found.append(name)
            else:
                self._others.add(name)
        return found


def _proportional(pid: str) -> int:
    lines = _read(f"/proc/{pid}/smaps_rollup").splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _read(path: str) -> str:
    # A process may end between two looks.
    try:
        with open(path, encoding="utf-8", errors="replace") as file:  # noqa: PTH123
            return file.read()
    except OSError:
        return ""
