"""The preview: builds into a folder of its own, serves that, and reloads the browser when a file is saved."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from livereload import Server
from livereload.handlers import LiveReloadHandler
from livereload.watcher import Watcher

from builder.cache import CACHE_FOLDER
from builder.faults import ArchiveError, error

WATCHED = ("content", "locale", "themes", "sitrep.toml")


def preview_folder(root: Path) -> Path:
    """Where the preview is built: never `output/`."""
    return root / CACHE_FOLDER / "preview"


class _FileWatcher(Watcher):  # type: ignore[misc]
    """Sees every change of a file by its time, size and inode.

    livereload's own takes no notice of a new file that is older than the server, as `git checkout`, `mv` and backups
    leave them, and forgets the rest of a folder once it has found one change.
    """

    def watch(self, path: str, func: Any = None, delay: Any = None, ignore: Any = None) -> None:
        super().watch(path, func, delay, ignore=ignore)
        self._tasks[path]["mtimes"]["files"] = _files(Path(path))

    def is_changed(self, path: str, ignore: Any = None) -> bool:
        files = _files(Path(path))
        before = self._task_mtimes.get("files")
        self._task_mtimes["files"] = files
        if files == before:
            return False
        self.filepath = path
        return True


def _files(place: Path) -> dict[str, tuple[int, int, int]]:
    """Time of change (nanoseconds), size (bytes) and inode of a file, or of every file in a folder."""
    paths = (
        [place] if place.is_file() else [Path(folder, name) for folder, _, names in os.walk(place) for name in names]
    )
    found = {}
    for path in paths:
        with contextlib.suppress(OSError):  # gone again, as editors' temporary files are
            status = path.stat()
            found[str(path)] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return found


def serve(root: Path, host: str, port: int, rebuild: Callable[[], None], *, open_browser: bool) -> None:
    """Builds and serves the preview until it is stopped; calls `rebuild` when something under `WATCHED` has changed.

    Raises ArchiveError where `host` and `port` can't be listened on.
    """
    # Else a browser isn't told of what is saved within three seconds after it was told last.
    LiveReloadHandler.DEFAULT_RELOAD_TIME = 0
    server = Server(watcher=_FileWatcher())
    # Without it a browser shows what it has kept, even on a reload (livereload's issue 101).
    server.setHeader("Cache-Control", "no-store")
    for name in WATCHED:
        server.watch(str(root / name), rebuild)
    rebuild()  # from here on no edit is missed
    # What livereload logs is for its own makers; the command says what happens.
    for name in ("livereload", "tornado.access"):
        logging.getLogger(name).addFilter(lambda record: record.levelno >= logging.ERROR)
    try:
        server.serve(
            port=port,
            host=host,
            root=str(preview_folder(root)),
            open_url_delay=1 if open_browser else None,
        )
    except OSError as problem:
        refused = (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL)
        if problem.errno not in refused and not isinstance(problem, socket.gaierror):
            raise
        message = f"can't listen on {host}, port {port}: {problem.strerror}; choose another with --port or --host"
        raise ArchiveError([error("", 0, "port", message)]) from problem
