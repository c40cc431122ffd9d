"""Machine: when, where and with which versions something was measured, in one line."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.peers import PEERS
from benchmarks.tools import version


def load() -> float:
    """How many processes have wanted a processor over the last minute."""
    return os.getloadavg()[0]


def setting(work: Path, peers: Iterable[str], runs: int, load_before: float) -> str:
    """The line that belongs below every table."""
    tools = dict.fromkeys(PEERS[name].tool for name in peers)
    versions = "; ".join(version(name, work / "tools" / name) for name in tools)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}; {os.cpu_count()} cores ({_processor()}), {_memory() >> 30} GB, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}{_as_built()}; "
        f"medians of {runs} runs in turns; load before {load_before:.1f}; {versions}"
    )


def _as_built() -> str:
    # Python in a shared library, as some tools build it, takes a tenth longer for everything.
    return " (a shared library)" if "/libpython" in Path("/proc/self/maps").read_text("utf-8") else ""


def _processor() -> str:
    found = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    return found[1] if found else platform.processor()


def _memory() -> int:
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
