"""Editions: what is public has a name, and who cited one sees what changed since."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
import sites
from conftest import Archive


def _edition(archive: Archive) -> str:
    return json.loads((archive.output / "manifest.json").read_text("utf-8"))["edition"]


def _changes(archive: Archive) -> list[dict[str, Any]]:
    return json.loads((archive.output / "data/changes.json").read_text("utf-8"))


@pytest.fixture(autouse=True)
def at_a_curators(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where `CI` is set, nothing is recorded."""
    monkeypatch.delenv("CI", raising=False)


def _next_edition(archive: Archive) -> None:
    ran = archive.run("check", "--fix")
    assert not ran.errors, ran.err
    archive.build()


def test_an_edition_is_named_by_what_is_public_and_by_nothing_else(archive: Archive) -> None:
    archive.write("briefings/one.md", title="One")
    archive.build()
    first = _edition(archive)
    briefing = json.loads((archive.output / "manifest.json").read_text("utf-8"))["briefings"][0]
    line = json.dumps([*(briefing[name] for name in ("id", "lang", "address", "digest")), False], separators=(",", ":"))
    assert first == hashlib.sha256(f"{line}\n".encode()).hexdigest()
    assert f"<code>{first}</code>" in archive.page("/data/")
    assert json.loads((archive.output / "data/datapackage.json").read_text("utf-8"))["version"] == first

    # Another address of the site, another look, a draft, a tag: nothing of this is in an edition.
    archive.config('base_url = "https://elsewhere.example/"\nper_page = 5\n')
    archive.write("briefings/draft.md", draft=True)
    archive.write("briefings/one.md", title="One", tags=["talks"])
    archive.build("--drafts")
    assert _edition(archive) == first

    archive.write("briefings/one.md", "Other words.\n", title="One")
    archive.build()
    assert _edition(archive) != first


def test_changes_tell_what_was_added_corrected_moved_and_withdrawn(archive: Archive) -> None:
    for name in ("corrected", "moved", "wrong", "secret"):
        archive.write(f"briefings/{name}.md", id=name, title=name.capitalize(), published="2022-08-18")
    _next_edition(archive)
    assert [edition["changes"] for edition in _changes(archive)] == [[]]

    archive.write("briefings/new.md", id="new", title="New", published="2022-08-19")
    archive.write("briefings/corrected.md", "Better.\n", id="corrected", title="Right", published="2022-08-18",
                  updated="2022-09-01")  # fmt: skip
    archive.write("briefings/moved.md", id="moved", title="Moved", published="2022-08-18", slug="elsewhere",
                  aliases=["/2022/08/17/moved/"])  # fmt: skip
    withdrawn = {"date": "2022-09-02", "reason": "Wrong."}
    archive.write("briefings/wrong.md", id="wrong", title="Wrong", published="2022-08-18", withdrawn=withdrawn)
    archive.write("briefings/secret.md", id="secret", title="Secret", published="2022-08-18",
                  withdrawn=withdrawn | {"hide_title": True})  # fmt: skip
    _next_edition(archive)

    first, second = _changes(archive)
    assert (first["edition"], second["edition"]) != (_edition(archive), first["edition"])
    assert second["edition"] == _edition(archive)
    told = {(change["id"], change["what"], change["title"]) for change in second["changes"]}
    assert told == {
        ("new", "added", "New"),
        ("corrected", "corrected", "Right"),
        ("moved", "moved", "Moved"),
        ("wrong", "withdrawn", "Wrong"),
        (None, "withdrawn", None),
    }
    hidden = next(change for change in second["changes"] if change["id"] is None)
    assert (hidden["id_sha256"], hidden["url"]) == (hashlib.sha256(b"secret").hexdigest(), None)
    page = sites.main_of(archive.page("/changes/"))
    assert "Right" in page and hidden["id_sha256"] in page
    assert "Secret" not in page and "secret" not in (archive.output / "data/changes.json").read_text("utf-8")


def test_a_build_sees_that_an_edition_was_recorded(archive: Archive) -> None:
    archive.write("briefings/one.md", id="one", published="2022-08-18")
    archive.build()
    archive.build()
    assert _changes(archive) == []
    archive.run("check", "--fix")
    archive.build()
    assert len(_changes(archive)) == 1
