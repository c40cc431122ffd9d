"""Sites: what is known of the places that a map shows."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from builder.maps.atlas import Point


class Site(Struct, frozen=True, array_like=True):
    """What is known of a place: longitude and latitude in degrees, how many briefings tell of it, and its name.

    `vague` says that it is known only to an area: it gets a ring, never a point.
    """

    lon: float
    lat: float
    weight: int
    name: str
    vague: bool = False


def near_points(sites: Sequence[Site]) -> tuple[Point, ...]:
    """Where the sites lie, without the few far from the others: talks about a war are held on other continents."""
    if not sites:
        return ()
    points = [(site.lon, site.lat) for site in sites for _ in range(min(site.weight, 20))]
    first = points[0][0]
    turned = [((lon - first + 180) % 360 - 180 + first, lat) for lon, lat in points]
    middle_lon, middle_lat = (sorted(values)[len(points) // 2] for values in zip(*turned, strict=True))
    shrink = max(0.1, 1 - abs(middle_lat) / 100)
    distances = [max(abs(lon - middle_lon) * shrink, abs(lat - middle_lat)) for lon, lat in turned]
    usual = sorted(distances)[len(distances) * 2 // 3]
    limit = max(2.5 * usual, 1.5)  # degrees
    return tuple(dict.fromkeys(point for point, far in zip(turned, distances, strict=True) if far <= limit))
