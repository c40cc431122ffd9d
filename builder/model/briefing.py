"""A briefing: one event, as its front matter tells it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta, Struct

from builder.dates import Moment, When
from builder.model.common import (
    Aliases,
    Credibility,
    Lang,
    Mention,
    Reliability,
    Summary,
    Translation,
    Trending,
    TrendReason,
    WebAddress,
    describe,
)

# ACLED's six event types (ACLED Codebook, 'Event types'); the coding is ours.
EventType = Literal[
    "Battles",
    "Protests",
    "Riots",
    "Explosions/Remote violence",
    "Violence against civilians",
    "Strategic developments",
]
# The three levels of analytic confidence of ICD 203.
Confidence = Literal["low", "moderate", "high"]
Precision = Literal["site", "town", "area", "country"]


class Location(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where something happened. `lat` and `lon` are WGS 84 degrees, north and east positive."""

    name: Annotated[str, describe("what the place is called")]
    lat: Annotated[float, Meta(ge=-90, le=90, description="degrees north, from -90 to 90")]
    lon: Annotated[float, Meta(ge=-180, le=180, description="degrees east, from -180 to 180")]
    precision: Annotated[Precision, describe("`area` and `country` are never drawn as a point")] = "town"


class Figure(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A number, and who says so: either `value` or the range from `low` to `high`."""

    what: Annotated[str, describe("what is counted")]
    value: Annotated[int | float | None, describe("the number, where one was given")] = None
    low: Annotated[int | float | None, describe("the least, of a range or of at least")] = None
    high: Annotated[int | float | None, describe("the most, of a range or of up to")] = None
    says: Annotated[str, describe("who says so")]
    on: Annotated[Moment | None, describe("when they said it")] = None

    def problems(self) -> Iterator[tuple[str, str]]:
        """What the fields are together that they may not be: pairs of field and message."""
        if self.value is None and self.low is None and self.high is None:
            yield "value", "give a number: `value`, or `low` and `high`"
        elif self.value is not None and (self.low is not None or self.high is not None):
            yield "value", "give either `value` or `low` and `high`, not both"
        elif self.low is not None and self.high is not None and self.low > self.high:
            yield "low", f"{self.low} is more than `high`, {self.high}"


class SourceEntry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a briefing comes from. The grades are the NATO Admiralty code's (AJP-2.1), judged apart."""

    name: Annotated[Mention | None, describe("the publisher")] = None
    url: Annotated[WebAddress | None, describe("where it was read")] = None
    title: Annotated[str | None, describe("its headline")] = None
    published: Annotated[Moment | None, describe("when the publisher dated it")] = None
    accessed: Annotated[Moment | None, describe("when it was read")] = None
    archived_url: Annotated[WebAddress | None, describe("a copy in a web archive")] = None
    reliability: Annotated[
        Reliability | None, describe("the publisher's grade; without it, that of the publisher's record")
    ] = None
    credibility: Annotated[Credibility | None, describe("this report's grade; never inherited")] = None

    def problems(self) -> Iterator[tuple[str, str]]:
        """What the fields are together that they may not be: pairs of field and message."""
        if self.name is None and self.url is None:
            yield "name", "a source needs a `name` or a `url`"


class Capture(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The original that a briefing was converted from."""

    file: Annotated[Mention | None, describe("its path, from the briefing or, with a leading `/`, from `content/`")] = (
        None
    )
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$", description="of its bytes, in lower-case hexadecimal")]
    converted: Annotated[str | None, describe("when, and by which version")] = None


class Correction(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was mended after publication."""

    date: Annotated[Moment, describe("when")]
    note: Annotated[str, describe("what was wrong, and what is right")]
    kind: Annotated[str | None, describe("what kind of mistake it was, in a word")] = None


class Withdrawal(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why a briefing is no longer there."""

    date: Annotated[Moment, describe("when")]
    reason: Annotated[str, describe("why, as its notice tells it")]
    replaced_by: Annotated[Mention | None, describe("the id of the briefing to read instead")] = None
    hide_title: Annotated[bool, describe("whether its title is withheld too, and no list names it")] = False


class Picture(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A lead picture."""

    src: Annotated[Mention, describe("a file in `content/media/`")]
    alt: Annotated[str, describe("what is to be seen, for those who can't see it")]
    caption: Annotated[str | None, describe("what stands below it")] = None
    credit: Annotated[str | None, describe("who made it, and under which licence")] = None


class Attachment(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file to take away."""

    file: Annotated[Mention, describe("a file in `content/media/`")]
    title: Annotated[str, describe("what it is")]
    licence: Annotated[str | None, describe("under which it is given on")] = None


class Briefing(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The front matter of a briefing."""

    id: Annotated[str | None, describe("never changes; unique; without it, the file's name")] = None
    title: Annotated[str, describe("the headline")]
    date: Annotated[When | None, describe("when it happened; may stand in the file's name instead")] = None
    published: Annotated[Moment | None, describe("when it became public here")] = None
    updated: Annotated[Moment | None, describe("when its words were last revised")] = None
    region: Annotated[tuple[Mention, ...], describe("where and about; most important first")] = ()
    actors: Annotated[tuple[Mention, ...], describe("who; their order means nothing")] = ()
    tags: Annotated[tuple[Mention, ...], describe("themes")] = ()
    dossier: Annotated[tuple[Mention, ...], describe("the conflicts it belongs to")] = ()
    summary: Summary = ""
    event_type: Annotated[EventType | None, describe("ACLED's event types, coded by us")] = None
    location: Annotated[tuple[Location, ...], describe("places, in WGS 84 degrees")] = ()
    figures: Annotated[tuple[Figure, ...], describe("numbers, each with who says so")] = ()
    status: Annotated[
        Literal["provisional", "confirmed"] | None, describe("whether the account is settled in its essentials")
    ] = None
    trend: Trending = None
    trend_reason: TrendReason = ""
    confidence: Annotated[Confidence | None, describe("ICD 203's analytic confidence")] = None
    author: Annotated[tuple[str, ...], describe("who wrote it")] = ()
    sources: Annotated[tuple[SourceEntry, ...], describe("where it comes from")] = ()
    capture: Capture | None = None
    corrections: tuple[Correction, ...] = ()
    withdrawn: Withdrawal | None = None
    image: Picture | None = None
    attachments: tuple[Attachment, ...] = ()
    warning: Annotated[str, describe("a content warning, shown before the body and its pictures")] = ""
    lang: Lang = None
    translation: Translation | None = None
    inferred: Annotated[dict[str, float], describe("what an importer guessed, with its confidence, 0 to 1")] = {}
    slug: Annotated[str | None, describe("the last part of its address")] = None
    aliases: Aliases = ()
    draft: Annotated[bool, describe("unpublished")] = False

    def problems(self) -> Iterator[tuple[str, str]]:
        """What the fields are together that they may not be: pairs of field and message."""
        for field, confidence in self.inferred.items():
            if not 0 <= confidence <= 1:
                yield "inferred", f'the confidence of "{field}" is {confidence}; write a number from 0 to 1'
