"""Preview: how long a save takes to be on the screen, with `sitrep serve` and with `hugo server`.

    python -m benchmarks.preview --sizes 1000,10000 --edits 30
    python -m benchmarks.preview kinds --sizes 10000 --edits 10

The first compares. Both serve the same archive at the same time, each with a browser window on one and the same
briefing. A sentence is saved by renaming the new file into place, in turns, and the clock stops when the window's text
has it. The second saves what else a curator does, with `sitrep serve` alone, and tells how much memory that has. Prints
medians, with the slowest of ten, in milliseconds. It needs the libraries of the extra `[test]`, and a Chromium
(`CHROMIUM`).
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.briefings import nth_briefing
from benchmarks.corpus import corpus
from benchmarks.formats import FORMATS
from benchmarks.machine import load
from benchmarks.measure import resident
from benchmarks.places import HERE, take_away, tell
from benchmarks.saves import KINDS, Curator
from benchmarks.tools import TOOLS, ready, version

_REST = 2.0  # seconds between two edits of one server, so that neither is still at the one before
_LONGEST = 120_000  # milliseconds to wait for a text


@dataclass(frozen=True, slots=True)
class Server:
    """A generator's server: its tool and format, and its arguments, given a port."""

    tool: str
    format: str
    arguments: Callable[[int], list[str]]


def _hugo_arguments(port: int) -> list[str]:
    return ["server", "--bind", "127.0.0.1", "--port", str(port), "--config", "hugo.toml,same.toml"]


SERVERS = {
    "sitrep": Server("sitrep", "sitrep", lambda port: ["serve", "--port", str(port)]),
    "hugo": Server("hugo", "hugo", _hugo_arguments),
}


class Window:
    """A server with an archive of its own, and a browser window on the briefing that is edited."""

    def __init__(self, page: Page, file: Path) -> None:
        self._page = page
        self._file = file
        self._text = file.read_text("utf-8")

    def edit(self, sentence: str) -> float:
        """The milliseconds from the save to the sentence in the window."""
        shown = "text => document.body?.textContent.includes(text)"
        return _saved(self._page, self._file, f"{self._text}\n{sentence}\n", shown, sentence)


def _saved(page: Page, file: Path, text: str, shown: str, said: str) -> float:
    """The milliseconds from the save of a text until `shown`, given `said`, finds it in the page."""
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(text, "utf-8")
    start = time.perf_counter()
    beside.replace(file)
    page.wait_for_function(shown, arg=said, polling="raf", timeout=_LONGEST)
    return (time.perf_counter() - start) * 1000


@contextmanager
def _window(work: Path, name: str, size: int, browser: Browser) -> Iterator[Window]:
    server = SERVERS[name]
    form, briefing = FORMATS[server.format], nth_briefing(size // 2)
    folder = _copied(work, name, size)
    with _served(work, name, folder) as (url, process):
        yield Window(
            _opened(browser, f"{url}{briefing.day:%Y/%m/%d}/{briefing.slug}/", process), folder / form.path(briefing)
        )


def _copied(work: Path, name: str, size: int) -> Path:
    folder = work / "preview" / f"{name}-{size}"
    take_away(folder)
    shutil.copytree(corpus(work, SERVERS[name].format, size), folder)
    return folder


@contextmanager
def _served(work: Path, name: str, folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address at which a server serves an archive, which goes away with it."""
    server = SERVERS[name]
    port = _free_port()
    program = TOOLS[server.tool].program(work / "tools" / server.tool)
    with (work / f"preview-{name}.log").open("wb") as log:
        process = subprocess.Popen([*program, *server.arguments(port)], cwd=folder, stdout=log, stderr=log)
    try:
        yield f"http://127.0.0.1:{port}/", process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()
        take_away(folder)


def _opened(browser: Browser, url: str, process: subprocess.Popen[bytes]) -> Page:
    _wait_for(url, process)
    page = browser.new_page(bypass_csp=True)  # which forbids to look at the text from outside
    page.goto(url)
    page.wait_for_timeout(2000)  # until it is connected
    return page


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            with urllib.request.urlopen(url) as answer:
                answer.read()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"the server of {url} has ended")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def measured(work: Path, size: int, edits: int, browser: Browser) -> dict[str, list[float]]:
    """The milliseconds of each edit, by server."""
    with ExitStack() as stack:
        windows = {name: stack.enter_context(_window(work, name, size, browser)) for name in SERVERS}
        for name, window in windows.items():
            window.edit(f"First edit of {name}, which counts for nothing.")
        found: dict[str, list[float]] = {name: [] for name in windows}
        for number in range(edits):
            for name, window in windows.items():
                time.sleep(_REST)
                found[name].append(window.edit(f"Edit {number} of {name}."))
            tell(f"{size:,}: " + ", ".join(f"{name} {times[-1]:.0f} ms" for name, times in found.items()))
        return found


def _kinds(work: Path, size: int, edits: int, browser: Browser) -> list[str]:
    """A row for each kind of save, and one of the memory before and after."""
    folder, briefing = _copied(work, "sitrep", size), nth_briefing(size // 2)
    curator = Curator(folder, briefing, size)
    with _served(work, "sitrep", folder) as (url, process):
        windows = {home: _opened(browser, url + address, process) for home, address in (
            (True, ""), (False, f"{briefing.day:%Y/%m/%d}/{briefing.slug}/"))}  # fmt: skip
        rows, before = [], resident(str(process.pid))
        for kind, saved in KINDS.items():
            times, first = [], {}
            for number in range(edits + 1):
                save = saved(curator, number)
                file = folder / save.path
                first.setdefault(file, file.read_bytes() if file.exists() else None)
                times.append(_saved(windows[save.home], file, save.text, save.shown, save.said))
                time.sleep(_REST)
            rows.append(f"| {size:,} | {kind} | {median(times[1:]):.0f} ({quantiles(times[1:], n=10)[-1]:.0f}) |")
            tell(rows[-1])
            for file, data in first.items():
                file.unlink() if data is None else file.write_bytes(data)
            time.sleep(_REST)
        rows.append(f"| {size:,} | MB: at first, in the end | {before >> 20}, {resident(str(process.pid)) >> 20} |")
        return rows


def _row(size: int, times: dict[str, list[float]]) -> str:
    cells = [f"{median(of):.0f} ({quantiles(of, n=10)[-1]:.0f})" for of in times.values()]
    ratio = median(times["sitrep"]) / median(times["hugo"])
    return f"| {size:,} | {' | '.join(cells)} | {ratio:.2f} |"


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.preview", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("what", nargs="?", choices=["compared", "kinds"], default="compared")
    parser.add_argument("--sizes", default="1000,10000", help="how many briefings [default: %(default)s]")
    parser.add_argument("--edits", type=int, default=30, help="how many of each [default: %(default)s]")
    parser.add_argument("--work", type=Path, default=HERE / ".work", help="where corpora, peers and outputs go")
    options = parser.parse_args()
    work, before = options.work.resolve(), load()
    tools = list(SERVERS) if options.what == "compared" else ["sitrep"]
    for tool in tools:
        ready(tool, work / "tools" / tool)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        sizes = [int(size) for size in options.sizes.split(",")]
        if options.what == "compared":
            head = f"| briefings | {' | '.join(SERVERS)} | ratio |\n| ---: | ---: | ---: | ---: |"
            rows = [_row(size, measured(work, size, options.edits, browser)) for size in sizes]
        else:
            head = "| briefings | saved | shown after |\n| ---: | --- | ---: |"
            rows = [row for size in sizes for row in _kinds(work, size, options.edits, browser)]
    print(head, *rows, sep="\n")
    versions = "; ".join(version(tool, work / "tools" / tool) for tool in tools)
    print(f"\nmilliseconds: medians of {options.edits} edits (slowest of ten); load before {before:.1f}; {versions}")


if __name__ == "__main__":
    sys.exit(main())
