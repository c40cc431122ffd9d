"""The data package: what each file of the data set holds and each field means (Data Package v1, Table Schema v1)."""

from __future__ import annotations

from typing import Any

from builder.config import Config
from builder.dataset.fields import FIELDS, Field, Kind
from builder.dataset.tables import COLUMNS
from builder.licences import known_licence
from builder.names import slug

_IN_TABLES: dict[Kind, str] = {
    "text": "string", "date": "date", "instant": "datetime", "number": "number", "texts": "string",
}  # fmt: skip
_IN_JSON: dict[Kind, str] = {**_IN_TABLES, "texts": "array", "mappings": "array"}
_SEVERAL = " Several have ` | ` between them."


def data_package(config: Config, edition: str) -> dict[str, Any]:
    """`datapackage.json` of an edition; the first of its `resources` is the table of briefings."""
    licence = known_licence(config.licence)
    found: dict[str, Any] = {
        "profile": "data-package",
        "name": slug(config.title) or "archive",
        "title": config.title,
        "version": edition,
        "description": config.description,
        "homepage": f"{config.absolute}/data/",
        "licenses": [{"name": licence.identifier, "path": licence.url}] if licence else None,
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "briefings",
                "path": "briefings.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [_described(field, _IN_TABLES[field.kind]) for field in COLUMNS],
                    "primaryKey": "id",
                    "missingValues": [""],
                },
            },
            _in_full("briefings-in-full", "briefings.json", "application/json"),
            _in_full("briefings-by-line", "briefings.jsonl", "application/jsonl"),
            _other("places", "briefings.geojson", "application/geo+json"),
            *(_other(name, f"{name}.json", "application/json") for name in ("actors", "regions", "sources", "changes")),
            _other("network", "network.graphml", "application/graphml+xml"),
        ],
    }
    return {name: value for name, value in found.items() if value}


def _described(field: Field, type_: str) -> dict[str, str]:
    return {
        "name": field.name,
        "type": type_,
        "description": field.meaning + (_SEVERAL if field.kind == "texts" else ""),
    }


def _in_full(name: str, path: str, media_type: str) -> dict[str, Any]:
    fields = [{"name": f.name, "type": _IN_JSON[f.kind], "description": f.meaning} for f in FIELDS]
    schema = {"fields": fields, "primaryKey": "id"}
    return {**_other(name, path, media_type), "profile": "tabular-data-resource", "schema": schema}


def _other(name: str, path: str, media_type: str) -> dict[str, str]:
    return {
        "profile": "data-resource",
        "name": name,
        "path": path,
        "format": path.rpartition(".")[2],
        "mediatype": media_type,
        "encoding": "utf-8",
    }
