"""The data: which files there are, what those of records say, and the page that leads to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from builder.dataset.formats import FORMATS
from builder.dataset.package import data_package
from builder.dataset.schema import front_matter_schema
from builder.model.records import Actor, Region, Source
from builder.pages.recipes import FrameRecipe, JsonFileRecipe, Sheet
from builder.pages.values import Value, tongue_value
from builder.plan.editions import Editions, changes_file
from builder.plan.rows import Rows
from builder.plan.site import Site
from builder.resolve import Term, TermKind

PLACE = "/data/"
CITATION_FORMATS = ("bib", "ris", "csl.json")
RECORDS: dict[str, TermKind] = {"actors": "actor", "regions": "region", "sources": "source"}
PACKAGE = f"{PLACE}datapackage.json"
SCHEMA = f"{PLACE}briefing.schema.json"
CHANGES = f"{PLACE}changes.json"
NETWORK = f"{PLACE}network.graphml"


def row_files(site: Site) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The address of each file of rows, with its format and, if it is of one, the dossier."""
    for format_ in FORMATS:
        yield f"{PLACE}briefings.{format_}", (format_,)
    for dossier in site.archive.dossiers:
        for format_ in CITATION_FORMATS:
            yield _dossier_file(dossier.id, format_), (format_, dossier.id)


def _dossier_file(dossier: str, format_: str) -> str:
    return f"{PLACE}dossiers/{dossier}.{format_}"


def json_files() -> Iterator[str]:
    """The addresses of the files that tell of other things than briefings."""
    yield from (f"{PLACE}{name}.json" for name in RECORDS)
    yield CHANGES
    yield PACKAGE
    yield SCHEMA


def json_file(site: Site, address: str, editions: Editions) -> JsonFileRecipe:
    """What one of these says."""
    if address == PACKAGE:
        return JsonFileRecipe(data_package(site.config, editions.now))
    if address == CHANGES:
        return JsonFileRecipe(changes_file(site, editions))
    if address == SCHEMA:
        return JsonFileRecipe(front_matter_schema(site.config.absolute + SCHEMA))
    kind = RECORDS[address.removeprefix(PLACE).removesuffix(".json")]
    return JsonFileRecipe([_record(site, term) for term in site.archive.terms[kind].values()])


def _record(site: Site, term: Term) -> dict[str, Any]:
    """A term with what its record says, in the site's own language; of a name without a record, that alone."""
    record = term.record
    found: dict[str, Any] = {
        "id": term.slug,
        "name": term.name,
        "url": site.config.absolute + site.term_address(term.kind, term.slug),
        "aliases": [alias.name for alias in record.aliases] if record else [],
        "names": record.names if record else {},
        "description": record.description if record else "",
        "note": record.note if record else "",
    }
    parents = list(site.archive.parents.get(term.kind, {}).get(term.slug, ()))
    if term.kind == "region":
        region = record if isinstance(record, Region) else None
        found["parent"] = parents[0] if parents else None
        found |= {name: getattr(region, name, None) for name in ("code", "wikidata")}
        found |= {"lat": _degrees(region.lat if region else None), "lon": _degrees(region.lon if region else None)}
    elif term.kind == "actor":
        actor = record if isinstance(record, Actor) else None
        found["member_of"] = parents
        found |= {name: getattr(actor, name, None) for name in ("kind", "country", "wikidata")}
    elif term.kind == "source":
        source = record if isinstance(record, Source) else None
        plain = ("kind", "country", "owner", "funding", "state_controlled", "reliability", "reason", "wikidata")
        found |= {name: getattr(source, name, None) for name in plain}
        found["hosts"] = list(source.hosts) if source else []
        found["web_site"] = source.url if source else None
        found["reviewed"] = source.reviewed.iso if source and source.reviewed else None
    return found


def _degrees(number: float | None) -> float | None:
    # What is written as `21` is a whole number where it was just read, and none where it was kept.
    return None if number is None else float(number)


def data_sheet(site: Site, rows: Rows, edition: str) -> Sheet:
    """What `/data/` is made from."""
    _ = site.wording.words.gettext
    files = [
        _file(f"{PLACE}briefings.csv", "CSV", _("All briefings as a table, for spreadsheets")),
        _file(f"{PLACE}briefings.json", "JSON", _("All briefings, with all that is known of each")),
        _file(f"{PLACE}briefings.jsonl", "JSON Lines", _("The same, a briefing on each line, for large archives")),
        _file(f"{PLACE}briefings.geojson", "GeoJSON", _("Where it happened, for maps")),
        _file(f"{PLACE}actors.json", "JSON", _("Actors on record")),
        _file(f"{PLACE}regions.json", "JSON", _("Regions on record")),
        _file(f"{PLACE}sources.json", "JSON", _("Sources on record, with their grades")),
        _file(NETWORK, "GraphML", _("Who is reported with whom")),
        _file(CHANGES, "JSON", _("What changed from each edition to the next")),
        _file(PACKAGE, "Data Package", _("What each field means, for programs (Frictionless)")),
        _file(SCHEMA, "JSON Schema", _("The front matter of a briefing, for editors")),
    ]
    values = {
        "heading": _("Data"),
        "count": rows.count,
        "edition": edition,
        "files": files,
        "citations": _citation_files(f"{PLACE}briefings"),
        "dossiers": [
            {
                "title": dossier.document.meta.title,
                "address": dossier.address,
                **tongue_value(site.tongue(dossier.document.meta.lang)),
                "citations": _citation_files(f"{PLACE}dossiers/{dossier.id}"),
            }
            for dossier in site.archive.dossiers
        ],
        "fields": data_package(site.config, edition)["resources"][0]["schema"]["fields"],
    }
    return Sheet(FrameRecipe(values["heading"]), values)


def _file(address: str, format_: str, about: str) -> Value:
    return {"address": address, "name": address.rpartition("/")[2], "format": format_, "about": about}


def _citation_files(stem: str) -> list[Value]:
    names = {"bib": "BibTeX", "ris": "RIS", "csl.json": "CSL-JSON"}
    return [{"name": names[format_], "address": f"{stem}.{format_}"} for format_ in CITATION_FORMATS]
