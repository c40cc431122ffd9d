"""A dossier: one conflict, its scope, its state and its own text. And prose: any other page of words."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Struct

from builder.dates import Moment
from builder.model.common import Aliases, Lang, Mention, Summary, Translation, Trending, TrendReason, describe

DossierStatus = Literal["active", "frozen", "ended"]


class KeyDate(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A date to know a conflict by."""

    date: Annotated[Moment, describe("when")]
    text: Annotated[str, describe("what happened, in one sentence")]


class Dossier(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The front matter of a dossier."""

    id: Annotated[str | None, describe("never changes; without it, the file's name")] = None
    title: Annotated[str, describe("what the conflict is called")]
    region: Annotated[tuple[Mention, ...], describe("where and about; most important first")] = ()
    actors: Annotated[tuple[Mention, ...], describe("who; their order means nothing")] = ()
    status: Annotated[DossierStatus | None, describe("whether the conflict goes on")] = None
    as_of: Annotated[Moment | None, describe("when its own trend and state were judged")] = None
    start: Annotated[Moment | None, describe("from when on events belong to it")] = None
    end: Annotated[Moment | None, describe("until when")] = None
    key_dates: tuple[KeyDate, ...] = ()
    summary: Summary = ""
    trend: Trending = None
    trend_reason: TrendReason = ""
    outlook: Annotated[str, describe("what may come, apart from the record")] = ""
    lang: Lang = None
    translation: Translation | None = None
    aliases: Aliases = ()


class Prose(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The front matter of a page of prose."""

    title: Annotated[str, describe("its heading")]
    summary: Summary = ""
    lang: Lang = None
    translation: Translation | None = None
    slug: Annotated[str | None, describe("the last part of its address")] = None
    aliases: Aliases = ()
    draft: Annotated[bool, describe("unpublished")] = False
