"""Who: the actors of an article, known and unknown, by what they are said to do."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from builder.importing.bodies import bodies_of
from builder.importing.matching import Match, Matcher
from builder.importing.national import National, is_family_name, nationals_in
from builder.importing.people import people_of
from builder.importing.phrases import alternatives
from builder.importing.vocabulary import KnownActor, PlaceName, known_actors, state_name
from builder.importing.where import ACTS, place_matcher
from builder.model.records import ActorKind
from builder.names import fold

_OFFICES = re.compile(
    rf"^(?:['’]s|n)?\s?[-–]?\s?(?:\w+\s){{0,2}}?(?:{alternatives('state_offices')})\b",
    re.IGNORECASE,
)
_OFFICE_BEFORE = re.compile(
    rf"(?:{alternatives('offices_before')})\s+(?:of|de|du|der|des|del|d'|von)?\s*(?:the|la|el|l')?\s*$", re.IGNORECASE
)
_TOWARDS = re.compile(rf"\b(?:{alternatives('towards')})\s+(?:the\s)?$", re.IGNORECASE)
_ATTRIBUTE = re.compile(rf"^\s(?:{alternatives('attributes')})\b", re.IGNORECASE)
_JOINED = re.compile(rf"[-–](?:{alternatives('joined_actors')})\b")
_FORCE = re.compile(rf"\s({alternatives('forces')})\b", re.IGNORECASE)


class Named(Struct, frozen=True):
    """An actor that a text names. `is_known` tells that a vocabulary has it; `state` is a government's ISO "
    "3166-1 code."""

    name: str
    kind: ActorKind | None
    score: float
    is_known: bool
    state: str = ""


@lru_cache(maxsize=1)
def actor_matcher() -> Matcher[KnownActor]:
    """What finds the starter vocabulary's actors."""
    return Matcher((name, actor) for actor in known_actors() for name in (actor.name, *actor.aliases))


def actors_of(
    title: str,
    summary: str,
    paragraphs: Sequence[str],
    main: Sequence[str] = (),
    matcher: Matcher[KnownActor] | None = None,
    places: Matcher[PlaceName] | None = None,
) -> list[Named]:
    """The actors of an article, those that it says most of first.

    `main` are the states that it is about: their governments are taken to have a part in it. `matcher` finds the names
    that are known, `places` those of states; without them, the starter vocabulary does.
    """
    known, states = matcher or actor_matcher(), places or place_matcher()
    texts = [
        ("title", title),
        ("summary", summary),
        *(("lead" if index == 0 else "body", text) for index, text in enumerate(paragraphs[:60])),
    ]
    spoken = [_Spoken(part, text, *_found(text, known, states)) for part, text in texts]
    organisations = _organisations(spoken)
    nationals = _nationals(spoken)
    taken = {
        fold(word)
        for said in spoken
        for name in (*(match.text for match in known.find(said.text)), *(own.name for own in said.nationals))
        for word in (name, *name.split())
        if len(word) > 2
    }
    taken |= {
        fold(word)
        for part, text in texts
        for match in states.find(text)
        if match.meaning.form != "city"  # Vladimir is one, and many are persons' names
        for word in (match.text, *match.text.split())
    }
    people = [
        Named(person.name, "person", person.score, False)
        for person in people_of(title, [text for _, text in texts[1:]], taken)
        if person.score >= 2.0
    ]
    spans = _spans(texts, known)
    bodies = [
        Named(body.name, "organisation", body.score, False)
        for body in bodies_of(title, [text for _, text in texts[1:]], taken)
        if not any(fold(body.name) in name or name in fold(body.name) for name in spans)
    ]
    governments = _governments(texts, main, states)
    forces = _forces(texts, known, states)
    return sorted(
        [*organisations, *nationals, *governments, *forces, *bodies, *people],
        key=lambda named: (-named.score, named.name),
    )


class _Spoken(Struct, frozen=True):
    """A part of an article with the known actors and the organisations of single states that it names."""

    part: str
    text: str
    known: list[Match[KnownActor]]
    nationals: list[National]


def _found(
    text: str, known: Matcher[KnownActor], places: Matcher[PlaceName]
) -> tuple[list[Match[KnownActor]], list[National]]:
    """The known actors that a text names, without those whose names are part of another's; and the others."""
    matches = known.find(text)
    nationals = nationals_in(text, matches, places)
    own = [match for match in matches if not any(n.start < match.end and match.start < n.end for n in nationals)]
    return (own, nationals) if nationals else (matches, [])


def _spans(texts: Sequence[tuple[str, str]], known: Matcher[KnownActor]) -> set[str]:
    """What is known, as the text has it, folded."""
    return {fold(match.text) for _, text in texts for match in known.find(text) if " " in match.text}


def _organisations(spoken: Sequence[_Spoken]) -> list[Named]:
    scores: dict[str, float] = {}
    actors: dict[str, KnownActor] = {}
    families = {national.family for said in spoken for national in said.nationals}
    bare = {national.bare for said in spoken for national in said.nationals}
    for said in spoken:
        for match in said.known:
            actor = match.meaning
            actors[actor.name] = actor
            score = _weight(said, match.start, match.end, actor.kind)
            scores[actor.name] = scores.get(actor.name, 0.0) + score
            if not is_family_name(match.text) and match.text not in bare:
                families.discard(actor.name)
    return [
        Named(name, actors[name].kind, round(0.7 + 1.2 * math.sqrt(score), 2), True, actors[name].country)
        for name, score in scores.items()
        # Whom a text calls by its family's name alone, after it has named one of the family, is that one.
        if name not in families
    ]


def _nationals(spoken: Sequence[_Spoken]) -> list[Named]:
    scores: dict[tuple[str, str], float] = {}
    names: dict[tuple[str, str], National] = {}
    for said in spoken:
        for one in said.nationals:
            key = (one.state, one.family)
            scores[key] = scores.get(key, 0.0) + _weight(said, one.start, one.end, one.kind)
            if key not in names or len(one.name) > len(names[key].name):
                names[key] = one
    return [
        Named(names[key].name, names[key].kind, round(0.7 + 1.2 * math.sqrt(score), 2), False, key[0])
        for key, score in scores.items()
    ]


def _weight(said: _Spoken, start: int, end: int, kind: ActorKind) -> float:
    """How much a mention counts: by where it stands, and by what the actor does there."""
    weight = {"title": 2.5, "summary": 1.2, "lead": 1.5, "body": 1.0}[said.part]
    after, before = said.text[end : end + 60], said.text[max(0, start - 30) : start]
    if _ATTRIBUTE.match(after) or kind == "community":
        weight *= 0.4
    if ACTS.match(after) or _JOINED.match(after) or _TOWARDS.search(before):
        weight *= 1.5
    if re.search(r"\((?:[^()]*)$", before) and re.match(r"^[^()]*\)", after) and said.part == "body":
        weight *= 0.4
    return weight


def _forces(texts: Sequence[tuple[str, str]], known: Matcher[KnownActor], places: Matcher[PlaceName]) -> list[Named]:
    """Forces and branches of a state that have no name of their own here: `Tunisian security forces`."""
    scores: dict[str, float] = {}
    states: dict[str, str] = {}
    for part, text in texts:
        taken = [(match.start, match.end) for match in known.find(text)]
        for match in places.find(text):
            behind = _FORCE.match(text, match.end)
            if behind is None or match.meaning.form != "people" or len(match.meaning.states) != 1:
                continue
            if not any(start < behind.end() and match.start < end for start, end in taken):
                name = f"{match.text} {behind[1].lower()}"
                scores[name] = scores.get(name, 0.0) + (2.5 if part == "title" else 1.0)
                states[name] = match.meaning.states[0]
    return [
        Named(name, "armed forces", round(0.7 + 1.2 * math.sqrt(score), 2), False, states[name])
        for name, score in scores.items()
    ]


def _governments(texts: Sequence[tuple[str, str]], main: Sequence[str], places: Matcher[PlaceName]) -> list[Named]:
    acts: dict[str, float] = {}
    times: dict[str, float] = {}
    for part, text in texts:
        for match in places.find(text):
            if (
                len(match.meaning.states) != 1
                or len(match.meaning.states[0]) != 2
                or match.meaning.form in ("city", "area")
            ):
                continue
            state = match.meaning.states[0]
            after, before = text[match.end : match.end + 70], text[max(0, match.start - 40) : match.start]
            weight = {"title": 2.0, "summary": 1.2, "lead": 1.3, "body": 1.0}[part]
            times[state] = times.get(state, 0.0) + weight
            act = 0.0
            if ACTS.match(after):
                act = 1.0
            elif (
                _OFFICES.match(after)
                or _OFFICE_BEFORE.search(before)
                or (part == "title" and match.meaning.form != "people" and match.start == 0)
            ):
                act = 0.8
            elif _TOWARDS.search(before) and match.meaning.form != "people":
                act = 0.35
            acts[state] = acts.get(state, 0.0) + act * weight
    found = []
    for state, act in acts.items():
        score = (
            1.1 * math.sqrt(times[state]) * max(0.4, min(1.0, act / 1.2)) + 0.5 * math.sqrt(act) + 0.9 * (state in main)
        )
        found.append(Named(state_name(state), "government", round(score, 2), True, state))
    return found


__all__ = ["Named", "actor_matcher", "actors_of"]
