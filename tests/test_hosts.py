"""Files that hosts read: headers, redirects, security.txt; and recipes for hosts that build from git."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from conftest import Archive
from sites import archive_at

from builder.hosting import cache_control, content_type

EVERY = '[output]\nhosts = ["apache", "cloudflare", "github", "netlify", "nginx"]\n'
FILES = {".htaccess", ".nojekyll", "CNAME", "_headers", "_redirects", "nginx.conf"}


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = archive_at(tmp_path_factory.mktemp("hosts") / "archive")
    archive.config(
        f'base_url = "https://archive.example/"\n{EVERY}'
        '[security]\ncontact = "security@archive.example"\nexpires = 2030-01-31\n'
    )
    archive.records("actors", {"id": "kfor", "name": "KFOR", "aliases": ["Kosovo Force"]})
    archive.write("briefings/talks.md", actors=["KFOR"], aliases=["/alt/ü+ber/", "/old.html", "/a$b;{c}/"])
    archive.build("--strict")
    return archive


def test_an_archive_that_names_no_host_has_no_file_for_one(archive: Archive) -> None:
    archive.write("briefings/talks.md")
    archive.build()
    assert not FILES & archive.files().keys()


def test_headers_let_a_page_load_the_sites_own_files_and_keep_assets_for_ever(hosted: Archive) -> None:
    headers = hosted.page("/_headers")
    assert headers.startswith(
        "/*\n  Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; "
    )
    for header in ("nosniff", "Referrer-Policy: no-referrer", "frame-ancestors 'none'", "max-age=31536000\n"):
        assert header in headers
    assert headers.endswith("/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n")
    assert "unsafe-inline" not in headers


def test_redirects_lead_from_every_old_address_in_every_form(hosted: Archive) -> None:
    lines = hosted.page("/_redirects").splitlines()
    assert lines == [
        "/a%24b%3B%7Bc%7D/ /2022/08/17/talks/ 301",
        "/alt/%C3%BC%2Bber/ /2022/08/17/talks/ 301",
        "/old.html /2022/08/17/talks/ 301",
        "/actors/kosovo-force/ /actors/kfor/ 301",
    ]
    assert 'RedirectMatch 301 "^/old\\.html$" "/2022/08/17/talks/"' in hosted.page("/.htaccess")
    assert 'location = "/alt/ü+ber/" { return 301 "/2022/08/17/talks/"; }' in hosted.page("/nginx.conf")
    assert "/2022/08/17/talks/" in hosted.page("/old.html")  # for any host


def test_a_site_below_its_host_has_its_folder_before_each_path_and_no_domain(archive: Archive) -> None:
    archive.config(f'base_url = "http://archive.example/kosovo/"\n{EVERY}')
    archive.write("briefings/talks.md", aliases=["/old/"])
    archive.build()
    assert archive.page("/_redirects") == "/kosovo/old/ /kosovo/2022/08/17/talks/ 301\n"
    assert archive.page("/_headers").startswith("/kosovo/*\n") and "\n/kosovo/assets/*\n" in archive.page("/_headers")
    assert "Strict-Transport-Security" not in archive.page("/_headers")
    assert "CNAME" not in archive.files()


@pytest.mark.parametrize(("url", "has"), [("https://team.github.io/", False), ("https://archive.example/", True)])
def test_a_domain_of_its_own_is_told_to_github(archive: Archive, url: str, has: bool) -> None:
    archive.config(f'base_url = "{url}"\n[output]\nhosts = ["github"]\n')
    archive.build()
    files = archive.files()
    assert files[".nojekyll"] == b""
    assert (files.get("CNAME") == b"archive.example\n") is has


def test_security_txt_says_whom_to_write_to_and_until_when(hosted: Archive) -> None:
    fields = dict(line.split(": ", 1) for line in hosted.page("/.well-known/security.txt").splitlines())
    assert fields["Contact"] == "mailto:security@archive.example"
    assert datetime.fromisoformat(fields["Expires"]) == datetime(2030, 1, 31, tzinfo=UTC)
    assert fields["Canonical"] == "https://archive.example/.well-known/security.txt"


@pytest.mark.parametrize(
    "table", ['contact = "a@b.c"', "expires = 2030-01-31", 'contact = "a@b.c"\nexpires = "2030-01"']
)  # fmt: skip
def test_half_of_security_txt_is_an_error(archive: Archive, table: str) -> None:
    archive.config(f"[security]\n{table}\n")
    assert "security." in archive.run("check").errors[0]


def test_a_page_that_wants_a_files_place_is_an_error(archive: Archive) -> None:
    archive.config(EVERY)
    archive.write("briefings/talks.md", aliases=["/_headers"])
    archive.write("pages/cname.md")
    faults = archive.run("check").errors
    assert [fault.partition(" is also")[0].rpartition(" ")[2] for fault in faults] == ["/_headers", "/CNAME"]


def test_an_old_address_that_comes_or_goes_changes_the_redirects_and_a_warm_build_is_a_cold_one(
    archive: Archive, tmp_path: Path
) -> None:
    archive.config(EVERY)
    archive.write("briefings/talks.md")
    archive.build()
    archive.write("briefings/talks.md", aliases=["/old/"])
    archive.build()
    warm = archive.files()
    assert b"/old/ /2022/08/17/talks/ 301\n" in warm["_redirects"]
    archive.build("--clean", "--output", str(tmp_path / "cold"))
    assert (tmp_path / "cold/_redirects").read_bytes() == warm["_redirects"]
    assert (tmp_path / "cold/.htaccess").read_bytes() == warm[".htaccess"]


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx isn't installed")
def test_nginx_takes_its_file(hosted: Archive, tmp_path: Path) -> None:
    config = tmp_path / "nginx.conf"
    config.write_text(
        f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{ access_log off; error_log stderr; server {{ listen 127.0.0.1:1; "
        f"root {hosted.output}; include {hosted.output}/nginx.conf; }} }}\n"
    )
    ran = subprocess.run(["nginx", "-t", "-p", tmp_path, "-c", config], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr


def test_types_and_cache_headers_are_the_same_on_every_machine() -> None:
    assert content_type("feed.xml") == "application/atom+xml"
    assert content_type("2022/index.html") == "text/html; charset=utf-8"
    assert content_type("_headers") == "text/plain; charset=utf-8"
    assert content_type("assets/x.woff2") == "font/woff2"
    assert "immutable" in cache_control("assets/x.css") and "must-revalidate" in cache_control("index.html")


def test_a_new_archive_has_recipes_that_install_check_and_build(archive: Archive) -> None:
    assert archive.run("new", "archive", "new").status == 0
    root = archive.root / "new"
    github = yaml.safe_load((root / ".github/workflows/site.yml").read_text("utf-8"))
    steps = github["jobs"]["site"]["steps"]
    gitlab = yaml.safe_load((root / ".gitlab-ci.yml").read_text("utf-8"))["pages"]
    netlify = tomllib.loads((root / "netlify.toml").read_text("utf-8"))["build"]
    install = "python -m pip install -r requirements.txt"
    assert [step["run"] for step in steps if "run" in step] == [install, "sitrep check", "sitrep build"]
    assert gitlab["script"] == [install, "sitrep check", "sitrep build --output public"]
    assert netlify["command"] == f"{install} && sitrep check && sitrep build"
    assert [step["with"]["path"] for step in steps if "with" in step and "path" in step["with"]] == [
        ".sitrep",
        "output",
    ]
    assert ".sitrep/" in gitlab["cache"]["paths"]
    lines = [line for line in (root / "requirements.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert len(lines) == 1 and lines[0].startswith(("./sitrep_archive-", "sitrep-archive @ git+https://"))
    for command in ("check --strict", "build"):
        ran = Archive(root).run(*command.split(), env={"CI": "true"})
        assert ran.status == 0, ran.err
