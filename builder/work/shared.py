"""What the pieces of work in one process share."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from msgspec import msgpack
from msgspec.structs import replace

from builder.cache import Pieces, fingerprint
from builder.resolve.briefings import Abstract, Filed
from builder.resolve.names import Names, Vocabulary


def pieces_in(cache: str) -> Pieces:
    """The pieces in a cache folder, opened once in each process."""
    folder = Path(cache)
    # By its inode, as somebody may have deleted the cache meanwhile, which is always safe.
    return _opened(folder, os.getpid(), Pieces.inode(folder))


@lru_cache(maxsize=2)
def names_in(cache: str, vocabulary: bytes) -> Names:
    """The names of the vocabulary that is the piece under a key."""
    return Names(msgpack.decode(pieces_in(cache).get(vocabulary), type=Vocabulary))


def with_abstract(filed: Filed, abstract: Abstract | None) -> tuple[Filed, tuple[bytes, bytes]]:
    """A filed briefing with its mark and the key of its abstract; and the piece to be kept: that key and the bytes."""
    data = msgpack.encode(abstract)
    key = fingerprint("abstract", data)
    return replace(filed, abstract=key, mark=fingerprint(filed, key)), (key, data)


@lru_cache(maxsize=2)
def _opened(folder: Path, _process: int, _inode: int) -> Pieces:
    return Pieces(folder)
