"""Watching: the system tells what was saved (inotify, FSEvents, ReadDirectoryChangesW), through watchfiles."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from pathlib import Path

from livereload.watcher import Watcher
from watchfiles import Change, awatch

from builder.config import PUBLISHED

FOLDERS = ("content", "locale", "themes")
FILES = ("sitrep.toml", PUBLISHED)  # at the top
# Milliseconds: what is saved within the step after something else belongs to it; for so long at most.
_STEP, _BURST = 15, 1_000
_AGAIN = 0.5  # seconds, where the system refuses
_REFUSED = (OSError, RuntimeError)  # what watchfiles raises


class FileWatcher(Watcher):  # type: ignore[misc]
    """livereload's watcher, but told by the system: nothing is missed, however a file is saved, and nothing polled.

    Folders that aren't there, or go and come again, are watched as soon as they are. Where the system can't watch as
    many as there are, `refused` is called once with its reason, and they are polled after all.
    """

    def __init__(
        self, root: Path, others: Callable[[], Iterable[Path]], refused: Callable[[Exception], None] = lambda _: None
    ) -> None:
        """Watches what makes the archive at `root`; `others` gives folders elsewhere that belong to it too."""
        super().__init__()
        self._root = root
        self._others = others
        self._refused = refused
        self._polls = False
        self._changed: set[str] = set()
        self._tasks_running: list[asyncio.Task[None]] = []
        self._own_anew, self._others_anew = asyncio.Event(), asyncio.Event()

    def start(self, callback: Callable[[], None]) -> bool:
        """Calls `callback` whenever something was saved, until `stop`. In an event loop only."""
        own = [self._root / name for name in FOLDERS]
        self._tasks_running = [
            asyncio.create_task(self._watch_top(callback)),
            asyncio.create_task(self._watch_folders(lambda: own, self._own_anew, callback)),
            asyncio.create_task(self._watch_folders(self._others, self._others_anew, callback)),
        ]
        return True

    def stop(self) -> None:
        """Watches no more."""
        for task in self._tasks_running:
            task.cancel()

    def watch_anew(self) -> None:
        """The folders elsewhere may be others."""
        self._others_anew.set()

    def take(self) -> frozenset[str]:
        """What was saved since the last time: paths relative to the archive's root, others as they are."""
        changed = frozenset(self._changed)
        self._changed.clear()
        return changed

    async def _watch_top(self, callback: Callable[[], None]) -> None:
        names = {*FOLDERS, *FILES}
        while True:
            with contextlib.suppress(*_REFUSED):  # the root itself is gone
                async for changes in awatch(
                    self._root,
                    recursive=False,
                    step=_STEP,
                    debounce=_BURST,
                    watch_filter=lambda _, path: Path(path).name in names,
                    force_polling=self._polls or None,
                ):
                    self._note(changes, callback)
                    if any(Path(path).name in FOLDERS for _, path in changes):
                        self._own_anew.set()
            await asyncio.sleep(_AGAIN)

    async def _watch_folders(
        self, wanted: Callable[[], Iterable[Path]], anew: asyncio.Event, callback: Callable[[], None]
    ) -> None:
        """Watches those folders of `wanted` that are there, and others as soon as `anew` is set."""
        while True:
            anew.clear()
            folders = [folder for folder in wanted() if folder.is_dir()]
            if not folders:
                await anew.wait()
                continue
            try:
                async for changes in awatch(
                    *folders,
                    step=_STEP,
                    debounce=_BURST,
                    watch_filter=self._is_saved,
                    stop_event=anew,
                    force_polling=self._polls or None,
                    ignore_permission_denied=True,
                ):
                    self._note(changes, callback)
            except _REFUSED as problem:
                if not self._polls and all(folder.is_dir() for folder in folders):
                    self._polls = True
                    self._refused(problem)
                else:  # a folder went just now
                    await asyncio.sleep(_AGAIN)
            # Whatever was saved while nobody watched.
            self._changed.update(self._shown(folder) for folder in (*folders, *wanted()))
            callback()

    def _note(self, changes: Iterable[tuple[Change, str]], callback: Callable[[], None]) -> None:
        self._changed.update(self._shown(Path(path)) for _, path in changes)
        callback()

    def _is_saved(self, _: Change, path: str) -> bool:
        """Whether that is no temporary file of an editor or of the system: an archive doesn't read these either."""
        parts = Path(self._shown(Path(path))).parts
        return not any(part.startswith((".", "#")) or part.endswith("~") for part in parts)

    def _shown(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix() if path.is_relative_to(self._root) else path.as_posix()
