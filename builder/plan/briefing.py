"""A briefing's own page, and the notice that stands in the place of a withdrawn one."""

from __future__ import annotations

import hashlib
from typing import Any

from builder.dates import Moment
from builder.index import Entry
from builder.model.briefing import Briefing, Figure, SourceEntry, Withdrawal
from builder.plan.frame import frame
from builder.plan.site import Site
from builder.plan.values import (
    Value,
    actor_value,
    body_value,
    card,
    credibility_value,
    dossier_link,
    region_value,
    reliability_value,
    root_of,
    source_record,
    summary_of,
    term_link,
    toc_value,
)
from builder.plan.wording import direction


def briefing_inputs(site: Site, entry: Entry) -> Value:
    """What the page of a briefing is made from."""
    archive = site.archive
    document = entry.briefing.document
    meta = document.meta
    address = entry.briefing.address
    summary = summary_of(document)
    earlier, later = archive.neighbours(entry.position)
    inputs = frame(
        site, "briefing", address, meta.title, summary, language=meta.lang, draft=meta.draft
    )  # fmt: skip
    inputs |= {
        "briefing": _briefing_value(site, entry, summary),
        "body": body_value(site, document.body.html, entry.references, root_of(address)),
        "toc": toc_value(document.body.headings),
        "earlier": card(site, earlier) if earlier else None,
        "later": card(site, later) if later else None,
        "in_dossiers": [_in_dossier(site, entry, own_id) for own_id in entry.briefing.dossiers],
    }
    if "related" in site.needs:
        inputs["related"] = [card(site, other) for other in archive.related(entry.position)]
    return inputs


def notice_inputs(site: Site, entry: Entry, address: str) -> Value:
    """What stands at the address of a withdrawn briefing, and at old addresses of one whose title is withheld."""
    meta = entry.briefing.document.meta
    withdrawn = meta.withdrawn
    assert withdrawn is not None
    hidden = withdrawn.hide_title
    title = "Withdrawn briefing" if hidden else meta.title
    return frame(site, "notice", address, title, withdrawn.reason, language=meta.lang, draft=True) | {
        "notice": {
            "title": None if hidden else meta.title,
            "digest": hashlib.sha256(entry.id.encode()).hexdigest() if hidden else None,
            "date": site.wording.moment(withdrawn.date),
            "reason": withdrawn.reason,
            "replaced_by": _replacement(site, withdrawn),
        }
    }


def _replacement(site: Site, withdrawn: Withdrawal) -> Value | None:
    """A link to the briefing to read instead; where that is withdrawn too, to the one that replaces it."""
    met: set[str] = set()
    while withdrawn.replaced_by is not None and withdrawn.replaced_by.name not in met:
        met.add(withdrawn.replaced_by.name)
        other = site.archive.by_id.get(withdrawn.replaced_by.name)
        if other is None:
            return None
        meta = other.briefing.document.meta
        if meta.withdrawn is None:
            return {"name": meta.title, "address": other.briefing.address}
        withdrawn = meta.withdrawn
    return None


def _briefing_value(site: Site, entry: Entry, summary: str) -> Value:
    document = entry.briefing.document
    meta = document.meta
    wording = site.wording
    published = meta.published or entry.when.start
    return {
        "id": entry.id,
        "title": meta.title,
        "summary": summary,
        "date": wording.when(entry.when),
        "period": f"/{'/'.join(entry.when.start.parts)}/",
        "published": wording.moment(published),
        "updated": _date(site, meta.updated),
        "status": meta.status,
        "draft": meta.draft,
        "future": _is_future(entry, published),
        **_language(site, meta),
        "authors": list(meta.author),
        "regions": [region_value(site, slug) for slug in entry.briefing.regions],
        "actors": [actor_value(site, slug) for slug in entry.briefing.actors],
        "tags": [term_link(site, "tag", slug) for slug in entry.briefing.tags],
        "dossiers": [_titled(dossier_link(site, own_id)) for own_id in entry.briefing.dossiers],
        "event_type": meta.event_type,
        "trend": meta.trend,
        "trend_reason": meta.trend_reason,
        "confidence": meta.confidence,
        "warning": meta.warning or None,
        "locations": [
            {"name": place.name, "lat": place.lat, "lon": place.lon, "precision": place.precision}
            for place in meta.location
        ],
        "figures": [_figure(site, figure) for figure in meta.figures],
        "image": _image(site, entry),
        "attachments": _attachments(site, entry),
        "sources": [
            _source(site, source, slug) for source, slug in zip(meta.sources, entry.briefing.sources, strict=True)
        ],
        "capture": {"sha256": meta.capture.sha256, "converted": meta.capture.converted, "address": None}
        if meta.capture
        else None,
        "corrections": [
            {"date": wording.moment(correction.date), "note": correction.note, "kind": correction.kind}
            for correction in sorted(meta.corrections, key=lambda c: c.date.instant(site.config.zone), reverse=True)
        ],
        "digest": document.written,
        "translation": {"by": meta.translation.by, "reviewed": meta.translation.reviewed} if meta.translation else None,
        "inferred": [{"field": field, "confidence": sure} for field, sure in sorted(meta.inferred.items())],
        "extra": document.extra,
    }


def _language(site: Site, meta: Briefing) -> dict[str, str]:
    language = meta.lang or site.config.language
    return {"lang": language, "dir": direction(language)}


def _is_future(entry: Entry, published: Moment) -> bool:
    return entry.when.start.first_day() > published.last_day()


def _date(site: Site, moment: Moment | None) -> dict[str, str] | None:
    return site.wording.moment(moment) if moment else None


def _titled(link: Value) -> Value:
    return {"title": link["name"], "address": link["address"]}


def _in_dossier(site: Site, entry: Entry, own_id: str) -> Value:
    earlier, later = site.archive.neighbours(entry.position, site.archive.dossier_members[own_id])
    return _titled(dossier_link(site, own_id)) | {
        "earlier": card(site, earlier) if earlier else None,
        "later": card(site, later) if later else None,
    }


def _figure(site: Site, figure: Figure) -> Value:
    number = site.wording.number
    if figure.value is not None:
        value = number(figure.value)
    elif figure.low is not None and figure.high is not None:
        value = f"{number(figure.low)}–{number(figure.high)}"
    elif figure.low is not None:
        value = f"{number(figure.low)} or more"
    else:
        assert figure.high is not None
        value = f"up to {number(figure.high)}"
    return {"what": figure.what, "value": value, "says": figure.says, "on": _date(site, figure.on)}


def _source(site: Site, source: SourceEntry, slug: str | None) -> Value:
    record = source_record(site, slug)
    term = site.archive.terms["source"].get(slug) if slug else None
    inherited = source.reliability is None
    return {
        "name": term.name if term else None,
        "address": f"/sources/{slug}/" if term else None,
        "kind": record.kind if record else None,
        "state_controlled": bool(record and record.state_controlled),
        "title": source.title,
        "url": source.url,
        "published": _date(site, source.published),
        "accessed": _date(site, source.accessed),
        "archived_url": source.archived_url,
        "reliability": reliability_value(source.reliability or (record.reliability if record else None), inherited),
        "credibility": credibility_value(source.credibility),
    }


def _image(site: Site, entry: Entry) -> Value | None:
    image = entry.briefing.document.meta.image
    path = site.archive.references.files.get(entry.briefing.document.path, {}).get("image")
    if image is None or path is None:
        return None
    return {
        "src": site.media[path].address,
        "alt": image.alt,
        "caption": image.caption,
        "credit": image.credit,
    }


def _attachments(site: Site, entry: Entry) -> list[Value]:
    files = site.archive.references.files.get(entry.briefing.document.path, {})
    found: list[dict[str, Any]] = []
    for number, attachment in enumerate(entry.briefing.document.meta.attachments):
        if path := files.get(f"attachments.{number}"):
            file = site.media[path]
            found.append(
                {
                    "address": file.address,
                    "title": attachment.title,
                    "licence": attachment.licence,
                    "size": file.size,
                }
            )
    return found
