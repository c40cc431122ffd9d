"""What a dossier rests on: the kinds of its sources, and the publishers of each kind that it relies on most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from builder.pages.values import Value, link, reliability_value
from builder.plan.site import Site

MOST = 5  # publishers of a kind


def reliance(site: Site, members: Sequence[int]) -> list[Value]:
    """The kinds of sources, those relied on most first. A publisher counts once for each briefing that names it."""
    labels = site.labels["source"]
    entries = site.archive.entries
    counts = Counter(slug for member in members for slug in {*entries[member].briefing.sources} if slug is not None)
    by_kind: dict[str | None, list[tuple[str, int]]] = {}
    for slug, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        by_kind.setdefault(labels[slug].kind, []).append((slug, count))
    found = [
        {
            "kind": kind,
            "count": sum(count for _, count in publishers),
            "more": max(0, len(publishers) - MOST),
            "publishers": [
                {
                    **link(labels[slug]),
                    "count": count,
                    "state_controlled": labels[slug].state_controlled,
                    "reliability": reliability_value(site.wording, labels[slug].reliability, inherited=False),
                }
                for slug, count in publishers[:MOST]
            ],
        }
        for kind, publishers in by_kind.items()
    ]
    return sorted(found, key=lambda one: (-one["count"], one["kind"] or ""))
