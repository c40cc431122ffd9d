"""What is cut off, of another kind than it looks, or left by a kill. The files were written for these tests."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from captures import TEXT, other_page, page, run_import, wacz, warc
from conftest import REPOSITORY, Archive
from kinds import save

from builder.dates import parse_moment
from builder.importing import ArchiveNames, Refusal, Tagger, Wanted, convert
from builder.importing.capture import Capture, kind_of
from builder.importing.webarchive import pages_in_warc

FIRST, SECOND = ("https://e.org/1", other_page(1)), ("https://e.org/2", other_page(2))


@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive_that_is_cut_off_anywhere_is_told(*, packed: bool) -> None:
    first, second = (warc(one, gzip=packed) for one in (FIRST, SECOND))
    whole, end = first + second, len(first)
    # Behind the last record stands an empty line, without which nothing is missing.
    last = len(whole) - (0 if packed else 4)
    for cut in (*range(end + 1, end + 420), *range(last - 40, last)):
        found = [*pages_in_warc(BytesIO(whole[:cut]), "a.warc")]
        told = [one.message for one in found if isinstance(one, Refusal)]
        assert len(told) == 1, cut
        assert "is cut off" in told[0]
        assert re.search(
            "[12] of its pages could be read", told[0]
        )  # of the second, its end may be all that is missing
    assert [one.url for one in pages_in_warc(BytesIO(whole), "a.warc")] == [FIRST[0], SECOND[0]]


def test_a_web_archive_that_was_compressed_as_one_is_read() -> None:
    packed = gzip.compress(warc(FIRST, SECOND, gzip=False))
    assert [one.url for one in pages_in_warc(BytesIO(packed), "a.warc.gz")] == [FIRST[0], SECOND[0]]


XML = '<?xml version="1.0" encoding="utf-8"?>\n'


@pytest.mark.parametrize(
    ("data", "kind", "told"),
    [
        (f"{XML}<!-- made by hand --><urlset xmlns='x'><url/></urlset>", "other", "is a sitemap; import the addresses"),
        ("<opml version='2.0'><head/></opml>", "other", "is a list of feeds (OPML)"),
        (f"{XML}<!DOCTYPE svg PUBLIC 'a' 'b'>\n<svg xmlns='x'/>", "other", "is a drawing (SVG)"),
        (
            f"{XML}<ns:Report xmlns:ns='x'><p>Words</p></ns:Report>",
            "other",
            "is XML (<report>), and neither a feed nor",
        ),
        (f"{XML}<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'/>", "feed", ""),
        (f"{XML}<!DOCTYPE html [<!ENTITY a 'b'>]><html xmlns='x'/>", "page", ""),
        ("<!-- saved from url --><html><p>Words</p></html>", "page", ""),
        ("<svg viewBox='0 0 1 1'><path d='M0'/></svg>\n<h1>A headline</h1><p>Words</p>", "page", ""),
        ("<svg><svg/><g></g></svg>\n<!-- drawn by hand -->\n", "other", "is a drawing (SVG)"),
        ("<?xml version='1.0'?><h2>A headline</h2><p>Words</p>", "page", ""),
        (f"{XML}<data><row/></data>", "other", "is XML (<data>)"),
        ("<!doctype " + "[]" * 500, "text", ""),  # in no time
    ],
)
def test_xml_is_told_for_what_it_is(data: str, kind: str, told: str) -> None:
    found, problem = kind_of(data.encode())
    assert found == kind
    assert problem.startswith(told)
    assert (";" in problem) is bool(told)


@pytest.mark.parametrize(
    "data", [gzip.compress(b"", mtime=0), gzip.compress(TEXT.encode(), mtime=0)[:12]], ids=["empty", "cut off"]
)
def test_what_is_packed_and_empty_is_no_web_archive(data: bytes) -> None:
    assert kind_of(data) == ("other", "is a file of gzip that is empty or cut off; fetch it anew")


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        (
            "a.jsonl",
            '{"title": "A", "text": "%s"}\n{"title": "B"}\n' % ("x " * 99),
            "has no column that is told to be its text; add it",
        ),
        ("a.json", "{}", "holds no object; give JSON"),
        ("a.csv", 'title,text,date\n"A","it is not closed,2022-01-01\nB,x,2022\n', "has 35 characters of text"),
        (
            "a.md",
            f"---\ntitle: A\ndate: 2022-02-31\n---\n{'Words that go on. ' * 30}",
            'gives a date that there is not, "2022',
        ),
        *(
            (
                "a.md",
                f"---\ntitle: A\ndate: {written}\n---\n{'Words that go on. ' * 30}",
                f'gives a date in which no day can be read, "{written}"',
            )
            for written in ("2022-08", "Summer 2022")
        ),
    ],
)
def test_what_is_wrong_with_a_row_or_a_post_is_told_as_what_it_is(name: str, data: str, told: str) -> None:
    wanted = Wanted(date(2024, 5, 2), parse_moment("2022-08-24") if name == "a.jsonl" else None)
    outcomes = convert(Capture(name=name, data=data.encode()), Tagger(ArchiveNames("en")), wanted)
    (refusal,) = (one for one in outcomes if isinstance(one, Refusal))
    assert refusal.message.startswith(told)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such pipes, or no such names")
def test_whatever_lies_in_a_folder_is_told_in_one_line_each(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    os.mkfifo(folder / "a.pipe")
    (folder / "b.html.gz").write_bytes(gzip.compress(page().encode()))
    (folder / "c.txt").write_bytes(b"\xef\xbb\xbf\r\n")
    (folder / "d.warc").write_bytes(warc(FIRST, gzip=False) + b"no record\r\n")
    (folder / "e.html").symlink_to("nowhere")
    Path(os.fsdecode(os.fsencode(folder) + b"/f\xff\n.txt")).write_text(TEXT)
    ran = archive.run("import", str(folder), "--json")
    told = {fault["path"].rpartition("/")[2]: fault["message"] for fault in ran.report["faults"]}
    assert told["a.pipe"].startswith("can't be read: it is a pipe or a device; send")
    assert told["b.html.gz"] == "is compressed by gzip, and no web archive; unpack it, and import what is in it"
    assert told["c.txt"].startswith("is empty")
    assert told["d.warc"].startswith("is cut off or spoilt")
    assert told["e.html"].startswith("can't be read: No such file")
    assert ran.report["counts"]["imported"] == 2
    assert ran.report["imported"][1]["name"].endswith(r"/f\udcff\n.txt")
    assert ran.err == ""
    assert archive.run("import", str(folder / "a.pipe")).err.count("is a pipe or a device; send") == 1


def test_a_folder_with_a_name_of_two_lines_is_told_in_one(archive: Archive, tmp_path: Path) -> None:
    for folder in (tmp_path / "em\npty", tmp_path / "no\nwhere"):
        if folder.name.startswith("em"):
            folder.mkdir()
        (told,) = run_import(archive.root, folder).failed
        assert told.name == str(folder).replace("\n", "\\n")


def test_what_a_kill_has_left_half_written_goes_with_the_next_import(archive: Archive, tmp_path: Path) -> None:
    folder = archive.root / "content/briefings/2022"
    folder.mkdir(parents=True)
    names = (".sitrep-settings", ".sitrep-ab12_xyz.part", ".sitrep-new", ".sitrep-ab12xyz9.part", ".notes")
    for name in names:
        (folder / name).write_text("half")
        os.utime(folder / name, (1_600_000_000, 1_600_000_000))
    os.utime(folder / names[3])  # somebody is writing it
    run_import(archive.root, save(tmp_path, "a.html", page()))
    left = {path.name for path in folder.iterdir() if path.name.startswith(".")}
    assert left == {*names} - {names[1]}


def test_a_packed_web_archive_is_told_in_a_package_too(archive: Archive, tmp_path: Path) -> None:
    data = wacz(FIRST)
    ran = archive.run("import", str(save(tmp_path, "a.wacz", data)))
    assert ran.status == 0


def test_two_imports_at_once_write_nothing_twice_and_one_that_was_killed_is_no_hindrance(
    archive: Archive, tmp_path: Path
) -> None:
    saved = save(tmp_path, "a.html", page())
    code = "import sys, time; from pathlib import Path; from builder.publish.lock import lock; "
    code += "held = lock(Path(sys.argv[1])); print('held', flush=True); time.sleep(60)"
    (archive.root / "content").mkdir(exist_ok=True)
    command = [sys.executable, "-c", code, str(archive.root / "content")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(REPOSITORY)}) as other:
        assert other.stdout is not None
        other.stdout.readline()
        ran = archive.run("import", str(saved))
        assert ran.status == 1
        assert ran.errors == ["content: error: another import writes into this archive; wait until that has ended"]
        assert archive.run("import", str(saved), "--dry-run").status == 0
        other.kill()
    assert len(run_import(archive.root, saved).imported) == 1


@pytest.mark.parametrize(
    ("sound", "slip", "told"),
    [
        (r"(?m)^title: .*$", 'title: "Barricade" cleared', ":3"),
        (r"(?m)^  sha256: .*$", '  sha256: "9942484e"', ":16"),
        (r"(?m)^capture:\n  file: .*$", "capture:\n  file: [", ":15"),
        (r"\A---\n", "", ":1"),
    ],
)
@pytest.mark.parametrize("same", ["capture", "address", "text"])
def test_a_slip_in_a_briefing_is_told_and_brings_no_second_one(
    archive: Archive, tmp_path: Path, sound: str, slip: str, told: str, same: str
) -> None:
    (first,) = run_import(archive.root, save(tmp_path, "a.html", page())).imported
    written = archive.root / first.path
    written.write_text(re.sub(sound, slip, written.read_text("utf-8"), count=1), "utf-8")
    other = {"capture": page(), "address": page(paragraphs=tuple(other_paragraphs())), "text": page(url="")}[same]
    for _ in range(2):  # it is told each time
        report = run_import(archive.root, save(tmp_path, "b.html", other))
        assert [one.name for one in report.failed] == [f"{first.path}{told}"]
        assert "can't be compared with what comes in" in report.failed[0].message
        assert [one.path for one in report.duplicates] == [first.path]
        assert not report.imported


def other_paragraphs() -> list[str]:
    return re.findall(r"<p>(In year.*?)</p>", other_page(3))


@pytest.mark.parametrize("folder", ["A page_files", "A page-Dateien", "A page_fichiers", "A page_archivos"])
def test_what_a_browser_saves_beside_a_page_is_left_out_and_counted(
    archive: Archive, tmp_path: Path, folder: str
) -> None:
    saved = save(tmp_path, "A page.html", page()).parent
    (saved / folder).mkdir()
    for name in ("a.js", "b.svg", "frame.html"):
        (saved / folder / name).write_text(other_page(1))
    for sources in ([saved], sorted(saved.iterdir())):
        ran = archive.run("import", *map(str, sources), "--dry-run", "--json")
        assert (ran.status, ran.report["counts"]["imported"], ran.report["counts"]["left_out"]) == (0, 1, 3)
    (saved / "A page.html").rename(saved / "Another page.html")
    assert archive.run("import", str(saved), "--dry-run", "--json").report["counts"]["left_out"] == 0


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2999-01-31", "--date: 2999-01-31 is in the future; give the day on which it appeared"),
        ("17.8.2022", '--date: "17.8.2022" is no day; write one such as 2022-08-17'),
        ("2021-03", '--date: "2021-03" is no day; write one such as 2022-08-17'),
    ],
)
def test_a_date_that_cannot_be_is_told_as_what_was_said(archive: Archive, tmp_path: Path, day: str, told: str) -> None:
    ran = archive.run("import", str(save(tmp_path, "a.html", page(published=None))), "--date", day)
    assert (ran.status, ran.err) == (2, f"{told}\n")


def test_a_short_article_is_as_long_in_chinese_as_in_english(archive: Archive, tmp_path: Path) -> None:
    story = (
        "市长周三对记者说，双方在首都会谈了三个小时，没有人离开房间。",
        "他说，一周后双方将再次会面，讨论边界上的桥梁和道路。",
        "据当地媒体报道，桥上的卡车已全部撤离，没有人受伤。",
    )
    for name, paragraphs, count in (("a", story, 1), ("b", story[:1], 0)):
        body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        html = f"<html lang=zh><h1>双方会谈</h1><time>2022-08-24</time><div>{body}</div></html>"
        assert len(run_import(archive.root, save(tmp_path, f"{name}.html", html)).imported) == count
