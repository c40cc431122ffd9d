"""Indexing: each part of the search index is made once, and kept for as long as what it is made from stays the same.

Pagefind doesn't give the same bytes twice (its issue 638), so what it has made is kept as it is.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from msgspec import Struct

from builder.cache import Pieces
from builder.load.pieces import kept_document
from builder.model.briefing import Briefing
from builder.plan.search import Shard
from builder.publish.ahead import Seen
from builder.publish.folder import OutputFolder
from builder.publish.manifest import SEARCH_INDEX
from builder.search import pagefind
from builder.search.documents import document_of, file_of
from builder.search.store import ShardStore
from builder.site_ledger import MadeFile

T = TypeVar("T")

_PREFIX = "indexing-"
_ABANDONED = 3600  # seconds: longer than any build works on the same folder


class _Making(Struct):
    shard: Shard
    folder: Path
    process: subprocess.Popen[bytes]


class SearchIndex:
    """The search index of a build. Use as a context manager: what is new is begun then, and done after `finish`.

    It is made by processes of its own, while others make pages. Raises ArchiveError where Pagefind fails.
    """

    def __init__(self, shards: Iterable[Shard], cache: Path, pieces: Pieces, jobs: int) -> None:
        """`cache` is the folder of the cache; `jobs` is how many parts are made at once."""
        self._shards = tuple(shards)
        self._cache = cache
        self._store = ShardStore(cache)
        self._pieces = pieces
        self._jobs = jobs
        self._digests: dict[str, dict[str, str]] = {}  # by shard and file
        self._waiting: deque[Shard] = deque()
        self._making: deque[_Making] = deque()
        self._folder: Path | None = None

    def __enter__(self) -> SearchIndex:
        for shard in self._shards:
            kept = self._store.digests(shard)
            if kept is None:
                self._waiting.append(shard)
            else:
                self._digests[shard.name] = kept
        try:
            self._begin()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Ends what hasn't been finished."""
        self._end()

    def finish(self) -> None:
        """Waits until all is made."""
        while self._making:
            made = self._making.popleft()
            status = made.process.wait()
            files = pagefind.finished(made.folder, status, len(made.shard.entries))
            self._digests[made.shard.name] = self._store.keep(made.shard, files)
            shutil.rmtree(made.folder)
            self._begin()

    def files(self, shard: Shard) -> dict[str, bytes]:
        """The files of a finished part, by path in it. Raises DamagedCache where they were taken away meanwhile."""
        return self._store.data(shard, self._digests[shard.name])

    def offer(self, folder: OutputFolder, known: Mapping[str, MadeFile], seen: Seen | None) -> None:
        """Gives what is finished to an output folder; `known` and `seen` are those of its `look`."""
        parts = [(shard, _below_output(shard, self._digests[shard.name])) for shard in self._shards]
        folder.look_further([path for _, digests in parts for path in digests], known, seen)
        for shard, digests in parts:
            folder.offer_together(digests, partial(self._data, shard))

    def _data(self, shard: Shard) -> dict[str, bytes]:
        return _below_output(shard, self.files(shard))

    def _begin(self) -> None:
        while self._waiting and len(self._making) < self._jobs:
            if self._folder is None:
                _forget_abandoned(self._cache)
                self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self._cache))
            shard = self._waiting.popleft()
            folder = self._folder / shard.name.replace("/", ".")
            self._write_documents(shard, folder / pagefind.DOCUMENTS)
            self._making.append(_Making(shard, folder, pagefind.begin(folder)))

    def _write_documents(self, shard: Shard, folder: Path) -> None:
        folder.mkdir(parents=True)
        for entry in shard.entries:
            briefing = entry.briefing
            document = kept_document(self._pieces, briefing.document, Briefing)
            html = document_of(shard, entry, document, self._pieces.get(briefing.html).decode())
            (folder / file_of(entry)).write_text(html, "utf-8")

    def _end(self) -> None:
        for made in self._making:
            made.process.kill()
            made.process.wait()
        self._making.clear()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def _forget_abandoned(cache: Path) -> None:
    """Deletes what commands that were killed have left there."""
    for folder in cache.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if time.time() - folder.stat().st_mtime > _ABANDONED:
                shutil.rmtree(folder)


def _below_output(shard: Shard, files: Mapping[str, T]) -> dict[str, T]:
    return {f"{SEARCH_INDEX}{shard.name}/{file}": value for file, value in files.items()}
