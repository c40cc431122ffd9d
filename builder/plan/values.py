"""Values that several kinds of page show: cards, links, grades, places in a body."""

from __future__ import annotations

from typing import Any, TypeAlias

from builder.index import Entry
from builder.model.briefing import Briefing
from builder.model.common import Document
from builder.model.records import Actor, Source
from builder.plan.site import Site
from builder.plan.wording import CREDIBILITY, RELIABILITY, direction
from builder.resolve import TermKind

Value: TypeAlias = dict[str, Any]


def card(site: Site, entry: Entry) -> Value:
    """A briefing in a list."""
    document = entry.briefing.document
    meta = document.meta
    language = meta.lang or site.config.language
    return {
        "id": entry.id,
        "address": entry.briefing.address,
        "title": meta.title,
        "summary": summary_of(document),
        "date": site.wording.when(entry.when),
        "lang": language,
        "dir": direction(language),
        "status": meta.status,
        "draft": meta.draft,
        "event_type": meta.event_type,
        "trend": meta.trend,
        "regions": [term_link(site, "region", slug) for slug in entry.briefing.regions],
        "dossiers": [dossier_link(site, own_id) for own_id in entry.briefing.dossiers],
        "warning": bool(meta.warning),
    }


def summary_of(document: Document[Briefing]) -> str:
    """The standfirst: the summary, else the first paragraph, unless a warning must be read before that."""
    return document.meta.summary or ("" if document.meta.warning else document.body.excerpt)


def term_address(kind: TermKind, slug: str) -> str:
    """The address of a term's page."""
    return f"/{kind}s/{slug}/"


def term_link(site: Site, kind: TermKind, slug: str) -> Value:
    """A link to a term's page."""
    return {"name": site.archive.terms[kind][slug].name, "address": term_address(kind, slug)}


def actor_value(site: Site, slug: str) -> Value:
    """A link to an actor's page, with the actor's kind."""
    record = site.archive.terms["actor"][slug].record
    return {**term_link(site, "actor", slug), "kind": record.kind if isinstance(record, Actor) else None}


def region_value(site: Site, slug: str) -> Value:
    """A link to a region's page, with the note that belongs wherever its name heads a page."""
    record = site.archive.terms["region"][slug].record
    note = record.note if record is not None and record.note else None
    return {**term_link(site, "region", slug), "note": note}


def dossier_link(site: Site, own_id: str) -> Value:
    """A link to a dossier's page."""
    dossier = site.archive.dossiers_by_id[own_id]
    return {"name": dossier.document.meta.title, "address": dossier.address}


def reliability_value(grade: str | None, inherited: bool) -> Value | None:
    """A grade of the Admiralty code's first scale; None where nobody graded."""
    return {"grade": grade, "meaning": RELIABILITY[grade], "inherited": inherited} if grade else None


def credibility_value(grade: str | None) -> Value | None:
    """A grade of the Admiralty code's second scale, which is never inherited; None where nobody graded."""
    return {"grade": grade, "meaning": CREDIBILITY[grade], "inherited": False} if grade else None


def source_record(site: Site, slug: str | None) -> Source | None:
    """The record of a publisher, if it has one."""
    if slug is None:
        return None
    record = site.archive.terms["source"][slug].record
    return record if isinstance(record, Source) else None


def body_value(site: Site, digest: str, references: tuple[str, ...], prefix: str) -> Value:
    """A body as a page's input: the digest of its HTML, and where each of its references leads.

    `prefix` goes before the addresses: the way to the site's top, or the site's absolute URL.
    """
    return {"digest": digest, "addresses": [_reference(site, reference, prefix) for reference in references]}


def _reference(site: Site, reference: str, prefix: str) -> str:
    if reference.startswith("#"):
        return reference
    if reference.startswith("/"):
        return prefix + reference
    return prefix + site.media[reference].address


def root_of(address: str) -> str:
    """The way from a page to the site's top: `.`, `..`, `../..` and so on; an address goes behind it as it is."""
    depth = address.count("/") - 1
    return "/".join([".."] * depth) if depth else "."


def toc_value(headings: Any) -> list[Value]:
    """The headings of the second and third level, for a table of contents."""
    return [{"level": h.level, "title": h.title, "anchor": h.anchor} for h in headings if h.level in (2, 3)]
