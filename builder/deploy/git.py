"""A target that is a branch of a git repository, as GitHub, GitLab and Codeberg Pages read it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Sequence
from filecmp import cmp
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType

from builder.deploy.target import TargetError
from builder.publish.journal import remove_empty_folders

# By these, git tells a hook which repository and index it is about: that of the archive, which isn't the site's.
_OF_ANOTHER = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
)


class GitTarget:
    """A branch that holds a site and nothing else. All of a deploy is one commit, pushed at its end.

    ghp-import makes the commit and pushes it; git's own settings say who may.
    """

    serves_copies = True  # GitLab Pages does

    def __init__(self, name: str, remote: str, branch: str) -> None:
        """Raises FileNotFoundError where there is no git, ImportError where there is no ghp-import."""
        program = shutil.which("git")
        if program is None:
            raise FileNotFoundError("git")
        if find_spec("ghp_import") is None:
            raise ImportError("ghp-import")
        self._git = program
        self._name = name
        self._remote = remote
        self._branch = branch
        self._changed = False

    def __enter__(self) -> GitTarget:
        """Fetches the branch into a repository of its own, which is thrown away at the end."""
        self._temporary = tempfile.TemporaryDirectory(prefix="sitrep-")
        here = Path(self._temporary.name)
        self._repository, self._tree = here / "repository.git", here / "tree"
        self._tree.mkdir()
        try:
            self._run("init", "--quiet", "--bare", str(self._repository))
            # A link in the branch would lead out of the tree when files are written to it, and ghp-import follows them.
            self._run("config", "core.symlinks", "false")
            self._run("remote", "add", "--", "origin", self._remote)
            self._sign()
            heads = self._run("ls-remote", "--heads", "origin", f"refs/heads/{self._branch}")
            if heads.strip():
                refspec = f"+refs/heads/{self._branch}:refs/heads/{self._branch}"
                self._run("fetch", "--quiet", "--depth=1", "--no-tags", "origin", refspec)
                self._run("symbolic-ref", "HEAD", f"refs/heads/{self._branch}")
                self._run(f"--work-tree={self._tree}", "checkout", "--quiet", "--force", "HEAD", "--", ".")
        except BaseException:
            self._temporary.cleanup()
            raise
        return self

    def _sign(self) -> None:
        """On a machine that nobody commits from, git knows of no name."""
        for key, value in (("user.name", "sitrep deploy"), ("user.email", "deploy@localhost")):
            if not self._run("config", "--default", "", key).strip():
                self._run("config", key, value)

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Throws the repository away."""
        self._temporary.cleanup()

    def hold(self) -> None:
        """There is nothing to take: git refuses to push where somebody else has pushed meanwhile."""

    def files(self) -> frozenset[str]:
        """The paths of all files in the branch."""
        found = (Path(folder) / name for folder, _, names in os.walk(self._tree) for name in names)
        return frozenset(path.relative_to(self._tree).as_posix() for path in found)

    def read(self, path: str) -> bytes | None:
        """The bytes of a file in the branch."""
        place = self._tree / path
        return place.read_bytes() if place.is_file() and not place.is_symlink() else None

    def write(self, path: str, data: bytes) -> None:
        """Puts a file into the next commit."""
        place = self._clear(path)
        place.write_bytes(data)

    def send(self, folder: Path, paths: Sequence[str]) -> None:
        """Puts files into the next commit."""
        for path in paths:
            shutil.copyfile(folder / path, self._clear(path))

    def _clear(self, path: str) -> Path:
        self._changed = True
        place = self._tree / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)  # it may be a link, which would be followed
        return place

    def delete(self, paths: Collection[str]) -> None:
        """Leaves files out of the next commit."""
        for path in paths:
            self._changed = True
            (self._tree / path).unlink(missing_ok=True)
            remove_empty_folders(self._tree, path)

    def differing(self, folder: Path, paths: Collection[str]) -> frozenset[str]:
        """Those of the files whose bytes in the branch are others."""
        return frozenset(path for path in paths if not cmp(self._tree / path, folder / path, shallow=False))

    def finish(self) -> None:
        """Commits, and pushes. Raises TargetError where somebody else has pushed meanwhile."""
        if not self._changed:
            return
        command = [sys.executable, "-m", "ghp_import", "--remote=origin", f"--branch={self._branch}"]
        command += ["--message=Deploy", "--push", str(self._tree)]
        ran = subprocess.run(  # noqa: S603
            command, cwd=self._repository, capture_output=True, check=False, env=_environment()
        )
        if ran.returncode:
            why = _last_line(ran.stderr)
            if b"[rejected]" in ran.stderr:  # as git marks what isn't a fast-forward
                why = "somebody else has pushed meanwhile, and nothing of theirs is lost; deploy again"
            raise TargetError(self._name, f"the branch {self._branch} can't be pushed: {why}")

    def _run(self, *arguments: str) -> str:
        command = [self._git, "-C", str(self._repository), *arguments]
        if arguments[0] == "init":
            command = [self._git, *arguments]
        ran = subprocess.run(command, capture_output=True, check=False, env=_environment())  # noqa: S603
        if ran.returncode:
            raise TargetError(self._name, f"git {arguments[0]}: {_last_line(ran.stderr)}")
        return ran.stdout.decode("utf-8", "replace")


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _OF_ANOTHER}


def _last_line(said: bytes) -> str:
    """What a program has said at its end, where it tells what stopped it."""
    lines = [line.strip() for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
    telling = [line for line in lines if line.startswith(("fatal:", "error:", "!", "remote:"))]
    return (telling or lines or ["it gave no reason"])[-1]
