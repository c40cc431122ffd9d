"""The process that does the little that is to be done after an edit."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import sites
from conftest import Archive
from msgspec.structs import replace

from builder.assistant import Assistant
from builder.cache import open_cache
from builder.config import read_config
from builder.faults import ArchiveError
from builder.order import Order, build
from builder.render.templating import CompiledTemplates, compiled_templates
from builder.work.tasks import ready_to_make
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


def test_a_step_that_goes_wrong_is_the_last_and_work_is_done_all_the_same(tmp_path: Path) -> None:
    def steps() -> Iterator[Callable[[], object]]:
        yield (tmp_path / "a").touch
        yield lambda: _raise(ValueError("odd"))
        yield (tmp_path / "b").touch

    with Assistant(steps()) as assistant:
        sites.eventually((tmp_path / "a").exists, seconds=5)
        time.sleep(0.1)
        assert assistant.submit(len, "on").result() == 2
        assert not (tmp_path / "b").exists()


def test_a_catalogue_that_no_text_can_be_taken_from_is_told_of_after_an_edit_too(archive: Archive) -> None:
    archive.write("briefings/one.md")
    archive.build("--jobs", "2")
    catalogue = archive.root / "locale/en/LC_MESSAGES/messages.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text('msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n > 1;\\n"\n', "utf-8")
    archive.write("briefings/one.md", body="Other words.")
    (fault,) = archive.run("build", "--jobs", "2").errors
    assert fault.startswith("locale/en/LC_MESSAGES/messages.po")


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


def test_what_was_readied_is_not_compiled_again_when_pages_are_made(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.write("briefings/one.md")
    order = Order(
        root=archive.root,
        config=read_config(archive.root),
        output=archive.output,
        drafts=False,
        strict=False,
        clean=False,
        verify=False,
        jobs=1,
        today=date(2026, 1, 1),
    )
    cache, _ = open_cache(archive.root)
    compiled: list[str] = []
    compiled_templates.cache_clear()
    ready_to_make(str(archive.root), order.config, str(cache))
    monkeypatch.setattr(CompiledTemplates, "dump_bytecode", lambda _self, bucket: compiled.append(bucket.key))
    assert build(order, lambda _stage, pieces, _total: pieces).published.written > 0
    assert compiled == []
    compiled_templates.cache_clear()
    archive.config('description = "Other pages"\n')
    build(replace(order, config=read_config(archive.root)), lambda _stage, pieces, _total: pieces)
    assert compiled != []
