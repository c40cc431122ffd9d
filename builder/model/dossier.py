"""A dossier: one conflict, its scope, its state and its own text. And prose: any other page of words."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Struct

from builder.dates import Moment
from builder.model.common import Aliases, Lang, Mention, Summary, Translation, Trending, TrendReason, describe

DossierStatus = Literal["active", "frozen", "ended"]


class KeyDate(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A date to know a conflict by."""

    date: Moment
    text: str


class Dossier(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The front matter of a dossier."""

    id: Annotated[str | None, describe("never changes; without it, the file's name")] = None
    title: str
    region: tuple[Mention, ...] = ()
    actors: tuple[Mention, ...] = ()
    status: DossierStatus | None = None
    as_of: Annotated[Moment | None, describe("when its own trend and state were judged")] = None
    start: Moment | None = None
    end: Moment | None = None
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

    title: str
    summary: Summary = ""
    lang: Lang = None
    translation: Translation | None = None
    slug: str | None = None
    aliases: Aliases = ()
    draft: bool = False
