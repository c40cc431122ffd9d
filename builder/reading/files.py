"""Files: what lies in `content/`, and the text of one file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from builder.faults import Fault, error, warning
from builder.reading.nodes import UNSHOWABLE

# U+0085 is a line end to YAML and none to editors.
_CONTROL = re.compile(rf"{UNSHOWABLE.pattern}|\x85")


def walk(root: Path, folder: str, faults: list[Fault]) -> Iterator[str]:
    """Every file below `root`/`folder`, as a path relative to `root` with forward slashes, in order.

    Files and folders whose names begin with a dot or a #, or end with `~`, are editors' and systems' own: left out.
    A folder that can't be read is an error, since its files would seem to be gone; so is a name that is not UTF-8.
    """

    def unreadable(problem: OSError) -> None:
        place = Path(problem.filename)
        if place != root / folder or not isinstance(problem, FileNotFoundError):
            faults.append(error(_relative(place, root), 0, "unreadable", f"can't be read: {problem.strerror}"))

    if (root / folder).is_symlink():
        faults.append(
            error(folder, 0, "link", "is a link to a folder, which isn't followed; put the folder itself here")
        )
        return
    for place, folders, names in os.walk(root / folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if _is_content(name))
        for name in folders:
            if Path(place, name).is_symlink():
                message = "is a link to a folder, which isn't followed; put the folder itself here"
                faults.append(warning(_relative(Path(place, name), root), 0, "not-read", message))
        for name in sorted(filter(_is_content, names)):
            path = _relative(Path(place, name), root)
            fault = _name_fault(path) or _link_fault(root, folder, path)
            if fault is None:
                yield path
            else:
                faults.append(fault)


def _relative(place: Path, root: Path) -> str:
    return place.relative_to(root).as_posix()


def _is_content(name: str) -> bool:
    return not name.startswith((".", "#")) and not name.endswith("~")


def _link_fault(root: Path, folder: str, path: str) -> Fault | None:
    """A link out of its folder would publish a file that nobody meant to, of the archive or of this machine."""
    place = root / path
    if not place.is_symlink() or place.resolve().is_relative_to((root / folder).resolve()):
        return None
    return error(path, 0, "link", f"is a link out of {folder}; put the file itself here")


def _name_fault(path: str) -> Fault | None:
    try:
        path.encode()
    except UnicodeEncodeError:
        shown = path.encode("utf-8", "backslashreplace").decode()
        return error(shown, 0, "encoding", "has a name that is not UTF-8; rename the file")
    return None


def read_text(root: Path, path: str) -> tuple[str | None, list[Fault]]:
    """The text of a file, with `\\n` for line ends and without a byte-order mark; None where it has none."""
    try:
        data = (root / path).read_bytes()
    except OSError as problem:
        return None, [error(path, 0, "unreadable", f"can't be read: {problem.strerror}")]
    return decode(data, path)


def decode(data: bytes, path: str) -> tuple[str | None, list[Fault]]:
    """The text that the bytes of the file at `path` hold, as `read_text` gives it."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        byte = data[problem.start]
        message = f"is not UTF-8: the byte 0x{byte:02x} has no meaning here; save the file as UTF-8"
        return None, [error(path, line, "encoding", message)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if match := _CONTROL.search(text):
        line = text.count("\n", 0, match.start()) + 1
        message = f"holds the control character U+{ord(match[0]):04X}, which no page can show; delete it"
        return None, [error(path, line, "control-character", message)]
    return text, []
