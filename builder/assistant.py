"""The assistant: one process, begun before there is work for it, that loads meanwhile what the work needs."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from io import BufferedReader, BufferedWriter
from select import select
from typing import Any, NoReturn, ParamSpec, TypeVar

from builder.workers import begin_process, no_signal_while_forking

T = TypeVar("T")
P = ParamSpec("P")

_LOOKING = 0.05  # seconds, between two looks at whether the command is still there


class Assistant(Executor):
    """Does each piece of work at once, in its own process, while who hands it out waits.

    That is quicker than to do it here by what had to be loaded for it. Raises OSError where no process may begin. Not
    to be begun where there are threads.
    """

    def __init__(self, steps: Iterable[Callable[[], object]]) -> None:
        """`steps` are what the process does, one after the other, as long as there is no work."""
        orders, self._orders = _pipe()
        self._answers, answers = _pipe()
        parent = os.getpid()
        try:
            with no_signal_while_forking():
                self._child = os.fork()
                if not self._child:
                    self._orders.close()
                    self._answers.close()
                    _assist(parent, orders, answers, steps)
        except OSError:
            self._orders.close()
            self._answers.close()
            raise
        finally:
            orders.close()
            answers.close()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Has `fn`, which must be importable by its name, called, and returns what came of it."""
        future: Future[T] = Future()
        try:
            pickle.dump((fn, args, kwargs), self._orders)
            self._orders.flush()
            result, problem = pickle.load(self._answers)  # noqa: S301  # of a process of ours, through a pipe of ours
        except (EOFError, BrokenPipeError, pickle.UnpicklingError) as ended:
            raise BrokenExecutor from ended
        if problem is None:
            future.set_result(result)
        else:
            future.set_exception(problem)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the process."""
        os.kill(self._child, signal.SIGKILL)  # it has nothing to do, or its work is no longer wanted
        os.waitpid(self._child, 0)
        self._answers.close()
        with contextlib.suppress(BrokenPipeError):  # what is in its buffer has nobody to read it
            self._orders.close()


def _pipe() -> tuple[BufferedReader, BufferedWriter]:
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb"), os.fdopen(writing, "wb")


def _assist(
    parent: int, orders: BufferedReader, answers: BufferedWriter, steps: Iterable[Callable[[], object]]
) -> NoReturn:
    """All that the new process does: what else is open in it is its parent's."""
    try:
        begin_process()
        threading.Thread(target=_leave_after, args=(parent,), daemon=True).start()
        gc.disable()  # it has too little to do to leave much behind
        rest, goes_on = iter(steps), True
        while True:
            while goes_on and not select([orders], [], [], 0)[0]:
                goes_on = _takes_step(rest)
            pickle.dump(_answer(*pickle.load(orders)), answers)  # noqa: S301
            answers.flush()
    finally:
        os._exit(0)


def _takes_step(rest: Iterator[Callable[[], object]]) -> bool:
    """Takes the next step, and says whether others may follow: none does where one went wrong.

    What went wrong is told when there is work that needs it.
    """
    try:
        step = next(rest, None)
        if step is not None:
            step()
    except Exception:  # noqa: BLE001  # whatever it is: it was only tried early
        return False
    return step is not None


def _answer(function: Callable[..., Any], args: Any, kwargs: Any) -> tuple[Any, Exception | None]:
    try:
        return function(*args, **kwargs), None
    except Exception as problem:  # noqa: BLE001  # whatever it is, it is for who asked
        return None, problem


def _leave_after(parent: int) -> None:
    """One whose command was killed must not go on writing."""
    while os.getppid() == parent:
        time.sleep(_LOOKING)
    os._exit(1)
