"""Dates as archives write them: a year, a month, a day, a time, or a range of them (EDTF level 0, ISO 8601-2).

A day is the day as written, whatever the zone; a time without an offset is in the site's zone.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

Precision = Literal["year", "month", "day", "time"]

_MOMENT = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})"
    r"(?:[T ](?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"(?P<offset>Z|z|[+-]\d{2}:?\d{2})?)?)?)?",
    re.ASCII,
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Moment(Struct, frozen=True, array_like=True, gc=False):
    """A point in time as precise as it was written.

    `month` and `day` are 0 where not given. `seconds` counts from midnight, and `offset` is minutes east of UTC;
    each is None where not given.
    """

    year: int
    month: int = 0
    day: int = 0
    seconds: int | None = None
    offset: int | None = None

    @property
    def precision(self) -> Precision:
        """How much of the moment is known."""
        if not self.month:
            return "year"
        if not self.day:
            return "month"
        return "day" if self.seconds is None else "time"

    @property
    def parts(self) -> tuple[str, ...]:
        """The date as the segments of an address: `("2022", "08", "17")`, as many as are known."""
        known = (f"{self.year:04d}", f"{self.month:02d}", f"{self.day:02d}")
        return known[: 1 + (self.month > 0) + (self.day > 0)]

    @property
    def iso(self) -> str:
        """The moment in ISO 8601, which is also HTML's `datetime`; seconds only where they aren't zero."""
        text = "-".join(self.parts)
        if self.seconds is None:
            return text
        minutes, second = divmod(self.seconds, 60)
        text += f"T{minutes // 60:02d}:{minutes % 60:02d}" + (f":{second:02d}" if second else "")
        return text + _offset_text(self.offset)

    def first_day(self) -> date:
        """The first day that the moment may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        """The last day that the moment may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def instant(self, zone: ZoneInfo) -> datetime:
        """The first instant that the moment may mean, in UTC; without an offset of its own the moment is in `zone`."""
        start = datetime.combine(self.first_day(), datetime.min.time(), UTC) + timedelta(seconds=self.seconds or 0)
        offset = start.replace(tzinfo=zone).utcoffset() if self.offset is None else timedelta(minutes=self.offset)
        try:
            return start - (offset or timedelta())
        except OverflowError:  # the first and the last day of the calendar have no neighbours
            return start

    def timestamp(self, zone: ZoneInfo) -> int:
        """The first instant that the moment may mean, in seconds since 1970, UTC."""
        return _timestamp(self, zone)


class When(Struct, frozen=True, array_like=True, gc=False):
    """When something happened: a moment, or a range with both its ends."""

    start: Moment
    end: Moment | None = None

    @property
    def iso(self) -> str:
        """The date in EDTF: `2022-08-17`, `2020-11`, `2023-05-26/2023-05-29`."""
        return f"{self.start.iso}/{self.end.iso}" if self.end else self.start.iso

    def order(self, zone: ZoneInfo) -> tuple[int, int, int]:
        """A key for sorting: by first day; within a day those without a time first, then by instant."""
        start = self.start
        if start.seconds is None:
            return (start.first_day().toordinal(), 0, 0)
        return (start.first_day().toordinal(), 1, int(start.instant(zone).timestamp()))


@lru_cache(maxsize=65536)  # archives have many moments of one day
def _timestamp(moment: Moment, zone: ZoneInfo) -> int:
    return (moment.instant(zone) - _EPOCH) // timedelta(seconds=1)


def moment_at(seconds: int, zone: ZoneInfo) -> Moment:
    """The moment, as a clock in `zone` shows it, that is `seconds` after 1970, UTC: a whole day where that is midnight.

    What is known only to its day is counted from midnight: nobody is told an hour that nobody wrote.
    """
    instant = _EPOCH + timedelta(seconds=seconds)
    try:
        local = instant.astimezone(zone)
    except OverflowError:  # the first and the last day of the calendar have no neighbours
        local = instant
    since_midnight = local.hour * 3600 + local.minute * 60 + local.second
    return Moment(local.year, local.month, local.day, since_midnight or None)


def parse_moment(text: str) -> Moment:
    """Reads one moment. Raises ValueError with what is wrong with it, fit to be shown to its writer."""
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f'"{text}" is not a date; write 2022-08-17, 2022-08, 2022 or 2022-08-17T14:09+02:00')
    year, month, day = (int(match[name] or 0) for name in ("year", "month", "day"))
    if year == 0:
        raise ValueError(f'"{text}" is not a date; years begin at 0001')
    if match["month"] and not 1 <= month <= 12:
        raise ValueError(f'"{text}" has no such month; months are 01 to 12')
    if match["day"]:
        days = calendar.monthrange(year, month)[1]
        if not 1 <= day <= days:
            in_year = f" in {year}" if month == 2 else ""
            raise ValueError(f'"{text}" is not a day; {_MONTHS[month - 1]} has {days}{in_year}')
    if not match["hour"]:
        return Moment(year, month, day)
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    if hour > 23 or minute > 59 or second > 60:
        raise ValueError(f'"{text}" is not a time of day; times are 00:00 to 23:59')
    return Moment(year, month, day, hour * 3600 + minute * 60 + min(second, 59), _offset(match["offset"], text))


def parse_when(text: str) -> When:
    """Reads a moment or a range `start/end`. Raises ValueError with what is wrong, fit to be shown to its writer."""
    first, slash, last = text.partition("/")
    if not _MOMENT.fullmatch(first.strip()) or (slash and not _MOMENT.fullmatch(last.strip())):
        message = f'"{text}" is not a date; write 2022-08-17, 2022-08, 2022 or 2022-08-17T14:09+02:00'
        raise ValueError(f"{message}, or two of them as start/end" if slash else message)
    start = parse_moment(first)
    if not slash:
        return When(start)
    end = parse_moment(last)
    if _ends_before(start, end):
        raise ValueError(f'"{text}" ends before it begins')
    return When(start, end)


def _ends_before(start: Moment, end: Moment) -> bool:
    if start.seconds is None or end.seconds is None or (start.offset is None) != (end.offset is None):
        return end.last_day() < start.first_day()
    # Both are instants; where neither has an offset, both are in the site's zone, whichever that is.
    anywhere = ZoneInfo("UTC")
    return end.instant(anywhere) < start.instant(anywhere)


def _offset(text: str | None, whole: str) -> int | None:
    if text is None:
        return None
    if text in "Zz":
        return 0
    hours, minutes = int(text[1:3]), int(text[-2:])
    total = (hours * 60 + minutes) * (-1 if text[0] == "-" else 1)
    if minutes > 59 or not -12 * 60 <= total <= 14 * 60:
        raise ValueError(f'"{whole}" has an offset that no clock has; offsets are -12:00 to +14:00')
    return total


def _offset_text(offset: int | None) -> str:
    if offset is None:
        return ""
    if offset == 0:
        return "Z"
    return f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02d}:{abs(offset) % 60:02d}"
