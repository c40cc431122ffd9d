"""Serving: a port to listen on, and what goes on between the first request and the last."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import signal
import socket
import sys
import traceback
import webbrowser
from collections.abc import Callable, Coroutine
from pathlib import Path

from msgspec import Struct
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from builder.faults import ArchiveError, Fault, error, warning
from builder.preview.answers import answer
from builder.preview.engine import Engine, Update
from builder.preview.handlers import Served, application
from builder.preview.hosts import url_of
from builder.preview.live import Browsers, digest_of
from builder.preview.search import SearchFiles
from builder.preview.view import Reading
from builder.preview.watching import FileWatcher
from builder.render.theme import Theme

DEFAULT_PORT = 8000
_TRIED = 20  # ports, one after the other
_SWITCH = 0.001  # seconds
_STOPPED = {signal.SIGINT: 130, signal.SIGTERM: 143}


class Place(Struct, frozen=True):
    """Where to listen. Without a `port` it is the first that is free from 8000 on; `base` is the folder there."""

    host: str
    port: int | None
    base: str = ""


def serve(
    reading: Reading, place: Place, tell: Callable[[Update], None], ready: Callable[[str, int], None], browse: bool
) -> int:
    """Serves the archive until a signal stops it; the exit status.

    `tell` is called with what came of each change; `ready` with the address and the port, once it is listened on.
    Raises ArchiveError where it can't be.
    """
    sockets, port = _listen(place)
    # What livereload and Tornado log is for their own makers; the command says what happens.
    for name in ("livereload", "tornado.access", "tornado.general"):
        logging.getLogger(name).addFilter(lambda record: record.levelno >= logging.ERROR)
    address = url_of(place.host, port, f"{place.base}/")
    ready(address, port)
    return asyncio.run(_serve(reading, place, sockets, tell, address if browse else ""))


async def _serve(
    reading: Reading, place: Place, sockets: list[socket.socket], tell: Callable[[Update], None], browse: str
) -> int:
    # Who makes a page waits this long at most for who reads the archive.
    sys.setswitchinterval(_SWITCH)
    loop = asyncio.get_running_loop()
    stopped: asyncio.Future[int] = loop.create_future()
    tasks: set[asyncio.Task[None]] = set()

    def begin(work: Coroutine[None, None, None]) -> None:
        task = loop.create_task(work)
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    def told(update: Update) -> None:
        tell(update)
        browsers.tell_panels()
        if update.view is not None and (folders := _elsewhere(reading.root, update.view.look.theme)) != elsewhere:
            elsewhere[:] = folders
            watcher.watch_anew()

    async def digest(address: str) -> str:
        return digest_of((await answer(engine, search, address)).body)

    elsewhere: list[Path] = []  # the folders of themes that don't lie in the archive
    browsers = Browsers(digest)
    engine = Engine(reading, told, lambda addresses: begin(browsers.tell(addresses)))
    search = SearchFiles(reading)
    watcher = FileWatcher(reading.root, lambda: elsewhere, lambda problem: engine.warn(_refusal(problem)))
    begin(_follow(watcher, engine))
    server = HTTPServer(application(Served(reading.root, engine, search, browsers, place.host, place.base)))
    server.add_sockets(sockets)
    _stop_on_signals(loop, stopped)
    if browse:
        loop.run_in_executor(None, webbrowser.open, browse)
    try:
        return await stopped
    finally:
        # What is cut off now is no failure that anybody should be told of.
        logging.getLogger("tornado.application").disabled = True
        watcher.stop()
        server.stop()
        engine.close()
        search.close()
        for task in tasks:
            task.cancel()


async def _follow(watcher: FileWatcher, engine: Engine) -> None:
    """Tells the engine what is saved, from before it first looks on."""
    saved = asyncio.Event()
    watcher.start(saved.set)
    await asyncio.sleep(0)  # until it watches
    await engine.read()
    while True:
        await saved.wait()
        saved.clear()
        try:
            await engine.follow(watcher.take())
        except Exception:  # noqa: BLE001  # a bug in following one save must not end that of the next
            traceback.print_exc()


def _refusal(problem: Exception) -> Fault:
    message = (
        f"the system can't watch so many folders ({problem}): they are looked at again and again instead, which is"
    )
    message += " slower; allow it more (on Linux: fs.inotify.max_user_watches and max_user_instances)"
    return warning("", 0, "watching", message)


def _elsewhere(root: Path, theme: Theme) -> list[Path]:
    return [folder for _, folder in theme.folders if not folder.is_relative_to(root)]


def _stop_on_signals(loop: asyncio.AbstractEventLoop, stopped: asyncio.Future[int]) -> None:
    def stop(status: int) -> None:
        if not stopped.done():
            stopped.set_result(status)

    for number, status in _STOPPED.items():
        with contextlib.suppress(NotImplementedError):  # Windows: Python itself stops there
            loop.add_signal_handler(number, stop, status)


def _listen(place: Place) -> tuple[list[socket.socket], int]:
    """The sockets, and their port: the one that is asked for, else the first that is free."""
    ports = [place.port] if place.port is not None else range(DEFAULT_PORT, DEFAULT_PORT + _TRIED)
    for port in ports:
        try:
            return bind_sockets(port, place.host), port
        except OSError as problem:
            refused = (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL)
            if problem.errno not in refused and not isinstance(problem, socket.gaierror):
                raise
            if problem.errno == errno.EADDRINUSE and port != ports[-1]:
                continue
            message = f"can't listen on {place.host}, port {port}: {problem.strerror}"
            message += "; choose another with --port or --host"
            raise ArchiveError([error("", 0, "port", message)]) from problem
    raise AssertionError
