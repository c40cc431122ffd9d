"""CLDR: how a language writes dates, numbers and lists, and what it calls countries and languages, through Babel.

Apart from the wording, since Babel takes long to load, and a build in which little has changed needs none of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit

from builder.dates import Moment, When

# A day and its month, a year and what is behind it (`2022 р.`), a time and its zone stay on one line.
_JOINED = re.compile(r"(?<=\d)\.? (?=[^\W\d])|(?<=[^\W\d]) (?=\d{1,2}\b)")
# In French the first of a month is an ordinal (Imprimerie nationale), for which CLDR's patterns have no letter.
_FIRST_OF_MONTH = re.compile(r"(?<![\d:])1(?=\u00a0[^\W\d]|[–-]\d)")
_SKELETONS = {"year": "y", "month": "yMMMM", "day": "yMMMMd"}


class Cldr:
    """How a language (BCP 47) writes; English stands in where CLDR doesn't know it."""

    def __init__(self, language: str) -> None:
        try:
            self._locale = Locale.parse(language.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            self._locale = Locale("en")
        self._day = lru_cache(maxsize=4096)(self._day_in_words)

    def moment(self, moment: Moment) -> str:
        """A date, perhaps with its time, to read."""
        return self._finished(self._moment(moment))

    def when(self, when: When) -> str:
        """A date or a range to read."""
        start, end = when.start, when.end
        if end is None:
            return self.moment(start)
        if start.precision == end.precision and start.precision in ("day", "month"):
            skeleton = _SKELETONS[start.precision]
            return self._finished(
                format_interval(_clock(start), _clock(end), skeleton, tzinfo=None, locale=self._locale)
            )
        return self._finished(f"{self._moment(start)} – {self._moment(end)}")

    def _moment(self, moment: Moment) -> str:
        clock = _clock(moment)
        if moment.precision in ("year", "month"):
            return format_skeleton(_SKELETONS[moment.precision], clock, tzinfo=None, locale=self._locale)
        text = self._day(clock.date())
        if moment.seconds is None:
            return text
        text = f"{text}, {format_time(clock, 'HH:mm', tzinfo=None, locale=self._locale)}"
        return f"{text} {_offset_name(moment.offset)}" if moment.offset is not None else text

    def _day_in_words(self, day: date) -> str:
        return format_date(day, "long", locale=self._locale)

    def _finished(self, words: str) -> str:
        """A date with its parts on one line, and with what the language has beyond CLDR's patterns."""
        words = _unbroken(words)
        return _FIRST_OF_MONTH.sub("1er", words) if self._locale.language == "fr" else words

    @cached_property
    def countries(self) -> dict[str, str]:
        """What countries are called, by ISO 3166-1 alpha-2 code, as CLDR has it."""
        return {code: name for code, name in self._locale.territories.items() if len(code) == 2 and code.isalpha()}

    def day_of_year(self, day: tuple[str, ...]) -> str:
        """A day of every year to read, given as its month and day."""
        leap_year = 2000
        clock = datetime(leap_year, int(day[0]), int(day[1]))
        return self._finished(format_skeleton("MMMMd", clock, tzinfo=None, locale=self._locale))

    def months(self) -> list[tuple[str, str]]:
        """The twelve months, each short and in full."""
        short, full = (self._locale.months["stand-alone"][width] for width in ("abbreviated", "wide"))
        return [(short[month], full[month]) for month in range(1, 13)]

    def weekdays(self) -> list[tuple[int, str, str]]:
        """The seven days of a week, from the first of the language's country on: number (0 is Monday), short, full."""
        narrow, full = (self._locale.days["stand-alone"][width] for width in ("narrow", "wide"))
        first = self._locale.first_week_day
        return [(day, narrow[day], full[day]) for day in ((first + after) % 7 for after in range(7))]

    def number(self, value: int | float) -> str:
        """A number to read, with the language's separators; never rounded."""
        return format_decimal(value, locale=self._locale, decimal_quantization=False)

    def list(self, items: Iterable[str]) -> str:
        """Words as a part of a sentence: A, B and C."""
        return format_list(list(items), locale=self._locale)

    def language(self, code: str) -> str:
        """What a language (BCP 47) is called, without its territory; its code where CLDR doesn't say."""
        try:
            locale = Locale.parse(code, sep="-")
            return Locale(locale.language, script=locale.script).get_display_name(self._locale) or code
        except (UnknownLocaleError, ValueError):
            return code

    def size(self, count: int) -> str:
        """How large a file of `count` bytes is, to read: in bytes, kB or MB (powers of 1,000)."""
        if count < 1000:
            return format_unit(count, "digital-byte", "long", locale=self._locale)
        unit, factor = ("kilobyte", 1000) if count < 1_000_000 else ("megabyte", 1_000_000)
        return format_unit(round(count / factor, 1), f"digital-{unit}", "short", locale=self._locale)


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


def _unbroken(date: str) -> str:
    return _JOINED.sub(lambda space: space[0].replace(" ", "\N{NO-BREAK SPACE}"), date)


def _clock(moment: Moment) -> datetime:
    return datetime.combine(moment.first_day(), datetime.min.time()) + timedelta(seconds=moment.seconds or 0)


def _offset_name(offset: int) -> str:
    if offset == 0:
        return "UTC"
    sign = "−" if offset < 0 else "+"
    hours, minutes = divmod(abs(offset), 60)
    return f"UTC{sign}{hours}" + (f":{minutes:02d}" if minutes else "")
