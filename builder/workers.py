"""Workers: who does the work. Any `concurrent.futures.Executor` can stand in the place of these."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from itertools import islice, repeat
from types import TracebackType
from typing import ParamSpec, TypeVar

from builder.faults import ArchiveError, error

T = TypeVar("T")
R = TypeVar("R")
P = ParamSpec("P")


class HereExecutor(Executor):
    """Does each piece of work in this process, at once."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Calls `fn`, and returns what came of it."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as problem:  # noqa: BLE001  # whatever it is, it is for who asks for the result
            future.set_exception(problem)
        return future


def default_jobs() -> int:
    """As many as there are processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers:
    """The worker processes of one command: begun when there is work that is worth it, ended with the context.

    Little work is done by this process itself, or by `assistant` if it has one.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self.assistant: Executor | None = None
        self._pool: Executor | None = None

    def results(self, function: Callable[[T], R], tasks: Iterable[T], pieces: int, worth: int) -> Iterator[R]:
        """The results of `function` on each of `tasks`, in their order, as they come.

        Together the tasks hold so many `pieces` of work; no several processes do them where these are fewer than
        `worth`. Where the results aren't taken to the end, what was not begun isn't done. Raises ArchiveError where a
        worker was killed.
        """
        few = self.jobs <= 1 or pieces < worth
        executor = (self.assistant or HereExecutor()) if few else self._workers()
        is_pool = executor is self._pool and not isinstance(executor, HereExecutor)
        ahead = 4 * self.jobs if is_pool else 1
        starting = no_signal_while_forking if is_pool else contextlib.nullcontext
        begun: deque[Future[R]] = deque()
        try:
            for task in tasks:
                try:
                    with starting():
                        begun.append(executor.submit(function, task))
                except OSError:  # a system, or a container, that lets no process begin
                    executor = self._pool = _here()
                    begun.append(executor.submit(function, task))
                if len(begun) >= ahead:
                    yield begun.popleft().result()
            while begun:
                yield begun.popleft().result()
        except BrokenExecutor as problem:
            raise _killed() from problem
        finally:
            for future in begun:
                future.cancel()

    def call_assistant(self, steps: Iterable[Callable[[], object]]) -> None:
        """Begins a process for little work, which does `steps` as long as there is none; if a process may begin."""
        from builder.assistant import Assistant

        with contextlib.suppress(OSError):  # a system, or a container, that lets no process begin
            self.assistant = Assistant(steps)

    def assisted(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What `function` gives, called by the assistant if there is one. Raises ArchiveError where it was killed."""
        try:
            return (self.assistant or HereExecutor()).submit(function, *args, **kwargs).result()
        except BrokenExecutor as problem:
            raise _killed() from problem

    def ready(self, function: Callable[[], object], pieces: int, worth: int) -> None:
        """Has the processes that are to do so many `pieces` of work call `function`, while this one is busy itself.

        It is called as often as there are processes: most likely once by each.
        """
        executor = self._workers() if self.jobs > 1 and pieces >= worth else None
        if executor is not None and not isinstance(executor, HereExecutor):
            # Where none may begin, or one was killed, who has work for them finds that out.
            with contextlib.suppress(OSError, BrokenExecutor), no_signal_while_forking():
                for _ in range(self.jobs):
                    executor.submit(function)

    def _workers(self) -> Executor:
        if self._pool is None:
            try:
                self._pool = _open_pool(self.jobs)
            except OSError:  # as of no shared memory
                self._pool = _here()
        return self._pool

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Waits for what was begun, and ends the processes."""
        for executor in (self._pool, self.assistant):
            if executor is not None:
                executor.shutdown(wait=True, cancel_futures=True)


def _killed() -> ArchiveError:
    message = "a worker process was killed, perhaps for want of memory; try again with --jobs 1"
    return ArchiveError([error("", 0, "workers", message)])


def _here() -> Executor:
    gc.enable()  # a build's main process goes without, as long as others make its pages
    return HereExecutor()


def _open_pool(jobs: int) -> Executor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("fork" if may_fork() else "spawn")  # forking is fastest
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)


_STOPS = (signal.SIGINT, signal.SIGTERM)


@contextlib.contextmanager
def no_signal_while_forking() -> Iterator[None]:
    """Holds back the signals that ask to stop.

    Python ignores what is raised while it forks (in the handlers that hold its locks), so that a build that was asked
    to stop at that moment would go on.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def may_fork() -> bool:
    """Whether this process can be forked safely: not where there are threads, as in the preview."""
    return sys.platform == "linux" and threading.active_count() == 1


def _begin() -> None:
    """The first that a worker does. One whose command was killed must not go on writing, nor wait for work for ever."""
    begin_process()
    threading.Thread(target=_leave_after_parent, daemon=True).start()


def begin_process() -> None:
    """The first that any process of ours does: what it has of its parent's is not as it needs it."""
    gc.freeze()  # what it got of its parent stays as it is, and isn't looked through for garbage
    gc.enable()
    # Ctrl-C reaches the whole group: the command decides what becomes of its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)  # held back since before the fork


def _leave_after_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def share_sizes(pieces: int, jobs: int, smallest: int, largest: int) -> list[int]:
    """How many of so many pieces to hand out at a time: ever fewer, so that none is long at the last alone."""
    sizes = []
    while pieces:
        sizes.append(min(max(pieces // (4 * jobs), smallest), largest, pieces))
        pieces -= sizes[-1]
    return sizes


def in_shares(pieces: Iterable[T], sizes: Iterable[int]) -> Iterator[tuple[T, ...]]:
    """`pieces` in runs of such `sizes`, taken as they come."""
    rest = iter(pieces)
    for size in sizes:
        if not (share := tuple(islice(rest, size))):
            return
        yield share


def in_chunks(pieces: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """`pieces` in runs of at most `size`, taken as they come."""
    return in_shares(pieces, repeat(size))
