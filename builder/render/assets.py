"""Assets: a theme's static files, each under a name that holds the hash of its final bytes."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from msgspec import Struct

from builder.faults import ArchiveError, Fault, error
from builder.names import slug
from builder.render.references import imports_part, in_script, in_stylesheet, is_part, with_parts
from builder.render.theme import Theme, shown

_HASH_LENGTH = 12


class Asset(Struct, frozen=True):
    """A file of the site: its address, and its bytes."""

    address: str
    data: bytes


def hashed_address(name: str, data: bytes) -> str:
    """`/assets/NAME.HASH.ext` for a file's name (with folders) and its bytes."""
    path = PurePosixPath(name)
    digest = hashlib.sha256(data).hexdigest()[:_HASH_LENGTH]
    folder = "" if str(path.parent) == "." else f"{path.parent}/"
    return f"/assets/{folder}{path.stem}.{digest}{path.suffix}"


def media_address(path: str, digest: str) -> str:
    """The address of a file in `content/media/` with that SHA-256."""
    file = PurePosixPath(path)
    return f"/assets/{slug(file.stem)[:100] or 'file'}.{digest[:_HASH_LENGTH]}{file.suffix.lower()}"


def static_files(theme: Theme, root: Path) -> dict[str, Path]:
    """The theme's static files by name. Raises ArchiveError where one is a link out of the theme.

    A file of the theme itself replaces one of the same name of a theme that it extends.
    """
    files: dict[str, Path] = {}
    for theme_name, folder in reversed(theme.folders):
        for name, path in theme.inside(theme_name, "static"):
            if not path.resolve().is_relative_to(folder.resolve()):
                message = "is a link out of the theme; put the file itself here"
                raise ArchiveError([error(shown(path, root), 0, "link", message)])
            if path.is_file() and not path.name.startswith("."):
                files[name] = path
    return files


def theme_assets(files: Mapping[str, Path], root: Path) -> dict[str, Asset]:
    """Static files by name, with what stylesheets and scripts refer to under its hashed name.

    A stylesheet whose name begins with `_` is a part of those that import it, and no asset. Raises ArchiveError where a
    file can't be read, and where one refers to another host, to nothing, or in a circle.
    """
    return _Hasher(files, root).assets()


class _Hasher:
    """Hashes leaves first, since the bytes of a stylesheet or script hold the names of what it refers to."""

    def __init__(self, files: Mapping[str, Path], root: Path) -> None:
        self._files = files
        self._root = root
        self._done: dict[str, Asset] = {}
        self._under_way: list[str] = []
        self._faults: list[Fault] = []

    def assets(self) -> dict[str, Asset]:
        found = {name: self._asset(name) for name in sorted(self._files) if not is_part(name)}
        if self._faults:
            raise ArchiveError(self._faults)
        return found

    def _asset(self, name: str) -> Asset:
        if name not in self._done:
            data = self._data(name, posixpath.dirname(name))
            self._done[name] = Asset(hashed_address(name, data), data)
        return self._done[name]

    def _data(self, name: str, folder: str) -> bytes:
        """The bytes of a file that will lie in `folder`."""
        self._under_way.append(name)
        try:
            data = self._files[name].read_bytes()
            if name.endswith((".css", ".js")):
                data = self._with_hashed_names(name, folder, data.decode("utf-8")).encode()
        except (OSError, UnicodeDecodeError) as problem:
            why = problem.strerror if isinstance(problem, OSError) else "it is not UTF-8"
            self._tell(name, 0, f"can't be read: {why}")
            data = b""
        self._under_way.pop()
        return data

    def _with_hashed_names(self, name: str, folder: str, text: str) -> str:
        own = posixpath.dirname(name)

        def renamed(target: str, line: int) -> str | None:
            if target.startswith(("data:", "#")):
                return None
            file, mark, rest = _divided(target)
            other = posixpath.normpath(posixpath.join(own, file))
            if problem := self._problem(other, target):
                self._tell(name, line, problem)
                return None
            if is_part(other):
                if not imports_part(text.split("\n")[line - 1]):
                    self._tell(name, line, f'"{target}" is a part; write @import "{target}"; on a line of its own')
                return None
            path = posixpath.relpath(self._asset(other).address, f"/assets/{folder}")
            # A script's import of a file must not look like that of a package.
            path = path if path.startswith(".") or not name.endswith(".js") else f"./{path}"
            return f"{path}{mark}{rest}"

        if name.endswith(".js"):
            return in_script(text, renamed)

        def part(target: str) -> str:
            other = posixpath.normpath(posixpath.join(own, target))
            return "" if self._problem(other, target) else self._data(other, folder).decode()

        return with_parts(in_stylesheet(text, renamed), part)

    def _problem(self, other: str, target: str) -> str | None:
        if "//" in target:
            return f'"{target}" is on another host; put the file into static/, as readers\' browsers ask no other host'
        if other in self._under_way:
            return f'"{target}" refers back to this file'
        return None if other in self._files else f'there is no "{target}"'

    def _tell(self, name: str, line: int, message: str) -> None:
        self._faults.append(error(shown(self._files[name], self._root), line, "theme", message))


def _divided(target: str) -> tuple[str, str, str]:
    """A reference as the file, the `?` or `#` behind it, and what follows."""
    match = re.search(r"[?#]", target)
    return (target[: match.start()], match[0], target[match.end() :]) if match else (target, "", "")
