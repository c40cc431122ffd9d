"""Compressing, as work."""

from __future__ import annotations

from pathlib import Path

from builder.codings import compress
from builder.work.tasks import CompressingTask


def compress_files(task: CompressingTask) -> list[bytes]:
    """The bytes of each file in its coding; none where they would be no fewer. Raises OSError."""
    made, place, data = [], "", b""
    for wanted, coding in task.files:
        if wanted != place:  # the copies of one file come one behind the other
            place, data = wanted, Path(wanted).read_bytes()
        compressed = compress(data, coding)
        made.append(compressed if len(compressed) < len(data) else b"")
    return made
