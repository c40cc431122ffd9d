"""Lists: divided by period, never numbered, so that a page's address means something and an edit touches one period."""

from __future__ import annotations

from collections.abc import Iterable

from builder.index import Calendar, Period
from builder.plan.site import Site
from builder.plan.values import Value, card

WHOLE = 60  # a list of up to this many entries stands on its own page
WHOLE_PERIOD = 200  # and a period of up to this many on its


class DatedList:
    """A list of briefings at an address: what its own page and those of its periods show.

    `members` are positions in the archive, ascending.
    """

    def __init__(self, site: Site, address: str, name: str, members: tuple[int, ...]) -> None:
        self.address = address
        self.name = name
        self.members = members
        self._site = site
        self._calendar: Calendar | None = None
        self._siblings: dict[Period, tuple[Period | None, Period | None]] | None = None

    @property
    def calendar(self) -> Calendar:
        """The members by period, found out when first needed."""
        if self._calendar is None:
            self._calendar = self._site.archive.calendar(self.members)
        return self._calendar

    @property
    def link(self) -> Value | None:
        """A link to the list, for the pages of its periods."""
        return {"name": self.name, "address": self.address}

    def listing(self) -> Value:
        """What the list's own page shows: everything, or the newest and the years."""
        if len(self.members) <= WHOLE:
            return self._whole(self.members)
        return self._divided(self.members, ())

    def period_listing(self, period: Period) -> Value:
        """What the page of one period shows: everything, or the newest and the periods inside it."""
        if not self.is_divided(period):
            return self._whole(self.calendar.members(period))
        return self._divided(self.calendar.members(period), period)

    def is_divided(self, period: Period) -> bool:
        """Whether a period holds too many to stand on one page; a day never does."""
        return len(period) < 3 and len(self.calendar.members(period)) > WHOLE_PERIOD

    def pages(self) -> tuple[Period, ...]:
        """The periods that have pages of their own: none where the list stands whole."""
        if len(self.members) <= WHOLE:
            return ()
        found: list[Period] = []
        pending = list(self.calendar.inside(()))
        while pending:
            period = pending.pop()
            found.append(period)
            if self.is_divided(period):
                pending.extend(self.calendar.inside(period))
        return tuple(sorted(found))

    def siblings(self, period: Period) -> tuple[Period | None, Period | None]:
        """The periods of the same length before and after `period` that have pages."""
        if self._siblings is None:
            self._siblings = {}
            for length in (1, 2, 3):
                same = [None, *(page for page in self.pages() if len(page) == length), None]
                for earlier, own, later in zip(same, same[1:], same[2:], strict=False):
                    if own is not None:
                        self._siblings[own] = (earlier, later)
        return self._siblings[period]

    def address_of(self, period: Period) -> str:
        """The address of a period's page."""
        return f"{self.address}{'/'.join(period)}/"

    def period_links(self, period: Period) -> list[Value]:
        """The periods inside `period`, newest first, each with its count."""
        return [
            {
                "label": self._site.wording.period(inner),
                "address": self.address_of(inner),
                "count": len(self.calendar.members(inner)),
            }
            for inner in reversed(self.calendar.inside(period))
        ]

    def _whole(self, members: Iterable[int]) -> Value:
        cards = self._cards(members)
        return {"count": len(cards), "cards": cards, "whole": True, "periods": []}

    def _divided(self, members: Iterable[int], period: Period) -> Value:
        positions = list(members)
        newest = positions[-self._site.config.per_page :]
        # Those whose date isn't known to any period inside this one would otherwise stand nowhere.
        shown = sorted({*newest, *self.calendar.outside_of_all(period)}) if period else newest
        cards = self._cards(shown)
        return {"count": len(positions), "cards": cards, "whole": False, "periods": self.period_links(period)}

    def _cards(self, members: Iterable[int]) -> list[Value]:
        entries = self._site.archive.entries
        return [card(self._site, entries[member]) for member in sorted(members, reverse=True)]


class ArchiveList(DatedList):
    """The archive itself as a list: every year, month and day has a page, and leads to those inside it."""

    @property
    def link(self) -> Value | None:
        """None: the archive's years stand by themselves."""
        return None

    def pages(self) -> tuple[Period, ...]:
        """Every period that a briefing stands on."""
        return self.calendar.all_periods()

    def period_listing(self, period: Period) -> Value:
        """As of any list, but always with the periods inside, since nothing else leads to their pages."""
        return super().period_listing(period) | {"periods": self.period_links(period)}
