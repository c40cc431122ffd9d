"""Indexing: who comes before whom, what stands under which term and period, what is related to what."""

from builder.index.archive import Archive, Entry, index
from builder.index.periods import ArchiveCalendar, Calendar, Period, periods_of
from builder.index.related import Neighbourhood
from builder.index.spread import Spread

__all__ = [
    "Archive",
    "ArchiveCalendar",
    "Calendar",
    "Entry",
    "Neighbourhood",
    "Period",
    "Spread",
    "index",
    "periods_of",
]
