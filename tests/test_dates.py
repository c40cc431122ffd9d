"""Dates: read as written, ordered alike on every machine."""

from __future__ import annotations

import os
import time
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.dates import Moment, When, parse_moment, parse_when

UTC = ZoneInfo("UTC")
ZONES = [ZoneInfo(name) for name in ("UTC", "Europe/Belgrade", "America/New_York", "Pacific/Kiritimati", "Asia/Tehran")]

days = st.dates().map(lambda day: Moment(day.year, day.month, day.day))
times = st.builds(
    lambda day, seconds, offset: Moment(day.year, day.month, day.day, seconds, offset),
    st.dates(),
    st.integers(0, 86_399),
    st.none() | st.integers(-12 * 60, 14 * 60),
)
moments = (
    st.builds(Moment, st.integers(1, 9999)) | st.builds(Moment, st.integers(1, 9999), st.integers(1, 12)) | days | times
)


@settings(max_examples=200, deadline=None)
@given(moments)
def test_a_moment_reads_back_as_it_is_printed(moment):
    assert parse_moment(moment.iso) == moment


@settings(max_examples=200, deadline=None)
@given(moments, moments)
def test_a_range_reads_back_as_it_is_printed_unless_it_ends_before_it_begins(start, end):
    text = When(start, end).iso
    try:
        when = parse_when(text)
    except ValueError as problem:
        assert "before it begins" in str(problem)
        assert end.last_day() < start.first_day() or end.instant(UTC) < start.instant(UTC)
    else:
        assert when == When(start, end)
        assert when.iso == text


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=30) | st.from_regex(r"\d{1,5}-?\d{0,3}-?\d{0,3}[T ]?\d{0,3}:?\d{0,3}([+-]\d\d:?\d\d|Z)?/?\d{0,4}")
)
def test_any_text_is_a_date_or_a_reason_why_it_is_none(text):
    try:
        when = parse_when(text)
    except ValueError as problem:
        assert str(problem).startswith('"')
    else:
        assert parse_when(when.iso) == when


@pytest.mark.parametrize("text", ["2022-08-17T23:30-05:00", "2022-08-17T00:10+14:00", "2022-08-17", "2022-08-17T12:00"])
@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_a_day_is_the_day_as_written_whatever_the_zone(text, zone):
    start = parse_when(text).start

    assert start.parts == ("2022", "08", "17")
    assert parse_when(text).order(zone)[0] == date(2022, 8, 17).toordinal()


@pytest.mark.parametrize(
    ("text", "precision", "parts", "first", "last"),
    [
        ("2022", "year", ("2022",), date(2022, 1, 1), date(2022, 12, 31)),
        ("2024-02", "month", ("2024", "02"), date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-08-17", "day", ("2022", "08", "17"), date(2022, 8, 17), date(2022, 8, 17)),
        ("2022-08-17T14:09", "time", ("2022", "08", "17"), date(2022, 8, 17), date(2022, 8, 17)),
    ],
)
def test_a_date_is_as_precise_as_it_was_written(text, precision, parts, first, last):
    moment = parse_moment(text)

    assert moment.precision == precision
    assert moment.parts == parts
    assert (moment.first_day(), moment.last_day()) == (first, last)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2022-08-17T14:09-04:00", "2022-08-17T14:09-04:00"),
        ("2022-08-17 14:09:05+05:45", "2022-08-17T14:09:05+05:45"),
        ("2022-08-17T14:09+0200", "2022-08-17T14:09+02:00"),
        ("2022-08-17T14:09z", "2022-08-17T14:09Z"),
        ("2022-08-17T10:00", "2022-08-17T10:00"),
        ("  2022-08-17 ", "2022-08-17"),
    ],
)
def test_a_time_keeps_the_offset_that_it_was_written_with(text, iso):
    assert parse_moment(text).iso == iso


def test_a_time_without_an_offset_is_in_the_sites_zone():
    moment = parse_moment("2022-08-17T14:09")

    assert moment.instant(ZoneInfo("Europe/Belgrade")) == parse_moment("2022-08-17T12:09Z").instant(UTC)
    assert moment.instant(ZoneInfo("America/New_York")) == parse_moment("2022-08-17T18:09Z").instant(UTC)


def test_a_time_with_an_offset_is_the_same_instant_in_every_zone():
    moment = parse_moment("2022-08-17T14:09-04:00")

    assert {moment.instant(zone) for zone in ZONES} == {parse_moment("2022-08-17T18:09Z").instant(UTC)}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2023-05-32", "May has 31"),
        ("2023-02-29", "February has 28 in 2023"),
        ("2022-06-00", "June has 30"),
        ("2022-13", "no such month"),
        ("2022-00-10", "no such month"),
        ("2022-08-17T24:00", "time of day"),
        ("2022-08-17T12:60", "time of day"),
        ("0000-01-01", "0001"),
        ("2022-08-17T10:00+15:00", "offset"),
        ("2022-08-17T10:00+14:30", "offset"),
        ("2022-08-17T10:00-13:00", "offset"),
        ("17.8.2022", "not a date"),
        ("2022-8-17", "not a date"),
        ("20220817", "not a date"),
        ("٢٠٢٢-٠٨-١٧", "not a date"),
        ("2022/08/17", "not a date"),
        ("2022-08-17/", "not a date"),
        ("2022-08-17/..", "not a date"),
        ("", "not a date"),
        ("yesterday", "not a date"),
        ("2023-05-29/2023-05-26", "before it begins"),
        ("2023-05/2023-04", "before it begins"),
        ("2023/2022-12-31", "before it begins"),
        ("2023-05-26T14:00/2023-05-26T13:59", "before it begins"),
        ("2022-08-17T14:00+02:00/2022-08-17T11:00Z", "before it begins"),
    ],
)
def test_an_impossible_date_is_refused_with_the_reason(text, reason):
    with pytest.raises(ValueError, match=reason):
        parse_when(text)


@pytest.mark.parametrize(
    "text",
    [
        "2023-05-26/2023-05-29",
        "2023-05-26/2023-05-26",
        "2022-11/2023-02",
        "2021/2023",
        "2023-05-29/2023-05",
        "2023-05/2023-05-01",
        "2023-05-26T14:00/2023-05-26T14:00",
        "2023-05-26T14:00+02:00/2023-05-26T12:30Z",
    ],
)
def test_a_range_may_end_in_whatever_it_begins_with(text):
    assert parse_when(text).iso == text


def test_order_is_by_start_and_within_a_day_those_without_a_time_come_first_then_by_instant():
    in_order = [
        "2021-12-31T23:59",
        "2022",
        "2022-08-16T23:00-12:00",
        "2022-08-17",
        "2022-08-17T10:00+09:00",
        "2022-08-17T06:00",
        "2022-08-17T05:00-04:00",
        "2022-08-18",
    ]

    assert sorted(set(in_order), key=lambda text: parse_when(text).order(UTC)) == in_order


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(moments, st.integers(0, 9)), min_size=2, max_size=12), st.randoms(), st.sampled_from(ZONES))
def test_one_order_comes_of_any_arrangement_on_a_machine_in_any_zone(dated, random, zone):
    def in_order(whens):
        return sorted(whens, key=lambda pair: (When(pair[0]).order(zone), pair[1]))

    shuffled = random.sample(dated, len(dated))
    machines = [_on_a_machine_in(name, lambda: in_order(shuffled)) for name in ("UTC0", "XXX-14", "YYY+12")]

    expected = [(When(moment).order(zone), number) for moment, number in in_order(dated)]
    for found in machines:
        assert [(When(moment).order(zone), number) for moment, number in found] == expected


def _on_a_machine_in(zone, action):
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        return action()
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


@settings(max_examples=100, deadline=None)
@given(days, times)
def test_no_order_contradicts_the_days_as_written(day, timed):
    for zone in ZONES:
        earlier = When(day).order(zone) < When(timed).order(zone)
        assert earlier == (day.first_day() <= timed.first_day())
