"""Editors: addresses that open a file in one."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote


def editor_url(pattern: str | None, root: Path, path: str, line: int = 1) -> str | None:
    """What opens the file at `path`, relative to `root`, at a line: `pattern` with that in the places of its names.

    None where there is no pattern, or no file.

    >>> editor_url("vscode://file{path}:{line}", Path("/archive"), "content/a b.md", 3)
    'vscode://file/archive/content/a%20b.md:3'
    """
    if not pattern or not path:
        return None
    absolute = f"/{(root / path).as_posix().lstrip('/')}"  # also with a drive's letter
    return pattern.replace("{path}", quote(absolute)).replace("{line}", str(max(line, 1)))
