"""Addresses: each has one maker, none leaves the site, and what can't be one is told where it was written."""

from __future__ import annotations

import re
import unicodedata

import pytest
import sites
from conftest import Archive
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def _refused(archive: Archive, *parts: str) -> None:
    """The build fails with one error, which holds all of `parts`."""
    ran = archive.run("build")
    assert ran.status == 1, ran.err
    assert len(ran.errors) == 1, ran.err
    for part in parts:
        assert part in ran.errors[0]
    assert not list(archive.output.rglob("*"))


# Two makers of one address


def test_two_briefings_at_one_address_are_an_error_that_names_both(archive: Archive) -> None:
    archive.write("briefings/a/2022-08-17-same.md", id="a")
    archive.write("briefings/b/2022-08-17-same.md", id="b")
    _refused(
        archive,
        "content/briefings/b/2022-08-17-same.md:",
        "content/briefings/a/2022-08-17-same.md",
        "/2022/08/17/same/",
    )


def test_names_of_files_that_differ_only_in_case_or_diacritics_collide(archive: Archive) -> None:
    archive.write("briefings/vucic.md", id="a")
    archive.write("briefings/Vučić.md", id="b")
    _refused(archive, "vucic.md", "Vučić.md", "/2022/08/17/vucic/")


def test_addresses_that_differ_only_in_case_collide(archive: Archive) -> None:
    archive.write("briefings/one.md", aliases=["/Old/"])
    archive.write("briefings/two.md", aliases=["/old/"])
    _refused(archive, "content/briefings/two.md:4: error: aliases: ", "content/briefings/one.md:4", "/old/")


@pytest.mark.parametrize(
    "alias",
    [
        "/",
        "/index.html",
        "/2022/08/17/other/",
        "/2022/08/17/OTHER",
        "/2022/08/17/other/index.html",
        "/2022/",
        "/2022/08/17/",
        "/tags/x/",
        "/Tags/X",
        "/tags/",
        "/about/",
        "/dossiers/d/",
        "/feed.xml",
        "/tags/x/feed.xml",
        "/sitemap.xml",
        "/robots.txt",
        "/404.html",
        "/manifest.json",
        "/Manifest.JSON",
    ],
)
def test_an_alias_at_the_address_of_a_page_is_an_error_that_names_both(archive: Archive, alias: str) -> None:
    archive.write("dossiers/d.md")
    archive.write("pages/about.md")
    archive.write("briefings/other.md", tags=["x"])
    archive.write("briefings/one.md", aliases=[alias])
    _refused(archive, "content/briefings/one.md:4: error: aliases: ")


def test_an_alias_at_the_address_of_an_asset_is_an_error(archive: Archive) -> None:
    archive.write("briefings/one.md")
    archive.build()
    style = next((archive.output / "assets").glob("style.*.css")).name
    before = archive.files()
    archive.write("briefings/one.md", aliases=[f"/assets/{style}"])
    ran = archive.run("build")
    assert ran.status == 1
    assert "content/briefings/one.md:4: error: aliases: " in ran.err
    assert archive.files() == before


def test_an_alias_that_is_the_pages_own_address_changes_nothing(archive: Archive) -> None:
    for alias in ("/2022/08/17/one/", "/2022/08/17/one", "/2022/08/17/%6Fne/"):
        archive.write("briefings/one.md", aliases=[alias])
        archive.build()
        assert 'http-equiv="refresh"' not in archive.page("/2022/08/17/one/")


def test_the_same_alias_twice_on_one_page_is_no_harm_or_one_error(archive: Archive) -> None:
    archive.write("briefings/one.md", aliases=["/old/", "/old"])
    ran = archive.run("build")
    assert ran.status in (0, 1)
    assert len(ran.errors) == ran.status


def test_a_file_where_another_page_needs_a_folder_is_an_error(archive: Archive) -> None:
    archive.write("briefings/one.md", aliases=["/a.b"])
    archive.write("briefings/two.md", aliases=["/a.b/c/"])
    _refused(archive, "content/briefings/", "/a.b")


def test_a_file_where_a_page_has_a_folder_of_other_case_is_an_error(archive: Archive) -> None:
    archive.write("briefings/one.md", aliases=["/OLD.html"])
    archive.write("briefings/two.md", aliases=["/old.HTML/c/"])
    _refused(archive, "error: aliases: ", "content/briefings/two.md")


def test_all_collisions_are_told_at_once(archive: Archive) -> None:
    for number in range(3):
        archive.write(f"briefings/a{number}.md", aliases=[f"/old/{number}/"])
        archive.write(f"briefings/b{number}.md", aliases=[f"/old/{number}/"])
    assert len(archive.run("build").errors) == 3


def test_check_tells_of_collisions_too(archive: Archive) -> None:
    archive.write("briefings/one.md", aliases=["/old/"])
    archive.write("briefings/two.md", aliases=["/old/"])
    ran = archive.run("check")
    assert ran.status == 1
    assert "content/briefings/two.md:4: error: aliases: " in ran.err


@pytest.mark.parametrize(
    "name", ["tags", "Regions", "data", "search", "on", "assets", "2022", "changes", "pagefind", "404"]
)
def test_prose_takes_no_address_that_is_the_archives_own(archive: Archive, name: str) -> None:
    archive.write(f"pages/{name}.md", title="Page")
    ran = archive.run("build")
    assert ran.status == 1
    assert f"content/pages/{name}.md:" in ran.errors[0]


# Aliases that lead out


TRAPS = [
    "../outside.html",
    "/../outside.html",
    "/a/../../outside.html",
    "/%2e%2e/outside.html",
    "/%2E%2E%2Foutside.html",
    "/..%5coutside.html",
    "\\..\\outside.html",
    "/a\\..\\..\\outside.html",
    "/./a/",
    "/.sitrep-build.json",
    "/%2esitrep-build.json",
    "/.sitrep-stage/index.html",
    "/.sitrep-journal",
    "/.git/hooks/pre-commit",
    "/.htaccess",
    "/.well-known/x/",
    "//host.example/x",
    "///",
    "/a//b/",
    "https://elsewhere.example/x/",
    "javascript:alert(1)",
    "old-name",
    "C:/Windows/x",
    "/C:/Windows/x",
    "/a\u0000b/",
    "/a%00b/",
    "/a b/",
    "/a\tb/",
    "/x?y=1",
    "/x#y",
    "/a%23b/",
    "/a*b/",
    '/a"b/',
    "/a<b>/",
    "/a|b/",
    "/" + "x" * 300 + "/",
    "/" + "х" * 200 + "/",
    "/%ff/",
    "/\u202egpj.exe/",
    "/con/",
    "/a./b/",
    "",
    "/",
]


def _only_a_site(archive: Archive) -> None:
    """What was made lies in the site, hidden files among it are the build's own, and names are names."""
    assert [path.name for path in archive.root.parent.iterdir()] == ["archive"]
    assert {path.name for path in archive.root.iterdir()} == {"content", "output", "sitrep.toml", ".sitrep"}
    made = archive.files()
    assert [path for path in made if any(part.startswith(".") for part in path.split("/"))] == [".sitrep-build.json"]
    assert not [path for path in made if re.search(r"[\x00-\x1f\\:?#]", path)]
    for path, data in made.items():
        if not path.endswith(".woff2"):
            data.decode()


def _build_with(archive: Archive, aliases: list[str]) -> set[str]:
    """Builds with an alias for each briefing, without those that are refused. Returns the refused."""
    for number, alias in enumerate(aliases):
        escaped = "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in alias)
        text = f'---\ntitle: One\ndate: 2022-08-17\naliases: ["{escaped}"]\n---\n\nWords.\n'
        archive.write_text(f"briefings/n{number}.md", text)
    refused: set[str] = set()
    ran = archive.run("build")
    while ran.status == 1:
        told = {line.partition(":")[0] for line in ran.errors}
        assert told, ran.err
        for line in ran.errors:
            assert re.match(r"content/briefings/n\d+\.md:4: error: ", line), line
        for path in told:
            refused.add(aliases[int(re.findall(r"n(\d+)\.md", path)[0])])
            (archive.root / path).unlink()
        ran = archive.run("build")
    assert ran.status == 0, ran.err
    return refused


def test_no_alias_that_is_a_trap_leads_out_of_the_site(archive: Archive) -> None:
    refused = _build_with(archive, TRAPS)
    _only_a_site(archive)
    assert len(refused) > 20


@pytest.mark.parametrize(
    "alias",
    [
        "../x/",
        "/../x/",
        "/%2e%2e/x/",
        "/.sitrep-build.json",
        "/.htaccess",
        "old-name",
        "https://elsewhere.example/x/",
        "/x?y=1",
        "/a\\..\\b/",
    ],
)
def test_an_alias_that_can_be_no_address_is_an_error_with_its_line(archive: Archive, alias: str) -> None:
    archive.write("briefings/one.md", aliases=["/fine/", alias])
    _refused(archive, "content/briefings/one.md:4: error: aliases: ", alias)


def test_an_alias_with_a_dot_in_a_folders_name_answers_at_that_folder(archive: Archive) -> None:
    archive.write("briefings/one.md", aliases=["/versions/v1.2/", "/page.html", "/plain"])
    archive.build()
    assert (archive.output / "versions/v1.2/index.html").is_file()
    assert (archive.output / "page.html").is_file()
    assert (archive.output / "plain/index.html").is_file()


def test_an_alias_in_another_script_answers_at_that_address(archive: Archive) -> None:
    archive.write("briefings/one.md", aliases=["/вести/косово/", "/%D0%B2%D0%B5%D1%81%D1%82%D0%B8/"])
    archive.build()
    assert (archive.output / "вести/косово/index.html").is_file()
    assert (archive.output / "вести/index.html").is_file()


def test_addresses_that_a_file_system_takes_for_one_collide(archive: Archive) -> None:
    # macOS stores names decomposed: the same letters composed are the same file there.
    archive.write("briefings/one.md", aliases=[unicodedata.normalize("NFC", "/café/")])
    archive.write("briefings/two.md", aliases=[unicodedata.normalize("NFD", "/café/")])
    _refused(archive, "content/briefings/two.md:4: error: aliases: ")


# Any alias at all


SEGMENT = st.text(st.sampled_from("ab./\\%2eE5cC:~ ?#*\u0000\u202e-_"), max_size=8)


@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.one_of(st.text(max_size=30), st.lists(SEGMENT, max_size=4).map("/".join).map("/{}".format)),
        min_size=60,
        max_size=60,
    )
)
def test_no_alias_at_all_becomes_a_file_outside_the_site(
    tmp_path_factory: pytest.TempPathFactory, aliases: list[str]
) -> None:
    archive = sites.archive_at(tmp_path_factory.mktemp("any") / "archive")
    _build_with(archive, aliases)
    _only_a_site(archive)


# Slugs


def test_an_empty_slug_is_an_error_that_proposes_one(archive: Archive) -> None:
    archive.write("briefings/2022-08-17-….md", title="Talks resume in Geneva")
    _refused(archive, "content/briefings/2022-08-17-….md:", "slug: talks-resume-in-geneva")


def test_slugs_are_lower_case_ascii_from_any_script(archive: Archive) -> None:
    names = {"Ђ": "Dj", "і": "i", "ع": "a", "Çalışma": "x", "北京": "x", "Ελλάδα": "x", "שלום": "x"}
    for number, name in enumerate(names):
        archive.write(f"briefings/n{number}.md", tags=[name])
    archive.build()
    made = [p.name for p in (archive.output / "tags").iterdir() if p.is_dir()]
    assert len(made) == len(names)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in made)


def test_a_very_long_name_is_told_and_never_a_crash(archive: Archive) -> None:
    archive.write("briefings/one.md", slug="x" * 300)
    _refused(archive, "content/briefings/one.md:4: error: slug: ", "too long")


def test_a_very_long_tag_is_told_and_never_a_crash(archive: Archive) -> None:
    archive.write("briefings/one.md", tags=["x" * 300])
    ran = archive.run("build")
    assert ran.status == 1
    assert "too long" in ran.err
    assert "Traceback" not in ran.err


def test_a_tag_named_like_a_part_of_a_list_collides_with_nothing(archive: Archive) -> None:
    sites.series(archive, sites.days(61), tags=["python", "python3", "2019", "feed", "index", "page"])
    archive.build()
    for name in ("python", "python3", "2019", "feed", "index", "page"):
        assert len(sites.titles(archive.page(f"/tags/{name}/2019/"))) == 61


def test_a_briefing_named_like_a_month_or_day_collides_with_an_error(archive: Archive) -> None:
    archive.write("briefings/one.md", date="2022", slug="08")
    archive.write("briefings/two.md", date="2022-08-01")
    _refused(archive, "content/briefings/one.md:", "/2022/08/")


def test_a_briefing_address_has_as_many_date_parts_as_its_date(archive: Archive) -> None:
    for name, when, address in (
        ("y", "2022", "2022/y"),
        ("m", "2022-08", "2022/08/m"),
        ("d", "2022-08-17", "2022/08/17/d"),
        ("t", "2022-08-17T23:59-11:00", "2022/08/17/t"),
        ("r", "2022-08/2023-01-02", "2022/08/r"),
        ("old", "0800-12-25", "0800/12/25/old"),
    ):
        archive.write(f"briefings/{name}.md", date=when)
        archive.build()
        assert (archive.output / address / "index.html").is_file()


def test_a_title_is_never_part_of_an_address(archive: Archive) -> None:
    archive.write("briefings/2022-08-17-name.md", title="A title in full", id="an-id")
    archive.build()
    assert (archive.output / "2022/08/17/name/index.html").is_file()
    assert not [path for path in archive.files() if "title" in path or "an-id" in path]


def test_a_withdrawn_briefing_keeps_its_address_against_others(archive: Archive) -> None:
    archive.write("briefings/a/one.md", id="a", withdrawn={"date": "2022-09-01", "reason": "x"})
    archive.write("briefings/b/one.md", id="b")
    _refused(archive, "content/briefings/b/one.md", "content/briefings/a/one.md")
