"""Web archives: the pages in WARC and WACZ files."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from builder.importing.capture import Capture, Refusal


def pages_in_warc(capture: Capture) -> Iterator[Capture | Refusal]:
    """Every page of HTML in a WARC file that a server answered with, and what is wrong with the file."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    count = 0
    try:
        for record in ArchiveIterator(BytesIO(capture.data)):
            page = _page(record, capture.name)
            if page is not None:
                count += 1
                yield page
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError) as problem:
        # AttributeError: warcio takes for granted that a compressed record has a head.
        reason = f"is cut off or spoilt ({_short(problem)})"
        yield Refusal(capture.name, f"{reason}; {count} of its pages could be read, fetch it anew to get the rest")
        return
    if _is_cut_off(capture.data):
        yield Refusal(capture.name, f"is cut off; {count} of its pages could be read, fetch it anew to get the rest")
    elif not count:
        yield Refusal(capture.name, "holds no page of HTML; give an archive with the article's own page in it")


def pages_in_wacz(capture: Capture) -> Iterator[Capture | Refusal]:
    """Every page of HTML in the WARC files that a WACZ file holds."""
    with zipfile.ZipFile(BytesIO(capture.data)) as packed:
        names = [name for name in packed.namelist() if name.startswith("archive/") and ".warc" in name]
        for name in names:
            try:
                data = packed.read(name)
            except (zipfile.BadZipFile, OSError, ValueError) as problem:
                yield Refusal(f"{capture.name}:{name}", f"can't be read ({_short(problem)}); fetch the file anew")
                continue
            yield from pages_in_warc(Capture(name=f"{capture.name}:{name}", data=data))
    if not names:
        yield Refusal(capture.name, "is a WACZ file without a WARC file in archive/; make it anew")


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


def _charset(media_type: str) -> str:
    _, _, after = media_type.lower().partition("charset=")
    return after.split(";")[0].strip(" \"'")


def _is_cut_off(data: bytes) -> bool:
    """Whether the last record of a WARC that isn't compressed is shorter than it says, which its reader passes over."""
    if not data.startswith(b"WARC/"):
        return False
    start = data.rfind(b"WARC/1")
    head, _, body = data[start:].partition(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            digits = line.partition(b":")[2].strip()
            return digits.isdigit() and len(body) < int(digits)
    return True


def _short(problem: Exception) -> str:
    return " ".join(str(problem).split())[:80] or type(problem).__name__
