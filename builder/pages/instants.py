"""Instants as machines read them: RFC 3339, and days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from builder.dates import Moment

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def rfc3339(seconds: int, zone: ZoneInfo) -> str:
    """The instant `seconds` after 1970, UTC, in `zone`.

    In UTC where that had seconds in its offset, before standard time, as RFC 3339 knows none.
    """
    instant = _EPOCH + timedelta(seconds=seconds)
    try:
        local = instant.astimezone(zone)
    except OverflowError:  # the first and the last day of the calendar have no neighbours
        local = instant
    offset = local.utcoffset()
    if not offset or offset.seconds % 60:
        return instant.isoformat(timespec="seconds").replace("+00:00", "Z")
    return local.isoformat(timespec="seconds")


def iso8601(moment: Moment, zone: ZoneInfo) -> str:
    """A moment as precise as it was written: a year, a month, a day, or an instant with its offset."""
    return "-".join(moment.parts) if moment.seconds is None else rfc3339(moment.timestamp(zone), zone)
