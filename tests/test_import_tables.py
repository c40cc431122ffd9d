"""Tables as spreadsheets and interfaces write them. Their texts were written for these tests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from captures import PARAGRAPHS, TITLE, run_import
from conftest import Archive
from kinds import save

ROW = {"title": TITLE, "text": "\n\n".join(PARAGRAPHS), "published": "2022-08-24", "url": "https://e.org/1"}


def lines(*rows: dict[str, object]) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in rows)


@pytest.mark.parametrize("sign", [",", ";"])
@pytest.mark.parametrize("line", ["sep={}", '"sep={}"', "SEP={}\r"])
def test_the_line_in_which_a_spreadsheet_tells_what_divides_its_columns_is_no_row(
    archive: Archive, tmp_path: Path, sign: str, line: str
) -> None:
    cells = (TITLE, "\n\n".join(PARAGRAPHS), "2022-08-24")
    rows = [sign.join(("Title", "Body", "Date")), sign.join(f'"{cell}"' for cell in cells)]
    path = save(tmp_path, "a.csv", "\ufeff" + "\n".join([line.format(sign), *rows]) + "\n")
    report = run_import(archive.root, path)
    assert [one.message for one in report.failed] == []
    assert [one.name.rpartition(":")[2] for one in report.imported] == ["3"]


def test_the_publisher_may_be_an_object_with_a_name(archive: Archive, tmp_path: Path) -> None:
    row = ROW | {"url": "", "source": {"id": None, "name": "Example Post"}, "author": {"name": "Mira Example"}}
    (one,) = run_import(archive.root, save(tmp_path, "a.jsonl", lines(row, row | {"title": "b"}))).imported[:1]
    text = (archive.root / one.path).read_text("utf-8")
    assert "- name: Example Post" in text and "author: Mira Example" in text


def test_a_row_whose_day_has_an_unknown_column_says_how_to_name_it(archive: Archive, tmp_path: Path) -> None:
    row = {"wann": ROW["published"]} | {name: ROW[name] for name in ("title", "text")}
    path = save(tmp_path, "a.jsonl", lines(row, row))
    ran = archive.run("import", str(path))
    assert "--map published=COLUMN (it has wann, title, text)" in ran.errors[0]
    assert archive.run("import", str(path), "--map", "published=wann").status == 0
    (empty,) = run_import(archive.root, save(tmp_path, "b.jsonl", lines(ROW | {"published": ""}))).failed
    assert "--map" not in empty.message


def test_a_field_with_two_columns_is_told(archive: Archive, tmp_path: Path) -> None:
    path = save(tmp_path, "a.jsonl", lines(ROW))
    ran = archive.run("import", str(path), "--map", "title=title", "--map", "title=url")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert '"title" has two columns; write title=A+B' in ran.err


@pytest.mark.parametrize("event", [False, True])
def test_a_day_that_may_be_two_days_is_told_with_both(archive: Archive, tmp_path: Path, *, event: bool) -> None:
    row = ROW | ({"event_date": "09.01.2022"} if event else {"published": "09.01.2022"})
    (one,) = run_import(archive.root, save(tmp_path, "a.jsonl", lines(row))).imported
    assert any("2022-01-09" in note and "2022-09-01" in note for note in one.notes)
