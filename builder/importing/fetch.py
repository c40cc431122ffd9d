"""Fetch: a page is read from the web, and kept as a WARC file with what was asked and what was answered."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from builder.importing.article import NoArticle
from builder.importing.capture import Capture

_LARGEST = 60_000_000  # bytes
_HOPS = 8
_SECONDS = 30.0


class Fetched(Struct, frozen=True):
    """What an address answered: as it can be read, and the WARC file of the whole exchange."""

    capture: Capture
    warc: bytes


def fetch(url: str, version: str) -> Fetched:
    """Reads an address, without cookies and credentials. Raises NoArticle where nothing can be had there."""
    import httpx

    if urlsplit(url).username is not None:
        raise NoArticle("holds a name or a password; captures are made without: save the page, and import the file")
    headers = {
        "User-Agent": f"sitrep/{version}",
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
        "Accept-Encoding": "gzip",
    }
    record = _Recorder(version)
    at = url
    try:
        with httpx.Client(follow_redirects=False, timeout=_SECONDS, headers=headers) as client:
            for _ in range(_HOPS):
                client.cookies.clear()  # what one answer sets, the next request must not send
                with client.stream("GET", at) as response:
                    raw = _body(response)
                    record.exchange(response, raw)
                if response.is_redirect:
                    at = urljoin(at, response.headers.get("Location", ""))
                    continue
                if response.status_code >= 400:
                    raise NoArticle(
                        f"answers {response.status_code} {response.reason_phrase}; look at it in a browser, and "
                        f"save the page"
                    )
                return record.fetched(url, at, response)
    except (httpx.HTTPError, httpx.InvalidURL) as problem:
        message = " ".join(str(problem).split())[:100] or type(problem).__name__
        raise NoArticle(
            f"can't be fetched: {message}; try again later, or save the page and import the file"
        ) from problem
    raise NoArticle(f"leads on and on, more than {_HOPS} times; give the address at which it ends")


def _body(response: object) -> bytes:
    chunks, size = [], 0
    for chunk in response.iter_raw():  # type: ignore[attr-defined]
        size += len(chunk)
        if size > _LARGEST:
            raise NoArticle(f"answers with more than {_LARGEST // 1_000_000} MB, which no article has")
        chunks.append(chunk)
    return b"".join(chunks)


class _Recorder:
    """Writes the exchange as WARC records (ISO 28500)."""

    def __init__(self, version: str) -> None:
        from warcio.warcwriter import WARCWriter

        self._buffer = BytesIO()
        self._writer = WARCWriter(self._buffer, gzip=True)
        self._writer.write_record(
            self._writer.create_warcinfo_record("capture.warc.gz", {"software": f"sitrep {version}"})
        )
        self._page = b""
        self._date = ""

    def exchange(self, response: object, raw: bytes) -> None:
        from warcio.statusandheaders import StatusAndHeaders

        answer: object = response
        request = answer.request  # type: ignore[attr-defined]
        url = str(request.url)
        path = request.url.raw_path.decode("ascii", "replace")
        sent = StatusAndHeaders(f"{request.method} {path} HTTP/1.1", _pairs(request.headers), is_http_request=True)
        protocol = answer.http_version  # type: ignore[attr-defined]
        status = f"{answer.status_code} {answer.reason_phrase}"  # type: ignore[attr-defined]
        # The body is kept as one piece: how it was cut up on the way is no longer true of it.
        renamed = [
            ("X-Archive-Orig-Transfer-Encoding" if name.lower() == "transfer-encoding" else name, value)
            for name, value in _pairs(answer.headers)  # type: ignore[attr-defined]
        ]
        received = StatusAndHeaders(status, renamed, protocol=protocol)
        # With their lengths, warcio needs no temporary files, which it would leave open.
        answered = self._writer.create_warc_record(
            url, "response", payload=BytesIO(raw), length=len(raw), http_headers=received
        )
        asked = self._writer.create_warc_record(url, "request", payload=BytesIO(), length=0, http_headers=sent)
        self._writer.write_request_response_pair(asked, answered)
        self._date = answered.rec_headers.get_header("WARC-Date") or ""

    def fetched(self, url: str, at: str, response: object) -> Fetched:
        from warcio.archiveiterator import ArchiveIterator

        data = self._buffer.getvalue()
        body = b""
        for record in ArchiveIterator(BytesIO(data)):
            if record.rec_type == "response":
                body = record.content_stream().read()  # the last one: that at which it ends
        media_type = response.headers.get("Content-Type", "")  # type: ignore[attr-defined]
        charset = media_type.lower().partition("charset=")[2].split(";")[0].strip(" \"'")
        capture = Capture(name=url, data=body, url=at, charset=charset, media_type=media_type, fetched=self._date)
        return Fetched(capture, data)


def _pairs(headers: object) -> list[tuple[str, str]]:
    return [(name.decode("latin-1").title(), value.decode("latin-1")) for name, value in headers.raw]  # type: ignore[attr-defined]
