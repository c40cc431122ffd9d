"""`sitrep import` of messages, documents, tables and exports. Their texts were written for these tests."""

from __future__ import annotations

import csv
import io
import json
import mailbox
import tracemalloc
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import get_args

import pytest
from captures import PARAGRAPHS, TITLE, page, run_import
from conftest import REPOSITORY, Archive
from kinds import EVENTS, docx, message, pdf, post, printed, save, wordpress

from builder.importing import (
    Capture,
    Draft,
    Options,
    Tagger,
    Wanted,
    convert,
    import_sources,
    read_columns,
)
from builder.importing.archive_names import ArchiveNames
from builder.importing.capture import Kind
from builder.importing.columns import FIELDS
from builder.importing.markup import markdown_of
from builder.importing.tables import rows_in_table
from builder.importing.word import read_word
from builder.importing.wordpress_text import html_of
from builder.load.documents import load_document
from builder.markdown.parser import MarkdownSettings
from builder.model.briefing import Briefing


def briefing(archive: Archive, path: str):
    text = (archive.root / path).read_text("utf-8")
    loaded, faults = load_document(text, path, Briefing, MarkdownSettings())
    assert loaded is not None
    assert [fault for fault in faults if fault.severity == "error"] == []
    return loaded.document.meta


def imported(archive: Archive, path: Path, **options: object):
    """The one briefing that a file becomes: what its front matter says, and its body."""
    report = run_import(archive.root, path, **options)
    assert [one.message for one in report.failed] == []
    assert len(report.imported) == 1
    written = report.imported[0].path
    body = (archive.root / written).read_text("utf-8").split("\n---\n\n", 1)[1]
    return briefing(archive, written), body, report.imported[0].notes


# Messages


def test_a_message_becomes_a_briefing(archive: Archive, tmp_path: Path) -> None:
    archive.records("sources", {"name": "Example Post", "hosts": ["example.org"]})
    meta, body, notes = imported(archive, save(tmp_path, "a", message(attached=["map.pdf"])))
    assert meta.title == TITLE
    assert meta.date.iso == "2022-08-24"
    assert meta.author == ("Mira Example",)
    assert meta.sources[0].name.name == "Example Post"
    assert meta.sources[0].published.iso == "2022-08-24T16:40+02:00"
    assert body == "\n\n".join(PARAGRAPHS) + "\n"
    assert any("map.pdf" in note for note in notes)


def test_who_sent_a_message_is_its_publisher_only_if_a_record_says_so(archive: Archive, tmp_path: Path) -> None:
    archive.records("sources", {"name": "Courier", "hosts": ["courier.example.net"]})
    meta, _, notes = imported(archive, save(tmp_path, "a", message()))
    assert meta.sources == ()
    assert any("no publisher" in note for note in notes)


def test_a_newsletter_is_its_text_without_what_lays_it_out(archive: Archive, tmp_path: Path) -> None:
    rows = "".join(f"<tr><td><p>{paragraph}</p></td></tr>" for paragraph in PARAGRAPHS)
    html = (
        "<html><head><title>x</title><style>p {color: red}</style></head><body>"
        "<div style='display:none'>All the news of the day, in a line that nobody sees</div>"
        "<table><tr><td><a href='https://e.org/v'>View this email in your browser</a></td></tr>"
        f"<tr><td><table>{rows}</table></td></tr><tr><td>Trucks counted:<br><br><table><tr><th>Day</th><th>Trucks</th>"
        "</tr><tr><td>Monday</td><td>2</td></tr></table></td></tr>"
        "<tr><td>You are receiving this email because you asked for it. <a href='https://e.org/u'>Unsubscribe</a></td>"
        "</tr></table></body></html>"
    )
    _, body, _ = imported(archive, save(tmp_path, "a", message(text="See https://e.org/v", html=html)))
    expected = "\n\n".join((*PARAGRAPHS, "Trucks counted:", "| Day | Trucks |\n| --- | --- |\n| Monday | 2 |"))
    assert body == expected + "\n"


def test_lines_that_a_program_broke_are_paragraphs_again(archive: Archive, tmp_path: Path) -> None:
    text = """\
NATO's peacekeeping force KFOR has cleared a barricade of gravel trucks
from the bridge at Rudare in northern Kosovo on Wednesday, its commander
said.

> Who gave the order?

Belgrade accused Pristina of having ordered the operation. See the map at
<https://maps.example.org/rudare>, and what else is known:

- two trucks were left
- nobody was hurt

--\x20
Mira Example
Example Post
________________________________________
Talk mailing list
"""
    _, body, _ = imported(archive, save(tmp_path, "a", message("[talk] Re: " + TITLE, text)))
    assert body == (
        "NATO's peacekeeping force KFOR has cleared a barricade of gravel trucks from the bridge at Rudare in "
        "northern Kosovo on Wednesday, its commander said.\n\n"
        "> Who gave the order?\n\n"
        "Belgrade accused Pristina of having ordered the operation. See the map at "
        "[https://maps.example.org/rudare](https://maps.example.org/rudare), and what else is known:\n\n"
        "- two trucks were left\n- nobody was hurt\n"
    )


def test_a_forwarded_message_is_the_message_that_it_forwards(archive: Archive, tmp_path: Path) -> None:
    text = (
        "Fyi.\n\n---------- Forwarded message ---------\nFrom: Jo Writer <jo@courier.example.net>\n"
        f"Date: Tue, 23 Aug 2022 at 09:00\nSubject: {TITLE}\nTo: <mira@post.example.org>\n\n" + "\n\n".join(PARAGRAPHS)
    )
    within = imported(archive, save(tmp_path, "a", message("Fwd: news", text)))
    assert within[0].title == TITLE
    assert within[0].author == ("Jo Writer",)
    assert within[0].sources == ()
    around = message("WG: news", "Fyi.", identity="<2@e.org>")
    around.add_attachment(message("A new school opens in Mitrovica", "It has " + "many rooms and doors. " * 12))
    attached = imported(archive, save(tmp_path, "b", around))
    assert attached[0].title == "A new school opens in Mitrovica"


def test_a_message_in_any_encoding_is_read(archive: Archive, tmp_path: Path) -> None:
    story = (
        "Две делегации встретились во вторник в старой ратуше и три часа говорили о переходе, сказал посредник. " * 3
    )
    mail = message("Переговоры в старой ратуше", story, charset="koi8-r")
    meta, body, _ = imported(archive, save(tmp_path, "a", mail))
    assert meta.title == "Переговоры в старой ратуше"
    assert body.strip() == story.strip()


def test_a_mailbox_is_imported_message_by_message_and_once(archive: Archive, tmp_path: Path) -> None:
    save(tmp_path, "x", "")
    box = mailbox.mbox(tmp_path / "saved" / "box")
    box.add(message())
    box.add(
        message(
            "A second letter", "From here on, nobody is left.\n\n" + "The rest is told below. " * 9, identity="<2@e>"
        )
    )
    box.flush()
    box.close()
    report = run_import(archive.root, tmp_path / "saved/box")
    assert len(report.imported) == 2
    assert "From here on" in (archive.root / report.imported[1].path).read_text("utf-8")
    again = run_import(archive.root, tmp_path / "saved/box")
    assert (len(again.imported), len(again.duplicates)) == (0, 2)


# PDF and Word


def test_a_pdf_becomes_a_briefing_without_what_stands_on_every_page(archive: Archive, tmp_path: Path) -> None:
    head = lambda number: [(8, 72, 810, "Example Post - Situation report"), (8, 290, 30, f"Page {number} of 2")]  # noqa: E731
    first = [*head(1), (20, 72, 760, TITLE), (11, 72, 735, "24 August 2022"), *printed(PARAGRAPHS[:3])]
    broken = [
        (11, 72, 780, "Belgrade accused Pristina of having ordered the opera-"),
        (11, 72, 766.5, "tion. Pristina said that it had learned of it from the radio."),
        (-11, 72, 740, "What is known"),
        *printed(["The road was open again in the evening, drivers said, and so was the market."], 720),
    ]
    data = pdf(first, [*head(2), *broken], title="Microsoft Word - final_v2.doc", author="HP User")
    meta, body, _ = imported(archive, save(tmp_path, "a", data))
    assert meta.title == TITLE
    assert meta.author == ()
    assert meta.sources == () or meta.sources[0].published.iso == "2022-08-24"
    assert meta.date.iso == "2022-08-24"
    assert body == "\n\n".join(
        (
            *PARAGRAPHS,
            "### What is known",
            "The road was open again in the evening, drivers said, and so was the market.\n",
        )
    )


def test_the_day_on_which_a_document_was_made_is_taken_where_it_has_no_other(archive: Archive, tmp_path: Path) -> None:
    data = pdf([(20, 72, 760, TITLE), *printed(PARAGRAPHS)], made="D:20220824164000+02'00'", author="Mira Example")
    meta, _, notes = imported(archive, save(tmp_path, "a", data))
    assert meta.date.iso == "2022-08-24"
    assert meta.author == ("Mira Example",)
    assert any("the file was made" in note for note in notes)


def test_a_word_document_becomes_a_briefing(archive: Archive, tmp_path: Path) -> None:
    data = docx(
        ("Title", TITLE), "By Mira Example", "24 August 2022", *PARAGRAPHS[:2], ("Heading1", "Talks"), *PARAGRAPHS[2:],
        author="python-docx", made="2013-12-23T23:15:00Z",
    )  # fmt: skip
    meta, body, _ = imported(archive, save(tmp_path, "a", data))
    assert meta.title == TITLE
    assert meta.author == ("Mira Example",)
    assert meta.date.iso == "2022-08-24"
    assert body == "\n\n".join((*PARAGRAPHS[:2], "## Talks", *PARAGRAPHS[2:])) + "\n"


# Tables


def table(*rows: dict[str, str], delimiter: str = ",") -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, rows[0], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def article(number: int, **changes: str) -> dict[str, str]:
    text = "\n\n".join(paragraph.replace("bridge", f"bridge {number}") for paragraph in PARAGRAPHS)
    fields = {
        "headline": f"{TITLE}, part {number}",
        "body": f"{text} {'So say {n} others. '.replace('{n}', str(number)) * 4}",
    }
    return {
        **fields,
        "published": "2022-08-24 16:40:00",
        "byline": "Mira Example",
        "publisher": "Example Post",
    } | changes


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"), (";", "cp1251")]
)
def test_a_table_is_read_whatever_divides_its_columns_and_encodes_it(
    archive: Archive, tmp_path: Path, delimiter: str, encoding: str
) -> None:
    russian = "Две делегации встретились во вторник в старой ратуше, и три часа говорили о переходе через реку. " * 3
    rows = [{"title": "Переговоры в ратуше", "text": russian, "date": "2022-08-24"}]
    rows += [
        {"title": f"Глава {n}", "text": russian.replace("три", f"{n}"), "date": "2022-08-2" + str(n)} for n in (5, 6)
    ]
    meta = briefing(
        archive,
        run_import(archive.root, save(tmp_path, "a", table(*rows, delimiter=delimiter).encode(encoding)))
        .imported[0]
        .path,
    )
    assert meta.title == "Переговоры в ратуше"
    assert meta.sources == () or meta.sources[0].published.iso == "2022-08-24"
    assert meta.date.iso == "2022-08-23"  # it says Tuesday


def test_each_row_of_a_table_is_an_article_by_the_names_of_its_columns(archive: Archive, tmp_path: Path) -> None:
    path = save(tmp_path, "a.csv", table(*(article(number, url=f"https://e.org/{number}") for number in (1, 2, 3))))
    report = run_import(archive.root, path, duplicates="keep")
    assert len(report.imported) == 3
    meta = briefing(archive, report.imported[1].path)
    assert meta.title == f"{TITLE}, part 2"
    assert meta.author == ("Mira Example",)
    assert meta.sources[0].name.name == "Example Post"
    assert meta.sources[0].url == "https://e.org/2"
    assert meta.sources[0].published.iso == "2022-08-24T16:40"
    again = run_import(archive.root, path)
    assert (len(again.imported), len(again.duplicates)) == (0, 3)


def test_columns_with_other_names_are_told_by_map_or_by_the_settings(archive: Archive, tmp_path: Path) -> None:
    odd = {"Kopf": TITLE, "Inhalt": "\n\n".join(PARAGRAPHS), "Tag": "24.08.2022", "Nummer": "17"}
    path = save(tmp_path, "a.csv", table(odd, odd | {"Kopf": "Another", "Inhalt": "Nothing is known of it yet. " * 9}))
    ran = archive.run("import", str(path))
    assert ran.status == 1
    assert len(ran.errors) == 1
    assert "--map title=COLUMN,text=COLUMN (it has Kopf, Inhalt, Tag, Nummer)" in ran.errors[0]
    told = archive.run(
        "import", str(path), "--map", "title=Kopf,text=Inhalt", "--map", "published=Tag", "--json", "--dry-run"
    )
    assert told.report["counts"]["imported"] == 2
    archive.config('[import.columns]\ntitle = "Kopf"\ntext = ["Inhalt"]\npublished = "Tag"\n')
    save(tmp_path, "events.csv", EVENTS)  # which has none of these columns
    assert archive.run("import", str(tmp_path / "saved"), "--json").report["counts"]["imported"] == 4


@pytest.mark.parametrize(
    ("columns", "status", "message"),
    [
        ("titel=Kopf", 2, 'there is no field "titel"; did you mean "title"?'),
        ("title", 2, "write FIELD=COLUMN"),
        ("title=Kopff,text=Inhalt", 1, 'has no column "Kopff" for title; did you mean "Kopf"?'),
    ],
)
def test_a_column_that_is_not_there_is_told_once(
    archive: Archive, tmp_path: Path, columns: str, status: int, message: str
) -> None:
    path = save(tmp_path, "a.csv", "Kopf,Inhalt,Tag\n" + "a,b,c\n" * 50)
    ran = archive.run("import", str(path), "--map", columns)
    assert ran.status == status
    assert ran.err.count(message) == 1


def test_of_many_files_each_table_is_read_by_the_columns_that_it_has(archive: Archive, tmp_path: Path) -> None:
    rows = [article(number, url=f"https://e.org/{number}") for number in range(4)]
    save(
        tmp_path,
        "a.csv",
        table(*({"Kopf": row["headline"], "Inhalt": row["body"], "Tag": row["published"]} for row in rows[:2])),
    )
    save(tmp_path, "b.csv", table(*rows[2:]))
    save(tmp_path, "c.csv", "Rubrik,Absatz,Wann\n" + "x,y,2022-08-24\n" * 9)
    save(tmp_path, "d.jsonl", '{"Rubrik": "x", "Absatz": "y"}\n' * 9)
    save(tmp_path, "e.html", page())
    said = ("--map", "title=Kopf,text=Inhalt,published=Tag", "--duplicates", "keep")
    ran = archive.run("import", str(tmp_path / "saved"), *said, "--json")
    told = [fault for fault in ran.report["faults"] if fault["severity"] == "error"]
    assert [Path(fault["path"]).name for fault in told] == ["c.csv", "d.jsonl"]
    assert "--map title=COLUMN,text=COLUMN (it has Rubrik, Absatz, Wann)" in told[0]["message"]
    assert ran.report["counts"]["imported"] == 5


def test_a_column_that_no_table_of_many_has_is_told_and_nothing_of_them_is_imported(
    archive: Archive, tmp_path: Path
) -> None:
    row = {"Hed": "Another", **article(1)}
    row["title"] = row.pop("headline")
    paths = [str(save(tmp_path, name, table(row, row))) for name in ("a.csv", "b.csv")]
    for given in (paths, [paths[0], str(tmp_path / "missing")]):
        ran = archive.run("import", *given, "--map", "title=Hedd", "--json")
        told = [fault["message"] for fault in ran.report["faults"] if fault["severity"] == "error"]
        hints = [message for message in told if 'no column "Hedd" for title; did you mean "Hed"?' in message]
        assert len(hints) == sum(path.endswith(".csv") for path in given)
        assert ran.report["counts"]["imported"] == 0


def test_a_captures_record_names_the_columns_that_counted_for_it(archive: Archive, tmp_path: Path) -> None:
    rows = [article(number, url=f"https://e.org/{number}") for number in range(2)]
    odd = {"Kopf": rows[0]["headline"], "Inhalt": rows[0]["body"], "Tag": rows[0]["published"]}
    paths = [save(tmp_path, "a.csv", table(odd, odd)), save(tmp_path, "b.csv", table(*rows))]
    said = ("--map", "title=Kopf,text=Inhalt,published=Tag", "--duplicates", "keep")
    assert archive.run("import", *map(str, paths), *said).status == 0
    records = sorted((archive.root / "content/captures").glob("*/*.csv.json"))
    settings = [json.loads(path.read_text("utf-8"))["settings"].get("columns") for path in records]
    assert settings == ["title=Kopf,text=Inhalt,published=Tag", None]


def test_of_many_objects_each_is_told_for_itself_and_articles_come_in(archive: Archive, tmp_path: Path) -> None:
    rows = [{"id": number, "name": "x"} for number in range(120)] + [article(number) for number in range(3)]
    report = run_import(archive.root, save(tmp_path, "a.json", json.dumps(rows)), duplicates="keep")
    assert (len(report.imported), len(report.failed)) == (3, 120)
    lines = [json.dumps({"headline2": "A", "body": "x " * 99, "published": "2022-08-24"})] * 101
    said = read_columns(["title=headline3"])
    report = run_import(archive.root, save(tmp_path, "b.jsonl", "\n".join(lines)), columns=said)
    assert {one.message.partition(";")[0] for one in report.failed} == {'has no column "headline3" for title'}


def test_a_table_of_events_keeps_its_codes_and_who_says_its_numbers(archive: Archive, tmp_path: Path) -> None:
    report = run_import(archive.root, save(tmp_path, "events.csv", EVENTS))
    assert report.failed == []
    protest, clash = (briefing(archive, one.path) for one in report.imported)
    assert protest.title == "Peaceful protest, Rudare"
    assert protest.date.iso == "2022-08-24"
    assert protest.event_type == "Protests"
    assert [one.name for one in protest.region] == ["Kosovo"]
    assert [one.name for one in protest.actors] == ["Protesters (Kosovo)"]
    assert [one.name.name for one in protest.sources] == ["Example Post", "Courier"]
    assert protest.sources[0].title is None  # no source has called it so
    assert protest.figures == ()  # 0 is what such tables say where nobody knows
    assert (protest.location[0].name, protest.location[0].lat, protest.location[0].precision) == (
        "Rudare",
        42.9217,
        "town",
    )
    assert clash.date.iso == "2022-09"  # of which only the month is known
    assert clash.location[0].precision == "area"
    assert [(one.what, one.value, one.says) for one in clash.figures] == [("people reported killed", 3, "Courier")]


def test_a_later_edition_of_a_table_brings_only_the_new_events(archive: Archive, tmp_path: Path) -> None:
    run_import(archive.root, save(tmp_path, "events.csv", EVENTS))
    newer = EVENTS.replace("drivers blocked", "some forty drivers blocked") + (
        "XKX3,3 September 2022,1,Protests,Peaceful protest,Protesters (Kosovo),,Kosovo,Rudare,42.9217,20.8661,1,"
        "Courier,The drivers came back.,0\n"
    )
    report = run_import(archive.root, save(tmp_path, "newer.csv", newer))
    assert [one.name.rpartition(":")[2] for one in report.imported] == ["4"]
    assert {one.kind for one in report.duplicates} == {"same article"}


def test_events_of_ucdp_are_ranges_of_days_and_of_numbers(archive: Archive, tmp_path: Path) -> None:
    row = {
        "id": "1", "relid": "XKX-2022-1-1-1", "type_of_violence": "1", "dyad_name": "Government of A - B",
        "side_a": "Government of A", "side_b": "B", "where_prec": "4", "where_coordinates": "North province",
        "latitude": "42.9", "longitude": "20.9", "country": "Kosovo", "date_prec": "2",
        "date_start": "2022-08-17 00:00:00.000", "date_end": "2022-08-20 00:00:00.000", "best": "6",
        "high": "8", "low": "4",
    }  # fmt: skip
    meta, body, notes = imported(
        archive, save(tmp_path, "ged.csv", table(row, row)), source="UCDP", duplicates="attach"
    )
    assert meta.date.iso == "2022-08-17/2022-08-20"
    assert meta.location[0].precision == "area"
    assert [(one.low, one.high, one.says) for one in meta.figures] == [(4, 8, "UCDP")]
    assert [one.name for one in meta.actors] == ["Government of A", "B"]
    assert body.strip() == ""
    assert any("no text" in note for note in notes)


def test_a_row_that_fails_is_told_with_its_line_and_the_others_come_in(archive: Archive, tmp_path: Path) -> None:
    good = table(article(1), article(2, byline="Мира Егземпл; Ђорђе Ћирић; Љубица Њежић"))
    rows = good + 'only,two\n"",x,2022-01-01,a,b\nNo day,"' + "Words of it. " * 20 + '",2022-02-31,a,b\n'
    rows += 'Too far,"' + "Words of it. " * 20 + '",2035-02-01,a,b\n'
    path = save(
        tmp_path, "a.csv", rows.encode() + b'Odd,\xff\xfe,2022-01-01,a,b\n"Never closed,x,2022-01-01,a,b\nand on\n'
    )
    report = run_import(archive.root, path, duplicates="keep")
    assert len(report.imported) == 2
    first = 2 + good.count("\n") - 1
    failed = sorted(report.failed, key=lambda one: int(one.name.rpartition(":")[2]))
    assert [(one.name.rpartition(":")[2], one.message.partition(";")[0]) for one in failed] == [
        (str(first), "has 2 cells where the first row has 5"),
        (str(first + 1), "has nothing in its column for the headline"),
        (str(first + 2), 'gives a date that there is not, "2022-02-31"'),
        (str(first + 3), "says that it appeared on 2035-02-01, which is in the future"),
        (str(first + 4), "is not in the encoding of the rest, utf-8"),
        (str(first + 5), "has 1 cell where the first row has 5"),
    ]


def test_json_lines_and_lists_of_objects_are_tables_too(archive: Archive, tmp_path: Path) -> None:
    rows = [article(number, author={"name": "Mira Example"}, tags=["bridges", "talks"]) for number in (1, 2)]
    lines = "\n".join(json.dumps(row) for row in rows)
    report = run_import(archive.root, save(tmp_path, "a", f"{lines}\n{{broken\n[1]\n"), duplicates="keep")
    assert len(report.imported) == 2
    assert [one.name.rpartition(":")[2] for one in report.failed] == ["3", "4"]
    meta = briefing(archive, report.imported[0].path)
    assert meta.author == ("Mira Example",)
    assert [tag.name for tag in meta.tags] == ["bridges", "talks"]
    for name, text in (("b", json.dumps(rows, indent=1)), ("c", json.dumps({"count": 2, "data": rows}))):
        again = run_import(archive.root, save(tmp_path, name, text))
        assert [one.kind for one in again.duplicates] == ["same article"] * 2, name
        assert again.failed == []


def test_a_table_is_read_row_by_row(tmp_path: Path) -> None:
    row = ",".join(["17 August 2022", "Kosovo", "Words that somebody wrote. " * 20])
    path = save(tmp_path, "a.csv", "event_date,country,notes\n" + f"{row}\n" * 20_000)
    with path.open("rb") as file:
        tracemalloc.start()
        count = sum(1 for _ in rows_in_table(file, "a.csv", ()))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert count == 20_000
    assert peak < 4_000_000  # of 11 MB


# WordPress


def test_an_export_of_wordpress_becomes_briefings_by_its_authors(archive: Archive, tmp_path: Path) -> None:
    html = (
        "<!-- wp:paragraph -->\n<p>" + "</p>\n<!-- /wp:paragraph -->\n<p>".join(PARAGRAPHS) + "</p>\n[gallery ids=1,2]"
    )
    meta, body, _ = imported(archive, save(tmp_path, "a", wordpress(post(html=html))))
    assert meta.title == TITLE
    assert meta.author == ("Mira Example",)
    assert [tag.name for tag in meta.tags] == ["bridges"]
    assert meta.sources[0].name.name == "Example Post"
    assert meta.sources[0].url == "https://www.example.org/?p=1"
    assert meta.sources[0].published.iso == "2022-08-24T16:40+02:00"
    assert body == "\n\n".join(PARAGRAPHS) + "\n"


@pytest.mark.parametrize("name", ["code", "bash", "php"])
def test_code_in_a_post_is_code_however_it_is_marked(archive: Archive, tmp_path: Path, name: str) -> None:
    code = f"[{name}]#!/bin/sh\nif [ $# = 4 ]; then echo &quot;&lt;port&gt;&quot;; fi[/{name}]"
    _, body, _ = imported(
        archive, save(tmp_path, "a.xml", wordpress(post(html=f"{PARAGRAPHS[0]}\n\n{code}\n\n{LONG}")))
    )
    assert '\n#!/bin/sh\nif [ $# = 4 ]; then echo "<port>"; fi\n' in body


def test_a_footnotes_number_is_no_link(archive: Archive, tmp_path: Path) -> None:
    html = f'{LONG}<a href="#_ftn1">[1]</a>\n\n<a name="_ftn1">[1]</a> The words of a note are those of a witness.'
    _, body, _ = imported(archive, save(tmp_path, "a.xml", wordpress(post(html=html))))
    assert "](" not in body
    assert body.count("\\[1\\]") == 2


def test_a_draft_in_wordpress_stays_one_and_pages_are_left_out_and_counted(archive: Archive, tmp_path: Path) -> None:
    other = "Nobody knows yet what will become of the old mill at the river. " * 5
    items = [
        post(), post("The mill", other, number=2, status="draft", gmt="0000-00-00 00:00:00"),
        post(number=3, kind="page"),
        post(number=4, kind="attachment"), post(number=5, kind="attachment"), post(number=6, status="trash"),
    ]  # fmt: skip
    ran = archive.run("import", str(save(tmp_path, "wp.xml", wordpress(*items))), "--publish", "--json")
    assert ran.status == 0, ran.out
    assert ran.report["counts"]["left_out"] == 4
    assert [(one["what"], one["count"]) for one in ran.report["left_out"]] == [
        ("attachments", 2), ("page", 1), ("post in the trash", 1),
    ]  # fmt: skip
    published, draft = (briefing(archive, one["path"]) for one in ran.report["imported"])
    assert (published.draft, draft.draft) == (False, True)
    assert draft.sources[0].url is None
    again = run_import(archive.root, tmp_path / "saved/wp.xml")
    assert (len(again.imported), len(again.duplicates)) == (0, 2)


def test_what_wordpress_stores_is_read_as_its_site_shows_it(archive: Archive, tmp_path: Path) -> None:
    html = (
        f"{PARAGRAPHS[0]}\n\n[caption id='1' width='300']<img src='x.png' /> Trucks on the bridge[/caption]\n\n"
        "[vc_column width='1/2']He said that [sic] it was open.[/vc_column]\nAnd on the next line, that it was not.\n\n"
        f"[embed]https://video.example.org/1[/embed]\n\n<script>alert(1)</script>{PARAGRAPHS[1]}"
    )
    _, body, _ = imported(archive, save(tmp_path, "a", wordpress(post(html=html))))
    assert body == "\n\n".join(
        (
            PARAGRAPHS[0],
            "[Trucks on the bridge](https://www.example.org/x.png)",
            "He said that \\[sic\\] it was open.\\\nAnd on the next line, that it was not.",
            "[https://video.example.org/1](https://video.example.org/1)",
            PARAGRAPHS[1] + "\n",
        )
    )


# Bad input

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
LONG = "The two delegations met in the old town hall on Tuesday and spoke for three hours, the mediator said. " * 4
BAD = {
    "empty.eml": (b"\n\n", "is empty"),
    "cut.pdf": (pdf([(20, 72, 760, TITLE), *printed(PARAGRAPHS)])[:300], "is a PDF that is cut off or spoilt"),
    "long.txt.eml": (bytes(message("Long", LONG * 600)), "has 244,799 characters"),
    "scan.pdf": (pdf([]), "is a PDF of pictures without text"),
    "password.pdf": (pdf([(20, 72, 760, TITLE)], encrypted=True), "is a PDF with a password"),
    "numbers.pdf": (pdf([(11, 72, 800 - 14 * n, f"{n} {n * 7} 35 Total") for n in range(50)]), "holds no running text"),
    "book.pdf": (pdf(*[[(11, 72, 700, f"A page of a book, number {n}")] for n in range(201)]), "is a PDF of 201 pages"),
    "password.docx": (OLE + "EncryptedPackage".encode("utf-16-le") + bytes(100), "is a document with a password"),
    "old.doc": (OLE + "WordDocument".encode("utf-16-le") + bytes(100), "is a document of an old Office"),
    "cut.docx": (docx(TITLE, *PARAGRAPHS)[:600], "is a ZIP file that is cut off"),
    "laughs.docx": (docx(TITLE, *PARAGRAPHS, head=LAUGHS), "is a Word document that declares entities"),
    "empty.docx": (docx(), "is a Word document without text"),
    "large.docx": (docx("x" * 21_000_000), "has 21 MB of text"),
    "no-subject.eml": (bytes(message("", LONG)), "is a message without a subject"),
    "no-text.eml": (bytes(message("A map", " ", attached=["map.pdf"])), "is a message without any text but"),
    "no-date.eml": (bytes(message(text=LONG)).replace(b"24 Aug 2022", b"31 Feb 2022"), "gives a date that there is no"),
    "large.eml": (bytes(message("Large", LONG * 30_000)), "has 12 MB of text"),
    "laughs.xml": (wordpress(post("&c;"), head=LAUGHS), "declares entities"),
    "cut.xml": (wordpress(post(LONG, number=9), post())[:1200], "is cut off or spoilt"),
    "numbers.csv": (b"a,b,c\n1,2,3\n4,5,6\n7,8,9\n", "has no headlines and no texts that can be told"),
    "broken.json": (b'{"title": "x", "text": \n', "is no JSON that can be read"),
    "large.csv": (b"title,text,date\n" + b'a,"' + b"x" * 9_000_000 + b'",2022-01-01\n', "can't be read (field larger"),
    "unknown.bin": (b"\x00\x01\x02" * 90, "is no text, and of no kind"),
}  # fmt: skip


def test_what_is_no_document_is_told_in_one_line_each_and_the_rest_goes_on(archive: Archive, tmp_path: Path) -> None:
    for name, (data, _) in BAD.items():
        save(tmp_path, name, data)
    save(tmp_path, "page-named.pdf", page())
    ran = archive.run("import", str(tmp_path / "saved"))
    assert ran.status == 1
    for name, (_, why) in BAD.items():
        own = [line for line in ran.errors if f"/{name}:" in line]
        assert len(own) == 1, (name, own)
        assert f"error: {why}" in own[0], own[0]
        assert ";" in own[0], f"{own[0]} has no way out"
    assert len(ran.errors) == len(BAD)
    assert "Traceback" not in ran.err
    briefings = [p for p in (archive.root / "content").rglob("*") if p.is_file()]
    assert len(briefings) == 3, briefings  # the page that is called a PDF, with its capture and its record


MARKUP = 'Talks: {{ 7*7 }} "{% raw %}" <script>alert(1)</script> [x](javascript:alert(1)) - #1 &amp; !!x'


MARKED: dict[str, str | bytes] = {
    "mail": bytes(message(MARKUP, f"---\n{MARKUP} and on.\n\n{LONG}")),
    "table": table(article(1, headline=MARKUP, body=f"{MARKUP}\n{LONG}"), article(2)),
    "json": json.dumps([article(1, headline=f"{MARKUP}\x17", body=f"{MARKUP}\x00\n{LONG}", byline=f"{MARKUP}\x1b")]),
    "events": EVENTS.replace("Rudare,42", f'"{MARKUP.replace(chr(34), 2 * chr(34))}",42').replace("Cou", "{{x}}"),
    "export": wordpress(post(MARKUP, f"{MARKUP}\n\n{LONG}")),
    "pdf": pdf([(20, 72, 760, MARKUP[:60]), (11, 72, 730, "24 August 2022"), *printed([MARKUP, LONG])]),
    "word": docx(("Title", MARKUP), "24 August 2022", MARKUP, LONG),
}


def test_markup_in_any_kind_is_inert(archive: Archive, tmp_path: Path) -> None:
    for name, data in MARKED.items():
        save(tmp_path, name, data)
    report = run_import(archive.root, tmp_path / "saved", publish=True, duplicates="keep")
    assert report.failed == []
    assert len(report.imported) == len(MARKED) + 2  # two rows, two events
    checked = archive.run("check", "--json")
    assert [one for one in checked.report["faults"] if one["severity"] == "error"] == []
    archive.build()
    for path in archive.output.rglob("*.html"):
        html = path.read_text("utf-8")
        assert "<script>alert" not in html
        assert 'href="javascript' not in html
        assert "Talks: 49" not in html


# As a library, and in worker processes


def test_workers_give_what_one_process_gives_of_a_table(archive: Archive, tmp_path: Path) -> None:
    rows = [article(number, url=f"https://e.org/{number}") for number in range(26)]
    path = str(save(tmp_path, "a.csv", table(*rows)))
    alone, two = (
        archive.run("import", path, "--jobs", jobs, "--dry-run", "--json", "--duplicates", "keep") for jobs in "12"
    )
    assert alone.report["imported"] == two.report["imported"]
    assert alone.report["counts"]["imported"] == 26


def test_a_table_that_was_stopped_goes_on_where_it_was(archive: Archive, tmp_path: Path) -> None:
    def stopping(_stage: str, pieces, _total: int):
        for count, piece in enumerate(pieces):
            yield piece
            if count == 4:
                raise KeyboardInterrupt

    path = save(tmp_path, "a.csv", table(*(article(number, url=f"https://e.org/{number}") for number in range(9))))
    options = Options(language="en", now="2024-05-02T10:00Z", today=date(2024, 5, 2), version="0", duplicates="keep")
    report = import_sources(archive.root, [str(path)], options, stopping)
    assert (report.stopped, len(report.imported)) == (True, 5)
    rest = run_import(archive.root, path, duplicates="keep")
    assert (len(rest.imported), len(rest.duplicates)) == (4, 5)
    assert len(list((archive.root / "content/captures").rglob("*.csv"))) == 1


def test_convert_reads_a_table_by_the_columns_that_it_is_told() -> None:
    data = table({"Kopf": TITLE, "Inhalt": "\n\n".join(PARAGRAPHS), "Tag": "24.08.2022"}).encode()
    wanted = Wanted(today=date(2024, 5, 2), columns=read_columns(["title=Kopf,text=Inhalt,published=Tag"]))
    (draft,) = convert(Capture(name="a.csv", data=data, kind="table"), Tagger(ArchiveNames("en")), wanted)
    assert isinstance(draft, Draft)
    assert draft.article.title == TITLE
    assert draft.when.iso == "2022-08-24"


def test_the_documentation_names_every_kind_and_every_field() -> None:
    text = (REPOSITORY / "docs/importing.md").read_text("utf-8")
    for kind in set(get_args(Kind)) - {"page", "text", "feed", "post", "row", "entry", "other", "json"}:
        word = {"mail": "EML", "mailbox": "mbox", "pdf": "PDF", "word": ".docx", "table": "CSV", "wordpress": "WXR"}
        assert any(line.startswith("| ") and word.get(kind, kind.upper()) in line for line in text.splitlines()), kind
    for field in FIELDS:
        assert any(line.startswith("| `") and f"`{field}`" in line for line in text.splitlines()), field


def test_a_links_tip_in_a_word_document_is_no_part_of_its_address() -> None:
    # A field: where it begins, what it says, where its words begin and end.
    parts = (
        '<w:fldChar w:fldCharType="begin"/>',
        r'<w:instrText xml:space="preserve"> HYPERLINK "https://e.org/a" \o "A tip" </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>words of a link</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    field = "".join(f"<w:r>{part}</w:r>" for part in parts)
    packed = zipfile.ZipFile(
        BytesIO(docx(("Title", TITLE), "24 August 2022", *PARAGRAPHS, "Nobody was hurt, said the mayor: FIELD"))
    )
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as changed:
        for name in packed.namelist():
            data = packed.read(name)
            changed.writestr(name, data.replace(b"FIELD</w:t></w:r>", f"</w:t></w:r>{field}".encode()))
    article = read_word(Capture(name="a", data=buffer.getvalue()))
    assert "[words of a link](https://e.org/a)" in markdown_of(article.blocks)


def test_what_is_left_out_is_counted_in_words_that_fit(archive: Archive, tmp_path: Path) -> None:
    others = (post(number=1, kind="attachment"), post(number=2, kind="page"), post(number=4, kind="page"))
    ran = archive.run("import", str(save(tmp_path, "a.xml", wordpress(*others, post(number=3)))))
    assert "left out 1 attachment\n" in ran.out
    assert "left out 2 pages\n" in ran.out


def test_words_in_brackets_in_a_wordpress_post_are_code_only_on_lines_of_their_own() -> None:
    assert "<pre>" not in html_of("The [source] said so. Later another [/source] did.")
    assert "<pre>" not in html_of("He wrote: [text]it is open[/text], and left.")
    assert "<pre>a &lt; b</pre>" in html_of("So:\n\n[html]\na < b\n[/html]\n\nAnd on.")
    assert "<pre>a = 1</pre>" in html_of("So: [python]a = 1[/python]")
