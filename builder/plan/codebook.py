"""The codebook: every field that a curator may write, with its type, its meaning and its values; these in English.

Made from the types of `builder.model`, which also drive what is read: so it can't be behind them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from msgspec import Struct, inspect

from builder.dates import Moment, When
from builder.model.briefing import Briefing
from builder.model.common import Mention
from builder.model.dossier import Dossier, Prose
from builder.model.records import Actor, Region, Source, Tag
from builder.names import slug
from builder.pages.recipes import FrameRecipe, Sheet
from builder.pages.values import Value
from builder.plan.site import Site
from builder.words import Words

PLACE = "/codebook/"
_MODEL: dict[str, type[Struct]] = {
    "Briefings": Briefing,
    "Dossiers": Dossier,
    "Pages of prose": Prose,
    "Actors": Actor,
    "Regions": Region,
    "Sources": Source,
    "Tags": Tag,
}
_SCALARS: dict[type[Any], str] = {Moment: "date", When: "date or range", Mention: "text"}
_GRADED = ("reliability", "credibility")


def codebook_sheet(site: Site) -> Sheet:
    """What `/codebook/` is made from."""
    words = site.words[PLACE]
    title = words.document.meta.title if words else site.wording.words.gettext("Codebook")
    body = site.body(words.document.path, words.document.body.html) if words else None
    frame = FrameRecipe(title, words.document.meta.summary if words else "")
    headings = _headings(site.wording.words)
    tables = [{**table, "heading": headings[table["heading"]]} for table in _tables()]
    return Sheet(frame, {"heading": title, "grades": _grades(site), "tables": tables}, body=body)


def _headings(words: Words) -> dict[str, str]:
    """What each kind of document and record is called in the language of a page."""
    _ = words.gettext
    return {
        "Briefings": _("Briefings"),
        "Dossiers": _("Dossiers"),
        "Pages of prose": _("Pages of prose"),
        "Actors": _("Actors"),
        "Regions": _("Regions"),
        "Sources": _("Sources"),
        "Tags": _("Tags"),
    }


def _grades(site: Site) -> list[Value]:
    """The two scales of the NATO Admiralty code."""
    return [
        {
            "anchor": name,
            "name": name,
            "grades": [
                {"grade": grade, "meaning": meaning} for grade, meaning in site.wording.vocabulary[name].items()
            ],
        }
        for name in _GRADED
    ]


@lru_cache(maxsize=1)
def _tables() -> tuple[Value, ...]:
    """A table for each kind of document and record, and behind it one for each mapping in it."""
    return tuple(table for heading, type_ in _MODEL.items() for table in _tables_of(heading, "", type_))


def _tables_of(heading: str, field: str, type_: type[Struct]) -> Iterator[Value]:
    info = inspect.type_info(type_)
    assert isinstance(info, inspect.StructType)
    hints = get_type_hints(type_, include_extras=True)
    inner = [(each.encode_name, struct) for each in info.fields if (struct := _struct_in(each.type)) is not None]
    yield {
        "heading": heading,
        "field": field or None,
        "anchor": _anchor(heading, field),
        "description": _documented(type_),
        "fields": [_field(heading, each, _choices(hints[each.name])) for each in info.fields],
    }
    for name, struct in inner:
        yield from _tables_of(heading, name, struct)


def _anchor(heading: str, field: str) -> str:
    return f"{slug(heading)}-{field}" if field else slug(heading)


def _documented(type_: type[Struct]) -> str:
    return " ".join((type_.__doc__ or "").split())


def _choices(hint: Any) -> tuple[str, ...]:
    """The values that a type allows, in their order; msgspec's own account of them is sorted."""
    if get_origin(hint) is Literal:
        return get_args(hint)
    return next((found for inner in get_args(hint) if (found := _choices(inner))), ())


def _field(heading: str, field: inspect.Field, choices: tuple[str, ...]) -> Value:
    described, inner = _described(field.type)
    struct = _struct_in(field.type)
    return {
        "name": field.encode_name,
        "anchor": f"{_anchor(heading, field.encode_name)}" if struct is not None else None,
        "type": _type(inner),
        "required": field.required,
        "meaning": described or (_documented(struct).partition(".")[0] if struct is not None else ""),
        "values": list(choices) if isinstance(inner, inspect.LiteralType) else [],
    }


def _described(info: inspect.Type) -> tuple[str, inspect.Type]:
    """The description of a type, wherever in it that stands, and the type itself; `X | None` is X."""
    description = ""
    while True:
        if isinstance(info, inspect.Metadata):
            description = description or (info.extra_json_schema or {}).get("description", "")
            info = info.type
        elif isinstance(info, inspect.UnionType):
            own = [kind for kind in info.types if not isinstance(kind, inspect.NoneType)]
            if len(own) > 1:
                return description, info
            info = own[0]
        else:
            return description, info


def _struct_in(info: inspect.Type) -> type[Struct] | None:
    """The struct that a field holds, or a list of which it holds, if it is one that is written as a mapping."""
    _, own = _described(info)
    if isinstance(own, inspect.VarTupleType):
        _, own = _described(own.item_type)
    return own.cls if isinstance(own, inspect.StructType) and own.cls not in _SCALARS else None


def _type(info: inspect.Type) -> str:
    match info:
        case inspect.VarTupleType():
            return f"list of {_plural(_type(_described(info.item_type)[1]))}"
        case inspect.StructType():
            return _SCALARS.get(info.cls, "mapping")
        case inspect.DictType():
            return f"mapping to {_plural(_type(_described(info.value_type)[1]))}"
        case inspect.LiteralType():
            return "one of"
        case inspect.BoolType():
            return "true or false"
        case inspect.IntType() | inspect.FloatType() | inspect.UnionType():
            return "number"
        case _:
            return "text"


def _plural(noun: str) -> str:
    return noun if noun == "one of" else f"{noun}s"
