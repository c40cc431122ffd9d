"""Authority records: the one name, and the other names, of an actor, a region, a source or a tag."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from builder.dates import Moment
from builder.model.common import Mention, Reliability, describe

ActorKind = Literal[
    "government",
    "armed forces",
    "police",
    "armed group",
    "party",
    "organisation",
    "mission",
    "court",
    "person",
    "community",
]
SourceKind = Literal[
    "news agency",
    "newspaper",
    "broadcaster",
    "online news",
    "state media",
    "official",
    "international organisation",
    "NGO",
    "think tank",
    "encyclopaedia",
    "social media",
    "other",
]

Id = Annotated[str | None, describe("its address; without it, made from the name")]
OtherNames = Annotated[tuple[Mention, ...], describe("other names and spellings, in any script")]
Names = Annotated[dict[str, str], describe("its name in other languages")]
Texts = dict[str, str]
Country = Annotated[str, Meta(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2")]
Wikidata = Annotated[str, Meta(pattern=r"^Q[1-9][0-9]*$")]


class Actor(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who: a state, an organisation, an armed group, a person."""

    id: Id = None
    name: str
    kind: ActorKind | None = None
    aliases: OtherNames = ()
    names: Names = {}
    country: Country | None = None
    member_of: Annotated[tuple[Mention, ...], describe("the actors it is a part of")] = ()
    wikidata: Wikidata | None = None
    description: str = ""
    descriptions: Texts = {}
    note: Annotated[str, describe("shown wherever the name heads a page")] = ""
    notes: Texts = {}


class Region(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where. `lat` and `lon` are WGS 84 degrees, of a point inside it."""

    id: Id = None
    name: str
    parent: Annotated[Mention | None, describe("the region that it is filed in")] = None
    aliases: OtherNames = ()
    names: Names = {}
    code: Annotated[str | None, describe("ISO 3166-1, ISO 3166-2 or UN M49")] = None
    lat: Annotated[float, Meta(ge=-90, le=90)] | None = None
    lon: Annotated[float, Meta(ge=-180, le=180)] | None = None
    wikidata: Wikidata | None = None
    description: str = ""
    descriptions: Texts = {}
    note: Annotated[str, describe("shown wherever the name heads a page: status footnotes live here")] = ""
    notes: Texts = {}


class Source(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A publisher. `reliability` is the NATO Admiralty code's (AJP-2.1), with its `reason`."""

    id: Id = None
    name: str
    aliases: OtherNames = ()
    names: Names = {}
    kind: SourceKind | None = None
    hosts: Annotated[tuple[str, ...], describe("tell the publisher from an address")] = ()
    country: Country | None = None
    owner: str = ""
    funding: str = ""
    state_controlled: bool = False
    reliability: Reliability | None = None
    reason: str = ""
    reviewed: Moment | None = None
    url: Annotated[str, Meta(pattern=r"^https?://[^\s/]+")] | None = None
    wikidata: Wikidata | None = None
    description: str = ""
    descriptions: Texts = {}
    note: str = ""
    notes: Texts = {}


class Tag(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A theme. `slug` is for names that make none or a wrong one, such as `C++`."""

    name: str
    slug: str | None = None
    aliases: OtherNames = ()
    names: Names = {}
    description: str = ""
    descriptions: Texts = {}
    note: str = ""
    notes: Texts = {}


AnyRecord: TypeAlias = Actor | Region | Source | Tag
