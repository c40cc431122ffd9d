"""RIS, as EndNote, Mendeley, RefWorks and Zotero read it: a tag and a value on each line, ended by CR and LF."""

from __future__ import annotations

from collections.abc import Iterator

from builder.citations.citation import Citation
from builder.dates import Moment


def ris(citation: Citation) -> str:
    """The record of a citation, with its end."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _lines(citation))


def _lines(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "TY", "RPRT"
    yield "ID", citation.key
    yield "TI", citation.title
    yield from (("AU", author) for author in citation.authors)
    yield "PB", citation.publisher
    yield "M3", citation.genre
    yield "M1", citation.id
    yield "PY", f"{citation.issued.year:04d}"
    yield "DA", _day(citation.issued)
    yield "LA", citation.language
    yield "UR", citation.url
    yield "N1", citation.note
    yield "ER", ""


def _day(moment: Moment) -> str:
    """RIS has years, months and days with a slash behind each, also behind what isn't known."""
    known = (*moment.parts, "", "")[:3]
    return "/".join(known) + "/"
