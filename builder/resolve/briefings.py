"""Briefings and dossiers, filed: what each is filed under, and what it is called in addresses.

Filing a briefing is a pure function of its document and the archive's names: it is done document by document, by
whoever reads them. What concerns several at once (ids that are taken, names without a record) is told afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from builder.dates import When
from builder.faults import Fault, Hints, error
from builder.load.file_names import own_id, undated_stem
from builder.model.briefing import Briefing, Capture, Correction, Precision, Withdrawal
from builder.model.common import Document, Mention, Reference, Trend
from builder.model.dossier import Dossier
from builder.names import slug
from builder.resolve.authority import Stranger
from builder.resolve.names import Filing, Names


class Place(Struct, frozen=True, array_like=True, gc=False):
    """Where a briefing's event happened, as maps show it: `lat` and `lon` are WGS 84 degrees, `lang` the name's."""

    name: str
    lat: float
    lon: float
    precision: Precision
    lang: str | None = None


class Abstract(Struct, frozen=True, array_like=True, gc=False):
    """What lists and feeds say of a briefing: all of it is the briefing's own, and terms are named by slug.

    `published` and `revised` are those of `Filed`; `warned` says that its words wait behind a content warning,
    `translated` that it is a translation of another with the same id. `places` are for maps.
    """

    id: str
    address: str
    title: str
    summary: str
    when: When
    published: int
    revised: int
    lang: str | None
    status: str | None
    draft: bool
    event_type: str | None
    trend: Trend | None
    warned: bool
    authors: tuple[str, ...]
    regions: tuple[str, ...]
    dossiers: tuple[str, ...]
    tags: tuple[str, ...]
    translated: bool = False
    places: tuple[Place, ...] = ()


class Filed(Struct, frozen=True, array_like=True, gc=False):
    """What the archive as a whole needs to know of a briefing, its names resolved.

    `document`, `html` and `abstract` are the keys of pieces; `written` is the author's digest; `mark` is the
    fingerprint of all else. `order` sorts the archive. `published` is the first instant of the front matter's
    `published`, or else of `date`; `revised` the latest of that, `updated` and `withdrawn.date`; in seconds since 1970,
    UTC. `sources` has one slug for each entry of the front matter's `sources` (None where it names no publisher).
    `strangers` are those of its names that have no record, `lost` those that should name a dossier and don't. `lines`
    are those of the fields that make addresses. `original` is the path of what it is a translation of, if it is one;
    `reason_lang` and `corrections_lang` are as `lang`, of what a translation may have taken from there. `located` says
    that its abstract has places.
    """

    path: str
    id: str
    address: str
    title: str
    when: When
    order: tuple[int, int, int]
    published: int
    revised: int
    document: bytes
    html: bytes
    abstract: bytes
    written: str
    lang: str | None
    draft: bool
    regions: tuple[str, ...]
    actors: tuple[str, ...]
    tags: tuple[str, ...]
    dossiers: tuple[str, ...]
    sources: tuple[str | None, ...]
    strangers: tuple[Stranger, ...]
    lost: tuple[Mention, ...]
    trend: Trend | None
    trend_reason: str
    withdrawn: Withdrawal | None
    aliases: tuple[str, ...]
    lines: dict[str, int]
    anchors: tuple[str, ...]
    references: tuple[Reference, ...]
    image: Mention | None
    attachments: tuple[Mention, ...]
    capture: Capture | None
    inferred: bool
    corrections: tuple[Correction, ...]
    original: str | None = None
    reason_lang: str | None = None
    corrections_lang: str | None = None
    located: bool = False
    mark: bytes = b""

    def line(self, *fields: str) -> int:
        """The line of the first of `fields` that is there, else 1."""
        for field in fields:
            if field in self.lines:
                return self.lines[field]
        return 1


class ResolvedDossier(Struct, frozen=True):
    """A dossier whose names are slugs of terms; `strangers` are those that have no record.

    `translated` says that its words are a translation.
    """

    document: Document[Dossier]
    id: str
    address: str
    regions: tuple[str, ...]
    actors: tuple[str, ...]
    strangers: tuple[Stranger, ...]
    translated: bool = False


def file_briefing(
    document: Document[Briefing], key: bytes, names: Names
) -> tuple[Filed | None, Abstract | None, list[Fault]]:
    """Files one briefing, whose document is the piece under `key`.

    Returns it without the key of its abstract, the abstract, and what is wrong; None for both where it has no address.
    """
    meta = document.meta
    filing = Filing(names, document.path)
    own_slug = _slug(meta.slug or undated_stem(document.path, meta.date), document, "slug", filing.faults)
    if own_slug is None or meta.date is None:
        return None, None, filing.faults
    published = (meta.published or meta.date.start).timestamp(names.zone)
    later = [meta.updated, meta.withdrawn.date if meta.withdrawn else None]
    lost: list[Mention] = []
    filed = Filed(
        path=document.path,
        id=own_id(document.path, meta),
        address=f"/{'/'.join(meta.date.start.parts)}/{own_slug}/",
        title=meta.title,
        when=meta.date,
        order=meta.date.order(names.zone),
        published=published,
        revised=max([published, *(moment.timestamp(names.zone) for moment in later if moment)]),
        document=key,
        html=bytes.fromhex(document.body.html),
        abstract=b"",
        written=document.written,
        lang=meta.lang,
        draft=meta.draft,
        regions=filing.all_under(names.regions, meta.region, "region"),
        actors=filing.all_under(names.actors, meta.actors, "actors"),
        tags=filing.all_under(names.tags, meta.tags, "tags"),
        dossiers=_dossiers_of(meta, names, lost),
        sources=_sources_of(meta, filing),
        strangers=tuple(filing.strangers),
        lost=tuple(lost),
        trend=meta.trend,
        trend_reason=meta.trend_reason,
        withdrawn=meta.withdrawn,
        aliases=meta.aliases,
        lines={field: line for field, line in document.lines.items() if field in _ADDRESSING},
        reason_lang=meta.lang,
        corrections_lang=meta.lang,
        anchors=document.body.anchors,
        references=document.body.references,
        image=meta.image.src if meta.image else None,
        attachments=tuple(attachment.file for attachment in meta.attachments),
        capture=meta.capture,
        inferred=bool(meta.inferred),
        corrections=meta.corrections,
        located=bool(meta.location),
    )
    return filed, _abstract(document, filed), filing.faults


_ADDRESSING = frozenset({"aliases", "date", "id", "slug"})


def _abstract(document: Document[Briefing], filed: Filed) -> Abstract:
    meta = document.meta
    return Abstract(
        id=filed.id,
        address=filed.address,
        title=filed.title,
        summary=summary_of(document),
        when=filed.when,
        published=filed.published,
        revised=filed.revised,
        lang=filed.lang,
        status=meta.status,
        draft=meta.draft,
        event_type=meta.event_type,
        trend=meta.trend,
        warned=bool(meta.warning),
        authors=meta.author,
        regions=filed.regions,
        dossiers=filed.dossiers,
        tags=filed.tags,
        places=tuple([Place(place.name, place.lat, place.lon, place.precision, meta.lang) for place in meta.location]),
    )


def summary_of(document: Document[Briefing]) -> str:
    """What lists say: the summary, else the first paragraph, unless a warning must be read before that."""
    return document.meta.summary or ("" if document.meta.warning else document.body.excerpt)


def _dossiers_of(meta: Briefing, names: Names, lost: list[Mention]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for mention in meta.dossier:
        dossier = names.dossier(mention.name)
        if dossier is None:
            lost.append(mention)
        else:
            found[dossier] = None
    return tuple(found)


def _sources_of(meta: Briefing, filing: Filing) -> tuple[str | None, ...]:
    sources = filing.names.sources
    return tuple(
        filing.under(sources, entry.name, "sources")
        if entry.name is not None
        else sources.find_host(entry.url)
        if entry.url
        else None
        for entry in meta.sources
    )


def _slug(name: str, document: Document[Briefing] | Document[Dossier], field: str, faults: list[Fault]) -> str | None:
    own_slug = slug(name)
    if own_slug and (own_slug == name or field not in document.lines):
        return own_slug
    if own_slug and document.lines:
        # What a person wrote as part of an address must not become another in silence.
        message = f'"{name}" can\'t be part of an address as it is; write `{field}: {own_slug}`'
        faults.append(error(document.path, document.line(field), "bad-slug", message, field))
        return own_slug
    proposal = slug(document.meta.title) or "a-name-of-your-own"
    message = f'"{name}" makes no address; add `{field}: {proposal}`'
    faults.append(error(document.path, document.line(field), "empty-slug", message, field))
    return None


def file_dossiers(
    documents: Sequence[Document[Dossier]], names: Names
) -> tuple[tuple[ResolvedDossier, ...], list[Fault]]:
    """Files the dossiers, in the order of their ids. One that has no address is left out, with the reason."""
    resolved = []
    faults: list[Fault] = []
    paths: dict[str, str] = {}
    for document in documents:
        meta = document.meta
        written_id = meta.id or undated_stem(document.path)
        own_slug = _slug(written_id, document, "id", faults)
        if own_slug is None:
            continue
        faults += _taken(paths, own_slug, written_id, document.path, document.line("id"), "dossier")
        filing = Filing(names, document.path)
        resolved.append(
            ResolvedDossier(
                document=document,
                id=own_slug,
                address=f"/dossiers/{own_slug}/",
                regions=filing.all_under(names.regions, meta.region, "region"),
                actors=filing.all_under(names.actors, meta.actors, "actors"),
                strangers=tuple(filing.strangers),
            )
        )
        faults += filing.faults
    return tuple(sorted(resolved, key=lambda dossier: dossier.id)), faults


def shared_id_faults(briefings: Iterable[Filed]) -> list[Fault]:
    """Two briefings with one id."""
    briefings = list(briefings)
    if len({filed.id for filed in briefings}) == len(briefings):
        return []
    faults: list[Fault] = []
    paths: dict[str, str] = {}
    for filed in briefings:
        faults += _taken(paths, filed.id, filed.id, filed.path, filed.line("id"), "briefing")
    return faults


def _taken(paths: dict[str, str], key: str, shown: str, path: str, line: int, what: str) -> list[Fault]:
    other = paths.setdefault(key, path)
    if other == path:
        return []
    message = f'"{shown}" is the id of {other} too; a {what}\'s id is its own: change the newer one'
    return [error(path, line, "repeated-id", message, "id")]


def unknown_name_faults(
    names: Names, owners: Iterable[tuple[str, Sequence[Stranger]]], lost: Iterable[tuple[str, Mention]]
) -> list[Fault]:
    """Names that mean no record (of `owners`: pairs of a path and its strangers) and no dossier (`lost`).

    Told all at once, in the order of the paths, as the hints depend on how many there are.
    """
    authorities = {authority.kind: authority for authority in names.authorities() if authority.wants_records}
    faults = [
        fault
        for path, strangers in owners
        for kind in dict.fromkeys([stranger.kind for stranger in strangers if stranger.kind in authorities])
        for fault in authorities[kind].stranger_faults([s for s in strangers if s.kind == kind], path)
    ]
    dossiers = names.dossiers()
    if dossiers is not None:
        hints = Hints(dossiers)
        for path, mention in lost:
            hint = hints.did_you_mean(mention.name)
            message = f'there is no dossier "{mention.name}"{hint} (dossiers are files in content/dossiers/)'
            faults.append(error(path, mention.line, "unknown-dossier", message, "dossier"))
    return faults
