"""Compressed copies: beside a text file, the same bytes in a content coding (RFC 9110), for servers that look there."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Collection, Iterable
from importlib.util import find_spec
from io import BytesIO
from pathlib import PurePosixPath
from typing import Literal

from builder.faults import Fault, error
from builder.hosting import FOR_HOSTS, content_type
from builder.publish.manifest import MANIFEST

# As the copies' names end: gzip (RFC 1952) and Brotli (RFC 7932).
Coding = Literal["br", "gz"]
CODINGS: tuple[Coding, ...] = ("br", "gz")

_NEVER = (FOR_HOSTS - {"404.html"}) | {MANIFEST}


def is_text(path: str) -> bool:
    """Whether the file at a path of the site is text that a server sends to browsers and other programs."""
    if path in _NEVER or not PurePosixPath(path).suffix:
        return False
    kind = content_type(path).partition(";")[0]
    return kind.startswith("text/") or kind.endswith(("json", "jsonl", "xml", "bibtex", "research-info-systems"))


def copies_among(paths: Collection[str]) -> frozenset[str]:
    """Those of a site's files that are compressed copies of others."""
    return frozenset(
        path for path in paths if path.endswith((".br", ".gz")) and path[:-3] in paths and is_text(path[:-3])
    )


def compress(data: bytes, coding: Coding) -> bytes:
    """The bytes in a coding, as small as it makes them; the same at any time (no name and no time stand in them)."""
    if coding == "br":
        import brotli

        compressed: bytes = brotli.compress(data, mode=brotli.MODE_TEXT)
        return compressed
    # Not `gzip.compress`, which has zlib write the header: that names the operating system.
    written = BytesIO()
    with gzip.GzipFile("", "wb", 9, written, mtime=0) as file:
        file.write(data)
    return written.getvalue()


def coder_version(coding: Coding) -> str:
    """The library that compresses, with its version: another may give other bytes."""
    from importlib.metadata import version  # which takes a while to load

    return f"brotli {version('brotli')}" if coding == "br" else f"zlib {zlib.ZLIB_RUNTIME_VERSION}"


def coding_faults(codings: Iterable[Coding]) -> list[Fault]:
    """What is missing to compress."""
    if "br" not in codings or find_spec("brotli") is not None:
        return []
    message = (
        '"br" needs the library brotli, which isn\'t here; install Sitrep with its extra [compress] '
        "(docs/install.md), or take it out"
    )
    return [error("sitrep.toml", 0, "extra", message, "output.compress")]
