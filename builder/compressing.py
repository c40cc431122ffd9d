"""Compressing: the compressed copies of what was made, of which only those of new bytes are made again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from builder.cache import fingerprint
from builder.codings import Coding, coder_version, is_text
from builder.means import Means
from builder.publish.ahead import Seen
from builder.publish.folder import OutputFolder
from builder.site_ledger import MadeFile
from builder.work.tasks import CompressingTask, compress_files
from builder.workers import in_shares, share_sizes

_SMALLEST_SHARE, _LARGEST_SHARE = 20, 200  # files: some 1 to 20 ms of work each
_WORTH = 300  # files: fewer are done sooner than a process is begun


class _Copy(Struct, frozen=True, gc=False):
    """A copy to be made: its path, that of the file it is of, and the key of what it is made from."""

    path: str
    of: str
    coding: Coding
    key: bytes


def offer_compressed(
    codings: Sequence[Coding],
    folder: OutputFolder,
    means: Means,
    known: Mapping[str, MadeFile],
    seen: Seen | None,
) -> dict[str, bytes]:
    """Gives `folder` a copy, in each of `codings`, of every text file that it was given and that is smaller so.

    `known` are the files that the last build has left, `seen` is that of its `look`. Returns the keys of all copies, by
    path. Raises ArchiveError where the file system refuses.
    """
    copies = list(_copies(codings, folder.digests))
    current = folder.look_further([copy.path for copy in copies], {} if means.verify else known, seen)
    keys: dict[str, bytes] = {}
    wanted: list[_Copy] = []
    for copy in copies:
        left = known.get(copy.path)
        if left is not None and left.key == copy.key and left.digest == current.get(copy.path):
            keys[copy.path] = copy.key
            folder.keep(copy.path)
        else:
            wanted.append(copy)
    # A piece under its key says that a copy would be no smaller.
    news = frozenset(means.pieces.missing(copy.key for copy in wanted))
    wanted = [copy for copy in wanted if copy.key in news]
    no_smaller: list[bytes] = []
    for copy, data in _made(wanted, folder, means):
        if data:
            keys[copy.path] = copy.key
            folder.offer(copy.path, data)
        else:
            no_smaller.append(copy.key)
    means.pieces.put((key, b"") for key in no_smaller)
    return keys


def _copies(codings: Sequence[Coding], digests: Mapping[str, str]) -> Iterator[_Copy]:
    marks = [(coding, fingerprint("compressed", coding, coder_version(coding))) for coding in codings]
    for path, digest in digests.items():
        if not is_text(path):
            continue
        for coding, mark in marks:
            copy = f"{path}.{coding}"
            if copy not in digests:  # else somebody's alias has that address
                yield _Copy(copy, path, coding, hashlib.sha256(mark + digest.encode()).digest())


def _made(wanted: Sequence[_Copy], folder: OutputFolder, means: Means) -> Iterator[tuple[_Copy, bytes]]:
    """Each copy with its bytes; none where it would be no smaller."""
    places = folder.where_offered([copy.of for copy in wanted])
    sizes = share_sizes(len(wanted), means.workers.jobs, _SMALLEST_SHARE, _LARGEST_SHARE)
    shares = list(in_shares(wanted, sizes))
    tasks = (CompressingTask(tuple([(places[copy.of], copy.coding) for copy in share])) for share in shares)
    done = means.workers.results(compress_files, tasks, len(wanted), _WORTH)
    with folder.telling():
        for share, compressed in zip(shares, means.progress("compressing", done, len(shares)), strict=True):
            yield from zip(share, compressed, strict=True)
