"""CSL-JSON 1.0, as pandoc, citeproc and Zotero read it."""

from __future__ import annotations

from typing import Any

from builder.citations.citation import Citation


def csl(citation: Citation) -> dict[str, Any]:
    """The item of a citation, to be written as JSON."""
    return {
        "id": citation.key,
        "type": "report",
        "title": citation.title,
        "author": [{"literal": author} for author in citation.authors],
        "publisher": citation.publisher,
        "genre": citation.genre,
        "number": citation.id,
        "issued": {"date-parts": [[int(part) for part in citation.issued.parts]]},
        "event-date": {"raw": citation.event},
        "language": citation.language,
        "URL": citation.url,
        "note": citation.note,
    }
