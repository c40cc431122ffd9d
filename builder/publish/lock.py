"""The lock: one command at a time writes to a folder."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

_PATIENCE = 2.0  # seconds


def lock(folder: Path) -> AbstractContextManager[None]:
    """Takes the lock of `folder`, and gives the context manager at whose end it is let go.

    Raises BlockingIOError where another process holds it, and goes on holding it for two seconds: the workers of a
    command that was killed let go of it a moment later. The lock is on the folder itself, so that no file is left
    over, and ends with the process. Windows can't lock folders: there nothing is locked.
    """
    if sys.platform == "win32":
        return contextlib.nullcontext()
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return _closing(descriptor)
        except BlockingIOError:
            if time.monotonic() > deadline:
                os.close(descriptor)
                raise
            time.sleep(0.05)


@contextlib.contextmanager
def _closing(descriptor: int) -> Iterator[None]:
    try:
        yield
    finally:
        os.close(descriptor)
