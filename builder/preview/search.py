"""Search: the parts of the index that somebody asks for, made then, and kept as a build keeps them."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from builder.cache import DamagedCache
from builder.faults import ArchiveError
from builder.means import open_means
from builder.plan.search import Shard
from builder.preview.view import Reading, View
from builder.publish.manifest import SEARCH_INDEX
from builder.search.indexing import SearchIndex

_KEPT = 8  # parts in memory


class SearchFiles:
    """The files of the index. One thread makes them, of its own, as that may take long."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._indexing = ThreadPoolExecutor(1, "indexing")
        self._parts: dict[bytes, dict[str, bytes]] = {}  # by key, those that were asked for last at the end

    async def file(self, view: View, address: str) -> bytes | None:
        """The bytes of the file at an address; None where the index has none, or can't be made."""
        inside = address.removeprefix(f"/{SEARCH_INDEX}")
        shard = next((shard for shard in view.plan.shards if inside.startswith(f"{shard.name}/")), None)
        try:
            return (await self.files(shard)).get(inside.removeprefix(f"{shard.name}/")) if shard is not None else None
        except (ArchiveError, DamagedCache):  # a build tells why
            return None

    async def files(self, shard: Shard) -> dict[str, bytes]:
        """The files of a part of the index, by path in it. Raises ArchiveError or DamagedCache if it can't be made."""
        return await asyncio.get_running_loop().run_in_executor(self._indexing, self._files, shard)

    def close(self) -> None:
        """Begins nothing more."""
        self._indexing.shutdown(wait=False, cancel_futures=True)

    def _files(self, shard: Shard) -> dict[str, bytes]:
        part = self._parts.pop(shard.key, None)
        if part is None:
            with (
                open_means(self._reading.root, 1, self._reading.progress, verify=False) as means,
                SearchIndex((shard,), means.folder, means.pieces, 1) as index,
            ):
                index.finish()
                part = index.files(shard)
        self._parts[shard.key] = part
        while len(self._parts) > _KEPT:
            del self._parts[next(iter(self._parts))]
        return part
