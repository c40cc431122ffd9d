"""Periods: on which years, months and days a briefing stands."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.dates import Moment, When, parse_when
from builder.index.periods import ArchiveCalendar, Calendar, periods_of

some_days = st.dates(date(1998, 1, 1), date(2024, 12, 31))
precisions = st.sampled_from(["year", "month", "day", "time"])


def _moment(day, precision):
    known = {"year": 1, "month": 2, "day": 3, "time": 3}[precision]
    parts = (day.year, day.month, day.day)[:known]
    return Moment(*parts, *([0] * (3 - known)), seconds=3600 if precision == "time" else None)


whens = st.builds(lambda day, precision: When(_moment(day, precision)), some_days, precisions)
ranges = st.builds(
    lambda day, length, precision: When(_moment(day, precision), _moment(day + timedelta(days=length), precision)),
    some_days,
    st.integers(0, 900),
    precisions,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020", ["2020"]),
        ("2020-11", ["2020", "2020/11"]),
        ("2022-08-17", ["2022", "2022/08", "2022/08/17"]),
        ("2022-08-17T14:09+02:00", ["2022", "2022/08", "2022/08/17"]),
        ("2023-05-26/2023-05-29", ["2023", "2023/05", "2023/05/26"]),
        ("2022-11-30/2023-02-01", ["2022", "2022/11", "2022/11/30", "2022/12", "2023", "2023/01", "2023/02"]),
        ("2022-11/2023-01", ["2022", "2022/11", "2022/12", "2023", "2023/01"]),
        ("2021/2023", ["2021", "2022", "2023"]),
        ("2022-12-31T23:00-05:00/2023-01-01T02:00-05:00", ["2022", "2022/12", "2022/12/31", "2023", "2023/01"]),
    ],
)
def test_a_briefing_stands_on_its_own_precision_and_above_and_a_range_on_all_that_it_touches(text, expected):
    assert sorted("/".join(period) for period in periods_of(parse_when(text))) == expected


@settings(max_examples=150, deadline=None)
@given(whens)
def test_a_single_date_stands_on_as_many_periods_as_it_has_parts(when):
    assert list(periods_of(when)) == [when.start.parts[: depth + 1] for depth in range(len(when.start.parts))]


@settings(max_examples=150, deadline=None)
@given(ranges)
def test_a_range_stands_on_every_year_and_month_that_one_of_its_days_is_in_and_on_its_first_day(when):
    first, last = when.start.first_day(), (when.end or when.start).last_day()
    every_day = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    expected = {(f"{day.year}",) for day in every_day}
    if when.start.month:
        expected |= {(f"{day.year}", f"{day.month:02d}") for day in every_day}
    if when.start.day:
        expected.add((f"{first.year}", f"{first.month:02d}", f"{first.day:02d}"))

    found = list(periods_of(when))

    assert set(found) == expected
    assert len(found) == len(expected)


@settings(max_examples=100, deadline=None)
@given(st.lists(whens | ranges, max_size=8))
def test_a_calendar_has_each_member_on_each_of_its_periods_and_loses_none(dates):
    calendar = Calendar(range(len(dates)), [tuple(periods_of(when)) for when in dates])

    periods = [period for year in calendar.inside(()) for period in calendar.all_periods(year)]
    for period in periods:
        assert calendar.members(period) == [n for n, when in enumerate(dates) if period in set(periods_of(when))]
        inside = {member for child in calendar.inside(period) for member in calendar.members(child)}
        beside = calendar.outside_of_all(period)
        assert inside | set(beside) == set(calendar.members(period))
        assert not inside & set(beside)
    assert {member for year in calendar.inside(()) for member in calendar.members(year)} == set(range(len(dates)))
    assert periods == sorted(periods)


@settings(max_examples=100, deadline=None)
@given(st.lists(whens | ranges, max_size=12), st.sets(st.integers(0, 11)))
def test_a_calendar_of_what_is_in_order_is_the_same_as_any(dates, some):
    periods = [tuple(periods_of(when)) for when in sorted(dates, key=lambda when: when.order(ZoneInfo("UTC")))]
    across = [n for n, own in enumerate(periods) if len({period[0] for period in own}) > 1]
    members = sorted(some & set(range(len(periods))))
    plain, quick = Calendar(members, periods), ArchiveCalendar(members, periods, across)

    assert quick.inside(()) == plain.inside(())
    for period in [period for year in plain.inside(()) for period in plain.all_periods(year)]:
        assert quick.members(period) == plain.members(period)


def test_the_positions_that_stand_on_several_years_are_known(archive):
    for own_id, when in [
        ("a", "2021/2022"),
        ("b", "2022"),
        ("c", "2022-11-01/2023-01-02"),
        ("d", "2023-01-02/2023-03"),
    ]:
        archive.write(f"briefings/{own_id}.md", id=own_id, date=when)

    found = archive.prepared().archive

    assert [found.entries[position].id for position in found.across] == ["a", "c"]


def test_a_year_holds_the_months_in_it_and_what_is_known_no_better_stands_beside_them():
    dates = tuple(map(parse_when, ["2022", "2022-08", "2022-08-17", "2022-11-01/2023-01-02"]))

    calendar = Calendar(range(4), [tuple(periods_of(when)) for when in dates])

    assert calendar.inside(()) == (("2022",), ("2023",))
    assert calendar.inside(("2022",)) == (("2022", "08"), ("2022", "11"), ("2022", "12"))
    assert calendar.outside_of_all(("2022",)) == [0]
    assert calendar.outside_of_all(("2022", "08")) == [1]
    assert calendar.members(("2022", "12")) == [3]
    assert calendar.members(("1999",)) == []


def test_the_archive_is_in_order_of_what_happened_and_ties_go_by_id(archive):
    for own_id, when in [
        ("f", "2022-08-17T10:00Z"), ("e", "2022-08-17T11:00+02:00"), ("d", "2022-08-17"), ("c", "2022-08-17"),
        ("b", "2022-08"), ("a", "2022-08-18T01:00+14:00"),
    ]:  # fmt: skip
        archive.write(f"briefings/{own_id}.md", id=own_id, date=when)

    entries = archive.prepared().archive.entries

    assert [entry.id for entry in entries] == ["b", "c", "d", "e", "f", "a"]
    assert [entry.position for entry in entries] == list(range(6))


def test_a_draft_and_a_withdrawn_briefing_stand_in_no_list(archive):
    archive.write("briefings/a.md", tags=["t"], draft=True)
    archive.write("briefings/b.md", tags=["t"], withdrawn={"date": "2022-08-18", "reason": "wrong"})
    archive.write("briefings/c.md", tags=["t"])

    without, with_drafts = archive.prepared().archive, archive.prepared(drafts=True).archive

    assert [entry.id for entry in without.entries] == ["c"]
    assert [entry.id for entry in without.notices] == ["b"]
    assert without.members["tag"]["t"] == (0,)
    assert [entry.id for entry in with_drafts.entries] == ["a", "c"]


def test_before_and_after_are_those_of_the_list(archive):
    for day in range(1, 6):
        archive.write(f"briefings/{day}.md", date=f"2022-08-0{day}", tags=["odd"] if day % 2 else ["even"])
    prepared = archive.prepared().archive

    def ids(pair):
        return tuple(entry and entry.id for entry in pair)

    assert ids(prepared.neighbours(2)) == ("2", "4")
    assert ids(prepared.neighbours(0)) == (None, "2")
    assert ids(prepared.neighbours(4)) == ("4", None)
    assert ids(prepared.neighbours(2, prepared.members["tag"]["odd"])) == ("1", "5")
    assert ids(prepared.neighbours(4, prepared.members["tag"]["odd"])) == ("3", None)
