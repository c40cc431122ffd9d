"""A warm build equals a cold one, byte for byte, after any sequence of edits; and the build after it writes nothing.

`test_each_edit_…` does each edit of `edits.py` once. `Freshness` is a machine that draws sequences: of those edits, of
what befalls the cache and the output folder, and of ways to build. After each step the site and the report are
compared with those of a first build of the same files in another place.

The cache trusts what the file system says of a file only if that had rested for two seconds when it was recorded. So
every test here begins with an archive that has rested, and been built twice.

    SITREP_FRESHNESS=500 python -m pytest -n 2 tests/test_freshness.py

draws 500 sequences instead of a few (and of larger archives a sixth of that). A sequence that fails is printed, as
the steps to repeat it; `SITREP_FRESHNESS_STEPS` says how long a sequence may be.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import edits
import pytest
import sites
from conftest import REPOSITORY, Archive, Ran
from edits import Edit, state_of
from forked import Commands
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

REST = 2.1  # seconds
SEQUENCES = int(os.environ.get("SITREP_FRESHNESS", "20"))
STEPS = int(os.environ.get("SITREP_FRESHNESS_STEPS", "11"))
BUILD_LIST = ".sitrep-build.json"


# The bench


class Bench:
    """Where archives are made, built and compared."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        # First builds are for comparison only, and files in memory come and go faster.
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.cold_folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=memory)))
        self._place = folder / "here" / "archive"
        # Two, as the order of a set may depend on the process.
        self.warm = stack.enter_context(_commands_in(self._place, PYTHONHASHSEED="1"))
        self.cold = stack.enter_context(_commands_in(self.cold_folder / "archive", PYTHONHASHSEED="2"))
        self._numbers = itertools.count()
        self._originals: dict[Callable[[Path], Archive], Path] = {}
        self._rested: dict[Callable[[Path], Archive], list[Archive]] = {}

    def build(self, archive: Archive, *options: str) -> Ran:
        return Ran(*self.warm.run(archive.root, "build", "--json", *options))

    def new_root(self) -> Path:
        return self.folder / f"{next(self._numbers)}" / "archive"

    def rested(self, make: Callable[[Path], Archive], batch: int) -> Archive:
        """An archive that was built elsewhere, has rested, has been built again, and was then moved to the place where
        there is one of them at a time. They are copied in batches."""
        ready = self._rested.setdefault(make, [])
        if not ready:
            original = self._built(make)
            ready += [Archive(shutil.copytree(original, self.new_root(), symlinks=True)) for _ in range(batch)]
            time.sleep(REST)
            for archive in ready:
                assert self.build(archive).report["counts"]["written"] == 0
        made = ready.pop()
        made.root.parent.rename(self._place.parent)
        return Archive(self._place)

    def _built(self, make: Callable[[Path], Archive]) -> Path:
        if make not in self._originals:
            archive = make(self.new_root())
            assert self.build(archive).status == 0
            self._originals[make] = archive.root
        return self._originals[make]

    def first(self, state: dict[str, bytes], output: str, *arguments: str) -> tuple[Ran, dict[str, bytes]]:
        """What a first command in an archive of these files says, and what it makes in a folder."""
        archive = Archive(self.cold_folder / "archive")
        shutil.rmtree(archive.root, ignore_errors=True)
        archive.root.mkdir()
        edits.bring_to(archive, state)
        ran = Ran(*self.cold.run(archive.root, *arguments))
        return ran, sites.contents(archive.root / output)

    def compare(
        self,
        archive: Archive,
        *options: str,
        strangers: dict[str, bytes] | None = None,
        output: str = "output",
        in_a_shell: bool = False,
    ) -> bool:
        """Builds warm, and says whether that is possible. Fails if a first build differs, or another has work to do."""
        folder = archive.root / output
        options = (*options, "--output", output)
        before = _stats(folder)
        warm = archive.run("build", "--json", *options) if in_a_shell else self.build(archive, *options)
        cold, expected = self.first(state_of(archive), output, "build", "--json", *options)
        assert warm.status in (0, 1), warm.err
        assert _told(warm) == _told(cold)
        assert warm.status == cold.status
        if warm.status == 1:
            assert {path for path in _changed(before, _stats(folder)) if not (folder / path).is_dir()} == set()
            return False
        assert sites.changed(expected | (strangers or {}), sites.contents(folder)) == set()
        before = _stats(folder)
        again = self.build(archive, *options)
        assert _told(again) == _told(cold)
        assert (again.report["counts"]["written"], again.report["counts"]["deleted"]) == (0, 0)
        assert _changed(before, _stats(folder)) == set()
        return True


def _commands_in(root: Path, **env: str) -> Commands:
    """Commands that are most often run in an archive at `root`, which isn't there yet."""
    edits.lean_archive(root)
    try:
        return Commands(REPOSITORY, root, **env)
    finally:
        shutil.rmtree(root)


def _stats(folder: Path) -> dict[str, tuple[int, ...]]:
    """When and how each file and folder was last written."""
    found = {}
    for path in [folder, *folder.rglob("*")]:
        if path.exists():
            status = path.stat()
            found[path.relative_to(folder).as_posix()] = (status.st_mtime_ns, status.st_ino, status.st_ctime_ns)
    return found


def _changed(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def _told(ran: Ran) -> tuple[bool, dict[str, int], list[dict[str, Any]]]:
    """What a report says of the archive: not how long it took, nor what was done to the output folder."""
    report = ran.report
    counts = {
        name: count for name, count in report["counts"].items() if name in ("pages", "briefings", "drafts", "files")
    }
    return report["ok"], counts, [fault for fault in report["faults"] if not _is_of_output(fault)]


def _is_of_output(fault: dict[str, Any]) -> bool:
    return fault["path"].partition("/")[0] in ("output", "elsewhere")


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with ExitStack() as stack:
        yield Bench(tmp_path_factory.mktemp("freshness"), stack)


@pytest.fixture
def archive(bench: Bench) -> Iterator[Archive]:
    """A small archive, which has rested."""
    made = bench.rested(edits.small_archive, batch=22)
    yield made
    shutil.rmtree(made.root.parent)


@pytest.fixture
def lean(bench: Bench) -> Iterator[Archive]:
    """The same with a theme that needs nothing costly, so that whole sections of pages can be kept."""
    made = bench.rested(edits.lean_archive, batch=22)
    yield made
    shutil.rmtree(made.root.parent)


# Each edit


def _does(edit: Edit, archive: Archive) -> random.Random:
    """Does an edit, with the first chance in which it finds something to do."""
    for seed in range(30):
        before = _stats(archive.root)
        edit(archive, random.Random(seed))
        if _changed(before, _stats(archive.root)):
            return random.Random(seed)
    raise AssertionError("it finds nothing to do")


ALIKE = [*edits.FIELD_EDITS, *edits.SETTING_EDITS]
OTHERS = [edit for edit in edits.EDITS if edit not in ALIKE]
OF_THEMES = [edit for edit in OTHERS if re.search("template|theme|static|stylesheet", edit.__name__)]


@pytest.mark.parametrize("edit", [e for e in OTHERS if e not in OF_THEMES], ids=lambda edit: edit.__name__)
def test_after_each_edit_a_warm_build_equals_a_cold_one(bench: Bench, lean: Archive, edit: Edit) -> None:
    _compare_after(edit, bench, lean)


@pytest.mark.parametrize("edit", OF_THEMES, ids=lambda edit: edit.__name__)
def test_after_each_edit_of_a_theme_too(bench: Bench, archive: Archive, edit: Edit) -> None:
    _compare_after(edit, bench, archive)


def _compare_after(edit: Edit, bench: Bench, archive: Archive) -> None:
    if edit in edits.AFTER:
        _does(edits.AFTER[edit], archive)
        assert bench.compare(archive)
    _does(edit, archive)
    assert bench.compare(archive)


@pytest.mark.parametrize("alike", [edits.FIELD_EDITS, edits.SETTING_EDITS], ids=["fields", "settings"])
def test_after_each_field_and_each_setting_changed_too(bench: Bench, lean: Archive, alike: list[Edit]) -> None:
    for first in range(0, len(alike), 3):
        done = alike[first : first + 3]
        for edit in done:
            _does(edit, lean)
        assert bench.compare(lean), [edit.__name__ for edit in done]


@pytest.mark.parametrize(
    "way",
    [("--drafts",), ("--theme", "plain"), ("--base-url", "https://staging.example/")],
    ids=lambda way: way[0].strip("-"),
)
def test_another_way_to_build_is_not_taken_for_the_last_one(
    bench: Bench, archive: Archive, way: tuple[str, ...]
) -> None:
    site = archive.files()
    assert bench.compare(archive, *way)
    assert archive.files() != site
    assert bench.compare(archive)
    assert archive.files() == site


@pytest.mark.parametrize("edit", edits.BREAKS, ids=lambda edit: edit.__name__)
def test_after_each_break_a_build_fails_as_a_cold_one_does_and_the_mended_archive_is_as_before(
    bench: Bench, archive: Archive, edit: Edit
) -> None:
    sound, site = state_of(archive), archive.files()
    edits.reword(archive, random.Random(1))
    edit(archive, random.Random(1))
    assert not bench.compare(archive)
    edits.bring_to(archive, sound)
    assert bench.compare(archive)
    assert archive.files() == site


# What went wrong elsewhere


def test_a_template_that_is_named_by_a_computed_name_is_an_input(bench: Bench, archive: Archive) -> None:
    provisional, confirmed = "/2022/08/17/talks/", "/2022/08/19/answer/"
    archive.template("own/templates/_for-provisional.html", "<p>Edited.</p>\n")
    assert bench.compare(archive)
    assert "Edited." in archive.page(provisional)
    added = archive.template("own/templates/_for-confirmed.html", "<p>Added.</p>\n")
    assert bench.compare(archive)
    assert "Added." in archive.page(confirmed)
    added.unlink()
    assert bench.compare(archive)
    assert "Added." not in archive.page(confirmed)


def test_a_template_that_stands_before_another_and_goes_again_leaves_nothing_behind(
    bench: Bench, archive: Archive
) -> None:
    before = archive.files()
    layout = archive.template("own/templates/_layout.html", "<title>Mine</title>{% block main %}{% endblock %}\n")
    assert bench.compare(archive)
    assert "<title>Mine</title>" in archive.page("/")
    layout.unlink()
    assert bench.compare(archive)
    assert archive.files() == before


def test_a_body_from_the_cache_has_its_pictures_notes_anchors_and_links(bench: Bench, archive: Archive) -> None:
    """What it refers to is edited, it is not."""
    content = archive.root / "content"
    page = "/2022/08/17/talks/"
    (content / "briefings/2022/answer.md").write_text(
        "---\ntitle: Renamed\ndate: 2022-09-01\nslug: other\n---\n\n## What is contested\n\nWords.\n", "utf-8"
    )
    archive.write_bytes("media/bridge.png", sites.PNG + b"another")
    assert bench.compare(archive)
    assert "/2022/09/01/other/#what-is-contested" in archive.page(page)
    picture = re.search(r"assets/(bridge\.[0-9a-f]+\.png)", archive.page(page))
    assert picture
    assert (archive.output / "assets" / picture[1]).read_bytes() == sites.PNG + b"another"
    assert "The note." in archive.page(page)


def test_a_list_follows_what_it_lists(bench: Bench, archive: Archive) -> None:
    edits.set_field(archive.root / "content/briefings/2022/answer.md", "title", "Edited title")
    edits.set_field(archive.root / "content/briefings/2022/answer.md", "summary", "Edited summary")
    assert bench.compare(archive)
    for address in ("/", "/2022/", "/tags/talks/", "/regions/the-south/", "/dossiers/north-south/", "/feed.xml"):
        assert "Edited title" in archive.page(address), address
        assert "Edited summary" in archive.page(address), address


def test_an_archive_that_was_moved_as_a_whole_keeps_its_pages(bench: Bench, lean: Archive) -> None:
    moved = Archive(bench.new_root())
    moved.root.parent.mkdir()
    lean.root.rename(moved.root)
    try:
        assert bench.build(moved).report["counts"]["written"] == 0
        why = moved.run("why", "/", "--json").report["counts"]
        assert why["build"] < why["builds"]
    finally:
        moved.root.rename(lean.root)


@pytest.mark.parametrize("with_site", [True, False], ids=["with the site", "without the site"])
def test_a_cache_restored_from_another_commit_in_another_place_is_safe(
    bench: Bench, archive: Archive, with_site: bool
) -> None:
    chance = random.Random(3)
    elsewhere = Archive(bench.new_root())
    elsewhere.root.mkdir(parents=True)
    edits.bring_to(elsewhere, state_of(archive))
    for edit in (edits.reword, edits.retitle, edits.rename_a_record, edits.edit_a_template, edits.replace_a_media_file):
        edit(elsewhere, chance)
    edits.reword_in_silence(elsewhere, chance)
    for path in edits.inputs(elsewhere):  # the times are those of the clone, or what a tool makes of them
        os.utime(path, (10**9, 10**9))
    for name in (".sitrep", "output") if with_site else (".sitrep",):
        shutil.copytree(archive.root / name, elsewhere.root / name)
    assert bench.compare(elsewhere)


@pytest.mark.parametrize("old", [b"Mark a", b"2022", b"html"])
def test_words_that_were_exchanged_in_the_cache_reach_no_page(bench: Bench, archive: Archive, old: bytes) -> None:
    for path in (archive.root / ".sitrep").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(old, old[:-1] + b"9"))
    edits.set_setting(archive, "title", "A title on every page")
    assert bench.compare(archive)


def test_two_edits_within_one_tick_of_the_clock_are_both_seen(bench: Bench, archive: Archive) -> None:
    path = archive.root / "content/briefings/year.md"
    text = edits.text_of(path)
    for number in range(100, 108):
        path.write_text(text.replace("Mark a", f"Mark {number}"), "utf-8")
        status = path.stat()
        assert bench.build(archive).status == 0
        assert f"Mark {number}" in archive.page("/2020/year/")
        path.write_text(text.replace("Mark a", f"Mirk {number}"), "utf-8")
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert bench.build(archive).status == 0
        assert f"Mirk {number}" in archive.page("/2020/year/")
    assert bench.compare(archive)


@pytest.mark.parametrize("seed", range(2))
def test_what_is_edited_while_a_build_runs_is_seen_by_the_next(bench: Bench, tmp_path: Path, seed: int) -> None:
    archive = LargeFreshness.make(tmp_path / "archive")
    if seed:
        archive.build()
    time.sleep(REST)
    begin = time.monotonic()
    process = sites.start(archive, "build", "--clean", stdout=-3, stderr=-3)
    chance = random.Random(seed)
    while process.poll() is None:
        edits.reword_in_silence(archive, chance)
        edits.replace_in_silence(archive, chance)
        edits.repaint_in_silence(archive, chance)
        time.sleep(chance.uniform(0, 0.03))
    assert process.returncode in (0, 1)  # 1: it has noticed
    assert time.monotonic() - begin > 0.2  # else nothing was edited meanwhile
    assert bench.compare(archive)
    time.sleep(REST)
    assert bench.compare(archive)


def test_another_version_of_the_program_or_of_its_theme_uses_nothing_of_the_old_ones_work(
    archive: Archive, tmp_path: Path
) -> None:
    program = tmp_path / "program"
    for name in ("builder", "themes"):
        shutil.copytree(REPOSITORY / name, program / name, ignore=shutil.ignore_patterns("__pycache__"))
    archive.env["PYTHONPATH"] = str(program)
    assert archive.build("--json").report["counts"]["written"] == 0
    for pattern, old, new in (
        ("builder/__init__.py", '__version__ = "', '__version__ = "9'),
        ("builder/**/*.py", '"Contested"', '"Disputed"'),
        ("themes/broadsheet/templates/_layout.html", "<main ", '<main class="new" '),
        ("themes/broadsheet/static/icon.svg", "<svg ", '<svg class="new" '),
        ("builder/**/feed.xml", "</feed>", "<!-- new --></feed>"),
    ):
        before = archive.files()
        (path,) = (path for path in program.glob(pattern) if old in path.read_text("utf-8"))
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
        archive.build()
        assert archive.files() != before, pattern
        cold = sites.copy_of(archive, tmp_path / "cold")
        cold.env["PYTHONPATH"] = str(program)
        cold.build()
        assert sites.changed(archive.files(), cold.files()) == set(), pattern
        shutil.rmtree(cold.root)


# Sequences of edits

_BENCH: list[Bench] = []


@pytest.fixture(scope="module", autouse=True)
def _bench_of_machines(bench: Bench) -> Iterator[None]:
    _BENCH.append(bench)
    yield
    _BENCH.clear()


SEEDS = st.integers(0, 999)
WAYS = st.lists(
    st.sampled_from(
        [
            ("--drafts",),
            ("--jobs", "2"),
            ("--jobs", "1"),
            ("--verify",),
            ("--clean",),
            ("--base-url", "https://staging.example/"),
            ("--theme", "broadsheet"),
            ("--theme", "plain"),
        ]
    ),
    max_size=2,
    unique_by=lambda option: option[0],
)


class Freshness(RuleBasedStateMachine):
    """An archive, what is done to it, and its site, which is compared with a first build's after nearly every step."""

    batch = 6

    def __init__(self) -> None:
        super().__init__()
        self.bench = _BENCH[0]
        self.archive = self.bench.rested(self.make, self.batch)
        self.options: tuple[str, ...] = ()
        self.strangers: dict[str, bytes] = {}
        self.has_rested = False
        self.is_built = True
        self.states = [state_of(self.archive)]  # all of them sound
        self.kept: tuple[Path, dict[str, bytes]] | None = None

    @staticmethod
    def make(root: Path) -> Archive:
        return edits.small_archive(root)

    def teardown(self) -> None:
        try:
            if not self.is_built:
                self.build()
        finally:
            shutil.rmtree(self.archive.root.parent)

    # What the rules below do

    def edit(self, edit: Edit, seed: int, then_build: bool) -> None:
        edit(self.archive, random.Random(seed))
        self.is_built = False
        if then_build:
            self.build()

    def build(self, *, in_a_shell: bool = False) -> None:
        """Builds and compares. An archive that is at fault is mended, which is an edit like others."""
        if self._build(in_a_shell):
            self.states.append(state_of(self.archive))
            return
        event("at fault")
        edits.bring_to(self.archive, self.states[-1])
        assert self._build(False)

    def _build(self, in_a_shell: bool) -> bool:
        done = self.bench.compare(self.archive, *self.options, strangers=self.strangers, in_a_shell=in_a_shell)
        self.is_built = self.is_built or done
        event("built")
        return done

    @property
    def cache(self) -> Path:
        return self.archive.root / ".sitrep"

    def made_file(self, seed: int) -> Path:
        """A file that a build has made."""
        listed = json.loads((self.archive.output / BUILD_LIST).read_text("utf-8"))["files"]
        return self.archive.output / random.Random(seed).choice(sorted(listed))

    # Time and ways to build

    @precondition(lambda self: not self.has_rested)
    @rule()
    def rest(self) -> None:
        self.has_rested = True
        self.build()
        time.sleep(REST)
        self.build()

    @rule()
    def build_in_a_shell(self) -> None:
        self.build(in_a_shell=True)

    @rule(ways=WAYS)
    def build_in_another_way(self, ways: list[tuple[str, ...]]) -> None:
        self.options = tuple(option for way in ways for option in way)
        self.build()

    @rule(ways=WAYS)
    def build_elsewhere(self, ways: list[tuple[str, ...]]) -> None:
        """A second site, in another way, with the same cache."""
        options = [option for way in ways for option in way]
        self.bench.compare(self.archive, *options, output="elsewhere")

    @rule()
    def check(self) -> None:
        """It shares the cache, and tells of all that a first check would."""
        warm = Ran(*self.bench.warm.run(self.archive.root, "check", "--json"))
        cold, _ = self.bench.first(state_of(self.archive), "output", "check", "--json")
        assert (warm.status, warm.report["faults"]) == (cold.status, cold.report["faults"])

    @rule(seed=SEEDS)
    def break_and_mend(self, seed: int) -> None:
        chance = random.Random(seed)
        chance.choice(edits.BREAKS)(self.archive, chance)
        assert not self.bench.compare(self.archive, *self.options, strangers=self.strangers)
        edits.bring_to(self.archive, self.states[-1])
        self.is_built = False
        self.build()

    @rule(seed=SEEDS)
    def go_back(self, seed: int) -> None:
        """To an earlier state, as with version control."""
        edits.bring_to(self.archive, random.Random(seed).choice(self.states))
        self.is_built = False
        self.build()

    @rule()
    def move_the_archive(self) -> None:
        """No file in it changes."""
        self.archive.root.rename(root := self.archive.root.with_name(f"{self.archive.root.name}-moved"))
        self.archive = Archive(root)
        self.build()

    # What befalls the cache

    @rule()
    def delete_the_cache(self) -> None:
        shutil.rmtree(self.cache, ignore_errors=True)
        self.build()

    @rule(seed=SEEDS)
    def damage_the_cache(self, seed: int) -> None:
        chance = random.Random(seed)
        for path in sorted(path for path in self.cache.rglob("*") if path.is_file()):
            data = bytearray(path.read_bytes())
            for _ in range(chance.choice([0, 0, 1, 30])):
                at = chance.randrange(len(data) + 1)
                data[at : at + 20] = chance.randbytes(20)
            path.write_bytes(data[: chance.choice([len(data), len(data), chance.randrange(len(data) + 1)])])
        self.build()

    @rule(seed=SEEDS)
    def lose_files_of_the_cache(self, seed: int) -> None:
        chance = random.Random(seed)
        for path in sorted(path for path in self.cache.rglob("*") if path.is_file()):
            if chance.random() < 0.5:
                path.unlink()
        self.build()

    @rule()
    def take_another_archives_cache(self) -> None:
        """One of the same files and folders, in which other things stand."""
        other = self.make(self.bench.new_root())
        for path in edits.inputs(other):
            path.write_bytes(re.sub(rb"Mark a\b", b"Mark z", path.read_bytes()))
        assert self.bench.build(other).status == 0
        shutil.rmtree(self.cache, ignore_errors=True)
        shutil.copytree(other.root / ".sitrep", self.cache)
        shutil.rmtree(other.root.parent)
        self.build()

    @precondition(lambda self: self.is_built)
    @rule()
    def keep(self) -> None:
        """The cache and the site, as a service for continuous integration keeps them."""
        folder = Path(tempfile.mkdtemp(dir=self.archive.root.parent))
        for name in (".sitrep", "output"):
            shutil.copytree(self.archive.root / name, folder / name)
        self.kept = folder, dict(self.strangers)

    @precondition(lambda self: self.kept is not None)
    @rule(with_cache=st.booleans(), with_output=st.booleans())
    def bring_back(self, with_cache: bool, with_output: bool) -> None:
        """What was kept, although the archive has changed since then."""
        assert self.kept is not None
        folder, strangers = self.kept
        if with_output:
            self.strangers = dict(strangers)
        for name, wanted in ((".sitrep", with_cache), ("output", with_output)):
            if wanted:
                shutil.rmtree(self.archive.root / name, ignore_errors=True)
                shutil.copytree(folder / name, self.archive.root / name)
        self.build()

    # What befalls the output folder

    @rule(seed=SEEDS)
    def alter_a_made_file(self, seed: int) -> None:
        path = self.made_file(seed)
        path.write_bytes(path.read_bytes() + b"altered")
        self.build()

    @rule(seed=SEEDS)
    def alter_a_made_file_in_silence(self, seed: int) -> None:
        """Its size and its time of change stay."""
        path = self.made_file(seed)
        before = path.stat()
        data = path.read_bytes()
        path.write_bytes(data[:-1] + bytes([(data[-1] + 1) % 256]) if data else data)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        self.build()

    @rule(seed=SEEDS)
    def delete_a_made_file(self, seed: int) -> None:
        self.made_file(seed).unlink(missing_ok=True)
        self.build()

    @rule(seed=SEEDS)
    def delete_a_made_folder(self, seed: int) -> None:
        folder = self.made_file(seed).parent
        if folder != self.archive.output:
            shutil.rmtree(folder)
            self.strangers = {
                name: data for name, data in self.strangers.items() if (self.archive.output / name).exists()
            }
        self.build()

    @rule()
    def delete_the_output(self) -> None:
        shutil.rmtree(self.archive.output)
        self.strangers = {}
        self.build()

    @rule(seed=SEEDS)
    def put_a_strangers_file_there(self, seed: int) -> None:
        path = self.made_file(seed).with_name(f"mine-{seed}.html")
        path.write_bytes(b"Mine.")
        self.strangers[path.relative_to(self.archive.output).as_posix()] = b"Mine."
        self.build()

    @rule(seed=SEEDS)
    def copy_the_output(self, seed: int) -> None:
        """Its files are new ones, with the same bytes and times."""
        self.archive.output.rename(old := self.archive.output.with_name("output-old"))
        shutil.copytree(old, self.archive.output)
        shutil.rmtree(old)
        self.build()


def _rule_of(edit: Edit) -> Any:
    def step(self: Freshness, seed: int, then_build: bool) -> None:
        self.edit(edit, seed, then_build)

    step.__name__ = edit.__name__
    return rule(seed=SEEDS, then_build=st.sampled_from([True, True, True, False]))(step)


for _edit in edits.EDITS:
    setattr(Freshness, _edit.__name__, _rule_of(_edit))


class LargeFreshness(Freshness):
    """The same, of an archive for which worker processes are begun, and whose theme needs nothing costly."""

    batch = 2

    @staticmethod
    def make(root: Path) -> Archive:
        archive = edits.lean_archive(root)
        sites.series(archive, sites.days(110, step=11), region="Southland", actors=["Force"], tags=["talks", "daily"])
        return archive


def _settings(sequences: int, steps: int) -> settings:
    return settings(
        max_examples=sequences,
        stateful_step_count=steps,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )


# In parts, which the processes that run the tests share.
_PARTS = 4
for _part in range(_PARTS):
    _machine = type(f"Freshness{_part}", (Freshness,), {})
    _machine.TestCase.settings = _settings(max(SEQUENCES // _PARTS, 1), STEPS)
    globals()[f"TestFreshness{_part}"] = _machine.TestCase
TestLargeFreshness = LargeFreshness.TestCase
TestLargeFreshness.settings = _settings(max(SEQUENCES // 6, 1), max(STEPS // 2, 1))
