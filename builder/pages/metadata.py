"""What a briefing's page says of itself to machines: Highwire and Dublin Core tags, Open Graph, schema.org."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from builder.citations import Citation
from builder.licences import known_licence
from builder.model.briefing import Briefing, Location, SourceEntry
from builder.model.common import Document
from builder.pages.instants import iso8601
from builder.pages.recipes import BriefingRecipe
from builder.pages.scene import Label
from builder.pages.shelf import Shelf
from builder.pages.values import Value

# The kinds of actors in https://schema.org/; others are things.
_TYPES = {
    "government": "GovernmentOrganization",
    "armed forces": "Organization",
    "police": "GovernmentOrganization",
    "armed group": "Organization",
    "party": "PoliticalParty",
    "organisation": "Organization",
    "mission": "Organization",
    "court": "GovernmentOrganization",
    "person": "Person",
}
Pairs = Iterator[tuple[str, str]]


def metadata_value(
    shelf: Shelf, recipe: BriefingRecipe, document: Document[Briefing], summary: str, citation: Citation
) -> Value:
    """`tags` and `properties` are for `meta` elements of which a name or a property is told; `linked` is JSON-LD."""
    return {
        "tags": [{"name": name, "content": content} for name, content in _tags(shelf, recipe, citation)],
        "properties": [
            {"property": name, "content": content} for name, content in _properties(shelf, recipe, document)
        ],
        "linked": {name: value for name, value in _linked(shelf, recipe, document, summary, citation).items() if value},
    }


def _tags(shelf: Shelf, recipe: BriefingRecipe, citation: Citation) -> Pairs:
    """Highwire Press tags, as Google Scholar and Zotero read them, and what Dublin Core says besides."""
    issued = "/".join(citation.issued.parts)
    yield "citation_title", citation.title
    yield from (("citation_author", author) for author in citation.authors)
    yield "citation_publication_date", issued
    yield "citation_online_date", issued
    yield "citation_technical_report_institution", citation.publisher
    yield "citation_technical_report_number", citation.id
    yield "citation_language", citation.language
    yield "citation_public_url", citation.url
    yield "DC.identifier", citation.url
    yield "DC.type", "Text"
    yield from (("DC.subject", label.name) for label in shelf.labels("tag", recipe.tags))
    yield from (("DC.coverage", label.name) for label in shelf.labels("region", recipe.regions))
    yield "DC.coverage", citation.event
    if shelf.scene.licence:
        yield "DC.rights", shelf.scene.licence


def _properties(shelf: Shelf, recipe: BriefingRecipe, document: Document[Briefing]) -> Pairs:
    """What the Open Graph protocol (https://ogp.me/) knows of articles."""
    meta, zone = document.meta, shelf.zone
    assert meta.date is not None
    yield "article:published_time", iso8601(meta.published or meta.date.start, zone)
    if meta.updated is not None:
        yield "article:modified_time", iso8601(meta.updated, zone)
    yield from (("article:section", label.name) for label in shelf.labels("dossier", recipe.dossiers[:1]))
    yield from (("article:tag", label.name) for label in shelf.labels("tag", recipe.tags))


def _linked(
    shelf: Shelf, recipe: BriefingRecipe, document: Document[Briefing], summary: str, citation: Citation
) -> dict[str, Any]:
    meta, scene = document.meta, shelf.scene
    publisher = {"@type": "Organization", "name": citation.publisher, "url": f"{scene.absolute}/"}
    image = scene.absolute + recipe.image[0] if meta.image is not None and recipe.image is not None else None
    return {
        "@context": "https://schema.org",
        "@type": ["Report", "NewsArticle"],
        "@id": citation.url,
        "url": citation.url,
        "mainEntityOfPage": citation.url,
        "headline": citation.title,
        "description": summary,
        "identifier": [
            {"@type": "PropertyValue", "propertyID": "id", "value": citation.id},
            {"@type": "PropertyValue", "propertyID": "sha256", "value": document.written},
        ],
        "inLanguage": citation.language,
        "datePublished": iso8601(citation.issued, shelf.zone),
        "dateModified": iso8601(meta.updated or citation.issued, shelf.zone),
        "author": [{"@type": "Person", "name": author} for author in meta.author] or [publisher],
        "publisher": publisher,
        "isPartOf": {"@type": "WebSite", "name": citation.publisher, "url": f"{scene.absolute}/"},
        "license": licence.url if (licence := known_licence(scene.licence)) else scene.licence,
        "image": image,
        "temporalCoverage": citation.event,
        "keywords": [label.name for label in shelf.labels("tag", recipe.tags)],
        "about": [_thing(scene.absolute, "Thing", label) for label in shelf.labels("dossier", recipe.dossiers)],
        "mentions": [
            _thing(scene.absolute, _TYPES.get(label.kind or "", "Thing"), label)
            for label in shelf.labels("actor", recipe.actors)
        ],
        "contentLocation": [
            *(_place(place) for place in meta.location),
            *(_thing(scene.absolute, "Place", label) for label in shelf.labels("region", recipe.regions)),
        ],
        "citation": [_source(shelf, source, slug) for source, slug in zip(meta.sources, recipe.sources, strict=True)],
        "isBasedOn": {"@type": "MediaObject", "sha256": meta.capture.sha256} if meta.capture else None,
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": correction.note,
                "datePublished": iso8601(correction.date, shelf.zone),
            }
            for correction in meta.corrections
        ],
    }


def _thing(absolute: str, type_: str, label: Label) -> dict[str, Any]:
    return {"@type": type_, "name": label.name, "url": absolute + label.address}


def _place(place: Location) -> dict[str, Any]:
    """What is known only to an area or a country is never a point."""
    found: dict[str, Any] = {"@type": "Place", "name": place.name}
    if place.precision in ("site", "town"):
        found["geo"] = {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon}
    return found


def _source(shelf: Shelf, source: SourceEntry, slug: str | None) -> dict[str, Any]:
    publisher = shelf.labels("source", [slug])[0].name if slug else None
    found = {
        "@type": "CreativeWork",
        "name": source.title or publisher,
        "url": source.url,
        "archivedAt": source.archived_url,
        "datePublished": iso8601(source.published, shelf.zone) if source.published else None,
        "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
    }
    return {name: value for name, value in found.items() if value}
