"""What repeats an earlier text with other numbers is a briefing of its own; addresses come without their trackers."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from captures import PARAGRAPHS, page, run_import
from conftest import Archive
from kinds import post, save, wordpress
from msgspec.structs import replace

from builder.dates import parse_moment
from builder.importing import Capture, Draft, Refusal, Tagger, Wanted, convert, working
from builder.importing.addresses import plain_address, without_tracking
from builder.importing.archive_names import ArchiveNames
from builder.importing.home import home_of
from builder.importing.near import is_other_edition, shingles_of

REPORT = (
    "In {month} the monitors of the mission counted {cars} vehicles and {people} persons at the crossing point near "
    "the old bridge, and {fires} violations of the ceasefire along the line of contact, most of them at night.",
    "The mission facilitated repairs of the water station on {days} days, and drones flew over the training areas, "
    "where the monitors saw {guns} howitzers beyond the withdrawal lines that both sides have agreed upon in Minsk.",
    "The report covers what was seen by patrols on the ground and by cameras. It was written by the chief monitor, and "
    "is given to all participating states in accordance with the mandate of the mission.",
)
MARCH = {"month": "March", "cars": 4310, "people": 11752, "fires": 877, "days": 19, "guns": 23}
APRIL = {"month": "April", "cars": 3987, "people": 10204, "fires": 1240, "days": 22, "guns": 31}


def report(numbers: dict[str, object], day: str, url: str) -> str:
    paragraphs = tuple(text.format(**numbers) for text in REPORT)
    return page("Monthly report of the monitoring mission", paragraphs, published=day, url=url)


def test_two_monthly_reports_in_the_same_words_are_two_briefings(archive: Archive, tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    (saved / "a.html").write_text(report(MARCH, "2021-04-01", "https://osce.example/3"), "utf-8")
    (saved / "b.html").write_text(report(APRIL, "2021-05-01", "https://osce.example/4"), "utf-8")
    (saved / "c.html").write_text(report(APRIL, "2021-05-02", "https://post.example/report"), "utf-8")
    done = run_import(archive.root, saved)
    assert [Path(one.name).name for one in done.imported] == ["a.html", "b.html"]
    assert any(note.startswith(f"says nearly the same as {done.imported[0].path}") for note in done.imported[1].notes)
    # The same report by another publisher is a further source of it, and not of the month before.
    assert [(found.path, found.attached) for found in done.duplicates] == [(done.imported[1].path, True)]


def test_a_story_whose_toll_rises_is_the_same_on_the_next_day_and_not_a_month_later() -> None:
    first = shingles_of([text.format(**MARCH) for text in REPORT])
    second = shingles_of([text.format(**MARCH | {"people": 11760, "guns": 24}) for text in REPORT])
    assert not is_other_edition(first, second, days=1)
    assert is_other_edition(first, second, days=30)
    assert not is_other_edition(first, first, days=30)


@pytest.mark.parametrize(
    ("captured", "kept"),
    [
        ("https://e.org/a?utm_source=rss&id=7&fbclid=x", "https://e.org/a?id=7"),
        ("https://e.org/a?utm_source=rss", "https://e.org/a"),
        ("https://e.org/a#utm_medium=x", "https://e.org/a"),
        ("https://e.org/a?ref=7&q=a+b%20c#part", "https://e.org/a?ref=7&q=a+b%20c#part"),
        ("http://[bad", "http://[bad"),
    ],
)
def test_an_address_loses_what_tracks_its_reader_and_nothing_else(captured: str, kept: str) -> None:
    assert without_tracking(captured) == kept
    assert plain_address(captured) == plain_address(kept)


def test_the_record_of_a_capture_keeps_the_address_as_it_was_captured(archive: Archive, tmp_path: Path) -> None:
    url = "https://www.example.org/news/rudare?utm_source=rss"
    (tmp_path / "a.html").write_text(page(url=url), "utf-8")
    done = run_import(archive.root, tmp_path / "a.html")
    text = (archive.root / done.imported[0].path).read_text("utf-8")
    assert "utm_source" not in text and "https://www.example.org/news/rudare" in text
    [record] = (archive.root / "content/captures").rglob("*.json")
    assert json.loads(record.read_text("utf-8"))["url"] == url


def test_what_stands_below_the_lead_picture_is_not_repeated_in_the_body(archive: Archive, tmp_path: Path) -> None:
    caption = "Trucks on the bridge at Rudare on Wednesday morning."
    figure = f'<figure><img src="https://e.org/a.jpg"><figcaption>{caption}</figcaption></figure><p>{caption}</p>'
    html = page(head='<meta property="og:image" content="https://e.org/a.jpg">').replace("<p>", f"{figure}<p>", 1)
    (tmp_path / "a.html").write_text(html, "utf-8")
    done = run_import(archive.root, tmp_path / "a.html")
    front, _, body = (archive.root / done.imported[0].path).read_text("utf-8").partition("\n---\n")
    assert caption in front and caption not in body


def test_an_article_from_the_future_gets_the_day_that_is_said(archive: Archive, tmp_path: Path) -> None:
    capture = Capture(name="a", data=page(published="2031-05-05").encode())
    wanted = Wanted(date(2022, 9, 1))
    tagger = Tagger(ArchiveNames("en"))
    [refused] = convert(capture, tagger, wanted)
    assert isinstance(refused, Refusal) and "in the future; give --date" in refused.message
    [draft] = convert(capture, tagger, replace(wanted, published=parse_moment("2022-08-24")))
    assert isinstance(draft, Draft) and draft.article.published == parse_moment("2022-08-24")


@pytest.mark.parametrize(
    ("url", "state"),
    [
        ("https://www.irishtimes.ie/news/a", "IE"),
        ("https://www.bbc.co.uk/news/world-us-canada-43659650", "US"),
        ("https://www.bbc.co.uk/news/uk-43659650", "GB"),
        ("https://www.example.fr/monde/a", ""),
    ],
)
def test_news_from_abroad_is_of_the_state_that_its_section_names(url: str, state: str) -> None:
    assert home_of(url) == state


@pytest.mark.parametrize("duplicates", ["attach", "keep"])
def test_rows_and_posts_that_are_there_are_told_without_being_converted(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, duplicates: str
) -> None:
    rows = "".join(
        json.dumps({"title": f"Report {n}", "text": text.format(**MARCH), "published": "2021-04-01"}) + "\n"
        for n, text in enumerate(REPORT)
    )
    table = save(tmp_path, "rows.jsonl", rows)
    export = save(tmp_path, "export.xml", wordpress(post(), post("The mill", "A mill stands there. " * 20, number=2)))
    first = run_import(archive.root, table, export, duplicates=duplicates)
    assert len(first.imported) == 5

    def convert_nothing(*_: object) -> list[Draft | Refusal]:
        pytest.fail("was converted")

    if duplicates == "attach":
        monkeypatch.setattr(working, "convert_capture", convert_nothing)
    again = run_import(archive.root, table, export, duplicates=duplicates)
    rows_again = {one.path for one in again.duplicates if "rows.jsonl" in one.name}
    assert rows_again == {one.path for one in first.imported if "rows.jsonl" in one.name}
    if duplicates == "attach":
        assert (len(again.imported), len(again.duplicates)) == (0, 5)
    else:  # the very same row is never kept twice; an address may be
        assert len(again.imported) == 2


def test_an_update_at_the_same_address_is_told_and_the_same_words_are_not(archive: Archive, tmp_path: Path) -> None:
    added = "In the evening the force corrected the number of those who had stood there, and named two: drivers "
    added += "of a firm from Raska, who had been asked to come by somebody whom they did not know."
    update = page(paragraphs=(*PARAGRAPHS, added))
    again = page(head="<meta name='seen' content='again'>")
    run_import(archive.root, save(tmp_path, "a.html", page()))
    for name, html, differs in (("b.html", again, False), ("c.html", update, True)):
        (found,) = run_import(archive.root, save(tmp_path, name, html)).duplicates
        assert (found.kind, found.differs) == ("same address", differs)
    ran = archive.run("import", str(tmp_path / "saved/c.html"))
    assert (ran.status, ran.err.count("its words differ, as an update's do: --duplicates keep writes it")) == (0, 1)
    assert len(run_import(archive.root, tmp_path / "saved/c.html", duplicates="keep").imported) == 1
