"""A capture that must not be kept gives way to its hash and a reason, and no check asks for it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from conftest import Archive

DATA = b"It names a source.\r\n"
PATH = "captures/2022/talks.html"


@pytest.fixture
def captured(archive: Archive) -> Archive:
    archive.write_bytes(PATH, DATA)
    archive.write(
        "briefings/talks.md", capture={"file": f"/{PATH}", "sha256": hashlib.sha256(DATA).hexdigest()}, id="talks"
    )
    return archive


def test_the_bytes_go_and_the_hash_and_the_reason_stay(captured: Archive) -> None:
    record = captured.write_text(f"{PATH}.json", '{"sha256": "' + hashlib.sha256(DATA).hexdigest() + '", "url": "x"}')
    ran = captured.run("redact", f"content/{PATH}", "--reason", "It names\n a source.")
    assert ran.status == 0, ran.err
    assert not (captured.root / "content" / PATH).exists()
    said = json.loads(record.read_text("utf-8"))
    assert said["url"] == "x" and said["redacted"]["reason"] == "It names a source."
    assert said["sha256"] == hashlib.sha256(DATA).hexdigest()
    assert captured.run("check", "--strict").errors == []


def test_a_capture_without_a_record_gets_one(captured: Archive) -> None:
    assert captured.run("redact", f"content/{PATH}", "--reason", "Why.").status == 0
    assert captured.run("check", "--strict").errors == []


def test_a_record_of_other_bytes_excuses_nothing(captured: Archive) -> None:
    captured.write_text(f"{PATH}.json", '{"sha256": "' + "0" * 64 + '", "redacted": {"reason": "x"}}')
    ran = captured.run("redact", f"content/{PATH}", "--reason", "Why.")
    assert ran.status == 1 and "isn't what its record says" in ran.err
    assert (captured.root / "content" / PATH).read_bytes() == DATA
    (captured.root / "content" / PATH).unlink()
    assert ["is missing" in fault for fault in captured.run("check").errors] == [True]


@pytest.mark.parametrize("path", ["content/briefings/talks.md", "content/captures", "content/captures/../media/x", "x"])
def test_only_captures_are_redacted(captured: Archive, path: str) -> None:
    ran = captured.run("redact", path, "--reason", "Why.")
    assert ran.status == 1 and "is no file in content/captures/" in ran.err
    assert Path(captured.root / "content/briefings/talks.md").exists()


def test_a_reason_must_be_given(captured: Archive) -> None:
    assert captured.run("redact", f"content/{PATH}").status == 2
    assert captured.run("redact", f"content/{PATH}", "--reason", " ").status == 2
    assert (captured.root / "content" / PATH).read_bytes() == DATA
