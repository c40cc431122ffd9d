"""Names: what terms and dossiers are called, for a reader's browser to find their pages by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.model.records import Source
from builder.names import fold, slug
from builder.pages.recipes import KnownName
from builder.plan.site import Site
from builder.resolve import Term, TermKind

# Bytes of JSON: names beyond that are in further files, which a browser asks for when they are needed.
LARGEST_FILE = 150_000
_KINDS: tuple[TermKind, ...] = ("actor", "region", "source", "tag")


def names_of(term: Term) -> tuple[str, ...]:
    """All that a term is called, in any language, each once."""
    record = term.record
    if record is None:
        return (term.name,)
    return tuple(dict.fromkeys([term.name, record.name, *(a.name for a in record.aliases), *record.names.values()]))


def name_files(site: Site) -> tuple[tuple[KnownName, ...], ...]:
    """The names of all that has a page, and of the kinds of publishers, in files of at most `LARGEST_FILE` bytes.

    What is used most is in the first, so that it labels the commonest filters. How often is told by powers of two: few
    briefings more or less change no file.
    """
    known = sorted(_known_names(site), key=lambda counted: (-counted[0].bit_length(), counted[1].kind, counted[1].slug))
    files: list[list[KnownName]] = [[]]
    size = 0
    for _, name in known:
        own = sum(len(text.encode()) + 3 for text in (name.kind, name.slug, name.name, *name.others)) + 12
        if size + own > LARGEST_FILE and files[-1]:
            files.append([])
            size = 0
        files[-1].append(name)
        size += own
    return tuple([tuple(sorted(file, key=lambda name: (name.kind, name.slug))) for file in files])


def names_address(site: Site, number: int) -> str:
    """The address of a file with names, the files being counted from 0."""
    return f"{site.prefix}/search/names{f'-{number + 1}' if number else ''}.json"


def _known_names(site: Site) -> Iterator[tuple[int, KnownName]]:
    """Each name, with how many briefings stand under it."""
    archive = site.archive
    for kind in _KINDS:
        for own_slug, term in archive.terms[kind].items():
            others = _others(term.name, names_of(term))
            count = len(archive.members[kind][own_slug])
            yield count, KnownName(kind, own_slug, term.name, others, site.tongue_of(term))
    for dossier in archive.dossiers:
        meta = dossier.document.meta
        name = KnownName("dossier", dossier.id, meta.title, (), site.tongue(meta.lang))
        yield len(archive.dossier_members[dossier.id]), name
    records = [term.record for term in archive.terms["source"].values()]
    for kind_of_source in sorted({r.kind for r in records if isinstance(r, Source) and r.kind}):
        label = site.wording.vocabulary["kinds"][kind_of_source]
        yield len(archive.entries), KnownName("kind", slug(kind_of_source), label)


def _others(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """Those of `names` that are another word than `name`, each once."""
    found = {fold(other): other for other in names}
    found.pop(fold(name), None)
    return tuple(found.values())
