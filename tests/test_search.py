"""The search index: made with the site, kept while nothing in it changed, and left out where it isn't wanted.

What is found, in a reader's browser: `test_search_browser.py`.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
import searching
import sites
from conftest import REPOSITORY, Archive

from builder.deploy.lists import read_manifest
from builder.plan.search import Shard
from builder.search.store import ShardStore


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return searching.shared_search_archive(tmp_path_factory)


@pytest.fixture
def mine(built: Archive, tmp_path: Path) -> Archive:
    """A copy with its site and its cache, to be changed."""
    shutil.copytree(built.root, tmp_path / "archive")
    return Archive(tmp_path / "archive")


def index_of(archive: Archive) -> dict[str, bytes]:
    return sites.contents(archive.output / "pagefind")


def parts(archive: Archive) -> list[str]:
    entries = (archive.output / "pagefind").rglob("pagefind-entry.json")
    return sorted(entry.parent.relative_to(archive.output / "pagefind").as_posix() for entry in entries)


def manifest(archive: Archive) -> dict[str, dict[str, str]]:
    return json.loads((archive.output / "manifest.json").read_bytes())


def test_each_language_has_an_index_which_is_divided_by_decade_and_where_that_holds_much_by_year(
    built: Archive,
) -> None:
    assert parts(built) == ["en/1990s", "en/2020", "en/2021", "en/2022", "en/2023", "fr-translated/all"]


def test_every_briefing_is_in_one_part_and_what_the_script_has_no_use_for_in_none(built: Archive) -> None:
    counts = {
        part: json.loads((built.output / "pagefind" / part / "pagefind-entry.json").read_bytes())["languages"]
        for part in parts(built)
    }
    assert {part: language["page_count"] for part, own in counts.items() for language in own.values()} == {
        "en/1990s": 4,
        "en/2020": 4,
        "en/2021": 4,
        "en/2022": 4,
        "en/2023": 1,
        "fr-translated/all": 1,
    }
    assert [path for path in index_of(built) if "-ui" in path or "worker" in path or "unknown" in path] == []


def test_the_manifest_names_the_index_in_a_block_of_its_own(built: Archive) -> None:
    found = manifest(built)
    assert {f"pagefind/{path}" for path in index_of(built)} == found["search"].keys()
    assert not any(path.startswith("pagefind/") for path in found["files"])


def test_a_deploy_sends_the_index_too(built: Archive) -> None:
    sent = read_manifest((built.output / "manifest.json").read_bytes())
    assert sent is not None
    assert sent.files.keys() == sites.contents(built.output).keys() - {"manifest.json", ".sitrep-build.json"}


def test_a_copy_whose_search_was_altered_is_not_as_its_manifest_says(mine: Archive) -> None:
    assert mine.run("verify", "output").status == 0
    (mine.output / "pagefind/en/2021/pagefind.js").write_text("altered")
    ran = mine.run("verify", "output")
    assert ran.status == 1 and "pagefind/en/2021/pagefind.js" in ran.err


def test_an_exported_copy_has_the_index_and_a_manifest_that_lists_it(mine: Archive) -> None:
    assert mine.run("export", "--zip", "site.zip").status == 0
    with zipfile.ZipFile(mine.root / "site.zip") as file:
        file.extractall(mine.root / "stick")
    top = mine.root / "stick/site"
    assert sites.contents(top / "pagefind") == index_of(mine)
    assert json.loads((top / "manifest.json").read_bytes())["search"] == manifest(mine)["search"]
    assert mine.run("verify", str(top)).status == 0


def test_an_edit_makes_its_own_part_again_and_no_other(mine: Archive) -> None:
    before = index_of(mine)
    path = mine.root / "content/briefings/patrol-05.md"
    path.write_text(path.read_text("utf-8").replace("at a bridge", "at a dam"), "utf-8")
    mine.build()
    assert {path.rpartition("/")[0].split("/")[1] for path in sites.changed(before, index_of(mine))} == {"2021"}


def test_a_name_more_makes_the_parts_again_that_it_stands_in(mine: Archive) -> None:
    before = index_of(mine)
    records = mine.root / "content/actors.yaml"
    records.write_text(records.read_text("utf-8").replace('"SFOR-X"', '"SFOR-X", "Blue Helmets"'), "utf-8")
    mine.build()
    touched = {"/".join(path.split("/")[:2]) for path in sites.changed(before, index_of(mine))}
    assert touched == {"en/2020", "en/2021", "en/2022", "fr-translated/all"}


def test_after_edits_all_but_the_index_is_as_in_a_first_build(mine: Archive, tmp_path: Path) -> None:
    mine.write("briefings/old.md", title="Long ago", date="1985", tags=["new-tag"], actors=["SFOR-X"])
    mine.write("dossiers/talks.md", title="The longest talks")
    mine.records("sources", {"name": "Daily", "kind": "broadcaster", "aliases": ["Weekly"]})
    (mine.root / "content/briefings/shelling.md").unlink()
    mine.build()
    cold = sites.copy_of(mine, tmp_path / "cold")
    cold.build()
    assert parts(mine) == parts(cold)
    different = sites.changed(sites.contents(mine.output), sites.contents(cold.output))
    # Both name the digests of the index.
    of_index = {path for path in different if path.startswith("pagefind/")}
    assert different - of_index <= {"manifest.json", ".sitrep-build.json"}
    first, second = manifest(mine), manifest(cold)
    assert first.pop("search") and second.pop("search")
    assert first == second


def test_what_was_made_once_is_the_same_ever_after(mine: Archive) -> None:
    before = sites.contents(mine.output)
    shutil.rmtree(mine.output)
    mine.build()
    assert sites.changed(before, sites.contents(mine.output)) == set()


def test_without_search_nothing_of_it_is_there_and_with_it_all_is_as_before(mine: Archive) -> None:
    before = sites.contents(mine.output)
    mine.build("--no-search")
    assert not (mine.output / "pagefind").exists()
    assert not (mine.output / "search").exists()
    assert "search" not in manifest(mine)
    assert 'role="search"' not in mine.page("/")
    mine.build()
    assert sites.changed(before, sites.contents(mine.output)) == set()


def test_a_file_of_the_index_that_is_lost_is_made_again(mine: Archive) -> None:
    before = sites.contents(mine.output)
    next((mine.output / "pagefind/en/2020/fragment").iterdir()).unlink()
    (mine.output / "pagefind/en/2021/pagefind.js").write_text("altered")
    ran = mine.build()
    assert "pagefind/en/2021/pagefind.js: warning: was altered" in ran.err
    assert sites.changed(before, sites.contents(mine.output)) == set()


def test_a_damaged_part_in_the_cache_is_made_again(mine: Archive) -> None:
    for ledger in (mine.root / ".sitrep").glob("search-en.2020=*.bytes.ledger"):
        ledger.write_bytes(b"damaged")
    shutil.rmtree(mine.output)
    mine.build()
    assert parts(mine) == ["en/1990s", "en/2020", "en/2021", "en/2022", "en/2023", "fr-translated/all"]


def test_a_part_that_two_commands_make_at_once_is_given_to_each_as_it_made_it(tmp_path: Path) -> None:
    shard = Shard("en/all", "en", (), bytes(32), {}, {}, {}, {})
    mine, theirs = {"pagefind-entry.json": b"1", "mine": b"1"}, {"pagefind-entry.json": b"2", "theirs": b"2"}
    store = ShardStore(tmp_path)
    digests = store.keep(shard, mine)
    ShardStore(tmp_path).keep(shard, theirs)  # as Pagefind makes other bytes each time
    assert store.data(shard, digests) == mine
    kept = store.digests(shard)
    assert kept is not None and store.data(shard, kept) == theirs


def test_drafts_and_withdrawn_briefings_are_not_found(mine: Archive) -> None:
    mine.write("briefings/patrol-05.md", title="Patrol 5", date="2021-02-10", draft=True)
    mine.write(
        "briefings/patrol-06.md", title="Patrol 6", date="2021-03-10", withdrawn={"date": "2023-01-01", "reason": "No."}
    )
    mine.build()
    assert len(list((mine.output / "pagefind/en/2021/fragment").iterdir())) == 2


def test_a_build_with_nothing_to_do_loads_nothing_of_the_search(mine: Archive) -> None:
    archive = mine
    sites.eventually(lambda: archive.run("build", "--json").report["counts"]["written"] == 0)
    sites.time.sleep(2.1)  # what was written must have rested
    archive.build()
    ran = archive.run("build", env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert "builder.order" in ran.err
    assert "builder.search" not in ran.err
    assert "pagefind" not in ran.err


def _with_pagefind(archive: Archive, folder: Path, module: str) -> None:
    """Puts a module in the place of Pagefind's."""
    folder.mkdir()
    for name in ("pagefind_bin", "pagefind_bin_extended"):
        (folder / f"{name}.py").write_text(module)
    archive.env["PYTHONPATH"] = f"{REPOSITORY}:{folder}"


def test_where_pagefind_is_missing_the_site_stays_and_the_way_out_is_told(mine: Archive, tmp_path: Path) -> None:
    _with_pagefind(mine, tmp_path / "fake", "raise ImportError\n")
    before = sites.contents(mine.output)
    mine.write("briefings/more.md", date="2021-01-01")
    ran = mine.run("build")
    assert ran.status == 1
    assert "error: Pagefind, which makes the search index, isn't installed" in ran.err
    assert "--no-search" in ran.err
    assert sites.changed(before, sites.contents(mine.output)) == set()
    mine.build("--no-search")


def test_where_pagefind_fails_what_it_said_is_told_and_the_site_stays(mine: Archive, tmp_path: Path) -> None:
    program = tmp_path / "pagefind"
    program.write_text("#!/bin/sh\necho no space left >&2\nexit 3\n")
    program.chmod(0o755)
    _with_pagefind(
        mine, tmp_path / "fake", f"from pathlib import Path\ndef get_executable():\n    return Path({str(program)!r})\n"
    )
    before = sites.contents(mine.output)
    mine.write("briefings/more.md", date="2021-01-01")
    ran = mine.run("build")
    assert ran.status == 1
    assert "indexed 0 of 5 briefings, and ended with 3 (no space left)" in ran.err
    assert sites.changed(before, sites.contents(mine.output)) == set()
    assert list((mine.root / ".sitrep").glob("indexing-*")) == []


def test_names_of_all_spellings_are_in_a_file_for_the_browser(built: Archive) -> None:
    names = {
        (kind, slug): (name, others) for kind, slug, name, others, _ in json.loads(built.page("/search/names.json"))
    }
    assert names["region", "northland"] == ("Northland", ["Северия", "Norðland", "Nordie"])
    assert names["actor", "stabilisation-force"] == ("Stabilisation Force", ["SFOR-X"])
    assert names["dossier", "talks"] == ("The long talks", [])
    assert names["kind", "state-media"] == ("State media", [])
    french = {(kind, slug): name for kind, slug, name, _, _ in json.loads(built.page("/fr/search/names.json"))}
    assert french["region", "northland"] == "Nordie"


def test_many_names_are_divided_and_those_used_most_come_first(archive: Archive) -> None:
    archive.config("[search]\n")
    many = [
        {"name": f"Actor number {number:04} with a name of some length", "aliases": [f"A{number}"]}
        for number in range(2400)
    ]
    archive.records("actors", *many)
    archive.write("briefings/one.md", actors=["A2399"])
    archive.build()
    first, second = (json.loads(archive.page(f"/search/{name}.json")) for name in ("names", "names-2"))
    assert len(first) + len(second) == 2400
    assert "actor-number-2399-with-a-name-of-some-length" in {slug for _, slug, *_ in first}
    assert (archive.output / "search/names.json").stat().st_size <= 150_000


def test_an_old_address_may_not_lie_in_the_index(archive: Archive) -> None:
    archive.write("briefings/one.md", aliases=["/pagefind/en/all/pagefind.js"])
    ran = archive.run("build")
    assert ran.status == 1
    assert "content/briefings/one.md:4: error: aliases:" in ran.err
