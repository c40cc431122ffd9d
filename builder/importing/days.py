"""Days: dates and times as people write them in articles, in any language."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from builder.dates import Moment
from builder.importing.calendar_words import months
from builder.importing.persian_days import persian_days
from builder.names import fold

# Only those that mean one offset wherever they are used.
_ZONES = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180, "msk": 180,
    "est": -300, "edt": -240, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "et": None,
    "jst": 540, "kst": 540, "hkt": 480, "sgt": 480, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780, "eat": 180,
    "cat": 120, "sast": 120, "mez": 60, "mesz": 120,
}  # fmt: skip
_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:(?:T|\s+|,\s*)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?(?![\d-])"
)
_EAST_ASIAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号]?")
_EAST_ASIAN_LETTER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
# The year before the first of an era: Japan's Reiwa and Heisei, Taiwan's republic.
_ERAS = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}
_OF_ERA = re.compile(rf"({'|'.join(_ERAS)})\s*(\d{{1,3}}|元)\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*日")
_BUDDHIST = 543  # years by which Thailand's calendar is ahead
_YEAR_FIRST = re.compile(r"(?<![\d/.])(\d{4})([/.])(\d{1,2})\2(\d{1,2})(?![\d/])")
_NUMERIC = re.compile(
    r"(?<![\d/.-])(?<!\d:)(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2}(?=[\s,|)]|$))(?![\d/-])"
)
_WRITTEN = re.compile(r"(?<![\d./-])(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})(?![\d/-])")
_TIME = re.compile(
    r"(?<![\d:])(\d{1,2})\s?[:.hH]\s?(\d{2})(?::(\d{2}))?(?!\d)\s*([ap]\.?\s?m\b\.?)?\s*(?:h\b|Uhr\b)?\s*"
    r"\(?\s*((?:UTC|GMT)?\s?[+-]\d{1,2}:?\d{2}|[A-Za-z]{1,4}\b)?"
)
_AM_PM = re.compile(r"(?<![\d:])(\d{1,2})\s?([ap]\.?m\b\.?)\s*\(?([A-Z]{2,4})?", re.I)


_DIGIT = re.compile(r"[0-9]")
_SPACE = re.compile(r"\s")


class Dated(Struct, frozen=True, array_like=True):
    """A date in a text: the moment, where it stands, and whether its day and month could also be the other way "
    "round."""

    moment: Moment
    start: int
    end: int
    ambiguous: bool = False


@lru_cache(maxsize=1)
def _worded() -> tuple[re.Pattern[str], ...]:
    """Patterns of a date whose month is a word: day first, month first, year first."""
    names = _any_of(months())
    # Months of Arabic are often given in two calendars' names: آب/اغسطس.
    month = rf"(?P<month>{names})\b\.?(?:\s?/\s?\w+)?"
    of = r"(?:\s|de\s|del\s|d'|of\s|da\s|ن\s|,|\.|،|-)*"
    ordinal = r"(?:st|nd|rd|th|er|º|ª|\.|-)?"
    day_first = rf"(?<![\d:.,/])(?P<day>\d{{1,2}}){ordinal}{of}{month}{of}(?P<year>\d{{4}})(?!\d)"
    month_first = rf"(?<!\w){month}\s*(?P<day>\d{{1,2}}){ordinal}(?:\s*,?\s*|\s+)(?P<year>\d{{4}})(?!\d)"
    # '2022. gada 17. augusts', '2022. augusztus 17.', '2022 m. rugpjūčio 17 d.'
    year_first = r"(?<![\d:.,/])(?P<year>\d{4})\.?\s(?:gada|m\.|г\.|y\.)?\s?"
    month_last = rf"{year_first}(?P<day>\d{{1,2}})\.?\s{month}"
    day_last = rf"{year_first}{month}\s(?P<day>\d{{1,2}})(?!\d)"
    return tuple(re.compile(pattern) for pattern in (day_first, month_first, month_last, day_last))


@lru_cache(maxsize=1)
def _yearless() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = _any_of(name for name in months() if len(name) > 2)
    number = r"(?<![\d:.,/])(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?"
    day_first = rf"{number}\s(?:de\s|of\s)?(?P<month>{names})\b(?!\.?,?\s*(?:de\s)?\d{{4}})"
    month_first = rf"(?<!\w)(?P<month>{names})\b\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,?\s*\d{{4}})"
    return re.compile(day_first), re.compile(month_first)


def _any_of(names: Iterable[str]) -> str:
    """A pattern of any of the names, the longest first; by their first letters, so that few are tried."""
    rests: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        rests.setdefault(name[0], []).append(re.escape(name[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(group)})" for first, group in rests.items())


def dates_in(text: str, language: str = "") -> list[Dated]:
    """The complete dates of `text`, in their order, with a time where one stands beside them.

    `language` tells how 03/04/2022 is meant: only American English puts the month first.
    """
    text = folded_in_place(text)
    if _DIGIT.search(text) is None:
        return []
    spans: list[Dated] = []
    for found in _dates(text, language):
        if not any(found.start < other.end and other.start < found.end for other in spans):
            spans.append(found)
    spans.sort(key=lambda found: found.start)
    return [_with_time(text, found) for found in spans]


def yearless_days(text: str) -> Iterator[tuple[int, int, int]]:
    """Month and day, and where they stand, of the dates of `text` that name no year: `on August 3`."""
    text = folded_in_place(text)
    for pattern in _yearless():
        for match in pattern.finditer(text):
            month, day = months()[match["month"]], int(match["day"])
            if 1 <= day <= calendar.monthrange(2024, month)[1]:
                yield month, day, match.start()


def written_days(text: str) -> Iterator[tuple[int, int]]:
    """Where in `text` something stands that is written as a day of our time is, whether or not there is such a day."""
    for pattern in (_WRITTEN, *_worded()):
        for match in pattern.finditer(folded_in_place(text)):
            if re.search(r"(?<!\d)(?:19[89]|20\d)\d(?!\d)", match[0]):
                yield match.span()


@lru_cache(maxsize=64)
def folded_in_place(text: str) -> str:
    """Folded letter by letter, so that places stay what they are, with digits of any script as 0 to 9."""
    if text.isascii():
        return _SPACE.sub(" ", text.lower())
    return "".join(map(_plain_character, text))


@lru_cache(maxsize=4096)
def _plain_character(character: str) -> str:
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.digit(character))
    folded = fold(character) if not character.isspace() else " "
    return folded if len(folded) == 1 else character


def _dates(text: str, language: str) -> Iterator[Dated]:
    for match in _ISO.finditer(text.upper()):
        moment = _moment(match[1], match[2], match[3])
        if moment is not None:
            if match[4] is not None:
                moment = _timed(moment, match[4], match[5], match[6], _offset(match[7] or ""))
            yield Dated(moment, *match.span())
    for match in _EAST_ASIAN.finditer(text):
        if (moment := _moment(*match.groups())) is not None:
            yield Dated(moment, *match.span())
    for match in _OF_ERA.finditer(text):
        year = _ERAS[match[1]] + (1 if match[2] == "元" else int(match[2]))
        if (moment := _moment(year, match[3], match[4])) is not None:
            yield Dated(moment, *match.span())
    if max(text, default="") >= "\u0600" and re.search(r"1[34]\d\d", text):
        for on, start, end in persian_days(text):
            yield Dated(Moment(on.year, on.month, on.day), start, end)
    for match in _YEAR_FIRST.finditer(text):
        if (moment := _moment(match[1], match[3], match[4])) is not None:
            yield Dated(moment, *match.span())
    for pattern in _worded():
        for match in pattern.finditer(text):
            if (moment := _moment(match["year"], months()[match["month"]], match["day"])) is not None:
                yield Dated(moment, *match.span())
    for match in _NUMERIC.finditer(text):
        yield from _numeric(match, language)


def _numeric(match: re.Match[str], language: str) -> Iterator[Dated]:
    first, second, year = int(match[1]), int(match[3]), match[4]
    if len(year) == 2 and _EAST_ASIAN_LETTER.search(match.string):  # where the year stands first, in short, too
        if (moment := _moment(2000 + first, second, year)) is not None:
            yield Dated(moment, *match.span())
        return
    if len(year) == 2:
        year = ("20" if int(year) < 70 else "19") + year
    day_first, month_first = _moment(year, second, first), _moment(year, first, second)
    is_american = language.lower() in ("en", "en-us") and match[2] == "/"
    moment = (month_first or day_first) if is_american else (day_first or month_first)
    if moment is not None:
        both = day_first is not None and month_first is not None and day_first != month_first
        yield Dated(moment, *match.span(), ambiguous=both)


def _moment(year: str | int, month: str | int, day: str | int) -> Moment | None:
    year, month, day = int(year), int(month), int(day)
    if 2400 + _BUDDHIST > year > 1900 + _BUDDHIST:
        year -= _BUDDHIST
    if not 1900 <= year <= 2100 or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return Moment(year, month, day)


def _with_time(text: str, found: Dated) -> Dated:
    """The date with the time that stands right behind or right before it."""
    if found.moment.seconds is not None:
        return found
    behind = text[found.end : found.end + 40].split("\n")[0]
    before = text[max(0, found.start - 24) : found.start].split("\n")[-1]
    for place, is_behind in ((behind, True), (before, False)):
        match = _TIME.search(place)
        gap = place[: match.start()] if match and is_behind else place[match.end() :] if match else ""
        if match and len(gap.strip(" ,|-–—·•at/")) <= 4 and not re.search(r"\d", gap):
            return Dated(_clocked(found.moment, match), found.start, found.end, found.ambiguous)
    match = _AM_PM.search(behind)
    if match and len(behind[: match.start()].strip(" ,|-–—·•at")) <= 2 and 1 <= int(match[1]) <= 12:
        hour = int(match[1]) % 12 + (12 if match[2].lower().startswith("p") else 0)
        moment = _timed(found.moment, hour, 0, 0, _offset(match[3] or ""))
        return Dated(moment, found.start, found.end, found.ambiguous)
    return found


def _clocked(moment: Moment, match: re.Match[str]) -> Moment:
    hour = int(match[1])
    if match[4]:
        hour = hour % 12 + (12 if match[4].lower().startswith("p") else 0)
    return _timed(moment, hour, match[2], match[3], _offset(match[5] or ""))


def _timed(moment: Moment, hour: str | int, minute: str | int, second: str | int | None, offset: int | None) -> Moment:
    hour, minute, second = int(hour), int(minute), int(second or 0)
    if hour > 23 or minute > 59 or second > 59:
        return moment
    return Moment(moment.year, moment.month, moment.day, hour * 3600 + minute * 60 + second, offset)


def _offset(text: str) -> int | None:
    """Minutes east of UTC that `Z`, `+02:00`, `GMT+0400` or `EDT` says; None for no or no certain offset."""
    text = text.strip().lower()
    match = re.fullmatch(r"(?:utc|gmt)?\s?([+-])(\d{1,2}):?(\d{2})", text)
    if match is None:
        return _ZONES.get(text)
    minutes = int(match[2]) * 60 + int(match[3])
    total = -minutes if match[1] == "-" else minutes
    return total if -12 * 60 <= total <= 14 * 60 and int(match[3]) < 60 else None
