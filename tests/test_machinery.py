"""Pages for machines: the sitemap, robots.txt, the manifest, and redirects from old addresses."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
import sites
from conftest import REPOSITORY, Archive

from builder.plan.sitemaps import divided

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return sites.shared_rich_archive(tmp_path_factory)


def _sitemap(archive: Archive) -> dict[str, str | None]:
    """The addresses in the sitemap, and when each was last changed."""
    root = ElementTree.fromstring((archive.output / "sitemap.xml").read_bytes())
    assert root.tag == f"{SITEMAP}urlset"
    return {
        url.findtext(f"{SITEMAP}loc", ""): url.findtext(f"{SITEMAP}lastmod") for url in root.findall(f"{SITEMAP}url")
    }


# Sitemap and robots.txt


def test_the_sitemap_names_every_page_that_is_for_search_engines_and_no_other(rich: Archive) -> None:
    expected = set()
    for path, data in rich.files().items():
        if path.endswith("index.html") and b'http-equiv="refresh"' not in data and b'content="noindex"' not in data:
            expected.add(f"https://archive.example/{path.removesuffix('index.html')}")
    assert set(_sitemap(rich)) == expected
    assert "https://archive.example/2022/08/21/withdrawn/" not in expected


def test_the_sitemap_says_when_a_briefing_was_revised_as_a_w3c_date(rich: Archive) -> None:
    listed = _sitemap(rich)
    assert listed["https://archive.example/2022/08/17/first/"] == "2022-09-02"
    for changed in listed.values():
        assert changed is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", changed)


def test_the_sitemap_escapes_what_xml_needs(archive: Archive) -> None:
    archive.write("briefings/one.md")
    archive.build("--base-url", "https://archive.example/a&b/")
    assert "https://archive.example/a&b/2022/08/17/one/" in _sitemap(archive)


def test_robots_lets_everybody_in_and_names_the_sitemap(rich: Archive) -> None:
    lines = rich.page("/robots.txt").splitlines()
    assert "User-agent: *" in lines
    assert not [line for line in lines if line.startswith("Disallow: /")]
    assert "Sitemap: https://archive.example/sitemap.xml" in lines


# The manifest


def test_the_manifest_has_the_hash_of_every_file_but_itself_and_the_builds_own_list(rich: Archive) -> None:
    manifest = json.loads(rich.page("/manifest.json"))
    files = rich.files()
    del files["manifest.json"], files[".sitrep-build.json"]
    assert manifest["files"] == {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    assert list(manifest["files"]) == sorted(manifest["files"])


def test_the_manifest_names_each_public_briefing_with_its_address_and_digest(rich: Archive) -> None:
    manifest = json.loads(rich.page("/manifest.json"))
    ids = [briefing["id"] for briefing in manifest["briefings"]]
    assert len(ids) == 236 and ids == sorted(ids)
    assert "draft" not in ids and "withdrawn" not in ids
    for briefing in manifest["briefings"]:
        assert re.fullmatch("[0-9a-f]{64}", briefing["digest"])
        assert (rich.output / briefing["address"][1:] / "index.html").is_file()
    arabic = next(briefing for briefing in manifest["briefings"] if briefing["id"] == "arabic")
    assert "ar" in arabic.values() and arabic["address"] == "/2022/08/20/arabic/"


def _digests(archive: Archive) -> dict[str, str]:
    return {b["id"]: b["digest"] for b in json.loads(archive.page("/manifest.json"))["briefings"]}


def test_the_authors_digest_changes_with_title_summary_and_body_and_nothing_else(archive: Archive) -> None:
    archive.template("mine/theme.toml", 'name = "mine"\nextends = "broadsheet"\n')
    archive.template("mine/templates/briefing.html", "{{ briefing.digest }}\n")

    def digest(body: str = "Words.\n", *build: str, **fields: Any) -> str:
        archive.write("briefings/one.md", body, **{"title": "One", "summary": "Short", **fields})
        archive.build(*build)
        return _digests(archive)["one"]

    first = digest()
    assert digest(date="2021-01-01", tags=["x"], status="confirmed", slug="other", updated="2022-09-01") == first
    assert digest("Words.\n", "--theme", "mine", "--base-url", "https://elsewhere.example/") == first
    assert len({first, digest("Other words.\n"), digest(title="Two"), digest(summary="Long")}) == 4


def test_the_manifest_says_which_version_made_it_and_whether_drafts_are_in_it(archive: Archive) -> None:
    archive.write("briefings/one.md", draft=True)
    said = archive.run("--version").out.split()[-1]
    archive.build()
    manifest = json.loads(archive.page("/manifest.json"))
    assert (manifest["version"], manifest["drafts"], manifest["briefings"]) == (said, False, [])
    archive.build("--drafts")
    manifest = json.loads(archive.page("/manifest.json"))
    assert manifest["drafts"] is True and [b["id"] for b in manifest["briefings"]] == ["one"]


# Redirects


def _target(archive: Archive, file: str) -> str | None:
    """Where the page in a file leads a browser on its own; None for no redirect or no page."""
    path = archive.output / file
    if not path.is_file():
        return None
    meta = sites.tree(path.read_text("utf-8")).find(".//meta[@http-equiv='refresh']")
    if meta is None:
        return None
    address = meta.get("content", "").partition("url=")[2]
    return urljoin(f"https://archive.example/{file}", address).removeprefix("https://archive.example")


def test_an_alias_redirects_with_and_without_a_browser_that_follows(rich: Archive) -> None:
    for file in ("2022/08/17/an-old-name/index.html", "old.html"):
        assert _target(rich, file) == "/2022/08/17/first/"
        page = sites.tree((rich.output / file).read_text("utf-8"))
        link = page.find(".//a")
        assert link is not None
        assert urljoin(f"https://archive.example/{file}", link.get("href", "")).endswith("/2022/08/17/first/")
        assert page.find(".//link[@rel='canonical']").get("href") == "https://archive.example/2022/08/17/first/"  # type: ignore[union-attr]
        assert page.find(".//meta[@name='robots']").get("content") == "noindex"  # type: ignore[union-attr]
    assert _target(rich, "old/north/index.html") == "/dossiers/north-south/"
    assert _target(rich, "faq.html") == "/help/reading/"


def test_the_alias_of_a_withdrawn_briefing_leads_to_its_notice(archive: Archive) -> None:
    archive.write("briefings/one.md", aliases=["/old/"], withdrawn={"date": "2022-09-01", "reason": "x"})
    archive.build()
    assert _target(archive, "old/index.html") == "/2022/08/17/one/"


def test_every_other_name_of_a_record_redirects_to_its_page(rich: Archive) -> None:
    assert _target(rich, "regions/nordland/index.html") == "/regions/northland/"
    assert _target(rich, "actors/na/index.html") == "/actors/northern-alliance/"
    assert _target(rich, "actors/ana-primer/index.html") == "/actors/ann-example/"


def test_the_name_of_a_record_redirects_where_its_id_gives_the_address(archive: Archive) -> None:
    archive.records("actors", {"id": "kfor", "name": "Kosovo Force"})
    archive.write("briefings/one.md", actors=["Kosovo Force"])
    archive.build()
    assert (archive.output / "actors/kfor/index.html").is_file()
    assert _target(archive, "actors/kosovo-force/index.html") == "/actors/kfor/"


def test_a_records_alias_gives_way_to_any_page_that_has_its_address(archive: Archive) -> None:
    # "X Y" and "x-y" are two names to a reader, and one address; written aliases are as good as pages.
    archive.records(
        "actors",
        {"id": "one", "name": "One", "aliases": ["Taken by alias", "Both"]},
        {"id": "two", "name": "Two", "aliases": ["both!"]},
    )
    archive.write("briefings/a.md", title="A", aliases=["/actors/taken-by-alias/"])
    archive.build()
    assert _target(archive, "actors/taken-by-alias/index.html") == "/2022/08/17/a/"
    assert not (archive.output / "actors/both").exists()


def test_a_records_alias_gives_way_whatever_the_case_of_the_other(archive: Archive) -> None:
    archive.records("actors", {"id": "one", "name": "One", "aliases": ["Uno"]})
    archive.write("briefings/a.md", title="A", aliases=["/Actors/UNO/"])
    ran = archive.run("build")
    assert ran.status == 0, ran.err
    assert _target(archive, "Actors/UNO/index.html") == "/2022/08/17/a/"


def test_a_records_alias_gives_way_to_a_year_of_a_long_list(archive: Archive) -> None:
    archive.records("tags", {"name": "Long", "aliases": ["feed.xml", "2019"]})
    sites.series(archive, sites.days(61), tags=["Long"])
    archive.build()
    assert sites.titles(archive.page("/tags/long/2019/"))
    assert (archive.output / "tags/long/feed.xml").is_file()


def test_a_redirect_may_give_way_to_a_page_later_and_come_back(archive: Archive) -> None:
    archive.records("regions", {"name": "Land", "aliases": ["Country"]})
    archive.write("briefings/one.md", region="Land")
    archive.build()
    assert _target(archive, "regions/country/index.html") == "/regions/land/"
    archive.records("regions", {"name": "Land"}, {"name": "Country"})
    archive.build()
    assert _target(archive, "regions/country/index.html") is None
    assert "Country" in archive.page("/regions/country/")
    archive.records("regions", {"name": "Land", "aliases": ["Country"]})
    archive.build()
    assert _target(archive, "regions/country/index.html") == "/regions/land/"


def test_redirects_stand_in_no_list_and_no_sitemap(rich: Archive) -> None:
    redirects = [path for path in rich.files() if path.endswith(".html") and _target(rich, path)]
    assert len(redirects) >= 6
    listed = _sitemap(rich)
    for path in redirects:
        assert f"https://archive.example/{path.removesuffix('index.html')}" not in listed


def test_a_redirect_names_its_target_once_and_right_where_the_site_stands_below(archive: Archive) -> None:
    archive.write("briefings/one.md", aliases=["/very/old/name/", "/flat.html"])
    archive.build("--base-url", "https://archive.example/below/")
    for file in ("very/old/name/index.html", "flat.html"):
        text = (archive.output / file).read_text("utf-8")
        meta = sites.tree(text).find(".//meta[@http-equiv='refresh']")
        assert meta is not None
        target = urljoin(f"https://archive.example/below/{file}", meta.get("content", "").partition("url=")[2])
        assert target == "https://archive.example/below/2022/08/17/one/"


def test_a_sitemap_of_many_addresses_is_divided(tmp_path: Path) -> None:
    # The real numbers are 2,000 and 45,000; planning that many takes too long here, so they are lowered.
    archive = sites.archive_at(tmp_path / "archive")
    sites.series(archive, sites.days(30))
    script = (
        "import builder.plan.sitemaps as s, sys; s.SITEMAP_WHOLE = s.SITEMAP_LIMIT = 20;"
        "sys.argv = ['sitrep', 'build'];"
        "from builder.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=archive.root,
        env={"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    index = ElementTree.fromstring((archive.output / "sitemap.xml").read_bytes())
    assert index.tag == f"{SITEMAP}sitemapindex"
    parts = [loc.text or "" for loc in index.iter(f"{SITEMAP}loc")]
    assert len(parts) > 3
    urls = []
    for part in parts:
        file = archive.output / part.removeprefix("https://archive.example/")
        inside = [loc.text for loc in ElementTree.fromstring(file.read_bytes()).iter(f"{SITEMAP}loc")]
        assert 0 < len(inside) <= 20
        urls += inside
    assert len(urls) == len(set(urls)) > 60


def test_the_sitemaps_of_a_large_archive_are_of_its_parts() -> None:
    years = [f"/{year}/{number:04}/" for year in (2021, 2022) for number in range(900)]
    french = [f"/fr{address}" for address in years]
    others = ["/", "/about/", "/tags/", "/tags/aid/"]
    found = divided([*others, *french, *years], ["fr"])
    assert list(found) == [f"/sitemap-{part}.xml" for part in ("2021", "2022", "fr-2021", "fr-2022", "rest")]
    assert found["/sitemap-2021.xml"] == tuple(years[:900])
    assert found["/sitemap-rest.xml"] == tuple(others)
    assert divided(years, ["fr"]) == {"/sitemap.xml": tuple(years)}
    many = divided((f"/2022/{number}/" for number in range(100_000)), [])
    assert [len(part) for part in many.values()] == [45_000, 45_000, 10_000]
    assert list(many) == ["/sitemap-2022.xml", "/sitemap-2022-2.xml", "/sitemap-2022-3.xml"]
