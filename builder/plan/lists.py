"""Lists: divided by period, never numbered, so that a page's address means something and an edit touches one period."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from builder.cache import fingerprint
from builder.index import ArchiveCalendar, Calendar
from builder.pages.recipes import Counts, Listing, Period
from builder.plan.site import Site
from builder.site_ledger import Section

WHOLE = 60  # a list of up to this many entries stands on its own page


class Divided:
    """A list at an address, divided by period: which periods have pages of their own, and lead to which.

    `members` are positions, oldest first; `periods` has those that each stands on, by position. A period of up to
    `longest` members stands on one page.
    """

    def __init__(
        self, address: str, members: tuple[int, ...], periods: Sequence[Sequence[Period]], longest: int
    ) -> None:
        self.address = address
        self.members = members
        self.longest = longest
        self._periods = periods
        self._siblings: dict[Period, tuple[Period | None, Period | None]] | None = None

    @cached_property
    def calendar(self) -> Calendar:
        """The members by period, found out when first needed."""
        return Calendar(self.members, self._periods)

    def is_divided(self, period: Period) -> bool:
        """Whether a period holds too many to stand on one page; a day never does."""
        return len(period) < 3 and len(self.calendar.members(period)) > self.longest

    def pages(self) -> Sequence[Period]:
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
            pages = self.pages()
            for length in (1, 2, 3):
                same = [None, *(page for page in pages if len(page) == length), None]
                for earlier, own, later in zip(same, same[1:], same[2:], strict=False):
                    if own is not None:
                        self._siblings[own] = (earlier, later)
        return self._siblings[period]

    def address_of(self, period: Period) -> str:
        """The address of a period's page."""
        return f"{self.address}{'/'.join(period)}/"

    def counts(self, period: Period) -> Counts:
        """The periods inside `period`, newest first, each with its count."""
        calendar = self.calendar
        return tuple([(inner, len(calendar.members(inner))) for inner in reversed(calendar.inside(period))])


class DatedList(Divided):
    """A list of briefings at an address: what its own page and those of its periods show.

    `members` are positions in the archive, ascending. `name` is None for the archive itself. The pages of its periods
    come in sections: what `known` says of one, by its name, is not found out again.
    """

    def __init__(
        self, site: Site, address: str, name: str | None, members: tuple[int, ...], known: Mapping[str, Section]
    ) -> None:
        super().__init__(address, members, site.archive.periods, site.longest_list)
        self.name = name
        self._site = site
        self._known = known

    @cached_property
    def calendar(self) -> ArchiveCalendar:
        """The members by period."""
        archive = self._site.archive
        return ArchiveCalendar(self.members, archive.periods, archive.across)

    @cached_property
    def sections(self) -> dict[str, Section]:
        """The pages of its periods by the sections that they are planned in: of this list it is one."""
        members, known = self.fingerprint, self._known.get(self.address)
        periods = known.periods if known is not None and known.members == members else tuple(super().pages())
        return {self.address: Section(members, members, periods)}

    @cached_property
    def fingerprint(self) -> bytes:
        """The fingerprint of what all its members are shown with."""
        return self._fingerprint(self.members)

    def _fingerprint(self, members: Iterable[int]) -> bytes:
        """The fingerprint of all that the pages of a list's periods, and its feed, are made from."""
        abstracts, config = self._site.abstracts, self._site.config
        head = fingerprint(
            self.address,
            self.name,
            self.longest,
            config.per_page,
            config.feeds.entries,
            self._site.labels_fingerprint,
        )
        return hashlib.sha256(b"".join([head, *[abstracts[at] for at in members]])).digest()

    def pages(self) -> Sequence[Period]:
        """The periods that have pages of their own, of all sections."""
        return [period for section in self.sections.values() for period in section.periods]

    def listing(self) -> Listing:
        """What the list's own page shows: everything, or the newest and the years."""
        if len(self.members) <= WHOLE:
            return self._whole(self.members)
        return self._divided(self.members, ())

    def period_listing(self, period: Period) -> Listing:
        """What the page of one period shows: everything, or the newest and the periods inside it."""
        if not self.is_divided(period):
            return self._whole(self.calendar.members(period))
        return self._divided(self.calendar.members(period), period)

    def _whole(self, members: Iterable[int]) -> Listing:
        return self._listing(members, None, ())

    def _divided(self, members: Iterable[int], period: Period) -> Listing:
        positions = list(members)
        newest = positions[-self._site.config.per_page :]
        # Those whose date isn't known to any period inside this one would otherwise stand nowhere.
        shown = sorted({*newest, *self.calendar.outside_of_all(period)}) if period else newest
        return self._listing(shown, len(positions), self.counts(period))

    def _listing(self, shown: Iterable[int], count: int | None, periods: tuple[tuple[Period, int], ...]) -> Listing:
        """The entries at the positions `shown`, newest first; `count` is None where they are all."""
        abstracts = self._site.abstracts
        positions = sorted(shown, reverse=True)
        return Listing(
            address=self.address,
            count=len(positions) if count is None else count,
            cards=tuple([abstracts[position] for position in positions]),
            shade=self._site.shade(positions),
            whole=count is None,
            periods=periods,
        )


class ArchiveList(DatedList):
    """The archive itself as a list: every year, month and day has a page, and leads to those inside it."""

    @cached_property
    def sections(self) -> dict[str, Section]:
        """Every period that a briefing stands on, in a section for each year."""
        names = {year: f"{self.address}{year[0]}/" for year in self.calendar.inside(())}
        members = {year: self._fingerprint(self.calendar.members(year)) for year in names}
        periods = {
            year: known.periods
            if (known := self._known.get(name)) is not None and known.members == members[year]
            else self.calendar.all_periods(year)
            for year, name in names.items()
        }
        # Pages lead to those before and after them, which may be in other years.
        before = _last_ones(periods.values())
        behind = reversed(_last_ones([of_year[::-1] for of_year in reversed(periods.values())]))
        return {
            names[year]: Section(members[year], fingerprint(members[year], earlier, later), periods[year])
            for year, earlier, later in zip(names, before, behind, strict=True)
        }

    def period_listing(self, period: Period) -> Listing:
        """As of any list, but always with the periods inside, since nothing else leads to their pages."""
        members = self.calendar.members(period)
        if self.is_divided(period):
            return self._divided(members, period)
        return self._listing(members, None, self.counts(period))

    def days(self, year: Period) -> Counts:
        """The days of a year that briefings stand on, oldest first, each with how many."""
        calendar = self.calendar
        days = [day for month in calendar.inside(year) for day in calendar.inside(month)]
        return tuple([(day, len(calendar.members(day))) for day in days])

    def newest(self) -> Listing:
        """The newest entries, and all years."""
        newest = self.members[-self._site.config.per_page :]
        return self._listing(newest, len(self.members), self.counts(()))


def _last_ones(runs: Iterable[Sequence[Period]]) -> list[tuple[Period | None, ...]]:
    """For each of some runs of periods, the last year, month and day in those before it."""
    found: list[tuple[Period | None, ...]] = []
    last: dict[int, Period] = {}
    for run in runs:
        found.append(tuple(last.get(length) for length in (1, 2, 3)))
        last |= {len(period): period for period in run}
    return found
