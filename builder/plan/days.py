"""Days of the year: what happened on a day such as 17 August, in all years."""

from __future__ import annotations

from builder.pages.recipes import DayOfYearRecipe, Listing, Period
from builder.plan.lists import WHOLE
from builder.plan.site import Site


class DaysOfYear:
    """The days of the year on which briefings stand: those known to their day, a range on its first."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._members: dict[Period, list[int]] = {}
        for entry in site.archive.entries:
            parts = entry.briefing.when.start.parts
            if len(parts) == 3:
                self._members.setdefault(parts[1:], []).append(entry.position)
        self.days = tuple(sorted(self._members))
        with_ends = (None, *self.days, None)
        self._siblings = dict(zip(self.days, zip(with_ends, with_ends[2:], strict=False), strict=True))

    def recipe(self, day: Period) -> DayOfYearRecipe:
        """What the page of one day is made from: all its briefings, or the newest; and that day of each year."""
        entries = self._site.archive.entries
        members = self._members[day]
        whole = len(members) <= WHOLE
        shown = members[::-1] if whole else members[: -self._site.config.per_page - 1 : -1]
        years: dict[Period, int] = {}
        for member in reversed(members):
            parts = entries[member].briefing.when.start.parts
            years[parts] = years.get(parts, 0) + 1
        earlier, later = self._siblings[day]
        listing = Listing(
            address=self._site.home,
            count=len(members),
            cards=tuple([entries[member].briefing.abstract for member in shown]),
            shade=self._site.shade(shown),
            whole=whole,
            periods=tuple(years.items()),
        )
        return DayOfYearRecipe(day, earlier, later, listing)
