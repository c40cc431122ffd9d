"""Nodes: YAML as it was written, each value with its line, before any field has said what type it wants.

Scalars keep their text, so that `NO`, `002`, `14:09`, `1.10` and `-04:00` stay what they say; who reads a field as
a number or a truth value does so by YAML 1.2's core schema (https://yaml.org/spec/1.2.2/#103-core-schema).
"""

from __future__ import annotations

import re
from typing import TypeAlias

from msgspec import Struct

# What no HTML or XML may hold: control characters but tab and line ends, surrogates, non-characters.
UNSHOWABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LONGEST_NUMBER = 100  # characters: Python refuses integers of over 4,300 digits
_INTEGER = re.compile(r"[-+]?[0-9]+")
_HEX_OR_OCTAL = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})


class Scalar(Struct, frozen=True):
    """A single value: its text, its line, and whether it stood without quotes."""

    text: str
    line: int
    plain: bool = True

    @property
    def is_null(self) -> bool:
        """Whether nothing is said: an empty plain value, `~` or `null`."""
        return self.plain and self.text in _NULLS


class Sequence(Struct, frozen=True):
    """A list."""

    items: tuple[Node, ...]
    line: int


class Mapping(Struct, frozen=True):
    """A mapping; `key_lines` tells where each key stands."""

    entries: dict[str, Node]
    key_lines: dict[str, int]
    line: int


Node: TypeAlias = Scalar | Sequence | Mapping


def number(scalar: Scalar) -> int | float | None:
    """The number that a plain scalar is by the core schema, or None."""
    text = scalar.text
    if not scalar.plain or len(text) > _LONGEST_NUMBER:
        return None
    if _INTEGER.fullmatch(text):
        return int(text)
    if _HEX_OR_OCTAL.fullmatch(text):
        return int(text, 0)
    return float(text) if _FLOAT.fullmatch(text) else None


def truth(scalar: Scalar) -> bool | None:
    """The truth value that a plain scalar is by the core schema (`true` or `false`, no `yes` or `on`), or None."""
    if scalar.plain and scalar.text in _TRUE:
        return True
    return False if scalar.plain and scalar.text in _FALSE else None


Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"


def plain(node: Node) -> Plain:
    """A node as a plain value, typed by the core schema alone: for fields that nobody knows."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.entries.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if node.is_null:
        return None
    if (as_truth := truth(node)) is not None:
        return as_truth
    as_number = number(node)
    # `002` and `1.10` are codes or times to people: what a number would be written otherwise stays as it is.
    return as_number if as_number is not None and str(as_number) == node.text else node.text
