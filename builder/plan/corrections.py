"""Corrections and withdrawals: all of them, newest first, divided by period as any long list is; and their feed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from builder.dates import Moment, When
from builder.index import Entry, periods_of
from builder.pages.recipes import Change, ChangesFeedRecipe, FrameRecipe, Period, Sheet
from builder.pages.values import Value, tongue_value
from builder.plan.briefings import notice_value
from builder.plan.lists import WHOLE, Divided
from builder.plan.site import Site

PLACE = "/corrections/"


class Changed(Struct, frozen=True):
    """A correction of a briefing, by its number among that briefing's, or (None) the withdrawal of one."""

    at: int
    date: Moment
    entry: Entry
    number: int | None = None


class Corrections(Divided):
    """The list of all corrections and withdrawals."""

    def __init__(self, site: Site) -> None:
        self.changes = sorted(_changes(site), key=lambda c: (c.at, c.entry.id, -1 if c.number is None else c.number))
        periods = [tuple(periods_of(When(change.date))) for change in self.changes]
        super().__init__(site.prefix + PLACE, tuple(range(len(self.changes))), periods, site.longest_list)

    def newest(self, count: int) -> list[Changed]:
        """The newest changes, newest first."""
        return self.changes[: -count - 1 : -1]


def _changes(site: Site) -> Iterator[Changed]:
    zone = site.config.zone
    for entry in site.archive.entries:
        for number, correction in enumerate(entry.briefing.corrections):
            yield Changed(correction.date.timestamp(zone), correction.date, entry, number)
    for notice in site.archive.notices:
        withdrawn = notice.briefing.withdrawn
        assert withdrawn is not None
        yield Changed(withdrawn.date.timestamp(zone), withdrawn.date, notice)


def corrections_sheet(site: Site, corrections: Corrections, period: Period) -> Sheet:
    """What `/corrections/` is made from, or the page of one of its periods."""
    words = site.words[PLACE]
    title = words.document.meta.title if words else site.wording.words.gettext("Corrections")
    whole = not corrections.is_divided(period) if period else len(corrections.members) <= WHOLE
    members = corrections.calendar.members(period)
    if whole:
        shown = members
    else:
        newest = members[-site.config.per_page :]
        shown = sorted({*newest, *corrections.calendar.outside_of_all(period)}) if period else newest
    earlier, later = corrections.siblings(period) if period else (None, None)
    label = site.wording.period(period) if period else None
    heading = site.wording.narrowed(title, label) if label else title
    values = {
        "heading": heading,
        "count": len(members),
        "changes": [_value(site, corrections.changes[member]) for member in reversed(shown)],
        "whole": whole,
        "periods": [
            {"label": site.wording.period(inner), "address": corrections.address_of(inner), "count": count}
            for inner, count in (() if whole else corrections.counts(period))
        ],
        "trail": [{"name": title, "address": corrections.address, **tongue_value(None)}] if period else [],
        "earlier": _link(site, corrections, earlier),
        "later": _link(site, corrections, later),
    }
    feeds = ((site.wording.narrowed(site.config.title, title), f"{corrections.address}feed.xml"),)
    body = site.body(words.document.path, words.document.body.html) if words and not period else None
    return Sheet(FrameRecipe(heading, words.document.meta.summary if words else "", feeds), values, body=body)


def _link(site: Site, corrections: Corrections, period: Period | None) -> Value | None:
    if period is None:
        return None
    return {"name": site.wording.period(period), "address": corrections.address_of(period), **tongue_value(None)}


def _value(site: Site, change: Changed) -> Value:
    briefing = change.entry.briefing
    date = site.wording.moment(change.date)
    tongue = tongue_value(site.tongue(briefing.lang))
    if change.number is None:
        notice = notice_value(site, change.entry)
        address = briefing.address if notice["title"] is not None else None
        told = {"text": notice["reason"], "text_tongue": tongue, "kind": None, "address": address}
        return {**notice, "withdrawn": True, **told, **tongue}
    correction = briefing.corrections[change.number]
    return {
        "withdrawn": False,
        "title": briefing.title,
        "address": f"{briefing.address}#_corrections",
        "digest": None,
        "date": date,
        "text": correction.note,
        "text_tongue": tongue_value(site.tongue(briefing.corrections_lang)),
        "kind": correction.kind,
        "replaced_by": None,
        **tongue,
    }


def changes_feed_recipe(site: Site, corrections: Corrections) -> ChangesFeedRecipe:
    """What the feed of corrections and withdrawals is made from."""
    words = site.words[PLACE]
    title = words.document.meta.title if words else site.wording.words.gettext("Corrections")
    newest = corrections.newest(site.config.feeds.entries)
    return ChangesFeedRecipe(site.wording.narrowed(site.config.title, title), corrections.address, tuple(_fed(newest)))


def _fed(changes: Iterable[Changed]) -> Iterator[Change]:
    for change in changes:
        briefing, withdrawn = change.entry.briefing, change.entry.briefing.withdrawn
        if change.number is None:
            assert withdrawn is not None
            hidden = withdrawn.hide_title
            title, address, text = briefing.title, briefing.address, withdrawn.reason
            key = f"withdrawal {briefing.id}"
        else:
            hidden = False
            title, address = briefing.title, f"{briefing.address}#_corrections"
            text = briefing.corrections[change.number].note
            key = f"correction {briefing.id} {change.date.iso} {_before(change)}"
        yield Change(
            key=f"{key} {briefing.lang}" if briefing.original is not None else key,
            title=None if hidden else title,
            address=None if hidden else address,
            text=text,
            at=change.at,
            withdrawn=change.number is None,
            lang=briefing.lang,
        )


def _before(change: Changed) -> int:
    """How many corrections of the same briefing and date stand before this one: so that each has a key of its own."""
    earlier = change.entry.briefing.corrections[: change.number]
    return sum(correction.date == change.date for correction in earlier)
