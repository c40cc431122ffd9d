"""Themes: where a theme and those that it extends lie, what it needs, and its options."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from builder.config import ThemeChoice
from builder.faults import ArchiveError, Fault, did_you_mean, error

FILE_NAME = "theme.toml"
KNOWN_NEEDS = frozenset({
    "activity", "calendar", "citations", "map", "metadata", "network", "recent", "related", "reliance", "share",
    "together", "ways",
})  # fmt: skip
# Entries on a page, where a theme says nothing else.
LONGEST_LIST = 200
# Beside the package in a checkout, inside it in an installed wheel.
_BUNDLED = (Path(__file__).parents[1] / "themes", Path(__file__).parents[2] / "themes")


class ThemePictures(Struct, frozen=True, forbid_unknown_fields=True):
    """`[pictures]`: in how many pixels' widths pictures are there to choose from, and how wide they are shown.

    `sizes` is the attribute of that name in HTML: by it a browser chooses before it knows the page's layout.
    """

    widths: tuple[Annotated[int, Meta(ge=50, le=10_000)], ...] = ()
    sizes: str = "100vw"


class ThemeFile(Struct, frozen=True, forbid_unknown_fields=True):
    """What a `theme.toml` says."""

    name: str
    extends: str | None = None
    needs: tuple[str, ...] = ()
    without: tuple[Annotated[str, Meta(pattern=r"^(static|templates)(/.+)?$")], ...] = ()
    longest_list: Annotated[int, Meta(ge=60, le=200)] | None = None
    pictures: ThemePictures | None = None
    options: dict[str, Any] = {}


class Theme(Struct, frozen=True):
    """A theme with those that it extends: their folders, itself first; what they need; the options' values.

    `without` has, for each of these themes by its name, the files and folders that the themes above it leave out.
    A list of more entries than `longest_list` is divided by period.
    """

    name: str
    folders: tuple[tuple[str, Path], ...]
    needs: frozenset[str]
    options: dict[str, Any]
    without: dict[str, frozenset[str]]
    longest_list: int
    pictures: ThemePictures

    def inside(self, name: str, part: str) -> Iterator[tuple[str, Path]]:
        """What lies below the folder `part` of the theme `name`, by its name there, without what is left out."""
        folder = dict(self.folders)[name] / part
        left_out = self.without[name]
        for path in sorted(folder.rglob("*")):
            own = PurePosixPath(part, path.relative_to(folder).as_posix())
            if left_out.isdisjoint(map(str, (own, *own.parents))):
                yield own.relative_to(part).as_posix(), path


def find_theme(root: Path, choice: ThemeChoice) -> Theme:
    """The theme that an archive has chosen. Raises ArchiveError where it isn't there or isn't sound."""
    places = (root / "themes", *_BUNDLED)
    folders: list[tuple[str, Path]] = []
    needs: set[str] = set()
    without: dict[str, frozenset[str]] = {}
    left_out: frozenset[str] = frozenset()
    longest_list: int | None = None
    pictures: ThemePictures | None = None
    defaults: dict[str, Any] = {}
    name: str | None = choice.name.name
    # Without a line the name is that of `--theme`, or the default.
    asked_by = ("sitrep.toml", choice.name.line) if choice.name.line else ("--theme", 0)
    while name is not None:
        folder = _folder(places, name, asked_by)
        if any(name == earlier for earlier, _ in folders):
            names = " → ".join([*(earlier for earlier, _ in folders), name])
            raise ArchiveError([error(*asked_by, "theme", f"themes extend each other in a circle: {names}")])
        folders.append((name, folder))
        file = _read(folder, root)
        needs.update(file.needs)
        without[name] = left_out
        left_out = left_out.union(file.without)
        longest_list = longest_list or file.longest_list
        pictures = pictures or file.pictures
        defaults = {**file.options, **defaults}
        asked_by = (shown(folder / FILE_NAME, root), _line_of(folder / FILE_NAME, "extends"))
        name = file.extends
    options = _options(choice, defaults)
    return Theme(
        name=choice.name.name,
        folders=tuple(folders),
        needs=frozenset(needs),
        options=options,
        without=without,
        longest_list=longest_list or LONGEST_LIST,
        pictures=pictures or ThemePictures(),
    )


def _folder(places: tuple[Path, ...], name: str, asked_by: tuple[str, int]) -> Path:
    if "/" not in name and "\\" not in name and not name.startswith("."):
        for place in places:
            if (place / name / FILE_NAME).is_file():
                return place / name
    known = sorted({path.parent.name for place in places for path in place.glob(f"*/{FILE_NAME}")})
    listed = f" (there are: {', '.join(known)})" if known else ""
    message = f'there is no theme "{name}"{did_you_mean(name, known)}{listed}; a theme is a folder themes/NAME/'
    raise ArchiveError([error(*asked_by, "theme", message, "theme")])


def _read(folder: Path, root: Path) -> ThemeFile:
    path = folder / FILE_NAME
    try:
        file = msgspec.convert(tomllib.loads(path.read_text("utf-8")), ThemeFile)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError, OSError) as problem:
        raise ArchiveError([_read_fault(path, root, problem)]) from problem
    for need in file.needs:
        if need not in KNOWN_NEEDS:
            message = f'needs: nothing is called "{need}"{did_you_mean(need, KNOWN_NEEDS)}'
            raise ArchiveError([error(shown(path, root), _line_of(path, "needs"), "theme", message)])
    return file


def _read_fault(path: Path, root: Path, problem: Exception) -> Fault:
    text = str(problem)
    if isinstance(problem, OSError):
        return error(shown(path, root), 0, "theme", f"can't be read: {problem.strerror}")
    if isinstance(problem, UnicodeDecodeError):
        return error(shown(path, root), 0, "theme", "is not UTF-8; save the file as UTF-8")
    if isinstance(problem, tomllib.TOMLDecodeError):
        at_line = re.search(r"\(at line (\d+)", text)
        line = int(at_line[1]) if at_line else path.read_text("utf-8").count("\n") + 1  # at the end
        message = f'this is not TOML: {text.partition(" (at ")[0]}; texts stand in quotes, as in name = "ours"'
        return error(shown(path, root), line, "theme", message)
    if unknown := re.search(r"unknown field `(.+?)`", text):
        known = (*ThemeFile.__struct_fields__, *ThemePictures.__struct_fields__)
        message = f'there is no "{unknown[1]}" in a theme.toml{did_you_mean(unknown[1], known)}'
        return error(shown(path, root), _line_of(path, unknown[1]), "theme", message)
    return error(shown(path, root), 1, "theme", text)


def _line_of(path: Path, key: str) -> int:
    """The line on which a theme.toml, which was read before, gives `key`, or begins the table of that name."""
    lines = enumerate(path.read_text("utf-8").split("\n"), 1)
    return next((number for number, line in lines if re.match(rf"\s*\[?{re.escape(key)}\s*[]=]", line)), 1)


def _options(choice: ThemeChoice, defaults: dict[str, Any]) -> dict[str, Any]:
    faults = []
    for name, option in choice.options.items():
        if name not in defaults:
            message = f'the theme has no option "{name}"{did_you_mean(name, defaults)}'
            faults.append(error("sitrep.toml", option.line, "theme", message, "theme"))
        elif not _is_like(option.value, defaults[name]):
            message = f"{name}: must be of the kind of its default, {json.dumps(defaults[name], ensure_ascii=False)}"
            faults.append(error("sitrep.toml", option.line, "theme", message, "theme"))
    if faults:
        raise ArchiveError(faults)
    return {**defaults, **{name: option.value for name, option in choice.options.items()}}


def _is_like(value: Any, default: Any) -> bool:
    if isinstance(default, float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is type(default)


def shown(path: Path, root: Path) -> str:
    """A theme's file as faults name it: from the archive's root, or else from the folder of the bundled themes."""
    if path.is_relative_to(root):
        return path.relative_to(root).as_posix()
    place = next((place for place in _BUNDLED if path.is_relative_to(place)), None)
    return path.relative_to(place.parent).as_posix() if place else str(path)
