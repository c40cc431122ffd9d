"""The output folder: files are offered one by one, and become the site all at once."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import msgspec
from msgspec import Struct

from builder.cache import NO_STAT, Stat, is_rested, stat_of
from builder.faults import ArchiveError, Fault, error, warning
from builder.publish import journal
from builder.publish.ahead import Seen
from builder.publish.journal import BUILD_LIST, JOURNAL, STAGE, DamagedJournal
from builder.publish.lock import lock
from builder.publish.manifest import MANIFEST, goes_first, json_lines
from builder.publish.safety import are_surely_inside, is_inside, linked_part, output_fault
from builder.site_ledger import MadeFile


class Published(Struct, frozen=True):
    """What a switch did: how many files the site has, how many were written and deleted."""

    files: int
    written: int
    deleted: int


class OutputFolder:
    """A build's way into `output/`. Use as a context manager: `look`, give it all files, `settle`, `switch`.

    A file is given in one of three ways: `offer` and `offer_copy` write it; `place` and `placed` are for who writes it
    himself; `keep` says that it is right as it is. Without `switch` nothing changes.

    A path on the build list of the last build is ours: missing or altered, it is made again, and altered bytes are
    first put aside. A file that we need to write and that isn't ours is an error, unless it already holds our bytes.
    Everything raises ArchiveError where the file system refuses.
    """

    def __init__(self, folder: Path, root: Path) -> None:
        """Raises ArchiveError where `folder` must not be written to."""
        fault = output_fault(folder, root)
        if fault is not None:
            raise ArchiveError([fault])
        self._folder = folder
        self._shown = folder.relative_to(root).as_posix() if folder.is_relative_to(root) else str(folder)
        self._faults: list[Fault] = []
        self._previous: dict[str, str] = {}
        self._current: dict[str, str] = {}
        self._made: dict[str, str] = {}
        self._staged: list[str] = []
        self._written: frozenset[str] = frozenset()
        self._gone: list[str] = []
        self._first: journal.FirstBuild | None = None
        self._clear_folders: set[str] = {""}
        self._untouched = False  # a folder that held nothing when it was looked at
        self._held = contextlib.ExitStack()
        self.recovered = False

    def __enter__(self) -> OutputFolder:
        """Takes the folder's lock, and completes or undoes what an interrupted build has left."""
        with contextlib.ExitStack() as stack:
            try:
                with self.telling():
                    self._folder.mkdir(parents=True, exist_ok=True)
                    stack.enter_context(lock(self._folder))
                    self._refuse_links()
                    recovered = journal.recover(self._folder)
                    self._previous = self._read_list()
            except BlockingIOError as problem:
                message = "another command is writing to it; wait until that has ended"
                raise ArchiveError([error(self._shown, 0, "locked", message)]) from problem
            except DamagedJournal as problem:
                message = "is damaged; delete it, and build again"
                raise ArchiveError([error(f"{self._shown}/{JOURNAL}", 0, "output", message)]) from problem
            self._held = stack.pop_all()
        self.recovered = recovered is not None
        if recovered:
            self._faults.append(warning(self._shown, 0, "recovered", recovered))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Takes back what was not switched, and lets go of the folder."""
        with self._held, self.telling():
            if self._first is not None:
                self._first.close()
                journal.undo(self._folder, self._staged)
                journal.end(self._folder)
            elif not (self._folder / JOURNAL).exists():  # else the next command completes the switch
                journal.end(self._folder)

    def look(self, paths: Iterable[str], known: Mapping[str, MadeFile], seen: Seen | None) -> dict[str, str]:
        """Finds out what lies at the paths of all files to be made: their SHA-256, of those that are there.

        A file that is what `known` says of it, by the rule of `builder.cache.stats`, isn't read. Nor is it looked at
        again where it was `seen` to be that.
        """
        with self.telling():
            self._untouched = not self._previous and self._is_empty()
        return self.look_further(paths, known, seen)

    def look_further(self, paths: Iterable[str], known: Mapping[str, MadeFile], seen: Seen | None) -> dict[str, str]:
        """Does the same for files that were not known of when `look` was called."""
        if not self._untouched:
            with self.telling():
                paths = list(paths)
                if seen is not None:
                    changed = seen.changed
                    self._current |= {
                        path: made.digest for path in paths if (made := known.get(path)) and path not in changed
                    }
                    paths = [path for path in paths if path not in self._current]
                self._current |= dict(self._digests(paths, known))
        return self._current

    def _is_empty(self) -> bool:
        with os.scandir(self._folder) as entries:
            return all(entry.name.startswith(".sitrep-") for entry in entries)

    def _digests(self, paths: Iterable[str], known: Mapping[str, MadeFile]) -> Iterator[tuple[str, str]]:
        folder, lstat = str(self._folder), os.lstat
        for path in paths:
            place = f"{folder}/{path}"
            try:
                status = lstat(place)
            except (FileNotFoundError, NotADirectoryError):
                continue
            if stat.S_ISLNK(status.st_mode):  # none that a build has made, whatever it leads to
                continue
            recorded = known.get(path)
            if recorded is not None and stat_of(status) == recorded.stat and stat.S_ISREG(status.st_mode):
                yield path, recorded.digest
            elif (found := _digest_of(Path(place))) is not None:
                yield path, found

    def keep(self, path: str) -> None:
        """Takes the file that lies at `path` for the new site's."""
        self._made[path] = self._current[path]

    def places(self, paths: Sequence[str]) -> list[str | None]:
        """Where new files are to be written, complete, before they are `placed`; None for those that can't be.

        A first build writes to a file's place if nothing is there, any other beside it.
        """
        with self.telling():
            clear = [self._is_clear(path) for path in paths]
            first = self._in_place([path for path, is_clear in zip(paths, clear, strict=True) if is_clear])
            return [
                None if not is_clear else f"{self._folder}/{path if path in first else f'{STAGE}/{path}'}"
                for path, is_clear in zip(paths, clear, strict=True)
            ]

    def _in_place(self, paths: list[str]) -> set[str]:
        """Those of `paths` that are written to their places, which the journal now knows."""
        if self._previous:
            return set()
        if self._first is None:
            self._first = journal.FirstBuild(self._folder)
        free = [path for path in paths if path not in self._current]
        self._first.will_write(free)
        self._staged += free
        return set(free)

    def placed(self, path: str, digest: str) -> None:
        """The new file at `path` has that SHA-256, and is where it was to be written, unless the old one has it too."""
        assert path not in self._made, f"{path} is offered twice"
        self._made[path] = digest
        current = self._current.get(path)
        if current is None:
            if self._first is None:
                self._staged.append(path)
        elif current != digest:
            if path not in self._previous:
                self._not_ours(path, "a file")
                return
            if current != self._previous[path]:
                with self.telling():
                    self._put_aside(path, current)
            self._staged.append(path)

    def offer(self, path: str, data: bytes) -> None:
        """Takes one file of the new site, whose bytes must be complete."""
        digest = hashlib.sha256(data).hexdigest()
        place = self._wanted(path, digest)
        if place is not None:
            with self.telling():
                place.write_bytes(data)

    def offer_copy(self, path: str, source: Path, digest: str) -> None:
        """Takes one file of the new site, with the bytes of `source`, whose SHA-256 is `digest`; they stay on disk."""
        place = self._wanted(path, digest)
        if place is not None:
            with self.telling():
                shutil.copyfile(source, place)
                if _digest_of(place) != digest:
                    message = "changed while the site was built; build again"
                    self._faults.append(error(source.name, 0, "changed", message))

    def offer_together(self, digests: Mapping[str, str], data: Callable[[], Mapping[str, bytes]]) -> None:
        """Takes several files of the new site, with their SHA-256; asks for `data` only if one must be written."""
        missing = [path for path, digest in digests.items() if self._current.get(path) != digest]
        places = dict(zip(missing, self.places(missing), strict=True)) if missing else {}
        files = data() if missing else {}
        for path, digest in digests.items():
            self.placed(path, digest)
            place = places.get(path)
            if place is not None:
                with self.telling():
                    Path(place).parent.mkdir(parents=True, exist_ok=True)
                    Path(place).write_bytes(files[path])

    def offer_made(self, path: str, digest: str, make: Callable[[], bytes]) -> None:
        """Takes one file of the new site, whose SHA-256 is `digest`; `make` gives its bytes where they aren't there."""
        place = self._wanted(path, digest)
        if place is not None:
            data = make()
            with self.telling():
                place.write_bytes(data)

    def _wanted(self, path: str, digest: str) -> Path | None:
        """Where a file with that digest must be written; None where it is there, or can't be."""
        if self._current.get(path) == digest:
            self.placed(path, digest)
            return None
        place = self.places([path])[0]
        self.placed(path, digest)
        if place is None:
            return None
        with self.telling():
            Path(place).parent.mkdir(parents=True, exist_ok=True)
        return Path(place)

    def where_offered(self, paths: Iterable[str]) -> dict[str, str]:
        """Where the bytes of files that were offered lie until the switch."""
        staged = frozenset(self._staged if self._first is None else ())
        return {
            path: f"{self._folder}/{STAGE}/{path}" if path in staged else f"{self._folder}/{path}" for path in paths
        }

    @property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of each file offered so far, by path."""
        return self._made

    def settle(self) -> tuple[Fault, ...]:
        """All files are offered: finds out which are no longer made. Returns what is wrong; `switch` asks no more."""
        with self.telling():
            self._gone = sorted(self._previous.keys() - self._made.keys())
            for path in self._gone:
                if link := linked_part(self._folder, path):
                    message = "is a link in the place of a folder that a build has made; delete it"
                    self._faults.append(error(f"{self._shown}/{link}", 0, "link", message))
                    continue
                current = _digest_of(self._folder / path)
                if current is not None and current != self._previous[path]:
                    self._put_aside(path, current)
        return tuple(self._faults)

    def switch(self) -> Published:
        """Makes what was offered the site."""
        written = len(self._staged)
        with self.telling():
            build_list = _list_bytes(self._made)
            if self._first is not None:
                self._finish_first(build_list)
            elif self._staged or self._gone or not self._has_list(build_list):
                self._finish(build_list)
        self._written, self._staged = frozenset(self._staged), []
        return Published(len(self._made), written, len(self._gone))

    def made_files(
        self, keys: Mapping[str, bytes], known: Mapping[str, MadeFile], now: int
    ) -> Iterator[tuple[str, MadeFile]]:
        """What `look` may know of the files next time, each with its key.

        What was `known` of one that is kept still holds; others are looked at, and must have rested at `now`
        (nanoseconds since 1970).
        """
        fresh, current = self._written, self._current  # what was written just now can't have rested
        for path, digest in self._made.items():
            key, kept = keys.get(path, b""), known.get(path)
            if kept is not None and kept.digest == digest and kept.stat != NO_STAT and current.get(path) == digest:
                yield path, kept if kept.key == key else MadeFile(digest, kept.stat, key)
            else:
                yield path, MadeFile(digest, NO_STAT if path in fresh else self._rested_stat(path, now), key)

    def _rested_stat(self, path: str, now: int) -> Stat:
        try:
            status = os.lstat(f"{self._folder}/{path}")
        except OSError:  # taken away meanwhile, which the next build will see
            return NO_STAT
        seen = stat_of(status)
        return seen if stat.S_ISREG(status.st_mode) and is_rested(seen, now) else NO_STAT

    def build_list_stat(self, now: int) -> Stat:
        """What the file system says of the build's own list; `NO_STAT` where that hasn't rested at `now`."""
        return self._rested_stat(BUILD_LIST, now)

    def _finish_first(self, build_list: bytes) -> None:
        assert self._first is not None
        temporary = self._folder / f"{BUILD_LIST}.new"
        temporary.write_bytes(build_list)
        temporary.replace(self._folder / BUILD_LIST)
        self._first.close()
        self._first = None
        journal.end(self._folder)

    def _finish(self, build_list: bytes) -> None:
        stage = self._folder / STAGE
        stage.mkdir(exist_ok=True)
        (stage / BUILD_LIST).write_bytes(build_list)
        renames = sorted(self._staged, key=_rank)
        gone = sorted(self._gone, key=_rank, reverse=True)  # a page goes before the stylesheet that it names
        journal.begin_switch(self._folder, renames, gone)
        journal.complete(self._folder, renames, gone)
        journal.end(self._folder)

    def _has_list(self, build_list: bytes) -> bool:
        path = self._folder / BUILD_LIST
        return path.is_file() and path.read_bytes() == build_list

    def _refuse_links(self) -> None:
        """A link in the place of one of the build's own files would lead it out of the folder."""
        own = [BUILD_LIST, f"{BUILD_LIST}.new", JOURNAL, f"{JOURNAL}.new", STAGE]
        places = [self._folder / name for name in own]
        faults = [
            error(self._name(place), 0, "link", "is a link, which a build would follow; delete it")
            for place in (*places, self._aside_folder)
            if place.is_symlink()
        ]
        faults += [
            error(self._name(place), 0, "output", "is a folder, where a build keeps a file of its own; move it away")
            for place in places
            if place.name != STAGE and not place.is_symlink() and place.is_dir()
        ]
        if faults:
            raise ArchiveError(faults)

    def _read_list(self) -> dict[str, str]:
        path = self._folder / BUILD_LIST
        if not path.exists():
            return {}
        try:
            files = msgspec.json.decode(path.read_bytes(), type=_BuildList).files
            if not are_surely_inside(files):
                files = {name: digest for name, digest in files.items() if is_inside(name)}
            return files
        except (msgspec.DecodeError, ValueError, RecursionError) as problem:
            message = "is damaged, so nobody knows which files a build has made; delete the whole output folder"
            raise ArchiveError([error(self._name(path), 0, "output", message)]) from problem

    def _is_clear(self, path: str) -> bool:
        """Whether the way to `path` is: no link, and nothing of others where we need a folder or a file."""
        if self._untouched:
            return True
        target = self._folder / path
        parent = path.rpartition("/")[0]
        if parent not in self._clear_folders and not self._are_folders_clear(parent):
            return False
        if target.is_symlink():
            self._faults.append(error(self._name(target), 0, "link", "is a link out of a page's place; delete it"))
            return False
        if target.is_dir() and not self._is_all_ours(target):
            self._not_ours(path, "a folder")
            return False
        return True

    def _are_folders_clear(self, folder: str) -> bool:
        parts = folder.split("/")
        for length in range(1, len(parts) + 1):
            part = "/".join(parts[:length])
            if part in self._clear_folders:
                continue
            place = self._folder / part
            if place.is_symlink():
                message = "is a link, which a build would follow out of the output folder; delete it"
                self._faults.append(error(self._name(place), 0, "link", message))
                return False
            if place.exists() and not place.is_dir() and part not in self._previous:
                self._not_ours(part, "a file")
                return False
            self._clear_folders.add(part)
        return True

    def _is_all_ours(self, place: Path) -> bool:
        """Whether a folder holds only files of the last build, so that it goes when they go."""
        inside = list(place.iterdir())
        return bool(inside) and all(
            self._is_all_ours(inner)
            if inner.is_dir() and not inner.is_symlink()
            else inner.relative_to(self._folder).as_posix() in self._previous
            for inner in inside
        )

    def _not_ours(self, path: str, what: str) -> None:
        message = f"{what} that no build has made is in the way of a page; move it, or choose another --output"
        self._faults.append(error(f"{self._shown}/{path}", 0, "not-ours", message))

    @property
    def _aside_folder(self) -> Path:
        return self._folder.with_name(f"{self._folder.name}.altered")

    def _put_aside(self, path: str, digest: str) -> None:
        aside = self._aside_folder / path
        if aside.exists() and _digest_of(aside) != digest:
            aside = aside.with_name(f"{aside.name}.{digest[:12]}")
        aside.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self._folder / path, aside)
        shown = aside.relative_to(self._folder.parent).as_posix()
        message = f"was altered after it was made, so it is made again; what it held is kept as {shown}"
        self._faults.append(warning(f"{self._shown}/{path}", 0, "altered", message))

    @contextlib.contextmanager
    def telling(self) -> Iterator[None]:
        """Makes what the file system refuses inside it a fault that names the file."""
        try:
            yield
        except BlockingIOError:  # the lock's
            raise
        except OSError as problem:
            place = Path(problem.filename) if isinstance(problem.filename, str) else self._folder
            message = f"can't be read or written: {problem.strerror}; mend that, and build again"
            raise ArchiveError([*self._faults, error(self._name(place), 0, "output", message)]) from problem

    def _name(self, place: Path) -> str:
        if place == self._folder:
            return self._shown
        return f"{self._shown}/{place.relative_to(self._folder)}" if place.is_relative_to(self._folder) else str(place)


def _rank(path: str) -> tuple[int, str]:
    """The order of the switch: assets, pages, feeds and other files for machines, and the manifest last.

    What goes, goes in the opposite order.
    """
    if path == MANIFEST:
        return (3, path)
    if goes_first(path):
        return (0, path)
    return (1 if path.endswith(".html") else 2, path)


def _digest_of(path: Path) -> str | None:
    """The SHA-256 of a file; None where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None


class _BuildList(Struct, frozen=True):
    files: dict[str, str]


def _list_bytes(made: dict[str, str]) -> bytes:
    return f'{{\n"files":{json_lines(made)}\n}}\n'.encode()
