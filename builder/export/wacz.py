"""A WACZ of the site, for deposit in web archives: each file as a web server would have answered (WACZ 1.1.1)."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import unescape
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from builder.export.site import BuiltSite
from builder.faults import ArchiveError, error
from builder.hosting import address_of, content_type
from builder.publish.manifest import MANIFEST

_TITLE = re.compile(r"<title>([^<]*)</title>")


def missing_libraries() -> list[str]:
    """The names of the libraries that this needs and that aren't installed."""
    return [name for name in ("warcio", "wacz") if find_spec(name) is None]


def write_wacz(site: BuiltSite, target: Path, absolute: str, title: str, instant: str) -> int:
    """Writes the site at `absolute` as a WACZ to `target`; how many files. `instant` is when that was (ISO 8601, UTC).

    Raises OSError where it can't be written, ArchiveError where the wacz package refuses.
    """
    with tempfile.TemporaryDirectory(prefix="sitrep-") as name:
        warc, pages = Path(name) / "site.warc.gz", Path(name) / "pages.jsonl"
        count = _write_warc(site, warc, absolute, instant)
        pages.write_text("".join(_pages(site, absolute, title, instant)), "utf-8")
        new = target.with_name(f"{target.name}.new")
        command = [sys.executable, "-m", "wacz", "create", f"--output={new}", f"--pages={pages}", f"--url={absolute}/"]
        digits = "".join(character for character in instant if character.isdigit())  # as its index has times
        command += [f"--ts={digits}", f"--title={title}", f"--date={instant}", str(warc)]
        try:
            ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
            if ran.returncode:
                why = (ran.stderr or ran.stdout).strip().rpartition("\n")[2]
                raise ArchiveError([error(str(target), 0, "output", f"the wacz package couldn't make it: {why}")])
            new.replace(target)
        finally:
            new.unlink(missing_ok=True)
    return count


def _write_warc(site: BuiltSite, warc: Path, absolute: str, instant: str) -> int:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    count = 0
    with warc.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for path, data in (*site.contents(), (MANIFEST, site.manifest)):
            headers = [("Content-Type", content_type(path)), ("Content-Length", str(len(data)))]
            record = writer.create_warc_record(
                absolute + _address(path),
                "response",
                payload=BytesIO(data),
                length=len(data),
                http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
                warc_headers_dict={"WARC-Date": instant},
            )
            writer.write_record(record)
            count += 1
    return count


def _pages(site: BuiltSite, absolute: str, title: str, instant: str) -> Iterator[str]:
    yield json.dumps({"format": "json-pages-1.0", "id": "pages", "title": "All pages"}) + "\n"
    yield json.dumps({"url": f"{absolute}/", "title": title, "ts": instant}) + "\n"
    for path in sorted(site.files):
        if path.endswith("/index.html"):
            named = _TITLE.search(site.read(path).decode("utf-8"))
            page = {"url": absolute + _address(path), "title": unescape(named[1]) if named else "", "ts": instant}
            yield json.dumps({name: value for name, value in page.items() if value}) + "\n"


def _address(path: str) -> str:
    """The address of a file, as a browser asks for it."""
    return quote(address_of(path))
