"""Files: the text of one file."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from builder.faults import Fault, error
from builder.reading.nodes import UNSHOWABLE

# U+0085 is a line end to YAML and none to editors.
_CONTROL = re.compile(rf"{UNSHOWABLE.pattern}|\x85")
# The same, in UTF-8: which bytes there are is found out five times as fast as which characters.
_CONTROL_BYTES = bytes(byte for byte in (*range(0x20), 0x7F) if byte not in b"\t\n\r")
_CONTROLS_BEYOND_ASCII = (re.compile(b"\xc2[\x80-\x9f]"), re.compile(b"\xef\xbf[\xbe\xbf]"))


def read_text(root: Path, path: str) -> tuple[str | None, list[Fault]]:
    """The text of a file, with `\\n` for line ends and without a byte-order mark; None where it has none."""
    try:
        data = (root / path).read_bytes()
    except OSError as problem:
        return None, [read_fault(path, problem)]
    return decode(data, path)


def read_fault(path: str, problem: OSError) -> Fault:
    """The fault that a file can't be read."""
    return error(path, 0, "unreadable", f"can't be read: {problem.strerror}")


def decode(data: bytes, path: str) -> tuple[str | None, list[Fault]]:
    """The text that the bytes of the file at `path` hold, as `read_text` gives it."""
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        byte = data[problem.start]
        message = f"is not UTF-8: the byte 0x{byte:02x} has no meaning here; save the file as UTF-8"
        return None, [error(path, line, "encoding", message)]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _may_hold_control(data) and (match := _CONTROL.search(text)):
        line = text.count("\n", 0, match.start()) + 1
        message = f"holds the control character U+{ord(match[0]):04X}, which no page can show; delete it"
        return None, [error(path, line, "control-character", message)]
    return text, []


def _may_hold_control(data: bytes) -> bool:
    return len(data.translate(None, _CONTROL_BYTES)) < len(data) or any(
        pattern.search(data) for pattern in _CONTROLS_BEYOND_ASCII
    )
