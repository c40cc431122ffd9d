"""What briefings, dossiers and authority records have in common."""

from __future__ import annotations

from typing import Annotated, Any, Generic, Literal, TypeVar

from msgspec import Meta, Struct

Trend = Literal["escalating", "stable", "de-escalating"]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
Credibility = Literal["1", "2", "3", "4", "5", "6"]

T = TypeVar("T")


class Mention(Struct, frozen=True, array_like=True, gc=False):
    """The name of a record as somebody wrote it, and the line on which it stands."""

    name: str
    line: int


class Given(Struct, frozen=True, array_like=True, gc=False):
    """A value of any plain type as somebody wrote it, and the line on which it stands."""

    value: Any
    line: int


class Reference(Struct, frozen=True, array_like=True, gc=False):
    """Something in the archive that a body points at: its target as written, and its line in the file."""

    target: str
    line: int
    picture: bool = False


class Heading(Struct, frozen=True, array_like=True, gc=False):
    """A heading of a body: `level` 1 to 6, its text, and the id that a link can name."""

    level: int
    title: str
    anchor: str


class Body(Struct, frozen=True, array_like=True, gc=False):
    """What is known of a body without its HTML, which is a piece of the cache under `html`, its SHA-256.

    `excerpt` is the first paragraph as plain text. `references` are in the order of their placeholders in the
    HTML. `anchors` are all ids in it.
    """

    html: str
    excerpt: str = ""
    headings: tuple[Heading, ...] = ()
    anchors: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()


class Document(Struct, Generic[T], frozen=True):
    """A file of content: its front matter, typed, and what is known of its body.

    `path` is relative to the archive's root, with forward slashes. `lines` has the line of each top-level field.
    `extra` holds the fields that nobody knows, as plain values. `written` is the SHA-256 of what the author
    wrote: title, summary and body.
    """

    path: str
    meta: T
    body: Body
    written: str
    lines: dict[str, int]
    extra: dict[str, Any]

    def line(self, *fields: str) -> int:
        """The line of the first of `fields` that is there, else 1."""
        return next((self.lines[field] for field in fields if field in self.lines), 1)


class Record(Struct, Generic[T], frozen=True):
    """An authority record: the file and line on which it begins, and its fields, typed."""

    path: str
    line: int
    meta: T
    lines: dict[str, int]


def describe(text: str) -> Meta:
    """What a field means, for the codebook and for editors."""
    return Meta(description=text)


class Translation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who made a translation, and whether a person reviewed it."""

    by: Annotated[str, describe("a person, or a program")]
    reviewed: Annotated[bool, describe("whether a person compared it with the original")] = False


Summary = Annotated[str, describe("the standfirst; without it, the first paragraph")]
Trending = Annotated[Trend | None, describe("a judgement on where the conflict is going")]
TrendReason = Annotated[str, describe("one sentence that says why")]
Lang = Annotated[str, Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description="BCP 47")] | None
WebAddress = Annotated[str, Meta(pattern=r"^https?://[^\s/]+")]
Aliases = Annotated[tuple[str, ...], describe("old addresses, which redirect here")]
