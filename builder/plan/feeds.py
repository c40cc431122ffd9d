"""Feeds: Atom 1.0 (RFC 4287), the newest entries of the site, a term or a dossier.

An entry's id is made of the briefing's id, so that it survives a change of address; `updated` moves only when the
briefing does.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from builder.index import Entry
from builder.plan.site import Site
from builder.plan.values import Value, body_value, summary_of

# The namespace of the ids of entries and feeds; it must never change.
_NAMESPACE = uuid.UUID("6f0e6a5e-0d5c-5b0f-9d5b-6a1b2f8f7c11")
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def feed_inputs(site: Site, title: str, address: str, entries: Iterable[Entry], full_text: bool) -> Value:
    """What a feed is made from. `address` is that of the page that it belongs to, such as `/` or `/tags/x/`."""
    zone = site.config.zone
    newest = sorted(entries, key=lambda e: (e.revised, e.id), reverse=True)[: site.config.feeds.entries]
    updated = max((entry.revised for entry in newest), default=_NEVER)
    return {
        "feed": {
            "title": title,
            "language": site.config.language,
            "id": f"urn:uuid:{uuid.uuid5(_NAMESPACE, f'feed {site.config.absolute}{address}')}",
            "home": site.config.absolute + address,
            "self": f"{site.config.absolute}{address}feed.xml",
            "author": site.config.title,
            "rights": site.config.licence,
            "updated": _rfc3339(updated, zone),
        },
        "entries": [_entry_value(site, entry, full_text) for entry in newest],
    }


def _entry_value(site: Site, entry: Entry, full_text: bool) -> Value:
    zone = site.config.zone
    document = entry.briefing.document
    meta = document.meta
    permalink = site.config.absolute + entry.briefing.address
    withdrawn = meta.withdrawn
    value: Value = {
        "id": f"urn:uuid:{uuid.uuid5(_NAMESPACE, f'briefing {entry.id}')}",
        "language": meta.lang or site.config.language,
        "url": permalink,
        "published": _rfc3339(entry.published, zone),
        "updated": _rfc3339(entry.revised, zone),
        "withdrawn": withdrawn.reason if withdrawn else None,
        "body": None,
    }
    if withdrawn:
        hidden = withdrawn.hide_title
        title = "Withdrawn briefing" if hidden else f"Withdrawn: {meta.title}"
        return value | {"title": title, "summary": withdrawn.reason, "authors": [], "categories": []}
    terms = site.archive.terms
    categories = [terms["region"][slug].name for slug in entry.briefing.regions]
    categories += [terms["tag"][slug].name for slug in entry.briefing.tags]
    if full_text:
        value["body"] = body_value(site, document.body.html, entry.references, site.config.absolute) | {
            "permalink": permalink
        }
    return value | {
        "title": meta.title,
        "summary": summary_of(document),
        "authors": list(meta.author),
        "categories": categories,
    }


def _rfc3339(instant: datetime, zone: ZoneInfo) -> str:
    """In the site's zone; in UTC where that had seconds in its offset, before standard time, as RFC 3339 knows none."""
    try:
        local = instant.astimezone(zone)
    except OverflowError:
        local = instant
    offset = local.utcoffset()
    if not offset or offset.seconds % 60:
        return instant.isoformat(timespec="seconds").replace("+00:00", "Z")
    return local.isoformat(timespec="seconds")
