"""Prose: the addresses of pages that are neither briefings nor dossiers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from msgspec import Struct

from builder.faults import Fault, error
from builder.model.common import Document
from builder.model.dossier import Prose
from builder.names import slug

# First segments of addresses that are not prose's to take.
RESERVED = frozenset({
    "404", "actors", "assets", "changes", "data", "dossiers", "map", "on", "pagefind", "recent",
    "regions", "search", "sources", "tags", "timeline",
})  # fmt: skip


class Prosaic(Struct, frozen=True):
    """A page of prose and its address; that of `pages/index.md`, the words at the head of home, is `/`.

    `place` is the address of the original: that of a translation has its language before it.
    """

    document: Document[Prose]
    address: str
    place: str


def resolve_prose(
    documents: Iterable[Document[Prose]], languages: Iterable[str]
) -> tuple[tuple[Prosaic, ...], list[Fault]]:
    """The pages of prose, in the order of their addresses: `pages/about.md` is at `/about/`.

    What begins with one of `languages` is kept for the pages in it.
    """
    reserved = RESERVED | {language.lower() for language in languages}
    found = []
    faults: list[Fault] = []
    for document in documents:
        inner = PurePosixPath(document.path).relative_to("content/pages").with_suffix("")
        names = [*inner.parts[:-1], document.meta.slug or inner.name]
        if names == ["index"]:
            found.append(Prosaic(document, "/", "/"))
            continue
        segments = [slug(name) for name in names]
        if not all(segments):
            message = f'"{"/".join(names)}" makes no address; add `slug: …` or rename the file'
            faults.append(error(document.path, document.line("slug"), "empty-slug", message, "slug"))
        elif segments[0] in reserved or (len(segments[0]) == 4 and segments[0].isdigit()):
            message = f"/{segments[0]}/ is kept for the archive's own pages; rename the file or add `slug: …`"
            faults.append(error(document.path, document.line("slug"), "reserved-address", message, "slug"))
        else:
            address = f"/{'/'.join(segments)}/"
            found.append(Prosaic(document, address, address))
    return tuple(sorted(found, key=lambda page: page.address)), faults
