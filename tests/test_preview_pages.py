"""What the preview serves for a page is what `build --drafts` writes for it, after whatever edits."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import edits
import pytest
import sites
from conftest import Archive

from builder.faults import ArchiveError
from builder.plan import file_of
from builder.preview.press import Press
from builder.preview.view import Reading, View, read_view


def reading_of(archive: Archive) -> Reading:
    return Reading(archive.root, True, 1, lambda _: date(2026, 1, 1), lambda _stage, pieces, _total: pieces)


def served(view: View, press: Press) -> dict[str, bytes]:
    """Every page, by the path of the file that a build makes of it."""
    made = {file_of(address): press.page(view, page) for address, page in view.pages.items()}
    assert all(page.fault is None for page in made.values())
    return {file: page.data for file, page in made.items()}


def assert_as_built(archive: Archive, view: View, press: Press) -> None:
    output = archive.root.parent / "built"
    archive.build("--drafts", "--output", str(output))
    built = sites.contents(output)
    found = served(view, press)
    found |= {file_of(address): asset.data for address, asset in view.assets.items()}
    found |= {
        file_of(address): press.piece(made) if made else path.read_bytes()
        for address, (path, made) in view.media.items()
    }
    others = ("pagefind/", "manifest.json", ".sitrep-build.json")  # which test_preview.py compares
    assert found == {name: data for name, data in built.items() if not name.startswith(others)}


@pytest.mark.parametrize("seed", range(2))
def test_every_page_is_the_one_that_a_build_makes_after_random_edits(tmp_path: Path, seed: int) -> None:
    archive, chances = edits.small_archive(tmp_path / "archive"), random.Random(seed)
    reading, press = reading_of(archive), Press(reading_of(archive))
    view = read_view(reading, None, None)
    for _ in range(2):
        for edit in chances.sample(edits.EDITS, 6):
            edit(archive, chances)
        try:
            view = read_view(reading, view, None)
        except ArchiveError:  # now and then edits don't go together: then the last good version is served
            assert archive.run("build", "--drafts", "--output", str(tmp_path / "built")).status == 1
            return
        assert_as_built(archive, view, press)


def test_what_a_theme_has_is_read_without_the_archive_and_makes_the_same_pages(tmp_path: Path) -> None:
    archive = edits.small_archive(tmp_path / "archive")
    reading, press = reading_of(archive), Press(reading_of(archive))
    view = read_view(reading, None, None)
    templates, static = archive.root / "themes/own/templates", archive.root / "themes/own/static"
    for path, text in (
        (templates / "prose.html", "By the theme: {{ body }}"),
        (static / "style.css", "body { color: navy }"),
        (templates / "timeline.html", "A kind of page more, or another one: {{ page.title }}"),
        (archive.root / "locale/en/LC_MESSAGES/messages.po", 'msgid "Sources"\nmsgstr "Our sources"\n'),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        before, view = view, read_view(reading, view, [path.relative_to(archive.root).as_posix()])
        assert view.prepared is before.prepared
        assert view is not before
        if path.parent == templates:  # so each is followed by one of another kind
            served(view, press)
        else:
            assert_as_built(archive, view, press)
    assert read_view(reading, view, ["themes/own/templates/prose.html"]) is view


# What is done to a briefing: a name for it, what stood there, and what stands there now.
CHANGES = [
    ("words", "The first paragraph", "Another first paragraph"),
    ("title", "title: ", "title: New "),
    ("heading", "## What happened {#what}", "## What has happened {#what}\n\nMore.\n\n## And then"),
    ("summary", "summary: ", "summary: New "),
    ("number", "1250", "1300"),
    ("reason", "There was fire.", "There was smoke."),
    ("correction", "The number of injured.", "The number of injured, again."),
    ("line", "The first paragraph", "A new line.\n\nThe first paragraph"),
    ("link", "another](second.md#what-is-contested)", "another](month.md)"),
    ("tag", '"protest"', '"daily"'),
    ("actor", '"Unknown Group"', '"Unknown group"'),
    ("time", "14:09+02:00", "15:09+02:00"),
    ("slug", "aliases: ", "slug: another\naliases: "),
    ("draft", "aliases: ", "draft: true\naliases: "),
    ("source", '"Gazette"', '"Daily"'),
    ("status", "status: provisional", "status: confirmed"),
]
AHEAD = {"words", "title", "heading", "summary", "number", "reason", "correction", "line", "status"}


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> tuple[Archive, View]:
    archive = sites.rich_archive(tmp_path_factory.mktemp("ahead") / "archive", events=12)
    return archive, read_view(reading_of(archive), None, None)


@pytest.mark.parametrize(("name", "old", "new"), CHANGES, ids=[name for name, _, _ in CHANGES])
def test_a_page_that_is_made_ahead_is_the_one_that_comes_of_reading_everything(
    rich: tuple[Archive, View], name: str, old: str, new: str
) -> None:
    archive, before = rich
    path = archive.root / "content/briefings/first.md"
    text = path.read_text("utf-8")
    assert old in text
    try:
        path.write_text(text.replace(old, new, 1), "utf-8")
        press = Press(reading_of(archive))
        ahead = press.ahead(before, ["content/briefings/first.md"])
        assert (ahead is not None) == (name in AHEAD)
        if ahead is not None:
            after = read_view(reading_of(archive), None, None)
            assert ahead == {address: press.page(after, after.pages[address]).data for address in ahead}
    finally:
        path.write_text(text, "utf-8")


def test_what_is_wrong_in_a_file_is_told_ahead(rich: tuple[Archive, View]) -> None:
    archive, view = rich
    path = archive.root / "content/briefings/first.md"
    text = path.read_text("utf-8")
    press = Press(reading_of(archive))
    try:
        for broken in (text.replace("date: ", "date: x"), "---\ntitle: no end\n", text.replace("2022-08-18", "never")):
            path.write_text(broken, "utf-8")
            with pytest.raises(ArchiveError) as told:
                press.ahead(view, ["content/briefings/first.md"])
            assert {fault.path for fault in told.value.faults} == {"content/briefings/first.md"}
        path.unlink()
        assert press.ahead(view, ["content/briefings/first.md"]) is None
    finally:
        path.write_text(text, "utf-8")
