"""A briefing's own page."""

from __future__ import annotations

from typing import Any

from builder.dates import Moment, When
from builder.model.briefing import Briefing, Figure, SourceEntry
from builder.model.common import Document
from builder.pages.citations import citation_of, citations_value
from builder.pages.frame import frame
from builder.pages.metadata import metadata_value
from builder.pages.recipes import BodyRecipe, BriefingRecipe, FrameRecipe
from builder.pages.scene import Label
from builder.pages.share import share_of, share_of_briefing
from builder.pages.shelf import Shelf
from builder.pages.values import (
    Value,
    actor_value,
    body_value,
    card,
    credibility_value,
    day_of_year_link,
    link,
    optional_card,
    picture_value,
    region_value,
    reliability_value,
    root_of,
    toc_value,
    tongue_value,
    translation_value,
)
from builder.pages.web_addresses import encoded
from builder.pages.wording import direction
from builder.resolve.briefings import summary_of


def briefing_inputs(shelf: Shelf, address: str, recipe: BriefingRecipe) -> Value:
    """What the page of a briefing is made from."""
    document = shelf.document(recipe.document)
    meta = document.meta
    summary = summary_of(document)
    body = BodyRecipe(bytes.fromhex(document.body.html), recipe.references, recipe.files, recipe.pictures)
    own_frame = FrameRecipe(meta.title, summary, draft=meta.draft)
    inputs = frame(shelf.scene, "briefing", address, own_frame, recipe.languages)
    inputs["page"]["share"] = share_of_briefing(shelf.scene, recipe, meta, address) or _share_of_dossier(shelf, recipe)
    inputs |= {
        "briefing": _briefing_value(shelf, recipe, document),
        "body": body_value(body, root_of(address), shelf.scene.picture_sizes),
        "toc": toc_value(document.body.headings),
        "earlier": optional_card(shelf, recipe.earlier),
        "later": optional_card(shelf, recipe.later),
        "in_dossiers": [
            _titled(label) | {"earlier": optional_card(shelf, earlier), "later": optional_card(shelf, later)}
            for label, (_, earlier, later) in zip(
                shelf.labels("dossier", recipe.dossiers), recipe.in_dossiers, strict=True
            )
        ],
    }
    if "related" in shelf.scene.needs:
        inputs["related"] = [card(shelf, key) for key in recipe.related]
    return inputs | _cited(shelf, address, recipe, document, summary)


def _share_of_dossier(shelf: Shelf, recipe: BriefingRecipe) -> Value | None:
    """The share picture of a briefing's first dossier, or else the site's."""
    for label in shelf.labels("dossier", recipe.dossiers[:1]):
        return share_of(shelf.scene, "dossier", label.address, label.name)
    return share_of(shelf.scene, "briefing", "", "")


def _cited(shelf: Shelf, address: str, recipe: BriefingRecipe, document: Document[Briefing], summary: str) -> Value:
    needs = shelf.scene.needs
    found: Value = {}
    if "citations" in needs or "metadata" in needs:
        citation = citation_of(shelf, recipe.id, address, document)
        if "citations" in needs:
            found["citations"] = citations_value(citation)
        if "metadata" in needs:
            found["metadata"] = metadata_value(shelf, recipe, document, summary, citation)
    return found


def _briefing_value(shelf: Shelf, recipe: BriefingRecipe, document: Document[Briefing]) -> Value:
    meta = document.meta
    wording = shelf.wording
    when = meta.date
    assert when is not None  # what has no date has no page
    published = meta.published or when.start
    return {
        "id": recipe.id,
        "title": meta.title,
        "summary": meta.summary,
        "date": wording.when(when),
        "period": f"{shelf.scene.prefix}/{'/'.join(when.start.parts)}/",
        "on": day_of_year_link(shelf, when.start.parts[1:]) if when.start.day else None,
        "published": wording.moment(published),
        "updated": _date(shelf, meta.updated),
        "status": meta.status,
        "draft": meta.draft,
        "future": _is_future(when, published),
        **_language(shelf, meta),
        "authors": list(meta.author),
        "regions": [region_value(label) for label in shelf.labels("region", recipe.regions)],
        "actors": [actor_value(label) for label in shelf.labels("actor", recipe.actors)],
        "tags": [link(label) for label in shelf.labels("tag", recipe.tags)],
        "dossiers": [_titled(label) for label in shelf.labels("dossier", recipe.dossiers)],
        "event_type": meta.event_type,
        "trend": meta.trend,
        "trend_reason": meta.trend_reason,
        "confidence": meta.confidence,
        "warning": meta.warning or None,
        "locations": [
            {"name": place.name, "lat": place.lat, "lon": place.lon, "precision": place.precision}
            for place in meta.location
        ],
        "figures": [_figure(shelf, figure) for figure in meta.figures],
        "image": _image(shelf, meta, recipe),
        "attachments": _attachments(meta, recipe),
        "sources": [_source(shelf, source, slug) for source, slug in zip(meta.sources, recipe.sources, strict=True)],
        "capture": {"sha256": meta.capture.sha256, "converted": meta.capture.converted, "address": None}
        if meta.capture
        else None,
        "corrections": [
            {"date": wording.moment(correction.date), "note": correction.note, "kind": correction.kind}
            for correction in sorted(meta.corrections, key=lambda c: c.date.instant(shelf.zone), reverse=True)
        ],
        "digest": document.written,
        "translation": translation_value(meta.translation),
        "tongues": _tongues(shelf, document),
        "inferred": [{"field": field, "confidence": sure} for field, sure in sorted(meta.inferred.items())],
        "extra": document.extra,
    }


def _language(shelf: Shelf, meta: Briefing) -> dict[str, str]:
    language = meta.lang or shelf.scene.main_language
    return {"lang": language, "dir": direction(language)}


# Fields with words, which a translation takes from its original where it doesn't state them.
_WORDED = ("trend_reason", "warning", "location", "figures", "image", "attachments", "corrections")


def _tongues(shelf: Shelf, document: Document[Briefing]) -> dict[str, Value]:
    """The language of each field with words, where that isn't the pages'."""
    # Under a language's prefix only translations have pages; what they take from their originals is in the site's own.
    scene, own = shelf.scene, document.meta.lang or shelf.scene.main_language
    languages = [own if field in document.lines or not scene.prefix else scene.main_language for field in _WORDED]
    return {
        field: tongue_value(language if language != scene.language else None)
        for field, language in zip(_WORDED, languages, strict=True)
    }


def _is_future(when: When, published: Moment) -> bool:
    return when.start.first_day() > published.last_day()


def _date(shelf: Shelf, moment: Moment | None) -> dict[str, str] | None:
    return shelf.wording.moment(moment) if moment else None


def _titled(label: Label) -> Value:
    return {"title": label.name, "address": label.address, "lang": label.lang, "dir": label.dir}


def _figure(shelf: Shelf, figure: Figure) -> Value:
    number, words = shelf.wording.number, shelf.wording.words
    if figure.value is not None:
        value = number(figure.value)
    elif figure.low is not None and figure.high is not None:
        value = f"{number(figure.low)}–{number(figure.high)}"
    elif figure.low is not None:
        value = words.gettext("%(number)s or more") % {"number": number(figure.low)}
    else:
        assert figure.high is not None
        value = words.gettext("up to %(number)s") % {"number": number(figure.high)}
    return {"what": figure.what, "value": value, "says": figure.says, "on": _date(shelf, figure.on)}


def _source(shelf: Shelf, source: SourceEntry, slug: str | None) -> Value:
    label = shelf.labels("source", [slug])[0] if slug else None
    inherited = source.reliability is None
    reliability = source.reliability or (label.reliability if label else None)
    return {
        "name": label.name if label else None,
        "address": label.address if label else None,
        "lang": label.lang if label else None,
        "dir": label.dir if label else None,
        "kind": label.kind if label else None,
        "state_controlled": bool(label and label.state_controlled),
        "title": source.title,
        "url": source.url and encoded(source.url),
        "published": _date(shelf, source.published),
        "accessed": _date(shelf, source.accessed),
        "archived_url": source.archived_url and encoded(source.archived_url),
        "reliability": reliability_value(shelf.wording, reliability, inherited),
        "credibility": credibility_value(shelf.wording, source.credibility),
    }


def _image(shelf: Shelf, meta: Briefing, recipe: BriefingRecipe) -> Value | None:
    image = meta.image
    if image is None or recipe.image is None:
        return None
    src, size = recipe.image
    return {
        "src": src,
        "size": size,
        "alt": image.alt,
        "caption": image.caption,
        "credit": image.credit,
        **picture_value(recipe.picture(src), shelf.scene.picture_sizes),
    }


def _attachments(meta: Briefing, recipe: BriefingRecipe) -> list[dict[str, Any]]:
    return [
        {"address": file[0], "title": attachment.title, "licence": attachment.licence, "size": file[1]}
        for attachment, file in zip(meta.attachments, recipe.attachments, strict=True)
        if file is not None
    ]
