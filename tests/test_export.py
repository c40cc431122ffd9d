"""Whole copies of a site: a ZIP that is read without a web server, and a WACZ for web archives."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from conftest import Archive
from playwright.sync_api import Browser
from sites import archive_at, series, tree

from builder.export.offline import offline_link, offline_page

HOST = "https://archive.example/kosovo"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive with its site as a ZIP and, unpacked, in the folder `stick`."""
    archive = archive_at(tmp_path_factory.mktemp("export") / "archive")
    archive.config(f'base_url = "{HOST}/"\nlanguages = ["fr"]\n[output]\nhosts = ["cloudflare", "apache"]\n')
    archive.write("pages/about.md", "[The talks](../briefings/talks.md#what)\n")
    archive.write("dossiers/north.md", title="North", status="active")
    archive.write("briefings/talks.md", "## What\n\nWords.\n", tags=["peace"], dossier="north", aliases=["/old/"])
    archive.write_text("briefings/talks.fr.md", "---\ntitle: Pourparlers\n---\n\nMots.\n")
    archive.write("briefings/draft.md", draft=True)
    series(archive, ["2021-01-01", "2021-02-01"], tags=["peace"])
    ran = archive.run("export", "--zip", "site.zip")
    assert ran.status == 0, ran.err
    with zipfile.ZipFile(archive.root / "site.zip") as file:
        assert file.testzip() is None
        file.extractall(archive.root / "stick")
    return archive


def targets(page: Path) -> list[str]:
    """What a page links to, loads and sends its readers on to."""
    found = []
    for element in tree(page.read_text("utf-8")).iter():
        found += [element.get(name, "") for name in ("href", "src", "action") if element.get(name)]
        if element.get("http-equiv") == "refresh":
            found.append(element.get("content", "").partition("url=")[2])
    return found


def test_every_link_of_an_exported_page_leads_to_a_file(exported: Archive) -> None:
    top = exported.root / "stick/site"
    pages = sorted(top.rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        for target in targets(page):
            parts = urlsplit(target)
            if parts.scheme or not parts.path:
                continue
            file = (page.parent / unquote(parts.path)).resolve()
            assert file.is_relative_to(top) and file.is_file(), f"{page}: {target}"


def test_the_copy_is_the_site_but_for_its_links_and_what_only_hosts_read(exported: Archive) -> None:
    top = exported.root / "stick/site"
    there = {path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file()}
    built = exported.files().keys() - {".sitrep-build.json"}
    assert built - there == {".htaccess", "404.html", "_headers", "_redirects"}
    assert there <= built
    assert not any("draft" in path for path in there)
    assert (top / "feed.xml").read_bytes() == exported.files()["feed.xml"]
    assert (
        f'<link rel="canonical" href="{HOST}/2022/08/17/talks/">' in (top / "2022/08/17/talks/index.html").read_text()
    )


def test_the_copys_manifest_is_that_of_its_files(exported: Archive) -> None:
    top = exported.root / "stick/site"
    manifest = json.loads((top / "manifest.json").read_bytes())
    assert manifest["briefings"] == json.loads(exported.files()["manifest.json"])["briefings"]
    assert manifest["files"] == {
        path.relative_to(top).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in top.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


def test_the_same_site_makes_the_same_zip(exported: Archive) -> None:
    before = (exported.root / "site.zip").read_bytes()
    assert exported.run("export", "--zip", "site.zip", "--quiet").status == 0
    assert (exported.root / "site.zip").read_bytes() == before


@pytest.mark.parametrize(
    ("link", "path", "offline"),
    [
        ("../tags/", "a/index.html", "../tags/index.html"),
        ("../tags/#x", "a/index.html", "../tags/index.html#x"),
        ("../search/?q=a/", "a/index.html", "../search/index.html?q=a/"),
        (".", "index.html", "./index.html"),
        ("../..", "a/b/index.html", "../../index.html"),
        ("./", "index.html", "./index.html"),
        ("feed.xml", "index.html", "feed.xml"),
        ("#here", "index.html", "#here"),
        ("https://elsewhere.example/", "index.html", "https://elsewhere.example/"),
        ("//elsewhere.example/", "index.html", "//elsewhere.example/"),
        ("mailto:a@b.example", "index.html", "mailto:a@b.example"),
        ("/kosovo/tags/", "a/b/index.html", "../../tags/index.html"),
        ("/kosovo/assets/x.css", "index.html", "assets/x.css"),
        ("/kosovo/", "a/index.html", "../index.html"),
    ],
)
def test_a_link_names_a_file(link: str, path: str, offline: str) -> None:
    assert offline_link(link, path, "/kosovo") == offline


def test_only_links_change_in_a_page() -> None:
    page = (
        '<!doctype html>\n<meta name="description" content="a/">\n<meta http-equiv="refresh" content="0; url=../b/">\n'
        "<a class='x/'\n href='../c/?a=1&amp;b=2'>d/ href=\"e/\"</a><!-- <a href=\"f/\"> -->\n"
        "<p title=\"href='g/'\">é/</p>"
    )
    assert offline_page(page, "a/index.html", "") == (
        page.replace("url=../b/", "url=../b/index.html").replace("../c/?", "../c/index.html?")
    )


def test_a_copy_is_not_written_among_the_archives_own_files(exported: Archive) -> None:
    for place in ("output/site.zip", "content/site.zip"):
        ran = exported.run("export", "--zip", place)
        assert ran.status == 1 and "choose another place" in ran.err
    assert exported.run("export").status == 2
    ran = exported.run("export", "--zip", "not-there/site.zip")
    assert ran.status == 1 and "can't be written" in ran.err


def test_a_browser_reads_the_copy_from_a_folder(exported: Archive, browser: Browser) -> None:
    page = browser.new_page()
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.goto((exported.root / "stick/site/index.html").as_uri())
    page.locator("main a", has_text="talks").first.click()
    assert page.url.endswith("/2022/08/17/talks/index.html")
    page.locator("a", has_text="peace").first.click()
    assert page.url.endswith("/tags/peace/index.html")
    assert page.locator("link[rel=stylesheet]").evaluate("link => link.sheet !== null")
    page.goto((exported.root / "stick/site/old/index.html").as_uri())
    page.wait_for_url("**/2022/08/17/talks/index.html")
    # Fonts may be refused to a page in a folder, which then is shown in the system's.
    assert [url for url in failed if not url.endswith(".woff2")] == []
    page.close()


def test_a_wacz_is_sound_and_holds_every_file_as_a_server_would_answer(exported: Archive) -> None:
    pytest.importorskip("wacz")
    from warcio.archiveiterator import ArchiveIterator

    assert exported.run("export", "--wacz", "site.wacz").status == 0
    command = [sys.executable, "-m", "wacz", "validate", "-f", exported.root / "site.wacz"]
    validated = subprocess.run(command, capture_output=True, text=True)
    assert validated.returncode == 0, validated.stdout + validated.stderr
    with zipfile.ZipFile(exported.root / "site.wacz") as file:
        warcs = [name for name in file.namelist() if name.startswith("archive/")]
        with file.open(warcs[0]) as warc:
            held = {
                record.rec_headers["WARC-Target-URI"]: (
                    record.http_headers["Content-Type"],
                    record.content_stream().read(),
                )
                for record in ArchiveIterator(warc)
                if record.rec_type == "response"
            }
        pages = [json.loads(line) for line in file.read("pages/pages.jsonl").splitlines()[1:]]
    site = {path: data for path, data in exported.files().items() if path != ".sitrep-build.json"}
    assert len(held) == len(site)
    assert held[f"{HOST}/"] == ("text/html; charset=utf-8", site["index.html"])
    assert held[f"{HOST}/feed.xml"] == ("application/atom+xml", site["feed.xml"])
    titles = {page["url"]: page["title"] for page in pages}
    assert titles[f"{HOST}/"] and titles[f"{HOST}/2022/08/17/talks/"].startswith("talks")
