"""Stats: when a file may be taken for the one that it was, without reading it.

The rule is git's ('racily clean'): path, size, times of content and status, and inode are the recorded ones, and the
file had rested for two seconds when they were recorded, so that no later change can have left all of them as they are.
"""

from __future__ import annotations

import os
from typing import TypeAlias

# Size (bytes), mtime, ctime (nanoseconds), inode.
Stat: TypeAlias = tuple[int, int, int, int]
# What is recorded of a file that hadn't rested: no file is like it.
NO_STAT: Stat = (-1, 0, 0, 0)
REST = 2_000_000_000  # nanoseconds


def stat_of(status: os.stat_result) -> Stat:
    """What is recorded of a file's status."""
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def is_left(place: str, stat: Stat) -> bool:
    """Whether what lies at `place` has that stat still."""
    try:
        return stat_of(os.lstat(place)) == stat
    except OSError:
        return False


def is_rested(stat: Stat, now: int) -> bool:
    """Whether a file with that stat had rested at `now`, in nanoseconds since 1970 by the clock of the file system."""
    return stat[0] >= 0 and stat[1] + REST <= now and stat[2] + REST <= now
