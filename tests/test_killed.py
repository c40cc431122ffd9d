"""A build that is killed, at any moment and whoever of its processes it hits, costs a reader nothing but time.

Of what lies in `output/` then, each file is the old or the new one, and names only what is there (a first build has no
reader to protect yet). The next build makes what a first build of the same files would, and leaves nothing behind.

    SITREP_KILLED=30 python -m pytest -n 2 tests/test_killed.py

kills at 30 moments in each situation instead of a few.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import edits
import pytest
import sites
from conftest import Archive

BUILD_LIST = ".sitrep-build.json"
JOURNAL = ".sitrep-journal"
MOMENTS = int(os.environ.get("SITREP_KILLED", "3"))  # in each situation, spread over the length of a build
# Enough for worker processes to be begun.
JOBS = ("--jobs", "2")

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked for in /proc")


# Two states of an archive, and the sites of both


def _old(root: Path) -> Archive:
    archive = edits.small_archive(root)
    edits.set_setting(archive, "languages", [])  # each takes as long as the first, and is no other situation
    for path in [path for path in root.glob("content/**/*.*.md") if path.suffixes[-2] in (".fr", ".fa")]:
        path.unlink()
    sites.series(archive, sites.days(130, step=11), region="Southland", actors=["Force"], tags=["talks", "daily"])
    return archive


def _renew(archive: Archive) -> None:
    """Every page changes, assets and pictures get other addresses, pages come and go."""
    chance = random.Random(1)
    edits.set_setting(archive, "title", "The new title")
    edits.repaint_a_static_picture(archive, chance)
    edits.edit_a_static_file(archive, chance)
    archive.write_bytes("media/bridge.png", sites.PNG + b"new")
    series = [path for path in edits.briefings(archive) if path.stem.startswith("event-")]
    for path in series[::9]:
        path.unlink()
    for path in series[1::9]:
        path.rename(path.with_name(f"renamed-{path.name}"))
    sites.series(archive, sites.days(12, step=31), name="added", tags=["new"])


@dataclass
class States:
    """The old archive, built; and the files of both sites. `seconds` is how long a build takes."""

    archive: Archive
    old: dict[str, bytes]
    new: dict[str, bytes]
    seconds: float


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> States:
    folder = tmp_path_factory.mktemp("killed")
    archive = _old(folder / "old")
    begin = time.monotonic()
    archive.build(*JOBS)
    seconds = time.monotonic() - begin
    renewed = sites.copy_of(archive, folder / "new")
    _renew(renewed)
    renewed.build(*JOBS)
    return States(archive, archive.files(), renewed.files(), seconds)


def _first_with_no_cache(states: States, root: Path) -> Archive:
    archive = sites.copy_of(states.archive, root)
    _renew(archive)
    return archive


def _first_with_a_cache(states: States, root: Path) -> Archive:
    archive = _first_with_no_cache(states, root)
    shutil.copytree(states.archive.root / ".sitrep", root / ".sitrep")
    return archive


def _later_with_a_cache(states: States, root: Path) -> Archive:
    shutil.copytree(states.archive.root, root)
    _renew(Archive(root))
    return Archive(root)


def _later_with_no_cache(states: States, root: Path) -> Archive:
    archive = _later_with_a_cache(states, root)
    shutil.rmtree(root / ".sitrep")
    return archive


FIRST = [_first_with_no_cache, _first_with_a_cache]
LATER = [_later_with_no_cache, _later_with_a_cache]
Situation = Callable[[States, Path], Archive]


# Processes


def _start(archive: Archive, **options: int) -> subprocess.Popen[str]:
    """A build, in a session of its own, so that its workers can be told from other processes."""
    return sites.start(archive, "build", "--quiet", *JOBS, stdout=-3, start_new_session=True, **options)


def _members(session: int) -> set[int]:
    """The living processes of a session."""
    found = set()
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                state, _, _, its_session = (place / "stat").read_text().rpartition(")")[2].split()[:4]
            except OSError:  # it has ended
                continue
            if int(its_session) == session and state not in "ZX":
                found.add(int(place.name))
    return found


def _workers(process: subprocess.Popen[str]) -> set[int]:
    return _members(process.pid) - {process.pid}


def _wait(process: subprocess.Popen[str], holds: Callable[[], object]) -> None:
    """Waits until something holds, or the process has ended."""
    while process.poll() is None and not holds():
        time.sleep(0.001)  # the processes that it waits for need the processors


@pytest.fixture(autouse=True)
def _nobody_lives_on(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever a test did, none of its processes lives on."""
    started: list[subprocess.Popen[str]] = []
    start = sites.start

    def noted(*arguments: object, **options: object) -> subprocess.Popen[str]:
        started.append(start(*arguments, **options))  # type: ignore[arg-type]
        return started[-1]

    monkeypatch.setattr(sites, "start", noted)
    yield
    for process in started:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
        process.wait()


# What must hold


def _is_whole(archive: Archive, states: States) -> None:
    """Each file is the old or the new one, none is missing that both sites have, and what pages name is there."""
    found = {path: data for path, data in archive.files().items() if not path.startswith(".sitrep-")}
    for path, data in found.items():
        assert data in (states.old.get(path), states.new.get(path)), f"{path} is neither the old nor the new one"
    for path in states.old.keys() & states.new.keys():
        assert path.startswith(".sitrep-") or path in found, f"{path} is missing"
    assets = {path.rpartition("/")[2] for path in found if path.startswith("assets/")}
    for path, data in found.items():
        if path.endswith((".html", ".css")):
            for asset in _assets(data):
                assert asset in assets, f"{path} names {asset}, which isn't there"
    if found["manifest.json"] == states.new["manifest.json"]:  # it comes last of all that a reader can fetch
        assert {path: found.get(path) for path in states.new if not path.startswith(".sitrep-")} == {
            path: data for path, data in states.new.items() if not path.startswith(".sitrep-")
        }


def _assets(data: bytes) -> set[str]:
    """The assets that a page or a stylesheet names: `NAME.HASH.ext`."""
    return {name.decode() for name in re.findall(rb"[\w-]+\.[0-9a-f]{12}\.\w+", data)}


def _is_mended_by_a_build(archive: Archive, states: States) -> None:
    """The next build is right, and the one after it has nothing to do."""
    said = ""

    def built() -> bool:
        nonlocal said
        ran = archive.run("build")
        said = ran.err
        assert ran.status == 0 or "another command" in ran.err, ran.err  # a worker may hold the lock while it ends
        return ran.status == 0

    sites.eventually(built)
    assert sites.changed(archive.files(), states.new) == set(), said
    assert _own_files(archive) == {BUILD_LIST}
    assert not [path for path in archive.output.rglob("*") if path.is_dir() and not any(path.iterdir())]
    assert not (archive.root / "output.altered").exists()
    assert archive.build("--json").report["counts"]["written"] == 0


def _own_files(archive: Archive) -> set[str]:
    return {path.name for path in archive.output.glob(".sitrep*")}


# Killed


@pytest.mark.parametrize("moment", range(MOMENTS))
@pytest.mark.parametrize("only_main", [False, True], ids=["all processes", "the main process"])
@pytest.mark.parametrize("situation", [*FIRST, *LATER], ids=lambda situation: situation.__name__.strip("_"))
def test_a_build_killed_at_any_moment_leaves_a_whole_site_and_the_next_is_right(
    states: States, tmp_path: Path, situation: Situation, only_main: bool, moment: int
) -> None:
    archive = situation(states, tmp_path / "archive")
    delay = states.seconds * random.uniform(moment, moment + 1) / MOMENTS
    process = _start(archive, stderr=-3)
    time.sleep(delay)
    if only_main:
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if situation in LATER:
        _is_whole(archive, states)
    _is_mended_by_a_build(archive, states)


@pytest.mark.parametrize("moment", range(MOMENTS // 2 + 1))
@pytest.mark.parametrize("situation", [*FIRST, *LATER], ids=lambda situation: situation.__name__.strip("_"))
def test_workers_end_with_their_build_and_write_no_more(
    states: States, tmp_path: Path, situation: Situation, moment: int
) -> None:
    archive = situation(states, tmp_path / "archive")
    process = _start(archive, stderr=-3)
    _wait(process, lambda: len(_workers(process)) > 1)  # one may be the one that looks ahead
    time.sleep(random.uniform(0, 0.1) if moment else 0)
    workers = _workers(process)
    process.kill()
    process.wait()
    assert workers or moment, "no worker was begun"
    sites.eventually(lambda: not _members(process.pid), seconds=5)
    if situation in LATER:
        _is_whole(archive, states)
    before = sites.snapshot(archive.output)
    time.sleep(0.1)
    assert sites.snapshot(archive.output) == before
    _is_mended_by_a_build(archive, states)


@pytest.mark.parametrize("moment", range(MOMENTS))
@pytest.mark.parametrize("again", [False, True], ids=["once", "again while it is completed"])
def test_a_build_killed_while_it_switches_is_completed_by_the_next(
    states: States, tmp_path: Path, again: bool, moment: int
) -> None:
    archive = _later_with_a_cache(states, tmp_path / "archive")
    for _ in range(2 if again else 1):
        process = _start(archive, stderr=-3)
        _wait(process, (archive.output / JOURNAL).exists)
        time.sleep(random.uniform(0, 0.02) if moment else 0)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        _is_whole(archive, states)
    _is_mended_by_a_build(archive, states)


def test_a_worker_that_is_killed_is_no_success(states: States, tmp_path: Path) -> None:
    """As by a system that is short of memory."""
    archive = _later_with_no_cache(states, tmp_path / "archive")
    process = _start(archive, stderr=-1)
    _wait(process, lambda: len(_workers(process)) > 1)  # one may be the one that looks ahead
    for worker in _workers(process):
        os.kill(worker, signal.SIGKILL)
        break
    _, err = process.communicate(timeout=60)
    if process.returncode == 0:  # it had nothing to do any more, or its work was done by another
        assert archive.files() == states.new
    else:
        assert process.returncode in (1, 70)
        assert "--jobs 1" in err
        assert archive.files() == states.old
    assert not _members(process.pid)
    _is_mended_by_a_build(archive, states)


# Asked to stop


@pytest.mark.parametrize("moment", range(MOMENTS // 3))
@pytest.mark.parametrize("whole_group", [False, True], ids=["the main process", "all processes"])
@pytest.mark.parametrize("with_signal", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
@pytest.mark.parametrize(
    "situation", [_first_with_no_cache, _later_with_a_cache], ids=lambda situation: situation.__name__.strip("_")
)
def test_a_build_that_is_asked_to_stop_says_so_and_leaves_nothing_behind(
    states: States, tmp_path: Path, situation: Situation, with_signal: signal.Signals, whole_group: bool, moment: int
) -> None:
    archive = situation(states, tmp_path / "archive")
    archive.output.mkdir(exist_ok=True)
    before = sites.snapshot(archive.output)
    cache = archive.root / ".sitrep"
    seen = cache.stat().st_mtime_ns if cache.exists() else 0
    process = _start(archive, stderr=-1)
    _wait(process, lambda: cache.exists() and cache.stat().st_mtime_ns != seen)  # from then on it runs
    time.sleep(states.seconds * random.uniform(0, 0.7))
    if process.poll() is None:
        (os.killpg if whole_group else os.kill)(process.pid, with_signal)
    _, err = process.communicate(timeout=30)
    assert "Traceback" not in err
    assert not _members(process.pid)
    if (archive.output / JOURNAL).exists():  # it was switching, which the next build completes
        assert process.returncode == 128 + with_signal, err
        _is_whole(archive, states)
    elif sites.snapshot(archive.output) == before:
        assert process.returncode == 128 + with_signal, err
        assert _own_files(archive) <= {BUILD_LIST}
    else:  # its work was done; at the very end Python itself dies of the signal, which a shell shows as the same number
        assert process.returncode in (0, 128 + with_signal, -with_signal), err
        assert archive.files() == states.new
    _is_mended_by_a_build(archive, states)


@pytest.mark.parametrize("moment", range(MOMENTS))
@pytest.mark.parametrize("with_signal", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_a_build_that_is_asked_to_stop_while_its_workers_begin_or_answer_does(
    states: States, tmp_path: Path, with_signal: signal.Signals, moment: int
) -> None:
    """All processes are asked, as by a terminal or a service manager: a worker may end in the middle of an answer."""
    archive = _first_with_no_cache(states, tmp_path / "archive")
    process = _start(archive, stderr=-1)
    _wait(process, lambda: len(_workers(process)) > 1)  # one may be the one that looks ahead
    time.sleep(random.uniform(0, 0.04) if moment else 0)
    if process.poll() is None:
        os.killpg(process.pid, with_signal)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 128 + with_signal, err
    assert "Traceback" not in err
    assert not _members(process.pid)
    assert not list(archive.output.rglob("*"))
