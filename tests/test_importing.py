"""`sitrep import`: what comes in, what is written, what is told. The articles were written for these tests."""

from __future__ import annotations

import errno
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import ClassVar

import pytest
from captures import PARAGRAPHS, STANDFIRST, TEXT, TITLE, feed, mhtml, other_page, page, run_import, wacz, warc
from click.testing import CliRunner
from conftest import REPOSITORY, Archive
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from builder.cli.commands import sitrep
from builder.dates import parse_when
from builder.importing import Capture, Options, import_sources, read_columns, read_options
from builder.importing.article import Article
from builder.importing.briefing_file import Source, briefing_text, front_matter
from builder.importing.conversion import Draft
from builder.importing.decoding import decode_capture
from builder.importing.evidence import write_new
from builder.importing.markup import markdown_of, paragraphs
from builder.importing.remembered import remembered
from builder.importing.tagging import Tags
from builder.load.documents import load_document
from builder.markdown.parser import MarkdownSettings
from builder.model.briefing import Briefing

FACTS = (
    ("NATO", "organisation", None, ["НАТО"]),
    ("KFOR", "mission", None, ["Kosovo Force"]),
    ("European Union", "organisation", None, ["EU"]),
    ("Government of Serbia", "government", "RS", ["Belgrade"]),
    ("Government of Kosovo", "government", "XK", ["Pristina"]),
    ("Aleksandar Vučić", "person", "RS", ["Aleksandar Vucic"]),
    ("Albin Kurti", "person", "XK", []),
)


@pytest.fixture
def facts(archive: Archive) -> Archive:
    """An archive that has records of everybody in the article."""
    records = [
        {"name": name, "kind": kind, "aliases": aliases} | ({"country": country} if country else {})
        for name, kind, country, aliases in FACTS
    ]
    archive.records("actors", *records)
    archive.records("regions", {"name": "Kosovo", "code": "XK"}, {"name": "Serbia", "code": "RS"})
    archive.records(
        "sources", {"name": "Example Post", "hosts": ["example.org"]}, {"name": "RT", "state_controlled": True}
    )
    return archive


def save(tmp_path: Path, name: str, data: str | bytes) -> Path:
    path = tmp_path / "saved" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def briefing(archive: Archive, path: str):
    text = (archive.root / path).read_text("utf-8")
    loaded, faults = load_document(text, path, Briefing, MarkdownSettings())
    assert loaded is not None
    assert [fault for fault in faults if fault.severity == "error"] == []
    return loaded.document


def the_only(archive: Archive, report):
    assert report.failed == []
    assert len(report.imported) == 1
    return briefing(archive, report.imported[0].path)


def everything(root: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(root)): p.read_bytes()
        for p in sorted(root.rglob("*"))
        if p.is_file() and ".sitrep" not in p.parts
    }


# What comes out


def test_a_scraped_text_becomes_a_briefing_that_needs_only_a_yes(facts: Archive, tmp_path: Path) -> None:
    report = run_import(facts.root, save(tmp_path, "rudare.txt", TEXT), source="RT")
    document = the_only(facts, report)
    meta = document.meta
    assert meta.title == TITLE
    assert meta.date.iso == "2022-08-24"
    assert meta.summary == STANDFIRST
    assert [one.name for one in meta.region] == ["Kosovo"]
    assert {one.name for one in meta.actors} == {name for name, *_ in FACTS} | {"Ferenc Kajari"}
    assert meta.sources[0].name.name == "RT"
    assert meta.sources[0].published.iso == "2022-08-24T16:40"
    assert meta.lang == "en"
    assert meta.draft
    assert document.extra["picture"] == {
        "caption": "Trucks on the bridge at Rudare",
        "credit": "Mira Example / Example Pictures via Getty Images",
    }
    body = (facts.root / document.path).read_text("utf-8").split("---\n\n", 1)[1]
    assert body == "\n\n".join(PARAGRAPHS) + "\n"


def test_what_was_inferred_is_listed_and_check_counts_it(facts: Archive, tmp_path: Path) -> None:
    report = run_import(facts.root, save(tmp_path, "rudare.txt", TEXT), source="RT")
    meta = the_only(facts, report).meta
    assert {"date", "region", "actors"} <= set(meta.inferred)
    checked = facts.run("check", "--json")
    assert checked.report["counts"]["unconfirmed"] == 1
    assert "1 with inferred fields to confirm" in facts.run("check").out


def test_a_saved_page_becomes_a_briefing(facts: Archive, tmp_path: Path) -> None:
    document = the_only(facts, run_import(facts.root, save(tmp_path, "rudare.html", page())))
    meta = document.meta
    assert meta.title == TITLE
    assert meta.author == ("Mira Example",)
    assert meta.sources[0].name.name == "Example Post"
    assert meta.sources[0].url == "https://www.example.org/news/rudare"
    assert meta.sources[0].published.iso == "2022-08-24T16:40+02:00"
    body = (facts.root / document.path).read_text("utf-8").split("---\n\n", 1)[1]
    for paragraph in PARAGRAPHS:
        assert paragraph in body
    for furniture in ("Share on Facebook", "Most read", "Read more", "All rights reserved", "By Mira", TITLE):
        assert furniture not in body


def test_emphasis_links_lists_quotes_and_tables_are_kept(archive: Archive, tmp_path: Path) -> None:
    extra = (
        "It was <b>not</b> the <a href='/first'>first operation</a> of its kind, and <em>nobody</em> expected "
        "the last.",
        "</p><h2>What was found</h2><ul><li>three trucks full of gravel, two of them without plates</li><li>a "
        "tent with a stove "
        "that was still warm when the soldiers came</li></ul><blockquote><p>We shall be back, somebody had "
        "written on the "
        "side of the tent in large "
        "letters.</p></blockquote><table><tr><th>Day</th><th>Trucks</th></tr><tr><td>Monday</td>"
        "<td>2</td></tr><tr><td>Tuesday</td><td>3</td></tr></table><p>The road was open again in the evening, "
        "drivers said.",
    )
    report = run_import(archive.root, save(tmp_path, "a.html", page(paragraphs=(*PARAGRAPHS, *extra))))
    body = (archive.root / report.imported[0].path).read_text("utf-8")
    assert "It was **not** the [first operation](https://www.example.org/first) of its kind, and *nobody*" in body
    assert "## What was found\n\n- three trucks" in body
    assert "> We shall be back" in body
    assert "| Day | Trucks |\n| --- | --- |\n| Monday | 2 |" in body


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.mhtml", mhtml(page(), "https://www.example.org/news/rudare")),
        ("page.warc.gz", warc(("https://www.example.org/news/rudare", page()))),
        ("page.warc", warc(("https://www.example.org/news/rudare", page()), gzip=False)),
        ("page.wacz", wacz(("https://www.example.org/news/rudare", page()))),
        ("feed.xml", feed((TITLE, "https://www.example.org/news/rudare", "".join(f"<p>{p}</p>" for p in PARAGRAPHS)))),
    ],
)
def test_every_kind_of_capture_is_told_by_its_content(facts: Archive, tmp_path: Path, name: str, data: bytes) -> None:
    # Named for nothing, so that only the content can tell.
    meta = the_only(facts, run_import(facts.root, save(tmp_path, name.replace(".", "-"), data))).meta
    assert meta.title == TITLE
    assert meta.date.iso == "2022-08-24"
    assert meta.sources[0].url == "https://www.example.org/news/rudare"
    assert [one.name for one in meta.region] == ["Kosovo"]


POST_BODY = "\n\n".join((*PARAGRAPHS, "See [the first part](/2022/first/) and [the map](https://maps.example.org/)."))


@pytest.mark.parametrize(
    ("name", "head"),
    [
        (
            "2022-08-24-rudare.md",
            f'---\nlayout: post\ntitle: "{TITLE}"\ntags: [bridges]\nauthor: Mira Example\n---\n\n',
        ),
        ("rudare.md", f'+++\ntitle = "{TITLE}"\ndate = 2022-08-24T16:40:00+02:00\nauthor = "Mira Example"\n+++\n\n'),
        ("pelican.md", f"Title: {TITLE}\nDate: 2022-08-24 16:40\nAuthor: Mira Example\n\n"),
    ],
)
def test_posts_of_other_generators_keep_their_markdown(archive: Archive, tmp_path: Path, name: str, head: str) -> None:
    report = run_import(archive.root, save(tmp_path, name, head + POST_BODY + "\n"))
    document = the_only(archive, report)
    assert document.meta.title == TITLE
    assert document.meta.date.iso == "2022-08-24"
    assert document.meta.author == ("Mira Example",)
    body = (archive.root / document.path).read_text("utf-8")
    # A link into a site that isn't this archive would be broken here.
    assert "See the first part and [the map](https://maps.example.org/)." in body


def test_what_was_imported_builds_without_a_hand_in_between(facts: Archive, tmp_path: Path) -> None:
    save(tmp_path, "a.txt", TEXT)
    save(tmp_path, "b.html", other_page(3))
    save(tmp_path, "c.warc.gz", warc(("https://www.example.org/story/4", other_page(4))))
    ran = facts.run("import", str(tmp_path / "saved"), "--source", "RT", "--publish", "--json")
    assert ran.status == 0, ran.out + ran.err
    assert ran.report["counts"]["imported"] == 3
    assert len(ran.report["imported"]) == 3
    facts.build()
    assert any(TITLE in p.read_text("utf-8") for p in facts.output.rglob("*.html"))


def test_the_event_is_dated_by_the_text_and_the_article_by_its_publication(archive: Archive, tmp_path: Path) -> None:
    html = page(paragraphs=(PARAGRAPHS[0].replace("on Wednesday", "on Monday"), *PARAGRAPHS[1:]))
    meta = the_only(archive, run_import(archive.root, save(tmp_path, "a.html", html))).meta
    assert meta.date.iso == "2022-08-22"
    assert meta.sources[0].published.iso == "2022-08-24T16:40+02:00"


def test_a_text_tells_its_publisher_by_its_titles_end_or_its_copyright(archive: Archive, tmp_path: Path) -> None:
    save(tmp_path, "a.txt", f"{TITLE} | Example Post\n{TEXT}")
    meta = the_only(archive, run_import(archive.root, tmp_path / "saved/a.txt")).meta
    assert meta.title == TITLE
    assert meta.sources[0].name.name == "Example Post"
    save(tmp_path, "b.txt", TEXT.replace("Rudare", "Jarinje") + "\n© 2022 Example Post. All rights reserved.\n")
    report = run_import(archive.root, tmp_path / "saved/b.txt", duplicates="keep")
    assert briefing(archive, report.imported[0].path).meta.sources[0].name.name == "Example Post"


# Evidence


def test_the_original_is_kept_as_it_came_with_a_record_of_how(facts: Archive, tmp_path: Path) -> None:
    facts.config('[captures]\noperator = "Mira Example"\n')
    original = save(tmp_path, "rudare.txt", TEXT.encode())
    ran = facts.run("import", str(original), "--source", "RT")
    assert ran.status == 0, ran.err
    kept = next((facts.root / "content/captures").rglob("*.txt"))
    assert kept.read_bytes() == original.read_bytes()
    record = json.loads(kept.with_name(f"{kept.name}.json").read_text("utf-8"))
    assert record["sha256"] == hashlib.sha256(original.read_bytes()).hexdigest()
    assert record["operator"] == "Mira Example"
    assert record["settings"]["source"] == "RT"
    document = briefing(facts, next(p for p in everything(facts.root) if p.endswith(".md") and "rudare" in p))
    assert document.meta.capture.sha256 == record["sha256"]
    assert facts.run("check").errors == []


def test_nobody_is_named_where_the_archive_names_no_operator(facts: Archive, tmp_path: Path) -> None:
    run_import(facts.root, save(tmp_path, "rudare.txt", TEXT))
    record = next((facts.root / "content/captures").rglob("*.json")).read_text("utf-8")
    assert "operator" not in json.loads(record)


class Server(BaseHTTPRequestHandler):
    asked: ClassVar[list[tuple[str, dict[str, str]]]] = []

    def do_GET(self) -> None:
        Server.asked.append((self.path, dict(self.headers)))
        if self.path == "/old":
            self.send_response(302)
            self.send_header("Location", "/news/rudare")
            self.send_header("Set-Cookie", "reader=1")
            self.end_headers()
        elif self.path == "/gone":
            self.send_error(410)
        else:
            data = page(url="https://www.example.org/news/rudare").encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    Server.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_address_is_kept_as_a_warc_with_request_and_response(facts: Archive, address: str) -> None:

    the_only(facts, run_import(facts.root, f"{address}/old"))
    kept = next((facts.root / "content/captures").rglob("*.warc.gz"))
    with kept.open("rb") as file:
        kinds = [record.rec_type for record in ArchiveIterator(file)]
    assert kinds == ["warcinfo", "response", "request", "response", "request"]
    assert [path for path, _ in Server.asked] == ["/old", "/news/rudare"]
    for _, headers in Server.asked:
        assert not {"cookie", "authorization"} & {name.lower() for name in headers}


def test_an_address_is_imported_once(facts: Archive, address: str) -> None:
    run_import(facts.root, f"{address}/news/rudare")
    before = everything(facts.root)
    again = run_import(facts.root, f"{address}/news/rudare")
    assert [one.kind for one in again.duplicates] == ["same address"]
    assert everything(facts.root) == before


def test_an_address_that_answers_no_page_is_told(facts: Archive, address: str) -> None:
    report = run_import(facts.root, f"{address}/gone", "http://user:secret@127.0.0.1/", "http://127.0.0.1:1/")
    assert [one.message.split(";")[0].split(":")[0] for one in report.failed] == [
        "answers 410 Gone",
        "holds a name or a password",
        "can't be fetched",
    ]


# Duplicates


def test_importing_a_folder_twice_changes_nothing(facts: Archive, tmp_path: Path) -> None:
    save(tmp_path, "a.txt", TEXT)
    save(tmp_path, "b.html", other_page(3))
    save(
        tmp_path,
        "c.warc.gz",
        warc(("https://www.example.org/story/4", other_page(4)), ("https://e.org/5", other_page(5))),
    )
    save(
        tmp_path,
        "d.xml",
        feed(("A feed's own story", "https://www.example.org/6", f"<p>{'Lamps were lit. ' * 60}</p>")),
    )
    first = run_import(facts.root, tmp_path / "saved")
    assert len(first.imported) == 5
    before = everything(facts.root)
    second = run_import(facts.root, tmp_path / "saved")
    assert second.imported == []
    assert len(second.duplicates) == 5
    assert everything(facts.root) == before


def wire_copy() -> str:
    """The same story with another publisher: another headline, a paragraph less, words of its own at the end."""
    story = (*PARAGRAPHS[:3], "The Courier's reporter saw the trucks being towed to a yard at the edge of the town.")
    return page("Peacekeepers remove trucks at Rudare", story, url="https://courier.example.net/rudare")


def test_a_wire_story_becomes_a_further_source_and_no_other_line_changes(facts: Archive, tmp_path: Path) -> None:
    first = run_import(facts.root, save(tmp_path, "a.html", page()))
    path = facts.root / first.imported[0].path
    edited = path.read_bytes().replace(b"title: ", b"# checked by hand\ntitle:   ", 1).replace(b"\n", b"\r\n")
    path.write_bytes(edited)
    report = run_import(facts.root, save(tmp_path, "b.html", wire_copy()))
    assert [(one.kind, one.attached) for one in report.duplicates] == [("nearly the same text", True)]
    after = path.read_bytes().splitlines(keepends=True)
    before = edited.splitlines(keepends=True)
    # Every line stands where it stood; four were added, the entry's own.
    start = next(at for at, (old, new) in enumerate(zip(before, after, strict=False)) if old != new)
    assert after[:start] + after[start + 4 :] == before
    assert after[start : start + 2] == [
        b"  - name: Example Post\r\n",
        b"    url: https://courier.example.net/rudare\r\n",
    ]
    assert all(line.endswith(b"\r\n") for line in after)
    assert len(briefing(facts, first.imported[0].path).meta.sources) == 2


@pytest.mark.parametrize(("how", "briefings", "sources"), [("skip", 1, 1), ("attach", 1, 2), ("keep", 2, 1)])
def test_duplicates_are_skipped_attached_or_kept(
    facts: Archive, tmp_path: Path, how: str, briefings: int, sources: int
) -> None:
    first = run_import(facts.root, save(tmp_path, "a.html", page()))
    run_import(facts.root, save(tmp_path, "b.html", wire_copy()), duplicates=how)
    assert len(list((facts.root / "content/briefings").rglob("*.md"))) == briefings
    assert len(briefing(facts, first.imported[0].path).meta.sources) == sources


def test_a_draft_without_a_source_gets_it_from_the_same_capture_and_no_other_line_changes(
    facts: Archive, tmp_path: Path
) -> None:
    capture = save(tmp_path, "a.txt", TEXT)
    path = facts.root / run_import(facts.root, capture).imported[0].path
    before = path.read_bytes()
    assert b"\nsources:" not in before

    def again(source: str) -> str:
        return (
            CliRunner().invoke(sitrep, ["import", str(capture), "--source", source, "--root", str(facts.root)]).output
        )

    assert "its source was filled in" in again("RT")
    lines, after = before.splitlines(), path.read_bytes().splitlines()
    added = [line for line in after if line not in lines]
    assert [line for line in after if line not in added] == lines
    source = briefing(facts, path.relative_to(facts.root).as_posix()).meta.sources[0]
    assert source.name is not None and source.name.name == "RT" and source.title == TITLE and source.published
    # What has a source, or is public, is its curator's.
    assert "change its `sources` in that file" in again("TASS")
    assert path.read_bytes().splitlines() == after
    path.write_bytes(before.replace(b"draft: true\n", b""))
    assert "change its `sources` in that file" in again("RT")


def test_the_same_page_under_an_address_that_tracks_its_reader_is_the_same(facts: Archive, tmp_path: Path) -> None:
    run_import(facts.root, save(tmp_path, "a.html", page()))
    again = page(url="https://m.example.org/news/rudare?utm_source=feed", author="Someone Else")
    report = run_import(facts.root, save(tmp_path, "b.html", again))
    assert [one.kind for one in report.duplicates] == ["same address"]


# Records


def test_strangers_are_proposed_and_become_records_only_on_request(facts: Archive, tmp_path: Path) -> None:
    before = (facts.root / "content/actors.yaml").read_bytes()
    report = run_import(facts.root, save(tmp_path, "a.txt", TEXT))
    assert "Ferenc Kajari" in report.proposals
    assert (facts.root / "content/actors.yaml").read_bytes() == before
    save(
        tmp_path,
        "b.html",
        page(
            "Commander leaves Rudare", tuple(p.replace("bridge", "road") for p in other_story()), url="https://e.org/b"
        ),
    )
    report = run_import(facts.root, tmp_path / "saved/b.html", accept_new=True)
    assert report.accepted == ["Ferenc Kajari"]
    after = (facts.root / "content/actors.yaml").read_bytes()
    assert after.startswith(before)
    assert b"- name: Ferenc Kajari\n  kind: person\n" in after
    assert facts.run("check").errors == []


def other_story() -> tuple[str, ...]:
    return (
        "The commander of KFOR left the valley on Tuesday after eleven months, and handed his office to a successor.",
        "“It was a long winter,” Major General Ferenc Kajari said at a ceremony in Pristina that lasted for an hour.",
        "He thanked the cooks first, then the drivers, and last of all the interpreters, of whom there had never "
        "been enough.",
    )


def test_a_name_of_two_states_is_left_to_the_curator(archive: Archive, tmp_path: Path) -> None:
    story = (
        "Officials in Congo said on Tuesday that the harvest had been better than in any year since they began "
        "to count.",
        "Rain had come early to Congo, and stayed for long, so that the rivers carried boats until the end of "
        "the season.",
        "Farmers spoke of good prices. Traders spoke of bad roads, as they do in every year, whatever the "
        "harvest has been.",
    )
    report = run_import(archive.root, save(tmp_path, "a.html", page("A good harvest", story)))
    assert any("Congo" in note for note in report.imported[0].notes)


# Bad input


LONG = "The two delegations met in the old town hall on Tuesday and spoke for three hours, the mediator said. " * 4
BAD = {
    "empty.html": b"",
    "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "missing.html": page("404 Not Found", ("This page is not here. It may have been moved.",)).encode(),
    "login.html": page("Log in", ("Please log in with your account to read on. You can register for free.",)).encode(),
    "list.html": page("News", tuple(f'<a href="/{n}">Headline number {n} of the day</a>' for n in range(40))).encode(),
    "two.txt": (
        f"Talks resume at the lake\n3 May 2023\n\n{LONG}\n\n{LONG}again\n\nBridge closed after the storm\n4 May "
        f"2023\n\n"
        f"{LONG.replace('delegations', 'crews')}\n\n{LONG.replace('delegations', 'towns')}\n"
    ).encode(),
    "big.html": b"<html><body>" + b"<p>x</p>" * 6_500_000,
    "cut.warc": warc(("https://e.org/", page(url="https://e.org/cut")), gzip=False)[:900],
    "cut.warc.gz": warc(("https://e.org/", page(url="https://e.org/cut")))[:300],
    "no-feed.xml": b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>',
    "sitemap.xml": b'<?xml version="1.0"?><urlset xmlns="x"><url><loc>https://e.org/</loc></url></urlset>',
    "two.html": f"<h1>{TITLE}</h1><p>{LONG}<p>{LONG}<h1>Bridge closed after the storm</h1><p>{LONG}".encode(),
    "impossible.txt": f"Talks resume at the lake\n2023-02-31\n\n{LONG}\n\n{LONG}again\n".encode(),
    "future.txt": f"Talks resume at the lake\n3 May 2031\n\n{LONG}\n\n{LONG}again\n".encode(),
    "undated.txt": f"Talks resume at the lake\n\n{LONG}\n\n{LONG}again\n".encode(),
    "spoilt.zip": b"PK\x03\x04" + bytes(40),
    "noise.bin": bytes(range(256)) * 20,
}  # fmt: skip


def test_what_is_no_article_is_told_in_one_line_each_and_the_rest_goes_on(archive: Archive, tmp_path: Path) -> None:
    for name, data in BAD.items():
        save(tmp_path, name, data)
    save(tmp_path, "good.html", page())
    ran = archive.run("import", str(tmp_path / "saved"))
    assert ran.status == 1
    told = [line for line in ran.err.splitlines() if ": error: " in line]
    for name in BAD:
        own = [line for line in told if f"/{name}: " in line]
        assert len(own) == 1, f"{name}: {told}"
        assert ";" in own[0], f"{own[0]} has no way out"
    assert "Traceback" not in ran.err
    # Nothing of them is in the archive, and nothing half-written is.
    briefings = list((archive.root / "content/briefings").rglob("*"))
    assert [p.name for p in briefings if p.is_file()] == ["2022-08-24-kfor-clears-barricade-at-the-rudare-bridge.md"]
    assert len([p for p in (archive.root / "content/captures").rglob("*") if p.is_file()]) == 2


@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive_that_is_cut_off_in_what_is_no_page_is_told(
    archive: Archive, tmp_path: Path, packed: bool
) -> None:
    # Nobody knows which pages would have come behind it.
    cut = b"WARC/1.1\r\nWARC-Type: metadata\r\nContent-Type: text/plain\r\nContent-Length: 500\r\n\r\nbegins"
    data = warc(("https://e.org/4", other_page(4)), gzip=packed) + (gzip.compress(cut) if packed else cut)
    ran = archive.run("import", str(save(tmp_path, "cut.warc", data)))
    assert ran.status == 1
    assert "cut.warc: error: is cut off; 1 of its pages could be read, fetch it anew" in ran.err
    assert "1 briefing written" in ran.out


@pytest.mark.parametrize("declared", ["iso-8859-1", "utf-8", "windows-1252", "no-such-encoding"])
@pytest.mark.parametrize("really", ["utf-8", "cp1251"])
def test_a_wrong_encoding_in_a_declaration_is_seen_through(
    archive: Archive, tmp_path: Path, declared: str, really: str
) -> None:
    story = (
        "Две делегации встретились во вторник в старой ратуше и три часа говорили о переходе, сказал посредник. " * 3,
    ) * 2
    html = page("Переговоры в старой ратуше", story).replace('charset="utf-8"', f'charset="{declared}"')
    report = run_import(archive.root, save(tmp_path, "a.html", html.encode(really)))
    assert the_only(archive, report).meta.title == "Переговоры в старой ратуше"


@pytest.mark.parametrize(
    ("head", "is_draft"),
    [
        ("---\ntitle: Talks\ndate: 2023-05-03\ndraft: true\n---\n", True),
        ("+++\ntitle = 'Talks'\ndate = 2023-05-03\ndraft = true\n+++\n", True),
        ("---\ntitle: Talks\ndate: 2023-05-03\npublished: false\n---\n", True),
        ("Title: Talks\nDate: 2023-05-03\nStatus: draft\n\n", True),
        ("---\ntitle: Talks\ndate: 2023-05-03\ndraft: false\npublished: true\n---\n", False),
    ],
)
def test_a_post_that_was_kept_back_stays_a_draft(archive: Archive, tmp_path: Path, head: str, is_draft: bool) -> None:
    post = save(tmp_path, "talks.md", head + "\n\n".join(PARAGRAPHS))
    assert the_only(archive, run_import(archive.root, post, publish=True)).meta.draft is is_draft


def test_a_dry_run_writes_nothing(facts: Archive, tmp_path: Path) -> None:
    before = everything(facts.root)
    report = run_import(facts.root, save(tmp_path, "a.txt", TEXT), dry_run=True)
    assert len(report.imported) == 1
    assert everything(facts.root) == before


def test_what_was_stopped_goes_on_where_it_was(facts: Archive, tmp_path: Path) -> None:
    for number in range(6):
        save(tmp_path, f"{number}.html", other_page(number))

    class Stop(Exception):
        pass

    def progress(_stage, pieces, _total):
        for count, piece in enumerate(pieces):
            yield piece
            if count == 2:
                raise KeyboardInterrupt

    options = Options(language="en", now="2024-05-02T10:00Z", today=date(2024, 5, 2), version="0.1.0")
    report = import_sources(facts.root, [str(tmp_path / "saved")], options, progress)
    assert report.stopped
    assert len(report.imported) == 3
    rest = run_import(facts.root, tmp_path / "saved")
    assert len(rest.imported) == 3
    assert len(rest.duplicates) == 3


def test_what_is_remembered_is_not_read_again_though_its_last_line_was_cut_off(facts: Archive, tmp_path: Path) -> None:
    for number in range(3):
        save(tmp_path, f"{number}.html", other_page(number))
    run_import(facts.root, tmp_path / "saved")
    written = [one.path for one in remembered(facts.root)][-3:]
    journal = facts.root / ".sitrep/imported.jsonl"
    journal.write_bytes(journal.read_bytes()[:-20])
    assert [one.path for one in remembered(facts.root)][-2:] == written[:2]
    again = run_import(facts.root, tmp_path / "saved")
    assert (len(again.imported), len(again.duplicates)) == (0, 3)
    assert {*written} <= {one.path for one in remembered(facts.root)}


def test_of_many_that_fail_for_one_reason_some_are_told_and_json_tells_all(archive: Archive, tmp_path: Path) -> None:
    rows = "".join(f'{{"id": "r{number}", "title": "Bridge {number}", "text": ""}}\n' for number in range(130))
    path = save(tmp_path, "rows.jsonl", rows.encode())
    told = [line for line in archive.run("import", str(path)).err.splitlines() if "error: " in line]
    assert len(told) == 21
    more = (
        "110 more like these: has nothing in its column for the text; fill it in, or delete the row; --json lists all"
    )
    assert any(line.endswith(more) for line in told)
    assert len(archive.run("import", str(path), "--json").report["faults"]) == 130


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no files without a name")
def test_a_file_has_no_name_before_it_is_whole(tmp_path: Path) -> None:
    class Watched(BytesIO):
        seen: ClassVar[list[Path]] = []

        def read(self, size: int | None = -1, /) -> bytes:
            self.seen.extend(tmp_path.iterdir())
            return super().read(size)

    write_new(tmp_path / "a.md", Watched(b"words"))
    assert not Watched.seen
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "a.md", BytesIO(b"others"))
    assert (tmp_path / "a.md").read_bytes() == b"words"
    assert [*tmp_path.iterdir()] == [tmp_path / "a.md"]


def test_workers_give_what_one_process_gives(archive: Archive, tmp_path: Path) -> None:
    for number in range(30):
        save(tmp_path, f"{number:02}.html", other_page(number))
    ran = archive.run("import", str(tmp_path / "saved"), "--jobs", "2", "--dry-run", "--json")
    alone = archive.run("import", str(tmp_path / "saved"), "--jobs", "1", "--dry-run", "--json")
    assert ran.report["imported"] == alone.report["imported"]
    assert ran.report["counts"]["imported"] == 30


def test_what_a_worker_needs_is_there_before_it_begins() -> None:
    code = (
        "import sys\nfrom datetime import date\nfrom msgspec.msgpack import encode\nfrom captures import page\n"
        "from builder.importing import Capture, Wanted\nfrom builder.importing.archive_names import ArchiveNames\n"
        "from builder.importing.working import convert_capture, load_libraries\n"
        "names, wanted = encode(ArchiveNames('en')), Wanted(date(2024, 5, 2))\nload_libraries(names, wanted)\n"
        "there = set(sys.modules)\nconvert_capture(Capture(name='a', data=page().encode()), names, wanted)\n"
        "new = {name.partition('.')[0] for name in set(sys.modules) - there}\n"
        "print(sorted(new & {'builder', 'py3langid', 'rensa', 'trafilatura', 'numpy', 'babel', 'lxml'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY / "tests", capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


# Inertness

DANGEROUS = st.sampled_from(
    [
        "---", "{{ 7*7 }}", "{% raw %}", "<script>alert(1)</script>", "[x](javascript:alert(1))", "key: value",
        "- item",
        "# head", "*", "_a_", "`", "!!python/object", "&anchor", "*alias", "'\"", "\\", "| a | b |", "::: contested",
        "[^1]", "[^1]: note", "{.class #id}", "<https://e.org>", "&lt;", "~~s~~", "1. one", "> q", "    code", "***",
        "===", "\u2028", "\ufeff", "\u200b",
    ]
)  # fmt: skip
ANY = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=12)
WORDS = st.lists(st.one_of(DANGEROUS, ANY), min_size=1, max_size=8).map(" ".join)


@example(title=":0", line=":0")
@example(title="x", line="__0__")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=WORDS, line=WORDS)
def test_markup_in_a_captured_text_is_inert(tmp_path_factory: pytest.TempPathFactory, title: str, line: str) -> None:

    title = " ".join(decode_capture(title.encode()).split()) or "x"
    line = " ".join(decode_capture(line.encode()).split())
    body = paragraphs([line, "The end."])
    draft = Draft(
        name="n", sha256="0" * 64,
        article=Article(title=title, blocks=body, summary=line, authors=(title,)),
        tags=Tags((title,), 0.5, (line or "x",), 0.5),
        when=parse_when("2022-08-24"), body=markdown_of(body), guessed={},
    )  # fmt: skip
    source = Source(name=title, url="https://example.org/", title=title)
    text = briefing_text(front_matter(draft, "an-id", source, capture={}, tags=[], is_draft=True), draft.body)
    loaded, faults = load_document(text, "content/briefings/a.md", Briefing, MarkdownSettings(typographer=False))
    assert loaded is not None, text
    assert [fault for fault in faults if fault.severity == "error"] == []
    assert loaded.document.meta.title == title
    assert loaded.document.meta.draft
    assert loaded.document.meta.summary == line
    assert [one.name for one in loaded.document.meta.region] == [title]

    html = loaded.html
    assert set(re.findall(r"<(\w+)", html)) <= {"p"}
    assert unescape(re.sub(r"<[^>]+>", "", html)).split() == f"{line} The end.".split()


# The command itself


def test_a_text_comes_in_by_standard_input(facts: Archive) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "builder", "import", "-", "--source", "RT", "--json"],
        cwd=facts.root,
        input=TEXT.encode(),
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["imported"][0]["name"] == "standard input"
    assert briefing(facts, report["imported"][0]["path"]).meta.title == TITLE


def test_without_its_libraries_import_says_what_to_install(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.cli.importing.missing_libraries", lambda: ["trafilatura"])
    done = CliRunner().invoke(sitrep, ["import", "x.txt", "--root", str(archive.root)])
    assert done.exit_code == 1
    assert "trafilatura" in done.output
    assert "[import]" in done.output


def test_the_rest_of_sitrep_does_without_those_libraries() -> None:
    """No module outside of the package imports it, but the command's own."""
    users = [
        path.relative_to(REPOSITORY).as_posix()
        for path in (REPOSITORY / "builder").rglob("*.py")
        if "builder.importing" in path.read_text("utf-8") and "builder/importing/" not in path.as_posix()
    ]
    assert sorted(users) == ["builder/cli/importing.py", "builder/cli/reviewing.py"]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [([], 2), (["--date", "yesterday", "x"], 2), (["--date", "2022-08", "x"], 2), (["no-such-file.txt"], 1)],
)
def test_what_cannot_be_meant_is_told(archive: Archive, arguments: list[str], status: int) -> None:
    ran = archive.run("import", *arguments)
    assert ran.status == status
    assert "Traceback" not in ran.err
    assert ran.err.strip()


def example(number: int, root: Path) -> str:
    """What an example in Python of the documentation prints, in the archive at `root`."""
    text = (REPOSITORY / "docs/importing.md").read_text("utf-8")
    code = text.split("```python\n")[number].split("```")[0]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout


def test_the_examples_in_python_do_what_the_command_does(facts: Archive) -> None:
    (facts.root / "page.html").write_text(page(), "utf-8")
    (facts.root / "ferry.txt").write_text("Nothing.", "utf-8")
    assert example(2, facts.root).startswith(f"{TITLE} 2022-08-24 ('Kosovo',)")
    written, failed = example(1, facts.root).splitlines()
    assert written.startswith("content/briefings/2022/2022-08-24-kfor-clears-barricade-at-the-rudare-bridge.md ")
    assert failed.startswith("ferry.txt ")
    assert briefing(facts, written.split()[0]).meta.sources[0].name.name == "Example Post"


def test_bytes_a_file_and_a_folder_give_the_same_report(facts: Archive, tmp_path: Path) -> None:
    path = save(tmp_path, "page.html", page())
    capture = Capture(name="page.html", data=path.read_bytes())
    options = read_options(facts.root, dry_run=True)
    reports = [import_sources(facts.root, [source], options) for source in (capture, path, str(path.parent))]
    first, *others = [[(one.path, one.notes, one.proposals) for one in report.imported] for report in reports]
    assert len(first) == 1
    assert others == [first, first]


def test_options_are_those_of_the_settings_with_what_is_chosen_before_them(archive: Archive) -> None:
    archive.config('language = "fr"\n[captures]\noperator = "Mira"\n[import.columns]\ntitle = "Kopf"\ntext = "Text"\n')
    options = read_options(archive.root, publish=True, columns=read_columns(["title=Titel"]))
    assert (options.language, options.operator, options.publish) == ("fr", "Mira", True)
    assert [(one.field, one.columns) for one in options.columns] == [("text", ("Text",)), ("title", ("Titel",))]
    with pytest.raises(TypeError):
        read_options(archive.root, publishe=True)


def test_what_is_inferred_of_a_source_is_listed_only_where_there_is_one(archive: Archive, tmp_path: Path) -> None:
    path = save(tmp_path, "a.txt", TEXT)
    (one,) = run_import(archive.root, path, dry_run=False).imported
    front = (archive.root / one.path).read_text("utf-8").split("\n---\n")[0]
    assert "sources:" not in front
    assert "inferred: {" in front


def test_usage_says_that_a_review_needs_no_source(archive: Archive) -> None:
    assert "import [OPTIONS] [SOURCE]..." in archive.run("import", "--help").out


@pytest.mark.skipif(sys.platform == "win32", reason="there nothing is locked")
def test_an_import_goes_on_where_the_file_system_has_no_locks(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    (tmp_path / "a.html").write_text(page(), "utf-8")
    assert len(run_import(archive.root, tmp_path / "a.html").imported) == 1
