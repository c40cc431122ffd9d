"""Fields: what a row of the data set has, in their order; the data dictionary is made of this table."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

Kind = Literal["text", "date", "instant", "number", "texts", "mappings"]


class Field(Struct, frozen=True):
    """A field: its name, what it holds, and what that means. `mappings` are in JSON only."""

    name: str
    kind: Kind
    meaning: str


FIELDS = (
    Field("id", "text", "Never changes, and is no other briefing's."),
    Field("url", "text", "Its permanent address."),
    Field("title", "text", "The headline."),
    Field("summary", "text", "What happened, in a few sentences."),
    Field("date", "text", "When it happened, as precisely as is known: EDTF level 0 (ISO 8601-2)."),
    Field("start", "date", "The first day that `date` may mean."),
    Field("end", "date", "The last day that `date` may mean."),
    Field("published", "instant", "When the briefing became public."),
    Field("updated", "instant", "When its words were last revised; empty if never."),
    Field("language", "text", "The language of its words: BCP 47."),
    Field("status", "text", "`provisional` or `confirmed`; empty where nobody said."),
    Field("event_type", "text", "One of ACLED's six event types, coded by this archive; no data of ACLED's."),
    Field("trend", "text", "A judgement on where the conflict is going: `escalating`, `stable` or `de-escalating`."),
    Field("trend_reason", "text", "That judgement's reason, in one sentence."),
    Field("confidence", "text", "Analytic confidence (ICD 203): `low`, `moderate` or `high`."),
    Field("regions", "texts", "Where and about; the most important first."),
    Field("region_ids", "texts", "The same as ids of `regions.json`."),
    Field("within", "texts", "Ids of these regions and of all those that they lie in."),
    Field("actors", "texts", "Who; their order means nothing."),
    Field("actor_ids", "texts", "The same as ids of `actors.json`."),
    Field("tags", "texts", "Themes."),
    Field("tag_ids", "texts", "The same, as in their addresses."),
    Field("dossiers", "texts", "The conflicts that it belongs to."),
    Field("dossier_ids", "texts", "The same, as in their addresses."),
    Field("places", "texts", "What the places are called where it happened."),
    Field("lat", "number", "Degrees north (WGS 84) of the first place."),
    Field("lon", "number", "Degrees east (WGS 84) of the first place."),
    Field("precision", "text", "How well known: `site`, `town`, `area` or `country`; the last two are no points."),
    Field("sources", "texts", "The publishers that it rests on."),
    Field("source_ids", "texts", "The same as ids of `sources.json`."),
    Field("source_urls", "texts", "Where they were read."),
    Field("figures", "texts", "Numbers, each with who says it."),
    Field("authors", "texts", "Who wrote it."),
    Field("warning", "text", "What to be warned of before reading it."),
    Field("inferred", "texts", "Fields that a program has filled in and no person has confirmed."),
    Field("digest", "text", "SHA-256 of what its author wrote: title, summary and body."),
    Field("locations", "mappings", "All places: `name`, `lat`, `lon`, `precision`."),
    Field("numbers", "mappings", "The figures: `what`, `value` or `low` and `high`, `says`, `on`."),
    Field(
        "reports",
        "mappings",
        "The sources: `id`, `name`, `title`, `url`, `published`, `accessed`, `archived_url`, and the grades of the "
        "NATO Admiralty code, `reliability` and `credibility`; `inherited` where the former is the publisher's.",
    ),
    Field("corrections", "mappings", "What was mended after publication: `date`, `note`, `kind`."),
    Field("translations", "mappings", "Its translations: `language`, `title`, `url`."),
)  # fmt: skip

Row = dict[str, Any]
