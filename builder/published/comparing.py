"""What was public compared with what is: pure, from values to values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from builder.published.lines import (
    Edition,
    EditionChange,
    Key,
    PublicBriefing,
    PublicPlace,
    Published,
    edition_of,
)


class Difference(Struct, frozen=True):
    """Something public that isn't as it was.

    `gone`: nothing answers at `address` any more. `moved`: the same, but what stood there is now at `now.address`.
    `taken`: something else stands there. `reworded`: other words, and neither a correction nor a revision tells it.
    """

    what: Literal["gone", "moved", "taken", "reworded"]
    address: str
    was: PublicBriefing | PublicPlace
    now: PublicBriefing | PublicPlace | None = None


def compare(before: Published, now: Published, answers: Collection[str]) -> Iterator[Difference]:
    """What isn't as it was `before`. `answers` are all addresses at which something answers now."""
    by_key = _by_key(before, now)
    owners = {briefing.address: briefing.key for briefing in now.briefings}
    for was in before.briefings:
        new = by_key.get(was.key)
        for address in (was.address, *was.was):
            owner = owners.get(address)
            if owner is not None and new is not None and owner != new.key:
                yield Difference("taken", address, was, new)
            elif address not in answers:
                yield Difference("moved" if new is not None and new.address != address else "gone", address, was, new)
        if new is not None and new.digest != was.digest and _is_untold(was, new):
            yield Difference("reworded", new.address, was, new)
    known = {place.address for place in before.places}
    by_digest = {(p.kind, p.digest): p for p in now.places if p.digest and p.address not in known}
    for place in before.places:
        if place.address not in answers:
            moved = by_digest.get((place.kind, place.digest))
            yield Difference("moved" if moved else "gone", place.address, place, moved)


def _by_key(before: Published, now: Published) -> Mapping[Key, PublicBriefing]:
    """The briefings of `now` by what each was called `before`: what a site calls its own language may change."""
    found = {briefing.key: briefing for briefing in now.briefings}
    at = {(briefing.id, briefing.address): briefing for briefing in now.briefings}
    known = {briefing.key for briefing in before.briefings}
    for was in before.briefings:
        same = at.get((was.id, was.address))
        if was.key not in found and same is not None and same.key not in known:
            found[was.key] = same
    return found


def _is_untold(was: PublicBriefing, new: PublicBriefing) -> bool:
    return (new.revised, new.corrections, new.withdrawn) == (was.revised, was.corrections, was.withdrawn)


def renewed(before: Published, now: Published, answers: Collection[str], day: date) -> Published:
    """What is to be recorded once `now` is public: equal to `before` where that says all of it.

    Addresses that were public stay on record with what stands elsewhere now, or as redirects. A new edition is of
    `day`.
    """
    by_key = _by_key(before, now)
    earlier = {by_key[was.key].key: was for was in before.briefings if was.key in by_key}
    briefings = tuple([_with_history(new, earlier.get(new.key)) for new in now.briefings])
    gone = [was for was in before.briefings if was.key not in by_key]
    old = [address for was in gone for address in (was.address, *was.was)]
    old += [place.address for place in before.places]
    places = {address: PublicPlace("redirect", address) for address in old if address in answers}
    places |= {place.address: place for place in now.places}
    name = edition_of(briefings)
    editions = before.editions
    if not editions or editions[-1].edition != name:
        changes = tuple(_changes(earlier, briefings)) if editions else ()
        editions = (*editions, Edition(name, day, changes))
    return Published(briefings, tuple([places[address] for address in sorted(places)]), editions)


def _with_history(new: PublicBriefing, was: PublicBriefing | None) -> PublicBriefing:
    if was is None:
        return new
    addresses = dict.fromkeys((*was.was, was.address))
    addresses.pop(new.address, None)
    return replace(new, was=tuple(addresses))


def _changes(earlier: Mapping[Key, PublicBriefing], briefings: Iterable[PublicBriefing]) -> Iterator[EditionChange]:
    for new in briefings:
        was = earlier.get(new.key)
        if was is None or (was.withdrawn and not new.withdrawn):
            yield EditionChange(new.id, new.lang, "added")
            continue
        if new.withdrawn and not was.withdrawn:
            yield EditionChange(new.id, new.lang, "withdrawn")
        if new.address != was.address:
            yield EditionChange(new.id, new.lang, "moved")
        if new.digest != was.digest:
            yield EditionChange(new.id, new.lang, "corrected")
