"""Compressed copies: the same bytes, smaller, beside every text file; made once, and gone with their files."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli
import pytest
import sites
from conftest import Archive

from builder.codings import copies_among, is_text

BOTH = 'base_url = "https://archive.example/"\n[output]\nhosts = ["nginx"]\ncompress = ["gz", "br"]\n'


@pytest.fixture(scope="module")
def compressed(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = sites.archive_at(tmp_path_factory.mktemp("compressed") / "archive", BOTH)
    for number in range(3):
        archive.write(f"briefings/n{number}.md", "Many words of it. " * 30, title=f"N{number}", tags=["one", "two"])
    archive.build()
    return archive


def copies(archive: Archive) -> dict[str, bytes]:
    files = archive.files()
    return {path: files[path] for path in copies_among(files)}


def stamps(archive: Archive) -> dict[str, int]:
    return {path: (archive.output / path).stat().st_mtime_ns for path in copies(archive)}


def test_a_copy_in_each_coding_stands_beside_every_text_file_that_is_smaller_so(compressed: Archive) -> None:
    files = compressed.files()
    made = copies(compressed)
    for path, data in files.items():
        if path in made or not is_text(path) or path == ".sitrep-build.json":
            continue
        for suffix, undo in ((".gz", gzip.decompress), (".br", brotli.decompress)):
            if (copy := made.get(path + suffix)) is not None:
                assert undo(copy) == data and len(copy) < len(data)
            else:
                assert len(data) < 200, path
    for path in ("index.html", "feed.xml", "data/briefings.csv", "data/briefings.json", "404.html"):
        assert {f"{path}.gz", f"{path}.br"} <= made.keys()
    assert any(path.startswith("assets/") and path.endswith(".css.br") for path in made)
    kinds = {path.rpartition(".")[0].rpartition(".")[2] for path in made}
    assert not kinds & {"woff2", "png", "webp", "gz", "br", "conf"}
    assert not {"manifest.json.gz", "nginx.conf.gz", ".sitrep-build.json.gz"} & files.keys()


def test_no_name_and_no_time_stand_in_a_copy(compressed: Archive) -> None:
    head = copies(compressed)["index.html.gz"][:10]
    assert head[3:8] == b"\0\0\0\0\0" and head[9] == 255


def test_the_manifest_lists_them(compressed: Archive) -> None:
    listed = json.loads(compressed.files()["manifest.json"])["files"]
    assert copies(compressed).keys() == copies_among(listed)
    assert compressed.run("verify", str(compressed.output)).status == 0


def test_only_copies_of_what_changed_are_made_again_and_a_warm_build_is_a_cold_one(
    compressed: Archive, tmp_path: Path
) -> None:
    archive = sites.copy_of(compressed, tmp_path / "archive")
    archive.build("--clean")
    before, old = stamps(archive), archive.files()
    archive.write("briefings/n1.md", "Other words of it. " * 30, title="N1", tags=["one"])
    archive.build()
    after, new = stamps(archive), archive.files()
    for path in before.keys() & after.keys():
        assert (before[path] == after[path]) == (old[path[:-3]] == new[path[:-3]]), path
    assert any(before[path] == after[path] for path in before.keys() & after.keys())
    archive.build("--clean", "--output", str(tmp_path / "cold"), "--jobs", "1")
    assert sites.contents(tmp_path / "cold") == sites.contents(archive.output)


def test_a_copy_goes_with_its_file_and_with_the_setting(compressed: Archive, tmp_path: Path) -> None:
    archive = sites.copy_of(compressed, tmp_path / "archive")
    archive.build()
    (archive.root / "content/briefings/n2.md").unlink()
    archive.build()
    assert not [path for path in archive.files() if "/n2/" in path]
    archive.config(BOTH.replace(', "br"', ""))
    archive.build()
    assert {path[-3:] for path in copies(archive)} == {".gz"}
    archive.config(BOTH.replace("compress", "# compress"))
    archive.build()
    assert not copies(archive)


@pytest.mark.parametrize("damage", [b"damaged", None])
def test_a_copy_that_was_altered_or_deleted_is_mended_by_the_next_build(
    compressed: Archive, tmp_path: Path, damage: bytes | None
) -> None:
    archive = sites.copy_of(compressed, tmp_path / "archive")
    archive.build()
    before = archive.files()
    place = archive.output / "index.html.gz"
    place.unlink()
    if damage is not None:
        place.write_bytes(damage)
    ran = archive.build()
    assert archive.files() == before
    assert ("index.html.gz" in ran.err) == (damage is not None)  # what was there is put aside, and told


def test_brotli_without_its_library_is_an_error_with_the_way_out(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    from builder import codings

    monkeypatch.setattr(codings, "find_spec", lambda _name: None)
    assert codings.coding_faults(["gz"]) == []
    [fault] = codings.coding_faults(["br", "gz"])
    assert "[compress]" in fault.message and fault.field == "output.compress"


def test_an_alias_that_has_a_copys_address_keeps_it(archive: Archive) -> None:
    archive.config('[output]\ncompress = ["gz"]\n')
    archive.write("briefings/talks.md", aliases=["/index.html.gz"])
    archive.build()
    assert "/2022/08/17/talks/" in (archive.output / "index.html.gz").read_text()


def test_a_deploy_sends_them_and_purges_no_address_of_theirs(compressed: Archive, tmp_path: Path) -> None:
    archive = sites.copy_of(compressed, tmp_path / "archive")
    archive.config(f'{BOTH}[deploy.host]\ntype = "folder"\npath = "../host"\n')
    report = archive.run("deploy", "--json").report
    assert report["ok"], report
    assert (tmp_path / "host/index.html.br").read_bytes() == copies(archive)["index.html.br"]
    assert not [address for address in report["purge"] if address.endswith((".gz", ".br"))]


def test_exports_leave_them_out(compressed: Archive, tmp_path: Path) -> None:
    import zipfile

    assert compressed.run("export", "--zip", str(tmp_path / "site.zip")).status == 0
    with zipfile.ZipFile(tmp_path / "site.zip") as unpacked:
        names = unpacked.namelist()
        assert not copies_among(names) and not copies_among(json.loads(unpacked.read("site/manifest.json"))["files"])


@contextmanager
def nginx(folder: Path, site: Path, port: int) -> Iterator[str]:
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    if program is None:
        pytest.skip("nginx isn't installed")
    text = (site / "nginx.conf").read_text().replace("brotli_static on;", "")  # a module that few have
    (folder / "site.conf").write_text(text)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind}; " for kind in kinds)
    served = f"listen 127.0.0.1:{port}; root {site}; index index.html; include {folder}/site.conf;"
    user = "user root; " if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user}daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; types {{ text/html html; }} {temporary} server {{ {served} }} }}\n"
    )
    server = subprocess.Popen([program, "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        for _ in range(100):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/"):
                    break
            except OSError:
                assert server.poll() is None
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def test_nginx_with_our_settings_serves_the_copies(compressed: Archive, tmp_path: Path) -> None:
    import socket

    assert "brotli_static on;" in compressed.page("/nginx.conf")
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    with nginx(tmp_path, compressed.output, port) as address:
        asked = urllib.request.Request(f"{address}/", headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(asked) as answer:
            assert answer.headers["Content-Encoding"] == "gzip" and answer.headers["Vary"] == "Accept-Encoding"
            assert answer.read() == copies(compressed)["index.html.gz"]
        with urllib.request.urlopen(f"{address}/") as answer:
            assert answer.headers["Content-Encoding"] is None
