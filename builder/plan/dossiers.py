"""Dossiers: the page of a conflict, its state and how it changed, and the index of them."""

from __future__ import annotations

from msgspec import Struct

from builder.index import Entry
from builder.pages.recipes import FrameRecipe, Sheet
from builder.pages.values import Value, actor_value, region_value, toc_value, tongue_value, translation_value
from builder.plan.lists import DatedList
from builder.plan.maps import dossier_map
from builder.plan.site import Site, summary_of
from builder.resolve import ResolvedDossier


class State(Struct, frozen=True):
    """Where a dossier's conflict is going, why, and which briefing says so (None: the dossier itself)."""

    trend: str | None
    reason: str
    entry: Entry | None


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
        return State(meta.trend, meta.trend_reason, None)
    if newest is None:
        return State(None, "", None)
    return State(newest.briefing.trend, newest.briefing.trend_reason, newest)


def _judged(site: Site, dossier: ResolvedDossier) -> list[Entry]:
    """The briefings that give the dossier its trend, oldest first. One in several dossiers gives it to the first."""
    entries = (site.archive.entries[position] for position in site.archive.dossier_members[dossier.id])
    return [e for e in entries if e.briefing.trend and e.briefing.dossiers[0] == dossier.id]


def dossier_sheet(site: Site, dossier: ResolvedDossier, dated: DatedList) -> Sheet:
    """What the page of a dossier is made from."""
    document = dossier.document
    meta = document.meta
    feeds = ((f"{site.config.title}: {meta.title}", f"{dossier.address}feed.xml"),)
    values = {
        "dossier": _dossier_value(site, dossier),
        "toc": toc_value(document.body.headings),
        "trends": [
            {
                "date": site.wording.when(entry.briefing.when),
                "trend": entry.briefing.trend,
                "reason": entry.briefing.trend_reason,
                "title": entry.briefing.title,
                "address": entry.briefing.address,
                **tongue_value(site.tongue(entry.briefing.lang)),
            }
            for entry in _judged(site, dossier)
        ],
    }
    return Sheet(
        FrameRecipe(meta.title, summary_of(dossier), feeds, language=None if site.archive.language else meta.lang),
        values,
        dated.listing(),
        site.body(document.path, document.body.html),
        map=dossier_map(site, dossier),
    )


def _dossier_value(site: Site, dossier: ResolvedDossier) -> Value:
    meta = dossier.document.meta
    state = state_of(site, dossier)
    moment = site.wording.moment
    return {
        "title": meta.title,
        "summary": summary_of(dossier),
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
            **tongue_value(site.tongue(dossier.document.meta.lang)),
        }
        for dossier in site.archive.dossiers
    ]
    values = {"heading": "Dossiers", "what": "dossiers", "groups": [{"heading": None, "entries": entries}]}
    return Sheet(FrameRecipe("Dossiers"), values)


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
        "trend_from": _trend_from(site, state),
        "latest": site.wording.when(site.archive.entries[members[-1]].briefing.when) if members else None,
        "count": len(members),
        **tongue_value(site.tongue(meta.lang)),
    }
