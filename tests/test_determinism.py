"""The same content gives the same bytes: on any machine, in any order, warm or cold."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import sites
from conftest import Archive

ENVIRONMENTS = [
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", "LANG": "de_DE.UTF-8"},
    {"TZ": "Asia/Kathmandu", "LC_ALL": "POSIX", "PYTHONHASHSEED": "random", "LANGUAGE": "ar"},
]


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = sites.rich_archive(tmp_path_factory.mktemp("rich") / "archive", events=70)
    # Names that a locale may read otherwise.
    archive.write(
        "briefings/вести-из-севера.md",
        "Ђ, ş, ß, İ.\n",
        title="Вести",
        tags=["Čaj", "Zet", "Äpfel", "istanbul", "İstanbul"],
    )
    archive.build()
    return archive


@pytest.mark.parametrize("env", ENVIRONMENTS, ids=lambda env: env["TZ"])
def test_neither_place_zone_locale_nor_hash_seed_changes_a_byte(
    rich: Archive, tmp_path: Path, env: dict[str, str]
) -> None:
    other = sites.copy_of(rich, tmp_path / "quite another place, with ünïcode" / "archive")
    other.env.update(env)
    other.build()
    assert sites.changed(rich.files(), other.files()) == set()


def test_neither_umask_nor_the_folder_that_a_command_runs_in_changes_a_byte(rich: Archive, tmp_path: Path) -> None:
    other = sites.copy_of(rich, tmp_path / "archive")
    process = sites.start(
        other, "build", "--root", str(other.root), stdout=-3, before=lambda: (os.umask(0o077), os.chdir("/"))
    )
    assert process.wait(timeout=60) == 0
    assert sites.changed(rich.files(), other.files()) == set()


def test_the_order_in_which_files_were_made_and_their_times_do_not_matter(rich: Archive, tmp_path: Path) -> None:
    sources = [
        path
        for path in rich.root.rglob("*")
        if path.is_file() and not {".sitrep", "output"} & set(path.relative_to(rich.root).parts)
    ]
    random.Random(3).shuffle(sources)
    other = Archive(tmp_path / "archive")
    for number, source in enumerate(sources):
        target = other.root / source.relative_to(rich.root)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
        os.utime(target, (number * 1000, number * 1000))
    other.build()
    assert sites.changed(rich.files(), other.files()) == set()


def test_the_time_of_the_build_does_not_matter(rich: Archive, tmp_path: Path) -> None:
    other = sites.copy_of(rich, tmp_path / "archive")
    time.sleep(1.1)
    other.build()
    assert sites.changed(rich.files(), other.files()) == set()


def test_the_output_names_no_place_on_the_machine(rich: Archive) -> None:
    for path, data in rich.files().items():
        for place in (str(rich.root), str(Path.home()), "/tmp/"):
            assert place.encode() not in data or place == "/", f"{path}: {place}"


def test_line_ends_and_byte_order_marks_of_the_content_do_not_matter(archive: Archive, tmp_path: Path) -> None:
    archive.write("dossiers/d.md", "## Scope\n\nWords.\n")
    archive.records("actors", {"name": "Ann", "aliases": ["A."]})
    archive.write("briefings/one.md", "Two\nlines.\n\n- a\n- b\n\n```\ncode\n```\n", dossier="d", actors=["A."])
    archive.build()
    other = sites.copy_of(archive, tmp_path / "other")
    for path in (other.root / "content").rglob("*"):
        if path.is_file():
            path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    other.build()
    assert sites.changed(archive.files(), other.files()) == set()


# Warm and cold


def _rename(archive: Archive, chance: random.Random) -> None:
    path = chance.choice(sorted((archive.root / "content/briefings").rglob("event-*.md")))
    path.rename(path.with_name(path.name.replace("event-", f"event-{chance.randrange(1000)}x")))


def _delete(archive: Archive, chance: random.Random) -> None:
    chance.choice(sorted((archive.root / "content/briefings").rglob("event-*.md"))).unlink()


def _add(archive: Archive, chance: random.Random) -> None:
    number = chance.randrange(10_000)
    archive.write(
        f"briefings/event-{number}.md",
        f"Words {number}.\n",
        date=f"20{chance.randrange(18, 23)}-{chance.randrange(1, 13):02}",
        region=chance.choice(["Northland", "Southland", "Nowhere"]),
        tags=chance.sample(["daily", "Æther", "new tag", "C++"], 2),
        dossier=chance.choice(["north-south", "empty"]),
        trend=chance.choice(["stable", "escalating"]),
    )


def _retitle(archive: Archive, chance: random.Random) -> None:
    path = chance.choice(sorted((archive.root / "content/briefings").rglob("event-*.md")))
    path.write_text(path.read_text("utf-8").replace("title: ", f'title: "{chance.randrange(1000)}" # '), "utf-8")


def _reword(archive: Archive, chance: random.Random) -> None:
    path = chance.choice(sorted((archive.root / "content/briefings").rglob("event-*.md")))
    path.write_text(f"{path.read_text('utf-8')}\n\nMore {chance.randrange(1000)}.\n", "utf-8")


def _rename_actor(archive: Archive, chance: random.Random) -> None:
    path = archive.root / "content/actors.yaml"
    path.write_text(
        path.read_text("utf-8")
        .replace('"Stabilisation Force"', f'"Force {chance.randrange(9)}", "id": "stabilisation-force", "x": "y"', 1)
        .replace(', "x": "y"', ""),
        "utf-8",
    )


def _reconfigure(archive: Archive, chance: random.Random) -> None:
    archive.config(
        sites.RICH_CONFIG
        + f"per_page = {chance.randrange(5, 60)}\n[markdown]\ntypographer = {chance.choice(['true', 'false'])}\n"
    )


def _retheme(archive: Archive, chance: random.Random) -> None:
    archive.template("mine/theme.toml", 'name = "mine"\nextends = "broadsheet"\n')
    archive.template("mine/static/style.css", f"body {{ margin: {chance.randrange(9)}px }}\n")
    archive.template("mine/templates/404.html", f"Gone {chance.randrange(9)}")
    archive.config(sites.RICH_CONFIG + 'theme = "mine"\n')


def _untheme(archive: Archive, _chance: random.Random) -> None:
    archive.config(sites.RICH_CONFIG)


def _withdraw(archive: Archive, chance: random.Random) -> None:
    path = chance.choice(sorted((archive.root / "content/briefings").rglob("event-*.md")))
    text = path.read_text("utf-8")
    if "withdrawn" not in text:
        path.write_text(
            text.replace(
                "---\n\n",
                f"withdrawn: {{date: 2023-01-01, reason: x, hide_title: {chance.choice(['true', 'false'])}}}\n---\n\n",
                1,
            ),
            "utf-8",
        )


def _picture(archive: Archive, chance: random.Random) -> None:
    archive.write_bytes("media/bridge.png", sites.PNG + bytes([chance.randrange(256)]))


EDITS: list[Callable[[Archive, random.Random], None]] = [
    *(_rename, _delete, _add, _retitle, _reword, _rename_actor, _reconfigure, _retheme, _untheme, _withdraw, _picture)
]


@pytest.mark.parametrize("seed", range(3))
def test_a_warm_build_equals_a_cold_one_after_any_sequence_of_edits(rich: Archive, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    archive = Archive(tmp_path / "archive")
    shutil.copytree(rich.root, archive.root)
    done = []
    for _ in range(5):
        for edit in chance.choices(EDITS, k=chance.randrange(1, 4)):
            edit(archive, chance)
            done.append(edit.__name__)
        ran = archive.run("build")
        assert ran.status == 0, f"{done}: {ran.err}"
        cold = sites.copy_of(archive, tmp_path / "cold")
        cold.build()
        assert sites.changed(archive.files(), cold.files()) == set(), done
        shutil.rmtree(cold.root)


def test_every_setting_takes_effect_without_clean(archive: Archive, tmp_path: Path) -> None:
    archive.template("mine/theme.toml", 'name = "mine"\nextends = "broadsheet"\n[options]\nx = "1"\n')
    archive.template("mine/templates/404.html", "{{ options.x }}")
    sites.series(archive, sites.days(6), summary='"Quoted" -- text')
    archive.write("briefings/quotes.md", '"Quoted" -- text...\n', date="2022-08-17T10:00")
    base = 'theme = "mine"\n'
    archive.config(base)
    archive.build()
    for setting in (
        'base_url = "https://elsewhere.example/"',
        'description = "Other"',
        'language = "de"',
        'timezone = "Asia/Tokyo"',
        "per_page = 3",
        'licence = "CC0"',
        'contact = "me@example.org"',
        "[feeds]\nentries = 3",
        "[markdown]\ntypographer = false",
    ):
        before = archive.files()
        archive.config(f"{base}{setting}\n")
        archive.build()
        warm = archive.files()
        assert sites.changed(before, warm), setting
        cold = sites.copy_of(archive, tmp_path / "cold")
        cold.build()
        assert sites.changed(warm, cold.files()) == set(), setting
        shutil.rmtree(cold.root)
