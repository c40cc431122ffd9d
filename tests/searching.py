"""An archive that can be searched, made once: over several decades, in two languages, with parts of ten briefings."""

from __future__ import annotations

from pathlib import Path

import pytest
import sites
from conftest import Archive

CONFIG = """\
base_url = "https://archive.example/"
languages = ["fr"]

[search]
part = 10
results = 5
"""


# More than an excerpt shows.
LONG = f"\n{'People on both banks watched. ' * 40}\n\nThis is its ending.\n"


def shared_search_archive(factory: pytest.TempPathFactory) -> Archive:
    """The archive with its site, made once for all the processes that run tests. Nobody may change it."""
    return Archive(sites.once(factory, "search", lambda root: search_archive(root).build()))


def search_archive(root: Path) -> Archive:
    """Four briefings in the nineties, thirteen in the twenties of this century: one part and several."""
    archive = sites.archive_at(root, CONFIG)
    archive.records(
        "regions",
        {"name": "Peninsula"},
        {"name": "Northland", "parent": "Peninsula", "aliases": ["Северия", "Norðland"], "names": {"fr": "Nordie"}},
        {"name": "Southland", "parent": "Peninsula"},
    )
    archive.records(
        "actors",
        {"name": "Stabilisation Force", "kind": "mission", "aliases": ["SFOR-X"]},
        {"name": "Border Guard", "kind": "police"},
    )
    archive.records("sources", {"name": "State Wire", "kind": "state media"}, {"name": "Daily", "kind": "newspaper"})
    archive.write("dossiers/talks.md", title="The long talks")
    for year in (1993, 1995, 1997, 1999):
        archive.write(
            f"briefings/convoy-{year}.md",
            f"A convoy crossed the river in {year}.\n{LONG if year == 1999 else ''}",
            title=f"Convoy of {year}",
            date=f"{year}-05-01",
            region="Southland",
        )
    for number in range(12):
        archive.write(
            f"briefings/patrol-{number:02}.md",
            f"## What was seen\n\nThe patrol met a convoy[^a] at a bridge, the {number}th time.\n\n[^a]: Of lorries.\n",
            title=f"Patrol {number}",
            date=f"202{number // 4}-0{1 + number % 4}-10",
            region="Northland" if number % 2 else "Southland",
            actors=["SFOR-X", "Border Guard"] if number % 3 == 0 else ["SFOR-X"],
            tags=["patrols"],
            dossier="talks",
            status="provisional" if number == 5 else "confirmed",
            sources=[{"name": "State Wire"}] if number < 6 else [{"name": "Daily"}, {"name": "State Wire"}],
        )
    archive.write_text("briefings/patrol-11.fr.md", "---\ntitle: Patrouille 11\n---\n\nLa patrouille a vu un convoi.\n")
    archive.write(
        "briefings/shelling.md",
        "The hospital counted bodies.\n\nIt said <script>alert(1)</script> & “more”.\n",
        title="Shelling & <fire>",
        date="2023-02/2023-03",
        warning="Describes wounds.",
        actors=["Unknown Group"],
    )
    return archive
