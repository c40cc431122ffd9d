"""Answers: what a real host would answer to an address, from what the engine has."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from msgspec import Struct

from builder.preview.engine import Engine

# Of names alone, whatever this machine believes: a host knows them as these.
_TYPES = mimetypes.MimeTypes()
for _ending, _type in {
    ".avif": "image/avif",
    ".bib": "application/x-bibtex",
    ".csv": "text/csv",
    ".geojson": "application/geo+json",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".md": "text/markdown",
    ".ris": "application/x-research-info-systems",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}.items():
    _TYPES.add_type(_type, _ending)
_TEXTS = ("application/json", "application/xml", "application/geo+json", "application/manifest+json", "image/svg+xml")


class Answer(Struct, frozen=True):
    """An HTTP answer: `body`, or the file whose bytes are it; `location` is the address that one is sent on to."""

    status: int
    kind: str = "text/plain; charset=utf-8"
    body: bytes = b""
    file: Path | None = None
    location: str = ""


async def answer(engine: Engine, address: str) -> Answer:
    """What is at an address of the site, percent-decoded: a page, a file, or the way to one; else the page for that."""
    found = await engine.page(_page_of(address))
    if found is not None:
        page, data = found
        if not data:
            return Answer(500, "text/html; charset=utf-8")
        return Answer(404 if page.kind == "404" else 200, type_of(_name(page.address)), data)
    view = engine.view
    if view is None:
        return Answer(503, "text/html; charset=utf-8")
    if address in view.assets:
        return Answer(200, type_of(address), view.assets[address].data)
    if address in view.media:
        return Answer(200, type_of(address), file=view.media[address])
    if f"{address}/" in view.pages:
        return Answer(301, location=f"{address}/")
    missing = await engine.page("/404.html")
    return Answer(404, "text/html; charset=utf-8", missing[1] if missing is not None else b"")


def _page_of(address: str) -> str:
    return address.removesuffix("index.html") if address.endswith("/index.html") else address


def _name(address: str) -> str:
    return f"{address}index.html" if address.endswith("/") else address


def type_of(name: str) -> str:
    """The content type of a file, by its name.

    >>> type_of("/feed.xml"), type_of("/assets/style.css"), type_of("/assets/bridge.png")
    ('application/xml; charset=utf-8', 'text/css; charset=utf-8', 'image/png')
    """
    found = _TYPES.guess_type(name, strict=False)[0] or "application/octet-stream"
    return f"{found}; charset=utf-8" if found.startswith("text/") or found in _TEXTS else found
