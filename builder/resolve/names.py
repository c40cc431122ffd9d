"""Names: what curators' words may mean in one archive. All that a document's names are resolved against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from msgspec import Struct

from builder.faults import Fault
from builder.load import Content, Records
from builder.load.file_names import undated_stem
from builder.model.common import Document, Mention
from builder.model.dossier import Dossier
from builder.names import fold, slug
from builder.resolve.authority import Authority, Stranger, Term, TermKind, parents


class Vocabulary(Struct, frozen=True):
    """What `Names` are made from: plain, so that it can be kept, compared and sent to a worker.

    `dossiers` has the id of each dossier by the folded names that mean it. `incomplete` are the kinds, in the plural,
    of which files couldn't be read: no name is said to be unknown among them. `timezone` is the site's.
    """

    records: Records
    dossiers: dict[str, str]
    incomplete: frozenset[str]
    timezone: str


class Names:
    """Tells which term or dossier a name means."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        records, incomplete = vocabulary.records, vocabulary.incomplete
        self.actors = Authority("actor", records.actors, "actors" not in incomplete)
        self.regions = Authority("region", records.regions, "regions" not in incomplete)
        self.sources = Authority("source", records.sources, "sources" not in incomplete)
        self.tags = Authority("tag", records.tags, "tags" not in incomplete)
        self.zone = ZoneInfo(vocabulary.timezone)
        self._dossiers = vocabulary.dossiers
        self._lacks_dossiers = "dossiers" in incomplete

    def authorities(self) -> tuple[Authority, ...]:
        """The authorities of all kinds."""
        return (self.tags, self.regions, self.actors, self.sources)

    def terms(self) -> dict[TermKind, dict[str, Term]]:
        """The terms that have a record, by kind and slug."""
        return {authority.kind: authority.terms() for authority in self.authorities()}

    def parents(self) -> tuple[dict[TermKind, dict[str, tuple[str, ...]]], list[Fault]]:
        """The slugs that each region and each actor is filed in, and what is wrong with all records."""
        region_parents, region_faults = parents(self.regions, "parent")
        actor_parents, actor_faults = parents(self.actors, "member_of")
        faults = [fault for authority in self.authorities() for fault in authority.faults]
        return {"region": region_parents, "actor": actor_parents}, [*faults, *region_faults, *actor_faults]

    def dossiers(self) -> Iterable[str] | None:
        """The folded names of all dossiers; None where some couldn't be read."""
        return None if self._lacks_dossiers else self._dossiers

    def dossier(self, name: str) -> str | None:
        """The id of the dossier that `name` means, or None."""
        return self._dossiers.get(fold(name))


class Filing:
    """What the names of one document mean, found out one after the other; with what is wrong."""

    def __init__(self, names: Names, path: str) -> None:
        self.names = names
        self.strangers: list[Stranger] = []
        self.faults: list[Fault] = []
        self._path = path

    def all_under(self, authority: Authority, mentions: Sequence[Mention], field: str) -> tuple[str, ...]:
        """The slugs of the terms of `mentions`, each once; those that can't be part of an address are left out."""
        slugs = (self.under(authority, mention, field) for mention in mentions)
        return tuple(dict.fromkeys(slug for slug in slugs if slug is not None))

    def under(self, authority: Authority, mention: Mention, field: str) -> str | None:
        """The slug of one name's term: a record's, or its own."""
        slug, is_record, fault = authority.file_under(mention, self._path, field)
        if fault is not None:
            self.faults.append(fault)
        if slug is not None and not is_record:
            self.strangers.append(Stranger(authority.kind, slug, mention.name, mention.line, field))
        return slug


def vocabulary_of(content: Content, timezone: str) -> Vocabulary:
    """What the names of an archive's briefings are resolved against."""
    kinds = ("actors", "regions", "sources", "tags", "dossiers")
    incomplete = {
        kind for kind in kinds for path in content.unread if path.startswith((f"content/{kind}.", f"content/{kind}/"))
    }
    return Vocabulary(content.records, _dossier_names(content.dossiers), frozenset(incomplete), timezone)


def _dossier_names(documents: Sequence[Document[Dossier]]) -> dict[str, str]:
    """The id of each dossier by the folded names that mean it; the first to have a name keeps it."""
    found: dict[str, str] = {}
    for document in documents:
        written = document.meta.id or undated_stem(document.path)
        if own_id := slug(written):
            for name in (written, document.meta.title):
                found.setdefault(fold(name), own_id)
    return found
