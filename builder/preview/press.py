"""The press: makes the pages that a view has, one by one, of the same recipes and by the same templates as a build."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct, msgpack

from builder.cache import CACHE_FOLDER, Pieces, open_cache
from builder.dataset.formats import KEPT, rows_key
from builder.faults import ArchiveError, Fault
from builder.pages import KINDS, Recipe
from builder.pages.rows import row_pieces
from builder.pages.shelf import Shelf
from builder.plan import Page, Site
from builder.plan.rows import Rows
from builder.preview.ahead import page_ahead
from builder.preview.view import Reading, View
from builder.render.templates import Templates
from builder.render.templating import BrokenTemplate, Renderer, compiled_templates
from builder.words import words_of
from builder.work.making import page_bytes

_KEPT = 500  # pages that were made lately


class Made(Struct, frozen=True):
    """A page: its bytes; or why it can't be made now, with those of the last time, if there was one."""

    data: bytes | None
    fault: Fault | None = None


class Press:
    """What pages are made with, as long as nothing of it has changed. All of it belongs to one thread."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._folder = reading.root / CACHE_FOLDER
        self._pieces: tuple[int, Pieces] | None = None
        self._shelves: dict[str, tuple[Any, Shelf]] = {}  # by language, with what they were made of
        self._renderers: dict[str, tuple[Any, Renderer]] = {}
        self._view: View | None = None  # that of the last page
        self._made: dict[str, bytes] = {}  # by address, those that were made last at the end
        self._fresh: set[str] = set()  # which of them are of that view

    def page(self, view: View, page: Page) -> Made:
        """A page of a view. Raises DamagedCache where pieces that it is made of are gone."""
        if view is not self._view:
            self._view, self._fresh = view, set()
        kept = self._made.get(page.address)
        if kept is not None and page.address in self._fresh:
            return Made(kept)
        try:
            data = self._printed(view, page, view.plan.recipe(page))
        except BrokenTemplate as problem:
            return Made(kept, problem.fault)
        self._remember(page.address, data)
        return Made(data)

    def ahead(self, view: View, paths: Iterable[str]) -> dict[str, bytes] | None:
        """The pages, by address, of the briefings at `paths` as they lie there now; None where one can't be told.

        Raises ArchiveError, with what is wrong in all of them, where something is.
        """
        found: dict[str, bytes] | None = {}
        faults: list[Fault] = []
        for path in paths:
            try:
                ahead = page_ahead(self._reading, view, self._opened(), path)
                if ahead is None or found is None:
                    found = None
                else:
                    page, recipe = ahead
                    found[page.address] = self._printed(view, page, recipe)
            except ArchiveError as problem:
                faults += problem.faults
            except BrokenTemplate:
                found = None
        if faults:
            raise ArchiveError(faults)
        return found

    def unkept(self, view: View, page: Page) -> bytes:
        """A page of a view that nobody looks at. Raises BrokenTemplate, and DamagedCache as `page` does."""
        return self._printed(view, page, view.plan.recipe(page))

    def piece(self, key: bytes) -> bytes:
        """A piece, such as a picture that is shown in the place of a file. Raises DamagedCache where it is gone."""
        return self._opened().get(key)

    def _remember(self, address: str, data: bytes) -> None:
        self._made.pop(address, None)
        self._made[address] = data
        self._fresh.add(address)
        while len(self._made) > _KEPT:
            oldest = next(iter(self._made))
            del self._made[oldest]
            self._fresh.discard(oldest)

    def _printed(self, view: View, page: Page, recipe: Recipe) -> bytes:
        site = view.plan.part(page).site
        shelf, renderer = self._shelf(site), self._renderer(site, view.look.templates)
        if not KINDS[page.kind].template:
            self._keep_rows(view.plan.rows)
        data = page_bytes(shelf, renderer, page.kind, page.address, msgpack.encode(recipe))
        pieces = self._opened()
        pieces.put(shelf.drawn)
        shelf.drawn.clear()
        pieces.used.clear()  # nobody asks, and it would grow for ever
        return data

    def _keep_rows(self, rows: Rows) -> None:
        """Makes the rows of the data set that aren't kept."""
        pieces, shelf = self._opened(), self._shelf(rows.site)
        for year in rows.years:
            if pieces.missing(rows_key(year.key, kept) for kept in KEPT):
                pieces.put(row_pieces(shelf, year.key, rows.recipes(year)))

    def _shelf(self, site: Site) -> Shelf:
        basis = (site.scene, site.labels, self._opened())
        known = self._shelves.get(site.archive.language)
        if known is None or known[0] != basis:
            known = (basis, Shelf(site.scene, site.labels, words_of(site.catalogues), self._opened()))
            self._shelves[site.archive.language] = known
        return known[1]

    def _renderer(self, site: Site, templates: Templates) -> Renderer:
        basis = (templates, site.catalogues, site.language)
        known = self._renderers.get(site.archive.language)
        if known is None or known[0] != basis:
            wording = self._shelf(site).wording
            compiled = compiled_templates(site.language, site.catalogues)
            known = (basis, Renderer(templates, wording, self._reading.root, self._html, compiled))
            self._renderers[site.archive.language] = known
        return known[1]

    def _html(self, key: bytes) -> str:
        return self._opened().get(key).decode()

    def _opened(self) -> Pieces:
        """The pieces; opened again where somebody has emptied the cache, which is always safe."""
        inode = Pieces.inode(self._folder)
        if self._pieces is None or self._pieces[0] != inode:
            folder, _ = open_cache(self._reading.root)  # which may be gone as a whole
            self._pieces = (inode, Pieces(folder))
        return self._pieces[1]
