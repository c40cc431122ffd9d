"""Clusters: spots that would crowd on a map, brought together."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct


class Spot(Struct, frozen=True, array_like=True):
    """A place on the drawing, and how much lies there."""

    x: float
    y: float
    weight: int


class Cluster(Struct, frozen=True, array_like=True):
    """Spots that are shown as one, by their numbers, ascending; it stands at their weighted middle."""

    x: float
    y: float
    weight: int
    spots: tuple[int, ...]


def clusters(spots: Sequence[Spot], apart: float) -> list[Cluster]:
    """Brings spots together until no two clusters are nearer to each other than `apart`; the heaviest come first.

    The heavier takes up the lighter, ties go to the northern, then to the western: so the outcome depends on nothing
    but the spots.
    """
    found = [Cluster(spot.x, spot.y, spot.weight, (number,)) for number, spot in enumerate(spots)]
    while True:
        found.sort(key=lambda cluster: (-cluster.weight, cluster.y, cluster.x, cluster.spots))
        merged = _merged(found, apart)
        if len(merged) == len(found):
            return merged
        found = merged


def _merged(found: Sequence[Cluster], apart: float) -> list[Cluster]:
    """One round: each cluster joins the nearest of those before it that is too near."""
    groups: list[list[Cluster]] = []
    cells: dict[tuple[int, int], list[int]] = {}
    for cluster in found:
        column, row = int(cluster.x // apart), int(cluster.y // apart)
        near = [
            (_distance(groups[number][0], cluster), number)
            for across in (column - 1, column, column + 1)
            for down in (row - 1, row, row + 1)
            for number in cells.get((across, down), ())
        ]
        distance, number = min(near, default=(apart * apart, -1))
        if distance < apart * apart:
            groups[number].append(cluster)
        else:
            cells.setdefault((column, row), []).append(len(groups))
            groups.append([cluster])
    return [_together(group) if len(group) > 1 else group[0] for group in groups]


def _distance(a: Cluster, b: Cluster) -> float:
    return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)


def _together(group: Sequence[Cluster]) -> Cluster:
    weight = sum(cluster.weight for cluster in group)
    return Cluster(
        sum(cluster.x * cluster.weight for cluster in group) / weight,
        sum(cluster.y * cluster.weight for cluster in group) / weight,
        weight,
        tuple(sorted(number for cluster in group for number in cluster.spots)),
    )
