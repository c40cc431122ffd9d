"""`sitrep import --review`: nothing is confirmed without a key for it, and no other line of the file changes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from captures import TEXT, run_import
from click.testing import CliRunner
from conftest import Archive

from builder.cli import reviewing
from builder.cli.commands import sitrep
from builder.importing.review import confirmed


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the keys were typed in a terminal."""
    monkeypatch.setattr(reviewing, "has_terminal", lambda: True)


@pytest.fixture
def draft(archive: Archive, tmp_path: Path) -> Path:
    capture = tmp_path / "rudare.txt"
    capture.write_text(TEXT, "utf-8")
    report = run_import(archive.root, capture, source="RT")
    return archive.root / report.imported[0].path


def review(archive: Archive, keys: str) -> str:
    done = CliRunner().invoke(sitrep, ["import", "--review", "--root", str(archive.root)], input=keys)
    assert done.exit_code == 0, done.output
    return done.output


def without(data: bytes, *fields: bytes) -> bytes:
    return b"".join(line for line in data.splitlines(keepends=True) if not line.startswith(fields))


def test_a_yes_publishes_and_changes_no_other_line(archive: Archive, draft: Path) -> None:
    before = draft.read_bytes()
    output = review(archive, "a")
    assert "KFOR clears barricade" in output and "inferred: " in output
    assert draft.read_bytes() == without(before, b"inferred:", b"draft:")


def test_a_draft_can_be_confirmed_and_stay_a_draft(archive: Archive, draft: Path) -> None:
    before = draft.read_bytes()
    review(archive, "k")
    assert draft.read_bytes() == without(before, b"inferred:")


@pytest.mark.parametrize("key", ["s", "q"])
def test_skipping_and_leaving_change_nothing(archive: Archive, draft: Path, key: str) -> None:
    before = draft.read_bytes()
    review(archive, key)
    assert draft.read_bytes() == before


def test_what_was_confirmed_isnt_shown_again(archive: Archive, draft: Path) -> None:
    review(archive, "a")
    assert "nothing to review" in review(archive, "")


def test_inferred_fields_in_lines_of_their_own_go_too() -> None:
    front = b"title: x\r\ninferred:\r\n  date: 0.5\r\n  region: 0.5\r\n# mine\r\ndraft: true\r\n"
    data = b"---\r\n" + front + b"---\r\ninferred: body\r\n"
    assert confirmed(data, publish=True) == b"---\r\ntitle: x\r\n# mine\r\n---\r\ninferred: body\r\n"


@pytest.mark.skipif(os.name == "nt", reason="sessions are POSIX's")
@pytest.mark.parametrize("keys", [b"", b"q"])
def test_without_a_terminal_one_line_says_what_to_do(archive: Archive, draft: Path, keys: bytes) -> None:
    command = [sys.executable, "-m", "builder", "import", "--review", "--root", str(archive.root)]
    done = subprocess.run(command, input=keys, capture_output=True, start_new_session=True)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert b"needs a terminal" in done.stderr and b"sitrep check" in done.stderr


@pytest.mark.parametrize("fault", [("date: 2022", "date: 2022-09-31 #"), ("title: ", 'title: "')])
def test_a_fault_typed_in_review_is_told_with_its_line_and_the_draft_stays(
    archive: Archive, draft: Path, monkeypatch: pytest.MonkeyPatch, fault: tuple[str, str]
) -> None:
    sound = draft.read_text("utf-8")
    texts = iter([sound.replace(*fault, 1), sound])
    monkeypatch.setattr("click.edit", lambda filename: Path(filename).write_text(next(texts), "utf-8"))
    output = review(archive, "caca")
    told = [line for line in output.splitlines() if line.startswith(f"{draft.relative_to(archive.root).as_posix()}:")]
    assert len(told) == 2 and told[0] == told[1] and ": error: " in told[0]
    assert "by hand" not in output
    checked = CliRunner().invoke(sitrep, ["check", "--root", str(archive.root)]).output
    assert "error" not in checked and b"draft: true" not in draft.read_bytes()


def test_a_discarded_draft_does_not_come_back_and_its_capture_stays(
    archive: Archive, draft: Path, tmp_path: Path
) -> None:
    kept = list((archive.root / "content/captures").rglob("*.txt"))
    review(archive, "d")
    assert not draft.exists() and [path.exists() for path in kept] == [True]
    report = run_import(archive.root, tmp_path / "rudare.txt", source="RT")
    assert (len(report.imported), [found.path for found in report.duplicates]) == (0, ["discarded.jsonl"])
    assert not draft.exists()


def test_what_may_be_public_is_not_discarded(archive: Archive, draft: Path) -> None:
    draft.write_bytes(without(draft.read_bytes(), b"draft:"))
    output = review(archive, "dq")
    assert "is no draft" in output and draft.exists()


def test_what_there_is_to_look_at_stands_beside_each_draft(archive: Archive, tmp_path: Path) -> None:
    capture = tmp_path / "rudare.txt"
    capture.write_text(TEXT, "utf-8")
    command = ["import", str(capture), "--review", "--root", str(archive.root)]
    output = CliRunner().invoke(sitrep, command, input="q").output
    assert "look at it: no publisher was found; give --source" in output.partition("inferred: ")[2]


def test_an_editor_that_is_not_there_is_told_and_the_draft_waits(
    archive: Archive, draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", str(archive.root / "no-such-editor"))
    monkeypatch.delenv("VISUAL", raising=False)
    output = review(archive, "ck")
    assert "set EDITOR to an editor that is here" in output and "confirmed; it stays a draft" in output
    assert b"inferred:" not in draft.read_bytes()


@pytest.mark.parametrize("option", ["--dry-run", "--json"])
def test_a_review_that_nobody_could_make_is_told(archive: Archive, draft: Path, option: str) -> None:
    done = CliRunner().invoke(sitrep, ["import", "--review", option, "--root", str(archive.root)])
    assert done.exit_code == 2
    assert done.output == f"--review: asks about each draft, which {option} leaves no room for; leave one out\n"
