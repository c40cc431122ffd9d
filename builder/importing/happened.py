"""Happened: on which day an event took place, by what its text says relative to the day it appeared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from builder.dates import Moment, When
from builder.importing.calendar_words import weekdays
from builder.importing.days import dates_in, yearless_days
from builder.names import fold

_WORD = re.compile(r"[^\W\d_]+")
_YESTERDAY = frozenset(
    fold(word)
    for word in [
        "yesterday",
        "hier",
        "gestern",
        "ayer",
        "ontem",
        "ieri",
        "gisteren",
        "вчера",
        "вчора",
        "јуче",
        "juče",
        "dün",
        "أمس",
        "gårdagens",
        "igår",
        "wczoraj",
        "včera",
        "tegnap",
        "dje",
    ]
)
_TODAY = frozenset(
    fold(word)
    for word in [
        "today",
        "aujourd",
        "heute",
        "hoy",
        "hoje",
        "oggi",
        "vandaag",
        "сегодня",
        "сьогодні",
        "данас",
        "danas",
        "bugün",
        "اليوم",
        "dzisiaj",
        "dnes",
        "ma",
        "sot",
    ]
)
# What is announced has not happened.
_AHEAD = re.compile(
    r"(?i)\b(?:will|would|shall|to|is (?:set|due|expected|scheduled)|are (?:set|due|expected|scheduled)|plans?|"
    r"planned|ahead of|before|until|by|next|upcoming|wird|werden|soll|sollen|sera|seront|doit|será|debe|va a|"
    r"next)\b[^.;]{0,60}$"
)
_BEFORE = re.compile(
    r"(?i)\b(?:since|last|previous|earlier|ago|following|after|seit|depuis|desde|nach|après|tras)\s+(?:the\s|on\s)?$"
)
_SURE = {"named": 0.85, "weekday": 0.85, "yesterday": 0.8, "today": 0.8}


def when_happened(published: Moment, title: str, paragraphs: Sequence[str]) -> tuple[When, float, bool]:
    """The day of the event, how sure that is, and whether the text says it.

    Without a word in the first paragraphs, it is the day of publication. `published` is no less exact than a day.
    """
    day = published.first_day()
    for paragraph in paragraphs[:2]:
        found = _day_in(paragraph, day)
        if found is not None:
            at, sure = found
            return When(Moment(at.year, at.month, at.day)), sure, True
    return When(Moment(day.year, day.month, day.day)), 0.6, False


def _day_in(text: str, published: date) -> tuple[date, float] | None:
    """The first day that a text names as past, with how sure that is."""
    candidates: list[tuple[int, date, float]] = [
        (found.start, found.moment.first_day(), _SURE["named"])
        for found in dates_in(text)
        if found.moment.day and 0 <= (published - found.moment.first_day()).days <= 62
    ]
    for month, number, place in yearless_days(text):
        for year in (published.year, published.year - 1):
            at = _date(year, month, number)
            if at is not None and at <= published:
                if (published - at).days <= 62:
                    candidates.append((place, at, _SURE["named"]))
                break
    for match in _WORD.finditer(text):
        word = fold(match[0])
        before = text[: match.start()]
        if word in weekdays() and len(word) > 3 and not _BEFORE.search(before):
            days_ago = (published.weekday() - weekdays()[word]) % 7
            # Nobody says 'on Saturday' of six days ago: it is tomorrow, by the clock of where it happened.
            at = published + timedelta(days=1) if days_ago == 6 else published - timedelta(days=days_ago)
            candidates.append((match.start(), at, _SURE["weekday"] if days_ago < 6 else 0.5))
        elif word in _YESTERDAY:
            candidates.append((match.start(), published - timedelta(days=1), _SURE["yesterday"]))
        elif word in _TODAY and match[0].islower():
            candidates.append((match.start(), published, _SURE["today"]))
    for place, at, sure in sorted(candidates):
        if not _AHEAD.search(text[:place].rsplit(". ", 1)[-1]):
            return at, sure
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
