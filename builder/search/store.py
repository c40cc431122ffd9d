"""The store of finished parts of the index: two ledgers for each, as its bytes are hardly ever needed."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from pathlib import Path

from builder.cache import DamagedCache, Ledger, fingerprint
from builder.plan.search import Shard

_KEPT = 2  # of each part: the site's, and the preview's, which has drafts in it
_BYTES = ".bytes"


class ShardStore:
    """Keeps the files of each part, in the cache in `folder`, under its name and key.

    Another command may make the same part at the same time, of other bytes: the bytes lie under their digests' too.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def digests(self, shard: Shard) -> dict[str, str] | None:
        """The SHA-256 of each of a part's files by its path in the part; None where none is kept."""
        return self._digests(shard).read()

    def data(self, shard: Shard, digests: Mapping[str, str]) -> dict[str, bytes]:
        """The files of a part with these `digests`. Raises DamagedCache where they aren't there any more."""
        found = self._bytes(shard, digests).read()
        if found is None:
            self._digests(shard).forget()
            raise DamagedCache
        return found

    def keep(self, shard: Shard, files: Mapping[str, bytes]) -> dict[str, str]:
        """Keeps the files of a part, and returns their digests. Raises ArchiveError where the disk refuses."""
        digests = {file: hashlib.sha256(data).hexdigest() for file, data in files.items()}
        self._bytes(shard, digests).write(dict(files))
        self._digests(shard).write(digests)  # last, so that nothing is named that isn't there
        self._forget_all_but_newest(shard)
        return digests

    def _digests(self, shard: Shard) -> Ledger[dict[str, str]]:
        return Ledger(self._folder, f"{_stem(shard)}{shard.key.hex()[:16]}.ledger", dict[str, str])

    def _bytes(self, shard: Shard, digests: Mapping[str, str]) -> Ledger[dict[str, bytes]]:
        made = fingerprint(sorted(digests.items())).hex()[:16]
        name = f"{_stem(shard)}{shard.key.hex()[:16]}.{made}{_BYTES}.ledger"
        return Ledger(self._folder, name, dict[str, bytes])

    def _forget_all_but_newest(self, shard: Shard) -> None:
        files = self._folder.glob(f"{_stem(shard)}*.ledger")
        named = sorted((f for f in files if _BYTES not in f.name), key=lambda f: f.stat().st_mtime_ns, reverse=True)
        for old in named[_KEPT:]:
            with contextlib.suppress(OSError):  # another command may be quicker
                old.unlink()
                for made in self._folder.glob(f"{old.stem}.*{_BYTES}.ledger"):
                    made.unlink()


def _stem(shard: Shard) -> str:
    """What the names of a part's files begin with, and those of no other part's."""
    return f"search-{shard.name.replace('/', '.')}="
