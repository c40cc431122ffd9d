"""The JSON Schema (draft 7, which editors know) of a briefing's front matter, made from the type that reads it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from msgspec import Struct, inspect

from builder.dates import Moment, When
from builder.model.briefing import Briefing
from builder.model.common import Mention

Schema = dict[str, Any]

_MOMENT = r"\d{4}(-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:?\d{2})?)?)?)?"
# A year that is written without quotes is a number in YAML.
_YEAR: Schema = {"type": "integer", "minimum": 1, "maximum": 9999}
_SCALARS: dict[type[Any], Schema] = {
    Mention: {"type": ["string", "number"]},
    Moment: {"anyOf": [{"type": "string", "pattern": f"^{_MOMENT}$"}, _YEAR]},
    When: {"anyOf": [{"type": "string", "pattern": f"^{_MOMENT}(/{_MOMENT})?$"}, _YEAR]},
}


@lru_cache(maxsize=4)
def front_matter_schema(address: str) -> Schema:
    """The schema, which lies at `address`. Fields that it doesn't know are allowed, as Sitrep keeps them."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": address,
        "title": "The front matter of a briefing",
        **_struct(inspect.type_info(Briefing), top=("title",)),
        "additionalProperties": True,
    }


def _struct(info: inspect.Type, top: tuple[str, ...] | None = None) -> Schema:
    assert isinstance(info, inspect.StructType)
    required = [field.encode_name for field in info.fields if field.required] if top is None else list(top)
    return {
        "type": "object",
        "properties": {field.encode_name: _schema(field.type) for field in info.fields},
        "required": required,
        "additionalProperties": False,
    }


def _schema(info: inspect.Type) -> Schema:
    match info:
        case inspect.Metadata():
            return {**_schema(info.type), **(info.extra_json_schema or {})}
        case inspect.UnionType():
            own = [kind for kind in info.types if not isinstance(kind, inspect.NoneType)]
            found = _schema(own[0]) if len(own) == 1 else {"anyOf": [_schema(kind) for kind in own]}
            return _or_nothing(found)
        case inspect.VarTupleType():
            item = _schema(info.item_type)
            # One may stand without its list; and a field may be left empty.
            return {"anyOf": [item, {"type": "array", "items": item}, {"type": "null"}]}
        case inspect.StructType() if info.cls in _SCALARS:
            return dict(_SCALARS[info.cls])
        case inspect.StructType():
            return {**_struct(info), "description": _documented(info.cls)}
        case inspect.DictType():
            return {"type": "object", "additionalProperties": _schema(info.value_type)}
        case inspect.LiteralType():
            # What YAML reads as a number is a text to Sitrep: `credibility: 2`.
            values = [str(value) for value in info.values]
            return {"enum": [*values, *(int(value) for value in values if value.isdigit())]}
        case inspect.BoolType():
            return {"type": "boolean"}
        case inspect.IntType() | inspect.FloatType():
            return _bounded(info)
        case inspect.StrType():
            return {"type": "string", "pattern": info.pattern} if info.pattern else {"type": ["string", "number"]}
        case _:
            raise TypeError(f"no schema is known for {info}")


def _or_nothing(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _bounded(info: inspect.IntType | inspect.FloatType) -> Schema:
    bounds = {"minimum": info.ge, "maximum": info.le}
    return {"type": "number"} | {name: bound for name, bound in bounds.items() if bound is not None}


def _documented(type_: type[Struct]) -> str:
    return " ".join((type_.__doc__ or "").replace("`", "").split())
