"""The engine: answers with the page that a build would make now, and makes what was saved before all else."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

from msgspec import Struct
from msgspec.structs import replace

from builder.cache import DamagedCache, discard, open_cache
from builder.faults import ArchiveError, Fault, error
from builder.plan import Page
from builder.preview.moves import Moves
from builder.preview.press import Press
from builder.preview.view import Reading, View, read_view
from builder.reading.sources import is_markdown

_MOST_AHEAD = 10  # more that were saved at once are sooner shown by reading everything
_TRIES = 3  # somebody may empty the cache meanwhile
# Seconds: of quiet before all is read, behind pages that were shown ahead of it or else; and the longest to wait.
_QUIET_BEHIND, _QUIET, _LONGEST = 0.25, 0.05, 1.5


class Update(Struct, frozen=True):
    """What came of something that was saved: all that is wrong now, and how many seconds it took.

    `paths` are those that were saved; `ahead` says that only their own pages were made. `view` is what is shown.
    """

    paths: frozenset[str]
    ahead: bool
    faults: tuple[Fault, ...]
    seconds: float
    view: View | None


class _Ahead(Struct, frozen=True):
    """A page that was made before all was read: after which change, of which path, and its bytes.

    It is `current` until its path is saved again. After that it is only the last good one, for as long as the archive
    can't be read.
    """

    change: int
    path: str
    data: bytes
    current: bool = True


class Engine:
    """The archive in memory. All of it is used from one event loop; two threads work for it.

    One makes pages, so that these never wait for the other, which reads the archive. `tell` is called with what came
    of each change, `pushed` with the addresses whose pages may be others now (None: any).
    """

    def __init__(
        self, reading: Reading, tell: Callable[[Update], None], pushed: Callable[[Collection[str] | None], None]
    ) -> None:
        self.view: View | None = None
        self.drafts = reading.drafts
        self._reading, self._tell, self._pushed = reading, tell, pushed
        self._press = Press(reading)
        self._making, self._behind = ThreadPoolExecutor(1, "making"), ThreadPoolExecutor(1, "reading")
        self._faults: tuple[Fault, ...] = ()
        self._standing: tuple[Fault, ...] = ()  # what no reading mends
        self._moves = Moves()
        self._broken: dict[str, Fault] = {}  # why pages can't be made, by address
        self._saved, self._read = 1, 0  # how many changes there were, beginning with all; how many were read
        self._unread: set[str] | None = None  # where those were that no view has; None: anywhere
        self._first_unread = 0.0
        self._only_ahead = False  # whether the pages of all that wasn't read were made ahead
        self._ahead: dict[str, _Ahead] = {}  # by address
        self._task: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._is_damaged = False

    def faults(self, address: str = "") -> tuple[Fault, ...]:
        """All that is wrong with the archive as it lies there, and with making the page at `address`."""
        broken = self._broken.get(address)
        return (*([broken] if broken is not None else []), *self._faults, *self._standing)

    def warn(self, fault: Fault) -> None:
        """Tells of something that is wrong as long as the preview runs."""
        self._standing = (*self._standing, fault)
        self._tell(Update(frozenset(), False, self.faults(), 0.0, self.view))

    def moved_to(self, address: str) -> str | None:
        """Where the page is now that was at `address` earlier, while the preview ran."""
        return self._moves.now(self.view, address) if self.view is not None else None

    async def follow(self, paths: Collection[str]) -> None:
        """Something was saved at `paths`, relative to the archive's root. Shows their own pages at once, if it can."""
        start = perf_counter()
        was_read = self._saved == self._read
        self._saved += 1
        change, view, pages = self._saved, self.view, None
        faults: tuple[Fault, ...] = ()
        if was_read:
            self._first_unread = start
        self._note(paths)
        if view is not None and (was_read or self._only_ahead) and _may_be_ahead(paths):
            pages, faults = await self._made_ahead(view, paths)
        self._only_ahead = pages is not None
        if view is None or pages is None:
            overtaken = {address: ahead for address, ahead in self._ahead.items() if ahead.path in paths}
            self._ahead |= {address: replace(ahead, current=False) for address, ahead in overtaken.items()}
        elif self._read < change:
            self._ahead |= {address: _Ahead(change, view.pages[address].path, data) for address, data in pages.items()}
        if (pages is not None or faults) and self._read < change:
            # What was wrong in these files no longer is, or is told anew.
            elsewhere = [fault for fault in self._faults if fault.severity != "error" or fault.path not in paths]
            self._faults = (*elsewhere, *faults)
            self._tell(Update(frozenset(paths), True, self.faults(), perf_counter() - start, view))
            self._pushed(pages or ())
        self._read_soon()

    async def page(self, address: str) -> tuple[Page, bytes | None] | None:
        """The page at `address` as a build would make it now, with what it is; None where there is none.

        Where it can't be made, its bytes are those of the last time, if there was one.
        """
        for _ in range(_TRIES):
            ahead = self._ahead.get(address)
            if ahead is None or not ahead.current:
                await self.read()
            view = self.view
            page = view.pages.get(address) if view is not None else None
            if view is None or page is None:
                return None
            ahead = self._ahead.get(address)
            try:
                return page, ahead.data if ahead is not None else await self._made(view, page)
            except DamagedCache:  # somebody has emptied it: all is found out again
                self._is_damaged = True
                self._saved += 1
                self._note(None)
        return None

    async def piece(self, key: bytes) -> bytes:
        """A piece that the view names. Raises DamagedCache where it is gone."""
        return await asyncio.get_running_loop().run_in_executor(self._making, self._press.piece, key)

    async def unkept(self, view: View, page: Page) -> bytes:
        """A page of a view that nobody looks at. Raises BrokenTemplate or DamagedCache where it can't be made."""
        return await asyncio.get_running_loop().run_in_executor(self._making, self._press.unkept, view, page)

    async def read(self) -> None:
        """Waits until all that was saved before is read."""
        wanted = self._saved
        while self._read < wanted:
            if self._task is None:
                self._task = asyncio.create_task(self._read_once())
            await asyncio.shield(self._task)

    def close(self) -> None:
        """Begins nothing more."""
        for executor in (self._making, self._behind):
            executor.shutdown(wait=False, cancel_futures=True)

    def _note(self, paths: Collection[str] | None) -> None:
        self._unread = None if self._unread is None or paths is None else self._unread | set(paths)

    async def _made_ahead(
        self, view: View, paths: Collection[str]
    ) -> tuple[dict[str, bytes] | None, tuple[Fault, ...]]:
        """The pages of what was saved, None where they can't be told; and what is wrong in these files themselves."""
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._making, self._press.ahead, view, paths), ()
        except ArchiveError as problem:
            own = all(fault.path in paths for fault in problem.faults)  # or it is the cache, which reading tells of
            return None, tuple(problem.faults) if own else ()
        except DamagedCache:  # who reads all will mend it
            return None, ()
        except Exception:  # noqa: BLE001  # nor must a bug in what is only meant to be quick
            traceback.print_exc()
            return None, ()

    async def _made(self, view: View, page: Page) -> bytes | None:
        loop = asyncio.get_running_loop()
        made = await loop.run_in_executor(self._making, self._press.page, view, page)
        if made.fault is None:
            self._broken.pop(page.address, None)
        elif self._broken.get(page.address) != made.fault:
            self._broken[page.address] = made.fault
            self._tell(Update(frozenset(), False, self.faults(page.address), 0.0, view))
        return made.data

    def _read_soon(self) -> None:
        """Reads all, once nothing more is saved for a while: at once where somebody waits for it."""
        if self._timer is not None:
            self._timer.cancel()
        quiet = _QUIET_BEHIND if self._only_ahead else _QUIET
        left = self._first_unread + _LONGEST - perf_counter()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(max(0, min(quiet, left)), lambda: loop.create_task(self.read()))

    async def _read_once(self) -> None:
        start, known, told = perf_counter(), self.view, self._faults
        upto, paths = self._saved, self._unread
        self._unread, self._first_unread = set(), start
        try:
            loop = asyncio.get_running_loop()
            view = await loop.run_in_executor(self._behind, self._view, known, paths)
        except ArchiveError as problem:
            self._faults = problem.faults
            self._note(paths)
        except Exception:  # noqa: BLE001  # a bug of ours in one reading must not end the preview
            traceback.print_exc()
            self._faults = (_bug(),)
            self._note(paths)
        else:
            if view is not known:
                self._broken = {}
                if known is not None:
                    self._moves.note(known, view)
            self.view, self._faults = view, view.faults
            self._ahead = {address: ahead for address, ahead in self._ahead.items() if ahead.change > upto}
        self._read, self._task = upto, None
        if self.view is known and self._faults == told and known is not None and self._faults == known.faults:
            return  # nothing of what was saved has anything to do with the site
        self._tell(Update(frozenset(paths or ()), False, self.faults(), perf_counter() - start, self.view))
        self._pushed(None)

    def _view(self, known: View | None, paths: set[str] | None) -> View:
        if self._is_damaged:
            self._is_damaged = False
            discard(open_cache(self._reading.root)[0])
        return read_view(self._reading, known, paths)


def _may_be_ahead(paths: Collection[str]) -> bool:
    return len(paths) <= _MOST_AHEAD and all(p.startswith("content/briefings/") and is_markdown(p) for p in paths)


def _bug() -> Fault:
    return error("", 0, "bug", "Sitrep itself failed; please report it, with what the terminal says")
