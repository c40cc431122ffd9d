"""The cache and the workers: what they may change, which is how long a build takes, and nothing else."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

import pytest
import sites
from conftest import Archive

from builder.cache import DamagedCache, Ledger, Pieces, is_rested
from builder.cache.stats import REST


def _rows(archive: Archive) -> int:
    with sqlite3.connect(archive.root / ".sitrep/pieces.sqlite") as connection:
        count: int = connection.execute("SELECT count(*) FROM piece").fetchone()[0]
    return count


# Start-up


def test_the_version_is_told_without_importing_anything_more(archive: Archive) -> None:
    assert not {"click", "msgspec", "jinja2"} & sites.modules(archive, "--version")


def test_a_build_with_nothing_to_do_imports_only_what_it_uses(archive: Archive) -> None:
    archive.write("briefings/one.md")
    archive.build()
    time.sleep(2.1)  # until the files have rested
    archive.build()
    heavy = {"jinja2", "markdown_it", "yaml", "babel", "frontmatter", "multiprocessing"}
    assert not heavy & sites.modules(archive, "build")
    archive.write("briefings/two.md")
    assert heavy - {"multiprocessing"} <= sites.modules(archive, "build", "--jobs", "1")


# Workers


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """More briefings than one process is given, with all that is counted over several of them."""
    archive = sites.archive_at(tmp_path_factory.mktemp("many") / "archive")
    archive.records("actors", {"name": "Alpha"}, {"name": "Beta"})
    for number, day in enumerate(sites.days(340)):
        archive.write(
            f"briefings/{day}-{number}.md",
            f"Words, [before](id:{sites.days(340)[max(0, number - 1)]}-{max(0, number - 1)}).\n",
            date=day,
            # Spellings of one name, whose commonest counts; and more unknown names than hints are given for.
            region=["Nowhere" if number % 3 else "NOWHERE"],
            actors=["Alpha", f"Beto {number}"],
            tags=["one", "two"],
        )
    return archive


def test_one_job_and_many_give_the_same_bytes_and_faults(many: Archive, tmp_path: Path) -> None:
    one, two = sites.copy_of(many, tmp_path / "one"), sites.copy_of(many, tmp_path / "two")
    told = [archive.run("build", "--jobs", jobs) for archive, jobs in ((one, "1"), (two, "3"))]
    assert [ran.status for ran in told] == [0, 0]
    assert one.files() == two.files()
    assert told[0].err == told[1].err
    assert len(told[0].faults) >= 340


def test_a_template_that_breaks_is_told_the_same_by_one_job_and_by_many(many: Archive, tmp_path: Path) -> None:
    archive = sites.copy_of(many, tmp_path / "archive")
    archive.config('theme = "mine"\n')
    archive.template("mine/theme.toml", 'name = "mine"\nextends = "broadsheet"\n')
    archive.template("mine/templates/briefing.html", "\n{{ briefing.nonsense }}\n")
    told = [archive.run("build", "--jobs", jobs, "--clean") for jobs in ("1", "2")]
    assert [ran.status for ran in told] == [1, 1]
    assert told[0].errors == told[1].errors
    assert len(told[0].errors) == 1 and "themes/mine/templates/briefing.html:2" in told[0].err
    assert list(archive.output.iterdir()) == []


# What is kept


def test_a_build_that_fails_keeps_the_finished_pieces(archive: Archive) -> None:
    sites.series(archive, sites.days(60))
    archive.write("briefings/wrong.md", date="2022-02-30")
    assert archive.run("build").status == 1
    before = _rows(archive)
    assert before >= 60
    archive.write("briefings/wrong.md", date="2022-02-28")
    archive.build()
    # Of the sixty nothing was made again: only the mended one, and what the site is made with, are new.
    assert _rows(archive) - before < 60


def test_pieces_that_nothing_names_any_more_are_forgotten(archive: Archive) -> None:
    archive.write("briefings/one.md")
    archive.build()
    kept = _rows(archive)
    with sqlite3.connect(archive.root / ".sitrep/pieces.sqlite") as connection:
        rows = ((os.urandom(32), b"old") for _ in range(3000))
        connection.executemany("INSERT INTO piece (key, bytes) VALUES (?, ?)", rows)
    archive.write("briefings/one.md", "Other words.\n")
    archive.build()
    assert _rows(archive) <= kept + 20


def test_a_touched_file_is_not_made_again(archive: Archive) -> None:
    path = archive.write("briefings/one.md")
    archive.build()
    before = {file: file.stat().st_mtime_ns for file in archive.output.rglob("*")}
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert "nothing new" in archive.build().out
    assert {file: file.stat().st_mtime_ns for file in archive.output.rglob("*")} == before


def test_verify_reads_everything_and_finds_the_same(archive: Archive) -> None:
    sites.series(archive, sites.days(5))
    archive.build()
    before = archive.files()
    assert "nothing new" in archive.build("--verify").out
    assert archive.files() == before


@pytest.mark.parametrize("data", [b"", b"short", os.urandom(500)], ids=["empty", "short", "noise"])
def test_a_damaged_ledger_reads_as_nothing(tmp_path: Path, data: bytes) -> None:
    ledger = Ledger(tmp_path, "x.ledger", dict[str, int])
    ledger.write({"a": 1})
    assert ledger.read() == {"a": 1}
    (tmp_path / "x.ledger").write_bytes(data)
    assert ledger.read() is None


def test_a_ledger_of_another_program_reads_as_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger(tmp_path, "x.ledger", dict[str, int])
    ledger.write({"a": 1})
    monkeypatch.setattr("builder.cache.ledger.program_fingerprint", lambda: b"another".ljust(32))
    assert ledger.read() is None


def test_a_file_has_rested_two_seconds_after_either_of_its_times() -> None:
    now = 10 * REST
    assert is_rested((1, now - REST, now - REST, 7), now)
    assert not is_rested((1, now - REST + 1, 0, 7), now)
    assert not is_rested((1, 0, now - REST + 1, 7), now)
    assert not is_rested((1, now + REST, 0, 7), now)  # by a clock that goes wrong


def test_what_a_killed_command_left_half_written_goes_with_the_cache(archive: Archive) -> None:
    archive.write("briefings/one.md")
    archive.build()
    left = archive.root / ".sitrep/site-0.ledger.4711"
    left.write_bytes(b"half")
    archive.build("--clean")
    assert not left.exists()


def test_a_row_that_is_refused_leaves_the_pieces_as_they_were(tmp_path: Path) -> None:
    with Pieces(tmp_path) as pieces:
        with pytest.raises(DamagedCache):
            pieces.write(("INSERT INTO piece VALUES (?, ?)", [(b"one", b"piece"), (b"two", object())]))
        pieces.put([(b"three", b"piece")])
        assert pieces.find(b"one") is None
        assert pieces.find(b"three") == b"piece"
