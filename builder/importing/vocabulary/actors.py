"""Organisations, missions, armed groups and alliances often in the news, from our own list."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import get_args

from msgspec import Struct

from builder.model.records import ActorKind


class KnownActor(Struct, frozen=True, array_like=True):
    """An actor of the starter vocabulary. `country` is an ISO 3166-1 code, or empty."""

    name: str
    kind: ActorKind
    wikidata: str
    country: str
    aliases: tuple[str, ...]


@lru_cache(maxsize=1)
def known_actors() -> tuple[KnownActor, ...]:
    """The actors of the list, in its order."""
    kinds = {kind: kind for kind in get_args(ActorKind)}
    found = []
    for name, kind, wikidata, country, aliases in rows("actors.txt"):
        found.append(KnownActor(name, kinds[kind], wikidata, country, split(aliases)))
    return tuple(found)


def rows(name: str) -> list[list[str]]:
    """The lines of a data file as their fields."""
    text = files(__package__).joinpath(name).read_text("utf-8")
    return [line.split("|") for line in text.splitlines() if line and not line.startswith("#")]


def split(text: str) -> tuple[str, ...]:
    """The names of a field."""
    return tuple(name.strip() for name in text.split(",") if name.strip())
