"""Wording: the texts of the interface, with dates, numbers and grades as a reader of the site's language reads them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, TypeAlias

from builder.dates import Moment, When
from builder.pages.vocabulary import vocabulary
from builder.words import Words, words_of

if TYPE_CHECKING:
    from builder.pages.cldr import Cldr

DateValue: TypeAlias = dict[str, str]


class Wording:
    """How one language says the texts of the interface, and writes dates, numbers and lists (by CLDR).

    `words` has the texts, `vocabulary` those of closed lists; `comma` stands between the parts of a list that is no
    sentence.
    """

    def __init__(self, language: str, words: Words | None = None) -> None:
        """`language` is a BCP 47 code; where CLDR doesn't know it, or `words` lacks a text, English stands in."""
        self._code = language
        self.words = words or words_of()
        self.vocabulary = vocabulary(self.words)
        self.comma = self.words.pgettext("between the parts of a list", ", ")
        self.moment = lru_cache(maxsize=65536)(self._moment)
        self.when = lru_cache(maxsize=65536)(self._when)
        self.language = lru_cache(maxsize=256)(self._language)
        self.day_of_year = lru_cache(maxsize=366)(self._day_of_year)
        self.number = lru_cache(maxsize=65536, typed=True)(self._number)

    @cached_property
    def _cldr(self) -> Cldr:
        from builder.pages.cldr import Cldr

        return Cldr(self._code)

    def _moment(self, moment: Moment) -> DateValue:
        return {"iso": moment.iso, "text": self._cldr.moment(moment)}

    def _when(self, when: When) -> DateValue:
        """A date to read. Ranges have the start as `iso`, since HTML's `datetime` knows no ranges."""
        return {"iso": when.start.iso, "text": self._cldr.when(when)}

    def period(self, period: tuple[str, ...]) -> str:
        """A year, month or day to read."""
        return self.moment(Moment(*(int(part) for part in period)))["text"]

    @property
    def countries(self) -> dict[str, str]:
        """What countries are called, by ISO 3166-1 alpha-2 code."""
        return self._cldr.countries

    def _day_of_year(self, day: tuple[str, ...]) -> str:
        """A day of every year to read, given as its month and day."""
        return self._cldr.day_of_year(day)

    def months(self) -> list[tuple[str, str]]:
        """The twelve months, each short and in full."""
        return self._cldr.months()

    def weekdays(self) -> list[tuple[int, str, str]]:
        """The seven days of a week, from the first of the language's country on: number (0 is Monday), short, full."""
        return self._cldr.weekdays()

    def _number(self, value: int | float) -> str:
        """A number to read, with the language's separators; never rounded."""
        return self._cldr.number(value)

    def narrowed(self, whole: str, part: str) -> str:
        """A title, and what of it is shown: `NATO: 2022`."""
        return self.words.pgettext("a title, and what of it is shown", "%(whole)s: %(part)s") % {
            "whole": whole,
            "part": part,
        }

    def list(self, items: Iterable[str]) -> str:
        """Words as a part of a sentence: A, B and C."""
        return self._cldr.list(items)

    def _language(self, code: str) -> str:
        """What a language (BCP 47) is called, without its territory; its code where CLDR doesn't say."""
        return self._cldr.language(code)

    def size(self, count: int) -> str:
        """How large a file of `count` bytes is, to read: in bytes, kB or MB (powers of 1,000)."""
        return self._cldr.size(count)


@lru_cache(maxsize=256)
def direction(language: str) -> str:
    """`rtl` for languages (BCP 47) that are written from right to left, else `ltr`."""
    from builder.pages import cldr

    return cldr.direction(language)


def endonyms(languages: Iterable[str]) -> list[str]:
    """What each language is called in itself, as CLDR has it (`français`): without its territory if that does."""
    from builder.pages import cldr

    return cldr.endonyms(languages)
