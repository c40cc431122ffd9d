"""Batch: everything that was named is imported, one after the other, in worker processes where that is worth it."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from builder.dates import Moment
from builder.importing.archive_names import Records, read_names
from builder.importing.article import NoArticle
from builder.importing.capture import Capture, Refusal, kind_of
from builder.importing.conversion import Draft, Wanted
from builder.importing.fetch import fetch
from builder.importing.known import Known, read_known, remember
from builder.importing.report import Duplicate, Failed, Report
from builder.importing.sources import Item, items_of
from builder.importing.working import ConvertTask, convert_capture, convert_files, tagger_of
from builder.importing.writing import Writer
from builder.means import Progress
from builder.workers import Workers

_WORTH_WORKERS = 24  # files: fewer take less time than a worker takes to begin
_A_TASK = 4  # files


class Options(Struct, frozen=True, kw_only=True):
    """How to import. `now` is the time, in UTC, as ISO 8601; `today` the day in the archive's zone.

    `source` names the publisher; `published` is for captures that don't tell when they appeared.
    """

    language: str
    now: str
    today: date
    version: str
    publish: bool = False
    duplicates: Literal["skip", "attach", "keep"] = "attach"
    source: str = ""
    published: Moment | None = None
    dry_run: bool = False
    accept_new: bool = False
    jobs: int = 1
    operator: str = ""


def import_sources(root: Path, sources: Sequence[str], options: Options, progress: Progress) -> Report:
    """Imports what `sources` name into the archive at `root`, and tells what became of it.

    Raises ArchiveError where a briefing's file is changed by somebody else meanwhile.
    """
    batch = _Batch(root, options, progress)
    found = list(items_of(sources))
    for one in found:
        if isinstance(one, Refusal):
            batch.report.failed.append(Failed(one.name, one.message))
    items = [one for one in found if isinstance(one, Item)]
    with Workers(options.jobs) as workers:
        try:
            for _ in progress("importing", batch.run(items, workers), len(items)):
                pass
        except KeyboardInterrupt:
            batch.report.stopped = True
    remember(root, batch.writer.written)
    batch.writer.accept_proposals(batch.report)
    return batch.report


class _Batch:
    def __init__(self, root: Path, options: Options, progress: Progress) -> None:
        self.records: Records = read_names(root, options.language)
        self.known: Known = read_known(root, progress)
        self.names = msgspec.msgpack.encode(self.records.names)
        self.wanted = Wanted(options.today, options.published)
        self.report = Report()
        self.writer = Writer(root, options, self.records, self.known, self.report)
        self._version = options.version

    def run(self, items: Sequence[Item], workers: Workers) -> Iterator[Item]:
        """Imports the items, and gives each back when it is done."""
        files = [item for item in items if item.path]
        if len(files) >= _WORTH_WORKERS:
            tagger_of(self.names)  # worker processes that are forked have it then
        for item, outcomes in self._converted(files, workers):
            self._take(item, outcomes, Path(item.path).read_bytes)
            yield item
        for item in items:
            if not item.path:
                self._read(item)
                yield item

    def _converted(self, files: Sequence[Item], workers: Workers) -> Iterator[tuple[Item, list[Draft | Refusal]]]:
        """The files that are not known yet, with what they become; those that are are reported at once."""
        new = []
        for item in files:
            found = self._path_of_capture(item)
            if found is not None:
                self.report.duplicates.append(Duplicate(item.name, found, "same capture"))
                yield item, []
            else:
                new.append(item)
        tasks = [
            ConvertTask(self.names, self.wanted, tuple(new[start : start + _A_TASK]))
            for start in range(0, len(new), _A_TASK)
        ]
        results = workers.results(convert_files, tasks, len(new), _WORTH_WORKERS)
        for task, outcomes in zip(tasks, results, strict=True):
            yield from zip(task.items, outcomes, strict=True)

    def _path_of_capture(self, item: Item) -> str | None:
        """The briefing of a file; of one that holds several articles, all of which may not be here yet, none."""
        try:
            data = Path(item.path).read_bytes()
        except OSError:  # who converts it says why
            return None
        found = self.known.of_capture(hashlib.sha256(data).hexdigest())
        return found if found is not None and kind_of(data)[0] not in ("warc", "wacz", "feed") else None

    def _read(self, item: Item) -> None:
        """Imports what is no file: standard input, or an address."""
        if item.url:
            try:
                fetched = fetch(item.url, self._version)
            except NoArticle as problem:
                self.report.failed.append(Failed(item.name, str(problem)))
                return
            outcomes = convert_capture(fetched.capture, self.names, self.wanted)
            self._take(item, outcomes, lambda: fetched.warc)
            return
        data = sys.stdin.buffer.read()
        if found := self.known.of_capture(hashlib.sha256(data).hexdigest()):
            self.report.duplicates.append(Duplicate(item.name, found, "same capture"))
            return
        self._take(item, convert_capture(Capture(name=item.name, data=data), self.names, self.wanted), lambda: data)

    def _take(self, item: Item, outcomes: Sequence[Draft | Refusal], original: Callable[[], bytes]) -> None:
        for outcome in outcomes:
            if isinstance(outcome, Refusal):
                self.report.failed.append(Failed(outcome.name, outcome.message))
            else:
                self.writer.take(outcome, item, original)
