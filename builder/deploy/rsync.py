"""A target that rsync reaches: a path, a host over ssh, or an rsync daemon."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path, PurePosixPath
from types import TracebackType

from builder.deploy.lease import Lease
from builder.deploy.target import TargetError

# A line of a listing: mode, size, day, time, name.
_LISTED = re.compile(r"(?P<kind>.)\S{9}\S* +[\d,.]+ \d{4}/\d\d/\d\d \d\d:\d\d:\d\d (?P<name>.*)")
_ESCAPED = re.compile(rb"\\#(\d{3})")
_PARTLY = 23  # the exit status that says: some of it isn't there, or couldn't be done


class RsyncTarget:
    """A destination as rsync writes it. Files are complete before they take their places.

    Needs rsync 3.2 or newer, here and there. Passwords come from where rsync and ssh look for them.
    """

    serves_copies = True

    def __init__(self, name: str, to: str) -> None:
        """Raises FileNotFoundError where there is no rsync."""
        program = shutil.which("rsync")
        if program is None:
            raise FileNotFoundError("rsync")
        self._program = program
        self._name = name
        self._to = to.rstrip("/") + "/"
        self._files: frozenset[str] = frozenset()
        self._lease = Lease(name, self)

    def __enter__(self) -> RsyncTarget:
        """Makes a folder for what is written here first."""
        self._temporary = tempfile.TemporaryDirectory(prefix="sitrep-")
        self._here = Path(self._temporary.name)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Lets go of the target, and takes that folder away."""
        self._lease.release()
        self._temporary.cleanup()

    def hold(self) -> None:
        """Takes a lease."""
        self._lease.take()

    def files(self) -> frozenset[str]:
        """The paths of all files and links, whoever put them there."""
        ran = self._run(["--recursive", "--links", "--list-only", "--no-human-readable", "--", self._to])
        if _is_missing(ran):
            return frozenset()
        self._refuse_failure(ran)
        self._files = frozenset(_listed(ran.stdout))
        return self._files

    def read(self, path: str) -> bytes | None:
        """The bytes of a file."""
        copy = self._here / "read"
        copy.unlink(missing_ok=True)
        ran = self._run(["--copy-links", "--", f"{self._to}{path}", str(copy)])
        if _is_missing(ran):
            return None
        self._refuse_failure(ran)
        return copy.read_bytes()

    def write(self, path: str, data: bytes) -> None:
        """Writes a file here, and sends it."""
        folder = self._here / "write"
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        self._send(folder, [path])

    def create(self, path: str, data: bytes) -> bool:
        """Sends a file if there is none. Of two who do so at one moment, who finds his own there afterwards did."""
        folder = self._here / "create"
        folder.mkdir(exist_ok=True)
        (folder / path).write_bytes(data)
        options = ["--ignore-existing", "--no-implied-dirs", "--mkpath", "--perms", "--chmod=D755,F644"]
        self._with_list([path], [*options, "--", f"{folder}/", self._to])
        return self.read(path) == data

    def send(self, folder: Path, paths: Sequence[str]) -> None:
        """Sends files by rsync's own way: of those that are there, only what differs."""
        self._lease.renew()
        self._send(folder, paths)

    def _send(self, folder: Path, paths: Sequence[str]) -> None:
        options = ["--ignore-times", "--no-implied-dirs", "--mkpath", "--perms", "--chmod=D755,F644"]
        self._with_list(paths, [*options, "--", f"{folder}/", self._to])

    def delete(self, paths: Collection[str]) -> None:
        """Deletes files, and the folders that hold nothing else.

        What is named and isn't in the folder that is sent, which holds no file, is deleted there, and nothing else is.
        """
        if not paths:
            return
        self._delete(paths)
        self._files -= frozenset(paths)
        by_depth: dict[int, list[str]] = {}
        for folder in _emptied(paths, self._files):
            by_depth.setdefault(folder.count("/"), []).append(folder)
        for depth in sorted(by_depth, reverse=True):  # a folder goes after those in it
            self._delete(sorted(by_depth[depth]))

    def _delete(self, paths: Collection[str]) -> None:
        with tempfile.TemporaryDirectory(dir=self._here) as name:
            # rsync wants the folders of what is missing to be here.
            for folder in {str(PurePosixPath(path).parent) for path in paths}:
                (Path(name) / folder).mkdir(parents=True, exist_ok=True)
            self._with_list(paths, ["--delete-missing-args", "--no-implied-dirs", "--", f"{name}/", self._to])

    def differing(self, folder: Path, paths: Collection[str]) -> frozenset[str]:
        """Those of the files whose checksums there are others, as rsync reckons them at both ends."""
        names = "".join(f"{path}\0" for path in paths)
        options = ["--checksum", "--dry-run", "--out-format=%n", "--from0", "--files-from=-", "--no-implied-dirs"]
        ran = self._run([*options, "--", f"{folder}/", self._to], names)
        self._refuse_failure(ran)
        return frozenset(_shown(line) for line in ran.stdout.split(b"\n")) & frozenset(paths)

    def finish(self) -> None:
        """There is nothing left to do."""

    def _with_list(self, paths: Iterable[str], arguments: list[str]) -> None:
        names = "".join(f"{path}\0" for path in paths)
        self._refuse_failure(self._run(["--from0", "--files-from=-", *arguments], names))

    def _run(self, arguments: list[str], said: str = "") -> subprocess.CompletedProcess[bytes]:
        # Secluded arguments: the shell at the other end sees none of them.
        command = [self._program, "--secluded-args", *arguments]
        return subprocess.run(  # noqa: S603  # values are checked when the settings are read, and stand behind `--`
            command, input=said.encode(), capture_output=True, check=False, env={**os.environ, "LC_ALL": "C"}
        )

    def _refuse_failure(self, ran: subprocess.CompletedProcess[bytes]) -> None:
        if ran.returncode:
            said = [line for line in ran.stderr.decode("utf-8", "replace").splitlines() if line.strip()]
            why = said[0] if said else f"it ended with {ran.returncode}"
            raise TargetError(self._name, f"rsync couldn't do it: {why}")


def _is_missing(ran: subprocess.CompletedProcess[bytes]) -> bool:
    """Whether what was asked for isn't there."""
    return ran.returncode == _PARTLY and b"No such file or directory" in ran.stderr


def _listed(output: bytes) -> Iterable[str]:
    """The files and links of a listing."""
    for line in output.split(b"\n"):
        match = _LISTED.fullmatch(_shown(line))
        if match and match["kind"] == "l":
            yield match["name"].partition(" -> ")[0]
        elif match and match["kind"] != "d":
            yield match["name"]


def _shown(line: bytes) -> str:
    """A line as it is meant: rsync writes bytes that a terminal can't show as `\\#` and three digits."""
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 8)]), line).decode("utf-8", "surrogateescape")


def _emptied(deleted: Iterable[str], left: Collection[str]) -> set[str]:
    """The folders that hold nothing once `deleted` is gone and only the files `left` are there."""
    filled = {str(folder) for path in left for folder in PurePosixPath(path).parents}
    return {str(folder) for path in deleted for folder in PurePosixPath(path).parents} - filled - {"."}
