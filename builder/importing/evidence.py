"""Evidence: a capture's bytes go into the archive as they came, with a record of when and how beside them."""

from __future__ import annotations

import json
import os
import re
import tempfile
from pathlib import Path

from msgspec import Struct

from builder.names import slug

_SUFFIXES = {
    "page": ".html",
    "text": ".txt",
    "mhtml": ".mhtml",
    "warc": ".warc",
    "wacz": ".wacz",
    "feed": ".xml",
    "post": ".md",
}


class Origin(Struct, frozen=True):
    """How a capture came here. `imported` is ISO 8601 in UTC; `operator` is empty unless the archive names one."""

    source: str
    imported: str
    version: str
    settings: dict[str, str]
    url: str = ""
    fetched: str = ""
    operator: str = ""


def capture_path(name: str, year: str, sha256: str, kind: str, data: bytes) -> str:
    """Where a capture is kept, below `content/`: by year and by its own name, with the start of its digest."""
    stem = slug(re.sub(r"\.\w{1,6}(?:\.gz)?$", "", name.rstrip("/").rpartition("/")[2]))[:60].strip("-") or kind
    suffix = _SUFFIXES.get(kind, ".bin")
    if kind == "warc" and data.startswith(b"\x1f\x8b"):
        suffix += ".gz"
    return f"captures/{year}/{stem}-{sha256[:12]}{suffix}"


def keep(root: Path, path: str, data: bytes, sha256: str, origin: Origin) -> None:
    """Writes a capture to `content/`PATH and its record beside it, unless they are there. Raises OSError."""
    target = root / "content" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        write_new(target, data)
    record = target.with_name(f"{target.name}.json")
    if not record.exists():
        fields = {
            "sha256": sha256,
            "bytes": len(data),
            "source": origin.source,
            "url": origin.url,
            "fetched": origin.fetched,
            "imported": origin.imported,
            "program": f"sitrep {origin.version}",
            "settings": origin.settings,
            "operator": origin.operator,
        }
        text = json.dumps({name: value for name, value in fields.items() if value != ""}, ensure_ascii=False, indent=2)
        write_new(record, f"{text}\n".encode())


def write_new(target: Path, data: bytes) -> None:
    """Writes a file that appears whole or not at all, and never in the place of another. Raises OSError."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".sitrep-")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
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
