"""Indexing: who comes before whom, what stands under which term and period, what is related to what."""

from builder.index.archive import Archive, Entry, index
from builder.index.periods import Calendar, Period, periods_of

__all__ = ["Archive", "Calendar", "Entry", "Period", "index", "periods_of"]
