"""Typed reading: a YAML mapping becomes one of the model's structs, each wrong value a fault with its line.

The types themselves say what is read and how: their annotations are turned into readers once per type.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, inspect

from builder.dates import Moment, When, parse_moment, parse_when
from builder.faults import Fault, did_you_mean, error, nearest
from builder.model.common import Given, Mention
from builder.names import fold
from builder.reading.nodes import Mapping, Node, Scalar, Sequence, number, plain, truth

T = TypeVar("T", bound=Struct)


class _Wrong:
    """Stands for a value that couldn't be read, and whose fault is told."""


WRONG = _Wrong()


class Place(Struct, frozen=True):
    """Where a value stands: the file, and the name of its field as the writer knows it (`location.lat`)."""

    path: str
    field: str = ""

    def inside(self, name: str) -> Place:
        """The place of the field `name` of this value."""
        return Place(self.path, f"{self.field}.{name}" if self.field else name)


_Reader = Callable[[Node, Place, list[Fault]], Any]


def read(node: Mapping, type_: type[T], path: str, faults: list[Fault]) -> tuple[T | None, dict[str, Node]]:
    """The struct that `node` holds, and the entries that it has no field for.

    Adds what is wrong to `faults`. The struct is None where a field that it needs is missing or wrong; any other
    wrong field has its default.
    """
    return _read_struct(type_, node, Place(path), faults)


def _read_struct(type_: type[T], node: Mapping, place: Place, faults: list[Fault]) -> tuple[T | None, dict[str, Node]]:
    fields = _fields(type_)
    values: dict[str, Any] = {}
    misspelled: set[str] = set()
    complete = clean = True
    for name, (reader, required, attribute) in fields.items():
        value_node = node.entries.get(name)
        if value_node is None or is_absent(value_node):
            if required:
                complete = False
                faults.append(_missing(name, node, tuple(fields), misspelled, place))
            continue
        value = reader(value_node, place.inside(name), faults)
        if value is not WRONG:
            values[attribute] = value
            continue
        clean = False
        complete = complete and not required
    unknown = {name: value for name, value in node.entries.items() if name not in fields and name not in misspelled}
    if not complete:
        return None, unknown
    struct = type_(**values)
    # Fields that are wrong by themselves have their defaults here: what they are together can't be told.
    for field, message in struct.problems() if clean and hasattr(struct, "problems") else ():
        line = node.key_lines.get(field, node.line)
        faults.append(error(place.path, line, "inconsistent", message, place.inside(field).field))
    return struct, unknown


def _missing(name: str, node: Mapping, known: tuple[str, ...], misspelled: set[str], place: Place) -> Fault:
    """That a field is missing; or that it is there, misspelled, which then is told once."""
    for other in node.entries:
        if other not in known and nearest(other, known) == name:
            misspelled.add(other)
            message = f'there is no field "{other}"; write `{name}: …`, which is missing'
            return error(place.path, node.key_lines[other], "missing", message, place.inside(other).field)
    line = node.key_lines.get(name, node.line)
    return error(place.path, line, "missing", f"is missing; add `{name}: …`", place.inside(name).field)


def is_absent(node: Node) -> bool:
    """Whether a value says nothing: null, or a text without a word."""
    return isinstance(node, Scalar) and (node.is_null or not node.text.strip())


@lru_cache(maxsize=256)
def _fields(type_: type[Struct]) -> dict[str, tuple[_Reader, bool, str]]:
    """By the name that is written: how a field is read, whether it must be there, and what the struct calls it."""
    info = inspect.type_info(type_)
    assert isinstance(info, inspect.StructType)
    return {field.encode_name: (_reader_for(field.type), field.required, field.name) for field in info.fields}


def _reader_for(info: inspect.Type) -> _Reader:
    if isinstance(info, inspect.Metadata):
        return _reader_for(info.type)
    if isinstance(info, inspect.UnionType):
        # `X | None` is X, since an empty value counts as absent; `int | float` is any number.
        kinds = [kind for kind in info.types if not isinstance(kind, inspect.NoneType)]
        floats = [kind for kind in kinds if isinstance(kind, inspect.FloatType)]
        return _reader_for(floats[0] if floats else kinds[0])
    if isinstance(info, inspect.StrType):
        return _text_reader(info)
    if isinstance(info, inspect.FloatType | inspect.IntType):
        return _number_reader(info)
    if isinstance(info, inspect.BoolType):
        return _read_truth
    if isinstance(info, inspect.LiteralType):
        return _choice_reader(tuple(str(value) for value in info.values))
    if isinstance(info, inspect.VarTupleType):
        return _list_reader(_reader_for(info.item_type))
    if isinstance(info, inspect.DictType):
        return _mapping_reader(_reader_for(info.value_type))
    if isinstance(info, inspect.StructType):
        return _SCALAR_STRUCTS.get(info.cls) or _struct_reader(info.cls)
    raise TypeError(f"no reader for {info}")


def _text(node: Node, place: Place, faults: list[Fault]) -> str | _Wrong:
    if isinstance(node, Scalar):
        return " ".join(node.text.split())
    kind = "a list" if isinstance(node, Sequence) else "a mapping"
    hint = "; put it in quotes, as it begins with a bracket or holds a colon" if place.field == "title" else ""
    faults.append(error(place.path, node.line, "wrong-type", f"must be one text, not {kind}{hint}", place.field))
    return WRONG


def _text_reader(info: inspect.StrType) -> _Reader:
    if info.pattern is None:
        return _text
    pattern = re.compile(info.pattern)

    def reader(node: Node, place: Place, faults: list[Fault]) -> str | _Wrong:
        text = _text(node, place, faults)
        if isinstance(text, _Wrong) or pattern.search(text):
            return text
        expected = _EXPECTED.get(pattern.pattern, f"must match {pattern.pattern}")
        faults.append(error(place.path, node.line, "wrong-type", f'"{text}" {expected}', place.field))
        return WRONG

    return reader


_EXPECTED = {
    r"^https?://[^\s/]+": "is not a web address; it must begin with https:// or http://",
    r"^[0-9a-f]{64}$": "is not a SHA-256; it has 64 lower-case hexadecimal digits",
    r"^[A-Z]{2}$": "is not a country's code; write two capital letters of ISO 3166-1, such as RS",
    r"^Q[1-9][0-9]*$": "is not a Wikidata identifier; it is a Q and a number, such as Q7184",
    r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$": "is not a language; write a BCP 47 code such as fr or sr-Latn",
}


def _number_reader(info: inspect.FloatType | inspect.IntType) -> _Reader:
    whole = isinstance(info, inspect.IntType)

    def reader(node: Node, place: Place, faults: list[Fault]) -> int | float | _Wrong:
        value = number(node) if isinstance(node, Scalar) else None
        if value is None or (whole and not isinstance(value, int)) or value in (float("inf"), float("-inf")):
            shown = f'"{node.text}" is not' if isinstance(node, Scalar) else "must be"
            message = f"{shown} a {'whole ' if whole else ''}number; write it in digits, without separators or quotes"
            faults.append(error(place.path, node.line, "wrong-type", message, place.field))
            return WRONG
        if (info.ge is not None and value < info.ge) or (info.le is not None and value > info.le):
            limits = f"from {info.ge:g} to {info.le:g}" if info.le is not None else f"{info.ge:g} or more"
            faults.append(error(place.path, node.line, "out-of-range", f"{value} is not {limits}", place.field))
            return WRONG
        return value

    return reader


def _read_truth(node: Node, place: Place, faults: list[Fault]) -> bool | _Wrong:
    value = truth(node) if isinstance(node, Scalar) else None
    if value is None:
        shown = f', not "{node.text}"' if isinstance(node, Scalar) else ""
        faults.append(error(place.path, node.line, "wrong-type", f"must be true or false{shown}", place.field))
        return WRONG
    return value


def _choice_reader(choices: tuple[str, ...]) -> _Reader:
    by_name = {fold(choice): choice for choice in choices}

    def reader(node: Node, place: Place, faults: list[Fault]) -> str | _Wrong:
        text = _text(node, place, faults)
        if isinstance(text, _Wrong):
            return text
        choice = by_name.get(fold(text))
        if choice is None:
            listed = ", ".join(choices)
            message = f'there is no "{text}" here{did_you_mean(text, choices)} (one of: {listed})'
            faults.append(error(place.path, node.line, "unknown-value", message, place.field))
            return WRONG
        return choice

    return reader


def _list_reader(item_reader: _Reader) -> _Reader:
    def reader(node: Node, place: Place, faults: list[Fault]) -> tuple[Any, ...]:
        # One value stands for a list of one.
        items = node.items if isinstance(node, Sequence) else (node,)
        values = (item_reader(item, place, faults) for item in items if not is_absent(item))
        return tuple(value for value in values if value is not WRONG)

    return reader


def _mapping_reader(value_reader: _Reader) -> _Reader:
    def reader(node: Node, place: Place, faults: list[Fault]) -> dict[str, Any] | _Wrong:
        if not isinstance(node, Mapping):
            faults.append(error(place.path, node.line, "wrong-type", "must be a mapping of `key: value`", place.field))
            return WRONG
        said = {key: value for key, value in node.entries.items() if not is_absent(value)}
        values = {key: value_reader(value, place.inside(key), faults) for key, value in said.items()}
        return {key: value for key, value in values.items() if value is not WRONG}

    return reader


def _struct_reader(type_: type[Struct]) -> _Reader:
    def reader(node: Node, place: Place, faults: list[Fault]) -> Any:
        if not isinstance(node, Mapping):
            known = ", ".join(_fields(type_))
            message = f"must be a mapping with {known}, as in `{{{next(iter(_fields(type_)))}: …}}`"
            faults.append(error(place.path, node.line, "wrong-type", message, place.field))
            return WRONG
        struct, unknown = _read_struct(type_, node, place, faults)
        for name in unknown:
            message = f'there is no field "{name}" here{did_you_mean(name, _fields(type_))}'
            line = node.key_lines[name]
            faults.append(Fault(place.path, line, "warning", "unknown-field", place.inside(name).field, message))
        return WRONG if struct is None else struct

    return reader


def _parsed_reader(parse: Callable[[str], Any]) -> _Reader:
    def reader(node: Node, place: Place, faults: list[Fault]) -> Any:
        text = _text(node, place, faults)
        if isinstance(text, _Wrong):
            return text
        try:
            return parse(text)
        except ValueError as problem:
            faults.append(error(place.path, node.line, "date", str(problem), place.field))
            return WRONG

    return reader


def _read_mention(node: Node, place: Place, faults: list[Fault]) -> Mention | _Wrong:
    text = _text(node, place, faults)
    return text if isinstance(text, _Wrong) else Mention(text, node.line)


_SCALAR_STRUCTS: dict[type[Struct], _Reader] = {
    Moment: _parsed_reader(parse_moment),
    When: _parsed_reader(parse_when),
    Mention: _read_mention,
    Given: lambda node, _place, _faults: Given(plain(node), node.line),
}


def field_names(type_: type[Struct]) -> tuple[str, ...]:
    """The names that `type_` reads, in their order."""
    return tuple(field.encode_name for field in msgspec.structs.fields(type_))
