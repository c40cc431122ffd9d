"""Rows: a briefing of the data set in every format, from its document and the names of what it mentions."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import msgpack

from builder.citations import bibtex, csl, ris
from builder.dataset.features import features
from builder.dataset.fields import Row
from builder.dataset.formats import KEPT, rows_key
from builder.dataset.tables import table_line
from builder.model.briefing import Briefing, Figure, SourceEntry
from builder.model.common import Document
from builder.pages.citations import citation_of
from builder.pages.instants import iso8601, rfc3339
from builder.pages.recipes import RowRecipe
from builder.pages.shelf import Shelf
from builder.resolve.briefings import summary_of

_encode = msgspec.json.Encoder().encode


def row_pieces(shelf: Shelf, year: bytes, recipes: tuple[RowRecipe, ...]) -> list[tuple[bytes, bytes]]:
    """The pieces of a year, which `year` is the fingerprint of: its rows in each format."""
    found: dict[str, list[Any]] = {format_: [] for format_ in KEPT}
    for recipe in recipes:
        document = shelf.document(recipe.document)
        row = _row(shelf, recipe, document)
        citation = citation_of(shelf, recipe.id, recipe.address, document)
        found["json"].append(_encode(row))
        found["csv"].append(table_line(row).encode())
        found["geojson"].append(b",\n".join(map(_encode, features(row))))
        found["bib"].append(bibtex(citation).encode())
        found["ris"].append(ris(citation).encode())
        found["csl"].append(_encode(csl(citation)))
        found["actors"].append(recipe.actors)
    return [(rows_key(year, format_), msgpack.encode(rows)) for format_, rows in found.items()]


def _row(shelf: Shelf, recipe: RowRecipe, document: Document[Briefing]) -> Row:
    meta, scene, zone = document.meta, shelf.scene, shelf.zone
    when = meta.date
    assert when is not None  # what has no date has no page
    first = meta.location[0] if meta.location else None
    sources = [_source(shelf, source, slug) for source, slug in zip(meta.sources, recipe.sources, strict=True)]
    return {
        "id": recipe.id,
        "url": scene.absolute + recipe.address,
        "title": meta.title,
        "summary": summary_of(document),
        "date": when.iso,
        "start": when.start.first_day().isoformat(),
        "end": (when.end or when.start).last_day().isoformat(),
        "published": rfc3339((meta.published or when.start).timestamp(zone), zone),
        "updated": rfc3339(meta.updated.timestamp(zone), zone) if meta.updated else None,
        "language": meta.lang or scene.main_language,
        "status": meta.status,
        "event_type": meta.event_type,
        "trend": meta.trend,
        "trend_reason": meta.trend_reason,
        "confidence": meta.confidence,
        "regions": _names(shelf, "region", recipe.regions),
        "region_ids": list(recipe.regions),
        "within": list(recipe.within),
        "actors": _names(shelf, "actor", recipe.actors),
        "actor_ids": list(recipe.actors),
        "tags": _names(shelf, "tag", recipe.tags),
        "tag_ids": list(recipe.tags),
        "dossiers": _names(shelf, "dossier", recipe.dossiers),
        "dossier_ids": list(recipe.dossiers),
        "places": [place.name for place in meta.location],
        "lat": first.lat if first else None,
        "lon": first.lon if first else None,
        "precision": first.precision if first else None,
        "sources": [source["name"] for source in sources if source["name"]],
        "source_ids": [source["id"] for source in sources if source["id"]],
        "source_urls": [source["url"] for source in sources if source["url"]],
        "figures": [_figure(figure) for figure in meta.figures],
        "authors": list(meta.author),
        "warning": meta.warning,
        "inferred": sorted(meta.inferred),
        "digest": document.written,
        "locations": [
            {"name": place.name, "lat": place.lat, "lon": place.lon, "precision": place.precision}
            for place in meta.location
        ],
        "numbers": [_number(shelf, figure) for figure in meta.figures],
        "reports": sources,
        "corrections": [
            {"date": iso8601(correction.date, zone), "note": correction.note, "kind": correction.kind}
            for correction in meta.corrections
        ],
        "translations": [
            {"language": language, "title": title, "url": scene.absolute + address}
            for language, title, address in recipe.translations
        ],
    }


def _names(shelf: Shelf, kind: str, slugs: tuple[str, ...]) -> list[str]:
    return [label.name for label in shelf.labels(kind, slugs)]


def _figure(figure: Figure) -> str:
    if figure.value is not None:
        number = f"{figure.value}"
    elif figure.high is None:
        number = f"{figure.low} or more"
    else:
        number = f"up to {figure.high}" if figure.low is None else f"{figure.low} to {figure.high}"
    return f"{figure.what}: {number} ({figure.says})"


def _number(shelf: Shelf, figure: Figure) -> Row:
    return {
        "what": figure.what,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "says": figure.says,
        "on": iso8601(figure.on, shelf.zone) if figure.on else None,
    }


def _source(shelf: Shelf, source: SourceEntry, slug: str | None) -> Row:
    label = shelf.labels("source", [slug])[0] if slug else None
    reliability = source.reliability or (label.reliability if label else None)
    return {
        "id": slug,
        "name": label.name if label else None,
        "title": source.title,
        "url": source.url,
        "published": iso8601(source.published, shelf.zone) if source.published else None,
        "accessed": iso8601(source.accessed, shelf.zone) if source.accessed else None,
        "archived_url": source.archived_url,
        "reliability": reliability,
        "inherited": source.reliability is None and reliability is not None,
        "credibility": source.credibility,
    }
