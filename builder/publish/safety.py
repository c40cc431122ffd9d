"""Safety: which folders may be written to, and which paths lie inside them."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path, PurePosixPath

from builder.faults import Fault, error

_LONGEST_NAME = 255  # bytes, on all common file systems
_PLAIN = re.compile(r"(?:[a-z0-9][a-z0-9.\-]{0,200}/){0,5}[a-z0-9][a-z0-9.\-]{0,200}")  # nearly all
_ONLY_PLAIN = re.compile(r"[a-z0-9.\-/\n]*")
_LONGEST_PATH = 2000  # bytes, with room for the folders above within Linux's 4,096


def output_fault(output: Path, root: Path) -> Fault | None:
    """Why `output` must not be written to, or None."""
    resolved = output.resolve()
    content = (root / "content").resolve()
    why = None
    if resolved == Path(resolved.anchor):
        why = "it is the root of the file system"
    elif resolved == Path.home().resolve():
        why = "it is your home folder"
    elif (resolved / "sitrep.toml").exists() or resolved == root.resolve():
        why = "it holds sitrep.toml, so it is an archive and not its output"
    elif resolved.is_relative_to(content) or content.is_relative_to(resolved):
        why = "it lies in content/, or content/ in it"
    elif _is_among_own_files(resolved, root):
        why = "it lies among the archive's own files"
    elif output.is_symlink():
        why = "it is a link; name the folder that it leads to"
    elif resolved.exists() and not resolved.is_dir():
        why = "it is a file"
    if why is None:
        return None
    return error(_shown(output, root), 0, "output", f"can't be the output folder: {why}; choose another with --output")


def _is_among_own_files(resolved: Path, root: Path) -> bool:
    if resolved == (root / ".sitrep" / "preview").resolve():
        return False
    return any(resolved.is_relative_to((root / name).resolve()) for name in ("themes", ".git", ".sitrep", "builder"))


def _shown(output: Path, root: Path) -> str:
    return output.relative_to(root).as_posix() if output.is_relative_to(root) else str(output)


def is_inside(path: str) -> bool:
    """Whether a path from a list on disk is one that we may touch: relative, going nowhere but down, and a name."""
    if _PLAIN.fullmatch(path):
        return True
    try:
        parts = [part.encode() for part in path.split("/")]
    except UnicodeEncodeError:
        return False
    return (
        not PurePosixPath(path).is_absolute()
        and not any(character in path for character in "\\:\0")
        and all(part not in (b"", b".", b"..") and len(part) <= _LONGEST_NAME for part in parts)
        and sum(map(len, parts)) + len(parts) <= _LONGEST_PATH
    )


def are_surely_inside(paths: Collection[str]) -> bool:
    """Whether `is_inside` holds for all of `paths`, as nearly always: found out in one go."""
    together = "\n".join(["", *paths, ""])
    return (
        _ONLY_PLAIN.fullmatch(together) is not None
        and not any(odd in together for odd in ("\n\n", "\n/", "\n.", "//", "/.", "/\n"))
        and max(map(len, paths), default=0) < _LONGEST_NAME
    )


def linked_part(folder: Path, path: str) -> str | None:
    """The first part of `path` below `folder` that is a link, or None."""
    at = folder
    for part in path.split("/"):
        at = at / part
        if at.is_symlink():
            return at.relative_to(folder).as_posix()
    return None
