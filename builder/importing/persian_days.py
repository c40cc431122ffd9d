"""Persian days: dates of the Solar Hijri calendar, as papers of Iran and Afghanistan print them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from builder.names import fold

_MONTHS = (
    "فروردین حمل", "اردیبهشت ثور", "خرداد جوزا", "تیر سرطان", "مرداد اسد", "شهریور سنبله", "مهر میزان", "آبان عقرب",
    "آذر قوس", "دی جدی", "بهمن دلو", "اسفند حوت",
)  # fmt: skip
_NUMBERS = {fold(name): number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_DATE = re.compile(rf"(?<!\d)(\d{{1,2}})\s+(?:ماه\s+)?({'|'.join(_NUMBERS)})(?:\s+ماه)?\s*[,،]?\s*(1[34]\d\d)(?!\d)")
_NUMERIC = re.compile(r"(?<![\d/-])(1[34]\d\d)([/-])(\d{1,2})\2(\d{1,2})(?![\d/-])")
_LEAP = (1, 5, 9, 13, 17, 22, 26, 30)  # years of 33 with a day more
_EPOCH = 226_894  # the day before the first of the calendar, as `date` counts days


def persian_days(text: str) -> Iterator[tuple[date, int, int]]:
    """The days of the Solar Hijri calendar that a folded text names, with digits as 0 to 9, and where they stand."""
    for match in _DATE.finditer(text):
        if (found := gregorian(int(match[3]), _NUMBERS[match[2]], int(match[1]))) is not None:
            yield found, *match.span()
    for match in _NUMERIC.finditer(text):
        if (found := gregorian(int(match[1]), int(match[3]), int(match[4]))) is not None:
            yield found, *match.span()


def gregorian(year: int, month: int, day: int) -> date | None:
    """The day as other calendars have it; None where there is none.

    Leap years follow the rule of 33 years, which agrees with the equinox from 1178 to 1633.
    """
    longest = 31 if month < 7 else 30
    if not 1 <= month <= 12 or not 1 <= day <= longest:
        return None
    leaps = 8 * ((year - 1) // 33) + sum(left <= (year - 1) % 33 for left in _LEAP)
    before = 31 * (month - 1) if month < 7 else 186 + 30 * (month - 7)
    return date.fromordinal(_EPOCH + 365 * (year - 1) + leaps + before + day)
