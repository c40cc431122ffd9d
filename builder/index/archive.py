"""The archive: everything cross-referenced, ready to be planned into pages. Bodies stay outside, by digest."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from operator import attrgetter

from msgspec import Struct

from builder.dates import When
from builder.index.periods import Period, periods_of
from builder.index.related import Neighbourhood, TermId
from builder.model.records import Region
from builder.resolve import Filed, Resolved, ResolvedDossier, Term, TermKind
from builder.resolve.authority import stranger_terms
from builder.resolve.prose import Prosaic
from builder.resolve.references import References


class Entry(Struct, frozen=True, gc=False):
    """A briefing in the archive, at its position in time. `references` are where those of its body lead."""

    position: int
    briefing: Filed
    references: tuple[str, ...]

    @property
    def id(self) -> str:
        """The briefing's id."""
        return self.briefing.id


class Archive(Struct, frozen=True):
    """The cross-referenced whole.

    `entries` are all briefings that are shown, oldest first: every position below is one in it. `notices` are the
    withdrawn ones, which stand nowhere else; `notice_members` has their positions among themselves by the terms that
    they stood under (none of those whose title is withheld, since that would tell). `language` is empty for the site's
    own; in another, entries are translations where there are any, else originals. `members` has the positions of
    each term, ascending; those of a region include what happened in the regions inside it. `children` are the slugs
    filed directly under a region or an actor. `prose` is by place, and `prose_inside` has the places of what lies in
    the folder of a page. `periods` and `days` (ordinals) are by position; `across` are the positions of what stands on
    several years.
    """

    language: str
    entries: tuple[Entry, ...]
    notices: tuple[Entry, ...]
    notice_members: dict[TermId, tuple[int, ...]]
    dossiers: tuple[ResolvedDossier, ...]
    prose: dict[str, Prosaic]
    prose_inside: dict[str, tuple[str, ...]]
    terms: dict[TermKind, dict[str, Term]]
    members: dict[TermKind, dict[str, tuple[int, ...]]]
    dossier_members: dict[str, tuple[int, ...]]
    parents: dict[TermKind, dict[str, tuple[str, ...]]]
    children: dict[TermKind, dict[str, tuple[str, ...]]]
    references: References
    by_id: dict[str, Entry]
    notices_by_id: dict[str, Entry]
    dossiers_by_id: dict[str, ResolvedDossier]
    term_members: dict[TermId, tuple[int, ...]]
    periods: tuple[tuple[Period, ...], ...]
    across: tuple[int, ...]
    days: tuple[int, ...]
    codes: dict[str, str]

    def own(self, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """Those of `entries` whose pages are in this archive's language: all in the site's own, else translations."""
        return tuple([e for e in entries if e.briefing.original is not None]) if self.language else entries

    def own_prose(self) -> Iterator[tuple[str, Prosaic]]:
        """The pages of prose in this archive's language, by place."""
        return ((place, page) for place, page in self.prose.items() if not self.language or page.address != place)

    def neighbours(self, position: int, members: tuple[int, ...] | None = None) -> tuple[Entry | None, Entry | None]:
        """The entries before and after the one at `position`, among `members` or in the whole archive."""
        if members is None:
            earlier, later = position - 1, position + 1
            return (
                self.entries[earlier] if earlier >= 0 else None,
                self.entries[later] if later < len(self.entries) else None,
            )
        at = bisect_left(members, position)
        return (
            self.entries[members[at - 1]] if at > 0 else None,
            self.entries[members[at + 1]] if at + 1 < len(members) else None,
        )

    def country_slug(self, code: str | None) -> str | None:
        """The slug of the region that has an ISO 3166-1 code, or None."""
        return self.codes.get(code) if code else None

    def neighbourhood(self) -> Neighbourhood:
        """Which briefings are close to which: found out in some tenths of a second for 10,000, so only once."""
        return Neighbourhood(self.term_members, self.days, [entry.id for entry in self.entries])


def index(
    resolved: Resolved, prose: Iterable[Prosaic], references: References, drafts: bool, language: str = ""
) -> Archive:
    """Cross-references everything. Drafts are in it only if `drafts`. `language` is empty for the site's own."""
    shown = [b for b in resolved.briefings if drafts or not b.draft]
    entries = _in_order([b for b in shown if b.withdrawn is None], references)
    term_members, periods = _positions(entries), _periods(entries)
    children = {kind: _children(parents) for kind, parents in resolved.parents.items()}
    notices = _in_order([b for b in shown if b.withdrawn is not None], references)
    terms = _all_terms(resolved, entries)
    shown_prose = {page.place: page for page in prose if drafts or not page.document.meta.draft}
    return Archive(
        language=language,
        entries=entries,
        notices=notices,
        notice_members=_notice_members(notices, resolved.parents.get("region", {})),
        dossiers=resolved.dossiers,
        prose=shown_prose,
        prose_inside=_inside(shown_prose),
        terms=terms,
        members=_members(terms, term_members, resolved.parents.get("region", {})),
        dossier_members={d.id: term_members.get(("dossier", d.id), ()) for d in resolved.dossiers},
        parents=resolved.parents,
        children=children,
        references=references,
        # Where a translation was withdrawn and its original stands, the two have one id.
        by_id={entry.briefing.id: entry for entry in (*notices, *entries)},
        notices_by_id={entry.briefing.id: entry for entry in notices},
        dossiers_by_id={dossier.id: dossier for dossier in resolved.dossiers},
        term_members=term_members,
        periods=periods,
        across=tuple([position for position, own in enumerate(periods) if own[-1][0] != own[0][0]]),
        days=tuple(entry.briefing.order[0] for entry in entries),
        codes={
            term.record.code: slug
            for slug, term in resolved.terms["region"].items()
            if isinstance(term.record, Region) and term.record.code
        },
    )


def _in_order(briefings: Iterable[Filed], references: References) -> tuple[Entry, ...]:
    ordered = sorted(briefings, key=lambda b: (b.order, b.id))
    found = references.bodies
    return tuple(Entry(position, b, found.get(b.path, ())) for position, b in enumerate(ordered))


def _all_terms(resolved: Resolved, entries: tuple[Entry, ...]) -> dict[TermKind, dict[str, Term]]:
    """The terms with a record, and those of the names without one that something shown uses; sorted by slug."""
    found = {kind: dict(terms) for kind, terms in resolved.terms.items()}
    strangers = [stranger for entry in entries for stranger in entry.briefing.strangers]
    strangers += [stranger for dossier in resolved.dossiers for stranger in dossier.strangers]
    for term in stranger_terms(strangers):
        found[term.kind][term.slug] = term
    return {kind: dict(sorted(terms.items())) for kind, terms in found.items()}


def _notice_members(
    notices: tuple[Entry, ...], region_parents: dict[str, tuple[str, ...]]
) -> dict[TermId, tuple[int, ...]]:
    found: dict[TermId, list[int]] = {}
    for notice in notices:
        withdrawn = notice.briefing.withdrawn
        if withdrawn is None or withdrawn.hide_title:
            continue
        terms = _terms_of(notice.briefing)
        for region in notice.briefing.regions:
            terms.update(dict.fromkeys(("region", outer) for outer in _outer(region, region_parents)))
        for term in terms:
            found.setdefault(term, []).append(notice.position)
    return {term: tuple(positions) for term, positions in found.items()}


def _terms_of(briefing: Filed) -> dict[TermId, None]:
    """Each once, in their order."""
    terms: list[TermId] = [("actor", slug) for slug in briefing.actors]
    terms += [("dossier", slug) for slug in briefing.dossiers]
    terms += [("region", slug) for slug in briefing.regions]
    terms += [("source", slug) for slug in briefing.sources if slug is not None]
    terms += [("tag", slug) for slug in briefing.tags]
    return dict.fromkeys(terms)


def _inside(prose: dict[str, Prosaic]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for address in sorted(prose):
        outer = address
        while outer != "/":
            outer = outer[: outer.rstrip("/").rindex("/") + 1]
            if outer in prose and outer != "/":
                found.setdefault(outer, []).append(address)
                break
    return {address: tuple(inside) for address, inside in found.items()}


def _periods(entries: tuple[Entry, ...]) -> tuple[tuple[Period, ...], ...]:
    of_dates: dict[When, tuple[Period, ...]] = {}  # many briefings have one date
    found = []
    for entry in entries:
        when = entry.briefing.when
        own = of_dates.get(when)
        if own is None:
            own = of_dates[when] = tuple(periods_of(when))
        found.append(own)
    return tuple(found)


def _positions(entries: tuple[Entry, ...]) -> dict[TermId, tuple[int, ...]]:
    found: dict[TermId, tuple[int, ...]] = {}
    for kind in _KINDS:
        of_kind: defaultdict[str | None, list[int]] = defaultdict(list)
        slugs_of = attrgetter(f"{kind}s")
        for position, entry in enumerate(entries):
            for slug in slugs_of(entry.briefing):
                of_kind[slug].append(position)
        for slug, positions in of_kind.items():
            if slug is not None:  # a source may be named twice, or be nobody that we know
                found[(kind, slug)] = tuple(dict.fromkeys(positions))
    return found


_KINDS = ("actor", "dossier", "region", "source", "tag")


def _children(parents: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for child in sorted(parents):
        for parent in parents[child]:
            found.setdefault(parent, []).append(child)
    return {parent: tuple(inside) for parent, inside in found.items()}


def _members(
    terms: dict[TermKind, dict[str, Term]],
    term_members: dict[TermId, tuple[int, ...]],
    region_parents: dict[str, tuple[str, ...]],
) -> dict[TermKind, dict[str, tuple[int, ...]]]:
    members = {kind: {slug: term_members.get((kind, slug), ()) for slug in of_kind} for kind, of_kind in terms.items()}
    gathered: dict[str, set[int]] = {}
    for slug, own in members["region"].items():
        for outer in (*_outer(slug, region_parents), slug) if own else ():
            gathered.setdefault(outer, set()).update(own)
    members["region"] = {slug: tuple(sorted(gathered.get(slug, ()))) for slug in members["region"]}
    return members


def _outer(region: str, parents: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """The regions that a region lies in, nearest first."""
    found = parents.get(region, ())
    while found:
        yield found[0]
        found = parents.get(found[0], ())
