"""Builds: one build of a peer, either cold or after a change, measured."""

from __future__ import annotations

import math
import os
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.changes import CHANGES
from benchmarks.corpus import corpus
from benchmarks.measure import Cost, Written, measure, written
from benchmarks.peers import OUTPUT, PEERS
from benchmarks.places import REPOSITORY, take_away
from benchmarks.tools import TOOLS

_REST = 2.5  # seconds: Sitrep trusts what the file system says of a file only when it has rested for two


class Site:
    """A corpus that a peer builds, in a folder."""

    def __init__(self, work: Path, peer: str, folder: Path) -> None:
        self.folder = folder
        self._peer = PEERS[peer]
        self._command = [*TOOLS[self._peer.tool].program(work / "tools" / self._peer.tool), *self._peer.arguments]
        self._log = work / f"{peer}.log"

    def build(self, interval: float = math.inf) -> Cost:
        """One build, with what the one before has left; its memory is looked at every `interval` seconds."""
        os.sync()  # so that nobody pays for the writes of somebody else
        return measure(self._command, self.folder, self._log, interval, self._peer.environment)

    def made(self) -> Written:
        """What lies in the output folder."""
        return written(self.folder / OUTPUT)

    def forget(self) -> None:
        """Takes away what builds have left, their output too."""
        for name in (OUTPUT, *self._peer.keeps):
            take_away(self.folder / name)


class ColdBuild:
    """A corpus that is built as if for the first time, every time."""

    def __init__(self, work: Path, peer: str, size: int) -> None:
        self._site = Site(work, peer, corpus(work, PEERS[peer].format, size))

    def run(self, interval: float) -> tuple[Cost, Written]:
        """What it costs, and what it makes."""
        self._site.forget()
        cost = self._site.build(interval)
        made = self._site.made()
        self._site.forget()
        return cost, made


class WarmSite:
    """A copy of a Sitrep corpus that has been built; with the bundled themes, so that they can be touched."""

    def __init__(self, work: Path, peer: str, size: int) -> None:
        self._corpus = corpus(work, PEERS[peer].format, size)
        self._site = Site(work, peer, work / "warm" / f"{peer}-{size}")
        self._rested_at = 0.0  # when all files will have rested; 0 before the first build

    def build_after(self, change: str, interval: float) -> tuple[Cost, Written]:
        """What a build costs after that change, and what is there then. The change is undone again."""
        if not self._rested_at:
            self._begin()
        self._settle()
        after = CHANGES[change](self._site.folder)
        before = {path: path.read_text("utf-8") if path.exists() else None for path in after}
        _write(after)
        cost = self._site.build(interval)
        made = self._site.made()
        if after:
            _write(before)
            self._build_untimed()
        return cost, made

    def _begin(self) -> None:
        take_away(self._site.folder)
        shutil.copytree(self._corpus, self._site.folder)
        for theme in (REPOSITORY / "themes").glob("*/"):
            shutil.copytree(theme, self._site.folder / "themes" / theme.name)
        self._site.forget()
        self._build_untimed()

    def _settle(self) -> None:
        """Waits until all files have rested, and lets Sitrep see it."""
        time.sleep(max(0, self._rested_at - time.monotonic()))
        self._site.build()

    def _build_untimed(self) -> None:
        self._site.build()
        self._rested_at = time.monotonic() + _REST


class WarmBuild:
    """A build after one and the same change, every time."""

    def __init__(self, site: WarmSite, change: str) -> None:
        self._site = site
        self._change = change

    def run(self, interval: float) -> tuple[Cost, Written]:
        """What it costs, and what is there then."""
        return self._site.build_after(self._change, interval)


def _write(files: Mapping[Path, str | None]) -> None:
    for path, text in files.items():
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
