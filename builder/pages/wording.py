"""Wording: dates, numbers and grades as a reader of the site's language reads them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from typing import TypeAlias

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton, format_time
from babel.numbers import format_decimal

from builder.dates import Moment, When

DateValue: TypeAlias = dict[str, str]

# The two scales of the NATO Admiralty code (AJP-2.1). F and 6 mean 'cannot be judged', not 'worst'.
RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
CREDIBILITY = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}
_SKELETONS = {"year": "y", "month": "yMMMM", "day": "yMMMMd"}


class Wording:
    """How one language writes dates and numbers (by CLDR, through Babel)."""

    def __init__(self, language: str) -> None:
        """`language` is a BCP 47 code; one that CLDR doesn't know is written as English is."""
        try:
            self._locale = Locale.parse(language.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            self._locale = Locale("en")
        self.moment = lru_cache(maxsize=65536)(self._moment)
        self.when = lru_cache(maxsize=65536)(self._when)

    def _moment(self, moment: Moment) -> DateValue:
        return {"iso": moment.iso, "text": self._moment_text(moment)}

    def _when(self, when: When) -> DateValue:
        """A date to read. Ranges have the start as `iso`, since HTML's `datetime` knows no ranges."""
        start, end = when.start, when.end
        if end is None:
            return self._moment(start)
        if start.precision == end.precision and start.precision in ("day", "month"):
            text = format_interval(
                _clock(start), _clock(end), _SKELETONS[start.precision], tzinfo=None, locale=self._locale
            )
        else:
            text = f"{self._moment_text(start)} – {self._moment_text(end)}"
        return {"iso": start.iso, "text": text}

    def _moment_text(self, moment: Moment) -> str:
        clock = _clock(moment)
        if moment.precision in ("year", "month"):
            return format_skeleton(_SKELETONS[moment.precision], clock, tzinfo=None, locale=self._locale)
        text = format_date(clock, "long", locale=self._locale)
        if moment.seconds is None:
            return text
        text = f"{text}, {format_time(clock, 'HH:mm', tzinfo=None, locale=self._locale)}"
        return f"{text} {_offset_name(moment.offset)}" if moment.offset is not None else text

    def period(self, period: tuple[str, ...]) -> str:
        """A year, month or day to read."""
        return self.moment(Moment(*(int(part) for part in period)))["text"]

    @cached_property
    def countries(self) -> dict[str, str]:
        """What countries are called, by ISO 3166-1 alpha-2 code, as CLDR has it."""
        return {code: name for code, name in self._locale.territories.items() if len(code) == 2 and code.isalpha()}

    def number(self, value: int | float) -> str:
        """A number to read, with the language's separators; never rounded."""
        return format_decimal(value, locale=self._locale, decimal_quantization=False)


@lru_cache(maxsize=256)
def direction(language: str) -> str:
    """`rtl` for languages that are written from right to left, else `ltr`."""
    try:
        return Locale.parse(language.replace("-", "_")).text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


def endonyms(languages: Iterable[str]) -> list[str]:
    """What each language is called in itself, as CLDR has it (`français`): without its territory if that does."""
    languages = list(languages)
    short = [_endonym(language, territory=False) for language in languages]
    return [
        name if short.count(name) == 1 else _endonym(language, territory=True)
        for name, language in zip(short, languages, strict=True)
    ]


@lru_cache(maxsize=256)
def _endonym(language: str, *, territory: bool) -> str:
    try:
        locale = Locale.parse(language.replace("-", "_"))
        wanted = locale if territory else Locale(locale.language, script=locale.script)
        return wanted.get_display_name(locale) or language
    except (UnknownLocaleError, ValueError):
        return language


def _clock(moment: Moment) -> datetime:
    return datetime.combine(moment.first_day(), datetime.min.time()) + timedelta(seconds=moment.seconds or 0)


def _offset_name(offset: int) -> str:
    if offset == 0:
        return "UTC"
    sign = "−" if offset < 0 else "+"
    hours, minutes = divmod(abs(offset), 60)
    return f"UTC{sign}{hours}" + (f":{minutes:02d}" if minutes else "")
