"""Web archives: the pages in WARC and WACZ files."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from builder.importing.capture import Capture, Refusal

_GZIP = b"\x1f\x8b"


def pages_in_warc(file: BinaryIO, name: str) -> Iterator[Capture | Refusal]:
    """Every page of HTML in a WARC file that a server answered with, and what is wrong with the file, called `name`.

    One page after the other is read: a file may be larger than memory.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    class Quiet(ArchiveIterator):  # type: ignore[misc]  # it has no types
        """One that writes nothing to standard error."""

        INC_RECORD = ""

    count, last = 0, None
    try:
        # The iterator, left to read what a server said, takes a record that is cut off there for the end of the file.
        for record in Quiet(_unpacked(file), no_record_parse=True):
            last = record
            page = _page(record, name)
            if page is not None and not _missing(record):
                count += 1
                yield page
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as problem:
        reason = f"is cut off or spoilt ({_short(problem)})"
        yield Refusal(name, f"{reason}; {count} of its pages could be read, fetch it anew to get the rest")
        return
    # A reader passes over that the last record is shorter than it says, or has no more than the start of its head.
    if last is not None and (_missing(last) or not _has_length(last)):
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


class _Unpacked:
    """The bytes in a file of gzip, of one member for each record or of one for all. Cut off, it raises OSError."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = gzip.GzipFile(fileobj=file)

    def read(self, size: int = -1) -> bytes:
        try:
            return self._file.read1(size)  # what stands before the harm is not to be lost
        except (EOFError, zlib.error) as problem:  # warcio takes an EOFError for the end of the last record
            raise OSError("the compressed data ends too early") from problem

    def tell(self) -> int:
        return self._file.tell()


def _unpacked(file: BinaryIO) -> BinaryIO | _Unpacked:
    is_packed = file.read(len(_GZIP)) == _GZIP
    file.seek(0)
    return _Unpacked(file) if is_packed else file


def _page(record: Any, name: str) -> Capture | None:
    """The page in a response that was a success, or None."""
    if record.rec_type not in ("response", "resource"):
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    headers = _http_headers(record) if record.rec_type == "response" and url.strip("<").startswith("http") else None
    status = headers.get_statuscode() if headers is not None else "200"
    media_type = (headers.get_header("Content-Type") if headers is not None else record.content_type) or ""
    if not status.startswith("2") or "html" not in media_type.lower():
        return None
    return Capture(
        name=f"{name}:{url}",
        data=record.content_stream().read(),
        url=url.strip("<>"),
        charset=_charset(media_type),
        media_type="text/html",
        fetched=record.rec_headers.get_header("WARC-Date") or "",
    )


def _http_headers(record: Any) -> Any:
    """What the server said before the page. They go to `record`, which decodes the page by them; None where there are
    none."""
    from warcio.statusandheaders import StatusAndHeadersParser

    try:
        record.http_headers = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"], verify=False).parse(record.raw_stream)
    except EOFError:
        return None
    return record.http_headers


def _missing(record: Any) -> int:
    """How many bytes a record that has been read to its end has fewer than it says."""
    return getattr(record.raw_stream, "limit", 0)


def _has_length(record: Any) -> bool:
    """Whether a record says how long it is, as each must (ISO 28500, 5.3)."""
    return (record.rec_headers.get_header("Content-Length") or "").strip().isdigit()


def _charset(media_type: str) -> str:
    _, _, after = media_type.lower().partition("charset=")
    return after.split(";")[0].strip(" \"'")


def _short(problem: Exception) -> str:
    return " ".join(str(problem).split())[:80] or type(problem).__name__
