"""Formats: those that rows are kept in, and the files that are put together of them."""

from __future__ import annotations

from msgspec import Struct

from builder.cache import fingerprint
from builder.dataset.tables import heads

# What a year's rows are kept as. `actors` are the slugs that each names.
KEPT = ("json", "csv", "geojson", "bib", "ris", "csl", "actors")


def rows_key(year: bytes, kept: str) -> bytes:
    """The key of the piece with a year's rows, one of `KEPT`: a MessagePack list, with one item for each row.

    `year` is the fingerprint of all that they are made from.
    """
    return fingerprint("rows", year, kept)


class Format(Struct, frozen=True):
    """A format of files: which of the kept rows it holds, and what stands before, between and behind them."""

    rows: str
    head: bytes = b""
    separator: bytes = b""
    tail: bytes = b""


# By the ending of a file's name.
FORMATS = {
    "json": Format("json", b"[\n", b",\n", b"\n]\n"),
    "jsonl": Format("json", b"", b"\n", b"\n"),
    "csv": Format("csv", heads().encode()),
    "geojson": Format("geojson", b'{"type":"FeatureCollection","features":[\n', b",\n", b"\n]}\n"),
    "bib": Format("bib", b"", b"\n"),
    "ris": Format("ris"),
    "csl.json": Format("csl", b"[\n", b",\n", b"\n]\n"),
}
