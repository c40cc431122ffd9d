"""What is reported together: which actors, regions, dossiers and tags stand in the same briefings as a term."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from builder.pages.values import Value, link
from builder.plan.site import Site
from builder.resolve import TermKind

MOST = 8  # of each kind
WAYS = 12  # of each kind, on home
# What is told of a term of each kind.
_OF = {
    "tag": ("actor", "region", "dossier"),
    "region": ("actor", "dossier", "tag"),
    "actor": ("actor", "region", "dossier"),
    "source": ("dossier", "region", "tag"),
}


def together(site: Site, kind: TermKind, slug: str) -> list[Value]:
    """What is most often reported together with a term, by kind; each with in how many briefings."""
    members = site.archive.members[kind][slug]
    found = []
    for other in _OF[kind]:
        counts = _counted(site, other, members)
        if other == kind:
            del counts[slug]
        if counts:
            found.append({"what": f"{other}s", "entries": _entries(site, other, counts, MOST)})
    return found


def ways_in(site: Site) -> Value:
    """The regions, actors and tags that have most briefings."""
    kinds: tuple[TermKind, ...] = ("region", "actor", "tag")
    counts = {kind: {slug: len(own) for slug, own in site.archive.members[kind].items() if own} for kind in kinds}
    return {f"{kind}s": _entries(site, kind, counts[kind], WAYS) for kind in kinds}


def _counted(site: Site, kind: str, members: Sequence[int]) -> Counter[str]:
    named = site.named[kind]
    return Counter(chain.from_iterable([named[member] for member in members]))


def _entries(site: Site, kind: str, counts: Mapping[str, int], most: int) -> list[Value]:
    top = heapq.nsmallest(most, counts.items(), key=lambda item: (-item[1], item[0]))
    return [{**link(site.labels[kind][slug]), "count": count} for slug, count in top]
