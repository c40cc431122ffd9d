"""A copy of a site is compared with its manifest, in a folder and at a host."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Archive
from sites import archive_at, hosted


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = archive_at(tmp_path_factory.mktemp("verify") / "archive")
    archive.config('[output]\nhosts = ["github"]\n')
    archive.write("briefings/talks.md", tags=["ü"])
    archive.build()
    return archive


@pytest.fixture
def host(copy: Archive) -> Iterator[str]:
    with hosted(copy.output) as url:
        yield url


def test_a_whole_copy_is_as_its_manifest_says_in_a_folder_and_at_a_host(copy: Archive, host: str) -> None:
    reports = [copy.run("verify", place, "--json") for place in ("output", host)]
    assert [ran.status for ran in reports] == [0, 0], reports
    assert reports[0].report["counts"]["manifest"] == reports[1].report["counts"]["manifest"]
    assert reports[1].report["counts"]["files"] > 10


def test_what_is_missing_or_altered_is_told(copy: Archive, host: str) -> None:
    page, feed = copy.output / "2022/08/17/talks/index.html", copy.output / "feed.xml"
    before = page.read_bytes(), feed.read_bytes()
    try:
        page.write_bytes(before[0] + b"<script>")
        feed.unlink()
        for place in ("output", host):
            ran = copy.run("verify", place)
            assert ran.status == 1
            assert [fault.partition("; ")[0].partition(": its")[0] for fault in ran.errors] == [
                "2022/08/17/talks/index.html: error: isn't what was published",
                "feed.xml: error: is missing",
            ]
    finally:
        page.write_bytes(before[0])
        feed.write_bytes(before[1])


def test_what_is_no_site_is_told(copy: Archive, host: str, tmp_path: Path) -> None:
    assert "manifest.json: error:" in copy.run("verify", str(tmp_path)).err
    assert "manifest.json: error:" in copy.run("verify", f"{host}tags/").err
    assert "can't be read" in copy.run("verify", "http://127.0.0.1:1/").err
    assert copy.run("verify", "nowhere").status == 2
