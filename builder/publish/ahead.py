"""Looking ahead: what lies in an output folder is looked at while the archive is read."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from builder.cache import is_left
from builder.site_ledger import site_ledger_in


class Seen(Struct, frozen=True):
    """The number of the last build, and the paths of those files that aren't as it left them."""

    build: int
    changed: frozenset[str]


def seen_in(output: Path, cache: Path) -> Seen | None:
    """Looks at the files that the last build has left in `output`; None where the cache in a folder knows of none."""
    ledger = site_ledger_in(cache, output).read()
    if ledger is None:
        return None
    folder = str(output)
    changed = [path for path, made in ledger.files.items() if not is_left(f"{folder}/{path}", made.stat)]
    return Seen(ledger.builds, frozenset(changed))


@lru_cache(maxsize=1)
def seen_once(output: Path, cache: Path) -> Seen | None:
    """The same in a process that serves a single command: what it has seen already isn't looked at again."""
    return seen_in(output, cache)
