"""Terms: the pages of a tag, a region, an actor and a source, and the indexes of each kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from builder.model.records import Actor, ActorKind, AnyRecord, Region, Source, SourceKind, Tag
from builder.names import fold
from builder.pages.recipes import FrameRecipe, Sheet
from builder.pages.values import Value, link, reliability_value, rows_value, tongue_value
from builder.pages.web_addresses import encoded
from builder.plan.lists import DatedList
from builder.plan.maps import region_map
from builder.plan.site import Site
from builder.plan.together import together
from builder.resolve import Term, TermKind


def term_sheet(site: Site, term: Term, dated: DatedList) -> Sheet:
    """What the page of a tag, region, actor or source is made from."""
    description = term.record.description if term.record else ""
    feeds = ((site.wording.narrowed(site.config.title, term.name), f"{dated.address}feed.xml"),)
    # What happened in the regions inside a region is listed there too.
    field = "within" if term.kind == "region" else f"{term.kind}_ids"
    values: Value = {"term": _term_value(site, term), "data": rows_value(site.scene, field, term.slug)}
    if "together" in site.needs:
        values["together"] = together(site, term.kind, term.slug)
    return Sheet(
        FrameRecipe(term.name, description, feeds),
        values,
        dated.listing(),
        activity=site.activity(dated.members) if "activity" in site.needs else (),
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
        **tongue_value(site.tongue_of(term)),
        "tongues": {
            "description": tongue_value(site.tongue_of_text(record.descriptions) if record else None),
            "note": tongue_value(site.tongue_of_text(record.notes) if record else None),
        },
        "children": [{**_link(site, term.kind, slug), "count": len(members[slug])} for slug in children],
        "facts": _facts(site, record) if record else [],
        "state_controlled": isinstance(record, Source) and record.state_controlled,
        "reliability": reliability_value(site.wording, record.reliability, inherited=False)
        if isinstance(record, Source)
        else None,
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
    _ = site.wording.words.gettext

    def add(label: str, value: str | None, url: str | None = None) -> None:
        if value:
            facts.append({"label": label, "value": value, "address": None, "url": url})

    if isinstance(record, Tag):
        return facts
    if isinstance(record, Region):
        add(_standard_of(record.code), record.code)
        if record.lat is not None and record.lon is not None:
            add(_("Position"), f"{record.lat:g}, {record.lon:g} (WGS 84)")
    else:
        country = site.archive.country_slug(record.country)
        # The United Nations are no organisation of the United States.
        what = _("Based in") if isinstance(record, Source) else _("Country")
        if country is not None:
            label = site.labels["region"][country]
            facts.append({"label": what, "value": label.name, "address": label.address, "url": None})
        else:
            add(what, record.country)
    if isinstance(record, Source):
        add(_("Owner"), record.owner)
        add(_("Funding"), record.funding)
        add(_("Reason for the grade"), record.reason)
        add(_("Reviewed"), site.wording.moment(record.reviewed)["text"] if record.reviewed else None)
        add(_("Web site"), record.url, record.url and encoded(record.url))
    if record.wikidata:
        add("Wikidata", record.wikidata, f"https://www.wikidata.org/wiki/{record.wikidata}")
    return facts


def _standard_of(code: str | None) -> str:
    """Which standard a region's code is of: digits are UN M49's, letters those of ISO 3166."""
    if code is None or code.isdigit():
        return "UN M49"
    return "ISO 3166-2" if "-" in code else "ISO 3166-1"


def index_sheet(site: Site, kind: TermKind) -> Sheet:
    """What `/tags/`, `/regions/`, `/actors/` or `/sources/` is made from."""
    terms = _by_name(site, kind)
    if kind == "region":
        regions = site.archive.terms["region"]
        entries = [_entry(site, regions[slug], depth) for slug, depth in region_tree(site)]
        groups = [{"heading": None, "entries": entries}]
    elif kind == "tag":
        groups = [{"heading": None, "entries": [_entry(site, term) for term in terms]}]
    else:
        groups = list(_groups(site, terms, get_args(ActorKind if kind == "actor" else SourceKind)))
    heading = site.headings[f"{kind}s"]
    return Sheet(FrameRecipe(heading), {"heading": heading, "what": f"{kind}s", "groups": groups})


def _groups(site: Site, terms: Iterable[Term], kinds: tuple[str, ...]) -> Iterable[Value]:
    by_kind: dict[str | None, list[Value]] = {}
    for term in terms:
        kind: str | None = term.record.kind if isinstance(term.record, Actor | Source) else None
        by_kind.setdefault(kind, []).append(_entry(site, term))
    for known in kinds:
        if known in by_kind:
            yield {"heading": site.wording.vocabulary["kinds"][known], "entries": by_kind[known]}
    if None in by_kind:
        yield {
            "heading": site.wording.words.gettext("Not described yet") if len(by_kind) > 1 else None,
            "entries": by_kind[None],
        }


def region_tree(site: Site) -> Iterator[tuple[str, int]]:
    """The slugs of all regions, each before those inside it and otherwise by name, with how deep each lies."""
    parents = site.archive.parents.get("region", {})
    inside: dict[str | None, list[Term]] = {}
    for term in _by_name(site, "region"):
        own = parents.get(term.slug, ())
        inside.setdefault(own[0] if own else None, []).append(term)
    pending = [(term.slug, 0) for term in reversed(inside.get(None, []))]
    while pending:
        slug, depth = pending.pop()
        yield slug, depth
        pending.extend((child.slug, depth + 1) for child in reversed(inside.get(slug, [])))


def _by_name(site: Site, kind: TermKind) -> list[Term]:
    return sorted(site.archive.terms[kind].values(), key=lambda term: (fold(term.name), term.slug))


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
        "reliability": reliability_value(site.wording, source.reliability, inherited=False) if source else None,
        "trend": None,
        "status": None,
        "words": tongue_value(site.tongue_of_text(record.descriptions) if record else None),
        **tongue_value(site.tongue_of(term)),
    }
