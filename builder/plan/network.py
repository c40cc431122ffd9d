"""A network of actors: who is reported together with whom, drawn as arcs between names that stand in one column.

Arcs need no search for a layout: the same actors give the same drawing on any machine, and the names stay words that
can be read on a phone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from math import isqrt

from builder.pages.values import Value, actor_value, link
from builder.plan.site import Site

MOST_ACTORS = 24
MOST_TIES = 80
MOST_PARTNERS = 3  # that are named of each actor, in the table
# Units of the drawing, which is some 400 wide: about a pixel of a phone.
_ROW = 24
_NAMES = 210  # the width of the names
_LONGEST_NAME = 30  # characters
_WIDEST = 7  # of a dot's radius and a line's width


def network(site: Site, members: Sequence[int]) -> Value | None:
    """The actors that `members` report most, and their ties; None where no two are reported together."""
    entries = site.archive.entries
    reported = [entries[member].briefing.actors for member in members]
    counts = Counter(slug for actors in reported for slug in actors)
    named = frozenset(sorted(counts, key=lambda slug: (-counts[slug], slug))[:MOST_ACTORS])
    ties = Counter(
        pair for actors in reported for pair in combinations(sorted(slug for slug in actors if slug in named), 2)
    )
    if not ties:
        return None
    order = _order(named, counts, ties)
    row = {slug: number * _ROW + _ROW // 2 for number, slug in enumerate(order)}
    drawn = _drawn(ties)
    most, closest = max(counts.values()), max(ties.values())
    return {
        "actors": [
            {
                **actor_value(site.labels["actor"][slug]),
                "short": _short(site.labels["actor"][slug].name),
                "count": counts[slug],
                "y": row[slug],
                "radius": max(2, isqrt(_WIDEST * _WIDEST * counts[slug] // most)),
                "with": _partners(site, slug, ties),
            }
            for slug in order
        ],
        "ties": [
            {"path": _arc(*sorted((row[a], row[b]))), "width": max(1, _WIDEST * ties[a, b] // closest)}
            for a, b in reversed(drawn)  # the strongest are drawn last, over the others
        ],
        "names": _NAMES,
        "axis": _NAMES + 2 * _WIDEST,
        "width": _NAMES + 2 * _WIDEST + max(_bulge(abs(row[a] - row[b])) for a, b in drawn) + _WIDEST,
        "height": len(order) * _ROW,
        "left_out": len(counts) - len(named),
        "ties_left_out": len(ties) - len(drawn),
    }


def _drawn(ties: Counter[tuple[str, str]]) -> list[tuple[str, str]]:
    """The strongest ties, and of each actor the closest, so that none who is tied stands alone; the strongest first."""
    order = sorted(ties, key=lambda pair: (-ties[pair], pair))
    closest: dict[str, tuple[str, str]] = {}
    for pair in order:
        for slug in pair:
            closest.setdefault(slug, pair)
    kept = {*order[:MOST_TIES], *closest.values()}
    return [pair for pair in order if pair in kept]


def _order(named: Iterable[str], counts: Counter[str], ties: Counter[tuple[str, str]]) -> list[str]:
    """The most reported first, then each time the one with the closest ties to the last few: so that arcs are short."""
    left = sorted(named, key=lambda slug: (-counts[slug], slug))
    order = [left.pop(0)]
    while left:
        near = order[-3:]
        following = max(left, key=lambda slug: sum(_tie(ties, slug, other) for other in near))
        left.remove(following)
        order.append(following)
    return order


def _tie(ties: Counter[tuple[str, str]], one: str, other: str) -> int:
    return ties[(one, other) if one < other else (other, one)]


def _partners(site: Site, slug: str, ties: Counter[tuple[str, str]]) -> list[Value]:
    others = [(count, b if a == slug else a) for (a, b), count in ties.items() if slug in (a, b)]
    closest = sorted(others, key=lambda pair: (-pair[0], pair[1]))[:MOST_PARTNERS]
    return [{**link(site.labels["actor"][other]), "count": count} for count, other in closest]


def _arc(top: int, bottom: int) -> str:
    """An SVG path: half an ellipse, from one name to another."""
    axis = _NAMES + 2 * _WIDEST
    return f"M{axis} {top}A{_bulge(bottom - top)} {(bottom - top) // 2} 0 0 1 {axis} {bottom}"


def _bulge(distance: int) -> int:
    return 8 + distance * 3 // 10


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"
