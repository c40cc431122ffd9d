"""Scale: no page grows with the archive, and neither does what is in memory beyond the metadata."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import sites
from conftest import REPOSITORY, Archive

COUNT = 2000
BODY = "A sentence of some length about what happened, where, and who says so, with a [link](id:b0) to another. " * 30


def _many(root: Path, count: int) -> Archive:
    """Briefings over twelve years: a few terms that nearly all carry, and many that few do."""
    archive = sites.archive_at(root)
    archive.records("regions", {"name": "World"}, *({"name": f"Region {n}", "parent": "World"} for n in range(40)))
    archive.records("actors", *({"name": f"Actor {n}", "kind": "person"} for n in range(200)))
    archive.records("sources", *({"name": f"Source {n}", "hosts": [f"s{n}.example"]} for n in range(30)))
    for number in range(5):
        archive.write(f"dossiers/d{number}.md")
    days = sites.days(count, first=sites.date(2010, 1, 1), step=max(1, 4380 // count))
    for number, day in enumerate(days):
        archive.write(
            f"briefings/{day[:4]}/b{number}.md",
            f"## What happened\n\n{BODY}\n\n## Background\n\nNumber {number}. {BODY}\n",
            id=f"b{number}",
            title=f"Briefing {number}",
            date=day,
            region=[f"Region {number % 40}", "World"],
            actors=[f"Actor {number % 200}", f"Actor {number % 7}"],
            tags=["all", f"tag {number % 300}"],
            dossier=f"d{number % 5}",
            summary="What happened in one sentence.",
            sources=[{"url": f"https://s{number % 30}.example/{number}"}],
            trend="stable",
        )
    return archive


MEASURE = """
import os, sys

process = os.posix_spawn(sys.executable, [sys.executable, *sys.argv[1:]], os.environ)
_, status, usage = os.wait4(process, 0)
print(usage.ru_maxrss * 1024)
sys.exit(os.waitstatus_to_exitcode(status))
"""


def _measured(root: Path) -> None:
    """Builds 2,000 briefings, and notes the most memory that the build held, in bytes."""
    _many(root, COUNT)
    # By a small process: the most that a child held counts from its parent's memory on, and tests before this one may
    # have made this process a large one.
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, "-m", "builder", "build", "--quiet", "--root", str(root)],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=True,
    )
    (root / "memory").write_text(done.stdout)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """2,000 briefings and their site."""
    return Archive(sites.once(tmp_path_factory, "scale", _measured))


def test_2000_briefings_build_in_less_than_300_mb(built: Archive) -> None:
    assert int((built.root / "memory").read_text()) < 300_000_000


def test_no_page_lists_more_than_its_limit(built: Archive) -> None:
    listed = 0
    for path, data in built.files().items():
        if not path.endswith("index.html"):
            continue
        cards = data.count(b"<h3")
        address = path.removesuffix("index.html")
        if re.fullmatch(r"(\w+/[\w-]+/)?\d{4}/(\d\d/)*", address):
            limit = 200
        elif re.fullmatch(r"(tags|regions|actors|sources|dossiers)/[\w-]+/", address):
            limit = 60
        elif address == "":
            limit = 20 + 5  # and the dossiers
        elif re.fullmatch(r"(\d{4}/)(\d\d/)*[\w-]+/", address):
            limit = 5 + 3  # what is related
        else:
            continue
        listed += 1
        assert cards <= limit, f"{path}: {cards}"
    assert listed > 4000


def test_the_number_of_files_grows_with_the_archive_and_not_faster(built: Archive, tmp_path: Path) -> None:
    small = _many(tmp_path / "small", COUNT // 8)
    small.build()
    few, many = small.files(), built.files()
    # The pages of terms are about as many in both: 8 times the briefings are at most 8 times the files and bytes.
    assert len(many) < 8 * len(few)
    assert sum(map(len, many.values())) < 8 * 1.25 * sum(map(len, few.values()))


def test_no_page_but_a_long_briefings_own_is_heavier_than_150_kb(built: Archive) -> None:
    heavy = {path: len(data) for path, data in built.files().items() if len(data) > 150_000 and path.endswith(".html")}
    assert not heavy
    # In all of these, 2,000 briefings are as many as 10,000: what they show has a bound, or grows with the years only.
    for address in ("", "timeline/", "recent/", "coverage/", "coverage/2015/", "on/08-17/", "actors/actor-1/"):
        assert len(built.page(f"/{address}")) < 60_000, address


def test_no_feed_grows_with_the_archive(built: Archive) -> None:
    for path, data in built.files().items():
        if path.endswith("feed.xml"):
            assert data.count(b"<entry") <= 20, path
