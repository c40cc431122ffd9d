"""`sitrep why`: what made a page, and what of it had changed when it was made last."""

from __future__ import annotations

import pytest
from conftest import Archive


@pytest.fixture
def built(archive: Archive) -> Archive:
    archive.records("actors", {"name": "NATO", "kind": "organisation"})
    archive.write("briefings/one.md", title="One", date="2022-08-17", actors=["NATO"], summary="First.")
    archive.write("briefings/two.md", title="Two", date="2022-08-18", actors=["NATO"], summary="Second.")
    archive.write("pages/about.md", title="About")
    archive.build()
    return archive


def _why(archive: Archive, asked: str, *options: str) -> str:
    ran = archive.run("why", asked, *options)
    assert ran.status == 0, ran.err
    return ran.out


@pytest.mark.parametrize(
    "asked",
    [
        "/2022/08/17/one/",
        "2022/08/17/one",
        "https://archive.example/2022/08/17/one/",
        "output/2022/08/17/one/index.html",
        "content/briefings/one.md",
    ],
)
def test_a_page_can_be_asked_for_as_people_name_it(built: Archive, asked: str) -> None:
    assert _why(built, asked).startswith("/2022/08/17/one/  (briefing)")


def test_the_template_with_all_that_it_takes_in_and_the_files_are_named(built: Archive) -> None:
    report = built.run("why", "/2022/08/17/one/", "--json").report
    assert report["counts"]["template"] == "briefing.html"
    assert any(name.endswith("broadsheet/templates/_layout.html") for name in report["counts"]["templates"])
    files = report["counts"]["files"]
    assert {"sitrep.toml", "content/briefings/one.md", "content/briefings/two.md", "content/actors.yaml"} <= set(files)


@pytest.mark.parametrize(
    ("asked", "file"),
    [("/about/", "content/pages/about.md"), ("/actors/nato/", "content/actors.yaml")],
)
def test_the_file_that_asked_for_a_page_is_named(built: Archive, asked: str, file: str) -> None:
    assert file in _why(built, asked)


def test_a_new_page_is_said_to_be_new(built: Archive) -> None:
    assert "it was new" in _why(built, "/about/")


def test_the_text_that_changed_is_named(built: Archive) -> None:
    built.write("briefings/one.md", "Other words.\n", title="One", date="2022-08-17", actors=["NATO"], summary="First.")
    built.build()
    told = _why(built, "/2022/08/17/one/")
    assert told.splitlines()[-1].strip() == "content/briefings/one.md changed"
    # The neighbour shows only the summary, which stayed.
    assert "it was new" in _why(built, "/2022/08/18/two/")


def test_a_neighbour_whose_card_changed_is_named(built: Archive) -> None:
    built.write("briefings/one.md", title="One", date="2022-08-17", actors=["NATO"], summary="Other.")
    built.build()
    assert "content/briefings/one.md changed in what lists say of it" in _why(built, "/2022/08/18/two/")


def test_a_briefing_that_came_into_a_list_or_left_it_is_named(built: Archive) -> None:
    built.write("briefings/three.md", title="Three", date="2022-08-19", actors=["NATO"])
    built.build()
    assert "content/briefings/three.md came in" in _why(built, "/actors/nato/")
    (built.root / "content/briefings/three.md").unlink()
    built.build()
    assert "the briefing three is no longer here" in _why(built, "/actors/nato/")


def test_a_setting_that_changed_is_named(built: Archive) -> None:
    built.config('base_url = "https://archive.example/"\nlicence = "CC BY 4.0"\n')
    built.build()
    assert "what every page has changed: licence" in _why(built, "/about/")


def test_a_template_that_changed_is_named(built: Archive) -> None:
    built.config('base_url = "https://archive.example/"\ntheme = "mine"\n')
    built.template("mine/theme.toml", 'name = "mine"\nextends = "broadsheet"\n')
    built.template("mine/templates/prose.html", "{{ page.title }}")
    built.build()
    built.template("mine/templates/prose.html", "<p>{{ page.title }}")
    built.build()
    assert "the template themes/mine/templates/prose.html changed" in _why(built, "/about/")


def test_an_altered_file_is_the_reason_when_nothing_else_is(built: Archive) -> None:
    (built.output / "about/index.html").write_text("vandalised")
    built.build()
    assert "missing or altered" in _why(built, "/about/")


def test_a_page_that_stayed_says_since_when(built: Archive) -> None:
    built.write("briefings/one.md", "Other words.\n", title="One", date="2022-08-17", actors=["NATO"], summary="First.")
    built.build()
    assert "made 1 build ago; the last build found nothing of it changed since" in _why(built, "/about/")


def test_a_command_that_reads_what_no_build_has_seen_yet_does_no_harm(built: Archive) -> None:
    built.write("briefings/one.md", "Other words.\n", title="One", date="2022-08-17", actors=["NATO"], summary="First.")
    built.build()
    built.write("briefings/one.md", "Newer words.\n", title="One", date="2022-08-17", actors=["NATO"], summary="First.")
    assert built.run("check").status == 0
    assert "content/briefings/one.md changed" in _why(built, "/2022/08/17/one/")


def test_no_record_is_blamed_where_a_list_got_another_member(built: Archive) -> None:
    built.write("briefings/three.md", title="Three", date="2022-08-19", actors=["NATO"])
    built.build()
    assert "record" not in _why(built, "/2022/").partition("reasons:")[2]


def test_a_page_that_became_another_kind_says_so_first(built: Archive) -> None:
    withdrawn = {"date": "2022-09-01", "reason": "An error."}
    built.write("briefings/one.md", title="One", date="2022-08-17", withdrawn=withdrawn)
    built.build()
    reasons = _why(built, "/2022/08/17/one/").partition("reasons:")[2].split("\n")
    assert reasons[1:] == ["  it was a page of another kind, briefing", ""]


def test_a_template_that_is_included_by_a_computed_name_is_among_the_reasons(built: Archive) -> None:
    built.config('base_url = "https://archive.example/"\ntheme = "mine"\n')
    built.template("mine/theme.toml", 'name = "mine"\nextends = "broadsheet"\n')
    built.template("mine/templates/prose.html", '{% include "_" ~ page.kind ~ ".html" %}')
    built.template("mine/templates/_prose.html", "One")
    built.build()
    built.template("mine/templates/_prose.html", "Two")
    built.build()
    assert "the template themes/mine/templates/_prose.html changed" in _why(built, "/about/")


def test_an_address_without_a_page_is_told_with_the_nearest_one(built: Archive) -> None:
    ran = built.run("why", "/abuot/")
    assert ran.status == 1
    assert 'did you mean "/about/"?' in ran.err


def test_before_the_first_build_the_way_out_is_told(archive: Archive) -> None:
    ran = archive.run("why", "/")
    assert ran.status == 1
    assert "sitrep build" in ran.err


def test_a_damaged_history_is_no_bug(built: Archive) -> None:
    for path in (built.root / ".sitrep").glob("history-*.sqlite"):
        path.write_bytes(b"no database" * 1000)
    ran = built.run("why", "/about/")
    assert ran.status == 1
    assert "sitrep build" in ran.err


def test_of_a_draft_it_says_that_it_has_no_page(archive: Archive) -> None:
    archive.write("briefings/one.md")
    archive.write("briefings/two.md", draft=True)
    archive.build()
    ran = archive.run("why", "content/briefings/two.md")
    assert ran.status == 1
    assert "no page of content/briefings/two.md: it is a draft" in ran.err
