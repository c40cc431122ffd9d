"""A target that is a folder: of a web server on this machine, or one that is mounted."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from filecmp import cmp
from pathlib import Path
from types import TracebackType

from builder.deploy.target import TargetError
from builder.publish.journal import remove_empty_folders
from builder.publish.lock import lock
from builder.publish.safety import linked_part

_NEW = ".sitrep-new"  # a file that is not complete yet: the next deploy writes it again


class FolderTarget:
    """A folder. A file is complete beside the old one before it takes its place."""

    serves_copies = True

    def __init__(self, name: str, folder: Path) -> None:
        self._name = name
        self._folder = folder
        self._held = contextlib.ExitStack()

    def __enter__(self) -> FolderTarget:
        """There is nothing to take up. The folder needn't be there yet."""
        if self._folder.is_symlink():
            raise TargetError(self._name, f"{self._folder} is a link; name the folder that it leads to")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Lets go of the folder."""
        self._held.close()

    def hold(self) -> None:
        """Takes the folder's lock, which ends with this process. Where its file system has none, nothing is locked."""
        with self._telling():
            self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._held.enter_context(lock(self._folder))
        except BlockingIOError as problem:
            raise TargetError(self._name, "another deploy is under way there; wait for its end") from problem
        except OSError:  # some network file systems
            pass

    def files(self) -> frozenset[str]:
        """The paths of all files and links."""
        with self._telling():
            return frozenset(self._walk(self._folder)) if os.path.lexists(self._folder) else frozenset()

    def _walk(self, folder: Path) -> Iterator[str]:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    yield from self._walk(Path(entry.path))
                elif not entry.name.endswith(_NEW):
                    yield Path(entry.path).relative_to(self._folder).as_posix()

    def read(self, path: str) -> bytes | None:
        """The bytes of a file."""
        with self._telling():
            try:
                return self._place(path).read_bytes()
            except FileNotFoundError:
                return None

    def write(self, path: str, data: bytes) -> None:
        """Writes a file, and renames it to its place."""
        with self._telling():
            place = self._place(path)
            place.parent.mkdir(parents=True, exist_ok=True)
            new = _beside(place)
            new.write_bytes(data)
            new.replace(place)

    def send(self, folder: Path, paths: Sequence[str]) -> None:
        """Copies files, each renamed to its place when it is complete."""
        with self._telling():
            for path in paths:
                place = self._place(path)
                place.parent.mkdir(parents=True, exist_ok=True)
                new = _beside(place)
                shutil.copyfile(folder / path, new)
                new.replace(place)

    def delete(self, paths: Collection[str]) -> None:
        """Deletes files, and the folders that they leave empty."""
        with self._telling():
            for path in paths:
                with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                    self._place(path).unlink()
                remove_empty_folders(self._folder, path)

    def differing(self, folder: Path, paths: Collection[str]) -> frozenset[str]:
        """Those of the files whose bytes there are others."""
        with self._telling():
            return frozenset(path for path in paths if not cmp(self._place(path), folder / path, shallow=False))

    def finish(self) -> None:
        """There is nothing left to do."""

    def _place(self, path: str) -> Path:
        """Where a file lies. A link on the way would lead out of the folder."""
        link = linked_part(self._folder, path)
        if link is not None:
            raise TargetError(self._name, f"{self._folder}/{link} is a link, which leads out of the folder; delete it")
        return self._folder / path

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except OSError as problem:
            place = problem.filename if isinstance(problem.filename, str) else self._folder
            raise TargetError(self._name, f"{place} can't be read or written: {problem.strerror}") from problem


def _beside(place: Path) -> Path:
    """Where a file is written before it takes its place, with nothing there: a link would be followed."""
    new = place.with_name(place.name + _NEW)
    new.unlink(missing_ok=True)
    return new
