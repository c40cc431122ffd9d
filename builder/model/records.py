"""Authority records: the one name, and the other names, of an actor, a region, a source or a tag."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, TypeVar

from msgspec import Meta, Struct

from builder.dates import Moment
from builder.model.common import Mention, Reliability, WebAddress, describe

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
Name = Annotated[str, describe("the one name that it is shown by")]
Description = Annotated[str, describe("who or what it is, in a sentence or two")]
Note = Annotated[str, describe("shown wherever the name heads a page: status footnotes live here")]
Texts = Annotated[dict[str, str], describe("the same in other languages")]
Country = Annotated[str, Meta(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2")]
Wikidata = Annotated[str, Meta(pattern=r"^Q[1-9][0-9]*$", description="its item in Wikidata, such as Q7184")]


class Actor(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who: a state, an organisation, an armed group, a person."""

    id: Id = None
    name: Name
    kind: Annotated[ActorKind | None, describe("what kind of actor")] = None
    aliases: OtherNames = ()
    names: Names = {}
    country: Country | None = None
    member_of: Annotated[tuple[Mention, ...], describe("the actors it is a part of")] = ()
    wikidata: Wikidata | None = None
    description: Description = ""
    descriptions: Texts = {}
    note: Note = ""
    notes: Texts = {}


class Region(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where. `lat` and `lon` are WGS 84 degrees, of a point inside it."""

    id: Id = None
    name: Name
    parent: Annotated[Mention | None, describe("the region that it is filed in")] = None
    aliases: OtherNames = ()
    names: Names = {}
    code: Annotated[str | None, describe("ISO 3166-1, ISO 3166-2 or UN M49")] = None
    lat: Annotated[float, Meta(ge=-90, le=90, description="degrees north, from -90 to 90")] | None = None
    lon: Annotated[float, Meta(ge=-180, le=180, description="degrees east, from -180 to 180")] | None = None
    wikidata: Wikidata | None = None
    description: Description = ""
    descriptions: Texts = {}
    note: Note = ""
    notes: Texts = {}


class Source(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A publisher. `reliability` is the NATO Admiralty code's (AJP-2.1), with its `reason`."""

    id: Id = None
    name: Name
    aliases: OtherNames = ()
    names: Names = {}
    kind: Annotated[SourceKind | None, describe("what kind of publisher")] = None
    hosts: Annotated[tuple[str, ...], describe("tell the publisher from an address")] = ()
    country: Country | None = None
    owner: Annotated[str, describe("who owns it")] = ""
    funding: Annotated[str, describe("what it lives on")] = ""
    state_controlled: Annotated[bool, describe("whether a state controls its editorial line")] = False
    reliability: Annotated[Reliability | None, describe("its standing grade")] = None
    reason: Annotated[str, describe("why it is graded so")] = ""
    reviewed: Annotated[Moment | None, describe("when that was last judged")] = None
    url: Annotated[WebAddress | None, describe("its web site")] = None
    wikidata: Wikidata | None = None
    description: Description = ""
    descriptions: Texts = {}
    note: Note = ""
    notes: Texts = {}


class Tag(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A theme. `slug` is for names that make none or a wrong one, such as `C++`."""

    name: Name
    slug: Annotated[str | None, describe("the last part of its address")] = None
    aliases: OtherNames = ()
    names: Names = {}
    description: Description = ""
    descriptions: Texts = {}
    note: Note = ""
    notes: Texts = {}


AnyRecord: TypeAlias = Actor | Region | Source | Tag
R = TypeVar("R", Actor, Region, Source, Tag)
