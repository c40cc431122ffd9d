"""Answers: what a real host would answer to an address, from what the engine has."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from builder.hosting import content_type
from builder.plan import file_of
from builder.preview.engine import Engine
from builder.preview.search import SearchFiles
from builder.publish.manifest import SEARCH_INDEX

HTML = content_type("index.html")


class Answer(Struct, frozen=True):
    """An HTTP answer: `body`, or the file whose bytes are it; `location` is the address that one is sent on to."""

    status: int
    kind: str = content_type("robots.txt")
    body: bytes = b""
    file: Path | None = None
    location: str = ""


async def answer(engine: Engine, search: SearchFiles, address: str) -> Answer:
    """What is at an address of the site, percent-decoded: a page, a file, or the way to one; else the page for that."""
    found = await engine.page(_page_of(address))
    if found is not None:
        page, data = found
        if data is None:
            return Answer(500, HTML)
        return Answer(404 if page.kind == "404" else 200, content_type(file_of(page.address)), data)
    view = engine.view
    if view is None:
        return Answer(503, HTML)
    if address.startswith(f"/{SEARCH_INDEX}") and (index_file := await search.file(view, address)) is not None:
        return Answer(200, content_type(address), index_file)
    if address in view.assets:
        return Answer(200, content_type(address), view.assets[address].data)
    if address in view.media:
        return Answer(200, content_type(address), file=view.media[address])
    if f"{address}/" in view.pages:
        return Answer(301, location=f"{address}/")
    missing = await engine.page("/404.html")
    return Answer(404, HTML, (missing[1] if missing is not None else None) or b"")


def _page_of(address: str) -> str:
    return address.removesuffix("index.html") if address.endswith("/index.html") else address
