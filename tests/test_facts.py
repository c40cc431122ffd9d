"""This repository's own archive says what the fact sheet says, and keeps its own editorial rules.

`facts.json` holds what is compared; it says itself how it was made.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import REPOSITORY

from builder.config import read_config
from builder.languages import divide
from builder.load.documents import load_document, load_translation, read_meta
from builder.load.frontmatter import split
from builder.load.records import load_records
from builder.markdown.parser import MarkdownSettings
from builder.model.briefing import Briefing
from builder.model.dossier import Dossier
from builder.model.records import Source

CONTENT = REPOSITORY / "content"
EVENTS: list[dict[str, Any]] = json.loads((REPOSITORY / "tests/facts.json").read_text("utf-8"))["events"]
# Places that have two names: whoever meets one for the first time is told the other.
TWO_NAMES = {
    "Banjska": "Banjskë",
    "Brnjak": "Bernjak",
    "Pivdennyi": "Yuzhnyi",
    "Shusha": "Shushi",
    "Stepanakert": "Khankendi",
    "Štrpce": "Shtërpcë",
}


@dataclass
class Written:
    """A document of the archive: its front matter, and its body as it was written."""

    meta: Any
    body: str


def read_all(folder: str, type_: type[Any]) -> list[Written]:
    """The originals: translations have most of what is compared from them."""
    found = []
    paths = sorted(path.as_posix() for path in (CONTENT / folder).rglob("*.md"))
    for path in map(Path, divide(paths, read_config(REPOSITORY).languages)[0]):
        text = path.read_text("utf-8")
        meta, faults = read_meta(text, path.name, type_)
        front_matter, _ = split(text, path.name)
        assert meta is not None and front_matter is not None, faults
        found.append(Written(meta, front_matter.body))
    return found


BRIEFINGS = {written.meta.id: written for written in read_all("briefings", Briefing)}
DOSSIERS = {written.meta.id: written for written in read_all("dossiers", Dossier)}


def event_id(event: dict[str, Any]) -> str:
    return f"{event['date']}-{event['id']}"


def names(mentions: Any) -> list[str]:
    return [mention.name for mention in mentions]


def test_every_event_has_a_briefing_and_every_briefing_an_event() -> None:
    assert len(EVENTS) == 65
    assert sorted(BRIEFINGS) == sorted(event_id(event) for event in EVENTS)


@pytest.mark.parametrize("event", EVENTS, ids=event_id)
def test_a_briefing_agrees_with_the_fact_sheet(event: dict[str, Any]) -> None:
    meta = BRIEFINGS[event_id(event)].meta
    assert meta.date.iso == event["date"]
    assert names(meta.region) == event["region"]
    assert names(meta.actors) == event["actors"]
    assert names(meta.dossier) == [event["dossier"]]


@pytest.mark.parametrize("event", EVENTS, ids=event_id)
def test_what_the_fact_sheet_is_unsure_of_is_provisional_and_says_so(event: dict[str, Any]) -> None:
    written = BRIEFINGS[event_id(event)]
    unsure = event["confidence"] != "high"
    assert (written.meta.status == "provisional") == unsure
    assert (written.meta.confidence == "high") != unsure
    assert ("## What is uncertain" in written.body) == unsure


@pytest.mark.parametrize("id_", sorted(BRIEFINGS))
def test_a_briefing_has_150_to_350_words_a_reason_for_its_trend_and_several_sources(id_: str) -> None:
    meta, body = BRIEFINGS[id_].meta, BRIEFINGS[id_].body
    assert 150 <= len(body.split()) <= 350
    assert meta.trend and meta.trend_reason.endswith(".")
    assert 3 <= len(meta.sources) <= 4


@pytest.mark.parametrize("id_", sorted({**BRIEFINGS, **DOSSIERS}))
def test_a_place_with_two_names_is_first_given_both(id_: str) -> None:
    body = (BRIEFINGS.get(id_) or DOSSIERS[id_]).body
    words = re.sub(r"\]\([^)]*\)", "]", body)  # the addresses of links have names of their own
    for name, other in TWO_NAMES.items():
        if first := re.search(rf"\b{name}\b", words):
            assert other in words[first.start() : first.start() + 60], name


@pytest.mark.parametrize("dossier", sorted(DOSSIERS))
def test_a_dossiers_trend_moves(dossier: str) -> None:
    trends = {written.meta.trend for written in BRIEFINGS.values() if names(written.meta.dossier) == [dossier]}
    assert len(trends) > 1
    assert DOSSIERS[dossier].meta.trend and DOSSIERS[dossier].meta.trend_reason


def test_every_publisher_is_described_and_graded_with_a_reason() -> None:
    records, faults = load_records((CONTENT / "sources.yaml").read_text("utf-8"), "sources.yaml", Source)
    assert faults == []
    publishers = {record.meta.name: record.meta for record in records}
    cited = {entry.name.name for written in BRIEFINGS.values() for entry in written.meta.sources}
    assert cited == set(publishers)
    for name, publisher in publishers.items():
        assert publisher.kind and publisher.hosts and publisher.description and publisher.reason, name
        assert (publisher.kind == "state media") == publisher.state_controlled, name
        assert (publisher.reliability is None) == (publisher.reviewed is None), name


def test_a_translation_keeps_its_originals_anchors_and_says_who_made_it() -> None:
    paths = sorted(path.as_posix() for path in (CONTENT / "briefings").rglob("*.md"))
    _, translations, faults = divide(paths, read_config(REPOSITORY).languages)
    assert translations and faults == []
    for translation in translations:
        settings = MarkdownSettings(language=translation.language)
        own, _ = load_translation(Path(translation.path).read_text("utf-8"), "x.md", Briefing, settings)
        original, _ = load_document(Path(translation.original).read_text("utf-8"), "x.md", Briefing, settings)
        assert own and original
        assert {h.anchor for h in own.document.body.headings} == {h.anchor for h in original.document.body.headings}
        assert own.document.meta.translation and own.document.meta.trend_reason
