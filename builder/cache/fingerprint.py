"""Fingerprints: SHA-256 over plain values, and over the program that works on them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import msgpack

_PACKAGE = Path(__file__).parents[1]
_encode = msgpack.Encoder(order="deterministic").encode


def fingerprint(*values: Any) -> bytes:
    """The SHA-256 of plain values, structs and bytes: equal for equal ones, whatever the order of a mapping's keys."""
    return hashlib.sha256(_encode(values)).digest()


@lru_cache(maxsize=1)
def program_fingerprint() -> bytes:
    """The fingerprint of this program, of every installed library with its version, and of Python."""
    parts: list[bytes] = [sys.version.encode()]
    for path in sorted(path for path in _files(_PACKAGE) if "__pycache__" not in path):
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123  # some hundred files, at every start
            parts += [path.removeprefix(str(_PACKAGE)).encode(), file.read()]
    parts += sorted(name.encode() for name in _distributions())
    return fingerprint(*parts)


def _files(folder: Path) -> list[str]:
    # The themes that an installed package carries, and the catalogues, are inputs of their own.
    others = (str(folder / "themes"), str(folder / "locale"))
    places = ((place, names) for place, _, names in os.walk(folder) if not place.startswith(others))
    return [f"{place}/{name}" for place, names in places for name in names]


def _distributions() -> set[str]:
    """The folders that hold what is known of installed libraries; each is named for a library and its version."""
    found: set[str] = set()
    for folder in sys.path:
        with contextlib.suppress(OSError), os.scandir(folder or ".") as entries:
            found.update(entry.name for entry in entries if entry.name.endswith((".dist-info", ".egg-info")))
    return found
