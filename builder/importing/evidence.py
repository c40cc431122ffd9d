"""Evidence: a capture's bytes go into the archive as they came, with a record of when and how beside them."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
import stat
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from builder.importing.capture import Kind, kind_of
from builder.names import slug

_SUFFIXES = {
    "page": ".html",
    "text": ".txt",
    "mhtml": ".mhtml",
    "warc": ".warc",
    "wacz": ".wacz",
    "feed": ".xml",
    "post": ".md",
    "mail": ".eml",
    "mailbox": ".mbox",
    "pdf": ".pdf",
    "word": ".docx",
    "table": ".csv",
    "json": ".json",
    "wordpress": ".xml",
}
HEAD = 65_537  # bytes: enough to tell what a file is, and that it goes on
_START, _END = ".sitrep-", ".part"
# As `tempfile` names them: other files of an archive, and of a person, begin so too.
_OURS = re.compile(rf"{re.escape(_START)}[a-z0-9_]{{8}}{re.escape(_END)}")
_STALE = 3600  # seconds: nothing is written for so long
_HELD = 2_000_000_000  # bytes: a ZIP file that is larger isn't looked into


class Origin(Struct, frozen=True):
    """How a capture came here. `imported` is ISO 8601 in UTC; `operator` is empty unless the archive names one."""

    source: str
    imported: str
    version: str
    settings: dict[str, str]
    url: str = ""
    fetched: str = ""
    operator: str = ""


class Original(Struct, frozen=True):
    """The bytes of a capture, in a file at `path` or in `data`, and what is known of them."""

    sha256: str
    size: int
    kind: Kind
    suffix: str
    path: str = ""
    data: bytes = b""


def original_in(path: str) -> Original:
    """The capture in a file, which may be larger than memory. Raises OSError."""
    if not stat.S_ISREG(Path(path).stat().st_mode):
        raise OSError(errno.EINVAL, "it is a pipe or a device; send what is in it to standard input, and give -")
    with Path(path).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
        file.seek(0)
        head = file.read(HEAD)
    # What a ZIP file is, its end tells.
    kind = kind_of(Path(path).read_bytes() if head.startswith(b"PK") and size < _HELD else head)[0]
    return Original(digest, size, kind, _suffix(kind, head), path)


def original_of(data: bytes) -> Original:
    """The capture that `data` is."""
    kind = kind_of(data)[0]
    return Original(hashlib.sha256(data).hexdigest(), len(data), kind, _suffix(kind, data), "", data)


def _suffix(kind: Kind, data: bytes) -> str:
    suffix = _SUFFIXES.get(kind, ".bin")
    return f"{suffix}.gz" if kind == "warc" and data.startswith(b"\x1f\x8b") else suffix


def capture_path(name: str, year: str, original: Original) -> str:
    """Where a capture is kept, below `content/`: by year and by its own name, with the start of its digest."""
    stem = slug(re.sub(r"\.\w{1,6}(?:\.gz)?$", "", name.rstrip("/").rpartition("/")[2]))[:60].strip("-")
    return f"captures/{year}/{stem or original.kind}-{original.sha256[:12]}{original.suffix}"


def keep(root: Path, path: str, original: Original, origin: Origin) -> None:
    """Writes a capture to `content/`PATH, whose folder is there, and its record beside it, unless they are there.

    Raises OSError.
    """
    target = root / "content" / path
    if not target.exists():
        with Path(original.path).open("rb") if original.path else BytesIO(original.data) as source:
            write_new(target, source)
    record = target.with_name(f"{target.name}.json")
    if not record.exists():
        fields = {
            "sha256": original.sha256,
            "bytes": original.size,
            "source": origin.source,
            "url": origin.url,
            "fetched": origin.fetched,
            "imported": origin.imported,
            "program": f"sitrep {origin.version}",
            "settings": origin.settings,
            "operator": origin.operator,
        }
        text = json.dumps({name: value for name, value in fields.items() if value != ""}, ensure_ascii=False, indent=2)
        write_new(record, BytesIO(f"{text}\n".encode()))


def write_new(target: Path, source: BinaryIO) -> None:
    """Writes a file that appears whole or not at all, and never in the place of another. Raises OSError."""
    if not _write_unnamed(target, source):
        source.seek(0)
        _write_named(target, source)


def clear_away(folder: Path, now: float) -> None:
    """Deletes what a killed import has left of files in `folder` that have names before they are whole.

    Only files that are named as ours are, belong to us, and haven't been written to for an hour before `now`, which is
    in seconds since 1970.
    """
    try:
        with os.scandir(folder) as found:
            left = [entry for entry in found if _OURS.fullmatch(entry.name) and entry.is_file(follow_symlinks=False)]
    except OSError:  # who writes there is told
        return
    for entry in left:
        with contextlib.suppress(OSError):
            found_at = entry.stat(follow_symlinks=False)
            is_ours = not hasattr(os, "getuid") or found_at.st_uid == os.getuid()
            if is_ours and now - found_at.st_mtime > _STALE:
                Path(entry.path).unlink()


def _write_unnamed(target: Path, source: BinaryIO) -> bool:
    """Writes a file that has no name before it is whole, so that nothing stays of it where the program is killed; false
    where the system or the file system has no such files."""
    if sys.platform != "linux":
        return False
    try:
        descriptor = os.open(target.parent, os.O_TMPFILE | os.O_WRONLY, 0o644)
    except OSError:  # what else is wrong, who writes a file with a name is told
        return False
    with os.fdopen(descriptor, "wb") as file:
        shutil.copyfileobj(source, file)
        file.flush()
        os.fchmod(descriptor, 0o644)
        try:
            # Python follows the link only where a folder is given, whichever it is: see open(2), O_TMPFILE.
            os.link(f"/proc/self/fd/{descriptor}", target, src_dir_fd=descriptor, follow_symlinks=True)
        except FileExistsError:
            raise
        except OSError:  # no /proc
            return False
    return True


def _write_named(target: Path, source: BinaryIO) -> None:
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=_START, suffix=_END)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            shutil.copyfileobj(source, file)
        temporary.chmod(0o644)
        # A link fails where a file is already; renaming would put ours in its place.
        try:
            os.link(temporary, target)
        except (OSError, NotImplementedError) as problem:
            if isinstance(problem, FileExistsError) or target.exists():
                raise
            temporary.rename(target)  # a file system without links
    finally:
        temporary.unlink(missing_ok=True)
