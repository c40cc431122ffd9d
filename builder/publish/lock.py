"""The lock: one command at a time writes to an output folder."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path


def lock(folder: Path) -> AbstractContextManager[None]:
    """Takes the lock of `folder`, and gives the context manager at whose end it is let go.

    Raises BlockingIOError where another process holds it. The lock is on the folder itself, so that no file is
    left over, and ends with the process. Windows can't lock folders: there nothing is locked.
    """
    if sys.platform == "win32":
        return contextlib.nullcontext()
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise
    return _closing(descriptor)


@contextlib.contextmanager
def _closing(descriptor: int) -> Iterator[None]:
    try:
        yield
    finally:
        os.close(descriptor)
