"""A lease: a lock for places that know none, which is a file there; one that is no longer renewed ends by itself."""

from __future__ import annotations

import contextlib
import secrets
import time
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Protocol

import msgspec
from msgspec import Struct

from builder.deploy.plan import LOCK
from builder.deploy.target import TargetError

LIFE = 600.0  # seconds: so long after the last sign of life of a deploy it is taken for dead
_RENEWED = 60.0  # seconds: how often a deploy gives such a sign
_TRIES = 3  # the other may let go of it meanwhile


class Place(Protocol):
    """Where a lease lies."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, or None where there is none."""
        ...

    def write(self, path: str, data: bytes) -> None:
        """Puts a file there."""
        ...

    def create(self, path: str, data: bytes) -> bool:
        """Puts a file there if there is none, and says whether it did."""
        ...

    def delete(self, paths: Collection[str]) -> None:
        """Deletes files."""
        ...


class _Held(Struct, frozen=True):
    """Who holds a lease, by a word of chance, and until when (seconds since 1970, by the holder's clock)."""

    holder: str
    until: float


class Lease:
    """The lease of a target, for one deploy. The clocks of who deploys there must agree to some minutes."""

    def __init__(self, name: str, place: Place, clock: Callable[[], float] = time.time) -> None:
        self._name, self._place, self._clock = name, place, clock
        self._holder = secrets.token_hex(16)
        self._renewed: float | None = None

    def take(self) -> None:
        """Takes it. Raises TargetError where another deploy has it."""
        for _ in range(_TRIES):
            if self._place.create(LOCK, self._data()):
                self._renewed = 0.0  # that it is ours is looked at once more before anything is sent
                return
            other = self._read()
            if other is None:
                continue
            if self._clock() < other.until:
                until = datetime.fromtimestamp(other.until, UTC).strftime("%H:%M:%S UTC")
                message = f"another deploy is under way there; wait for its end. If it was killed, try again at {until}"
                raise TargetError(self._name, message)
            self._place.delete([LOCK])
        raise TargetError(self._name, "other deploys are under way there; wait for their end, and deploy again")

    def renew(self) -> None:
        """Gives a sign of life, if the last is some time ago. Raises TargetError where another has taken the lease."""
        if self._renewed is None or self._clock() - self._renewed < _RENEWED:
            return
        held = self._read()
        if held is None or held.holder != self._holder:
            self._renewed = None
            message = "another deploy has begun there, which took this one for dead; deploy again when that has ended"
            raise TargetError(self._name, message)
        self._place.write(LOCK, self._data())
        self._renewed = self._clock()

    def release(self) -> None:
        """Lets go of it. Where the place refuses, it ends by itself."""
        if self._renewed is not None:
            self._renewed = None
            with contextlib.suppress(TargetError):
                held = self._read()
                if held is not None and held.holder == self._holder:
                    self._place.delete([LOCK])

    def _data(self) -> bytes:
        return msgspec.json.encode(_Held(self._holder, self._clock() + LIFE))

    def _read(self) -> _Held | None:
        data = self._place.read(LOCK)
        try:
            return msgspec.json.decode(data, type=_Held) if data is not None else None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
            raise TargetError(self._name, f"{LOCK} there is damaged; delete it, if no deploy is under way") from problem
