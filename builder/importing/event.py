"""Event: what a table tells of an event in codes and numbers, where other captures have only words."""

from __future__ import annotations

from msgspec import Struct

from builder.dates import When
from builder.model.briefing import EventType, Figure, Location


class Event(Struct, frozen=True, kw_only=True):
    """An event as a row has it: names are those of the row. `when` is None where it gives no day that there is.

    `sources` are those whom the row names; who says a figure is empty where that is whoever publishes the table.
    """

    when: When | None = None
    regions: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    location: Location | None = None
    event_type: EventType | None = None
    figures: tuple[Figure, ...] = ()
    sources: tuple[str, ...] = ()
    odd_date: str = ""
