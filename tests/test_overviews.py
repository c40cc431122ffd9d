"""The pages that look over the archive: time, news, corrections, coverage, the codebook, and ways in."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pytest
import sites
from conftest import REPOSITORY, Archive

from builder.model.briefing import Briefing, Confidence, Location
from builder.model.common import Trend
from builder.model.dossier import Dossier
from builder.model.records import Actor, Source
from builder.pages.activity import activity_value, level
from builder.pages.overviews import OVERVIEWS
from builder.pages.wording import Wording
from builder.reading.typed import field_names

ATOM = "{http://www.w3.org/2005/Atom}"
SECRET = "A name that nobody may read"


def _filled(root: Path) -> Archive:
    archive = sites.archive_at(root, 'base_url = "https://archive.example/"\ncontact = "editors@archive.example"\n')
    archive.records(
        "regions",
        {"name": "Continent", "code": "150"},
        {"name": "North", "parent": "Continent", "code": "XN"},
        {"name": "Quiet", "parent": "Continent", "code": "XN-Q"},
    )
    archive.records("actors", {"name": "Alpha", "kind": "government"}, {"name": "Beta", "kind": "armed group"})
    archive.records(
        "sources",
        {"name": "Wire", "kind": "news agency", "reliability": "B"},
        {"name": "Organ", "kind": "state media", "state_controlled": True},
    )
    archive.write(
        "dossiers/war.md",
        title="A war",
        key_dates=[
            {"date": "2021-12-31", "text": "It all began."},
            {"date": "2022-08-18", "text": "A truce was signed."},
        ],
    )
    war = {"dossier": "war", "region": "North", "actors": ["Alpha", "Beta"], "sources": [{"name": "Wire"}]}
    archive.write("briefings/a.md", title="First of all", date="2021-08-17", published="2021-08-18", **war)
    archive.write(
        "briefings/b.md",
        title="A year later",
        date="2022-08-17T14:09",
        published="2022-08-18",
        updated="2023-03-01T09:30",
        corrections=[
            {"date": "2022-09-01", "note": "The bridge was mended.", "kind": "factual"},
            {"date": "2023-03-01", "note": "A name was put right."},
        ],
        trend="escalating",
        trend_reason="Shots were fired.",
        **{**war, "sources": [{"name": "Wire"}, {"name": "Organ"}, {"name": "Organ"}]},
    )
    archive.write(
        "briefings/c.md", title="Over three days", date="2022-08-17/2022-08-19", published="2022-08-20", **war
    )
    archive.write("briefings/d.md", title="In some month", date="2022-09", published="2022-10-01", region="Continent")
    archive.write("briefings/e.md", title="In some year", date="2022", published="2022-10-02", actors=["Beta", "Gamma"])
    archive.write(
        "briefings/f.md",
        title="What was wrong",
        date="2022-08-17",
        withdrawn={"date": "2023-01-05", "reason": "It never happened.", "replaced_by": "b"},
    )
    archive.write(
        "briefings/g.md",
        title=SECRET,
        id="hidden",
        slug="g-1",
        date="2022-08-17",
        withdrawn={"date": "2023-02-01", "reason": "It put someone in danger.", "hide_title": True},
    )
    for name in ("corrections", "coverage", "codebook"):
        archive.write(f"pages/{name}.md", f"The curators' words on {name}.\n", title=f"Our {name}")
    archive.build()
    return archive


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return Archive(sites.once(tmp_path_factory, "overviews", _filled))


def _rows(page: str, number: int = 0) -> list[list[str]]:
    """The rows of a table of a page, as text."""
    return [[sites.words(cell) for cell in row] for row in list(sites.tree(page).iter("table"))[number].iter("tr")]


# Time


def test_the_timeline_leads_from_the_year_to_the_month_to_the_event(filled: Archive) -> None:
    page = filled.page("/timeline/")
    rows = _rows(page)
    assert rows[0][:3] == ["Year", "Jan", "Feb"]
    assert [row[0] for row in rows[1:]] == ["2022", "2021"]
    assert rows[1][8:10] == ["2", "1"] and rows[1][-1] == "4"
    there = [to for _, to in sites.links(page)]
    for address in ("../2022/", "../2022/08/", "../2022/08/17/b/", "../2022/09/d/", "../2022/e/"):
        assert address in there, address
    assert "../2022/07/" not in there
    years = [details.find(".//h2") for details in sites.tree(page).iter("details")]
    assert [sites.words(year) for year in years] == ["2022", "2021"]


def test_a_year_shows_every_day_with_how_many_briefings_it_has(filled: Archive) -> None:
    page = filled.page("/2022/")
    tables = [table for table in sites.tree(page).iter("table") if table.get("class") == "heat"]
    assert [sites.words(table.find("caption")) for table in tables][:8][-1] == "August"
    days = {(link.get("title"), sites.words(link)): link.get("href") for table in tables for link in table.iter("a")}
    assert days["August\u00a017, 2022", "17 2"] == "../2022/08/17/"
    assert len(list(tables[7].iter("td"))) % 7 == 0
    cells = {sites.words(cell) for cell in tables[7].iter("td")}
    assert {"1", "17 2", "31"} <= cells  # the count stands below the day: not only its shade tells


@pytest.mark.parametrize(("language", "first"), [("en-US", "Sunday"), ("en-GB", "Monday"), ("fr", "lundi")])
def test_weeks_begin_as_they_do_where_the_language_is_spoken(language: str, first: str) -> None:
    assert Wording(language).weekdays()[0][2] == first


def test_a_day_of_the_year_has_what_happened_on_it_in_every_year(filled: Archive) -> None:
    page = filled.page("/on/08-17/")
    # A range stands on its first day; what is known to its month only, nowhere.
    assert sites.titles(page) == ["A year later", "Over three days", "First of all"]
    assert [path.name for path in sorted((filled.output / "on").iterdir())] == ["08-17"]
    for address in ("/2022/08/17/", "/2022/08/17/b/", "/2021/08/17/a/"):
        assert any(to.endswith("/on/08-17/") for _, to in sites.links(filled.page(address))), address
    assert not any("/on/" in to for _, to in sites.links(filled.page("/2022/09/d/")))


def test_the_29th_of_february_has_a_page(archive: Archive) -> None:
    archive.write("briefings/leap.md", date="2024-02-29")
    archive.write("briefings/before.md", date="2023-02-28")
    archive.build()
    assert "February 29" in sites.main_of(archive.page("/on/02-29/"))
    assert "../../on/02-28/" in [to for _, to in sites.links(archive.page("/on/02-29/"))]


# What lately came in


def test_news_are_in_the_order_in_which_they_came_in(filled: Archive) -> None:
    page = filled.page("/recent/")
    news = [(sites.words(a.find(".//p")), sites.words(a.find(".//h3"))) for a in sites.tree(page).iter("article")]
    assert [title for _, title in news] == [
        "A year later",
        "A briefing that was withdrawn",
        "What was wrong",
        "In some year",
        "In some month",
        "Over three days",
        "First of all",
    ]
    assert news[0][0] == "March 1, 2023 Revised"
    assert news[2][0] == "January 5, 2023 Withdrawn"
    assert news[3][0] == "October 2, 2022 Added"


def test_home_shows_the_newest_news_apart_from_the_newest_events(filled: Archive) -> None:
    home = sites.tree(filled.page("/"))
    aside = next(a for a in home.iter("aside"))
    first = next(a for a in aside.iter("li"))
    assert sites.words(first) == "A year later Revised March 1, 2023"
    assert sites.titles(filled.page("/"))[0] == "In some month"


# Corrections and withdrawals


def test_all_corrections_and_withdrawals_are_told_newest_first(filled: Archive) -> None:
    page = filled.page("/corrections/")
    told = [[sites.words(part) for part in article] for article in sites.tree(page).iter("article")]
    assert told[0] == ["March 1, 2023 Corrected", "A year later", "A name was put right."]
    assert told[1][:3] == ["February 1, 2023 Withdrawn", "A briefing that was withdrawn", "It put someone in danger."]
    assert told[2] == [
        "January 5, 2023 Withdrawn",
        "What was wrong",
        "It never happened.",
        "Read instead: A year later",
    ]
    assert told[3] == ["September 1, 2022 Factual", "A year later", "The bridge was mended."]
    assert "../2022/08/17/b/#_corrections" in [to for _, to in sites.links(page)]
    assert "editors@archive.example" in sites.main_of(page)
    assert "The curators’ words on corrections." in sites.main_of(page)


def test_of_a_title_that_is_withheld_only_the_ids_digest_and_the_reason_are_told(filled: Archive) -> None:
    digest = hashlib.sha256(b"hidden").hexdigest()
    assert digest in sites.main_of(filled.page("/corrections/"))
    for path, data in filled.files().items():
        assert SECRET.encode() not in data, path
    for address in ("/corrections/", "/corrections/feed.xml", "/recent/", "/"):
        assert "g-1" not in filled.page(address), address


def test_every_foot_leads_to_the_corrections_and_names_whom_to_write_to(filled: Archive) -> None:
    for path in ("index.html", "2022/08/17/b/index.html", "tags/index.html", "404.html", "on/08-17/index.html"):
        foot = sites.tree(filled.page(f"/{path}")).find(".//footer")
        assert foot is not None and "editors@archive.example" in sites.words(foot), path
        assert any((link.get("href") or "").endswith("/corrections/") for link in foot.iter("a")), path


def test_the_feed_of_corrections_has_an_entry_for_each(filled: Archive) -> None:
    feed = ElementTree.fromstring(filled.page("/corrections/feed.xml"))
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "Corrected: A year later",
        "Withdrawn briefing",
        "Withdrawn: What was wrong",
        "Corrected: A year later",
    ]
    assert entries[0].findtext(f"{ATOM}updated") == "2023-03-01T00:00:00Z"
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 4
    assert entries[3].findtext(f"{ATOM}summary") == "The bridge was mended."
    page = sites.tree(filled.page("/corrections/"))
    feeds = [link.get("href") for link in page.iter("link") if link.get("type") == "application/atom+xml"]
    assert "../corrections/feed.xml" in feeds


def test_a_long_list_of_corrections_is_divided_by_year(archive: Archive) -> None:
    for number, day in enumerate(sites.days(70, first=sites.date(2022, 1, 1), step=10)):
        archive.write(
            f"briefings/b{number}.md", date="2022-01-01", corrections=[{"date": day, "note": f"Note {number}."}]
        )
    archive.build()
    page = archive.page("/corrections/")
    assert len(list(sites.tree(page).iter("article"))) == 20
    assert [words for words, to in sites.links(page) if "/corrections/2" in to] == ["2023", "2022"]
    first, second = (len(list(sites.tree(archive.page(f"/corrections/{y}/")).iter("article"))) for y in (2022, 2023))
    assert first + second == 70


# Coverage


def test_coverage_counts_briefings_by_region_and_year(filled: Archive) -> None:
    rows = _rows(filled.page("/coverage/"))
    assert rows == [
        ["Region", "2021", "2022", "All"],
        ["Continent", "1", "3", "4"],
        ["North", "1", "2", "3"],
        ["No region given", "", "1", "1"],
        ["All briefings", "1", "4", "5"],
    ]
    text = sites.main_of(filled.page("/coverage/"))
    assert "On record, but without a briefing Quiet" in text
    assert "The curators’ words on coverage." in text


def test_coverage_of_a_year_counts_briefings_by_region_and_month(filled: Archive) -> None:
    rows = _rows(filled.page("/coverage/2022/"))
    assert rows[0][0] == "Region" and len(rows[0]) == 14
    assert rows[1] == ["Continent", *[""] * 7, "2", "1", *[""] * 3, "3"]
    assert rows[-1] == ["All briefings", *[""] * 7, "2", "1", *[""] * 3, "4"]


# The codebook


def test_the_codebook_has_every_field_with_its_meaning(filled: Archive) -> None:
    page = filled.page("/codebook/")
    tables = {
        sites.words(section.find("h2")): [[sites.words(cell) for cell in row] for row in section.iter("tr")][1:]
        for section in sites.tree(page).iter("section")
    }
    for heading, type_ in (
        ("Briefings", Briefing),
        ("Briefings: location", Location),
        ("Dossiers", Dossier),
        ("Actors", Actor),
        ("Sources", Source),
    ):
        assert tuple(row[0] for row in tables[heading]) == field_names(type_), heading
    for heading, rows in tables.items():
        for row in rows:
            assert row[-1], f"{heading}: {row[0]} has no meaning"
    by_name = {row[0]: row for row in tables["Briefings"]}
    assert by_name["title"][1] == "text (required)"
    assert by_name["date"][1] == "date or range"
    assert by_name["confidence"][2].endswith(", ".join(get_args(Confidence)))
    assert by_name["trend"][2].endswith(", ".join(get_args(Trend)))
    assert tables["Grades of sources"][:1] == [["B", "usually reliable"]]
    assert "The curators’ words on codebook." in sites.main_of(page)


def test_what_the_grades_mean_is_one_click_from_a_source(filled: Archive) -> None:
    link = next(to for words, to in sites.links(filled.page("/2022/08/17/b/")) if words == "What each grade means")
    assert link.endswith("/codebook/#_reliability")
    assert 'id="_reliability"' in filled.page("/codebook/")


# Dossiers and terms


def test_a_dossiers_timeline_has_its_key_dates_among_its_briefings(filled: Archive) -> None:
    page = filled.page("/dossiers/war/")
    section = next(s for s in sites.tree(page).iter("section") if s.get("aria-labelledby") == "_chronology")
    assert [sites.words(item) for item in section.iter("dd")] == [
        "First of all",
        "It all began.",
        "Over three days",
        "A year later Escalating",
        "A truce was signed.",
    ]


def test_a_dossiers_actors_are_drawn_and_stand_in_a_table_too(filled: Archive) -> None:
    page = filled.page("/dossiers/war/")
    section = next(s for s in sites.tree(page).iter("section") if s.get("aria-labelledby") == "_network")
    assert len(list(section.iter("{http://www.w3.org/2000/svg}path")) or list(section.iter("path"))) == 1
    rows = [[sites.words(cell) for cell in row] for row in section.iter("tr")]
    assert rows[1:] == [["Alpha", "3", "Beta (3)"], ["Beta", "3", "Alpha (3)"]]


def test_of_many_ties_the_strongest_are_drawn_and_none_who_has_one_stands_alone(archive: Archive) -> None:
    crowd = [f"Actor {number:02}" for number in range(15)]
    archive.write("dossiers/war.md")
    archive.write("briefings/a.md", dossier="war", actors=crowd)
    archive.write("briefings/b.md", dossier="war", actors=crowd)
    archive.write("briefings/c.md", dossier="war", actors=["Actor 00", "Outsider"])
    archive.build()
    section = next(
        s for s in sites.tree(archive.page("/dossiers/war/")).iter("section") if s.get("aria-labelledby") == "_network"
    )
    assert len([element for element in section.iter() if str(element.tag).endswith("path")]) == 80 + 1
    assert "Lines for the fewest briefings are left out: 25." in sites.words(section)


def test_a_dossier_tells_which_kinds_of_source_it_rests_on(filled: Archive) -> None:
    section = next(
        s for s in sites.tree(filled.page("/dossiers/war/")).iter("section") if s.get("aria-labelledby") == "_reliance"
    )
    rows = [[sites.words(cell) for cell in row] for row in section.iter("tr")]
    assert rows[1:] == [
        ["news agency", "3", "Wire (B, 3)"],
        ["state media", "1", "Organ (1) State-controlled media"],
    ]


def test_a_dossier_of_many_judgements_shows_the_newest_and_the_last_of_each_earlier_year(archive: Archive) -> None:
    archive.write("dossiers/war.md")
    sites.series(archive, sites.days(100, first=sites.date(2020, 1, 1), step=14), dossier="war", trend="stable")
    archive.build()
    page = archive.page("/dossiers/war/")
    arrows = next(element for element in sites.tree(page).iter("ol") if element.get("class") == "trends")
    assert len(list(arrows)) == 60 + 2


def test_a_single_judgement_is_told_and_not_drawn(archive: Archive) -> None:
    archive.write("dossiers/war.md")
    archive.write("briefings/one.md", dossier="war", trend="stable", trend_reason="Nothing moved.")
    archive.build()
    page = sites.tree(archive.page("/dossiers/war/"))
    section = next(s for s in page.iter("section") if s.get("aria-labelledby") == "_trends")
    assert sites.words(section) == "The trend over time August 17, 2022 Stable Nothing moved. one"
    assert section.find(".//ol") is None and section.find(".//details") is None


def test_a_term_tells_what_it_is_reported_with(filled: Archive) -> None:
    text = sites.main_of(filled.page("/actors/beta/"))
    assert "Reported together with Actors Alpha 3 Gamma 1 Regions North 3 Dossiers A war 3" in text
    assert "What it is relied on for Dossiers A war 3 Regions North 3" in sites.main_of(filled.page("/sources/wire/"))


def test_a_regions_code_is_named_by_its_standard(filled: Archive) -> None:
    for address, standard in (("continent", "UN M49 150"), ("north", "ISO 3166-1 XN"), ("quiet", "ISO 3166-2 XN-Q")):
        assert standard in sites.main_of(filled.page(f"/regions/{address}/")), address


def test_activity_is_drawn_and_stands_in_a_table_too(filled: Archive) -> None:
    page = filled.page("/actors/alpha/")
    figure = next(f for f in sites.tree(page).iter("figure") if f.get("class") == "activity")
    assert "By month, August 2021 to August 2022; most in August 2022: 2" in sites.words(figure)
    rows = [[sites.words(cell) for cell in row] for row in figure.iter("tr")]
    assert rows[1:] == [["August 2022", "2"], ["August 2021", "1"]]


def test_activity_has_room_for_the_periods_without_briefings() -> None:
    value = activity_value(Wording("en"), ((("2022", "01"), 1), (("2022", "12"), 4)))
    assert value is not None
    assert [bar["x"] // 24 for bar in value["bars"]] == [0, 11]
    assert [bar["height"] for bar in value["bars"]] == [10, 40]
    assert activity_value(Wording("en"), ((("2022", "01"), 1),)) is None


@pytest.mark.parametrize(
    ("count", "peak", "shade"), [(0, 9, 0), (1, 1, 1), (3, 4, 3), (1, 100, 1), (50, 100, 2), (9, 9, 4)]
)
def test_one_is_never_the_darkest(count: int, peak: int, shade: int) -> None:
    assert level(count, peak) == shade


def test_home_counts_the_last_30_days_of_the_archives_own_time(archive: Archive) -> None:
    archive.write("dossiers/war.md")
    for day in ("2001-01-01", "2001-01-02", "2001-01-31", "2001-02-01"):
        archive.write(f"briefings/{day}-x.md", date=day, dossier="war")
    archive.build()
    # 30 days up to the first of February begin on the third of January.
    assert "Briefings: 4, in 30 days: 2" in sites.main_of(archive.page("/"))
    assert "‘In 30 days’" in archive.page("/")


def test_home_explains_in_30_days_only_where_a_dossier_says_it(archive: Archive) -> None:
    archive.write("dossiers/war.md")
    archive.write("briefings/then.md", date="2001-01-01", dossier="war")
    archive.write("briefings/now.md", date="2001-03-01")
    archive.build()
    assert "30 days" not in sites.main_of(archive.page("/"))


def test_home_leads_to_what_has_most_briefings(filled: Archive) -> None:
    there = dict(sites.links(filled.page("/")))
    assert there["Continent"] == "./regions/continent/" and there["Beta"] == "./actors/beta/"
    assert there["All actors"] == "./actors/"
    text = sites.main_of(filled.page("/"))
    assert "By actor Beta 4 Alpha 3" in text


def test_paragraphs_can_be_linked_to(archive: Archive) -> None:
    archive.write("briefings/a.md", "First.\n\n- in a list\n\n::: contested\nSecond.\n:::\n\n> quoted\n\nThird.\n")
    archive.build()
    body = next(d for d in sites.tree(archive.page("/2022/08/17/a/")).iter("div") if d.get("class") == "prose")
    numbered = {p.get("id"): p for p in body.iter("p") if p.get("id")}
    assert [sites.words(p) for p in numbered.values()] == ["First.", "Second.", "Third."]
    links = [a for p in numbered.values() for a in p.iter("a")]
    assert [a.get("href") for a in links] == ["#_p1", "#_p2", "#_p3"]
    assert [a.get("aria-label") for a in links] == ["Link to paragraph 1", "Link to paragraph 2", "Link to paragraph 3"]


# Freshness


def test_an_added_briefing_leaves_the_overviews_of_other_times_as_they_were(filled: Archive, tmp_path: Path) -> None:
    other = sites.copy_of(filled, tmp_path / "archive")
    other.build()
    before = other.files()
    assert before == filled.files()
    other.write("briefings/new.md", title="News", date="2022-08-01", published="2023-04-01", region="North")
    other.build()
    changed = sites.changed(before, other.files())
    assert {
        "index.html",
        "timeline/index.html",
        "recent/index.html",
        "coverage/index.html",
        "coverage/2022/index.html",
        "on/08-01/index.html",
        "2022/index.html",
        "regions/north/index.html",
    } <= changed
    untouched = {
        "codebook/index.html",
        "corrections/index.html",
        "corrections/feed.xml",
        "coverage/2021/index.html",
        "2021/index.html",
        "actors/alpha/index.html",
        "sources/wire/index.html",
        "dossiers/war/index.html",
        "tags/index.html",
    }
    assert untouched.isdisjoint(changed) and untouched <= before.keys()


# Themes, languages


def test_a_theme_without_an_overviews_template_has_no_such_page(archive: Archive) -> None:
    shutil.copytree(REPOSITORY / "benchmarks/sites/sitrep/themes", archive.root / "themes")
    archive.config('base_url = "https://archive.example/"\ntheme = "bare"\n')
    archive.write("briefings/a.md", corrections=[{"date": "2023-01-01", "note": "A note."}])
    archive.write("pages/corrections.md", "Words on corrections.\n", title="Corrections")
    archive.build()
    made = {path.name for path in archive.output.iterdir()}
    assert made.isdisjoint({*OVERVIEWS} - {"corrections"})
    # The words for its head are a page of prose then, as any other.
    assert "Words on corrections." in sites.main_of(archive.page("/corrections/"))
    assert not (archive.output / "corrections/feed.xml").exists()


def test_overviews_exist_in_every_language(archive: Archive) -> None:
    archive.config('base_url = "https://archive.example/"\nlanguages = ["fr"]\n')
    archive.write("briefings/a.md", title="In English", corrections=[{"date": "2023-01-01", "note": "A note."}])
    archive.write_text("briefings/a.fr.md", "---\ntitle: En français\n---\n\nDes mots.\n")
    archive.write("pages/coverage.md", "Words in English.\n", title="Coverage")
    archive.write("pages/coverage.fr.md", "Des mots.\n", title="Couverture")
    archive.build("--strict")
    for address in ("timeline", "recent", "corrections", "coverage", "codebook", "on/08-17", "coverage/2022"):
        page = sites.tree(archive.page(f"/fr/{address}/"))
        assert page.get("lang") == "fr", address
    assert "Des mots." in sites.main_of(archive.page("/fr/coverage/"))
    assert sites.titles(archive.page("/fr/on/08-17/")) == ["En français"]
    assert "17 août" in sites.main_of(archive.page("/fr/on/08-17/"))
    assert "../../fr/2022/08/17/a/" in [to for _, to in sites.links(archive.page("/fr/timeline/"))]


def test_an_overview_of_nothing_says_so(archive: Archive) -> None:
    archive.build()
    for address in ("/timeline/", "/recent/", "/corrections/", "/coverage/"):
        assert re.search("None|All briefings", sites.main_of(archive.page(address))), address
