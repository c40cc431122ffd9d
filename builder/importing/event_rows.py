"""Event rows: what a row of a table of events says in codes and numbers, such as ACLED's and UCDP's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import get_args

from builder.dates import Moment, When
from builder.importing.days import dates_in
from builder.importing.event import Event
from builder.importing.publication import either_day, read_moment
from builder.model.briefing import EventType, Figure, Location, Precision
from builder.names import fold

_EVENT_TYPES: dict[str, EventType] = {fold(name): name for name in get_args(EventType)}
_PRECISIONS: dict[str, Precision] = {name: name for name in get_args(Precision)}
# How exactly the place is known. ACLED Codebook, 'Geo precision': 1 the town, 2 part of a region, 3 a region. UCDP GED
# Codebook, 'where_prec': 1 the place, 2 within 25 km of it, 3 and 4 a district and a province, 5 fuzzy, 6 the country.
_ACLED_PLACE: dict[str, Precision] = {"1": "town", "2": "area", "3": "area"}
_UCDP_PLACE: dict[str, Precision] = {"1": "town", "2": "area", "3": "area", "4": "area", "5": "area", "6": "country",
                                     "7": "country"}  # fmt: skip
# Where not the day is known but the month or the year: ACLED 'time_precision' 3; UCDP 'date_prec' 4 and 5.
_ACLED_DAY = {"3": "month"}
_UCDP_DAY = {"4": "month", "5": "year"}


def event_in(
    row: Mapping[str, str], actors: Sequence[str], columns: Mapping[str, tuple[str, ...]]
) -> tuple[Event | None, list[str], dict[str, float]]:
    """The event of a row, notes for the curator, and what of it is unsure; no event where it tells no day of one.

    `row` has the fields' texts, `columns` the names of the columns that they are from.
    """
    if "date" not in row:
        return None, [], {}
    notes: list[str] = []
    when, guessed = _when(row, columns, notes)
    names = [name for name in re.split(r"\s*;\s*", row.get("source", "")) if name]
    event = Event(
        when=when,
        regions=tuple(part for part in re.split(r"\s*;\s*", row.get("region", "")) if part),
        actors=tuple(actors),
        location=_location(row, columns, notes),
        event_type=_EVENT_TYPES.get(fold(row.get("event_type", ""))),
        figures=_figures(row, row.get("says") or ", ".join(names), notes),
        sources=tuple(names),
        odd_date="" if when else row["date"][:40],
    )
    return event, notes, guessed


def _when(
    row: Mapping[str, str], columns: Mapping[str, tuple[str, ...]], notes: list[str]
) -> tuple[When | None, dict[str, float]]:
    start = read_moment(row["date"])
    if start is None:
        return None, {}
    known = _UCDP_DAY if columns.get("date_precision", ("",))[0].lower() == "date_prec" else _ACLED_DAY
    precision = known.get(row.get("date_precision", ""), "day")
    guessed = {}
    if (dated := dates_in(row["date"][:200])) and dated[0].ambiguous:
        guessed["date"] = 0.5
        notes.append(either_day(row["date"], start))
    first = _at(start, precision)
    end = read_moment(row.get("end", ""))
    last = _at(end, precision) if end is not None else first
    return (When(first, last) if last.first_day() > first.first_day() else When(first)), guessed


def _at(moment: Moment, precision: str) -> Moment:
    if precision == "year":
        return Moment(moment.year)
    if precision == "month":
        return Moment(moment.year, moment.month)
    is_day = not moment.seconds
    return Moment(moment.year, moment.month, moment.day) if is_day else moment


def _location(row: Mapping[str, str], columns: Mapping[str, tuple[str, ...]], notes: list[str]) -> Location | None:
    if "lat" not in row or "lon" not in row:
        return None
    lat, lon = number_in(row["lat"]), number_in(row["lon"])
    if lat is None or lon is None or not -90 <= lat <= 90 or not -180 <= lon <= 180:
        notes.append(f"its place, {row['lat']}, {row['lon']}, is nowhere on Earth; mend it, and add a `location`")
        return None
    code = row.get("precision", "")
    is_ucdp = columns.get("precision", ("",))[0].lower() == "where_prec"
    known = _PRECISIONS | (_UCDP_PLACE if is_ucdp else _ACLED_PLACE)
    if code and code not in known:
        notes.append(f'how exactly its place is known, "{code}", is no precision here; look at `location`')
    # What isn't known to be a town's is never drawn as a point.
    precision = known.get(code, "area" if code else "town")
    return Location(
        name=row.get("location") or row.get("region") or f"{lat}, {lon}", lat=lat, lon=lon, precision=precision
    )


def _figures(row: Mapping[str, str], says: str, notes: list[str]) -> tuple[Figure, ...]:
    """The number of dead. None is written where it is 0: tables have 0 also where nobody knows."""
    value, low, high = (number_in(row.get(field, "")) for field in ("fatalities", "low", "high"))
    if "fatalities" in row and value is None:
        notes.append(f'its number of dead, "{row["fatalities"][:40]}", is no number; add it to `figures`')
    what = "people reported killed"
    if low is not None and high is not None and low < high:
        return (Figure(what=what, low=_whole(low), high=_whole(high), says=says),)
    return (Figure(what=what, value=_whole(value), says=says),) if value and value > 0 else ()


def number_in(text: str) -> float | None:
    """The number in a cell, with a decimal point or comma, or commas between thousands; None for other cells."""
    text = text.strip().replace("\u2212", "-")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        text = text.replace(",", "")
    text = text.replace(",", ".")
    return float(text) if re.fullmatch(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", text) else None


def _whole(number: float) -> int | float:
    return int(number) if number.is_integer() else number
