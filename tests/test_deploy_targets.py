"""Deploying to real places: only what changed is sent, nothing of others is lost, and an interruption is made good."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from deploy_places import Branch, Bucket, Folder, Place, Rsync, rsync_daemon, write_site
from msgspec.structs import replace

from builder.deploy.lease import Lease
from builder.deploy.lists import look_at, read_manifest
from builder.deploy.plan import KEPT, LOCK, NEXT, OWN, Deployment, Refusal, plan
from builder.deploy.s3 import S3Target
from builder.deploy.sending import carry_out
from builder.deploy.target import TargetError

FIRST = {
    "assets/style.1.css": "one",
    "index.html": "home",
    "2022/08/17/talks/index.html": "talks",
    "tags/ceasefire/index.html": "tag",
    "feed.xml": "feed",
}
URL = "https://archive.example"
KINDS = ["folder", "git", "rsync", "rsync-daemon", "s3", "s3-prefix"]


@pytest.fixture(scope="module")
def s3_server() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "key")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("rsync")
    with rsync_daemon(folder) as address:
        yield address, folder / "daemon"


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    kind = request.param
    if kind.startswith("rsync") and shutil.which("rsync") is None:
        pytest.skip("rsync isn't installed")
    if kind == "folder":
        return Folder(tmp_path / "there")
    if kind == "git":
        return Branch(tmp_path)
    if kind == "rsync":
        return Rsync(tmp_path / "there", str(tmp_path / "there"))
    if kind == "rsync-daemon":
        address, folder = request.getfixturevalue("daemon")
        return Rsync(folder / tmp_path.name, f"{address}/{tmp_path.name}")
    endpoint = request.getfixturevalue("s3_server")
    name = "".join(letter for letter in tmp_path.name.lower() if letter.isalnum())[-60:]
    return Bucket(endpoint, name, "public/site" if kind == "s3-prefix" else None)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An archive's folder, whose `output` is made by `write_site`."""
    (tmp_path / "archive").mkdir()
    return tmp_path / "archive"


def deploy(
    place: Place, root: Path, files: dict[str, str], adopt: bool = False, verify: bool = False, url: str = URL
) -> Deployment | Refusal:
    """Sends a site, as `sitrep deploy` does with what it has built."""
    write_site(root / "output", files, url)
    data = (root / "output/manifest.json").read_bytes()
    manifest = read_manifest(data)
    assert manifest is not None
    with place.target(root) as target:
        there, old = look_at(target, manifest)
        if verify:
            there = replace(there, altered=target.differing(root / "output", manifest.files.keys() & there.files))
        found = plan(manifest.files, there, manifest_changed=old != data, alone=isinstance(place, Branch), adopt=adopt)
        if isinstance(found, Deployment) and found.does_something:
            target.hold()
            carry_out(found, there, target, root / "output", manifest, data, lambda _stage, pieces, _total: pieces)
    return found


def site_at(place: Place) -> dict[str, str]:
    return {path: data.decode() for path, data in place.contents().items() if path not in OWN}


def test_the_first_deploy_sends_all_and_a_second_nothing(place: Place, root: Path) -> None:
    done = deploy(place, root, FIRST)
    assert isinstance(done, Deployment) and set(done.sent) == set(FIRST)
    assert site_at(place) == FIRST
    assert NEXT not in place.contents()
    before = place.contents()
    again = deploy(place, root, FIRST)
    assert isinstance(again, Deployment) and not again.does_something
    assert place.contents() == before


def test_only_what_changed_is_sent_and_what_went_is_deleted(place: Place, root: Path) -> None:
    deploy(place, root, FIRST)
    changed = {**FIRST, "index.html": "home, anew", "feed.xml": "feed, anew"}
    del changed["tags/ceasefire/index.html"]
    done = deploy(place, root, changed)
    assert isinstance(done, Deployment)
    assert done.sent == ("index.html", "feed.xml")
    assert done.deleted == ("tags/ceasefire/index.html",)
    assert site_at(place) == changed
    if isinstance(place, Folder):
        assert not (place.folder / "tags").exists()


def test_an_old_stylesheet_stays_for_one_more_deploy(place: Place, root: Path) -> None:
    deploy(place, root, FIRST)
    second = {"assets/style.2.css": "two", **{p: t for p, t in FIRST.items() if not p.startswith("assets/")}}
    deploy(place, root, second)
    assert site_at(place) == {**second, "assets/style.1.css": "one"}
    third = {**second, "index.html": "third"}
    deploy(place, root, third)
    assert site_at(place) == third
    assert KEPT not in place.contents()


def test_strangers_files_are_not_touched(place: Place, root: Path) -> None:
    deploy(place, root, FIRST)
    place.put("theirs.txt", b"theirs")
    del (less := dict(FIRST))["tags/ceasefire/index.html"]
    done = deploy(place, root, less)
    if isinstance(place, Branch):  # what isn't published there would go with the next commit
        assert isinstance(done, Refusal) and done.paths == ("theirs.txt",)
        assert site_at(place) == {**FIRST, "theirs.txt": "theirs"}
    else:
        assert site_at(place) == {**less, "theirs.txt": "theirs"}


def test_a_place_that_holds_something_else_is_refused(place: Place, root: Path) -> None:
    place.put("index.html", b"another site")
    refused = deploy(place, root, FIRST)
    assert isinstance(refused, Refusal) and "--adopt" in refused.why
    assert place.contents() == {"index.html": b"another site"}
    deploy(place, root, FIRST, adopt=True)
    assert site_at(place) == FIRST


def interrupt(place: Place, root: Path, files: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A deploy that ends before its last file is sent: the connection is lost."""
    kind = type(place.target(root))
    send, sent = kind.send, []

    def breaking(self: object, folder: Path, paths: tuple[str, ...]) -> None:
        sent.extend(paths)
        if any(path.endswith("feed.xml") for path in paths):
            raise TargetError("site", "the connection was lost")
        send(self, folder, paths)  # type: ignore[arg-type]

    with monkeypatch.context() as patch, pytest.raises(TargetError):
        patch.setattr(kind, "send", breaking)
        deploy(place, root, files)
    assert sent


def test_an_interrupted_deploy_is_made_good_by_the_next(
    place: Place, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deploy(place, root, FIRST)
    second = {**FIRST, "index.html": "second", "feed.xml": "second", "new/index.html": "new"}
    interrupt(place, root, second, monkeypatch)
    if isinstance(place, Branch):  # nothing is pushed before its end
        assert site_at(place) == FIRST
    else:
        assert site_at(place) == {**second, "feed.xml": "feed"}
    deploy(place, root, second)
    assert site_at(place) == second
    assert NEXT not in place.contents()


def test_what_is_withdrawn_after_an_interruption_is_gone_after_the_next_deploy(
    place: Place, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deploy(place, root, FIRST)
    interrupt(place, root, {**FIRST, "index.html": "second", "feed.xml": "2", "secret/index.html": "x"}, monkeypatch)
    deploy(place, root, FIRST)
    assert site_at(place) == FIRST
    assert NEXT not in place.contents()


def test_a_file_that_somebody_altered_or_deleted_there_is_sent_again(place: Place, root: Path) -> None:
    deploy(place, root, FIRST)
    place.put("index.html", b"altered")
    altered = deploy(place, root, FIRST, verify=True)
    assert isinstance(altered, Deployment) and altered.sent == ("index.html",)
    assert site_at(place) == FIRST
    assert not isinstance(again := deploy(place, root, FIRST, verify=True), Refusal) and not again.does_something
    place.remove("feed.xml")
    deleted = deploy(place, root, FIRST)  # which is seen without looking into any file
    assert isinstance(deleted, Deployment) and deleted.sent == ("feed.xml",)
    assert site_at(place) == FIRST


def test_another_archives_site_is_refused_and_keeps_its_files_if_it_is_taken_over(place: Place, root: Path) -> None:
    deploy(place, root, FIRST)
    other = {"assets/style.9.css": "nine", "index.html": "another home"}
    refused = deploy(place, root, other, url="https://other.example")
    assert isinstance(refused, Refusal)
    assert "another archive (https://archive.example" in refused.why and "--adopt" in refused.why
    assert site_at(place) == FIRST
    taken = deploy(place, root, other, url="https://other.example", adopt=True)
    if isinstance(place, Branch):  # which must hold one site alone
        assert isinstance(taken, Refusal) and site_at(place) == FIRST
        return
    assert isinstance(taken, Deployment) and taken.deleted == ()
    assert site_at(place) == {**FIRST, **other}
    assert isinstance(deploy(place, root, FIRST), Refusal)


def test_of_two_deploys_at_once_the_second_is_told_and_nothing_is_lost(place: Place, root: Path) -> None:
    deploy(place, root, FIRST)
    second = {**FIRST, "index.html": "second"}
    with place.target(root) as first:
        first.files()
        first.hold()
        if isinstance(place, Branch):  # of which the first to push is the first
            deploy(place, root, second)
            first.write("index.html", b"late")
            with pytest.raises(TargetError, match="pushed meanwhile"):
                first.finish()
        else:
            with pytest.raises(TargetError, match="another deploy is under way"):
                deploy(place, root, second)
            assert site_at(place) == FIRST
    deploy(place, root, second)
    assert site_at(place) == second
    assert LOCK not in place.contents()


def test_a_lease_ends_by_itself_some_time_after_a_deploy_was_killed(s3_server: str, root: Path) -> None:
    place = Bucket(s3_server, "leases", None)
    now = [1000.0]
    store: Any = place.target(root)
    killed, late, third = (Lease("site", store, lambda: now[0]) for _ in range(3))
    killed.take()
    with pytest.raises(TargetError, match="try again at 00:26:40 UTC"):
        late.take()
    now[0] += 500
    killed.renew()
    now[0] += 500
    with pytest.raises(TargetError, match="under way"):
        late.take()
    now[0] += 101
    late.take()
    with pytest.raises(TargetError, match="took this one for dead"):  # it had only been asleep
        killed.renew()
    killed.release()
    with pytest.raises(TargetError, match="under way"):
        third.take()
    late.release()
    third.take()
    place.put(LOCK, b"{")
    with pytest.raises(TargetError, match="is damaged; delete it"):
        late.take()


def test_at_a_service_that_knows_no_conditions_a_deploy_goes_on_without_a_lock(
    s3_server: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from botocore.exceptions import ClientError

    place = Bucket(s3_server, "unconditional", None)
    put = S3Target._put

    def refusing(self: S3Target, path: str, data: bytes, **conditions: str) -> None:
        if conditions:
            raise ClientError({"Error": {"Code": "NotImplemented", "Message": "If-None-Match"}}, "PutObject")
        put(self, path, data)

    monkeypatch.setattr(S3Target, "_put", refusing)
    deploy(place, root, FIRST)
    assert site_at(place) == FIRST


def test_objects_have_their_types_and_assets_are_kept_for_ever(s3_server: str, root: Path) -> None:
    place = Bucket(s3_server, "types", None)
    deploy(place, root, FIRST)
    told = {path: place.client.head_object(Bucket="types", Key=path) for path in FIRST}
    assert {path: head["ContentType"] for path, head in told.items()} == {
        "assets/style.1.css": "text/css; charset=utf-8",
        "index.html": "text/html; charset=utf-8",
        "2022/08/17/talks/index.html": "text/html; charset=utf-8",
        "tags/ceasefire/index.html": "text/html; charset=utf-8",
        "feed.xml": "application/atom+xml",
    }
    assert "immutable" in told["assets/style.1.css"]["CacheControl"]
    assert "must-revalidate" in told["index.html"]["CacheControl"]


def test_a_bucket_that_is_not_there_is_told_without_any_key(
    s3_server: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a-secret-of-mine")
    place = Bucket(s3_server, "there", None)
    place.settings["bucket"] = "not-there"
    with pytest.raises(TargetError) as refused:
        deploy(place, root, FIRST)
    assert "not-there" in str(refused.value) and "a-secret-of-mine" not in str(refused.value)


def test_no_keys_are_told_with_the_way_out(s3_server: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Bucket(s3_server, "keyless", None)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    with pytest.raises(TargetError, match="AWS_ACCESS_KEY_ID"):
        deploy(place, root, FIRST)


def test_a_folder_that_cannot_be_written_to_is_told(root: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TargetError, match="can't be read or written"):
        deploy(Folder(tmp_path / "file/below"), root, FIRST)


def test_a_link_at_the_target_is_not_followed_out_of_it(root: Path, tmp_path: Path) -> None:
    place = Folder(tmp_path / "there")
    (tmp_path / "elsewhere").mkdir()
    place.folder.mkdir()
    (place.folder / "tags").symlink_to(tmp_path / "elsewhere")
    refused = deploy(place, root, FIRST, adopt=True)
    assert isinstance(refused, Refusal) and refused.paths == ("tags",)
    assert list((tmp_path / "elsewhere").iterdir()) == []
    with place.target(root) as target, pytest.raises(TargetError, match="is a link"):
        target.write("tags/ceasefire/index.html", b"")


def test_a_link_where_a_file_is_completed_is_not_followed_either(root: Path, tmp_path: Path) -> None:
    place = Folder(tmp_path / "there")
    deploy(place, root, FIRST)
    (tmp_path / "elsewhere").write_text("theirs")
    (place.folder / "index.html.sitrep-new").symlink_to(tmp_path / "elsewhere")
    deploy(place, root, {**FIRST, "index.html": "second"})
    assert (tmp_path / "elsewhere").read_text() == "theirs"
    assert site_at(place) == {**FIRST, "index.html": "second"}


def test_a_branch_that_somebody_has_pushed_to_meanwhile_is_not_overwritten(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Branch(tmp_path)
    deploy(place, root, FIRST)
    finish = type(place.target(root)).finish

    def late(self: object) -> None:
        place.put("theirs.txt", b"theirs")
        finish(self)  # type: ignore[arg-type]

    monkeypatch.setattr(type(place.target(root)), "finish", late)
    with pytest.raises(TargetError, match="can't be pushed"):
        deploy(place, root, {**FIRST, "index.html": "second"})
    assert site_at(place) == {**FIRST, "theirs.txt": "theirs"}


def test_a_deploy_by_git_needs_no_name_of_who_deploys(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    place = Branch(tmp_path)
    deploy(place, root, FIRST)
    assert site_at(place) == FIRST
    log = subprocess.run(["git", "log", "-1", "--format=%an", "pages"], cwd=place.repository, capture_output=True)
    assert log.stdout.strip()


def test_a_deploy_by_git_from_a_hook_leaves_the_archives_own_repository_alone(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Branch(tmp_path)
    deploy(place, root, FIRST)
    own = tmp_path / "own"
    place.git("init", "--quiet", "--initial-branch=main", str(own), at=tmp_path)
    (own / "briefing.md").write_text("words")
    place.git("add", "briefing.md", at=own)
    place.git("commit", "--quiet", "-m", "One", at=own)
    monkeypatch.setenv("GIT_DIR", str(own / ".git"))  # as git does for a hook in a linked working tree
    monkeypatch.setenv("GIT_INDEX_FILE", str(own / ".git/index"))
    deploy(place, root, {**FIRST, "index.html": "second"})
    for name in ("GIT_DIR", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name)
    assert place.git("symbolic-ref", "HEAD", at=own) == "refs/heads/main\n"
    assert place.git("branch", "--list", "--format=%(refname:short)", at=own) == "main\n"
    assert place.git("remote", at=own) == ""
    assert place.git("status", "--porcelain", at=own) == ""
    assert site_at(place) == {**FIRST, "index.html": "second"}


def test_a_link_in_a_branch_is_not_followed_out_of_it(root: Path, tmp_path: Path) -> None:
    place = Branch(tmp_path)
    deploy(place, root, FIRST)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    place.put("theirs.txt", b"")
    place.git("rm", "--quiet", "-r", "tags", "theirs.txt", at=place.clone)
    (place.clone / "tags").symlink_to(elsewhere)
    place.git("add", "tags", at=place.clone)
    place.git("commit", "--quiet", "-m", "A link", at=place.clone)
    place.git("push", "--quiet", "origin", "pages", at=place.clone)
    refused = deploy(place, root, {**FIRST, "tags/ceasefire/index.html": "new"})
    assert list(elsewhere.iterdir()) == []
    assert isinstance(refused, Refusal) and refused.paths == ("tags",)
