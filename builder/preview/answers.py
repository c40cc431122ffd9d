"""Answers: what a real host would answer to an address, from what the engine has."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from builder.cache import DamagedCache
from builder.faults import ArchiveError
from builder.hosting import content_type
from builder.plan import file_of
from builder.preview.engine import Engine
from builder.preview.search import SearchFiles
from builder.preview.whole import whole_manifest
from builder.publish.manifest import MANIFEST, SEARCH_INDEX
from builder.render.templating import BrokenTemplate

HTML = content_type("index.html")


class Answer(Struct, frozen=True):
    """An HTTP answer: `body`, or the file whose bytes are it.

    `location` is the address that one is sent on to, `moved` the one of a page that isn't here any more.
    """

    status: int
    kind: str = content_type("robots.txt")
    body: bytes = b""
    file: Path | None = None
    location: str = ""
    moved: str = ""


async def answer(engine: Engine, search: SearchFiles, address: str) -> Answer:
    """What is at an address of the site, percent-decoded: a page, a file, or the way to one; else the page for that."""
    found = await engine.page(_page_of(address))
    if found is not None:
        page, data = found
        if data is None:  # nor was it ever
            return Answer(500, HTML)
        return Answer(404 if page.kind == "404" else 200, content_type(file_of(page.address)), data)
    view = engine.view
    if view is None:
        return Answer(503, HTML)
    if address.startswith(f"/{SEARCH_INDEX}") and (index_file := await search.file(view, address)) is not None:
        return Answer(200, content_type(address), index_file)
    if address == f"/{MANIFEST}":
        try:
            return Answer(200, content_type(address), await whole_manifest(engine, search, view))
        except (ArchiveError, BrokenTemplate, DamagedCache, OSError) as problem:
            return Answer(503, body=f"not all of the site can be made: {problem}\n".encode())
    if address in view.assets:
        return Answer(200, content_type(address), view.assets[address].data)
    if address in view.media:
        file, made = view.media[address]
        return (
            Answer(200, content_type(address), await engine.piece(made))
            if made
            else Answer(200, content_type(address), file=file)
        )
    if f"{address}/" in view.pages:
        return Answer(301, location=f"{address}/")
    missing = await engine.page("/404.html")
    moved = engine.moved_to(address) or ""
    return Answer(404, HTML, (missing[1] if missing is not None else None) or b"", moved=moved)


def _page_of(address: str) -> str:
    return address.removesuffix("index.html") if address.endswith("/index.html") else address
