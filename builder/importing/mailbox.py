"""Mailbox: the messages in an mbox file (RFC 4155), one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from builder.importing.capture import Capture, Refusal

_LARGEST = 100_000_000  # bytes of one message with all that is attached to it
# What divides messages ends in a year: a line of a message that begins with 'From ' does not.
_DIVIDER = re.compile(rb"From \S+.*\d{4}\s*(?:[A-Z]{1,4}|[+-]\d{4})?\s*$")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def messages_in(file: BinaryIO, name: str) -> Iterator[Capture | Refusal]:
    """Each message, as it was before it was put into the file. Its name is that of the file and its first line."""
    lines: list[bytes] = []
    size = start = 0
    is_empty_before = True
    for number, line in enumerate(file, 1):
        if is_empty_before and _DIVIDER.match(line):
            yield from _message(lines, size, f"{name}:{start}")
            lines, size, start = [], 0, number
        else:
            size += len(line)
            if size <= _LARGEST:
                lines.append(line)
        is_empty_before = not line.strip()
    yield from _message(lines, size, f"{name}:{start}")


def _message(lines: list[bytes], size: int, name: str) -> Iterator[Capture | Refusal]:
    if size > _LARGEST:
        yield Refusal(name, f"has {size // 1_000_000} MB, which no article has; give it without what is attached")
    elif any(line.strip() for line in lines):
        yield Capture(name=name, data=_QUOTED.sub(rb"\1", b"".join(lines)), kind="mail")
