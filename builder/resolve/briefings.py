"""What each briefing and dossier is filed under, and what it is called in addresses."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from builder.faults import Fault, Hints, error
from builder.load import Content
from builder.load.documents import undated_stem
from builder.model.briefing import Briefing
from builder.model.common import Document, Mention
from builder.model.dossier import Dossier
from builder.names import fold, slug
from builder.resolve.authority import Authority, Stranger, Term, TermKind, parents


class ResolvedBriefing(Struct, frozen=True):
    """A briefing whose names are slugs of terms and ids of dossiers.

    `sources` has one slug for each entry of the front matter's `sources` (None where it names no publisher);
    `strangers` are those of its names that have no record.
    """

    document: Document[Briefing]
    id: str
    address: str
    regions: tuple[str, ...]
    actors: tuple[str, ...]
    tags: tuple[str, ...]
    dossiers: tuple[str, ...]
    sources: tuple[str | None, ...]
    strangers: tuple[Stranger, ...]


class ResolvedDossier(Struct, frozen=True):
    """A dossier whose names are slugs of terms; `strangers` are those that have no record."""

    document: Document[Dossier]
    id: str
    address: str
    regions: tuple[str, ...]
    actors: tuple[str, ...]
    strangers: tuple[Stranger, ...]


class Resolved(Struct, frozen=True):
    """Everything with its names resolved. `terms` are those that have a record.

    `parents` has the slugs that a region or an actor is filed in; `unaddressed` the paths of documents that have no
    address, and so no place in the rest, for reasons that are told elsewhere.
    """

    briefings: tuple[ResolvedBriefing, ...]
    dossiers: tuple[ResolvedDossier, ...]
    terms: dict[TermKind, dict[str, Term]]
    parents: dict[TermKind, dict[str, tuple[str, ...]]]
    unaddressed: frozenset[str]


def resolve(content: Content) -> tuple[Resolved, list[Fault]]:
    """Resolves every name in `content`. Returns what could be resolved, and all faults."""
    resolver = _Resolver(content)
    dossiers = resolver.dossiers(content.dossiers)
    briefings = resolver.briefings(content.briefings)
    unaddressed = frozenset(resolver.unaddressed)
    resolved = Resolved(briefings, dossiers, resolver.terms(), resolver.parents, unaddressed)
    return resolved, resolver.faults


class _Resolver:
    def __init__(self, content: Content) -> None:
        def complete(kind: str) -> bool:
            return not any(path.startswith((f"content/{kind}.", f"content/{kind}/")) for path in content.unread)

        self.actors = Authority("actor", content.actors, complete("actors"))
        self.regions = Authority("region", content.regions, complete("regions"))
        self.sources = Authority("source", content.sources, complete("sources"))
        self.tags = Authority("tag", content.tags, complete("tags"))
        self._has_all_dossiers = complete("dossiers")
        self.unaddressed: list[str] = []
        self._dossier_ids: dict[str, str] = {}
        self._dossier_hints = Hints(())
        self.faults: list[Fault] = []
        for authority in (self.actors, self.regions, self.sources, self.tags):
            self.faults.extend(authority.faults)
        region_parents, region_faults = parents(self.regions, "parent")
        actor_parents, actor_faults = parents(self.actors, "member_of")
        self.parents: dict[TermKind, dict[str, tuple[str, ...]]] = {
            "region": region_parents,
            "actor": actor_parents,
        }
        self.faults.extend((*region_faults, *actor_faults))

    def terms(self) -> dict[TermKind, dict[str, Term]]:
        return {a.kind: a.terms() for a in (self.tags, self.regions, self.actors, self.sources)}

    def dossiers(self, documents: Sequence[Document[Dossier]]) -> tuple[ResolvedDossier, ...]:
        resolved = []
        paths: dict[str, str] = {}
        for document in documents:
            meta = document.meta
            own_id = meta.id or undated_stem(document.path)
            own_slug = self._slug(own_id, document, "id")
            if own_slug is None:
                self.unaddressed.append(document.path)
                continue
            self._refuse_taken(paths, own_slug, own_id, document, "dossier")
            for name in (own_id, meta.title):
                self._dossier_ids.setdefault(fold(name), own_slug)
            strangers: list[Stranger] = []
            resolved.append(
                ResolvedDossier(
                    document=document,
                    id=own_slug,
                    address=f"/dossiers/{own_slug}/",
                    regions=self._file_all(self.regions, meta.region, document.path, "region", strangers),
                    actors=self._file_all(self.actors, meta.actors, document.path, "actors", strangers),
                    strangers=tuple(strangers),
                )
            )
        self._dossier_hints = Hints(self._dossier_ids)
        return tuple(sorted(resolved, key=lambda dossier: dossier.id))

    def briefings(self, documents: Sequence[Document[Briefing]]) -> tuple[ResolvedBriefing, ...]:
        resolved = []
        paths: dict[str, str] = {}
        for document in documents:
            meta = document.meta
            own_id = meta.id or document.path.rpartition("/")[2].removesuffix(".md")
            own_slug = self._slug(meta.slug or undated_stem(document.path, meta.date), document, "slug")
            self._refuse_taken(paths, own_id, own_id, document, "briefing")
            if own_slug is None or meta.date is None:
                self.unaddressed += [document.path, f"/{own_id}.md"]  # by path and by id
                continue
            strangers: list[Stranger] = []
            resolved.append(
                ResolvedBriefing(
                    document=document,
                    id=own_id,
                    address=f"/{'/'.join(meta.date.start.parts)}/{own_slug}/",
                    regions=self._file_all(self.regions, meta.region, document.path, "region", strangers),
                    actors=self._file_all(self.actors, meta.actors, document.path, "actors", strangers),
                    tags=self._file_all(self.tags, meta.tags, document.path, "tags", strangers),
                    dossiers=self._dossiers_of(document),
                    sources=self._sources_of(document, strangers),
                    strangers=tuple(strangers),
                )
            )
        return tuple(resolved)

    def _slug(self, name: str, document: Document[Briefing] | Document[Dossier], field: str) -> str | None:
        own_slug = slug(name)
        if own_slug and (own_slug == name or field not in document.lines):
            return own_slug
        if own_slug and document.lines:
            # What a person wrote as part of an address must not become another in silence.
            message = f'"{name}" can\'t be part of an address as it is; write `{field}: {own_slug}`'
            self.faults.append(error(document.path, document.line(field), "bad-slug", message, field))
            return own_slug
        proposal = slug(document.meta.title) or "a-name-of-your-own"
        message = f'"{name}" makes no address; add `{field}: {proposal}`'
        self.faults.append(error(document.path, document.line(field), "empty-slug", message, field))
        return None

    def _refuse_taken(
        self,
        paths: dict[str, str],
        key: str,
        own_id: str,
        document: Document[Briefing] | Document[Dossier],
        what: str,
    ) -> None:
        other = paths.setdefault(key, document.path)
        if other == document.path:
            return
        message = f'"{own_id}" is the id of {other} too; a {what}\'s id is its own: change the newer one'
        self.faults.append(error(document.path, document.line("id"), "repeated-id", message, "id"))

    def _file_all(
        self, authority: Authority, mentions: Sequence[Mention], path: str, field: str, strangers: list[Stranger]
    ) -> tuple[str, ...]:
        filed = (self._file(authority, mention, path, field, strangers) for mention in mentions)
        return tuple(dict.fromkeys(own_slug for own_slug in filed if own_slug is not None))

    def _file(
        self, authority: Authority, mention: Mention, path: str, field: str, strangers: list[Stranger]
    ) -> str | None:
        own_slug, faults = authority.file_under(mention, path, field)
        self.faults.extend(faults)
        if own_slug is not None and authority.find(mention.name) is None:
            strangers.append(Stranger(authority.kind, own_slug, mention.name))
        return own_slug

    def _dossiers_of(self, document: Document[Briefing]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for mention in document.meta.dossier:
            own_id = self._dossier_ids.get(fold(mention.name))
            if own_id is not None:
                found[own_id] = None
                continue
            if not self._has_all_dossiers:
                continue
            hint = self._dossier_hints.did_you_mean(mention.name)
            message = f'there is no dossier "{mention.name}"{hint} (dossiers are files in content/dossiers/)'
            self.faults.append(error(document.path, mention.line, "unknown-dossier", message, "dossier"))
        return tuple(found)

    def _sources_of(self, document: Document[Briefing], strangers: list[Stranger]) -> tuple[str | None, ...]:
        slugs: list[str | None] = []
        for entry in document.meta.sources:
            if entry.name is not None:
                slugs.append(self._file(self.sources, entry.name, document.path, "sources", strangers))
            else:
                slugs.append(self.sources.find_host(entry.url) if entry.url else None)
        return tuple(slugs)
