"""Features: rows as GeoJSON (RFC 7946), one for each place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from builder.dataset.fields import Row

_TOLD = (
    "title", "url", "summary", "date", "start", "end", "status", "event_type", "trend", "regions", "actors", "tags",
    "dossiers",
)  # fmt: skip


def features(row: Row) -> Iterator[dict[str, Any]]:
    """The places of a row. What is known only to an area or a country is no point: its geometry is null."""
    for number, place in enumerate(row["locations"], 1):
        is_point = place["precision"] in ("site", "town")
        yield {
            "type": "Feature",
            "id": f"{row['id']}#{number}",
            "geometry": {"type": "Point", "coordinates": [place["lon"], place["lat"]]} if is_point else None,
            "properties": {
                "briefing": row["id"],
                "place": place["name"],
                "precision": place["precision"],
                "lat": place["lat"],
                "lon": place["lon"],
                **{name: row[name] for name in _TOLD},
            },
        }
