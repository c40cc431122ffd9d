"""National: organisations of one state whose names hold what another organisation is called.

The Lebanese Red Cross is not the ICRC, and where a record answers to `Coast Guard`, the Turkish Coast Guard isn't that:
a state before a name, other than the one that the name's own actor belongs to, makes it another's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from builder.importing.matching import Match, Matcher
from builder.importing.phrases import alternatives
from builder.importing.vocabulary import KnownActor, PlaceName
from builder.model.records import ActorKind

_EACH_HAS_ONE = re.compile(rf"(?:{alternatives('national')})")
_SOCIETY = re.compile(r"\s(?:Society|Association)\b")
_OF = re.compile(r"\s(?:of|du|de|des|della|do|da)\s(?:the\s|la\s|las\s|los\s)?$|\sd['’]$")
# A state's name, unlike an adjective, may end what stands before: 'in Sudan Red Cross workers said'.
_IN = re.compile(r"\b(?:in|from|to|of|for|near|across|at|with|and|or|en|au|aux|dans|nach)\s(?:the\s)?$", re.IGNORECASE)


# Of these each state has its own. An armed group is where it fights: 'Chadian Boko Haram fighters'.
_KINDS = frozenset({"government", "police", "armed forces", "court", "party", "organisation"})
_OWNS = re.compile(r"(?:['’]s)?[ \xa0]")


class National(Struct, frozen=True):
    """An organisation of one state: where its name stands in a text, the name, its kind, and the state (ISO 3166-1).

    `family` is what its name holds: the name of a known actor, or what each state has one of, in small letters;
    `bare` is that as the text has it.
    """

    start: int
    end: int
    name: str
    kind: ActorKind
    state: str
    family: str
    bare: str


def nationals_in(text: str, known: Sequence[Match[KnownActor]], places: Matcher[PlaceName]) -> list[National]:
    """The organisations of single states that `text` names. `known` are the actors that are found in it."""
    if not known and not _EACH_HAS_ONE.search(text):
        return []
    states = [
        (match, match.meaning.states[0])
        for match in places.find(text)
        if len(match.meaning.states) == 1 and match.meaning.form in ("state", "people")
    ]
    found = []
    for start, end, actor in _names(text, known):
        is_family = _EACH_HAS_ONE.fullmatch(text, start, end) is not None
        own = actor.country if actor is not None and actor.kind in _KINDS else ""
        # 'French NATO soldiers': whose NATO is, is the same everywhere. 'Kosovo Police' says itself whose it is.
        if not (is_family or own) or any(start <= place.start < end for place, _ in states):
            continue
        for place, state in states:
            before = state != own and _stands_before(text, place, start)
            if before or (state != own and is_family and _stands_behind(text, place, end)):
                span = (place.start, _end(text, end)) if before else (start, place.end)
                family = actor.name if actor is not None else text[start:end].casefold()
                kind = actor.kind if actor is not None else "organisation"
                found.append(National(*span, text[slice(*span)], kind, state, family, text[start:end]))
                break
    return found


def is_family_name(text: str) -> bool:
    """Whether `text` is what each state has an organisation of, and no more."""
    return _EACH_HAS_ONE.fullmatch(text) is not None


def _names(text: str, known: Sequence[Match[KnownActor]]) -> Iterator[tuple[int, int, KnownActor | None]]:
    for match in known:
        yield match.start, match.end, match.meaning
    for own in _EACH_HAS_ONE.finditer(text):
        if not any(match.start < own.end() and own.start() < match.end for match in known):
            yield own.start(), own.end(), None


def _stands_before(text: str, place: Match[PlaceName], start: int) -> bool:
    if _OWNS.fullmatch(text, place.end, start) is None:
        return False
    return place.meaning.form == "people" or not _IN.search(text[max(0, place.start - 12) : place.start])


def _stands_behind(text: str, place: Match[PlaceName], end: int) -> bool:
    """'Croix-Rouge libanaise', 'Red Cross of Serbia'."""
    between = text[end : place.start]
    return (between == " " and place.meaning.form == "people") or _OF.fullmatch(between) is not None


def _end(text: str, end: int) -> int:
    society = _SOCIETY.match(text, end)
    return society.end() if society is not None else end
