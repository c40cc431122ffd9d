"""Live: livereload's protocol, by which browsers are told what they show no longer.

Of livereload we use the handshake. What is wrong with the rest is put right here: every site may connect to it, it
drops what follows something else within three seconds, and it doesn't know whether what a browser shows has changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Collection
from urllib.parse import unquote, urlsplit

from livereload.handlers import LiveReloadHandler
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from builder.preview.hosts import is_own_host

PLUGIN = "sitrep"  # what preview.js calls itself
PANEL = "/_preview/panel"


def digest_of(page: bytes) -> str:
    """What a page is known by to a browser that shows it."""
    return hashlib.sha256(page).hexdigest()[:16]


class Browsers:
    """The browsers that show a page. `digest` gives that of the page that an address has now."""

    def __init__(self, digest: Callable[[str], Awaitable[str]]) -> None:
        self._digest = digest
        self._connected: set[LiveHandler] = set()

    def add(self, browser: LiveHandler) -> bool:
        """A browser shows a page; says whether it is new."""
        is_new = browser not in self._connected
        self._connected.add(browser)
        return is_new

    def remove(self, browser: LiveHandler) -> None:
        """It shows it no longer."""
        self._connected.discard(browser)

    def addresses(self) -> set[str]:
        """What is shown."""
        return {browser.address for browser in self._connected}

    async def tell(self, addresses: Collection[str] | None) -> None:
        """Tells those whose page isn't what they show, if it is at one of `addresses` (None: any)."""
        for address in sorted(self.addresses()):
            if addresses is None or address in addresses:
                digest = await self._digest(address)
                for browser in [browser for browser in self._connected if browser.address == address]:
                    browser.tell(digest)

    def tell_panels(self) -> None:
        """Tells all that something else is wrong now."""
        for browser in list(self._connected):
            browser.send("reload", path=PANEL)


class LiveHandler(LiveReloadHandler):  # type: ignore[misc]
    """One browser, with one page. It says what it shows, and is told whenever that isn't the page any more."""

    def initialize(self, browsers: Browsers, listening: str, base: str) -> None:
        """`base` is what addresses begin with where the site isn't at the top."""
        self._browsers = browsers
        self._listening = listening
        self._base = base
        self.address = ""
        self._shows = ""

    def prepare(self) -> None:
        """Refuses who asks by the name of another host."""
        if not is_own_host(self.request.host, self._listening):
            self.send_error(403)

    def check_origin(self, origin: str) -> bool:
        """Only pages of the preview may connect: livereload lets every site."""
        return bool(WebSocketHandler.check_origin(self, origin))

    def open(self) -> None:
        """Small messages aren't kept back to be sent with others."""
        self.set_nodelay(True)

    async def on_message(self, message: str | bytes) -> None:
        """`hello` is livereload's to answer; `info` says which page is shown. All else means nothing."""
        try:
            said = json.loads(message)
            command = said["command"]
            if command == "hello":
                super().on_message(message)
            elif command == "info":
                place = unquote(urlsplit(said["url"]).path)
                self.address = place.removeprefix(self._base) if place.startswith(f"{self._base}/") else place
                self._shows = str(said.get("plugins", {}).get(PLUGIN, {}).get("page", ""))
        except (ValueError, KeyError, TypeError, AttributeError):
            return
        if command == "info":
            if self._browsers.add(self):
                self.send("reload", path=PANEL)
            await self._browsers.tell({self.address})  # what was saved since the page was fetched

    def on_close(self) -> None:
        """Forgets it."""
        self._browsers.remove(self)

    def tell(self, digest: str) -> None:
        """The page has that digest now."""
        if digest != self._shows:
            self._shows = digest
            self.send("reload", path=self.address)

    def send(self, command: str, **more: object) -> None:
        """Sends a command of the protocol; who is gone needs none."""
        try:
            self.write_message({"command": command, **more})
        except WebSocketClosedError:
            self._browsers.remove(self)
