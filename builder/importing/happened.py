"""Happened: on which day an event took place, by what its text says relative to the day it appeared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from builder.dates import Moment, When
from builder.importing.calendar_words import days_in_words
from builder.importing.days import dates_in, folded_in_place, yearless_days

# What is announced has not happened.
_AHEAD = re.compile(
    r"(?i)\b(?:will|would|shall|(?:is|are|was|were|set|due|expected|scheduled|agreed|vowed|pledged|promised|threatened|"
    r"invited|ready|prepared|intends?|intended|plans|hopes?|hoped|wants?|wanted) to|plans?|planned|ahead of|next|"
    r"upcoming|before(?! (?:an? |dawn|sunrise|midnight|noon|court|judges?|parliament|it|they|s?he)\b)|"
    r"wird|werden|soll|sollen|sera|seront|doit|será|debe|va a)\b[^.;]{0,60}$|\b(?:by|until|till|bis|hasta)\s(?:the\s)?$"
)
_BEFORE = re.compile(
    r"(?i)\b(?:since|previous|earlier|ago|following|after|seit|depuis|desde|nach|après|tras)\s+"
    r"(?:the\s|on\s)?(?:last\s)?$"
)
# The weekday before the one that it is today: 'last Thursday', on a Thursday, is a week ago.
_LAST = re.compile(
    r"(?i)\b(?:last|(?:letzt|vergangen|vorig)e[nrms]|vorige|afgelopen|прошл\w+|минул\w+|proš\w+|minul\w+)\s$"
)
_EASTERNMOST = 14  # hours by which the day begins earlier there than in Greenwich
_SURE = {"named": 0.85, "weekday": 0.85, "today": 0.8, "last": 0.7, "far": 0.5}


def when_happened(published: Moment, paragraphs: Sequence[str], language: str = "") -> tuple[When, float, bool]:
    """The day of the event, how sure that is, and whether the text says it.

    Without a word in the first paragraphs, it is the day of publication. `published` is no less exact than a day.
    `language` is that of the text (BCP 47), empty where nobody knows.
    """
    day = published.first_day()
    for paragraph in paragraphs[:2]:
        found = _day_in(paragraph, published, language)
        if found is not None:
            at, sure = found
            return When(Moment(at.year, at.month, at.day)), sure, True
    return When(Moment(day.year, day.month, day.day)), 0.6, False


def _day_in(text: str, published: Moment, language: str) -> tuple[date, float] | None:
    """The first day that a text names as past, with how sure that is."""
    today = published.first_day()
    candidates: list[tuple[int, date, float]] = [
        (found.start, found.moment.first_day(), _SURE["named"])
        for found in dates_in(text)
        if found.moment.day and 0 <= (today - found.moment.first_day()).days <= 62
    ]
    for month, number, place in yearless_days(text):
        for year in (today.year, today.year - 1):
            at = _date(year, month, number)
            if at is not None and at <= today:
                if (today - at).days <= 62:
                    candidates.append((place, at, _SURE["named"]))
                break
    for match in days_in_words(language).finditer(folded_in_place(text)):
        place, group = match.start(), match.lastgroup or ""
        number, before = int(group[1:]), text[:place]
        if group == "a0" and text[place].isupper():
            continue  # a newspaper's name
        if group.startswith("a"):
            candidates.append((place, today - timedelta(days=number), _SURE["today"]))
        elif not _BEFORE.search(before):
            candidates.append((place, *_weekday(number, published, is_last=_LAST.search(before) is not None)))
    for place, at, sure in sorted(candidates):
        if not _AHEAD.search(text[:place].rsplit(". ", 1)[-1]):
            return at, sure
    return None


def _weekday(number: int, published: Moment, *, is_last: bool) -> tuple[date, float]:
    """The day that a weekday means, and how sure that is."""
    today = published.first_day()
    days_ago = (today.weekday() - number) % 7
    if is_last:
        return today - timedelta(days=days_ago or 7), _SURE["last"]
    if days_ago < 6:
        return today - timedelta(days=days_ago), _SURE["weekday"]
    # Hardly anybody says 'on Saturday' of six days ago: it may be tomorrow, by the clock of where it happened.
    hour = published.seconds / 3600 - (published.offset or 0) / 60 if published.seconds is not None else 0.0
    is_tomorrow = hour >= 24 - _EASTERNMOST
    return today + timedelta(days=1) if is_tomorrow else today - timedelta(days=6), _SURE["far"]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
