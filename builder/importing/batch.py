"""Batch: everything that was named is imported, one after the other, in worker processes where that is worth it."""

from __future__ import annotations

import contextlib
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TypeAlias, TypeVar

import msgspec
from msgspec.structs import replace

from builder.faults import ArchiveError, Fault, error
from builder.importing.addresses import without_tracking
from builder.importing.archive_names import Records, read_names
from builder.importing.article import NoArticle
from builder.importing.capture import Capture, LeftOut, Refusal, kind_of
from builder.importing.columns import Columns, where_there_are
from builder.importing.containers import CONTAINERS, known_by, names_in, parts_in
from builder.importing.conversion import Draft, Wanted
from builder.importing.evidence import HEAD, Original, original_in, original_of
from builder.importing.fetch import fetch
from builder.importing.known import Known, read_known
from builder.importing.options import Options
from builder.importing.remembered import Journal
from builder.importing.report import Duplicate, Failed, Report
from builder.importing.sources import Item, items_of
from builder.importing.working import ConvertTask, convert_capture, convert_things, load_libraries
from builder.importing.writing import Writer, id_of
from builder.means import Progress
from builder.publish.lock import lock
from builder.workers import Workers

T = TypeVar("T")

_WORTH_WORKERS = 24  # files: fewer take less time than a worker takes to begin
_A_TASK = 8  # files or pages
_A_PAGE = 100_000  # bytes, roughly
# What is converted at once, with the source that it is from and the capture that is kept of it.
_Thing: TypeAlias = tuple[Item, Original, Item | Capture]


def _silent(stage: str, pieces: Iterable[T], total: int) -> Iterable[T]:
    """Tells nobody how far anything is."""
    del stage, total
    return pieces


def import_sources(
    root: Path, sources: Sequence[str | Path | Capture], options: Options, progress: Progress = _silent
) -> Report:
    """Imports `sources` into the archive at `root`, and tells what became of each. Prints nothing.

    A source is a file, a folder with all that is in it, an address that begins with `http`, `-` for standard input, or
    bytes, as a Capture. Files come first, then standard input and addresses, then captures, wherever they stand among
    `sources`. Files are converted in `options.jobs` processes. What can't be imported is told in the report, and the
    rest goes on; so is whatever KeyboardInterrupt stops, and the same call goes on from there.

    `progress(stage, pieces, total)` gives `pieces` back one by one, and may tell somebody how far they are.

    Raises ArchiveError where another import writes into the archive, a record of it can't be read, a briefing's file is
    changed by somebody else meanwhile, or a worker process is killed.
    """
    captures = [one for one in sources if isinstance(one, Capture)]
    found = list(items_of([str(one) for one in sources if not isinstance(one, Capture)]))
    items = [one for one in found if isinstance(one, Item)]
    columns = options.columns
    if len(items) + len(captures) > 1 and any(one.is_asked for one in columns):
        columns = where_there_are(columns, [names for names in _tables(items, captures) if names])
    report = Report()
    report.failed.extend(Failed(one.name, one.message) for one in found if isinstance(one, Refusal))
    report.left_out.extend(one for one in found if isinstance(one, LeftOut))
    with _alone(root) if not options.dry_run else contextlib.nullcontext():
        with Journal(root) as journal, Workers(options.jobs) as workers:
            batch = _Batch(root, options, columns, journal, report, progress)
            try:
                for _ in progress("importing", batch.run(items, captures, workers), len(items) + len(captures)):
                    pass
            except KeyboardInterrupt:
                report.stopped = True
        batch.writer.accept_proposals(report)
    return report


def _alone(root: Path) -> contextlib.AbstractContextManager[None]:
    """Keeps other imports out of the archive at `root`, until the end of the context. Raises ArchiveError where there
    is one. Where the file system has no locks, nothing is locked."""
    content = root / "content"
    try:
        content.mkdir(exist_ok=True)
        return lock(content)
    except BlockingIOError as problem:
        message = "another import writes into this archive; wait until that has ended"
        raise ArchiveError([error("content", 0, "locked", message)]) from problem
    except OSError:  # of some network file systems; or nothing can be written, which is told of each article
        return contextlib.nullcontext()


def _tables(items: Sequence[Item], captures: Sequence[Capture]) -> Iterator[tuple[str, ...]]:
    """The names of the columns of each table among files and captures."""
    for item in items:
        if item.path and Path(item.path).is_file():
            with contextlib.suppress(OSError), Path(item.path).open("rb") as file:  # who imports it tells that
                kind = kind_of(file.read(HEAD))[0]
                file.seek(0)
                yield names_in(kind, file)
    for capture in captures:
        yield names_in(capture.kind or kind_of(capture.data)[0], BytesIO(capture.data))


class _Batch:
    def __init__(
        self, root: Path, options: Options, columns: Columns, journal: Journal, report: Report, progress: Progress
    ) -> None:
        self.records: Records = read_names(root, options.language)
        self.known: Known = read_known(root, progress)
        self.names = msgspec.msgpack.encode(self.records.names)
        self.wanted = Wanted(options.today, options.published, columns)
        self.report = report
        report.failed.extend(Failed(f"{one.path}:{one.line}", _not_compared(one)) for one in self.known.unread)
        self.writer = Writer(root, options, self.records, self.known, journal, report)
        self._has_held = not self.known.is_empty
        self._version = options.version
        self._duplicates = options.duplicates

    def run(self, items: Sequence[Item], captures: Sequence[Capture], workers: Workers) -> Iterator[Item]:
        """Imports the items and the captures, and gives each back when it is done; one that holds many articles with
        each of them."""
        files = [item for item in items if item.path]
        work = max(len(files), sum(_size(item) for item in files) // _A_PAGE)
        if work >= _WORTH_WORKERS:
            load_libraries(self.names, self.wanted)
        begun: deque[tuple[_Thing, ...]] = deque()
        for outcomes in workers.results(convert_things, self._tasks(files, begun), work, _WORTH_WORKERS):
            for (item, original, thing), found in zip(begun.popleft(), outcomes, strict=True):
                self._take(item, original, found, is_part=isinstance(thing, Capture))
                yield item
        for item in items:
            if not item.path:
                self._read(item)
                yield item
        for capture in captures:
            item = Item(capture.name, url=capture.url)
            self._convert(item, capture)
            yield item

    def _tasks(self, files: Sequence[Item], begun: deque[tuple[_Thing, ...]]) -> Iterator[ConvertTask]:
        """Tasks for workers, made as they are wanted; what each is about is added to `begun`."""
        things = self._things(files)
        while chunk := tuple(islice(things, _A_TASK)):
            begun.append(chunk)
            yield ConvertTask(self.names, self.wanted, tuple(thing for _, _, thing in chunk))

    def _things(self, files: Sequence[Item]) -> Iterator[_Thing]:
        """What is to be converted: files that aren't known yet, and the pages in web archives, one by one."""
        for item in files:
            try:
                original = original_in(item.path)
            except OSError as problem:
                self.report.failed.append(Failed(item.name, f"can't be read: {problem.strerror}"))
                continue
            if original.kind in CONTAINERS:
                with Path(item.path).open("rb") as file:
                    for part in parts_in(original.kind, file, item.name, self.wanted.columns):
                        if not isinstance(part, Capture):
                            self._note(part)
                        elif (held := self._held(part)) is not None:
                            self.report.duplicates.append(held)
                        else:
                            yield item, original, part
            elif (path := self._at_capture(original)) is not None:
                self.report.duplicates.append(Duplicate(item.name, path, "same capture"))
            else:
                yield item, original, item

    def _held(self, part: Capture) -> Duplicate | None:
        """What is there of a part, told without converting it: so that an import that was stopped, or is made again, is
        soon where it was."""
        key, url = known_by(part, self.wanted.columns) if self._has_held else ("", part.url)
        if (path := self.known.with_id(id_of(key))) is not None:
            return Duplicate(part.name, path, "same article")
        if self._duplicates != "keep" and (path := self.known.at_address(without_tracking(url))) is not None:
            return Duplicate(part.name, path, "same address")
        return None

    def _at_capture(self, original: Original) -> str | None:
        """The briefing of a capture of one article, unless it is to be converted again for what it tells of its
        source."""
        path = self.known.of_capture(original.sha256) if original.kind != "feed" else None
        return path if path is None or not self.writer.fills_source(path) else None

    def _read(self, item: Item) -> None:
        """Imports what is no file: standard input, or an address."""
        if item.url:
            try:
                fetched = fetch(item.url, self._version)
            except NoArticle as problem:
                self.report.failed.append(Failed(item.name, str(problem)))
                return
            self._take(item, original_of(fetched.warc), convert_capture(fetched.capture, self.names, self.wanted))
            return
        self._convert(item, Capture(name=item.name, data=sys.stdin.buffer.read()))

    def _convert(self, item: Item, capture: Capture) -> None:
        """Imports a capture that is in memory."""
        original = original_of(capture.data)
        found = self._at_capture(original) if original.kind not in CONTAINERS else None
        if found is not None:
            self.report.duplicates.append(Duplicate(item.name, found, "same capture"))
        else:
            self._take(item, original, convert_capture(capture, self.names, self.wanted))

    def _take(
        self, item: Item, original: Original, outcomes: Sequence[Draft | Refusal | LeftOut], *, is_part: bool = False
    ) -> None:
        for outcome in outcomes:
            if isinstance(outcome, Draft):
                self.writer.take(replace(outcome, is_part=True) if is_part else outcome, item, original)
            else:
                self._note(outcome)

    def _note(self, outcome: Refusal | LeftOut) -> None:
        if isinstance(outcome, LeftOut):
            self.report.left_out.append(outcome)
        else:
            self.report.failed.append(Failed(outcome.name, outcome.message))


def _not_compared(fault: Fault) -> str:
    named = f"{fault.field}: " if fault.field else ""
    return f"can't be compared with what comes in, since not all of it can be read: {named}{fault.message}; mend it"


def _size(item: Item) -> int:
    try:
        return Path(item.path).stat().st_size
    except OSError:  # who reads it says why
        return 0
