"""The preview: what `sitrep serve` shows is what a build would make, now."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import itertools
import json
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sites
from conftest import Archive

from builder.preview import watching
from builder.preview.hosts import url_of

# What the preview adds to a page.
SCRIPTS = re.compile(rb'<script src="/_preview/[^>]*></script>')


def free_port(host: str = "127.0.0.1") -> int:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


class Preview:
    """A running `sitrep serve`."""

    def __init__(self, archive: Archive, *arguments: str, host: str = "127.0.0.1", logs: bool = True) -> None:
        self.archive = archive
        self.host = host
        self.port = free_port(host)
        self.log = archive.root.parent / f"serve-{self.port}.log"
        with (self.log if logs else Path(os.devnull)).open("w") as log:
            self.process: subprocess.Popen[str] = sites.start(
                archive, "serve", "--port", str(self.port), "--host", host, *arguments, stdout=log, stderr=log
            )

    def url(self, address: str) -> str:
        return url_of(self.host, self.port, address)

    def fetch(self, address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """The status, the headers and the bytes of what is served at an address."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=30)
        try:
            connection.request("GET", address, headers=headers)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def get(self, address: str, **headers: str) -> tuple[int, dict[str, str], str]:
        status, answered, data = self.fetch(address, **headers)
        return status, answered, data.decode("utf-8", "replace")

    def status(self, address: str, **headers: str) -> int:
        """The status alone, of an answer that goes on."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=30)
        try:
            connection.request("GET", address, headers=headers)
            return connection.getresponse().status
        finally:
            connection.close()

    def text(self, address: str) -> str:
        """What is served at an address; empty where nothing is."""
        try:
            status, _, text = self.get(address)
        except OSError:
            assert self.process.poll() is None, self.log.read_text()
            return ""
        return text if status == 200 else ""

    def shows(self, address: str, words: str, seconds: float = 30) -> None:
        try:
            sites.eventually(lambda: words in self.text(address), seconds)
        except AssertionError:
            said = [line for line in self.log.read_text().splitlines() if " GET " not in line]
            pytest.fail(f"{address} never showed {words!r}: {said[-20:]}")


@contextmanager
def serving(archive: Archive, *arguments: str, host: str = "127.0.0.1") -> Iterator[Preview]:
    preview = Preview(archive, *arguments, host=host)
    try:
        preview.shows("/", "Test archive")
        yield preview
    finally:
        sites.stop(preview.process)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview that the tests of this module edit under."""
    archive = sites.archive_at(tmp_path_factory.mktemp("preview") / "archive")
    archive.records("actors", {"name": "Somebody"})
    archive.write("briefings/one.md", "First words.\n", title="One", actors=["Somebody"])
    archive.write("briefings/draft.md", title="A draft", draft=True)
    archive.write("pages/about.md", "About.\n", title="About")
    archive.write_bytes("media/picture.png", sites.PNG)
    archive.template("mine/theme.toml", 'name = "mine"\nextends = "broadsheet"\n')
    archive.template("mine/templates/404.html", "Nothing")
    archive.config('theme = "mine"\nbase_url = "https://archive.example/"\n')
    archive.build()
    with serving(archive) as preview:
        yield preview


def test_every_page_is_served_and_must_not_be_kept(running: Preview) -> None:
    for address, words in (
        ("/2022/08/17/one/", "First words."),
        ("/actors/somebody/", "Somebody"),
        ("/feed.xml", "<feed"),
        ("/about/", "About."),
    ):
        status, headers, text = running.get(address)
        assert status == 200 and words in text
        assert headers["cache-control"] == "no-store", address


def test_a_page_asks_the_preview_alone_for_anything(running: Preview) -> None:
    text = running.text("/2022/08/17/one/")
    style = next(part for part in text.split('"') if part.endswith(".css"))
    assert running.get("/2022/08/17/one/" + style)[0] == 200
    assert "//" not in style


def test_drafts_are_shown_and_marked(running: Preview) -> None:
    assert "Draft" in running.text("/2022/08/17/draft/")


def test_an_unknown_address_is_not_found(running: Preview) -> None:
    assert running.get("/not/there/")[0] == 404


def test_no_file_outside_the_preview_is_served(running: Preview) -> None:
    for address in (
        "/../sitrep.toml",
        "/%2e%2e/%2e%2e/sitrep.toml",
        "/..%2f..%2fsitrep.toml",
        "//etc/passwd",
        "/.sitrep-build.json/../../../sitrep.toml",
    ):
        _, _, text = running.get(address)
        assert "base_url" not in text and "root:" not in text, address


def test_nothing_that_is_done_in_a_preview_touches_the_output(running: Preview) -> None:
    before = sites.snapshot(running.archive.output)
    running.archive.write("briefings/touch.md", title="Touched")
    running.shows("/2022/08/17/touch/", "Touched")
    assert sites.snapshot(running.archive.output) == before


def _atomically(path: Path, text: str) -> None:
    """As editors save: beside the file, then by renaming."""
    beside = path.with_name(f"{path.name}.tmp~")
    beside.write_text(text, "utf-8")
    beside.replace(path)


def _older(path: Path, text: str) -> None:
    """As a version control system or an archive puts a file in its place: with a time of long ago."""
    away = path.parent.parent.parent.parent / "aside.md"
    away.write_text(text, "utf-8")
    os.utime(away, (1_000_000_000, 1_000_000_000))
    away.replace(path)


BRIEFING = "---\ntitle: {0}\ndate: 2022-08-17\n---\n\nWords of {0}.\n"


@pytest.mark.parametrize(
    "save",
    [lambda path, text: path.write_text(text, "utf-8"), _atomically, _older],
    ids=["in place", "by renaming", "older"],
)
def test_a_briefing_that_is_made_edited_renamed_and_deleted_is_followed(
    running: Preview, save: Callable[[Path, str], None], request: pytest.FixtureRequest
) -> None:
    name = "f" + "".join(c for c in request.node.callspec.id if c.isalpha())
    path = running.archive.root / f"content/briefings/{name}.md"
    save(path, BRIEFING.format("Made"))
    running.shows(f"/2022/08/17/{name}/", "Words of Made.")
    save(path, BRIEFING.format("Edited"))
    running.shows(f"/2022/08/17/{name}/", "Words of Edited.")
    path.rename(path.with_name(f"{name}-renamed.md"))
    running.shows(f"/2022/08/17/{name}-renamed/", "Words of Edited.")
    sites.eventually(lambda: running.get(f"/2022/08/17/{name}/")[0] == 404)
    path.with_name(f"{name}-renamed.md").unlink()
    sites.eventually(lambda: running.get(f"/2022/08/17/{name}-renamed/")[0] == 404)


def _stylesheet(page: str) -> str:
    return next(part for part in page.split('"') if part.endswith(".css")).removeprefix("./")


def test_every_kind_of_input_is_watched(running: Preview) -> None:
    archive = running.archive
    archive.write("pages/about.md", "Other words.\n", title="About")
    running.shows("/about/", "Other words.")
    archive.records("actors", {"name": "Somebody", "description": "Whom we know."})
    running.shows("/actors/somebody/", "Whom we know.")
    archive.records("tags", {"name": "New tag", "description": "A new file."})
    running.shows("/tags/new-tag/", "A new file.")
    archive.write("dossiers/case.md", "The case.\n", title="Case")
    running.shows("/dossiers/case/", "The case.")
    archive.template("mine/templates/prose.html", "By the theme: {{ body }}")
    running.shows("/about/", "By the theme")
    (archive.root / "themes/mine/templates/prose.html").unlink()
    running.shows("/about/", "<html")
    archive.template("mine/static/style.css", "body { color: navy }\n")
    sites.eventually(lambda: "navy" in running.text("/" + _stylesheet(running.text("/"))), 30)
    archive.write("briefings/pictured.md", "![x](/media/picture.png)\n", title="Pictured")
    running.shows("/2022/08/17/pictured/", "<img")
    archive.config('theme = "mine"\ndescription = "Described anew."\n')
    running.shows("/", "Described anew.")


def test_while_something_is_wrong_the_last_good_version_stays_and_says_why(running: Preview) -> None:
    path = running.archive.write("briefings/wrong.md", "Right.\n", title="Wrong")
    running.shows("/2022/08/17/wrong/", "Right.")
    path.write_text("---\ntitle: no end\n", "utf-8")
    sites.eventually(lambda: "content/briefings/wrong.md:1: error:" in running.log.read_text())
    assert "Right." in running.text("/2022/08/17/wrong/")
    assert '<section class="errors" role="alert" lang="en">' in running.text("/_preview/panel?page=/2022/08/17/wrong/")
    assert "Traceback" not in running.log.read_text()
    path.write_text(BRIEFING.format("Mended"), "utf-8")
    running.shows("/2022/08/17/wrong/", "Words of Mended.")


def test_the_last_good_page_is_that_of_the_last_good_save_however_soon_a_bad_one_follows(running: Preview) -> None:
    path = running.archive.write("briefings/hasty.md", "Early words.\n", title="Hasty")
    running.shows("/2022/08/17/hasty/", "Early words.")
    before = running.log.read_text().count("hasty.md:1: error:")
    sites.eventually(lambda: not running.text("/_preview/panel?page=/").strip())
    running.archive.write("briefings/hasty.md", "Good words.\n", title="Hasty")
    running.shows("/2022/08/17/hasty/", "Good words.")  # made ahead: the archive isn't read yet
    path.write_text("---\ntitle: no end\n", "utf-8")
    sites.eventually(lambda: running.log.read_text().count("hasty.md:1: error:") > before)
    assert "Good words." in running.text("/2022/08/17/hasty/")
    path.unlink()
    sites.eventually(lambda: running.get("/2022/08/17/hasty/")[0] == 404)


WHOLE = """\
languages = ["fr"]
[search]
enabled = true
[output]
hosts = ["apache", "cloudflare", "github", "netlify", "nginx"]
"""


def test_every_file_that_a_build_makes_is_served_as_it_is(tmp_path: Path) -> None:
    archive = sites.rich_archive(tmp_path / "archive", events=12)
    archive.config(sites.RICH_CONFIG + WHOLE)
    archive.write_text("briefings/second.fr.md", "---\ntitle: Le second\n---\n\n## Contesté {#what-is-contested}\n")
    with serving(archive) as preview:
        archive.write("briefings/last.md", "Last.\n", title="The last")
        preview.shows("/2022/08/17/last/", "Last.")
        archive.build("--drafts", "--output", "../built")
        built = sites.contents(tmp_path / "built")
        del built[".sitrep-build.json"]  # the build's own
        assert {
            "pagefind/en/all/pagefind-entry.json",
            "fr/feed.json",
            "data/briefings.csv",
            "nginx.conf",
        } < built.keys()
        for name, made in built.items():
            status, _, data = preview.fetch("/" + name.removesuffix("index.html"))
            assert status == (404 if name == "404.html" else 200), name
            assert SCRIPTS.sub(b"", data) == made, name
        assert "Traceback" not in preview.log.read_text()


def test_it_answers_as_a_static_host_does(running: Preview) -> None:
    status, headers, _ = running.get("/2022/08/17/one")
    assert (status, headers["location"]) == (301, "/2022/08/17/one/")
    # A search that somebody has kept the address of is still one.
    assert running.get("/2022/08/17/one?q=a%20b")[1]["location"] == "/2022/08/17/one/?q=a%20b"
    assert running.get("/2022/08/x/..%2f17/one")[1]["location"] == "/2022/08/17/one/"
    assert running.get("/2022%252F08/")[0] == 404  # decoded once
    assert running.get("/%ff/")[0] == 404
    status, headers, _ = running.get("///evil.example/%2e%2e/2022")
    assert headers.get("location", "/").startswith("/") and not headers.get("location", "").startswith("//")
    status, headers, text = running.get("/not/there/")
    assert status == 404 and "Nothing" in text
    for address, kind in (
        ("/", "text/html; charset=utf-8"),
        ("/feed.xml", "application/atom+xml"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/" + _stylesheet(running.text("/")), "text/css; charset=utf-8"),
    ):
        _, headers, _ = running.get(address)
        assert headers["content-type"] == kind
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_who_asks_by_the_name_of_another_host_is_refused(running: Preview) -> None:
    for host, status in (
        ("evil.example", 403),
        ("evil.example:8000", 403),
        ("127.0.0.1.evil.example", 403),
        ("127.0.0.1:port", 403),
        ("localhost", 200),
        ("127.0.0.1", 200),
        ("[::1]:8000", 200),
    ):
        for address in ("/", "/_preview/panel"):
            assert running.get(address, Host=host)[0] == status, host


def test_a_page_of_another_site_cannot_connect(running: Preview) -> None:
    asked = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
    }
    own = f"127.0.0.1:{running.port}"
    assert running.get("/livereload", **asked, Origin="https://evil.example")[0] == 403
    assert running.get("/livereload", **asked, Host="evil.example", Origin="http://evil.example")[0] == 403
    assert running.status("/livereload", **asked, Origin=f"http://{own}") == 101


def test_a_preview_without_drafts_is_what_readers_will_see(tmp_path: Path) -> None:
    archive = sites.archive_at(tmp_path / "archive")
    archive.write("briefings/draft.md", title="A draft", draft=True)
    with serving(archive, "--no-drafts") as preview:
        assert preview.get("/2022/08/17/draft/")[0] == 404


def test_a_preview_that_is_started_again_follows_edits(tmp_path: Path) -> None:
    archive = sites.archive_at(tmp_path / "archive")
    archive.write("briefings/one.md", "One.\n\nSee [two](two.md).\n")
    archive.write("briefings/two.md", "Two.\n")
    with serving(archive) as preview:
        preview.shows("/2022/08/17/one/", "/two/")
    with serving(archive) as preview:
        archive.write("briefings/one.md", "Other words.\n\nSee [two](two.md).\n")
        preview.shows("/2022/08/17/one/", "Other words.")
        assert "/two/" in preview.text("/2022/08/17/one/")


def test_a_preview_may_begin_with_something_wrong(tmp_path: Path) -> None:
    archive = sites.archive_at(tmp_path / "archive")
    path = archive.write_text("briefings/one.md", "---\ntitle: no end\n")
    preview = Preview(archive)
    try:
        sites.eventually(lambda: "content/briefings/one.md:1: error:" in preview.log.read_text())
        path.write_text(BRIEFING.format("Mended"), "utf-8")
        preview.shows("/2022/08/17/one/", "Words of Mended.")
    finally:
        sites.stop(preview.process)


def test_a_preview_over_ipv6_is_served(tmp_path: Path) -> None:
    try:
        free_port("::1")
    except OSError:
        pytest.skip("this machine has no IPv6")
    archive = sites.archive_at(tmp_path / "archive")
    archive.write("briefings/one.md", "Words.\n")
    with serving(archive, host="::1") as preview:
        assert f"http://[::1]:{preview.port}/" in preview.log.read_text()
        assert "Words." in preview.text("/2022/08/17/one/")


def test_a_port_that_is_taken_is_told_with_the_way_out(tmp_path: Path) -> None:
    archive = sites.archive_at(tmp_path / "archive")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = archive.run("serve", "--port", str(port))
    assert ran.status == 1
    told = [line for line in ran.err.splitlines() if line.startswith("error: ")]
    assert len(told) == 1
    assert str(port) in told[0] and "--port" in told[0]
    assert "Traceback" not in ran.err


def test_an_archive_is_read_once_when_it_begins(tmp_path: Path) -> None:
    archive = sites.archive_at(tmp_path / "archive")
    archive.write("briefings/one.md", "One.\n")
    with serving(archive) as preview:
        archive.write("briefings/two.md", "Two.\n")
        preview.shows("/2022/08/17/two/", "Two.")
        read = [line for line in preview.log.read_text().splitlines() if "read in" in line]
    assert [line.split(",")[0] for line in read] == ["1 briefing", "2 briefings"]


def test_where_the_system_cannot_watch_folders_they_are_polled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def watch(*folders: Path, force_polling: bool | None = None, **options: Any) -> Any:
        if not force_polling:
            raise OSError("OS file watch limit reached.")
        return watching.awatch_really(*folders, force_polling=True, **options)

    monkeypatch.setattr(watching, "awatch_really", watching.awatch, raising=False)
    monkeypatch.setattr(watching, "awatch", watch)
    (tmp_path / "content").mkdir()
    refused: list[Exception] = []

    async def follow() -> None:
        saved = asyncio.Event()
        watcher = watching.FileWatcher(tmp_path, lambda: [], refused.append)
        watcher.start(saved.set)
        await asyncio.wait_for(saved.wait(), 20)
        for number in itertools.count():  # until it has begun to look
            (tmp_path / "content" / f"{number}.md").write_text("saved")
            await asyncio.sleep(0.2)
            if any(path.endswith(".md") for path in watcher.take()):
                break
            assert number < 100
        watcher.stop()

    asyncio.run(follow())
    assert [str(problem) for problem in refused] == ["OS file watch limit reached."]


def test_without_a_port_the_next_free_one_is_taken_with_a_word(tmp_path: Path) -> None:
    archive = sites.archive_at(tmp_path / "archive")
    with contextlib.ExitStack() as stack:
        taken = stack.enter_context(socket.socket())
        with contextlib.suppress(OSError):  # or somebody else has it
            taken.bind(("127.0.0.1", 8000))
            taken.listen()
        log = tmp_path / "log"
        process = sites.start(archive, "serve", stdout=stack.enter_context(log.open("w")), stderr=-3)
        try:
            sites.eventually(lambda: "port 8000 is taken" in log.read_text())
        finally:
            sites.stop(process)
    assert re.search(r"http://127\.0\.0\.1:80[012]\d/", log.read_text())


def test_the_folder_of_the_site_is_kept_if_asked_for(tmp_path: Path) -> None:
    archive = sites.archive_at(tmp_path / "archive", 'base_url = "https://archive.example/briefings/"\n')
    archive.write("briefings/one.md", "One.\n")
    preview = Preview(archive, "--base-path")
    try:
        preview.shows("/briefings/2022/08/17/one/", "One.")
        assert preview.get("/")[1]["location"] == "/briefings/"
        assert preview.get("/2022/08/17/one/")[0] == 404
        assert preview.get("/briefings/2022/08/17/one")[1]["location"] == "/briefings/2022/08/17/one/"
    finally:
        sites.stop(preview.process)


def test_it_outlives_what_happens_to_its_folders(tmp_path: Path) -> None:
    archive = sites.archive_at(tmp_path / "archive")
    archive.write("briefings/one.md", "One.\n")
    with serving(archive) as preview:
        preview.shows("/2022/08/17/one/", "One.")
        shutil.rmtree(archive.root / "content")
        sites.eventually(lambda: "content: error:" in preview.log.read_text(), 30)
        assert "One." in preview.text("/2022/08/17/one/")
        archive.write("briefings/one.md", "Back.\n")
        preview.shows("/2022/08/17/one/", "Back.")
        archive.write("briefings/one.md", "And on.\n")
        preview.shows("/2022/08/17/one/", "And on.")
        shutil.rmtree(archive.root / ".sitrep")
        archive.write("briefings/one.md", "Without a cache.\n")
        preview.shows("/2022/08/17/one/", "Without a cache.")
        assert "One" in preview.text("/") or preview.text("/")
        assert "Traceback" not in preview.log.read_text()


def test_the_cache_may_be_deleted_while_nothing_is_saved(tmp_path: Path) -> None:
    archive = sites.archive_at(tmp_path / "archive")
    archive.write("briefings/one.md", "One.\n")
    with serving(archive) as preview:
        preview.shows("/2022/08/17/one/", "One.")
        shutil.rmtree(archive.root / ".sitrep")
        assert preview.get("/2022/")[0] == 200
        assert "Traceback" not in preview.log.read_text()


def test_what_is_recorded_as_public_is_followed(tmp_path: Path) -> None:
    archive = sites.archive_at(tmp_path / "archive")
    archive.write("briefings/one.md", "One.\n")
    with serving(archive) as preview:
        preview.shows("/2022/08/17/one/", "One.")
        editions = [{"edition": letter * 64, "day": "2024-01-01"} for letter in "ef"]
        recorded = json.dumps({"briefings": [], "places": [], "editions": editions})
        (archive.root / "published.json").write_text(recorded)
        preview.shows("/changes/", "f" * 12)


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux sets the limits of another process")
def test_a_full_disk_is_told_and_outlived(tmp_path: Path) -> None:
    archive = sites.archive_at(tmp_path / "archive")
    archive.write("briefings/one.md", "One.\n")
    preview = Preview(archive, logs=False)
    try:
        preview.shows("/2022/08/17/one/", "One.")
        unlimited = resource.prlimit(preview.process.pid, resource.RLIMIT_FSIZE)
        # No file may grow any more: to a program that is as if no room were left.
        resource.prlimit(preview.process.pid, resource.RLIMIT_FSIZE, (0, unlimited[1]))
        archive.write("briefings/one.md", "Two.\n", tags=["new"])
        sites.eventually(lambda: "be written (" in preview.text("/_preview/panel?page=/"), 30)
        assert "One." in preview.text("/2022/08/17/one/")
        resource.prlimit(preview.process.pid, resource.RLIMIT_FSIZE, unlimited)
        archive.write("briefings/one.md", "Three.\n", tags=["new"])
        preview.shows("/2022/08/17/one/", "Three.")
        assert preview.text("/_preview/panel?page=/").strip() == ""
    finally:
        sites.stop(preview.process)


def test_the_search_knows_what_was_saved(tmp_path: Path) -> None:
    archive = sites.archive_at(tmp_path / "archive", "[search]\nenabled = true\n")
    archive.write("briefings/one.md", title="One")
    with serving(archive) as preview:

        def found() -> int:
            entry = preview.text("/pagefind/en/all/pagefind-entry.json")
            return int(json.loads(entry)["languages"]["en"]["page_count"])

        assert found() == 1
        archive.write("briefings/two.md", title="Two")
        preview.shows("/2022/08/17/two/", "Two")
        assert found() == 2
        assert preview.get("/pagefind/nothing/pagefind-entry.json")[0] == 404


def test_many_saves_at_once_are_read_once(tmp_path: Path) -> None:
    archive = sites.archive_at(tmp_path / "archive")
    out = tmp_path / "out"
    with out.open("w") as stdout:
        process = sites.start(archive, "serve", "--json", "--port", str(free_port()), stdout=stdout, stderr=-3)
    try:
        sites.eventually(lambda: out.read_text().endswith("\n"))
        for number in range(300):
            archive.write(f"briefings/{number}.md", title=f"Number {number}")
        sites.eventually(lambda: json.loads(out.read_text().splitlines()[-1])["counts"]["briefings"] == 300, 30)
    finally:
        sites.stop(process)
    # One as a rule; a slow machine may see a pause where there was none.
    assert len(out.read_text().splitlines()) - 1 <= 3


def test_a_host_that_is_not_ours_is_told_with_the_way_out(tmp_path: Path) -> None:
    archive = sites.archive_at(tmp_path / "archive")
    for host in ("192.0.2.1", "no-such-host.invalid"):
        ran = archive.run("serve", "--host", host, "--port", str(free_port()))
        assert ran.status == 1, ran.err
        assert "--host" in ran.err
        assert "Traceback" not in ran.err


@pytest.mark.parametrize(("with_signal", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_preview_that_is_stopped_says_so_in_its_exit_status(
    tmp_path: Path, with_signal: signal.Signals, status: int
) -> None:
    archive = sites.archive_at(tmp_path / "archive")
    with serving(archive) as preview:
        assert sites.stop(preview.process, with_signal) == status
        assert "Traceback" not in preview.log.read_text()


def test_with_json_standard_output_holds_reports_and_nothing_else(tmp_path: Path) -> None:
    archive = sites.archive_at(tmp_path / "archive")
    archive.write("briefings/one.md", title="One")
    port = free_port()
    out = tmp_path / "out"
    with out.open("w") as stdout:
        process = sites.start(archive, "serve", "--json", "--port", str(port), stdout=stdout, stderr=-3)
    try:
        sites.eventually(lambda: out.read_text().endswith("\n"))
        archive.write_text("briefings/bad.md", "---\ntitle: no end\n")
        sites.eventually(lambda: len(out.read_text().splitlines()) > 1)
    finally:
        sites.stop(process)
    reports = [json.loads(line) for line in out.read_text().splitlines()]
    assert [report["ok"] for report in reports[:2]] == [True, False]
    assert all(report["command"] == "serve" for report in reports)


def test_quiet_says_nothing_but_errors(tmp_path: Path) -> None:
    archive = sites.archive_at(tmp_path / "archive")
    archive.write("briefings/one.md", region="Nowhere")
    with serving(archive, "--quiet") as preview:
        assert preview.text("/")
        assert preview.log.read_text() == ""
