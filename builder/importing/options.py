"""Options: how to import, and what an archive's settings say about it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from builder import __version__
from builder.clock import today_in
from builder.config import FILE_NAME, Config, read_config
from builder.dates import Moment
from builder.faults import ArchiveError, error
from builder.importing.columns import Chosen, Columns, field_problem


class Options(Struct, frozen=True, kw_only=True):
    """How to import.

    `language` is the archive's (BCP 47), in which states are called; `now` is the time, in UTC, as ISO 8601
    (`2024-05-02T10:00Z`), `today` the day in the archive's zone, after which nothing has appeared; `version` is that of
    the program that imports. The records of captures have `now` and `version`.

    `publish` writes briefings that are no drafts; `duplicates` tells what becomes of what is there already; `source`
    names the publisher; `published` is for captures that don't tell when they appeared; `columns` says what the columns
    of tables hold, where their names don't. `dry_run` writes nothing, `accept_new` adds records for actors that have
    none, `jobs` is how many processes work, `operator` the person who is named in the records of captures.
    """

    language: str
    now: str
    today: date
    version: str
    publish: bool = False
    duplicates: Literal["skip", "attach", "keep"] = "attach"
    source: str = ""
    published: Moment | None = None
    dry_run: bool = False
    accept_new: bool = False
    jobs: int = 1
    operator: str = ""
    columns: Columns = ()


def read_options(root: Path, **chosen: Any) -> Options:
    """The options that the settings of the archive at `root` give, now, with those that are `chosen`: any fields of
    Options, which says what each of these is.

    Columns are added to those of the settings, and go before them. Raises ArchiveError where `sitrep.toml` is at fault,
    TypeError where there is no such field.
    """
    config = read_config(root)
    told: Columns = chosen.pop("columns", ())
    own = {one.field for one in told}
    given = {
        "language": config.language,
        "now": datetime.now(UTC).strftime("%Y-%m-%dT%H:%MZ"),
        "today": today_in(config),
        "version": __version__,
        "operator": config.captures.operator or "",
        **chosen,
        "columns": (*(one for one in _set_columns(config) if one.field not in own), *told),
    }
    return Options(**given)


def _set_columns(config: Config) -> Columns:
    """The columns in `[import]` of sitrep.toml. Raises ArchiveError."""
    problems = [problem for field in config.importing.columns if (problem := field_problem(field))]
    if problems:
        raise ArchiveError([error(FILE_NAME, 0, "unknown-setting", problem, "import.columns") for problem in problems])
    return tuple(Chosen(field, names, is_asked=False) for field, names in config.importing.columns.items())
