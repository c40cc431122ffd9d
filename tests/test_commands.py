"""The commands, as a person or a program runs them."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import termios
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sites
from conftest import REPOSITORY, Archive, Ran
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.cli.commands import sitrep

COMMANDS = [("new", "archive"), ("new", "briefing"), ("check",), ("build",), ("serve",), ("why",)]


@pytest.fixture
def built(archive: Archive) -> Archive:
    archive.write("briefings/one.md", title="One", id="one")
    archive.build()
    return archive


def _run(folder: Path, *arguments: str, **env: str) -> Ran:
    """Runs `sitrep ARGUMENTS` in a folder that may be no archive."""
    return Archive(folder, env).run(*arguments)


# Help


@pytest.mark.parametrize("command", [(), ("new",), *COMMANDS], ids=" ".join)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_explains_itself(tmp_path: Path, command: tuple[str, ...], option: str) -> None:
    ran = _run(tmp_path, *command, option)
    assert ran.status == 0
    assert ran.err == ""
    assert ran.out.startswith("Usage: sitrep")
    assert max(len(line) for line in ran.out.splitlines()) <= 100
    for line in re.findall(r"^  (-.*)$", ran.out, re.MULTILINE):  # each option says what it does
        assert re.search(r"  \S", line) or ran.out.split(line)[1].lstrip("\n").startswith(" " * 10), line


def test_help_names_every_command_and_what_to_begin_with(tmp_path: Path) -> None:
    text = _run(tmp_path, "--help").out
    for word in ("new", "check", "build", "serve", "sitrep new archive DIR"):
        assert word in text


@pytest.mark.parametrize(
    ("command", "options"),
    [
        (("new", "briefing"), "--date --region --actor --tag --dossier --root --quiet --json"),
        (("new", "archive"), "--quiet --json"),
        (("check",), "--strict --fix --root --quiet --json"),
        (
            ("build",),
            "--output --base-url --theme --drafts --strict --no-search --clean --profile --root --quiet --json",
        ),
        (("serve",), "--port --host --open --no-drafts --root --quiet --json"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_every_option_of_the_design_is_there(tmp_path: Path, command: tuple[str, ...], options: str) -> None:
    text = _run(tmp_path, *command, "--help").out
    for option in options.split():
        assert re.search(rf"^  (-\w, )?{option}\b", text, re.MULTILINE), option


def test_the_version_is_told(tmp_path: Path) -> None:
    assert re.fullmatch(r"sitrep \d+\.\d+\S*\n", _run(tmp_path, "--version").out)


def test_the_console_script_is_the_same_program(built: Archive) -> None:
    script = Path(sys.executable).with_name("sitrep")
    if not script.exists():
        pytest.skip("the project isn't installed here")
    done = subprocess.run([script, "check", "--json"], cwd=built.root, capture_output=True, text=True)
    assert json.loads(done.stdout)["command"] == "check"


# Exit status


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("build", "--nonsense"),
        ("build", "extra"),
        ("build", "--base-url", "not a url"),
        ("build", "--base-url", "ftp://x/"),
        ("build", "--root", "not-there"),
        ("serve", "--port", "0"),
        ("serve", "--port", "x"),
        ("serve", "--port", "70000"),
        ("new", "briefing"),
        ("new", "briefing", "T", "--date", "yesterday"),
        ("new", "briefing", "T", "--date", "2023-05-32"),
        ("new", "archive"),
        ("new",),
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_ends_with_2_and_says_what_is_wrong(built: Archive, arguments: tuple[str, ...]) -> None:
    before = sites.snapshot(built.root / "content"), sites.snapshot(built.output)
    ran = built.run(*arguments)
    assert ran.status == 2
    assert ran.err.strip() or "Usage" in ran.out
    assert "Traceback" not in ran.err
    assert (sites.snapshot(built.root / "content"), sites.snapshot(built.output)) == before


@pytest.mark.parametrize("command", [("build",), ("check",), ("serve",), ("new", "briefing", "T")], ids=" ".join)
def test_outside_an_archive_each_command_ends_with_2_and_says_how_to_begin(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    ran = _run(tmp_path, *command)
    assert ran.status == 2
    assert "sitrep new archive DIR" in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [("build",), ("check",)], ids=" ".join)
def test_content_that_is_at_fault_ends_with_1(built: Archive, command: tuple[str, ...]) -> None:
    built.write("briefings/bad.md", dossier="nowhere")
    assert built.run(*command).status == 1


@pytest.mark.parametrize("command", [("build",), ("check",)], ids=" ".join)
def test_strict_counts_warnings_as_errors(archive: Archive, command: tuple[str, ...]) -> None:
    archive.write("briefings/one.md", id="one", region="Nowhere")
    ran = archive.run(*command)
    assert ran.status == 0
    assert len(ran.faults) == 1 and ": warning: " in ran.faults[0]
    ran = archive.run(*command, "--strict")
    assert ran.status == 1
    assert len(ran.errors) == 1 and ran.errors[0].startswith("content/briefings/one.md:")


def test_a_lint_that_is_off_is_no_error_with_strict(archive: Archive) -> None:
    archive.config('[check]\noff = ["unknown-record"]\n')
    archive.write("briefings/one.md", id="one", region="Nowhere")
    assert archive.run("build", "--strict").status == 0


@pytest.mark.parametrize(("with_signal", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_build_that_is_stopped_says_so_in_its_exit_status(
    tmp_path: Path, with_signal: signal.Signals, status: int
) -> None:
    archive = sites.archive_at(tmp_path / "archive")
    sites.series(archive, sites.days(400))
    process = sites.start(archive, "build", stdout=-3, stderr=-1)
    sites.eventually((archive.output / ".sitrep-journal").exists)
    process.send_signal(with_signal)
    _, err = process.communicate(timeout=30)
    assert process.returncode == status, err
    assert "Traceback" not in err
    assert not list(archive.output.rglob("*"))


def test_a_reader_who_has_had_enough_is_no_bug(built: Archive) -> None:
    for _ in range(3):
        process = sites.start(built, "check", "--json", stdout=-1, stderr=-1)
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        err = process.stderr.read()
        process.stderr.close()
        assert process.wait(timeout=30) == 0, err
        assert not err


def _in_shell(archive: Archive, words: str) -> subprocess.CompletedProcess[str]:
    line = f"set -o pipefail; {sys.executable} -m builder {words}"
    env = {**os.environ, **archive.env, "PYTHONPATH": str(REPOSITORY)}
    return subprocess.run(["bash", "-c", line], cwd=archive.root, env=env, capture_output=True, text=True)


@pytest.mark.parametrize("redirection", [">&-", "2>&-", ">&- 2>&-", "| true"])
@pytest.mark.parametrize("command", ["--version", "build", "check --json"])
def test_who_hears_what_a_command_says_changes_nothing_of_how_it_ends(
    built: Archive, command: str, redirection: str
) -> None:
    ran = _in_shell(built, f"{command} {redirection}")
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
def test_a_report_that_finds_no_room_is_one_line(built: Archive) -> None:
    ran = _in_shell(built, "check --json >/dev/full")
    assert ran.returncode == 1
    assert ran.stderr == "standard output can't be written: No space left on device\n"


# What is said


def test_the_report_says_pages_faults_seconds_and_where_to_look(built: Archive) -> None:
    built.write("briefings/two.md", draft=True)
    ran = built.build()
    assert re.search(r"^\d+ pages of 1 briefing, 1 draft left out .* in \d+\.\d s; no faults$", ran.out, re.MULTILINE)
    assert re.search(r"^The site is in \S*output: .* `sitrep serve`$", ran.out, re.MULTILINE)


def test_nothing_that_is_piped_holds_colours_or_a_progress_bar(built: Archive) -> None:
    built.write("briefings/two.md", region="Nowhere")
    for command in ("build", "check"):
        ran = built.run(command)
        assert "\x1b" not in ran.out + ran.err and "\r" not in ran.out + ran.err


@pytest.mark.parametrize(
    "command", [("build",), ("check",), ("new", "briefing", "A title"), ("new", "archive", "sub")], ids=" ".join
)
def test_quiet_says_nothing_but_errors(archive: Archive, command: tuple[str, ...]) -> None:
    archive.write("briefings/one.md", region="Nowhere")
    ran = archive.run(*command, "--quiet")
    assert (ran.status, ran.out, ran.err) == (0, "", "")


@pytest.mark.parametrize("command", [("build",), ("check",)], ids=" ".join)
def test_quiet_says_all_errors(archive: Archive, command: tuple[str, ...]) -> None:
    archive.write("briefings/one.md", region="Nowhere", dossier="nowhere")
    ran = archive.run(*command, "--quiet")
    assert ran.status == 1
    assert len(ran.err.splitlines()) == 1 and ": error: " in ran.err


def test_without_search_the_site_is_the_same_as_long_as_there_is_none(built: Archive) -> None:
    before = sites.snapshot(built.output)
    built.build("--no-search")
    assert sites.snapshot(built.output) == before


def _on_a_terminal(archive: Archive, *arguments: str) -> str:
    """What a command shows on a terminal."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    try:
        process = sites.start(archive, *arguments, stdin=theirs, stdout=theirs, stderr=theirs, env={"TERM": "xterm"})
    finally:
        os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # the end of a terminal is an error to Linux
        while data := os.read(ours, 65536):
            shown += data
    os.close(ours)
    assert process.wait(timeout=60) == 0
    return shown.decode()


def test_on_a_terminal_warnings_have_a_colour_and_short_work_shows_no_bar(archive: Archive) -> None:
    archive.write("briefings/one.md", region="Nowhere")
    shown = _on_a_terminal(archive, "check")
    assert "\x1b[33m" in shown and "warning" in shown
    assert "%|" not in shown
    assert "one.md:4:" in shown


def test_on_a_terminal_a_bar_shows_how_far_long_work_is(tmp_path: Path) -> None:
    archive = sites.archive_at(tmp_path / "archive")
    # Long bodies rather than many: reading them takes well over a second.
    sites.series(archive, sites.days(60))
    body = "*Words* in a [long](https://x.example/) body.\n\n" * 1600
    for path in (archive.root / "content").rglob("*.md"):
        path.write_text(f"{path.read_text('utf-8')}\n{body}", "utf-8")
    shown = _on_a_terminal(archive, "check")
    assert re.search(r"reading content/briefings: +\d+%", shown), shown[-300:]
    assert "60 briefings in " in shown


def test_profile_shows_where_the_time_went(built: Archive) -> None:
    ran = built.build("--profile")
    for stage in ("load", "resolve", "index", "plan", "render", "publish"):
        assert re.search(rf"^ *{stage} +\d+\.\d+ s +\d+%$", ran.out, re.MULTILINE)
    assert set(built.build("--profile", "--json").report["counts"]["stages"]) >= {"load", "render", "publish"}


# Reports for programs


def _is_report(report: Any, command: str, ok: bool) -> None:
    assert set(report) == {"command", "ok", "seconds", "counts", "faults"}
    assert report["command"] == command
    assert report["ok"] is ok
    assert isinstance(report["seconds"], float | int) and report["seconds"] >= 0
    assert isinstance(report["counts"], dict)
    for fault in report["faults"]:
        assert set(fault) == {"path", "line", "severity", "code", "field", "message"}
        assert fault["severity"] in ("error", "warning")
        assert isinstance(fault["line"], int)
        assert all(isinstance(fault[name], str) for name in ("path", "code", "field", "message"))
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", fault["code"])


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (("build",), "build"),
        (("check",), "check"),
        (("new", "briefing", "A title"), "new briefing"),
        (("new", "archive", "sub"), "new archive"),
    ],
    ids=["build", "check", "new briefing", "new archive"],
)
def test_with_json_standard_output_is_one_report(archive: Archive, command: tuple[str, ...], name: str) -> None:
    archive.write("briefings/one.md", title="Вучић", region="Nowhere")
    ran = archive.run(*command, "--json")
    assert ran.status == 0, ran.err
    assert ran.err == ""
    _is_report(json.loads(ran.out), name, ok=True)
    if name in ("build", "check"):
        assert json.loads(ran.out)["faults"][0]["code"] == "unknown-record"
        assert json.loads(ran.out)["counts"]["warnings"] == 1


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (("build",), "build"),
        (("check",), "check"),
        (("build", "--output", "content"), "build"),
        (("build", "--theme", "nowhere"), "build"),
        (("new", "briefing", "A title", "--dossier", "nowhere"), "new briefing"),
        (("new", "briefing", "…"), "new briefing"),
        (("new", "archive", "."), "new archive"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_with_json_a_failure_is_a_report_too(archive: Archive, command: tuple[str, ...], name: str) -> None:
    archive.write("briefings/one.md", dossier="nowhere")
    ran = archive.run(*command, "--json")
    assert ran.status == 1
    assert ran.err == ""
    _is_report(json.loads(ran.out), name, ok=False)
    faults = json.loads(ran.out)["faults"]
    assert [fault for fault in faults if fault["severity"] == "error"]
    assert json.loads(ran.out)["counts"]["errors"] == len([f for f in faults if f["severity"] == "error"])


def test_with_json_a_broken_setting_is_a_report_too(archive: Archive) -> None:
    archive.config('titel = "x"\n')
    for command in (("build",), ("check",), ("new", "briefing", "T")):
        ran = archive.run(*command, "--json")
        assert ran.status == 1
        _is_report(json.loads(ran.out), " ".join(command[:2]) if command[0] == "new" else command[0], ok=False)
        assert json.loads(ran.out)["faults"][0]["path"] == "sitrep.toml"


def test_the_report_counts_briefings_drafts_and_what_is_unconfirmed(archive: Archive) -> None:
    archive.write("briefings/one.md", id="one", inferred={"region": 0.5})
    archive.write("briefings/two.md", id="two", draft=True)
    counts = archive.run("check", "--json").report["counts"]
    assert (counts["briefings"], counts["drafts"], counts["unconfirmed"]) == (2, 1, 1)
    counts = archive.build("--json").report["counts"]
    assert (counts["briefings"], counts["drafts"]) == (1, 1)


# Where an archive is


def test_the_archive_is_the_nearest_folder_upwards(built: Archive) -> None:
    deep = built.root / "content/briefings/deep/er"
    deep.mkdir(parents=True)
    ran = _run(deep, "build")
    assert ran.status == 0, ran.err
    assert not (deep / "output").exists()
    assert re.search(r"^The site is in \S*output: .* `sitrep serve`$", ran.out, re.MULTILINE)


def test_root_names_the_archive_from_anywhere(built: Archive, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for command in (("build",), ("check",), ("new", "briefing", "A title")):
        ran = _run(elsewhere, *command, "--root", str(built.root))
        assert ran.status == 0, ran.err
    assert list(elsewhere.iterdir()) == []
    ran = _run(built.root.parent, "build", "--root", "archive")
    assert ran.status == 0, ran.err
    # An output is relative to where the command is given.
    ran = _run(elsewhere, "build", "--root", str(built.root), "--output", "site")
    assert ran.status == 0, ran.err
    assert (elsewhere / "site/index.html").is_file()


def test_a_root_that_is_no_archive_ends_with_2(tmp_path: Path) -> None:
    ran = _run(tmp_path, "build", "--root", str(tmp_path))
    assert ran.status == 2
    assert "sitrep.toml" in ran.err


def test_an_archive_reached_through_a_link_is_the_same_archive(built: Archive, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(built.root)
    before = sites.snapshot(built.output)
    ran = _run(tmp_path / "link", "build")
    assert ran.status == 0, ran.err
    assert sites.snapshot(built.output) == before


def test_check_writes_nothing_but_its_cache(built: Archive) -> None:
    before = {
        p: (p.stat().st_mtime_ns, p.read_bytes())
        for p in built.root.rglob("*")
        if p.is_file() and ".sitrep" not in p.parts
    }
    shutil.rmtree(built.output)
    built.run("check")
    after = {
        p: (p.stat().st_mtime_ns, p.read_bytes())
        for p in built.root.rglob("*")
        if p.is_file() and ".sitrep" not in p.parts
    }
    assert after == {path: state for path, state in before.items() if built.output not in path.parents}


# sitrep new archive


def test_a_new_archive_builds_and_checks_strictly_clean(tmp_path: Path) -> None:
    ran = _run(tmp_path, "new", "archive", "my-archive")
    assert ran.status == 0, ran.err
    assert "cd my-archive" in ran.out
    for command in (("check", "--strict"), ("build", "--strict"), ("build", "--strict", "--drafts")):
        ran = _run(tmp_path / "my-archive", *command)
        assert ran.status == 0, ran.err
        assert not ran.faults
    assert "My archive" in (tmp_path / "my-archive/output/index.html").read_text()
    assert "content/captures/** -text -diff" in (tmp_path / "my-archive/.gitattributes").read_text()
    ignored = (tmp_path / "my-archive/.gitignore").read_text().split()
    assert "/.sitrep/" in ignored and "/output/" in ignored


@pytest.mark.parametrize(
    "title", ['Quote " and \\ back', "Архив – мира", "tab\there", "{{ title }}", "'''", "# no comment", "\x7f"]
)
def test_a_new_archive_has_the_title_that_it_was_given(tmp_path: Path, title: str) -> None:
    ran = _run(tmp_path, "new", "archive", "a", "--title", title)
    if ran.status and not title.isprintable():  # refused, before anything was made
        assert ran.err and not (tmp_path / "a").exists()
        return
    assert ran.status == 0, ran.err
    ran = _run(tmp_path / "a", "build", "--strict")
    assert ran.status == 0, ran.err
    home = (tmp_path / "a/output/index.html").read_text("utf-8")
    if title.isprintable():
        assert sites.words(sites.tree(home).find(".//h1")) == title


def test_a_new_archive_is_never_made_over_something(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/letter.txt").write_text("Dear")
    (tmp_path / "file").write_text("A file.")
    for name in ("full", "file"):
        before = sites.snapshot(tmp_path)
        ran = _run(tmp_path, "new", "archive", name)
        assert ran.status == 1
        assert name in ran.err
        assert sites.snapshot(tmp_path) == before


@pytest.mark.parametrize("hidden", [".git/config", ".gitignore", ".gitattributes", ".editorconfig"])
def test_a_new_archive_in_a_fresh_repository_keeps_what_is_hidden_there(tmp_path: Path, hidden: str) -> None:
    path = tmp_path / "repo" / hidden
    path.parent.mkdir(parents=True)
    path.write_text("# mine\n")
    ran = _run(tmp_path, "new", "archive", "repo")
    assert path.read_text().startswith("# mine\n")
    if ran.status == 0:
        assert _run(tmp_path / "repo", "build", "--strict").status == 0
    else:  # then it did nothing at all
        assert ran.status == 1
        assert hidden.split("/")[-1] in ran.err
        assert [p for p in (tmp_path / "repo").rglob("*") if p.is_file()] == [path]


def test_a_new_archive_needs_no_checkout_beside_it(tmp_path: Path) -> None:
    # As from a wheel: the package alone with its themes, and nothing of this repository.
    installed = tmp_path / "installed"
    shutil.copytree(REPOSITORY / "builder", installed / "builder", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(REPOSITORY / "themes", installed / "builder/themes")
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    for arguments, folder in ((("new", "archive", "a"), tmp_path), (("build", "--strict"), tmp_path / "a")):
        done = subprocess.run(
            [sys.executable, "-m", "builder", *arguments], cwd=folder, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "a/output/index.html").is_file()


# sitrep new briefing


def test_a_new_briefing_is_a_draft_in_the_right_place_with_the_records_names(archive: Archive) -> None:
    archive.records("regions", {"name": "Kosovo", "aliases": ["Kosova"]})
    archive.records("actors", {"name": "NATO"}, {"name": "KFOR"})
    archive.records("tags", {"name": "C++", "slug": "cpp"})
    archive.write("dossiers/kosovo-serbia.md", title="Kosovo and Serbia")
    ran = archive.run(
        *("new", "briefing", "NATO says: KFOR stands ready", "--date", "2022-08-17", "--region", "kosova"),
        *("--actor", "nato", "--actor", "Kfor", "--tag", "c++", "--tag", "new, tag", "--dossier", "Kosovo and Serbia"),
    )
    assert ran.status == 0, ran.err
    path = "content/briefings/2022/2022-08-17-nato-says-kfor-stands-ready.md"
    assert path in ran.out
    text = (archive.root / path).read_text("utf-8")
    for line in (
        "id: 2022-08-17-nato-says-kfor-stands-ready",
        'title: "NATO says: KFOR stands ready"',
        "date: 2022-08-17",
        "region: [Kosovo]",
        "actors: [NATO, KFOR]",
        "dossier: [kosovo-serbia]",
        "draft: true",
    ):
        assert line in text.splitlines(), text
    assert "C++" in text and '"new, tag"' in text
    checked = archive.run("check", "--strict")
    assert checked.status == 0, checked.err
    archive.build("--drafts")
    assert sites.titles(archive.page("/tags/new-tag/")) == ["NATO says: KFOR stands ready"]


def test_a_new_briefing_without_a_date_is_of_today_in_the_sites_zone(archive: Archive) -> None:
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        archive.config(f'timezone = "{zone}"\n')
        archive.run("new", "briefing", f"In {zone.partition('/')[2]}")
    east, west = sorted(p.name for p in archive.root.rglob("*.md"))[::-1]
    assert east[:10] > west[:10]


@pytest.mark.parametrize("when", ["2022", "2022-08", "2022-08-17T14:09+02:00", "2022-08-17/2022-08-19", "0900-01-01"])
def test_a_new_briefing_may_have_any_date(archive: Archive, when: str) -> None:
    ran = archive.run("new", "briefing", "A title", "--date", when)
    assert ran.status == 0, ran.err
    assert archive.run("check", "--strict").status == 0
    archive.build("--drafts")


def test_a_name_that_no_record_answers_to_is_told_with_the_nearest(archive: Archive) -> None:
    archive.records("regions", {"name": "Kosovo"})
    ran = archive.run("new", "briefing", "T", "--region", "Kosvo")
    assert ran.status == 0
    assert 'did you mean "Kosovo"?' in ran.err


def test_a_dossier_that_is_not_there_makes_no_file(archive: Archive) -> None:
    archive.write("dossiers/kosovo-serbia.md")
    ran = archive.run("new", "briefing", "T", "--dossier", "kosovo-srbia")
    assert ran.status == 1
    assert 'did you mean "kosovo-serbia"?' in ran.err
    assert not (archive.root / "content/briefings").exists()


def test_a_new_briefing_never_touches_an_existing_file(archive: Archive) -> None:
    arguments = ("new", "briefing", "The same", "--date", "2022-08-17")
    assert archive.run(*arguments).status == 0
    path = next(archive.root.rglob("*.md"))
    path.write_text("mine")
    ran = archive.run(*arguments)
    assert ran.status == 1
    assert "2022-08-17-the-same.md" in ran.err
    assert path.read_text() == "mine"


@pytest.mark.parametrize("title", ["…", "   ", "!!!"])
def test_a_title_that_makes_no_file_name_is_told(archive: Archive, title: str) -> None:
    ran = archive.run("new", "briefing", title)
    assert ran.status in (1, 2)
    assert "Traceback" not in ran.err
    assert not list(archive.root.rglob("*.md"))


def test_a_title_that_tries_to_leave_the_archive_does_not(archive: Archive, tmp_path: Path) -> None:
    archive.run("new", "briefing", "../../../../outside", "--date", "2022-08-17")
    assert [p.relative_to(archive.root).as_posix() for p in tmp_path.rglob("*.md")] == [
        "content/briefings/2022/2022-08-17-outside.md"
    ]
    assert [p.name for p in tmp_path.iterdir()] == ["archive"]


YAML_TRAPS = [
    *("no", "null", "~", "1.10", "0x1F", "2022-08-17", "- a", "a: b", "a #b", "*x", "&x", "!x", "%x", "@x", "`x`"),
    *("{a}", "[a]", "'", '"', "a\\b", "true", "? x", "|", "> x", "=", "<<", "---", "...", "# x", "a,b", "\ufeffx"),
]
WORDS = st.one_of(
    st.text(
        st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co"), exclude_characters="\ufffe\uffff"),
        max_size=40,
    ),
    st.sampled_from(YAML_TRAPS),
)


@settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(words=st.lists(WORDS, min_size=60, max_size=60))
def test_any_title_reads_back_as_it_was_given(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
    from builder.dates import parse_when
    from builder.scaffold import new_briefing

    archive = sites.archive_at(tmp_path_factory.mktemp("title") / "archive")
    archive.template("mine/theme.toml", 'name = "mine"\nextends = "broadsheet"\n')
    archive.template("mine/templates/briefing.html", "{{ [briefing.title, briefing.tags[0].name]|tojson }}")
    archive.config('theme = "mine"\n')
    # Behind the words, for only the beginning and the end of a text may mean something else to YAML; and before.
    wanted = [" ".join(given.split()) for n, text in enumerate(words) for given in (f"{text} n{n}", f"m{n} {text}")]
    for title in wanted:
        names = {"region": (), "actors": (), "tags": (title,), "dossier": ()}
        new_briefing(archive.root, title, parse_when("2022-08-17"), names)
    archive.build("--drafts")
    pages = [json.loads(page.read_text("utf-8")) for page in (archive.output / "2022/08/17").glob("*/index.html")]
    assert sorted(title for title, _ in pages) == sorted(wanted)
    assert sorted(tag for _, tag in pages) == sorted(wanted)


# sitrep check --fix. Where CI is set, nothing is published by it: see test_permanence.py.

CI = {"CI": "true"}


def test_fix_changes_the_fewest_bytes(archive: Archive) -> None:
    before = (
        b"---\r\n# a comment: kept\r\ntitle:   'Quoted  \xc4\x87'   # as it is\r\n"
        b"regoin: [ Here,There ]\r\n\r\ndate: 2022-08-17\r\n---\r\n\r\nBody\twith  spaces  \r\nand no end"
    )
    path = archive.write_bytes("briefings/2022-08-17-one.md", before)
    ran = archive.run("check", "--fix", env=CI)
    after = path.read_bytes()
    assert after == before.replace(b"title: ", b"id: 2022-08-17-one\r\ntitle: ", 1).replace(b"regoin", b"region"), after
    assert "content/briefings/2022-08-17-one.md:" in ran.out
    assert archive.run("check", "--fix", "--json", env=CI).report["counts"]["fixed"] == 0
    assert path.read_bytes() == after


@pytest.mark.parametrize(
    "before",
    [
        b"\xef\xbb\xbf---\ntitle: One\n---\n\nWords.\n",
        b"---\ntitle: One\n---\nWords.",
        b"---\n\n\n# only a comment\n\ntitle: One\n\n---\n\n",
        b"---\ntitle: >-\n  One\n  and more\nsummary: |\n  Two\n---\n\nWords.\n",
        b'---\n"title": One\n---\n\nWords.\n',
        b"--- \ntitle: One\n--- \n\nWords.\n\n---\n\ntitle: not this\n",
        b"\n\n---\ntitle: One\n---\n",
        "---\ntitle: Вучић\nsummery: Ђ\n---\n\nrégion: x\n".encode(),
    ],
    ids=range(8),
)
def test_fix_adds_an_id_and_leaves_every_other_line_as_it_is(archive: Archive, before: bytes) -> None:
    path = archive.write_bytes("briefings/2022-08-17-one.md", before)
    archive.build()
    was = json.loads(archive.page("/manifest.json"))["briefings"]
    ran = archive.run("check", "--fix", env=CI)
    assert ran.status == 0, ran.err
    after = path.read_bytes()
    added = [line for line in after.split(b"\n") if b"id: 2022-08-17-one" in line]
    assert len(added) == 1
    without = after.replace(added[0] + b"\n", b"", 1).replace(b"summary: \xd0\x82", b"summery: \xd0\x82")
    assert without == before
    archive.build()
    now = json.loads(archive.page("/manifest.json"))["briefings"]
    assert [(b["id"], b["address"]) for b in now] == [(b["id"], b["address"]) for b in was]


def test_fix_keeps_a_files_mode_and_never_follows_a_half_written_one(archive: Archive) -> None:
    path = archive.write_text("briefings/one.md", "---\ntitle: One\ndate: 2022-08-17\n---\n")
    path.chmod(0o640)
    archive.run("check", "--fix", env=CI)
    assert path.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in path.parent.iterdir()] == ["one.md"]


def test_fix_leaves_alone_what_it_can_not_mend(archive: Archive) -> None:
    for name, text in (
        ("broken.md", "---\ntitle: no end\n"),
        ("both.md", "---\nid: both\ntitle: One\ndate: 2022-08-17\nregion: A\nregoin: B\n---\n"),
        ("strange.md", "---\nid: strange\ntitle: One\ndate: 2022-08-17\nmood: grim\n---\n"),
    ):
        archive.write_text(f"briefings/{name}", text)
    before = sites.contents(archive.root / "content")
    archive.run("check", "--fix", env=CI)
    assert sites.contents(archive.root / "content") == before


def test_without_fix_nothing_is_changed(archive: Archive) -> None:
    archive.write_text("briefings/one.md", "---\ntitle: One\ndate: 2022-08-17\nregoin: x\n---\n")
    before = sites.contents(archive.root / "content")
    ran = archive.run("check")
    assert "regoin" in ran.err and "--fix" in ran.err
    assert sites.contents(archive.root / "content") == before


def test_fix_and_strict_together_mend_first_and_judge_then(archive: Archive) -> None:
    archive.write_text("briefings/one.md", "---\ntitle: One\ndate: 2022-08-17\nsummery: x\n---\n")
    assert archive.run("check", "--strict").status == 1
    ran = archive.run("check", "--strict", "--fix")
    assert ran.status == 0, ran.err


# Captures are evidence


def test_check_proves_that_captures_still_match(archive: Archive) -> None:
    import hashlib

    data = b"As it came.\r\n"
    capture = archive.write_bytes("captures/one.txt", data)
    archive.write(
        "briefings/one.md", id="one", capture={"file": "/captures/one.txt", "sha256": hashlib.sha256(data).hexdigest()}
    )
    assert archive.run("check", "--strict").status == 0
    capture.write_bytes(data.replace(b"\r", b""))
    ran = archive.run("check")
    assert ran.status == 1
    assert "content/briefings/one.md:5: error: capture.sha256: " in ran.err
    capture.unlink()
    ran = archive.run("check")
    assert ran.status == 1
    assert "missing" in ran.err


def test_captures_are_no_part_of_the_site(archive: Archive) -> None:
    archive.write_bytes("captures/one.txt", b"As it came, unmistakably.")
    archive.write("briefings/one.md")
    archive.build()
    assert not [path for path, data in archive.files().items() if b"unmistakably" in data]


# The README


def test_the_readmes_commands_work_as_they_are_written(tmp_path: Path) -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    block = readme.partition("## An archive of your own")[2].partition("```sh\n")[2].partition("```")[0]
    lines = [line.partition("  #")[0].strip() for line in block.splitlines()]
    lines = [line for line in lines if line and not line.startswith(". ")]
    assert any(line.startswith("sitrep new archive") for line in lines)
    script = (
        "set -e\nsitrep() { "
        + sys.executable
        + ' -m builder "$@"; }\n'
        + "\n".join(line for line in lines if not line.startswith("sitrep serve"))
    )
    start = tmp_path / "checkout"
    start.mkdir()
    done = subprocess.run(
        ["sh", "-c", script],
        cwd=start,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert ": error:" not in done.stderr and ": warning:" not in done.stderr
    assert (tmp_path / "my-archive/output/index.html").is_file()
    assert any("2024-05-02" in p.name for p in (tmp_path / "my-archive/content/briefings").rglob("*.md"))


def test_every_command_that_the_documents_show_is_there() -> None:
    known = set(sitrep.commands)
    for path in [
        REPOSITORY / "README.md",
        *sorted((REPOSITORY / "docs").glob("*.md")),
        REPOSITORY / "themes/README.md",
    ]:
        for block in re.findall(
            r"```(?:sh|console|text)?\n(.*?)```|`(sitrep [^`]+)`", path.read_text("utf-8"), re.DOTALL
        ):
            for command in re.findall(r"^\s*(?:\$ )?sitrep (\w+)", "\n".join(block), re.MULTILINE):
                assert command in known, f"{path.name}: sitrep {command}"


def test_a_date_that_lies_ahead_of_today_is_a_warning(archive: Archive) -> None:
    ahead = datetime.now(UTC).date().replace(year=datetime.now(UTC).year + 1, day=1).isoformat()
    archive.write("briefings/one.md", date=ahead)
    ran = archive.build()
    assert len(ran.faults) == 1 and "future" in ran.faults[0]
