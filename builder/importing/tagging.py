"""Tagging: what an archive calls the places and actors of an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from builder.importing.archive_names import ActorName, ArchiveNames
from builder.importing.matching import Matcher
from builder.importing.vocabulary import KnownActor, PlaceName, by_ending, known_actors, place_names, state_name
from builder.importing.where import Where, place_matcher, states_of
from builder.importing.who import Named, actor_matcher, actors_of
from builder.model.records import ActorKind
from builder.names import fold

_SHARE = 0.45  # of the first region's score: what has less is named in passing
_REGIONS = 4
_ACTOR_SCORE = 1.9
_PROPOSAL_SCORE = 2.4
_ACTORS = 9
_NOT_A_STATE = "region "  # before the name of a region that is no state, where states have their codes


class Proposal(Struct, frozen=True, array_like=True):
    """A new authority record that an article gives a reason for."""

    name: str
    kind: ActorKind | None
    country: str = ""


class Tags(Struct, frozen=True):
    """Regions (the first is where it happened) and actors of an article, each with how sure it is, 0 to 1.

    `proposals` are actors that no record answers to; `unclear` are names that may mean several states.
    """

    regions: tuple[str, ...]
    region_sure: float
    actors: tuple[str, ...]
    actors_sure: float
    proposals: tuple[Proposal, ...] = ()
    unclear: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


class Tagger:
    """Finds the regions and actors of articles, by the records of an archive and by the starter vocabulary."""

    def __init__(self, names: ArchiveNames) -> None:
        self._language = names.language
        self._region_by_state = {region.code: region.name for region in names.regions if region.code}
        self._places = Matcher(_places(names), by_ending) if names.regions else place_matcher()
        self._governments = _governments(names.actors)
        self._actors = Matcher(_actors(names, self._places)) if names.actors else actor_matcher()
        self._records = {fold(name) for actor in names.actors for name in actor.names}

    def tags(
        self, title: str, summary: str, paragraphs: Sequence[str], captions: Sequence[str] = (), url: str = ""
    ) -> Tags:
        """The regions and actors of an article. Captions of its pictures name actors; where it happened, they don't.

        The domain of its address `url` tells something of where it is, if its text hardly does.
        """
        where = states_of(title, summary, paragraphs, self._places, url)
        main = self._main(where)
        named = actors_of(title, summary, (*paragraphs, *captions), main, self._actors, self._places)
        actors, proposals = self._sorted(named)
        return Tags(
            regions=tuple(dict.fromkeys(self._region_name(key) for key in main)),
            region_sure=_certainty(where, main),
            actors=tuple(actors),
            actors_sure=0.7,
            proposals=tuple(proposals),
            unclear=where.unclear,
            states=tuple(key for key in main if not key.startswith(_NOT_A_STATE)),
        )

    def _main(self, where: Where) -> list[str]:
        top = max(where.scores.values(), default=0.0)
        return [key for key, score in where.scores.items() if score >= _SHARE * top][:_REGIONS]

    def _region_name(self, key: str) -> str:
        if key.startswith(_NOT_A_STATE):
            return key.removeprefix(_NOT_A_STATE)
        return self._region_by_state.get(key) or state_name(key, self._language)

    def _sorted(self, named: Iterable[Named]) -> tuple[list[str], list[Proposal]]:
        """The names to file under, and the records to propose."""
        actors: dict[str, None] = {}
        proposals: list[Proposal] = []
        for one in named:
            if one.score < _ACTOR_SCORE:
                continue
            government = self._governments.get(one.state) if one.kind == "government" else None
            if government is not None and fold(one.name) not in self._records:
                actors.setdefault(government)  # a state that acts is its government
                continue
            has_record = fold(one.name) in self._records
            if not has_record and one.score >= _PROPOSAL_SCORE and not one.is_known and " " in one.name:
                proposals.append(Proposal(one.name, one.kind, one.state))
            actors.setdefault(one.name)
        return list(actors)[:_ACTORS], proposals[:6]


def _certainty(where: Where, main: Sequence[str]) -> float:
    if not main:
        return 0.0
    scores = sorted(where.scores.values(), reverse=True)
    lead = scores[0] / (scores[0] + (scores[1] if len(scores) > 1 else 0.0))
    return round(max(0.3, min(0.95, lead) - (0.2 if where.unclear else 0.0)), 2)


def _places(names: ArchiveNames) -> Iterator[tuple[str, PlaceName]]:
    """The names of the archive's regions, then those of the starter vocabulary that no record answers to."""
    taken: set[str] = set()
    for region in names.regions:
        key = region.code or f"{_NOT_A_STATE}{region.name}"
        for name in region.names:
            taken.add(fold(name))
            yield name, PlaceName(name, (key,), "state" if region.code else "area")
    yield from ((place.name, place) for place in place_names() if fold(place.name) not in taken)


def _governments(actors: Iterable[ActorName]) -> dict[str, str]:
    """The name of each state's government: of several, the one that is called so."""
    found: dict[str, str] = {}
    for actor in actors:
        if actor.kind == "government" and actor.country:
            is_called_so = fold(actor.name).startswith("government of")
            if actor.country not in found or (
                is_called_so and not fold(found[actor.country]).startswith("government of")
            ):
                found[actor.country] = actor.name
    return found


def _actors(names: ArchiveNames, places: Matcher[PlaceName]) -> Iterator[tuple[str, KnownActor]]:
    """The names of the archive's actors, with other names of the same actor that the starter vocabulary knows."""
    starters = {fold(name): actor for actor in known_actors() for name in (actor.name, *actor.aliases)}
    taken: set[str] = set()
    for record in names.actors:
        own = list(record.names)
        starter = next((starters[fold(name)] for name in own if fold(name) in starters), None)
        if starter is not None:
            own += [starter.name, *starter.aliases]
        actor = KnownActor(record.name, record.kind or "organisation", "", record.country, tuple(own))
        for name in own:
            # What is a place's name too is its government only where it acts, which `who` tells.
            if record.kind == "government" and name != record.name and places.find(name):
                continue
            if fold(name) not in taken:
                taken.add(fold(name))
                yield name, actor
    for starter in known_actors():
        if not any(fold(name) in taken for name in (starter.name, *starter.aliases)):
            yield from ((name, starter) for name in (starter.name, *starter.aliases))


__all__ = ["Proposal", "Tagger", "Tags"]
