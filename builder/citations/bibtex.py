"""BibTeX, as BibTeX, biber, JabRef and Zotero read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from builder.citations.citation import Citation

# What TeX would take for something else than the sign.
_SPECIAL = {
    "\\": r"{\textbackslash}",
    "{": r"\{",
    "}": r"\}",
    "#": r"\#",
    "$": r"\$",
    "%": r"\%",
    "&": r"\&",
    "_": r"\_",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
}
_LONE_BRACES = {"{": r"{\textbraceleft}", "}": r"{\textbraceright}"}
_ANY_SPECIAL = re.compile(r"[\\{}#$%&_~^]")
# Programs read an address as it stands, but for braces.
_IN_ADDRESSES = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def bibtex(citation: Citation) -> str:
    """The entry of a citation, with a line break at its end.

    Titles and names stand in braces of their own: styles leave their capitals alone, and don't take them apart.
    """
    fields = ",\n".join(f"  {name} = {value}" for name, value in _fields(citation))
    return f"@techreport{{{citation.key},\n{fields}\n}}\n"


def _fields(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "author", "{" + " and ".join(f"{{{_escaped(author)}}}" for author in citation.authors) + "}"
    yield "title", f"{{{{{_escaped(citation.title)}}}}}"
    yield "institution", f"{{{{{_escaped(citation.publisher)}}}}}"
    yield "type", f"{{{_escaped(citation.genre)}}}"
    yield "number", f"{{{_escaped(citation.id)}}}"
    yield "year", f"{{{citation.issued.year:04d}}}"
    if citation.issued.month:
        yield "month", _MONTHS[citation.issued.month - 1]
    if citation.issued.day:
        yield "day", f"{{{citation.issued.day}}}"
    yield "eventdate", f"{{{citation.event}}}"
    yield "language", f"{{{citation.language}}}"
    yield "url", f"{{{citation.url.translate(_IN_ADDRESSES)}}}"
    yield "note", f"{{{_escaped(citation.note)}}}"


def _escaped(text: str) -> str:
    if not _ANY_SPECIAL.search(text):  # as mostly
        return text
    # BibTeX counts braces before it understands anything else: one that stands alone ends the entry, or the next.
    special = _SPECIAL if _is_balanced(text) else _SPECIAL | _LONE_BRACES
    return _ANY_SPECIAL.sub(lambda match: special[match[0]], text)


def _is_balanced(text: str) -> bool:
    depths = list(accumulate((letter == "{") - (letter == "}") for letter in text))
    return not depths or (min(depths) >= 0 and depths[-1] == 0)
