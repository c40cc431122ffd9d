"""Parts: how the recipe of a file for programs becomes its bytes, part by part, so that memory never holds it all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from msgspec import msgpack

from builder.pages.data_files import data_file_parts, json_file_parts, network_parts
from builder.pages.kinds import KINDS
from builder.pages.shelf import Shelf

# Takes the shelf and a recipe of its kind; gives the same parts each time.
Maker: TypeAlias = Callable[[Shelf, Any], Iterator[bytes]]

_PARTS: dict[str, Maker] = {
    "data-file": data_file_parts,
    "data-network": network_parts,
    "data-json": json_file_parts,
}


def parts_of(kind: str, shelf: Shelf, recipe: bytes) -> Iterator[bytes]:
    """The parts of a file of a kind, from its recipe in MessagePack."""
    return _PARTS[kind](shelf, msgpack.decode(recipe, type=KINDS[kind].recipe))
