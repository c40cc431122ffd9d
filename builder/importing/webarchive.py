"""Web archives: the pages in WARC and WACZ files."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from builder.importing.capture import Capture, Refusal


def pages_in_warc(file: BinaryIO, name: str) -> Iterator[Capture | Refusal]:
    """Every page of HTML in a WARC file that a server answered with, and what is wrong with the file, called `name`.

    One page after the other is read: a file may be larger than memory.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    count, last = 0, None
    try:
        for record in ArchiveIterator(file):
            last = record
            page = _page(record, name)
            if page is not None and not _missing(record):
                count += 1
                yield page
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError) as problem:
        # AttributeError: warcio takes for granted that a compressed record has a head.
        reason = f"is cut off or spoilt ({_short(problem)})"
        yield Refusal(name, f"{reason}; {count} of its pages could be read, fetch it anew to get the rest")
        return
    # A reader passes over that the last record is shorter than it says.
    if last is not None and _missing(last):
        yield Refusal(name, f"is cut off; {count} of its pages could be read, fetch it anew to get the rest")
    elif not count:
        yield Refusal(name, "holds no page of HTML; give an archive with the article's own page in it")


def pages_in_wacz(file: BinaryIO, name: str) -> Iterator[Capture | Refusal]:
    """Every page of HTML in the WARC files that a WACZ file holds."""
    with zipfile.ZipFile(file) as packed:
        names = [inner for inner in packed.namelist() if inner.startswith("archive/") and ".warc" in inner]
        for inner in names:
            try:
                with packed.open(inner) as warc:
                    yield from pages_in_warc(warc, f"{name}:{inner}")  # type: ignore[arg-type]
            except (zipfile.BadZipFile, OSError, ValueError) as problem:
                yield Refusal(f"{name}:{inner}", f"can't be read ({_short(problem)}); fetch the file anew")
    if not names:
        yield Refusal(name, "is a WACZ file without a WARC file in archive/; make it anew")


def _page(record: Any, name: str) -> Capture | None:
    """The page in a response that was a success, or None."""
    if record.rec_type not in ("response", "resource"):
        return None
    headers = record.http_headers
    status = headers.get_statuscode() if headers is not None else "200"
    media_type = (headers.get_header("Content-Type") if headers is not None else record.content_type) or ""
    if not status.startswith("2") or "html" not in media_type.lower():
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    return Capture(
        name=f"{name}:{url}",
        data=record.content_stream().read(),
        url=url.strip("<>"),
        charset=_charset(media_type),
        media_type="text/html",
        fetched=record.rec_headers.get_header("WARC-Date") or "",
    )


def _missing(record: Any) -> int:
    """How many bytes a record that has been read to its end has fewer than it says."""
    return getattr(record.raw_stream, "limit", 0)


def _charset(media_type: str) -> str:
    _, _, after = media_type.lower().partition("charset=")
    return after.split(";")[0].strip(" \"'")


def _short(problem: Exception) -> str:
    return " ".join(str(problem).split())[:80] or type(problem).__name__
