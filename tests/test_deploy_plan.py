"""The plan of a deploy: at whatever step it is stopped, nothing of others is lost and no page lacks what it names."""

from __future__ import annotations

import contextlib
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.deploy.lists import kept_bytes, look_at, next_bytes, read_manifest
from builder.deploy.plan import KEPT, NEXT, OWN, Deployment, Refusal, There, plan
from builder.publish.manifest import MANIFEST


class Stopped(Exception):
    """The deploy is interrupted here."""


class Memory:
    """A target in memory. After `steps` changes it refuses, as a host that goes away."""

    def __init__(self, strangers: dict[str, bytes]) -> None:
        self.held = dict(strangers)
        self.steps: int | None = None
        self.moments: list[dict[str, bytes]] = []

    def _step(self) -> None:
        self.moments.append(dict(self.held))
        if self.steps is not None:
            if self.steps == 0:
                raise Stopped
            self.steps -= 1

    def files(self) -> frozenset[str]:
        return frozenset(self.held)

    def read(self, path: str) -> bytes | None:
        return self.held.get(path)

    def write(self, path: str, data: bytes) -> None:
        self._step()
        self.held[path] = data

    def delete(self, paths: tuple[str, ...] | list[str]) -> None:
        for path in paths:
            self._step()
            self.held.pop(path, None)


def manifest_of(site: dict[str, str]) -> bytes:
    return json.dumps({"version": "1", "edition": "1", "files": dict(sorted(site.items()))}).encode()


def deploy(target: Memory, site: dict[str, str], adopt: bool = False) -> Deployment | Refusal:
    """What `carry_out` does, file by file. A file's bytes are its digest."""
    data = manifest_of(site)
    manifest = read_manifest(data)
    assert manifest is not None
    there, old = look_at(target, manifest)  # type: ignore[arg-type]
    found = plan(site, there, manifest_changed=old != data, alone=False, adopt=adopt)
    if isinstance(found, Refusal) or not found.does_something:
        return found
    target.write(NEXT, next_bytes(found.unfinished, manifest.base_url))
    target.delete(found.ahead)
    for path in found.sent:
        target.write(path, site[path].encode())
    target.write(MANIFEST, data)
    target.delete(found.deletions)
    if found.kept:
        target.write(KEPT, kept_bytes(found.kept))
    elif KEPT in there.files:
        target.delete([KEPT])
    target.delete([NEXT])
    return found


def site_of(pages: dict[str, int], style: int) -> dict[str, str]:
    """Pages in a version each, all naming one stylesheet."""
    return {
        f"assets/style.{style}.css": f"css{style}",
        **{f"{name}/index.html": f"{version} names assets/style.{style}.css" for name, version in pages.items()},
    }


SITES = st.builds(site_of, st.dictionaries(st.sampled_from("abcd"), st.integers(0, 2), max_size=4), st.integers(0, 2))
DEPLOYS = st.lists(st.tuples(SITES, st.one_of(st.none(), st.integers(0, 12))), min_size=1, max_size=6)
STRANGERS = {"theirs.html": b"theirs", "e/index.html": b"theirs too", "assets/their.css": b"theirs"}


@settings(max_examples=150, deadline=None)
@given(DEPLOYS, SITES)
def test_after_any_interruptions_the_next_deploy_leaves_the_site_and_nothing_else_of_ours(
    deploys: list[tuple[dict[str, str], int | None]], last: dict[str, str]
) -> None:
    target = Memory({})
    for site, steps in deploys:
        target.steps = steps
        try:
            deploy(target, site)
        except Stopped:
            continue
        target.held.update(STRANGERS)  # somebody puts files beside ours
    target.steps = None
    strangers = {path: data for path, data in STRANGERS.items() if path in target.held}
    done = deploy(target, last)
    assert not isinstance(done, Refusal)
    held = {path: data for path, data in target.held.items() if path not in OWN}
    assert {path: data for path, data in held.items() if path in strangers} == strangers
    ours = {path: data for path, data in held.items() if path not in strangers}
    assert {path: data for path, data in ours.items() if path not in done.kept} == {
        path: digest.encode() for path, digest in last.items()
    }
    assert NEXT not in target.held
    assert target.held[MANIFEST] == manifest_of(last)
    assert deploy(target, last).does_something is False


@settings(max_examples=150, deadline=None)
@given(DEPLOYS)
def test_at_every_moment_every_page_finds_the_stylesheet_that_it_names(
    deploys: list[tuple[dict[str, str], int | None]],
) -> None:
    target = Memory({})
    for site, steps in deploys:
        target.steps = steps
        with contextlib.suppress(Stopped):
            deploy(target, site)
    for moment in target.moments:
        for path, data in moment.items():
            if path.endswith(".html"):
                assert data.decode().rpartition(" ")[2] in moment


def test_a_site_that_is_there_sends_nothing() -> None:
    site = site_of({"a": 1}, 1)
    target = Memory({})
    deploy(target, site)
    before = dict(target.held)
    again = deploy(target, site)
    assert isinstance(again, Deployment) and not again.does_something
    assert target.held == before


def test_an_old_asset_stays_until_the_second_deploy_after_it_left() -> None:
    target = Memory({})
    for style, there in ((1, {1}), (2, {1, 2}), (2, {1, 2}), (3, {2, 3}), (4, {3, 4})):
        deploy(target, site_of({"a": 1}, style))
        assert {int(path.split(".")[1]) for path in target.held if path.startswith("assets/")} == there


def test_a_place_with_files_and_no_manifest_is_refused_until_it_is_adopted_which_deletes_nothing() -> None:
    target = Memory({**STRANGERS, "a/index.html": b"an old site's"})
    site = site_of({"a": 1}, 1)
    assert isinstance(deploy(target, site), Refusal)
    assert target.moments == []
    deploy(target, site, adopt=True)
    assert {path: target.held[path] for path in STRANGERS} == STRANGERS
    assert target.held["a/index.html"] == site["a/index.html"].encode()


def test_an_adoption_that_is_interrupted_replaces_in_the_end_what_lay_at_its_paths() -> None:
    target = Memory({"a/index.html": b"an old site's"})
    site = site_of({"a": 1}, 1)
    target.steps = 2
    with contextlib.suppress(Stopped):
        deploy(target, site, adopt=True)
    target.steps = None
    deploy(target, site)
    assert target.held["a/index.html"] == site["a/index.html"].encode()


def test_a_strangers_file_in_the_place_of_a_new_page_is_refused() -> None:
    target = Memory({})
    deploy(target, site_of({"a": 1}, 1))
    target.held["b/index.html"] = b"theirs"
    refused = deploy(target, site_of({"a": 1, "b": 1}, 1))
    assert isinstance(refused, Refusal) and refused.paths == ("b/index.html",)
    assert target.held["b/index.html"] == b"theirs"


def test_a_file_where_a_folder_was_and_a_folder_where_a_file_was_are_put_there_after_what_is_in_their_way() -> None:
    target = Memory({})
    deploy(target, {"a": "1", "b/c": "1"})
    done = deploy(target, {"a/d": "2", "b": "2"})
    assert isinstance(done, Deployment) and done.ahead == ("a", "b/c")
    assert {path for path in target.held if path not in OWN} == {"a/d", "b"}


def test_a_strangers_file_where_a_folder_must_be_is_never_taken_even_by_adopting() -> None:
    there = There(frozenset({"a", "b/c"}))
    refused = plan({"a/index.html": "1", "b": "1"}, there, manifest_changed=True, alone=False, adopt=True)
    assert isinstance(refused, Refusal) and refused.paths == ("a", "b/c")


def test_a_manifest_of_somebody_else_is_none_of_ours_and_no_path_leads_out_of_the_target() -> None:
    target = Memory({"old.html": b"1"})
    for theirs in (b'{"name": "An app", "icons": []}', b'{"version": "1", "files": {"old.html": "1"}}'):
        target.held[MANIFEST] = theirs
        assert isinstance(deploy(target, site_of({"a": 1}, 1)), Refusal)
    target.held[MANIFEST] = (
        b'{"version": "1", "edition": "1", "files": {"../secret": "1", "/etc/passwd": "1", "old.html": "1"}}'
    )
    done = deploy(target, site_of({"a": 1}, 1))
    assert isinstance(done, Deployment) and done.deleted == ("old.html",)


def test_a_place_that_must_hold_the_site_alone_is_refused_if_it_holds_anything_else() -> None:
    site = site_of({"a": 1}, 1)
    there = There(frozenset({"README.md", *site}), manifest=site)
    refused = plan(site, there, manifest_changed=True, alone=True, adopt=True)
    assert isinstance(refused, Refusal) and refused.paths == ("README.md",)
