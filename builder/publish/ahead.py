"""Looking ahead: a process of its own looks at what lies in an output folder, while the archive is read."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import msgspec
from msgspec import msgpack

from builder.cache import Ledger, is_left
from builder.site_ledger import SiteLedger
from builder.workers import no_signal_while_forking

# The paths of made files that are not as they were left; None where nobody has found that out.
Changed = frozenset[str] | None


@contextmanager
def looking_ahead(folder: Path, ledger: Ledger[SiteLedger]) -> Iterator[Callable[[], Changed]]:
    """Looks at the files in `folder` that the last build has left, meanwhile; gives how to get what was found."""
    found: list[Changed] = []
    reading, writing = os.pipe()

    def changed() -> Changed:
        if not found:
            with open(reading, "rb", closefd=False) as pipe:
                found.append(_told(pipe.read()))
        return found[0]

    child = 0
    try:
        try:
            with no_signal_while_forking():
                child = os.fork()
                if not child:
                    os.close(reading)  # else it would wait at a full pipe, for ever, for a parent that was killed
                    _look(folder, ledger, writing)
        except OSError:  # a system, or a container, that lets no process begin
            pass
        finally:
            os.close(writing)
        yield changed
    finally:
        os.close(reading)
        if child:
            os.kill(child, signal.SIGKILL)  # nobody may have asked, and workers hold the pipe open too
            os.waitpid(child, 0)


def _look(folder: Path, ledger: Ledger[SiteLedger], writing: int) -> NoReturn:
    """All that the new process does: what is open in it is its parent's."""
    try:
        known = ledger.read()
        if known is not None:
            changed = [path for path, made in known.files.items() if not is_left(f"{folder}/{path}", made.stat)]
            with open(writing, "wb") as pipe:
                pipe.write(msgpack.encode(changed))
    finally:
        os._exit(0)


def _told(data: bytes) -> Changed:
    try:
        return msgpack.decode(data, type=frozenset[str])
    except msgspec.DecodeError:  # it came to nothing: whoever asks looks for himself
        return None
