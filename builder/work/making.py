"""Making, as work: recipes become pages, which are written to their places."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from msgspec import Struct, msgpack

from builder.cache import Pieces
from builder.faults import Fault
from builder.pages import KINDS, FileKind, Scene, Shelf
from builder.pages.recipes import RowRecipe
from builder.pages.rows import row_pieces
from builder.pages.scene import Labels
from builder.render.templates import Templates
from builder.render.templating import BrokenTemplate, Renderer
from builder.words import words_of
from builder.work.shared import pieces_in


class Stage(Struct, frozen=True):
    """What all pages of a build are made with: it is kept as a piece. `root` is the archive's, for messages.

    `scenes` and `labels` are by language, and so are `words`, which are compiled catalogues.
    """

    root: str
    scenes: dict[str, Scene]
    labels: dict[str, Labels]
    words: dict[str, tuple[bytes, ...]]
    templates: Templates


class Making(Struct, frozen=True, array_like=True):
    """One page to make. `current` is the SHA-256 (hexadecimal) of what lies at its place: that isn't written again."""

    language: str
    address: str
    kind: str
    recipe: bytes
    place: str | None
    current: str | None


class MakingTask(Struct, frozen=True):
    """Some pages to make, with the stage that is the piece under a key, of the pieces in `cache`."""

    cache: str
    stage: bytes
    pages: tuple[Making, ...]


class Made(Struct, frozen=True, array_like=True):
    """What became of a page: the SHA-256 of its bytes (hexadecimal), or why it couldn't be made."""

    digest: str
    fault: Fault | None = None


class RowsTask(Struct, frozen=True):
    """The rows of a year to make, which `year` is the fingerprint of, with the stage that is the piece under a key."""

    cache: str
    stage: bytes
    year: bytes
    rows: tuple[RowRecipe, ...]


def make_rows(task: RowsTask) -> int:
    """Makes the rows of a task in every format, and keeps them as pieces. Returns how many there are."""
    shelves, _ = _ready(task.cache, task.stage, Pieces.inode(Path(task.cache)))
    pieces = pieces_in(task.cache)
    with pieces.at_rest():
        made = row_pieces(shelves[""], task.year, task.rows)
    pieces.put(made)
    return len(task.rows)


def make_pages(task: MakingTask) -> list[Made]:
    """Makes the pages of a task, and writes those that are new. Raises OSError where one can't be written."""
    shelves, renderers = _ready(task.cache, task.stage, Pieces.inode(Path(task.cache)))
    pieces = pieces_in(task.cache)
    with pieces.at_rest():
        made = [_made(shelves[page.language], renderers[page.language], page) for page in task.pages]
    for shelf in shelves.values():
        pieces.put(shelf.drawn)
        shelf.drawn.clear()
    return made


def _made(shelf: Shelf, renderer: Renderer, page: Making) -> Made:
    kind = KINDS[page.kind]
    if isinstance(kind, FileKind):
        return _made_file(kind, shelf, page)
    inputs = kind.inputs(shelf, page.address, kind.decode(page.recipe))
    try:
        data = renderer.render(kind.template, inputs, page.address)
    except BrokenTemplate as problem:
        return Made("", problem.fault)
    digest = hashlib.sha256(data).hexdigest()
    if digest != page.current and page.place is not None:
        _write(page.place, data)
    return Made(digest)


def _made_file(kind: FileKind, shelf: Shelf, page: Making) -> Made:
    """Its parts are made twice, which costs less than a large file in memory."""
    recipe = kind.decode(page.recipe)
    whole = hashlib.sha256()
    for part in kind.parts(shelf, recipe):
        whole.update(part)
    digest = whole.hexdigest()
    if digest != page.current and page.place is not None:
        _make_folder(page.place)
        with open(page.place, "wb") as file:  # noqa: PTH123
            file.writelines(kind.parts(shelf, recipe))
    return Made(digest)


def _make_folder(place: str) -> None:
    # By texts: a `Path` takes as long to make as the file to write. Most pages have a folder of their own.
    folder = place.rpartition("/")[0]
    try:
        os.mkdir(folder)  # noqa: PTH102
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103


def _write(place: str, data: bytes) -> None:
    _make_folder(place)
    # Without a file object, which takes longer to make than the file itself.
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        written = os.write(descriptor, data)
        while written < len(data):
            written += os.write(descriptor, data[written:])
    finally:
        os.close(descriptor)


@lru_cache(maxsize=1)
def _ready(cache: str, key: bytes, _inode: int) -> tuple[dict[str, Shelf], dict[str, Renderer]]:
    """The shelf of each language, and what makes bytes of inputs in it."""
    pieces = pieces_in(cache)
    stage = msgpack.decode(pieces.get(key), type=Stage)
    shelves = {
        language: Shelf(scene, stage.labels[language], words_of(stage.words[language]), pieces)
        for language, scene in stage.scenes.items()
    }
    root = Path(stage.root)
    renderers = {
        language: Renderer(stage.templates, shelf.wording, root, shelf.html) for language, shelf in shelves.items()
    }
    return shelves, renderers
