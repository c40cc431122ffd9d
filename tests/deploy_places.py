"""Real places to deploy to: a folder, a bare git repository, an S3 server, rsync by a path and by its daemon.

Each tells what it holds by other means than Sitrep's own.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from builder.deploy.settings import DeployTarget
from builder.deploy.target import Target
from builder.deploy.targets import target_of

GIT = {
    "GIT_AUTHOR_NAME": "Ann", "GIT_AUTHOR_EMAIL": "ann@example.org",
    "GIT_COMMITTER_NAME": "Ann", "GIT_COMMITTER_EMAIL": "ann@example.org",
}  # fmt: skip


def write_site(folder: Path, files: dict[str, str], url: str) -> None:
    """Makes `folder` hold a built site: these files, and their manifest, of an archive at `url`."""
    shutil.rmtree(folder, ignore_errors=True)
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    digests = {path: hashlib.sha256(text.encode()).hexdigest() for path, text in sorted(files.items())}
    (folder / "manifest.json").write_text(
        json.dumps({"version": "1", "edition": "1", "base_url": url, "drafts": False, "files": digests})
    )


class Place:
    """A place, seen from outside. `settings` is its `[deploy.NAME]`."""

    settings: dict[str, Any]

    def contents(self) -> dict[str, bytes]:
        """What lies there."""
        raise NotImplementedError

    def put(self, path: str, data: bytes) -> None:
        """Somebody else puts a file there."""
        raise NotImplementedError

    def remove(self, path: str) -> None:
        """Somebody else takes a file away."""
        raise NotImplementedError

    def target(self, root: Path) -> Target:
        """The target, of an archive at `root`."""
        return target_of("site", DeployTarget(**self.settings), root, root / "output")


class Folder(Place):
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = {"type": "folder", "path": str(folder)}

    def contents(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file()
        }

    def put(self, path: str, data: bytes) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(data)

    def remove(self, path: str) -> None:
        (self.folder / path).unlink()


class Rsync(Folder):
    """A folder that rsync reaches as `to`."""

    def __init__(self, folder: Path, to: str) -> None:
        super().__init__(folder)
        self.settings = {"type": "rsync", "to": to}


class Bucket(Place):
    def __init__(self, endpoint: str, bucket: str, prefix: str | None) -> None:
        import boto3

        self.client = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1")
        self.client.create_bucket(Bucket=bucket)
        self.bucket, self.prefix = bucket, f"{prefix}/" if prefix else ""
        self.settings = {"type": "s3", "bucket": bucket, "region": "us-east-1", "endpoint_url": endpoint}
        self.settings |= {"prefix": prefix} if prefix else {}

    def contents(self) -> dict[str, bytes]:
        found = self.client.list_objects_v2(Bucket=self.bucket, Prefix=self.prefix).get("Contents", [])
        return {entry["Key"].removeprefix(self.prefix): self._read(entry["Key"]) for entry in found}

    def _read(self, key: str) -> bytes:
        data: bytes = self.client.get_object(Bucket=self.bucket, Key=key)["Body"].read()
        return data

    def put(self, path: str, data: bytes) -> None:
        self.client.put_object(Bucket=self.bucket, Key=self.prefix + path, Body=data)

    def remove(self, path: str) -> None:
        self.client.delete_object(Bucket=self.bucket, Key=self.prefix + path)


class Branch(Place):
    def __init__(self, folder: Path) -> None:
        self.repository, self.clone = folder / "site.git", folder / "clone"
        self.git("init", "--quiet", "--bare", str(self.repository), at=folder.parent)
        self.settings = {"type": "git", "remote": str(self.repository), "branch": "pages"}

    def git(self, *arguments: str, at: Path | None = None) -> str:
        ran = subprocess.run(
            ["git", *arguments], cwd=at or self.repository, env={**os.environ, **GIT}, capture_output=True, check=True
        )
        return ran.stdout.decode()

    def contents(self) -> dict[str, bytes]:
        names = self.git("ls-tree", "-r", "-z", "--name-only", "pages").split("\0")[:-1]
        return {name: self.git("show", f"pages:{name}").encode() for name in names}

    def put(self, path: str, data: bytes) -> None:
        self._check_out()
        (self.clone / path).write_bytes(data)
        self.git("add", "--", path, at=self.clone)
        self._push()

    def remove(self, path: str) -> None:
        self._check_out()
        self.git("rm", "--quiet", "--", path, at=self.clone)
        self._push()

    def _check_out(self) -> None:
        if not self.clone.exists():
            self.git("clone", "--quiet", str(self.repository), str(self.clone), at=self.repository.parent)
        branches = self.git("branch", "--list", "pages")
        if branches.strip():
            self.git("fetch", "--quiet", "origin", "pages", at=self.clone)
            self.git("checkout", "--quiet", "-B", "pages", "origin/pages", at=self.clone)
        else:
            self.git("checkout", "--quiet", "-B", "pages", at=self.clone)

    def _push(self) -> None:
        self.git("commit", "--quiet", "-m", "Another file", at=self.clone)
        self.git("push", "--quiet", "origin", "pages", at=self.clone)


@contextmanager
def rsync_daemon(folder: Path) -> Iterator[str]:
    """A daemon with a module `site` that is `folder`/daemon; gives its address."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    (folder / "daemon").mkdir()
    config = folder / "rsyncd.conf"
    # As whoever runs the tests; root would become nobody.
    user = f"uid = {os.getuid()}\ngid = {os.getgid()}\n" if os.getuid() == 0 else ""
    config.write_text(f"{user}use chroot = no\n[site]\npath = {folder / 'daemon'}\nread only = no\n")
    command = ["rsync", "--daemon", "--no-detach", f"--config={config}", "--address=127.0.0.1", f"--port={port}"]
    daemon = subprocess.Popen(command)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"rsync://127.0.0.1:{port}/site"
    finally:
        daemon.terminate()
        daemon.wait()
