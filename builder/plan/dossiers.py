"""Dossiers: the page of a conflict, its state and how it changed, and the index of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct

from builder.index import Entry
from builder.pages.recipes import FrameRecipe, Sheet
from builder.pages.values import (
    Value,
    actor_value,
    region_value,
    rows_value,
    toc_value,
    tongue_value,
    translation_value,
)
from builder.plan.lists import WHOLE, DatedList
from builder.plan.maps import dossier_map
from builder.plan.network import network
from builder.plan.reliance import reliance
from builder.plan.site import Site, summary_of
from builder.resolve import ResolvedDossier

NEWEST_TRENDS = 60


class State(Struct, frozen=True):
    """Where a dossier's conflict is going, why, and which briefing says so (None: the dossier itself).

    `tongue` is the language of the reason, where that isn't the pages'.
    """

    trend: str | None
    reason: str
    entry: Entry | None
    tongue: str | None = None


def state_of(site: Site, dossier: ResolvedDossier) -> State:
    """A dossier's trend: its own where `as_of` is later than the newest briefing that states one, else that one's."""
    meta = dossier.document.meta
    judged = _judged(site, dossier)
    newest = judged[-1] if judged else None
    zone = site.config.zone
    own_is_newer = newest is None or (
        meta.as_of is not None and meta.as_of.instant(zone) > newest.briefing.when.start.instant(zone)
    )
    if meta.trend is not None and own_is_newer:
        return State(meta.trend, meta.trend_reason, None, _tongue(site, dossier, "trend_reason"))
    if newest is None:
        return State(None, "", None)
    reason_lang = newest.briefing.reason_lang
    return State(newest.briefing.trend, newest.briefing.trend_reason, newest, site.tongue(reason_lang))


def _tongue(site: Site, dossier: ResolvedDossier, field: str) -> str | None:
    """The language of a field's words, which a translation may have taken from its original."""
    document = dossier.document
    return site.tongue(document.meta.lang if not dossier.translated or field in document.lines else None)


def _judged(site: Site, dossier: ResolvedDossier) -> list[Entry]:
    """The briefings that give the dossier its trend, oldest first. One in several dossiers gives it to the first."""
    entries = (site.archive.entries[position] for position in site.archive.dossier_members[dossier.id])
    return [e for e in entries if e.briefing.trend and e.briefing.dossiers[0] == dossier.id]


def dossier_sheet(site: Site, dossier: ResolvedDossier, dated: DatedList) -> Sheet:
    """What the page of a dossier is made from."""
    document = dossier.document
    meta = document.meta
    feeds = ((site.wording.narrowed(site.config.title, meta.title), f"{dossier.address}feed.xml"),)
    values: Value = {
        "dossier": _dossier_value(site, dossier),
        "toc": toc_value(document.body.headings),
        "trends": [
            {
                **_event_value(site, entry),
                "reason": entry.briefing.trend_reason,
                "reason_tongue": tongue_value(site.tongue(entry.briefing.reason_lang)),
            }
            for entry in thinned(_judged(site, dossier))
        ],
        "timeline": _timeline(site, dossier, dated),
        "data": rows_value(site.scene, "dossier_ids", dossier.id),
    }
    if "network" in site.needs:
        values["network"] = network(site, dated.members)
    if "reliance" in site.needs:
        values["reliance"] = reliance(site, dated.members)
    return Sheet(
        FrameRecipe(meta.title, summary_of(dossier), feeds),
        values,
        dated.listing(),
        site.body(document.path, document.body.html),
        activity=site.activity(dated.members) if "activity" in site.needs else (),
        map=dossier_map(site, dossier),
    )


def thinned(judged: Sequence[Entry]) -> list[Entry]:
    """The newest judgements, and of each year before these its last: as many as a page has room for."""
    newest = judged[-NEWEST_TRENDS:]
    last_of_year = {entry.briefing.when.start.year: entry for entry in judged[:-NEWEST_TRENDS]}
    return [*last_of_year.values(), *newest]


def _timeline(site: Site, dossier: ResolvedDossier, dated: DatedList) -> list[Value]:
    """The key dates and, where there are no more than stand on one page, the briefings; oldest first."""
    zone = site.config.zone
    meta = dossier.document.meta
    tongue = tongue_value(_tongue(site, dossier, "key_dates"))
    found: list[tuple[tuple[int, int], Value]] = [
        (
            (key.date.timestamp(zone), 0),
            {"date": site.wording.moment(key.date), "text": key.text, "address": None, "trend": None, **tongue},
        )
        for key in meta.key_dates
    ]
    if len(dated.members) <= WHOLE:
        for entry in (site.archive.entries[member] for member in dated.members):
            value = _event_value(site, entry)
            found.append(((entry.briefing.when.start.timestamp(zone), 1), value | {"text": value.pop("title")}))
    return [value for _, value in sorted(found, key=lambda pair: pair[0])]


def _event_value(site: Site, entry: Entry) -> Value:
    return {
        "date": site.wording.when(entry.briefing.when),
        "title": entry.briefing.title,
        "address": entry.briefing.address,
        "trend": entry.briefing.trend,
        **tongue_value(site.tongue(entry.briefing.lang)),
    }


def _dossier_value(site: Site, dossier: ResolvedDossier) -> Value:
    meta = dossier.document.meta
    state = state_of(site, dossier)
    moment = site.wording.moment
    return {
        "title": meta.title,
        "summary": meta.summary,
        "status": meta.status,
        "as_of": moment(meta.as_of) if meta.as_of else None,
        "start": moment(meta.start) if meta.start else None,
        "end": moment(meta.end) if meta.end else None,
        "regions": [region_value(site.labels["region"][slug]) for slug in dossier.regions],
        "actors": [actor_value(site.labels["actor"][slug]) for slug in dossier.actors],
        "key_dates": [{"date": moment(key.date), "text": key.text} for key in meta.key_dates],
        "trend": state.trend,
        "trend_reason": state.reason,
        "trend_from": _trend_from(site, state),
        "outlook": meta.outlook,
        "tongues": {
            "trend_reason": tongue_value(state.tongue),
            "outlook": tongue_value(_tongue(site, dossier, "outlook")),
            "key_dates": tongue_value(_tongue(site, dossier, "key_dates")),
        },
        "translation": translation_value(meta.translation),
        **tongue_value(site.tongue(meta.lang)),
    }


def _trend_from(site: Site, state: State) -> Value | None:
    """The briefing that judged; None where the dossier itself did."""
    if state.entry is None:
        return None
    briefing = state.entry.briefing
    return {
        "date": site.wording.when(briefing.when),
        "address": briefing.address,
        "title": briefing.title,
        **tongue_value(site.tongue(briefing.lang)),
    }


def dossier_index_sheet(site: Site) -> Sheet:
    """What `/dossiers/` is made from."""
    entries = [
        {
            "name": dossier.document.meta.title,
            "address": dossier.address,
            "count": len(site.archive.dossier_members[dossier.id]),
            "level": 0,
            "kind": None,
            "note": None,
            "summary": summary_of(dossier),
            "state_controlled": False,
            "reliability": None,
            "trend": state_of(site, dossier).trend,
            "status": dossier.document.meta.status,
            "words": tongue_value(site.tongue(dossier.document.meta.lang)),
            **tongue_value(site.tongue(dossier.document.meta.lang)),
        }
        for dossier in site.archive.dossiers
    ]
    heading = site.headings["dossiers"]
    values = {"heading": heading, "what": "dossiers", "groups": [{"heading": None, "entries": entries}]}
    return Sheet(FrameRecipe(heading), values)


def dossier_value(site: Site, dossier: ResolvedDossier) -> Value:
    """A dossier on the home page: its state in one sentence, and when it was last heard of."""
    meta = dossier.document.meta
    members = site.archive.dossier_members[dossier.id]
    state = state_of(site, dossier)
    return {
        "title": meta.title,
        "address": dossier.address,
        "summary": summary_of(dossier),
        "status": meta.status,
        "trend": state.trend,
        "trend_reason": state.reason,
        "reason_tongue": tongue_value(state.tongue),
        "trend_from": _trend_from(site, state),
        "latest": site.wording.when(site.archive.entries[members[-1]].briefing.when) if members else None,
        "count": len(members),
        "lately": len(members) - bisect_left(members, site.lately),
        **tongue_value(site.tongue(meta.lang)),
    }
