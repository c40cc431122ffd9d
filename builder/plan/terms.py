"""Terms: the pages of a tag, a region, an actor and a source, and the indexes of each kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from builder.model.records import Actor, ActorKind, AnyRecord, Region, Source, SourceKind, Tag
from builder.names import fold
from builder.pages.recipes import FrameRecipe, Sheet
from builder.pages.values import Value, link, reliability_value, tongue_value
from builder.plan.lists import DatedList
from builder.plan.maps import region_map
from builder.plan.site import Site
from builder.resolve import Term, TermKind

HEADINGS: dict[TermKind, str] = {"tag": "Tags", "region": "Regions", "actor": "Actors", "source": "Sources"}
_GROUP_HEADINGS = {
    "government": "Governments",
    "armed forces": "Armed forces",
    "police": "Police",
    "armed group": "Armed groups",
    "party": "Parties",
    "organisation": "Organisations",
    "mission": "Missions",
    "court": "Courts",
    "person": "Persons",
    "community": "Communities",
    "news agency": "News agencies",
    "newspaper": "Newspapers",
    "broadcaster": "Broadcasters",
    "online news": "Online news",
    "state media": "State media",
    "official": "Official sources",
    "international organisation": "International organisations",
    "NGO": "NGOs",
    "think tank": "Think tanks",
    "encyclopaedia": "Encyclopaedias",
    "social media": "Social media",
    "other": "Other",
}


def term_sheet(site: Site, term: Term, dated: DatedList) -> Sheet:
    """What the page of a tag, region, actor or source is made from."""
    description = term.record.description if term.record else ""
    feeds = ((f"{site.config.title}: {term.name}", f"{dated.address}feed.xml"),)
    return Sheet(
        FrameRecipe(term.name, description, feeds),
        {"term": _term_value(site, term)},
        dated.listing(),
        map=region_map(site, term) if term.kind == "region" else None,
    )


def _term_value(site: Site, term: Term) -> Value:
    record = term.record
    children = site.archive.children.get(term.kind, {}).get(term.slug, ())
    members = site.archive.members[term.kind]
    return {
        "name": term.name,
        "address": site.term_address(term.kind, term.slug),
        "kind": record.kind if isinstance(record, Actor | Source) else None,
        "description": record.description if record else "",
        "note": record.note if record and record.note else None,
        "aliases": [alias.name for alias in record.aliases] if record else [],
        "parents": [_link(site, term.kind, slug) for slug in _ancestors(site, term)],
        "children": [{**_link(site, term.kind, slug), "count": len(members[slug])} for slug in children],
        "facts": _facts(site, record) if record else [],
        "state_controlled": isinstance(record, Source) and record.state_controlled,
        "reliability": reliability_value(record.reliability, inherited=False) if isinstance(record, Source) else None,
    }


def _link(site: Site, kind: TermKind, slug: str) -> Value:
    return link(site.labels[kind][slug])


def _ancestors(site: Site, term: Term) -> list[str]:
    """What a term is filed in, outermost first. A region has one line of parents; an actor may have several."""
    parents = site.archive.parents.get(term.kind, {})
    if term.kind != "region":
        return list(parents.get(term.slug, ()))
    line: list[str] = []
    at = parents.get(term.slug, ())
    while at:
        line.insert(0, at[0])
        at = parents.get(at[0], ())
    return line


def _facts(site: Site, record: AnyRecord) -> list[Value]:
    facts: list[Value] = []

    def add(label: str, value: str | None, url: str | None = None) -> None:
        if value:
            facts.append({"label": label, "value": value, "address": None, "url": url})

    if isinstance(record, Tag):
        return facts
    if isinstance(record, Region):
        add("Code", record.code)
        if record.lat is not None and record.lon is not None:
            add("Position", f"{record.lat:g}, {record.lon:g} (WGS 84)")
    else:
        country = site.archive.country_slug(record.country)
        if country is not None:
            label = site.labels["region"][country]
            facts.append({"label": "Country", "value": label.name, "address": label.address, "url": None})
        else:
            add("Country", record.country)
    if isinstance(record, Source):
        add("Owner", record.owner)
        add("Funding", record.funding)
        add("Reason for the grade", record.reason)
        add("Reviewed", site.wording.moment(record.reviewed)["text"] if record.reviewed else None)
        add("Web site", record.url, record.url)
    if record.wikidata:
        add("Wikidata", record.wikidata, f"https://www.wikidata.org/wiki/{record.wikidata}")
    return facts


def index_sheet(site: Site, kind: TermKind) -> Sheet:
    """What `/tags/`, `/regions/`, `/actors/` or `/sources/` is made from."""
    terms = sorted(site.archive.terms[kind].values(), key=lambda term: (fold(term.name), term.slug))
    if kind == "region":
        groups = [{"heading": None, "entries": _tree(site, terms)}]
    elif kind == "tag":
        groups = [{"heading": None, "entries": [_entry(site, term) for term in terms]}]
    else:
        groups = list(_groups(site, terms, get_args(ActorKind if kind == "actor" else SourceKind)))
    values = {"heading": HEADINGS[kind], "what": f"{kind}s", "groups": groups}
    return Sheet(FrameRecipe(HEADINGS[kind]), values)


def _groups(site: Site, terms: Iterable[Term], kinds: tuple[str, ...]) -> Iterable[Value]:
    by_kind: dict[str | None, list[Value]] = {}
    for term in terms:
        kind: str | None = term.record.kind if isinstance(term.record, Actor | Source) else None
        by_kind.setdefault(kind, []).append(_entry(site, term))
    for known in kinds:
        if known in by_kind:
            yield {"heading": _GROUP_HEADINGS[known], "entries": by_kind[known]}
    if None in by_kind:
        yield {"heading": "Not described yet" if len(by_kind) > 1 else None, "entries": by_kind[None]}


def _tree(site: Site, terms: list[Term]) -> list[Value]:
    parents = site.archive.parents.get("region", {})
    inside: dict[str | None, list[Term]] = {}
    for term in terms:
        own = parents.get(term.slug, ())
        inside.setdefault(own[0] if own else None, []).append(term)
    found: list[Value] = []
    pending = [(term, 0) for term in reversed(inside.get(None, []))]
    while pending:
        term, level = pending.pop()
        found.append(_entry(site, term, level))
        pending.extend((child, level + 1) for child in reversed(inside.get(term.slug, [])))
    return found


def _entry(site: Site, term: Term, level: int = 0) -> Value:
    record = term.record
    source = record if isinstance(record, Source) else None
    return {
        "name": term.name,
        "address": site.term_address(term.kind, term.slug),
        "count": len(site.archive.members[term.kind][term.slug]),
        "level": level,
        "kind": record.kind if isinstance(record, Actor | Source) else None,
        "note": record.note if record and record.note else None,
        "summary": record.description if record else "",
        "state_controlled": bool(source and source.state_controlled),
        "reliability": reliability_value(source.reliability, inherited=False) if source else None,
        "trend": None,
        "status": None,
        **tongue_value(None),
    }
