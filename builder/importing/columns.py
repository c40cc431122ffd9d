"""Columns: which column of a table holds what, as its user says, or else as its names tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from builder.faults import did_you_mean
from builder.names import fold


class Chosen(Struct, frozen=True, array_like=True, gc=False):
    """The columns that make a field; none where it is to be left out.

    Those that were asked for must be there. Others, from an archive's settings or asked for many files at once, count
    for the tables that have them.
    """

    field: str
    columns: tuple[str, ...]
    is_asked: bool = True


Columns: TypeAlias = tuple[Chosen, ...]

# Each field with the names that its column usually has, the likeliest first; among them those of ACLED's and of UCDP's
# tables of events (ACLED Codebook; UCDP GED Codebook). Of what is in brackets all are taken, where they are there.
_USUAL: dict[str, tuple[str | tuple[str, ...], ...]] = {
    "title": ("title", "headline", "heading", "subject"),
    "text": ("text", "body", "content", "fulltext", "articletext", "articlebody", "article", "maintext", "notes"),
    "summary": ("summary", "standfirst", "excerpt", "abstract", "teaser", "lead", "description"),
    "published": (
        "published", "publishedat", "publicationdate", "datepublished", "publishdate", "pubdate", "datepublish", "date",
        "datetime", "timestamp", "createdat",
    ),
    "author": ("author", "authors", "byline", "creator", "authorname"),
    "source": (
        "source", "publisher", "publication", "outlet", "sitename", "newspaper", "sourceoriginal", "sourcename",
        "publishername",
    ),
    "url": ("url", "link", "permalink", "weburl", "articleurl", "sourceurl"),
    "language": ("language", "lang"),
    "tags": ("tags", "keywords", "categories", "topics"),
    # Only what is one row's alone wherever it is: many a table counts its rows from 1, and calls that an id.
    "id": ("eventidcnty", "relid", "globaleventid", "guid", "uuid"),
    "date": ("eventdate", "datestart", "startdate", "dateofevent"),
    "end": ("dateend", "enddate"),
    "date_precision": ("timeprecision", "dateprec"),
    "region": ("country", "countryname", "region"),
    "location": ("location", "wherecoordinates", "placename", "place", "city", "town"),
    "lat": ("latitude", "lat"),
    "lon": ("longitude", "lon", "lng", "long"),
    "precision": ("geoprecision", "whereprec"),
    "actors": (("actor1", "actor2"), ("sidea", "sideb"), "actors", "actor"),
    "event_type": ("eventtype",),
    "what": ("subeventtype", "eventtype", "dyadname", "conflictname"),
    "fatalities": ("fatalities", "best", "deaths"),
    "low": ("low",),
    "high": ("high",),
    "says": (),
}  # fmt: skip
FIELDS = tuple(_USUAL)
_EVENT = ("date", "location", "lat", "lon", "actors", "fatalities", "event_type")


def read_columns(texts: Iterable[str]) -> Columns:
    """What `--map` says: `FIELD=COLUMN`, several with commas between them; columns that make one field have a plus.

    Nothing behind the sign leaves the field out. Raises ValueError with what is wrong.
    """
    found: dict[str, Chosen] = {}
    for part in (part.strip() for text in texts for part in text.split(",")):
        field, sign, columns = (piece.strip() for piece in part.partition("="))
        if not sign or not field:
            raise ValueError(f'"{part}" says no column; write FIELD=COLUMN, as in title=headline')
        if problem := field_problem(field):
            raise ValueError(problem)
        if field in found:
            raise ValueError(f'"{field}" has two columns; write {field}=A+B where both belong together, else one')
        found[field] = Chosen(field, tuple(column.strip() for column in columns.split("+") if column.strip()))
    return tuple(found.values())


def where_there_are(columns: Columns, tables: Iterable[Sequence[str]]) -> Columns:
    """The columns for several `tables`, given by their names: one that some table has counts for those that have it.

    One that none has stays asked of each: it is a slip of the pen, for which they are refused."""
    plain = [{_plain(name) for name in names} for names in tables]
    return tuple(
        replace(one, is_asked=False) if any({_plain(column) for column in one.columns} <= own for own in plain) else one
        for one in columns
    )


def counting(columns: Columns, names: Iterable[str]) -> Columns:
    """Those of the columns that count for a table with such `names`."""
    plain = {_plain(name) for name in names}
    return tuple(one for one in columns if not one.columns or any(_plain(column) in plain for column in one.columns))


def field_problem(name: str) -> str:
    """Why a column can't be a field of this name, or nothing."""
    if name in FIELDS:
        return ""
    return f'there is no field "{name}"{did_you_mean(name, FIELDS)}; there are {", ".join(FIELDS)}'


@lru_cache(maxsize=256)
def columns_of(names: tuple[str, ...], said: Columns) -> Mapping[str, tuple[str, ...]]:
    """The columns of each field, among those with such `names`. What is said comes first, then what the names tell."""
    by_plain = {_plain(name): name for name in reversed(names)}
    chosen = {
        one.field: one.columns
        for one in said
        if one.is_asked or not one.columns or any(_plain(column) in by_plain for column in one.columns)
    }
    found = {field: tuple(_named(column, names, by_plain) for column in columns) for field, columns in chosen.items()}
    for field, usual in _USUAL.items():
        if field not in chosen:
            found[field] = _usual(usual, by_plain)
    is_event = any(found[field] for field in _EVENT)
    if is_event and "published" not in chosen and not _plain("".join(found["published"])).startswith("pub"):
        found["published"] = ()  # when the row was made, or when it happened: not when its source appeared
    if not is_event or ("fatalities" not in chosen and _plain("".join(found["fatalities"])) != "best"):
        found |= {field: () for field in ("low", "high") if field not in chosen}
    if not found["text"] and not chosen.get("summary") and not is_event and "text" not in chosen:
        # Where nothing else can be the text, a description is.
        found["text"], found["summary"] = found["summary"], ()
    return {field: columns for field, columns in found.items() if columns}


def columns_problem(names: Sequence[str], said: Columns) -> str:
    """Why a table with these columns can't be imported, and what to say; nothing where it can."""
    if problem := asked_problem(names, said):
        return problem
    found = columns_of(tuple(names), said)
    missing = []
    if "title" not in found and not ("date" in found and ("what" in found or "text" in found)):
        missing.append(("headlines", "title"))
    if "text" not in found and "date" not in found:
        missing.append(("texts", "text"))
    if not missing:
        return ""
    have = listed(names)
    what = " and no ".join(name for name, _ in missing)
    way_out = ",".join(f"{field}=COLUMN" for _, field in missing)
    return f"has no {what} that can be told; say which column they are with --map {way_out} (it has {have})"


def asked_problem(names: Sequence[str], said: Columns) -> str:
    """Which of the columns that were asked for isn't there, and what to say; nothing where all are."""
    plain = {_plain(name) for name in names}
    for one in said:
        for column in one.columns if one.is_asked else ():
            if _plain(column) not in plain:
                hint = did_you_mean(column, tuple(names))
                return f'has no column "{column}" for {one.field}{hint}; its columns are {listed(names)}'
    return ""


def listed(names: Sequence[str]) -> str:
    """The names of a table's columns, for a message."""
    return ", ".join(names[:30]) + (" …" if len(names) > 30 else "")


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", fold(name))


def _named(column: str, names: Sequence[str], by_plain: Mapping[str, str]) -> str:
    return column if column in names else by_plain.get(_plain(column), column)


def _usual(usual: Sequence[str | tuple[str, ...]], by_plain: Mapping[str, str]) -> tuple[str, ...]:
    for choice in usual:
        names = (choice,) if isinstance(choice, str) else choice
        if found := tuple(by_plain[name] for name in names if name in by_plain):
            return found
    return ()
