"""Each kind of page shows what it must, and nothing that it must not."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
import sites
from conftest import REPOSITORY, Archive


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return sites.shared_rich_archive(tmp_path_factory)


FIRST = "/2022/08/17/first/"


def _section(page: str, heading: str) -> str:
    """The text of the section under a heading."""
    for element in sites.tree(page).iter():
        first = next((sites.words(c) for c in element if re.fullmatch("h[2-6]", str(c.tag))), None)
        if first == heading:
            return sites.words(element)
    raise AssertionError(f"there is no section {heading}")


# A briefing


def test_a_briefing_shows_its_title_standfirst_date_and_words(rich: Archive) -> None:
    page = rich.page(FIRST)
    text = sites.main_of(page)
    assert sites.words(sites.tree(page).find(".//h1")) == 'The first & "foremost" <briefing>'
    assert "A standfirst with <angles> & ampersands." in text
    assert "17 August 2022, 14:09 UTC+2" in text or "August 17, 2022" in text
    assert "Both sides say" in text
    assert "<script>alert(1)</script>" in text


@pytest.mark.parametrize("theme", ["broadsheet", "lowband"])
def test_a_page_without_a_summary_says_its_first_paragraph_once_and_lists_say_it_too(
    archive: Archive, theme: str
) -> None:
    archive.config(f'theme = "{theme}"\nbase_url = "https://example.org"\n')
    for path in ("briefings/a.md", "dossiers/d.md", "pages/p.md"):
        archive.write(path, "How it began.\n\nHow it went on.\n")
    archive.run("build")
    for address in ("/2022/08/17/a/", "/dossiers/d/", "/p/"):
        page = sites.tree(archive.page(address))
        main = page.find(".//main")
        assert sites.words(main).count("How it began.") == 1
        assert page.find(".//p[@class='standfirst']") is None
        assert page.find(".//meta[@name='description']").get("content") == "How it began."
    for address in ("/2022/", "/dossiers/"):
        assert "How it began." in sites.main_of(archive.page(address))
    assert "How it began." in archive.page("/feed.xml")


def test_a_briefing_shows_each_figure_with_who_says_so(rich: Archive) -> None:
    rows = [
        [sites.words(cell) for cell in row]
        for table in sites.tree(rich.page(FIRST)).iter("table")
        if table.get("class") == "figures"
        for row in table.iter("tr")
    ]
    assert rows[1][:3] == ["injured", "1,250", "The hospital"]
    assert "17" in rows[1][3] and "2022" in rows[1][3]
    assert rows[2][:3] == ["detained", "3–5", "The police"]
    assert rows[3][1:3] == ["100 or more", "The Red Cross"]


def test_an_address_that_a_page_may_not_hold_is_percent_encoded(archive: Archive) -> None:
    archive.records("sources", {"name": "Wire", "url": "https://wire.example/|"})
    archive.write(
        "briefings/a.md",
        sources=[
            {
                "name": "Wire",
                "url": "https://wire.example/a b[1]?q=<x>|%zz%20#a#b",
                "archived_url": "https://w.example/{}",
            },
            {"url": "https://[2001:db8::1]/ж"},
        ],
    )
    archive.build()
    to = [to for _, to in sites.links(archive.page("/2022/08/17/a/"))]
    assert "https://wire.example/a%20b%5B1%5D?q=%3Cx%3E%7C%25zz%20#a%23b" in to
    assert "https://w.example/%7B%7D" in to
    assert "https://[2001:db8::1]/ж" in to
    assert "https://wire.example/%7C" in [to for _, to in sites.links(archive.page("/sources/wire/"))]


def test_a_briefing_shows_each_source_with_both_grades_apart(rich: Archive) -> None:
    sources = [sites.words(item) for item in sites.tree(rich.page(FIRST)).findall(".//ol[@class='sources']/li")]
    assert len(sources) == 3
    assert "State Wire" in sources[0] and "State-controlled" in sources[0]
    assert "D – not usually reliable" in sources[0] and "standing grade" in sources[0]
    assert "6 – truth cannot be judged" in sources[0]
    # Told by its host, graded by itself, without a credibility.
    assert "State Wire" in sources[1] and "C – fairly reliable" in sources[1] and "standing grade" not in sources[1]
    assert re.search("Report ungraded", sources[1])
    assert "Gazette" in sources[2] and "ngraded" in sources[2] and "archived copy" in sources[2]


def test_a_briefing_shows_what_else_was_written_about_it(rich: Archive) -> None:
    text = sites.main_of(rich.page(FIRST))
    for shown in (
        "Ann Author, Ben Author",
        "Provisional",
        "Escalating",
        "There was fire.",
        "Moderate",
        "Explosions/Remote violence",
        "Bridgetown",
        "The north",
        "From the north",
        "The report",
        "CC0",
        "The number of injured.",
        "0" * 63 + "a",
        "2022-08-18 by hand",
        "event type",
        "0.8",
        "Unknown Group",
        "C++",
    ):
        assert shown in text, shown


def test_corrections_are_shown_newest_first(rich: Archive) -> None:
    text = _section(rich.page(FIRST), "Corrections")
    assert text.index("A name.") < text.index("The number of injured.")


def test_an_event_known_only_to_an_area_shows_no_point(rich: Archive) -> None:
    text = sites.main_of(rich.page(FIRST))
    assert "42.9" in text
    assert "42.5" not in text


def test_a_note_stands_at_the_head_wherever_its_name_heads_a_page(rich: Archive) -> None:
    note = "This name is without prejudice to positions on status."
    for address in ("/regions/northland/", FIRST, "/2022/08/19/second/", "/dossiers/north-south/"):
        page = rich.page(address)
        header = sites.tree(page).find(".//main//header")
        assert note in sites.words(header), address
    assert note in sites.main_of(rich.page("/regions/"))
    assert "Under a mandate of 1999." in sites.words(
        sites.tree(rich.page("/actors/stabilisation-force/")).find(".//main//header")
    )
    assert "Any size." in sites.words(sites.tree(rich.page("/tags/protest/")).find(".//main//header"))


def test_a_content_warning_stands_before_the_body_and_marks_the_lists(rich: Archive) -> None:
    page = sites.main_of(rich.page("/2022/08/19/second/"))
    assert page.index("Describes violence.") < page.index("Much.")
    assert "Content warning" in sites.main_of(rich.page("/2022/08/19/"))


def test_the_digest_of_the_authors_words_is_shown_and_no_theme_changes_it(rich: Archive) -> None:
    digest = next(b for b in json.loads(rich.page("/manifest.json"))["briefings"] if b["id"] == "first")["digest"]
    assert digest in sites.main_of(rich.page(FIRST))


def test_attachments_and_pictures_are_published_under_their_hash(rich: Archive) -> None:
    page = rich.page(FIRST)
    main = sites.tree(page).find(".//main")
    assert main is not None
    pictures = [picture.get("src", "") for picture in main.iter("img")]
    assert len(pictures) == 2 and len(set(pictures)) == 1
    assert (rich.output / pictures[0].replace("../", "")).read_bytes() == sites.PNG
    attached = next(to for words, to in sites.links(page) if words == "The report")
    assert (rich.output / attached.replace("../", "")).read_bytes() == b"%PDF-1.4 a report"


# Status, drafts, the future


def test_provisional_and_confirmed_are_marked_in_every_list(rich: Archive) -> None:
    for address in (
        "/",
        "/2022/",
        "/2022/08/",
        "/2022/08/17/",
        "/regions/northland/",
        "/tags/protest/",
        "/actors/northern-alliance/",
    ):
        card = next(
            c
            for c in sites.tree(rich.page(address)).iter("article")
            if c.find("h3") is not None and "first" in sites.words(c.find("h3"))
        )
        assert "Provisional" in sites.words(card), address
    card = next(c for c in sites.tree(rich.page("/2022/08/19/")).iter("article") if c.find("h3") is not None)
    assert "Confirmed" in sites.words(card)


def test_a_draft_changes_no_byte_of_the_published_site(rich: Archive, tmp_path: Path) -> None:
    # Not only its page: its names, its spellings of them, its pictures and its links stay at home.
    other = sites.copy_of(rich, tmp_path / "archive")
    other.write_bytes("media/secret.png", sites.PNG + b"secret")
    other.write(
        "briefings/secret.md",
        "[The first](first.md), ![A picture](/media/secret.png)\n",
        title="A secret draft",
        date="1999-01-01",
        draft=True,
        region=["Secret Region", "northland"],
        actors=["Secret Actor", "unknown group", "unknown group"],
        tags=["secret tag", "æther"],
        sources=[{"name": "Secret Source"}, {"name": "GAZETTE"}],
        dossier="north-south",
        trend="escalating",
        aliases=["/secret/"],
    )
    other.write("pages/secret.md", title="A secret page", draft=True)
    other.build()
    assert sites.changed(rich.files(), other.files()) == set()


def test_drafts_are_counted_and_shown_only_when_asked_for(rich: Archive, tmp_path: Path) -> None:
    assert not (rich.output / "2022/08/22").exists()
    other = sites.copy_of(rich, tmp_path / "archive")
    ran = other.build("--json")
    assert ran.report["counts"]["drafts"] == 1
    other.build("--drafts")
    page = other.page("/2022/08/22/draft/")
    assert "Draft" in sites.main_of(page)
    assert sites.tree(page).find(".//meta[@name='robots']").get("content") == "noindex"  # type: ignore[union-attr]
    assert "/2022/08/22/draft/" not in other.page("/sitemap.xml")
    assert "Draft" in sites.main_of(other.page("/2022/08/22/"))
    other.build()
    assert other.files() == rich.files()


def test_the_future_is_published_with_a_warning(archive: Archive) -> None:
    archive.write("briefings/soon.md", title="Soon", date="2999-01-01", published="2022-01-01")
    archive.write("briefings/later.md", title="Later", date="2999-01-01", draft=True)
    ran = archive.build()
    assert len(ran.faults) == 1 and "briefings/soon.md:3: warning: date: " in ran.faults[0]
    text = sites.main_of(archive.page("/2999/01/01/soon/"))
    assert "it tells what was expected" in text
    assert sites.titles(archive.page("/")) == ["Soon"]


# Withdrawn


def test_a_withdrawn_briefing_is_a_notice_that_says_when_why_and_what_to_read_instead(rich: Archive) -> None:
    page = rich.page("/2022/08/21/withdrawn/")
    text = sites.main_of(page)
    assert "What we got wrong" in text
    assert "It never happened." in text
    assert "October 1, 2022" in text or "1 October 2022" in text
    assert ("The second", "../../../../2022/08/19/second/") in sites.links(page)
    assert "Withdrawn words." not in page
    assert sites.tree(page).find(".//meta[@name='robots']").get("content") == "noindex"  # type: ignore[union-attr]


def test_a_withdrawn_briefing_leaves_everything_but_its_notice_and_feeds(rich: Archive) -> None:
    for path, data in rich.files().items():
        told_there = ("2022/08/21/withdrawn/index.html", "corrections/index.html", "recent/index.html")
        if path not in told_there and not path.endswith(("feed.xml", "feed.json")):
            assert b"What we got wrong" not in data, path
            assert b"2022/08/21/withdrawn" not in data or path == ".sitrep-build.json" or path == "manifest.json", path
        assert b"Withdrawn words." not in data, path
    assert not (rich.output / "2022/08/21/index.html").exists()


def test_a_withdrawal_leaves_the_site_as_if_the_briefing_had_never_been(rich: Archive, tmp_path: Path) -> None:
    without = sites.copy_of(rich, tmp_path / "without")
    with_one = sites.copy_of(rich, tmp_path / "with")
    with_one.write(
        "briefings/gone.md",
        "Gone words.\n",
        title="Gone",
        date="1999-01-01",
        region=["Gone Region", "northland"],
        actors=["Gone Actor", "unknown group", "unknown group"],
        tags=["gone tag", "æther"],
        sources=[{"name": "Gone Source"}],
        dossier="north-south",
        trend="escalating",
        published="1999-01-01",
        withdrawn={"date": "1999-02-01", "reason": "Wrong."},
    )
    without.build()
    with_one.build()
    touched = sites.changed(without.files(), with_one.files())
    allowed = {"1999/01/01/gone/index.html", ".sitrep-build.json", "manifest.json"}
    allowed |= {"corrections/index.html", "recent/index.html"}
    allowed |= {"changes/index.html", "data/index.html", "data/datapackage.json"}  # they name the edition
    assert {path for path in touched - allowed if not path.endswith(("feed.xml", "feed.json"))} == set()
    listed = {b["id"] for b in json.loads(with_one.page("/manifest.json"))["briefings"]}
    assert "gone" not in listed


SECRETS = {
    "title": "Leaktitle",
    "body": "Leakbody",
    "summary": "Leaksummary",
    "id": "leakid",
    "region": "Leakregion",
    "actors": "Leakactor",
    "tags": "leaktag",
    "source": "Leaksource",
    "author": "Leakauthor",
    "alias": "leakalias",
    "file": "leakfile",
    "location": "Leakplace",
    "figure": "Leakfigure",
    "correction": "Leakcorrection",
    "warning": "Leakwarning",
    "extra": "Leakextra",
    "alt": "Leakalt",
    "attachment": "Leakattachment",
}


@pytest.fixture(scope="module")
def hidden(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive in which one briefing was withdrawn with its title withheld."""
    archive = sites.archive_at(tmp_path_factory.mktemp("hidden") / "archive")
    archive.write("dossiers/case.md", title="The case")
    archive.write("briefings/before.md", title="Before", date="2022-08-16", dossier="case", tags=["shared"])
    archive.write("briefings/after.md", title="After", date="2022-08-18", dossier="case", tags=["shared"])
    archive.write_bytes("media/leakpicture.png", sites.PNG)
    archive.write_bytes("media/leakreport.pdf", b"Leakpdf")
    archive.write(
        "briefings/2022-08-17-leakfile.md",
        f"{SECRETS['body']}\n",
        id=SECRETS["id"],
        slug="withheld-1",
        title=SECRETS["title"],
        date="2022-08-17",
        summary=SECRETS["summary"],
        region=SECRETS["region"],
        actors=[SECRETS["actors"]],
        tags=[SECRETS["tags"], "shared"],
        dossier="case",
        author=SECRETS["author"],
        sources=[{"name": SECRETS["source"], "url": "https://leakhost.example/"}],
        aliases=["/2022/08/17/leakalias/"],
        location={"name": SECRETS["location"], "lat": 1, "lon": 2},
        figures=[{"what": SECRETS["figure"], "value": 3, "says": "leaksays"}],
        corrections=[{"date": "2022-08-18", "note": SECRETS["correction"]}],
        warning=SECRETS["warning"],
        image={"src": "/media/leakpicture.png", "alt": SECRETS["alt"]},
        attachments=[{"file": "/media/leakreport.pdf", "title": SECRETS["attachment"]}],
        mood=SECRETS["extra"],
        trend="escalating",
        trend_reason="Leakreason",
        capture={"sha256": "ab" * 32, "converted": "leakconverted"},
        withdrawn={"date": "2022-09-01", "reason": "To protect a person.", "hide_title": True},
    )
    archive.write(
        "briefings/replaced.md",
        title="Replaced",
        date="2022-08-15",
        withdrawn={"date": "2022-09-01", "reason": "Merged.", "replaced_by": SECRETS["id"]},
    )
    archive.build()
    return archive


def test_a_withheld_title_leaks_nowhere_in_the_site(hidden: Archive) -> None:
    found = []
    for path, data in hidden.files().items():
        # The old address itself answers, as a bare notice, and is named by its own page and the lists of files.
        data = data.replace(b"2022/08/17/leakalias/", b"")
        if re.search("leak", path.replace("2022/08/17/leakalias/", ""), re.IGNORECASE):
            found.append(path)
        found += [f"{path}: {match.decode()}" for match in re.findall(rb"(?i)\bleak\w*", data)]
        if b"abababab" in data:
            found.append(f"{path}: capture")
    assert not found, "\n".join(sorted(set(found)))


def test_the_notice_of_a_withheld_title_shows_the_ids_digest_and_the_reason(hidden: Archive) -> None:
    text = sites.main_of(hidden.page("/2022/08/17/withheld-1/"))
    assert hashlib.sha256(b"leakid").hexdigest() in text
    assert "To protect a person." in text


def test_the_old_address_of_a_withheld_title_is_a_bare_notice_and_no_redirect(hidden: Archive) -> None:
    page = hidden.page("/2022/08/17/leakalias/")
    assert 'http-equiv="refresh"' not in page
    assert "withheld-1" not in page
    assert "To protect a person." in sites.main_of(page)


def test_a_withheld_title_is_not_told_by_the_notice_of_another(hidden: Archive) -> None:
    assert "Leaktitle" not in hidden.page("/2022/08/15/replaced/")


def test_neighbours_close_the_gap_that_a_withdrawn_briefing_leaves(hidden: Archive) -> None:
    assert ("After", "../../../../2022/08/18/after/") in sites.links(hidden.page("/2022/08/16/before/"))
    assert ("Before", "../../../../2022/08/16/before/") in sites.links(hidden.page("/2022/08/18/after/"))


# Before and after, related


def _before_and_after(page: str) -> list[tuple[str, str]]:
    """The links to neighbours: `rel`, and the words."""
    return [(a.get("rel", ""), sites.words(a)) for a in sites.tree(page).iter("a") if a.get("rel") in ("prev", "next")]


def test_a_briefing_leads_to_those_before_and_after_it_in_time_and_in_its_dossiers(archive: Archive) -> None:
    archive.write("dossiers/a.md", title="A")
    archive.write("dossiers/b.md", title="B")
    for number, dossiers in enumerate([["a"], [], ["b"], ["a", "b"], [], ["b"], ["a"]], 1):
        archive.write(f"briefings/n{number}.md", title=f"N{number}", date=f"2022-01-0{number}", dossier=dossiers)
    archive.build()
    assert _before_and_after(archive.page("/2022/01/04/n4/")) == [
        *[("prev", "N3"), ("next", "N5")],
        *[("prev", "N1"), ("next", "N7")],
        *[("prev", "N3"), ("next", "N6")],
    ]
    assert _before_and_after(archive.page("/2022/01/01/n1/")) == [("next", "N2"), ("next", "N4")]
    assert _before_and_after(archive.page("/2022/01/07/n7/")) == [("prev", "N6"), ("prev", "N4")]


def test_every_briefing_is_the_later_of_its_earlier(rich: Archive) -> None:
    later: dict[str, str] = {}
    for path, data in rich.files().items():
        if re.fullmatch(r"\d{4}(/\d\d)*/[a-z][^/]*/index.html", path) and b'http-equiv="refresh"' not in data:
            nav = sites.tree(data.decode()).find(".//nav[@aria-labelledby='_before-and-after']/dl")
            if nav is None:
                continue
            first_group = []
            for element in nav:
                if element.tag == "dt" and first_group:
                    break
                first_group += [
                    (a.get("rel"), a.get("href", "").lstrip("./")) for a in element.iter("a") if a.get("rel")
                ]
            later[path.removesuffix("index.html")] = dict(first_group).get("next", "")  # type: ignore[arg-type]
    chain, at = [], next(path for path in later if path not in later.values())
    while at:
        chain.append(at)
        at = later[at]
    assert len(chain) == len(later) == 236
    assert chain[-1] == "2022/08/20/arabic/"


def test_related_briefings_share_rare_terms_and_are_near_in_time(archive: Archive) -> None:
    for number in range(40):
        archive.write(f"briefings/common{number}.md", date=sites.days(40)[number], tags=["common"])
    archive.write("briefings/one.md", title="One", date="2019-01-20", tags=["common", "rare"])
    archive.write("briefings/two.md", title="Two", date="2019-01-25", tags=["common", "rare"])
    archive.write("briefings/alone.md", title="Alone", date="2019-01-20")
    archive.build()
    page = archive.page("/2019/01/20/one/")
    related = sites.tree(page).find(".//section[@aria-labelledby='_related']")
    assert related is not None
    cards = [sites.words(h) for h in related.iter("h3")]
    assert cards[0] == "Two"
    assert len(cards) == 5
    assert "One" not in cards
    assert sites.tree(archive.page("/2019/01/20/alone/")).find(".//section[@aria-labelledby='_related']") is None


# Terms


def test_a_region_lists_what_happened_in_the_regions_inside_it(rich: Archive) -> None:
    for address in ("/regions/continent/", "/regions/peninsula/"):
        assert sites.titles(rich.page(address))[:2] == ["The second", 'The first & "foremost" <briefing>']
        assert "Event 229" in sites.titles(rich.page(address))
    page = rich.page("/regions/peninsula/")
    assert ("Continent", "../../regions/continent/") in sites.links(page)
    inside = sites.tree(page).find(".//aside")
    assert "Northland 4" in sites.words(inside)
    assert "Southland 231" in sites.words(inside)
    # Somebody who stands in two regions of one is counted once.
    assert "Briefings 234" in sites.main_of(rich.page("/regions/continent/"))


def test_regions_may_be_nested_however_deeply(archive: Archive) -> None:
    depth = 600
    nested = ({"name": f"Region {number}", "parent": f"Region {number - 1}"} for number in range(1, depth))
    archive.records("regions", {"name": "Region 0"}, *nested)
    archive.write("briefings/one.md", title="One", region=f"Region {depth - 1}")
    archive.build()
    assert sites.titles(archive.page("/regions/region-0/")) == ["One"]


def test_an_index_of_regions_is_a_tree_with_counts(rich: Archive) -> None:
    items = [
        (item.get("data-level") or "0", sites.words(item.find("p/a")), sites.words(item.find("p/data")))
        for item in sites.tree(rich.page("/regions/")).findall(".//ul[@class='index']/li")
    ]
    assert items == [
        ("0", "Continent", "234"),
        ("1", "Peninsula", "234"),
        ("2", "Northland", "4"),
        ("2", "Southland", "231"),
    ]


def test_an_index_groups_actors_and_sources_by_kind(rich: Archive) -> None:
    headings = [sites.words(h) for h in sites.tree(rich.page("/actors/")).iter("h2")]
    assert headings == ["Organisations", "Missions", "Persons", "Not described yet"]
    headings = [sites.words(h) for h in sites.tree(rich.page("/sources/")).iter("h2")]
    assert headings == ["Newspapers", "State media", "Not described yet"]


def test_an_actor_shows_its_other_names_parts_and_country(rich: Archive) -> None:
    text = sites.main_of(rich.page("/actors/northern-alliance/"))
    assert "NA" in text and "Stabilisation Force 231" in text and "Q7184" in text
    assert ("Northland", "../../regions/northland/") in sites.links(rich.page("/actors/ann-example/"))


def test_a_source_shows_its_grade_with_the_reason_and_who_controls_it(rich: Archive) -> None:
    text = sites.main_of(rich.page("/sources/state-wire/"))
    for shown in (
        "State-controlled",
        "D – not usually reliable",
        "Owned by the state.",
        "The state",
        "May 2023",
        "https://wire.example/",
    ):
        assert shown in text, shown


def test_a_name_without_a_record_gets_a_page_under_its_own_name_with_a_warning(archive: Archive) -> None:
    archive.write(
        "briefings/one.md", region="Nowhereland", actors=["Somebody"], sources=[{"name": "The Paper"}], tags=["a tag"]
    )
    ran = archive.build()
    assert len(ran.faults) == 3  # tags need no record
    for address, name in (
        ("/regions/nowhereland/", "Nowhereland"),
        ("/actors/somebody/", "Somebody"),
        ("/sources/the-paper/", "The Paper"),
        ("/tags/a-tag/", "a tag"),
    ):
        page = archive.page(address)
        assert sites.words(sites.tree(page).find(".//h1")) == name
        assert sites.titles(page) == ["one"]


def test_names_that_give_one_slug_are_one_term_shown_as_most_often_written(archive: Archive) -> None:
    for number, name in enumerate(["Test", "test", "TEST", "test", "test ", "Tést"]):
        archive.write(f"briefings/n{number}.md", tags=[name], actors=[name])
    archive.build()
    for kind in ("tags", "actors"):
        assert [p.name for p in (archive.output / kind).iterdir() if p.is_dir()] == ["test"]
        page = archive.page(f"/{kind}/test/")
        assert sites.words(sites.tree(page).find(".//h1")) == "test"
        assert len(sites.titles(page)) == 6
        index = archive.page(f"/{kind}/")
        assert [sites.words(i.find("p/a")) for i in sites.tree(index).findall(".//ul[@class='index']/li")] == ["test"]


def test_a_spelling_in_a_draft_or_a_withdrawn_briefing_counts_for_nothing(archive: Archive) -> None:
    archive.write("briefings/n1.md", tags=["test"])
    for number in range(2, 5):
        archive.write(f"briefings/n{number}.md", tags=["TEST"], draft=True)
        archive.write(
            f"briefings/w{number}.md",
            tags=["TEST"],
            withdrawn={"date": "2022-09-01", "reason": "x", "hide_title": True},
        )
    archive.build()
    assert sites.words(sites.tree(archive.page("/tags/test/")).find(".//h1")) == "test"


def test_tags_that_share_a_slug_are_told_apart_by_their_records(archive: Archive) -> None:
    archive.records("tags", {"name": "C++", "slug": "cpp"}, {"name": "C#", "slug": "c-sharp"})
    archive.write("briefings/one.md", title="One", tags=["C++"])
    archive.write("briefings/two.md", title="Two", tags=["c#"])
    archive.write("briefings/three.md", title="Three", tags=["C"])
    archive.build()
    assert sites.titles(archive.page("/tags/cpp/")) == ["One"]
    assert sites.titles(archive.page("/tags/c-sharp/")) == ["Two"]
    assert sites.titles(archive.page("/tags/c/")) == ["Three"]


def test_any_name_of_a_record_leads_to_its_page(rich: Archive) -> None:
    assert 'The first & "foremost" <briefing>' in sites.titles(rich.page("/regions/northland/"))
    assert not (rich.output / "regions/severiia").exists() or "http-equiv" in rich.page("/regions/severiia/")


def test_a_record_that_nobody_mentions_has_its_page_all_the_same(rich: Archive) -> None:
    page = rich.page("/actors/ann-example/")
    assert sites.words(sites.tree(page).find(".//h1")) == "Ann Example"


# Dossiers


TRENDS = [
    # (the dossier's trend and as_of, the briefings' dates and trends, the trend shown)
    (("stable", "2022-09-01"), [("2022-08-01", "escalating")], "Stable"),
    (("stable", "2022-08-01"), [("2022-08-01", "escalating")], "Escalating"),
    (("stable", "2022-07-01"), [("2022-08-01", "escalating")], "Escalating"),
    (("stable", None), [("2022-08-01", "escalating")], "Escalating"),
    (("stable", None), [], "Stable"),
    ((None, "2022-09-01"), [("2022-08-01", "escalating")], "Escalating"),
    ((None, None), [("2022-08-01", "escalating"), ("2022-08-02", None)], "Escalating"),
    ((None, None), [("2022-08-01", "escalating"), ("2022-08-02", "de-escalating")], "De-escalating"),
    ((None, None), [("2022-08-01", None)], None),
    (("stable", "2022-08-01T12:00"), [("2022-08-01T11:00", "escalating")], "Stable"),
    (("stable", "2022-08-01T12:00"), [("2022-08-01T13:00", "escalating")], "Escalating"),
]


@pytest.mark.parametrize(("own", "briefings", "shown"), TRENDS)
def test_a_dossiers_trend_is_its_own_only_where_it_was_judged_later(
    archive: Archive, own: tuple[str | None, str | None], briefings: list[tuple[str, str | None]], shown: str | None
) -> None:
    trend, as_of = own
    fields = {"trend": trend, "as_of": as_of, "trend_reason": "By the dossier." if trend else None}
    archive.write("dossiers/d.md", **{name: value for name, value in fields.items() if value})
    for number, (day, judged) in enumerate(briefings):
        more = {"trend": judged, "trend_reason": f"By briefing {number}."} if judged else {}
        archive.write(f"briefings/n{number}.md", date=day, dossier="d", **more)
    archive.build()
    verdict = sites.tree(archive.page("/dossiers/d/")).find(".//section[@class='verdict']")
    if shown is None:
        assert verdict is None
    else:
        assert sites.words(verdict).startswith(shown)
        assert ("By the dossier." in sites.words(verdict)) == (shown == "Stable")
        assert shown in sites.main_of(archive.page("/dossiers/"))
        assert shown in sites.main_of(archive.page("/"))


def test_a_briefing_in_several_dossiers_gives_its_trend_to_the_first(archive: Archive) -> None:
    archive.write("dossiers/a.md")
    archive.write("dossiers/b.md")
    archive.write("briefings/one.md", dossier=["b", "a"], trend="escalating", trend_reason="x")
    archive.build()
    assert "Escalating" in sites.main_of(archive.page("/dossiers/b/"))
    assert sites.tree(archive.page("/dossiers/a/")).find(".//section[@class='verdict']") is None
    assert sites.titles(archive.page("/dossiers/a/")) == ["one"]


def test_a_withdrawn_briefing_gives_no_trend(archive: Archive) -> None:
    archive.write("dossiers/d.md")
    archive.write("briefings/one.md", dossier="d", trend="stable", date="2022-08-01")
    archive.write(
        "briefings/two.md",
        dossier="d",
        trend="escalating",
        withdrawn={"date": "2022-09-01", "reason": "x"},
        date="2022-08-02",
    )
    archive.build()
    assert "Escalating" not in sites.main_of(archive.page("/dossiers/d/"))


def test_a_dossier_shows_its_state_dates_outlook_and_own_words(rich: Archive) -> None:
    text = sites.main_of(rich.page("/dossiers/north-south/"))
    for shown in (
        "Active",
        "The mandate begins.",
        "It may go on.",
        "What belongs here.",
        "June 1999",
        "Stabilisation Force",
    ):
        assert shown in text, shown
    assert sites.words(sites.tree(rich.page("/dossiers/north-south/")).find(".//section[@class='verdict']")).startswith(
        "Stable"
    )


def test_a_dossier_shows_the_judgements_of_its_briefings_in_order(rich: Archive) -> None:
    listed = sites.tree(rich.page("/dossiers/north-south/")).find(".//ol[@class='trends']")
    assert listed is not None
    assert [a.get("data-trend") for a in listed.iter("a")] == ["escalating", "de-escalating"]


# Other pages


def test_a_page_of_prose_is_at_its_path_and_in_the_navigation(rich: Archive) -> None:
    assert "We." in sites.main_of(rich.page("/about/"))
    assert "How to read." in sites.main_of(rich.page("/help/reading/"))
    nav = sites.tree(rich.page("/")).find(".//nav[@aria-label='Main']")
    assert "About" in sites.words(nav)


def test_the_words_of_pages_index_stand_at_the_head_of_home(rich: Archive) -> None:
    page = rich.page("/")
    assert "Words at the head of home, to about." in sites.main_of(page)
    assert ("about", "./about/") in sites.links(page)
    assert not (rich.output / "index").exists()


def test_a_language_is_marked_where_it_differs_from_the_pages(rich: Archive) -> None:
    page = sites.tree(rich.page("/2022/08/20/arabic/"))
    assert (page.get("lang"), page.get("dir")) == ("en", "ltr")
    for words in (page.find(".//h1"), page.find(".//div[@class='prose']")):
        assert (words.get("lang"), words.get("dir")) == ("ar", "rtl")
    card = next(h for h in sites.tree(rich.page("/2022/08/20/")).iter("h3"))
    assert (card.get("lang"), card.get("dir")) == ("ar", "rtl")


def test_the_page_of_a_long_lists_year_leads_back_to_the_list(rich: Archive) -> None:
    page = rich.page("/tags/daily/2019/")
    assert ("daily", "../../../tags/daily/") in sites.links(page)
    assert "2019" in sites.words(sites.tree(page).find(".//h1"))


def test_an_empty_archive_has_a_home_and_no_broken_page(archive: Archive) -> None:
    archive.build()
    for path, data in archive.files().items():
        if path.endswith(".html"):
            sites.tree(data.decode())
    assert (archive.output / "index.html").is_file()


# What themes get


def test_fields_that_sitrep_does_not_know_reach_the_theme(rich: Archive, tmp_path: Path) -> None:
    other = sites.copy_of(rich, tmp_path / "archive")
    other.write(
        "briefings/extra.md",
        title="Extra",
        date="2022-08-25",
        mood="grim",
        scores=[1, "two", {"three": None}],
        nested={"a": {"b": "c"}},
    )
    other.template("mine/theme.toml", 'name = "mine"\nextends = "broadsheet"\n')
    other.template("mine/templates/briefing.html", "{{ briefing.extra|tojson }}\n")
    other.build("--theme", "mine")
    extra = json.loads(other.page("/2022/08/25/extra/"))
    assert extra["mood"] == "grim"
    assert [str(value) for value in extra["scores"][:2]] == ["1", "two"]
    assert extra["nested"] == {"a": {"b": "c"}}


def _documented() -> dict[str, set[str]]:
    """The inputs of each template, as themes/README.md names them."""
    readme = (REPOSITORY / "themes/README.md").read_text("utf-8")
    common = set(
        re.findall(r"^\| `(\w+)` \|", readme.partition("### On every page")[2].partition("### A card")[0], re.MULTILINE)
    )
    found: dict[str, set[str]] = {}
    for line in readme.partition("### By template")[2].partition("**`briefing`**")[0].splitlines():
        cells = line.split("|")
        if len(cells) != 4 or not (templates := re.findall(r"`([\w]+\.html)`", cells[1])):
            continue
        inputs = cells[2]
        while re.search(r"\([^()]*\)", inputs):  # what stands in brackets explains an input
            inputs = re.sub(r"\([^()]*\)", "", inputs)
        names = set(re.findall(r"`(\w+)`", inputs.partition(": ")[0] if templates == ["notice.html"] else inputs))
        for template in templates:
            found[template] = names | common
    assert len(found) == 22
    return found


def _searched(rich: Archive, root: Path) -> Archive:
    archive = sites.copy_of(rich, root)
    settings = archive.root / "sitrep.toml"
    settings.write_text(settings.read_text("utf-8").replace("enabled = false", "enabled = true"), "utf-8")
    return archive


def test_each_template_gets_the_inputs_that_the_documentation_names(rich: Archive, tmp_path: Path) -> None:
    documented = _documented()
    archive = _searched(rich, tmp_path / "archive")
    archive.template("mine/theme.toml", 'name = "mine"\nextends = "broadsheet"\n')
    for template in documented:
        archive.template(f"mine/templates/{template}", "{{ what_is_there }}\n")
    ran = archive.run("build", "--theme", "mine")
    told = {}
    for line in ran.errors:
        match = re.match(r"themes/mine/templates/([\w.]+):1: .* the page has: (.*?)  \(for ", line)
        assert match, line
        told[match[1]] = set(match[2].split(", "))
    assert told == documented


def test_a_pages_inputs_are_plain_values(rich: Archive, tmp_path: Path) -> None:
    archive = _searched(rich, tmp_path / "archive")
    archive.template("mine/theme.toml", 'name = "mine"\nextends = "broadsheet"\n')
    for template, names in _documented().items():
        values = ", ".join(f'"{name}": {name}' for name in sorted(names))
        archive.template(f"mine/templates/{template}", "{{ {" + values + "}|tojson }}\n")
    archive.build("--theme", "mine")
    for path, data in archive.files().items():
        if path.endswith(".html") and b"http-equiv" not in data:
            assert set(json.loads(data)) >= {"root", "site", "page"}, path
