"""Places: what stands in the list beside a map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from builder.maps.outlines import main_outline
from builder.maps.sites import Site
from builder.pages.recipes import Counted, Filter
from builder.pages.shelf import Shelf
from builder.pages.values import Value, tongue_value
from builder.pages.wording import direction
from builder.resolve.briefings import Abstract, Place

_NEWEST = 3  # briefings that are named of each mark where all would be too many
_ONE_PLACE = 0.2  # degrees: places of one name that are nearer are the same


class Item(Struct, frozen=True):
    """Something on a map: a place with its briefings, newest first, or a region with their number."""

    name: str
    count: int
    precision: str
    site: Site | None
    briefings: tuple[Abstract, ...] = ()
    address: str | None = None
    lang: str | None = None


def region_item(region: Counted) -> Item:
    """A region with the number of its briefings."""
    place = region.place or _middle(region.code)
    site = Site(place[0], place[1], region.count, region.name) if place else None
    return Item(region.name, region.count, "region", site, address=region.address, lang=region.lang)


def _middle(code: str | None) -> tuple[float, float] | None:
    outline = main_outline(code, "110m") if code else ()
    if not outline:
        return None
    longitudes, latitudes = zip(*outline, strict=True)
    return (min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2


def place_items(shelf: Shelf, located: Iterable[bytes]) -> Iterator[Item]:
    """The places of some briefings, each once."""
    found: dict[Place, dict[str, Abstract]] = {}
    same: dict[tuple[str, str], list[Place]] = {}
    for key in located:
        abstract = shelf.abstract(key)
        for place in abstract.places:
            known = same.setdefault((place.name, place.precision), [])
            own = next((other for other in known if _is_near(place, other)), None)
            if own is None:
                own = place
                known.append(place)
            found.setdefault(own, {})[abstract.address] = abstract
    for place, briefings in found.items():
        site = Site(place.lon, place.lat, len(briefings), place.name, place.precision == "area")
        is_drawn = place.precision != "country"
        language = place.lang or shelf.scene.main_language
        yield Item(
            place.name,
            len(briefings),
            place.precision,
            site if is_drawn else None,
            tuple(briefings.values()),
            lang=language if language != shelf.scene.language else None,
        )


def _is_near(one: Place, other: Place) -> bool:
    """Whether two places of one name are one, written down twice; in degrees."""
    return abs(one.lat - other.lat) < _ONE_PLACE and abs(one.lon - other.lon) < _ONE_PLACE


class Choices:
    """The choices that a map offers, numbered from 1."""

    def __init__(self, filters: Sequence[Filter]) -> None:
        self._filters = filters
        self._by_slug: dict[tuple[str, str], list[int]] = {}
        for number, choice in enumerate(filters, 1):
            for slug in choice.slugs:
                self._by_slug.setdefault((choice.kind, slug), []).append(number)

    def of(self, abstract: Abstract) -> list[int]:
        """Those that a briefing fits."""
        keys = [*(("dossier", slug) for slug in abstract.dossiers), *(("region", slug) for slug in abstract.regions)]
        return sorted({number for key in keys for number in self._by_slug.get(key, ())})

    def value(self) -> dict[str, list[Value]]:
        """The choices of each kind."""
        found: dict[str, list[Value]] = {"dossier": [], "region": []}
        for number, choice in enumerate(self._filters, 1):
            found[choice.kind].append({"number": number, "name": choice.name, **tongue_value(choice.lang)})
        return found


def entry_value(shelf: Shelf, own_id: str, group: Sequence[Item], listed: bool, choices: Choices) -> Value:
    """What stands together in the list, with all its briefings if `listed`, else with the newest."""
    briefings = {abstract.address: abstract for item in group for abstract in item.briefings}
    shown = sorted(briefings.values(), key=lambda a: (a.when.start.first_day(), a.id), reverse=True)
    count = len(shown) if shown else sum(item.count for item in group)
    return {
        "id": own_id,
        "name": group[0].name,
        **tongue_value(group[0].lang),
        "others": len(group) - 1,
        "address": group[0].address,
        "precision": group[0].precision,
        "count": count,
        "briefings": [_briefing(shelf, abstract, choices) for abstract in (shown if listed else shown[:_NEWEST])],
        "more": 0 if listed else max(0, len(shown) - _NEWEST),
    }


def _briefing(shelf: Shelf, abstract: Abstract, choices: Choices) -> Value:
    language = abstract.lang or shelf.scene.main_language
    return {
        "title": abstract.title,
        "address": abstract.address,
        "date": shelf.wording.when(abstract.when),
        "lang": language,
        "dir": direction(language),
        "choices": choices.of(abstract),
    }
