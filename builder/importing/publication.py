"""Publication: when an article appeared, by all that its page says about that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from builder.dates import Moment
from builder.importing.calendar_words import months
from builder.importing.days import dates_in, written_days
from builder.importing.declared import Declared
from builder.importing.times import Marked, is_updated

_IN_ADDRESS = re.compile(
    r"[/_-](?P<year>(?:19|20)\d\d)(?:[/_-]?|/[a-z][\w-]{1,30}/)(?P<month>1[0-2]|0?[1-9]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)"
    r"[/_-]?(?P<day>0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)",
    re.IGNORECASE,
)
_LIKELY = 3.0  # the cost of a marked date above which one in a line beside the headline is to be preferred
_UNLIKELY = 6.0  # the cost above which it is that of another article, of a revision, or hidden


def declared_moment(declared: Declared) -> Moment | None:
    """When a page declares that it appeared, under a name that means publication and nothing else."""
    return next(iter(_moments(declared.published, declared.language)), None)


def choose_moment(declared: Declared, times: Sequence[Marked], url: str, language: str) -> tuple[Moment | None, float]:
    """When the article appeared, with time and offset if given, and how sure that is; None for no good evidence.

    What its address names, what it declares under vague names, shows near its headline and gives to its scripts must
    tell, where it has no `declared_moment`.
    """
    dated = _moments(declared.dated, language)
    shown = [
        (moment, one.cost)
        for one in times
        if one.cost < _UNLIKELY and (moment := read_moment(one.text, language)) is not None
    ]
    likely = [moment for moment, cost in shown if cost < _LIKELY]
    told = _moments(declared.told, language)
    if (named := moment_in_address(url)) is not None:
        for moment in (*dated, *(moment for moment, _ in shown), *told):
            if _near(moment, named):
                return moment, 0.97
        return named, 0.9
    for moment in dated:
        if not likely or any(_near(moment, other) for other in likely):
            return moment, 0.97
    if likely:
        return likely[0], 0.9
    return (told[0], 0.8) if told else (None, 0.0)


def choose_unlikely(
    lines: Iterable[str], declared: Declared, times: Iterable[Marked], language: str
) -> tuple[Moment | None, float]:
    """When the article appeared, by what is left if `choose_moment` finds nothing: dates in `lines` beside the
    headline, marked ones far from it or in the page's head, and when the page was changed."""
    candidates = (*sorted(lines, key=is_updated), *(one.text for one in times), *declared.modified)
    return next(((moment, 0.7) for moment in _moments(candidates, language)), (None, 0.0))


def odd_date_in(texts: Iterable[str]) -> str:
    """The first date of `texts` that is written like one and is none, such as 2024-02-31; empty where there is none."""
    for text in texts:
        for start, end in written_days(text[:400]):
            if not dates_in(text[start:end]):
                return text[start:end]
    return ""


def read_moment(text: str, language: str = "") -> Moment | None:
    """The first date that a text gives, if it is one on which an article can have appeared."""
    text = text.strip()
    if re.fullmatch(r"\d{10}(?:\d{3})?", text):
        return _from_timestamp(int(text[:10]))
    if re.fullmatch(r"(?:19|20)\d{6}(?:T?\d{4,6})?(?:Z|[+-]\d{2}:?\d{2})?", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:8]}"
    return next((found.moment for found in dates_in(text[:200], language) if found.moment.year >= 1980), None)


def moment_in_address(url: str) -> Moment | None:
    """The day that an address names, as many do: `/2022/08/17/`, `/2022/aug/17/`, `/2022/world/08/17/`."""
    for match in _IN_ADDRESS.finditer(url):
        month = match["month"] if match["month"].isdigit() else months().get(match["month"].lower())
        # A single digit is a month's or a day's only between strokes.
        parts = match[0].count("/") > 2 or len(match["day"]) == 2
        if month and parts and (found := dates_in(f"{match['year']}-{month}-{match['day']}")):
            return found[0].moment
    return None


def doubt_of(published: Moment, texts: Iterable[str], language: str) -> str:
    """What to say of the day of publication, if all of `texts` that tell it may have its day or its month first; else
    nothing.

    Of languages only English has both ways, and that of the United States has its own.
    """
    if language.lower() not in ("", "en") or published.day > 12:
        return ""
    told = [
        (text[found.start : found.end], found.ambiguous)
        for text in texts
        for found in dates_in(text[:200], language)
        if found.moment.first_day() == published.first_day()
    ]
    return either_day(told[0][0], published) if told and all(is_ambiguous for _, is_ambiguous in told) else ""


def either_day(text: str, moment: Moment) -> str:
    """That a date may have its day or its month first, and which days these are."""
    other = f"{moment.year:04}-{moment.day:02}-{moment.month:02}"
    return f'"{text}" may be {moment.first_day().isoformat()}, as it was taken, or {other}; look at it'


def _moments(texts: Iterable[str], language: str) -> list[Moment]:
    return [moment for text in texts if (moment := read_moment(text, language)) is not None]


def _near(one: Moment, other: Moment) -> bool:
    """Whether two moments may be one day's in two zones."""
    return abs((one.first_day() - other.first_day()).days) <= 1


def _from_timestamp(seconds: int) -> Moment | None:
    from datetime import UTC, datetime

    at = datetime.fromtimestamp(seconds, UTC)
    return (
        Moment(at.year, at.month, at.day, at.hour * 3600 + at.minute * 60 + at.second, 0) if at.year >= 1990 else None
    )
