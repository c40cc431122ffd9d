"""Handlers: the requests of browsers, for the site and for what keeps it up to date."""

from __future__ import annotations

import os
import posixpath
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote, unquote

from msgspec import Struct
from tornado.web import Application, RequestHandler

from builder.hosting import content_type
from builder.preview.answers import HTML, Answer, answer
from builder.preview.engine import Engine
from builder.preview.headers import headers
from builder.preview.hosts import is_own_host
from builder.preview.live import PANEL, Browsers, LiveHandler
from builder.preview.panel import panel
from builder.preview.scripts import FOLDER, MOVED, with_scripts
from builder.preview.search import SearchFiles

_FILES = Path(__file__).parent / "static"
_NOTHING = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sitrep</title></head><body><noscript>{told}</noscript></body></html>
"""
_CHUNK = 1 << 20  # bytes of a file that are sent at once
_PING = 30  # seconds: a browser that is silent for so long, such as a phone that has left, is forgotten


class Served(Struct, frozen=True):
    """What is served: `base` is what addresses must begin with, `listening` the host that was to be listened on."""

    root: Path
    engine: Engine
    search: SearchFiles
    browsers: Browsers
    listening: str
    base: str


def application(served: Served) -> Application:
    """All that the preview answers."""
    live = {"browsers": served.browsers, "listening": served.listening, "base": served.base}
    return Application(
        [
            ("/livereload", LiveHandler, live),  # where livereload's script asks for it
            (PANEL, _PanelHandler, {"served": served}),
            (f"{FOLDER}(.+)", _OwnFileHandler, {"served": served}),
            ("/.*", _SiteHandler, {"served": served}),
        ],
        log_function=lambda _: None,
        websocket_ping_interval=_PING,
        websocket_ping_timeout=_PING,
    )


class _Handler(RequestHandler):
    def initialize(self, served: Served) -> None:
        self.served = served

    def prepare(self) -> None:
        if not is_own_host(self.request.host, self.served.listening):
            self.set_header("Content-Type", "text/plain; charset=utf-8")
            self.set_status(403)
            self.finish(
                f"{self.request.host} isn't where this preview listens. Ask for 127.0.0.1, or start it with --host.\n"
            )

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in headers(self.request.host).items():
            self.set_header(name, value)

    def compute_etag(self) -> None:
        """None: a browser is to ask for all of it each time."""

    def page_at(self, path: str) -> str:
        """The site's address that is meant by a path."""
        address = _resolved(unquote(path, errors="replace"))
        view = self.served.engine.view
        # The links of 404.html are made for the folder in which the site will stand.
        base = self.served.base or (view.config.base_path if view is not None else "")
        return address.removeprefix(base) if base and address.startswith(f"{base}/") else address


def _resolved(address: str) -> str:
    """An address without the dots that browsers resolve themselves."""
    end = "/" if address.endswith("/") else ""
    return f"{posixpath.normpath(address).rstrip('/')}{end}" if "/." in address else address


class _SiteHandler(_Handler):
    async def get(self) -> None:
        base, path = self.served.base, self.request.path
        if base and not path.startswith(f"{base}/"):
            if path in ("/", base):
                self.redirect(f"{base}/")
            else:
                self.set_status(404)
                self.set_header("Content-Type", "text/plain; charset=utf-8")
                await self.finish(f"The site is at {base}/\n")
            return
        address = self.page_at(path)
        found = await answer(self.served.engine, self.served.search, address)
        if found.location:
            # Two slashes at its beginning would lead to another host.
            query = f"?{self.request.query}" if self.request.query else ""
            self.redirect(f"{base}/{quote(found.location.strip('/'))}/{query}", permanent=True)
            return
        if found.moved:
            self.set_header(MOVED, f"{base}{found.moved}")
        self.set_status(found.status)
        self.set_header("Content-Type", found.kind)
        if found.file is not None:
            await self._send(found.file)
        else:
            await self.finish(self._body(found, address))

    async def head(self) -> None:
        await self.get()

    def _body(self, found: Answer, address: str) -> bytes:
        if found.kind != HTML:
            return found.body
        return with_scripts(found.body or self._nothing(address).encode(), self.request.host)

    def _nothing(self, address: str) -> str:
        """What stands where there is no page yet; what is wrong is told without scripts too."""
        engine = self.served.engine
        told = panel(self.served.root, engine.view, None, engine.faults(address))
        return _NOTHING.format(told=told)

    async def _send(self, file: Path) -> None:
        try:
            with file.open("rb") as opened:
                left = os.fstat(opened.fileno()).st_size
                self.set_header("Content-Length", str(left))
                while data := opened.read(min(_CHUNK, left)):  # and no more, if it grows meanwhile
                    left -= len(data)
                    self.write(data)
                    await self.flush()
        except OSError:  # gone since it was looked at
            self.set_status(404)
        await self.finish()


class _PanelHandler(_Handler):
    def get(self) -> None:
        engine = self.served.engine
        address = self.page_at(self.get_query_argument("page", "/"))
        page = engine.view.pages.get(address) if engine.view is not None else None
        self.set_header("Content-Type", HTML)
        self.finish(panel(self.served.root, engine.view, page, engine.faults(address)))


class _OwnFileHandler(_Handler):
    def get(self, name: str) -> None:
        own = {path.name: path for path in _FILES.iterdir()}
        if name == "livereload.js":
            data = files("livereload").joinpath("vendors/livereload.js").read_bytes()
        elif name in own:
            data = own[name].read_bytes()
        else:
            self.send_error(404)
            return
        self.set_header("Content-Type", content_type(name))
        self.finish(data)
