"""Making, as work: recipes become pages, which are written to their places."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from msgspec import msgpack

from builder.cache import Pieces
from builder.pages import KINDS
from builder.pages.inputs import inputs_of
from builder.pages.parts import parts_of
from builder.pages.rows import row_pieces
from builder.pages.shelf import Shelf
from builder.render.templating import BrokenTemplate, Renderer, compiled_templates
from builder.share.png import drawing_key, png
from builder.words import words_of
from builder.work.shared import pieces_in
from builder.work.tasks import Made, Making, MakingTask, RowsTask, Stage


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


def make_rows(task: RowsTask) -> int:
    """Makes the rows of a task in every format, and keeps them as pieces. Returns how many there are."""
    shelves, _ = _ready(task.cache, task.stage, Pieces.inode(Path(task.cache)))
    pieces = pieces_in(task.cache)
    with pieces.at_rest():
        made = row_pieces(shelves[""], task.year, task.rows)
    pieces.put(made)
    return len(task.rows)


def page_bytes(shelf: Shelf, renderer: Renderer, kind: str, address: str, recipe: bytes) -> bytes:
    """The page or file at `address`. Raises BrokenTemplate where its template is at fault."""
    if not KINDS[kind].template:
        return b"".join(parts_of(kind, shelf, recipe))
    data = renderer.render(KINDS[kind].template, inputs_of(kind, shelf, address, recipe), address)
    return _png(renderer, kind, address, data) if KINDS[kind].drawn else data


def _made(shelf: Shelf, renderer: Renderer, page: Making) -> Made:
    if not KINDS[page.kind].template:
        return _made_file(shelf, page)
    try:
        if KINDS[page.kind].drawn:
            return _made_drawing(shelf, renderer, page)
        data = page_bytes(shelf, renderer, page.kind, page.address, page.recipe)
    except BrokenTemplate as problem:
        return Made("", problem.fault)
    digest = hashlib.sha256(data).hexdigest()
    if digest != page.current and page.place is not None:
        _write(page.place, data)
    return Made(digest)


def _made_drawing(shelf: Shelf, renderer: Renderer, page: Making) -> Made:
    """What a drawing becomes takes longest: it isn't made again to find out that it is there."""
    inputs = inputs_of(page.kind, shelf, page.address, page.recipe)
    drawing = renderer.render(KINDS[page.kind].template, inputs, page.address)
    key = drawing_key(drawing)
    kept = shelf.kept(key)
    if kept is not None and kept.hex() == page.current:
        return Made(kept.hex())
    data = _png(renderer, page.kind, page.address, drawing)
    digest = hashlib.sha256(data)
    shelf.drawn.append((key, digest.digest()))
    if digest.hexdigest() != page.current and page.place is not None:
        _write(page.place, data)
    return Made(digest.hexdigest())


def _png(renderer: Renderer, kind: str, address: str, drawing: bytes) -> bytes:
    try:
        return png(drawing)
    except ValueError as problem:
        message = f"what it makes is no SVG that can be drawn: {problem}"
        raise renderer.broken(KINDS[kind].template, message, address) from problem


def _made_file(shelf: Shelf, page: Making) -> Made:
    """Its parts are made twice, which costs less than a large file in memory."""
    whole = hashlib.sha256()
    for part in parts_of(page.kind, shelf, page.recipe):
        whole.update(part)
    digest = whole.hexdigest()
    if digest != page.current and page.place is not None:
        _make_folder(page.place)
        with open(page.place, "wb") as file:  # noqa: PTH123
            file.writelines(parts_of(page.kind, shelf, page.recipe))
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
        language: Renderer(
            stage.templates,
            shelf.wording,
            root,
            shelf.html,
            compiled_templates(shelf.scene.language, stage.words[language]),
        )
        for language, shelf in shelves.items()
    }
    return shelves, renderers
