"""The process that does the little that is to be done after an edit."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
import sites
from conftest import Archive

from builder.assistant import Assistant
from builder.faults import ArchiveError
from builder.workers import Workers


def _raise(problem: Exception) -> None:
    raise problem


def _descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def _children() -> list[str]:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()


def test_what_an_assistant_is_asked_it_does_in_another_process() -> None:
    with Assistant([]) as assistant:
        assert assistant.submit(os.getpid).result() not in (os.getpid(), 0)
        assert assistant.submit(sorted, [2, 1], reverse=True).result() == [2, 1]


def test_what_goes_wrong_there_is_told_here() -> None:
    with Assistant([]) as assistant:
        with pytest.raises(ValueError, match="odd"):
            assistant.submit(_raise, ValueError("odd")).result()
        assert assistant.submit(len, "on").result() == 2


def test_an_assistant_takes_its_steps_while_there_is_no_work(tmp_path: Path) -> None:
    with Assistant([(tmp_path / name).touch for name in "ab"]):
        sites.eventually((tmp_path / "b").exists, seconds=5)


def test_work_waits_for_one_step_and_not_for_all(tmp_path: Path) -> None:
    with Assistant([lambda: time.sleep(0.2), (tmp_path / "a").touch]) as assistant:
        assert not assistant.submit(os.path.exists, tmp_path / "a").result()
        sites.eventually((tmp_path / "a").exists, seconds=5)


def test_an_assistant_of_whom_nothing_is_wanted_any_more_ends_at_once() -> None:
    before, others = _descriptors(), _children()
    began = time.monotonic()
    with Assistant([lambda: time.sleep(60)]):
        assert len(_children()) == len(others) + 1
    assert time.monotonic() - began < 5
    assert _descriptors() == before
    assert _children() == others


def test_an_assistant_that_is_killed_is_no_success() -> None:
    with Workers(2) as workers:
        workers.call_assistant([])
        child = workers.assisted(os.getpid)
        os.kill(child, signal.SIGKILL)
        with pytest.raises(ArchiveError, match="--jobs 1"):
            workers.assisted(os.getpid)
        with pytest.raises(ArchiveError, match="--jobs 1"):
            list(workers.results(len, ["one"], 1, 100))


def test_where_no_process_can_begin_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    before = _descriptors()
    with Workers(2) as workers:
        workers.call_assistant([])
        assert workers.assistant is None
        assert workers.assisted(os.getpid) == os.getpid()
    assert _descriptors() == before


def test_the_process_of_a_build_after_an_edit_loads_nothing_that_its_assistant_has_loaded(archive: Archive) -> None:
    archive.write("briefings/one.md")
    archive.build("--jobs", "2")
    archive.write("briefings/one.md", body="Other words.")
    heavy = {"frontmatter", "jinja2", "markdown_it", "multiprocessing", "yaml"}
    assert heavy & sites.modules(archive, "build", "--jobs", "2") == set()
    assert "Other words." in archive.page("/2022/08/17/one/")
    archive.write("briefings/one.md", body="More words.")
    assert heavy - {"multiprocessing"} < sites.modules(archive, "build", "--jobs", "1")
