"""The output folder: always whole, never another's, and never written to without need."""

from __future__ import annotations

import fcntl
import json
import os
import random
import re
import resource
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sites
from conftest import Archive

from builder.publish.folder import OutputFolder
from builder.publish.safety import are_surely_inside

BUILD_LIST = ".sitrep-build.json"


@pytest.fixture
def built(archive: Archive) -> Archive:
    """A small archive with its site."""
    archive.records("regions", {"name": "Here"})
    archive.write("briefings/one.md", title="One", tags=["alpha"], region="Here", aliases=["/old/one/"])
    archive.write("briefings/two.md", title="Two", date="2021-03-04", tags=["beta"])
    archive.write("pages/about.md", title="About")
    archive.build()
    return archive


def _untouched(archive: Archive, before: dict[str, tuple[str, int, int]]) -> None:
    assert sites.snapshot(archive.output) == before
    assert not (archive.output / ".sitrep-stage").exists()
    assert not (archive.output / ".sitrep-journal").exists()


def _folders(folder: Path) -> dict[str, int]:
    return {p.relative_to(folder).as_posix(): p.stat().st_mtime_ns for p in [folder, *folder.rglob("*")] if p.is_dir()}


def _clean(archive: Archive, tmp_path: Path, *arguments: str) -> dict[str, bytes]:
    """What a first build of the same content gives."""
    other = sites.copy_of(archive, tmp_path / "clean")
    other.build(*arguments)
    files = other.files()
    shutil.rmtree(other.root)
    return files


# Writing no more than is needed


def test_a_second_build_writes_nothing(built: Archive) -> None:
    before, folders = sites.snapshot(built.output), _folders(built.output)
    ran = built.build("--json")
    assert ran.report["counts"]["written"] == 0
    _untouched(built, before)
    assert _folders(built.output) == folders


def test_a_second_build_with_an_empty_cache_writes_nothing(built: Archive) -> None:
    before = sites.snapshot(built.output)
    shutil.rmtree(built.root / ".sitrep")
    built.build()
    _untouched(built, before)
    built.build("--clean")
    _untouched(built, before)


def test_an_edit_leaves_every_other_file_as_it_is(built: Archive) -> None:
    before = sites.snapshot(built.output)
    built.write("briefings/two.md", "Other words.\n", title="Two", date="2021-03-04", tags=["beta"], summary="New")
    built.build()
    after = sites.snapshot(built.output)
    rewritten = {path for path in after if after[path][1:] != before.get(path, ("", 0, 0))[1:]}
    really_changed = {path for path in after if after[path][0] != before.get(path, ("", 0, 0))[0]}
    assert "2021/03/04/two/index.html" in really_changed
    assert rewritten == really_changed
    assert "about/index.html" not in rewritten


def test_the_report_counts_what_was_written_and_deleted(built: Archive) -> None:
    before = built.files()
    (built.root / "content/briefings/two.md").unlink()
    counts = built.build("--json").report["counts"]
    after = built.files()
    unlisted = {BUILD_LIST}
    assert counts["deleted"] == len(before.keys() - after.keys())
    assert counts["written"] == len({p for p in after if after[p] != before.get(p)} - unlisted)
    assert counts["files"] == len(after.keys() - unlisted)


# A build that fails


@pytest.mark.parametrize(
    "spoil",
    [
        lambda a: a.write_text("briefings/bad.md", "---\ntitle: no end\n"),
        lambda a: a.write("briefings/bad.md", dossier="nowhere"),
        lambda a: a.write("briefings/bad.md", slug="one"),
        lambda a: a.write("briefings/bad.md", "[nowhere](gone.md)\n"),
        lambda a: a.config('thyme = "x"\n'),
        lambda a: a.config('theme = "nowhere"\n'),
        lambda a: (
            a.template("mine/theme.toml", 'name = "mine"\nextends = "broadsheet"\n'),
            # Home is made after all briefings.
            a.template("mine/templates/home.html", "{{ nothing.at.all }}\n"),
            a.config('theme = "mine"\n'),
        ),
        lambda a: (
            a.write("briefings/new.md"),
            (a.output / "2022/08/17/new").mkdir(),
            (a.output / "2022/08/17/new/index.html").write_text("A stranger's."),
        ),
    ],
    ids=["unclosed", "dossier", "address", "link", "setting", "theme", "template", "stranger"],
)
def test_a_failed_build_leaves_the_site_as_it_was(built: Archive, spoil: Callable[[Archive], object]) -> None:
    built.write("briefings/one.md", "Edited.\n", title="One, edited")
    spoil(built)
    before = sites.snapshot(built.output)
    ran = built.run("build")
    assert ran.status == 1
    assert ran.errors
    _untouched(built, before)


def test_a_failed_first_build_leaves_no_file(archive: Archive) -> None:
    for number in range(30):
        archive.write(f"briefings/b{number}.md")
    archive.template("mine/theme.toml", 'name = "mine"\nextends = "broadsheet"\n')
    archive.template("mine/templates/home.html", "{{ nothing }}\n")
    archive.config('theme = "mine"\n')
    assert archive.run("build").status == 1
    assert not list(archive.output.rglob("*"))


def test_a_failed_first_build_leaves_strangers_files(archive: Archive) -> None:
    archive.write("briefings/one.md")
    archive.output.mkdir()
    (archive.output / "index.html").write_text("A stranger's home.")
    (archive.output / "keep.txt").write_text("Keep me.")
    before = sites.snapshot(archive.output)
    ran = archive.run("build")
    assert ran.status == 1
    assert [line for line in ran.errors if "output/index.html" in line]
    _untouched(archive, before)


def test_after_a_failed_build_the_mended_archive_builds_as_if_nothing_had_been(built: Archive, tmp_path: Path) -> None:
    bad = built.write_text("briefings/bad.md", "---\ntitle: no end\n")
    assert built.run("build").status == 1
    bad.unlink()
    built.write("briefings/three.md")
    built.build()
    assert built.files() == _clean(built, tmp_path)


@pytest.mark.parametrize("file", [None, "index.html", "tags/many/index.html", BUILD_LIST, "manifest.json"])
def test_a_full_disk_leaves_the_site_as_it_was(built: Archive, tmp_path: Path, file: str | None) -> None:
    for number in range(58):
        built.write(f"briefings/more-{number}.md", tags=["many"])
    before = sites.snapshot(built.output)
    # No file may grow beyond `limit` bytes: writing fails as it does on a full disk, here just before `file` is whole.
    limit = len(_clean(built, tmp_path)[file]) - 1 if file else 0
    process = sites.start(
        built,
        "build",
        stderr=-1,
        before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1, err
    assert "error:" in err
    assert "Traceback" not in err
    _untouched(built, before)
    built.build()


# Strangers' files


def test_files_that_no_build_made_survive_every_build(built: Archive) -> None:
    strangers = ["CNAME", ".nojekyll", "2022/08/17/one/notes.txt", "own/deep/page.html", ".well-known/security.txt"]
    for path in strangers:
        (built.output / path).parent.mkdir(parents=True, exist_ok=True)
        (built.output / path).write_text(path)
    (built.output / "empty/folder").mkdir(parents=True)
    built.write("briefings/one.md", "Edited.\n", title="One, edited")
    built.build()
    (built.root / "content/briefings/one.md").unlink()
    built.build()
    built.build("--clean")
    for path in strangers:
        assert (built.output / path).read_text() == path
    assert (built.output / "empty/folder").is_dir()
    assert not (built.output / "2022/08/17/one/index.html").exists()


def test_a_strangers_file_at_a_needed_path_is_an_error_that_names_it(built: Archive) -> None:
    built.write("briefings/new.md")
    target = built.output / "2022/08/17/new/index.html"
    target.parent.mkdir(parents=True)
    target.write_text("Mine.")
    ran = built.run("build")
    assert ran.status == 1
    assert len(ran.errors) == 1
    assert ran.errors[0].startswith("output/2022/08/17/new/index.html")
    assert target.read_text() == "Mine."


def test_a_strangers_file_with_the_bytes_that_a_build_would_write_is_taken_over(built: Archive, tmp_path: Path) -> None:
    (built.output / BUILD_LIST).unlink()
    before = sites.snapshot(built.output)
    built.build()
    after = sites.snapshot(built.output)
    assert after.keys() - before.keys() == {BUILD_LIST}
    assert {path: after[path] for path in before} == before
    (built.root / "content/briefings/two.md").unlink()
    built.build()
    assert not (built.output / "2021").exists()


def test_all_strangers_in_the_way_are_named_at_once(archive: Archive) -> None:
    archive.write("briefings/one.md")
    for path in ("index.html", "2022/index.html", "robots.txt"):
        (archive.output / path).parent.mkdir(parents=True, exist_ok=True)
        (archive.output / path).write_text("Mine.")
    assert len(archive.run("build").errors) == 3


@pytest.mark.parametrize("first", [True, False], ids=["first build", "later build"])
def test_a_strangers_file_where_a_folder_is_needed_is_an_error(archive: Archive, first: bool) -> None:
    archive.write("briefings/one.md")
    if not first:
        archive.build()
    archive.write("briefings/new.md", date="2019-05-06")
    archive.output.mkdir(exist_ok=True)
    (archive.output / "2019").write_text("Mine.")
    before = sites.snapshot(archive.output)
    ran = archive.run("build")
    assert ran.status == 1, ran.err
    assert "output/2019" in ran.err
    _untouched(archive, before)
    (archive.output / "2019").unlink()
    archive.build()
    assert (archive.output / "2019/05/06/new/index.html").is_file()


@pytest.mark.parametrize("first", [True, False], ids=["first build", "later build"])
def test_a_strangers_folder_where_a_file_is_needed_is_an_error(archive: Archive, first: bool) -> None:
    archive.write("briefings/one.md")
    if not first:
        archive.build()
    archive.write("briefings/new.md", aliases=["/old.html"])
    (archive.output / "old.html").mkdir(parents=True)
    (archive.output / "old.html/mine.txt").write_text("Mine.")
    before = sites.snapshot(archive.output)
    ran = archive.run("build")
    assert ran.status == 1, ran.err
    assert "output/old.html" in ran.err
    _untouched(archive, before)


def test_a_folder_in_the_place_of_a_file_of_ours_is_an_error_and_survives(built: Archive) -> None:
    (built.output / "robots.txt").unlink()
    (built.output / "robots.txt").mkdir()
    (built.output / "robots.txt/mine.txt").write_text("Mine.")
    before = sites.snapshot(built.output)
    ran = built.run("build")
    assert ran.status == 1, ran.err
    assert "output/robots.txt" in ran.err
    _untouched(built, before)


def test_a_folder_in_the_place_of_a_file_that_is_no_longer_made_survives(built: Archive) -> None:
    page = built.output / "2021/03/04/two/index.html"
    page.unlink()
    page.mkdir()
    (page / "mine.txt").write_text("Mine.")
    (built.root / "content/briefings/two.md").unlink()
    ran = built.run("build")
    assert ran.status in (0, 1), ran.err
    assert (page / "mine.txt").read_text() == "Mine."
    assert not (built.output / ".sitrep-journal").exists()


def test_a_file_in_the_place_of_a_folder_of_ours_survives(built: Archive) -> None:
    shutil.rmtree(built.output / "2021")
    (built.output / "2021").write_text("Mine.")
    before = sites.snapshot(built.output)
    ran = built.run("build")
    assert ran.status == 1, ran.err
    assert "output/2021" in ran.err
    _untouched(built, before)


# Our files


def test_a_file_of_ours_that_was_altered_is_made_again_and_kept_aside_with_a_warning(built: Archive) -> None:
    page = built.output / "about/index.html"
    good = page.read_bytes()
    page.write_text("Edited by hand.")
    ran = built.build()
    assert page.read_bytes() == good
    assert (built.root / "output.altered/about/index.html").read_text() == "Edited by hand."
    assert len(ran.faults) == 1
    assert ran.faults[0].startswith("output/about/index.html: warning:")
    assert "output.altered/about/index.html" in ran.faults[0]
    assert not built.build().faults


def test_every_alteration_is_kept(built: Archive) -> None:
    page = built.output / "about/index.html"
    for words in ("First.", "Second.", "Third.", "First."):
        page.write_text(words)
        built.build()
    kept = {path.read_text() for path in (built.root / "output.altered").rglob("*") if path.is_file()}
    assert kept == {"First.", "Second.", "Third."}


def test_an_altered_file_that_is_no_longer_made_is_kept_aside(built: Archive) -> None:
    (built.output / "2021/03/04/two/index.html").write_text("Edited by hand.")
    (built.root / "content/briefings/two.md").unlink()
    ran = built.build()
    assert not (built.output / "2021").exists()
    assert (built.root / "output.altered/2021/03/04/two/index.html").read_text() == "Edited by hand."
    assert "2021/03/04/two" in ran.err


def test_an_altered_file_is_an_error_with_strict(built: Archive) -> None:
    (built.output / "about/index.html").write_text("Edited by hand.")
    before = sites.snapshot(built.output)
    ran = built.run("build", "--strict")
    assert ran.status == 1, ran.err
    assert "output/about/index.html" in ran.err
    _untouched(built, before)


def test_a_failed_build_says_nothing_of_alterations_that_it_left(built: Archive) -> None:
    (built.output / "about/index.html").write_text("Edited by hand.")
    built.write("briefings/bad.md", dossier="nowhere")
    before = sites.snapshot(built.output)
    ran = built.run("build")
    assert ran.status == 1
    _untouched(built, before)
    assert not (built.root / "output.altered").exists()


@pytest.mark.parametrize("path", ["about/index.html", "manifest.json", "index.html", "feed.xml", "robots.txt"])
def test_a_file_of_ours_that_was_deleted_is_made_again(built: Archive, path: str) -> None:
    before = built.files()
    (built.output / path).unlink()
    assert not built.build().faults
    assert built.files() == before


def test_folders_of_ours_that_were_deleted_are_made_again(built: Archive) -> None:
    before = built.files()
    shutil.rmtree(built.output / "assets")
    shutil.rmtree(built.output / "2022")
    built.build()
    assert built.files() == before


def test_an_output_that_was_deleted_is_made_again(built: Archive) -> None:
    before = built.files()
    shutil.rmtree(built.output)
    built.build()
    assert built.files() == before


def test_what_is_no_longer_made_is_gone_with_its_empty_folders(built: Archive, tmp_path: Path) -> None:
    (built.root / "content/briefings/two.md").unlink()
    built.write("briefings/one.md", title="One", tags=["gamma"])
    built.build()
    for path in ("2021", "tags/beta", "tags/alpha", "old"):
        assert not (built.output / path).exists(), path
    assert built.files() == _clean(built, tmp_path)
    assert not [p for p in built.output.rglob("*") if p.is_dir() and not any(p.iterdir())]


def test_a_renamed_briefing_moves_and_leaves_nothing_behind(built: Archive, tmp_path: Path) -> None:
    content = built.root / "content/briefings"
    (content / "two.md").rename(content / "zwei.md")
    built.build()
    assert not (built.output / "2021/03/04/two").exists()
    assert built.files() == _clean(built, tmp_path)


def test_a_page_may_become_a_folder_and_a_folder_a_page(built: Archive, tmp_path: Path) -> None:
    built.write("briefings/one.md", title="One", aliases=["/a.html", "/b.d/x/", "/b.d/y/"])
    built.build()
    built.write("briefings/one.md", title="One", aliases=["/a.html/deep/", "/b.d"])
    built.build()
    assert (built.output / "a.html/deep/index.html").is_file()
    assert (built.output / "b.d").is_file()
    assert built.files() == _clean(built, tmp_path)


def test_media_and_assets_that_are_no_longer_used_are_gone(built: Archive) -> None:
    built.write_bytes("media/a/bridge.png", sites.PNG)
    built.write_bytes("media/b/bridge.png", sites.PNG)
    built.write("briefings/one.md", "![A](/media/a/bridge.png)\n\n![B](/media/b/bridge.png)\n")
    report = built.build("--json").report
    pictures = list((built.output / "assets").glob("bridge.*.png"))
    assert [p.read_bytes() for p in pictures] == [sites.PNG]
    assert report["counts"]["files"] == len(built.files()) - 1
    built.write("briefings/one.md", "None.\n")
    built.build()
    assert not list((built.output / "assets").glob("bridge.*"))


def test_clean_deletes_and_rewrites_nothing_that_another_build_would_not(built: Archive) -> None:
    (built.output / "mine.txt").write_text("Mine.")
    before = sites.snapshot(built.output)
    built.build("--clean")
    _untouched(built, before)


def test_the_build_list_holds_the_sorted_paths_and_hashes_and_nothing_else(built: Archive) -> None:
    import hashlib

    (built.output / "mine.txt").write_text("Mine.")
    built.build()
    text = (built.output / BUILD_LIST).read_text("utf-8")
    listed = json.loads(text)["files"]
    assert list(listed) == sorted(listed)
    made = built.files()
    del made[BUILD_LIST], made["mine.txt"]
    assert listed == {path: hashlib.sha256(data).hexdigest() for path, data in made.items()}
    assert str(built.root) not in text
    assert set(json.loads(text)) == {"files"}


# Links, and lists that lie


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Path]:
    """A folder that is nobody's business; fails if anything in it changes."""
    folder = tmp_path / "outside"
    (folder / "folder").mkdir(parents=True)
    (folder / "precious.txt").write_text("Precious.")
    (folder / "index.html").write_text("Precious page.")
    before = sites.snapshot(folder), sorted(folder.rglob("*"))
    yield folder
    assert (sites.snapshot(folder), sorted(folder.rglob("*"))) == before


@pytest.mark.parametrize("place", ["2022", "2022/08/17/one", "assets", "tags"])
def test_a_link_to_a_folder_on_the_way_to_a_page_is_refused(archive: Archive, outside: Path, place: str) -> None:
    archive.write("briefings/one.md", tags=["x"])
    target = archive.output / place
    target.parent.mkdir(parents=True)
    target.symlink_to(outside)
    ran = archive.run("build")
    assert ran.status == 1
    assert f"output/{place}" in ran.err
    assert target.is_symlink()


@pytest.mark.parametrize("to", ["precious.txt", "not-there.txt", "folder"])
def test_a_link_in_the_place_of_a_page_is_refused(built: Archive, outside: Path, to: str) -> None:
    page = built.output / "about/index.html"
    page.unlink()
    page.symlink_to(outside / to)
    ran = built.run("build")
    assert ran.status == 1
    assert "output/about/index.html" in ran.err


def test_a_page_that_is_no_longer_made_is_not_deleted_through_a_link(built: Archive, outside: Path) -> None:
    shutil.rmtree(built.output / "2021/03/04/two")
    (built.output / "2021/03/04/two").symlink_to(outside)
    (built.root / "content/briefings/two.md").unlink()
    ran = built.run("build")
    assert ran.status == 1
    assert "output/2021/03/04/two" in ran.err


OWN_FILES = [".sitrep-journal", ".sitrep-journal.new", f"{BUILD_LIST}.new", BUILD_LIST]


@pytest.mark.parametrize(
    ("name", "to"),
    [(".sitrep-stage", "folder"), *((name, to) for name in OWN_FILES for to in ("precious.txt", "not-there.txt"))],
)
@pytest.mark.parametrize("first", [True, False], ids=["first build", "later build"])
def test_links_in_the_place_of_the_builds_own_files_lead_nobody_out(
    archive: Archive, outside: Path, name: str, to: str, first: bool
) -> None:
    archive.write("briefings/one.md")
    if not first:
        archive.build()
        archive.write("briefings/two.md")
        (archive.output / name).unlink(missing_ok=True)
    archive.output.mkdir(exist_ok=True)
    (archive.output / name).symlink_to(outside / to)
    ran = archive.run("build")
    assert ran.status in (0, 1), ran.err
    assert "Traceback" not in ran.err


def test_an_output_that_is_a_link_is_refused(built: Archive, outside: Path) -> None:
    (built.root / "public").symlink_to(outside)
    ran = built.run("build", "--output", "public")
    assert ran.status == 1
    assert "link" in ran.err


def test_alterations_are_not_put_aside_through_a_link(built: Archive, outside: Path) -> None:
    (built.output / "index.html").write_text("Edited by hand.")
    (built.root / "output.altered").symlink_to(outside)
    ran = built.run("build")
    assert ran.status in (0, 1), ran.err


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"3",
        b'{"files": 3}',
        b'{"files": []}',
        b'{"other": {}}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b"\x00" * 100,
    ],
    ids=lambda data: repr(data[:12]),
)
def test_a_damaged_build_list_is_told_and_nothing_is_lost(built: Archive, data: bytes) -> None:
    (built.output / BUILD_LIST).write_bytes(data)
    (built.output / "mine.txt").write_text("Mine.")
    built.write("briefings/one.md", "Edited.\n", title="One, edited")
    before = sites.snapshot(built.output)
    ran = built.run("build")
    assert ran.status == 1, ran.err
    assert f"output/{BUILD_LIST}" in ran.err
    _untouched(built, before)


def test_a_cut_off_build_list_is_told_and_nothing_is_lost(built: Archive) -> None:
    data = (built.output / BUILD_LIST).read_bytes()
    (built.output / BUILD_LIST).write_bytes(data[: len(data) // 2])
    before = sites.snapshot(built.output)
    assert built.run("build").status == 1
    _untouched(built, before)


def test_a_folder_in_the_place_of_the_build_list_is_told(archive: Archive) -> None:
    archive.write("briefings/one.md")
    (archive.output / BUILD_LIST).mkdir(parents=True)
    (archive.output / BUILD_LIST / "mine.txt").write_text("Mine.")
    ran = archive.run("build")
    assert ran.status == 1, ran.err
    assert BUILD_LIST in ran.err
    assert (archive.output / BUILD_LIST / "mine.txt").read_text() == "Mine."


LYING_PATHS = [
    "../outside/precious.txt",
    "../../outside/precious.txt",
    "a/../../../outside/precious.txt",
    "./../../outside/precious.txt",
    "..\\..\\outside\\precious.txt",
    "link/precious.txt",
    "2022/../../../outside/precious.txt",
    "//outside/precious.txt",
    "",
    ".",
    "..",
    "\u0000",
    "a\u0000b",
    "x" * 300,
    "/".join(["x"] * 3000),
    "\ud800",
]


def test_a_lying_build_list_reaches_nothing_outside(built: Archive, outside: Path) -> None:
    (built.output / "link").symlink_to(outside)
    listed = json.loads((built.output / BUILD_LIST).read_text())
    true_digest = sites.snapshot(outside)["precious.txt"][0]
    for digest in ("0" * 64, true_digest):
        listed["files"] |= dict.fromkeys([*LYING_PATHS, str(outside / "precious.txt")], digest)
        (built.output / BUILD_LIST).write_text(json.dumps(listed))
        built.write("briefings/one.md", f"Edited {digest}.\n", title="One, edited")
        ran = built.run("build")
        assert ran.status in (0, 1), ran.err
        assert "Traceback" not in ran.err
        (built.output / "link").unlink(missing_ok=True)
        (built.output / "link").symlink_to(outside)
    aside = built.root / "output.altered"
    assert not [p for p in aside.rglob("*") if p.is_file() and p.read_text() == "Precious."]


@pytest.mark.parametrize("path", LYING_PATHS, ids=lambda path: repr(path[:24]))
def test_no_lying_path_in_a_build_list_ends_in_a_traceback(built: Archive, path: str) -> None:
    listed = json.loads((built.output / BUILD_LIST).read_text())
    listed["files"][path] = "0" * 64
    (built.output / BUILD_LIST).write_text(json.dumps(listed))
    ran = built.run("build")
    assert ran.status in (0, 1), ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "journal",
    [
        json.dumps({"renames": ["index.html"], "deletions": LYING_PATHS}),
        json.dumps({"renames": LYING_PATHS, "deletions": []}),
        "".join(f"{json.dumps(line)}\n" for line in [{"first": True}, *LYING_PATHS]),
    ],
    ids=["deletions", "renames", "first build"],
)
def test_a_lying_journal_reaches_nothing_outside(built: Archive, outside: Path, journal: str) -> None:
    (built.output / "link").symlink_to(outside)
    stage = built.output / ".sitrep-stage"
    (stage / "link").mkdir(parents=True)
    (stage / "precious.txt").write_text("Overwritten.")
    (stage / "link/precious.txt").write_text("Overwritten.")
    (built.output / ".sitrep-journal").write_text(journal)
    if "first" in journal:
        (built.output / BUILD_LIST).unlink()
    ran = built.run("build")
    assert ran.status in (0, 1), ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "journal",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"3\n",
        b"null\n",
        b'{"renames": 3}',
        b'{"renames": [], "deletions": 3}',
        b'{"renames": [3], "deletions": [null]}',
        b'{"first": true}\n{"x": 1}\n[]\n3\n"index.h',
        b"[" * 100_000,
    ],
    ids=lambda data: repr(data[:24]),
)
def test_a_damaged_journal_stops_nobody_for_ever(built: Archive, tmp_path: Path, journal: bytes) -> None:
    (built.output / ".sitrep-journal").write_bytes(journal)
    ran = built.run("build")
    assert ran.status in (0, 1), ran.err
    assert "Traceback" not in ran.err
    if ran.status == 1:  # then it says what to do about it
        assert ".sitrep-journal" in ran.err
        (built.output / ".sitrep-journal").unlink()
        built.build()
    assert built.files() == _clean(built, tmp_path)


# Where a site may go


def test_an_output_that_must_not_be_written_to_is_refused(built: Archive, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "letter.txt").write_text("Dear")
    (built.root / "a-file").write_text("A file.")
    before = {p: p.read_bytes() for p in built.root.rglob("*") if p.is_file() and ".sitrep" not in p.parts}
    for output in (
        "/",
        str(home),
        ".",
        "content",
        "content/site",
        "..",
        str(built.root),
        "themes/site",
        "a-file",
        "./output/..",
    ):
        ran = built.run("build", "--output", output, env={"HOME": str(home)})
        assert ran.status == 1, f"{output}: {ran.err}"
        assert len(ran.errors) == 1, f"{output}: {ran.err}"
        assert "can't be the output folder" in ran.err, f"{output}: {ran.err}"
    after = {p: p.read_bytes() for p in built.root.rglob("*") if p.is_file() and ".sitrep" not in p.parts}
    assert after == before
    assert [p.name for p in home.iterdir()] == ["letter.txt"]


def test_an_archive_inside_the_output_is_refused(built: Archive) -> None:
    other = sites.archive_at(built.root / "public")
    assert other.root.is_dir()
    ran = built.run("build", "--output", "public")
    assert ran.status == 1
    assert "sitrep.toml" in ran.err


def test_an_output_outside_the_archive_is_named_by_its_path(built: Archive, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "deep"
    built.build("--output", str(target))
    assert sites.contents(target) == built.files()


def test_building_elsewhere_leaves_the_other_site_alone(built: Archive) -> None:
    before = sites.snapshot(built.output)
    built.write("briefings/one.md", title="One, edited")
    built.build("--output", "public")
    _untouched(built, before)


def test_an_output_in_use_by_another_command_is_refused(built: Archive) -> None:
    descriptor = os.open(built.output, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        built.write("briefings/one.md", title="One, edited")
        before = sites.snapshot(built.output)
        ran = built.run("build")
        assert ran.status == 1
        assert "another command" in ran.err
        _untouched(built, before)
    finally:
        os.close(descriptor)
    built.build()


def test_two_commands_at_once_do_no_harm(tmp_path: Path) -> None:
    archive = sites.archive_at(tmp_path / "archive")
    sites.series(archive, sites.days(60))
    running = [sites.start(archive, "build", stderr=-1) for _ in range(3)]
    running.append(sites.start(archive, "check", stderr=-1, stdout=-1))
    for process in running:
        _, err = process.communicate(timeout=60)
        assert process.returncode in (0, 1), err
        assert process.returncode == 0 or "another command" in err
    archive.build()
    assert archive.files() == _clean(archive, tmp_path)


# The cache


def _not_a_database(folder: Path) -> None:
    (folder / "pieces.sqlite").write_bytes(b"not a database" * 1000)


def _cut_off(folder: Path) -> None:
    data = (folder / "pieces.sqlite").read_bytes()
    (folder / "pieces.sqlite").write_bytes(data[: len(data) * 2 // 3])


def _scrambled(folder: Path) -> None:
    data = bytearray((folder / "pieces.sqlite").read_bytes())
    noise = random.Random(7)
    for at in range(4096, len(data)):
        if noise.random() < 0.3:
            data[at] = noise.randrange(256)
    (folder / "pieces.sqlite").write_bytes(bytes(data))


def _one_page_lost(folder: Path) -> None:
    data = (folder / "pieces.sqlite").read_bytes()
    (folder / "pieces.sqlite").write_bytes(data[:8192] + bytes(4096) + data[12288:])


def _other_tables(folder: Path) -> None:
    import sqlite3

    (folder / "pieces.sqlite").unlink()
    connection = sqlite3.connect(folder / "pieces.sqlite")
    connection.execute("CREATE TABLE piece (key TEXT, value TEXT)")
    connection.execute("INSERT INTO piece VALUES ('a', 'b')")
    connection.commit()
    connection.close()


def _of_another_archive(folder: Path) -> None:
    other = sites.archive_at(folder.parent.parent / "other")
    other.write("briefings/one.md", "Other words, from another commit.\n", title="Other")
    other.build()
    shutil.rmtree(folder)
    shutil.copytree(other.root / ".sitrep", folder)


def _emptied(folder: Path) -> None:
    (folder / "pieces.sqlite").write_bytes(b"")


@pytest.mark.parametrize(
    "spoil",
    [
        shutil.rmtree,
        _not_a_database,
        _cut_off,
        _scrambled,
        _one_page_lost,
        _other_tables,
        _of_another_archive,
        _emptied,
    ],
    ids=lambda spoil: spoil.__name__.strip("_"),
)
def test_a_damaged_cache_costs_nothing_but_time(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    archive = sites.archive_at(tmp_path / "archive")
    sites.series(archive, sites.days(40))
    archive.build()
    spoil(archive.root / ".sitrep")
    archive.write("briefings/new.md")
    for command in ("check", "build"):
        ran = archive.run(command)
        assert ran.status == 0, ran.err
        assert not ran.faults
    assert archive.files() == _clean(archive, tmp_path)


# Killed at any moment


SIZE = 100


def _first_state(root: Path) -> Archive:
    archive = sites.archive_at(root)
    sites.series(archive, sites.days(SIZE, step=5), region="Somewhere", tags=["a", "b"], actors=["Somebody"])
    archive.template("mine/theme.toml", 'name = "mine"\nextends = "broadsheet"\n')
    archive.template("mine/static/style.css", "body { color: black }\n")
    archive.config('theme = "mine"\nbase_url = "https://archive.example/"\n')
    return archive


def _second_state(archive: Archive) -> None:
    """Every page changes, assets get other names, pages come and go."""
    archive.config('theme = "mine"\nbase_url = "https://archive.example/"\ndescription = "Changed."\n')
    archive.template("mine/static/style.css", "body { color: navy }\n")
    for number in range(0, SIZE, 7):
        for path in (archive.root / "content/briefings").rglob(f"event-{number:04}.md"):
            path.unlink()
    sites.series(archive, sites.days(12, step=31), name="added")


@pytest.fixture(scope="module")
def killable(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The first state, with nothing built."""
    return _first_state(tmp_path_factory.mktemp("killable") / "archive")


@pytest.fixture(scope="module")
def first_site(killable: Archive, tmp_path_factory: pytest.TempPathFactory) -> tuple[Archive, float]:
    """The first state with its site, and how long the build took."""
    archive = sites.copy_of(killable, tmp_path_factory.mktemp("first") / "archive")
    begin = time.perf_counter()
    archive.build()
    return archive, time.perf_counter() - begin


@pytest.fixture(scope="module")
def second_site(killable: Archive, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The second state with its site, made by a first build."""
    archive = sites.copy_of(killable, tmp_path_factory.mktemp("second") / "archive")
    _second_state(archive)
    archive.build()
    return archive


def _kill(archive: Archive, delay: float, wait_for: str | None = None) -> bool:
    """Starts a build and kills it: `delay` after it has begun, or after a file has appeared. Whether it was alive."""
    process = sites.start(archive, "build", stdout=-3, stderr=-3)
    if wait_for is not None:
        while process.poll() is None and not (archive.output / wait_for).exists():
            pass
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def _leftovers(archive: Archive) -> list[str]:
    return [path for path in archive.files() if path.rpartition("/")[2].startswith(".sitrep") and path != BUILD_LIST]


def test_a_page_goes_before_the_stylesheet_that_it_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that one who reads it meanwhile finds all of it."""
    gone: list[str] = []
    sites_in_turn = [
        {"assets/style.1.css": b"1", "zebra/index.html": b"style.1", "2022/index.html": b"style.1", "a.xml": b"feed"},
        {"assets/style.2.css": b"2", "index.html": b"style.2"},
    ]
    for files in sites_in_turn:
        with OutputFolder(tmp_path / "output", tmp_path) as folder:
            folder.look(files, {}, None)
            for path, data in files.items():
                folder.offer(path, data)
            assert not folder.settle()
            monkeypatch.setattr("builder.publish.journal._delete", lambda _folder, path: gone.append(path))
            folder.switch()
    assert sorted(gone) == sorted(sites_in_turn[0])
    assert gone[-1] == "assets/style.1.css"


@pytest.mark.parametrize(
    "files", [[""], ["a", ""], ["a/"], ["/a"], ["../a"], ["a/../b"], ["a//b"], [".a"], ["a/" * 130]]
)
def test_what_is_surely_inside_is_inside(files: list[str]) -> None:
    assert not are_surely_inside(files)
    assert are_surely_inside(["a", "a/b.html", "2022/08/a-b/index.html"])


@pytest.mark.parametrize("seed", range(12))
def test_a_first_build_that_is_killed_leaves_nothing_that_the_next_does_not_mend(
    killable: Archive, first_site: tuple[Archive, float], tmp_path: Path, seed: int
) -> None:
    archive = sites.copy_of(killable, tmp_path / "archive")
    archive.output.mkdir()
    (archive.output / "mine.txt").write_text("Mine.")
    done, duration = first_site
    chance = random.Random(seed)
    if seed % 3 == 0:
        _kill(archive, chance.uniform(0, duration / 3), wait_for=".sitrep-journal")
    else:
        _kill(archive, chance.uniform(0.1, duration * 1.05))
    if seed % 2:  # what was half made may not be made at all next time
        _second_state(archive)
        expected = None
    else:
        expected = done.files()
    if expected is None:
        expected = _clean(archive, tmp_path)
    archive.build()
    assert archive.files() == expected | {"mine.txt": b"Mine."}
    assert not _leftovers(archive)


@pytest.mark.parametrize("seed", range(16))
def test_a_later_build_that_is_killed_leaves_a_whole_site_and_the_next_completes_it(
    first_site: tuple[Archive, float], second_site: Archive, tmp_path: Path, seed: int
) -> None:
    old_site, duration = first_site
    archive = Archive(tmp_path / "archive")
    shutil.copytree(old_site.root, archive.root)
    (archive.output / "mine.txt").write_text("Mine.")
    _second_state(archive)
    chance = random.Random(seed)
    if seed % 2 == 0:
        _kill(archive, chance.uniform(0, 0.02) if seed else 0, wait_for=".sitrep-journal")
    else:
        _kill(archive, chance.uniform(0.15, duration * 1.2))
    old, new = old_site.files(), second_site.files()
    found = {p: data for p, data in archive.files().items() if not p.startswith(".sitrep") and p != "mine.txt"}
    for path, data in found.items():
        assert data in (old.get(path), new.get(path)), f"{path} is neither the old nor the new one"
    for path in old.keys() & new.keys():
        assert path.startswith(".sitrep") or path in found, f"{path} is missing"
    for path, data in found.items():
        for asset in re.findall(rb'(?:href|src)="[./]*/(assets/[^"]+)"', data) if path.endswith(".html") else ():
            assert asset.decode() in found, f"{path} names {asset.decode()}, which isn't there"
    if found["manifest.json"] == new["manifest.json"]:  # the last of all files
        assert {path: data for path, data in new.items() if path in found} == {p: found[p] for p in found if p in new}
    if seed % 4 == 0:  # killed again while it mends
        _kill(archive, chance.uniform(0.1, duration))
    ran = archive.build()
    assert archive.files() == new | {"mine.txt": b"Mine."}, ran.err
    assert not _leftovers(archive)


@pytest.mark.parametrize("seed", range(4))
def test_a_build_that_is_killed_and_then_undone_by_an_edit_leaves_nothing(
    first_site: tuple[Archive, float], tmp_path: Path, seed: int
) -> None:
    old_site, _ = first_site
    archive = Archive(tmp_path / "archive")
    shutil.copytree(old_site.root, archive.root)
    _second_state(archive)
    _kill(archive, random.Random(seed).uniform(0, 0.01), wait_for=".sitrep-journal")
    shutil.rmtree(archive.root / "content")
    shutil.rmtree(archive.root / "themes")
    for name in ("content", "themes"):
        shutil.copytree(old_site.root / name, archive.root / name)
    shutil.copy(old_site.root / "sitrep.toml", archive.root)
    archive.build()
    assert archive.files() == old_site.files()
    assert not _leftovers(archive)


@pytest.mark.parametrize("with_signal", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("first", [True, False], ids=["first build", "later build"])
def test_a_build_that_is_asked_to_stop_leaves_the_site_whole(
    first_site: tuple[Archive, float],
    second_site: Archive,
    killable: Archive,
    tmp_path: Path,
    with_signal: signal.Signals,
    first: bool,
) -> None:
    chance = random.Random(with_signal)
    old_site, duration = first_site
    for number in range(4):
        archive = Archive(tmp_path / f"archive-{number}")
        if first:
            sites.copy_of(killable, archive.root)
            archive.output.mkdir()
        else:
            shutil.copytree(old_site.root, archive.root)
            _second_state(archive)
        before = sites.snapshot(archive.output)
        process = sites.start(archive, "build", "--quiet", stdout=-3, stderr=-1)
        under_way = archive.output / (".sitrep-journal" if first else ".sitrep-stage")
        while process.poll() is None and not under_way.exists():
            pass
        time.sleep(chance.uniform(0, duration / 2))
        process.send_signal(with_signal)
        _, err = process.communicate(timeout=30)
        # At the very end Python itself dies of the signal, which a shell shows as the same number.
        assert process.returncode in (0, 128 + with_signal, -with_signal), err
        assert "Traceback" not in err
        if (archive.output / ".sitrep-journal").exists():  # then it was switching
            continue
        found = sites.snapshot(archive.output)
        if found != before:  # then it had done its work
            assert sites.contents(archive.output) == (old_site if first else second_site).files()


def test_a_link_in_the_place_of_a_page_is_told_and_never_followed(built: Archive, tmp_path: Path) -> None:
    page = built.output / "404.html"
    elsewhere = tmp_path / "copy.html"
    elsewhere.write_bytes(page.read_bytes())
    page.unlink()
    page.symlink_to(elsewhere)
    ran = built.run("build")
    assert ran.status == 1
    assert "404.html" in ran.err and "is a link" in ran.err
    page.unlink()
    built.build()
    assert page.read_bytes() == elsewhere.read_bytes() and not page.is_symlink()
