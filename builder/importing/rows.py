"""Rows: a row of a table, or an object of JSON, becomes an entry: an article or an event."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from builder.dates import Moment
from builder.importing.article import NoArticle
from builder.importing.capture import Capture
from builder.importing.columns import Columns, asked_problem, columns_of, counting, listed
from builder.importing.days import dates_in
from builder.importing.decoding import without_controls
from builder.importing.entries import Entry
from builder.importing.event_rows import event_in
from builder.importing.publication import either_day, read_moment

_TITLE = 12  # words of a row's text that are its headline if it has no other
_MOST_TAGS = 20


def read_row(capture: Capture, said: Columns) -> Entry:
    """The entry of a row, whose columns are what is `said`, or else what their names tell. Raises NoArticle.

    A row is the same again if its id is; where it has none, if all of its cells are.
    """
    fields = msgspec.json.decode(capture.data)
    cells = dict(cells_of(fields))
    names = tuple(cells)
    columns = columns_of(names, said)
    row = {field: _joined(field, names, cells) for field, names in columns.items()}
    row = {field: text for field, text in row.items() if text}
    event, event_notes, event_guessed = event_in(row, _parts(columns.get("actors", ()), cells), columns)
    title, guessed = row.get("title", ""), dict(event_guessed)
    if not title:
        title = _made_title(row) if event is not None else ""
        guessed["title"] = 0.5
    if not title or ("text" not in row and event is None):
        raise NoArticle(_gap("text" if title else "title", tuple(cells), columns, said))
    published, odd, is_ambiguous = _published(row.get("published", ""), row.get("language", ""))
    notes = list(event_notes)
    if "text" not in row:
        notes.append("the row has no text; write one")
    if is_ambiguous and published is not None:
        guessed["published"] = 0.5
        notes.append(either_day(row["published"], published))
    return Entry(
        title=title,
        text=row.get("text", ""),
        summary=row.get("summary", ""),
        published=published,
        authors=tuple(_parts(columns.get("author", ()), cells)),
        publisher=row.get("source", "") if event is None else "",
        url=row.get("url", "") if re.match(r"(?i)https?://[^\s/]", row.get("url", "")) else "",
        language=row.get("language", "")
        if re.fullmatch(r"[A-Za-z]{2,3}(?:-\w{2,8})*", row.get("language", ""))
        else "",
        tags=tuple(_parts(columns.get("tags", ()), cells))[:_MOST_TAGS],
        key=_key(row, fields),
        odd_date=odd or (event.odd_date if event is not None else ""),
        event=event,
        guessed=guessed,
        notes=tuple(notes),
    )


def _gap(field: str, names: tuple[str, ...], columns: Mapping[str, tuple[str, ...]], said: Columns) -> str:
    """Why a row has nothing for a field that it needs. An object of JSON may lack the column that others have."""
    if problem := asked_problem(names, tuple(one for one in said if one.field == field)):
        return problem
    what = "text" if field == "text" else "headline"
    if field in columns:
        return f"has nothing in its column for the {what}; fill it in, or delete the row"
    return f"has no column that is told to be its {what}; add it, or delete the row"


def cells_of(value: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """The fields of an object, those of objects within it by both their names: `properties.title`."""
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield from cells_of(inner, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", inner


def columns_counting(capture: Capture, said: Columns) -> Columns:
    """Those of the columns that whoever imports has `said` which count for a row."""
    return counting(said, (name for name, _ in cells_of(msgspec.json.decode(capture.data)))) if said else ()


def no_day_problem(capture: Capture, said: Columns) -> str:
    """What to say of a row that has no column for when its article appeared; nothing where it has one."""
    names = tuple(name for name, _ in cells_of(msgspec.json.decode(capture.data)))
    if "published" in columns_of(names, said):
        return ""
    have = listed(names)
    return f"has no day that can be told; say its column with --map published=COLUMN (it has {have}), or give --date"


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_text(item) for item in value)
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("title") or list(value.values())[:1])
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))  # what a spreadsheet's numbers are
    return without_controls(str(value)).strip()


def _joined(field: str, names: tuple[str, ...], cells: Mapping[str, Any]) -> str:
    divider = "\n\n" if field == "text" else ", "
    return divider.join(text for name in names if name in cells and (text := _text(cells[name])))


def _parts(names: tuple[str, ...], cells: Mapping[str, Any]) -> list[str]:
    """The names in cells that hold one or several: a list, or a text with semicolons, bars or, else, commas."""
    found: dict[str, None] = {}
    for name in names:
        value = cells.get(name)
        if isinstance(value, list):
            found |= dict.fromkeys(_text(item) for item in value)
        elif value is not None:
            text = _text(value)
            divider = r"\s*[;|]\s*" if re.search(r"[;|]", text) else r"\s*,\s*" if len(names) == 1 else r"\n"
            found |= dict.fromkeys(part.strip("[]'\" ") for part in re.split(divider, text))
    return [name for name in found if name]


def _made_title(row: Mapping[str, str]) -> str:
    what = row.get("what") or " – ".join(row.get("actors", "").split(", ")[:2])
    where = row.get("location") or row.get("region", "")
    if what:
        return f"{what}, {where}" if where else what
    words = row.get("text", "").split()
    return " ".join(words) if len(words) <= _TITLE else f"{' '.join(words[:_TITLE]).rstrip(',;:–—-')}…"


def _published(text: str, language: str) -> tuple[Moment | None, str, bool]:
    """When a row appeared; what it says of that, if there is no such day; whether that can be read in two ways."""
    moment = read_moment(text, language) if text else None
    if moment is None:
        return None, text[:40], False
    found = dates_in(text[:200], language)
    return without_midnight(moment), "", bool(found) and found[0].ambiguous


def without_midnight(moment: Moment) -> Moment:
    """The day alone of what databases write as its first instant."""
    is_day = moment.seconds == 0 and moment.offset in (None, 0)
    return Moment(moment.year, moment.month, moment.day) if is_day else moment


def _key(row: Mapping[str, str], fields: Mapping[str, Any]) -> str:
    if own := row.get("id"):
        return f"id {own}"
    return f"row {hashlib.sha256(msgspec.json.encode(fields, order='sorted')).hexdigest()}"
