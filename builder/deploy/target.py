"""What all kinds of targets have in common."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol

from builder.faults import ArchiveError, error


class Target(Protocol):
    """A place that a site is sent to. Use as a context manager. Paths are below its top, with forward slashes.

    Everything raises `TargetError` where the target refuses.
    """

    def __enter__(self) -> Target:
        """Takes up the connection."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Lets go of it."""
        ...

    serves_copies: bool
    """Whether the servers that such targets belong to send a compressed copy of a file to whoever takes it."""

    def hold(self) -> None:
        """Keeps other deploys away until the end of the context. Raises TargetError where another one is under way."""
        ...

    def files(self) -> frozenset[str]:
        """The paths of all files that lie there, whoever put them there."""
        ...

    def read(self, path: str) -> bytes | None:
        """The bytes of a small file, or None where there is none."""
        ...

    def write(self, path: str, data: bytes) -> None:
        """Puts a small file there, whole or not at all."""
        ...

    def send(self, folder: Path, paths: Sequence[str]) -> None:
        """Puts the files at `paths` below `folder` there. All are there when it returns."""
        ...

    def delete(self, paths: Collection[str]) -> None:
        """Deletes files, in their order; those that aren't there are no matter."""
        ...

    def differing(self, folder: Path, paths: Collection[str]) -> frozenset[str]:
        """Those of the files at `paths`, which all lie there, whose bytes there aren't those below `folder`."""
        ...

    def finish(self) -> None:
        """All is sent: makes it public, where that is a step of its own."""
        ...


class TargetError(ArchiveError):
    """A target refuses, or can't be reached."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__([error("", 0, "deploy", message, f"deploy.{name}")])
