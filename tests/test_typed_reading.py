"""Typed reading: each field is read as the model says, each wrong value a fault with its line and its way out."""

from __future__ import annotations

import pytest

from builder.model.briefing import Briefing
from builder.model.dossier import Dossier
from builder.model.records import Actor, Region, Source
from builder.reading.typed import field_names, read
from builder.reading.yaml_text import parse_yaml


def _read(text, type_=Briefing):
    node, faults = parse_yaml(text, "x.md")
    assert not faults
    meta, unknown = read(node, type_, "x.md", faults)
    return meta, faults, unknown


def _briefing(field):
    """A briefing with this one field from line 3 on."""
    return _read(f"title: A\ndate: 2022-08-17\n{field}")


@pytest.mark.parametrize(
    ("field", "name", "line", "says"),
    [
        ("date: [2022]", "date", 3, "one text, not a list"),
        ("published: 2022-02-30", "published", 3, "February has 28"),
        ("region: {a: b}", "region", 3, "not a mapping"),
        ("actors:\n- NATO\n- [KFOR]", "actors", 5, "not a list"),
        ("event_type: Battle", "event_type", 3, '"Battles"'),
        ("event_type: Air strike", "event_type", 3, "Explosions/Remote violence"),
        ("status: sure", "status", 3, "provisional"),
        ("trend: worse", "trend", 3, "de-escalating"),
        ("confidence: 0.7", "confidence", 3, "moderate"),
        ("draft: yes", "draft", 3, 'true or false, not "yes"'),
        ('draft: "true"', "draft", 3, "true or false"),
        ("lang: english!", "lang", 3, "BCP 47"),
        ("location: Mitrovica", "location", 3, "mapping with name, lat, lon"),
        ("location: {name: M, lat: 42.9}", "location.lon", 3, "missing"),
        ("location:\n  name: M\n  lat: 90.01\n  lon: 20", "location.lat", 5, "from -90 to 90"),
        ("location:\n  name: M\n  lat: 9\n  lon: -181", "location.lon", 6, "from -180 to 180"),
        ('location: {name: M, lat: "42,9", lon: 20}', "location.lat", 3, '"42,9" is not a number'),
        ("location: {name: M, lat: 42°, lon: 20}", "location.lat", 3, "is not a number"),
        ("location: {name: M, lat: 1e999, lon: 20}", "location.lat", 3, "is not a number"),
        ("location: {name: M, lat: 1, lon: 2, precision: street}", "location.precision", 3, "site"),
        ("figures: {what: dead, says: A}", "figures.value", 3, "give a number"),
        ("figures: {what: dead, value: 1, low: 1, high: 2, says: A}", "figures.value", 3, "not both"),
        ("figures:\n- what: dead\n  low: 3\n  high: 2\n  says: A", "figures.low", 5, "more than"),
        ("figures: {what: dead, value: 1.000.000, says: A}", "figures.value", 3, "without separators"),
        ("figures: {what: dead, value: 3}", "figures.says", 3, "missing"),
        ("figures: {what: dead, value: 3, says: A, on: May}", "figures.on", 3, "not a date"),
        ("sources: Reuters", "sources", 3, "mapping"),
        ("sources: [{title: A}]", "sources.name", 3, "`name` or a `url`"),
        ("sources:\n- name: A\n  url: javascript:alert(1)", "sources.url", 5, "web address"),
        ("sources: [{name: A, archived_url: web.archive.org}]", "sources.archived_url", 3, "https://"),
        ("sources: [{name: A, reliability: G}]", "sources.reliability", 3, "A, B, C, D, E, F"),
        ("sources: [{name: A, credibility: 7}]", "sources.credibility", 3, "1, 2, 3, 4, 5, 6"),
        ("sources: [{name: A, accessed: 2022-13}]", "sources.accessed", 3, "no such month"),
        ("capture: {file: x, sha256: ABC}", "capture.sha256", 3, "64"),
        ("capture: {file: x}", "capture.sha256", 3, "missing"),
        ("corrections: [{date: 2022-08-18}]", "corrections.note", 3, "missing"),
        ("withdrawn: true", "withdrawn", 3, "date, reason"),
        ("withdrawn: {date: 2022-08-18}", "withdrawn.reason", 3, "missing"),
        ("image: x.jpg", "image", 3, "src, alt"),
        ("image: {src: x.jpg}", "image.alt", 3, "missing"),
        ('image: {src: x.jpg, alt: ""}', "image.alt", 3, "missing"),
        ("attachments: [{file: x.pdf}]", "attachments.title", 3, "missing"),
        ("translation: {reviewed: true}", "translation.by", 3, "missing"),
        ("inferred: [region]", "inferred", 3, "mapping"),
        ("inferred: {region: high}", "inferred.region", 3, "number"),
        ("inferred: {region: 1.5}", "inferred", 3, "from 0 to 1"),
    ],
)
def test_a_wrong_value_is_one_error_that_names_the_field_its_line_and_what_would_be_right(field, name, line, says):
    meta, faults, _ = _read(f"title: A\n\n{field}")

    assert [(fault.field, fault.line, fault.severity) for fault in faults] == [(name, line, "error")]
    assert says in faults[0].message
    assert "\n" not in faults[0].message
    assert meta is not None  # only what is required takes the rest with it


@pytest.mark.parametrize(
    ("text", "type_", "field", "line", "says"),
    [
        ("- wikidata: 7184\n  name: NATO", Actor, "wikidata", 1, "Q7184"),
        ("- name: NATO\n  kind: alliance", Actor, "kind", 2, "organisation"),
        ("- name: NATO\n  country: Belgium", Actor, "country", 2, "ISO 3166-1"),
        ("- name: NATO\n  country: be", Actor, "country", 2, "ISO 3166-1"),
        ("- name: Kosovo\n  lat: 420", Region, "lat", 2, "from -90 to 90"),
        ("- name: RT\n  kind: state broadcaster", Source, "kind", 2, "state media"),
        ("- name: RT\n  reliability: 5", Source, "reliability", 2, "A, B, C, D, E, F"),
        ("- name: RT\n  state_controlled: very", Source, "state_controlled", 2, "true or false"),
        ("- name: RT\n  url: rt.com", Source, "url", 2, "https://"),
        ("- name: RT\n  reviewed: lately", Source, "reviewed", 2, "not a date"),
        ("- title: A\n  status: over", Dossier, "status", 2, "active"),
        ("- title: A\n  key_dates: [{date: 1999-06-10}]", Dossier, "key_dates.text", 2, "missing"),
    ],
)
def test_records_and_dossiers_are_read_as_strictly(text, type_, field, line, says):
    node, _ = parse_yaml(text, "x.yaml")
    faults = []

    read(node.items[0], type_, "x.yaml", faults)

    assert [(fault.field, fault.line, fault.severity) for fault in faults] == [(field, line, "error")]
    assert says in faults[0].message


@pytest.mark.parametrize("title", ["", "title:", "title: ~", 'title: ""', "title: '  '"])
def test_a_briefing_without_words_in_its_title_has_none(title):
    meta, faults, _ = _read(f"date: 2022\n{title}")

    assert meta is None
    assert [(fault.field, fault.code) for fault in faults] == [("title", "missing")]


def test_a_title_that_yaml_takes_for_something_else_is_told_to_be_put_in_quotes():
    _, faults, _ = _read("title: [Updated]\ndate: 2022")

    assert "quotes" in faults[0].message


def test_all_wrong_values_are_told_at_once():
    _, faults, _ = _read("title: {a: b}\ndate: 2022-13\nstatus: x\nlocation: {lat: 100}\nsources: [{}, {url: x}]")

    assert sorted((fault.line, fault.field) for fault in faults) == [
        (1, "title"),
        (2, "date"),
        (3, "status"),
        (4, "location.lat"),
        (4, "location.lon"),
        (4, "location.name"),
        (5, "sources.name"),
        (5, "sources.url"),
    ]


def test_a_wrong_item_takes_no_other_with_it():
    meta, faults, _ = _briefing(
        "corrections:\n- {date: 2022, note: A}\n- {date: May, note: B}\n- {date: 2022, note: C}\n"
        "actors: [NATO, [x], KFOR]"
    )

    assert [correction.note for correction in meta.corrections] == ["A", "C"]
    assert [mention.name for mention in meta.actors] == ["NATO", "KFOR"]
    assert len(faults) == 2


@pytest.mark.parametrize("field", ["region", "actors", "tags", "dossier"])
def test_one_name_stands_for_a_list_of_one(field):
    one, _, _ = _briefing(f"{field}: A name")
    many, _, _ = _briefing(f"{field}: [A name]")

    assert getattr(one, field) == getattr(many, field)
    assert [mention.name for mention in getattr(one, field)] == ["A name"]


def test_one_mapping_stands_for_a_list_of_one():
    meta, faults, _ = _briefing("location: {name: M, lat: 1, lon: 2}\nfigures: {what: dead, value: 3, says: A}")

    assert not faults
    assert [place.name for place in meta.location] == ["M"]
    assert [figure.what for figure in meta.figures] == ["dead"]


def test_an_empty_field_and_an_empty_item_say_nothing():
    meta, faults, _ = _briefing("region:\nactors: []\ntags: [~, '', peace]\nsummary: ~\nlocation:\nimage: null\ndraft:")

    assert not faults
    assert (meta.region, meta.actors, meta.summary, meta.location, meta.image, meta.draft) == (
        (),
        (),
        "",
        (),
        None,
        False,
    )
    assert [mention.name for mention in meta.tags] == ["peace"]


def test_names_that_other_readers_of_yaml_would_change_stay_what_they_say():
    meta, faults, _ = _briefing(
        "region: NO\nactors: [002, on, 1.10, 12:30, 1e3, 0x10]\nsummary: yes\nslug: 007\nauthor: null and void"
    )

    assert not faults
    assert [mention.name for mention in meta.region] == ["NO"]
    assert [mention.name for mention in meta.actors] == ["002", "on", "1.10", "12:30", "1e3", "0x10"]
    assert (meta.summary, meta.slug, meta.author) == ("yes", "007", ("null and void",))


def test_an_offset_stays_with_its_time():
    meta, _, _ = _briefing("published: 2022-08-17T14:09-04:00\nupdated: 2022-08-17 10:00")

    assert (meta.published.iso, meta.updated.iso) == ("2022-08-17T14:09-04:00", "2022-08-17T10:00")


def test_each_name_knows_its_line():
    meta, _, _ = _briefing("region: A\nactors:\n- B\n- C\nsources:\n- url: https://x.y\n  name: D\n- {name: E}")

    assert meta.region[0].line == 3
    assert [mention.line for mention in meta.actors] == [5, 6]
    assert [entry.name.line for entry in meta.sources] == [9, 10]


@pytest.mark.parametrize("written", ["battles", "BATTLES", " Battles "])
def test_a_word_of_a_list_is_accepted_in_any_case(written):
    meta, faults, _ = _briefing(f"event_type: '{written}'")

    assert not faults
    assert meta.event_type == "Battles"


@pytest.mark.parametrize(
    ("lat", "lon"), [("90", "180"), ("-90", "-180"), ("0", "0"), ("42.8914", "20.8660"), ("+1e1", ".5")]
)
def test_every_point_of_the_earth_is_a_location(lat, lon):
    meta, faults, _ = _briefing(f"location: {{name: M, lat: {lat}, lon: {lon}}}")

    assert not faults
    assert (meta.location[0].lat, meta.location[0].lon, meta.location[0].precision) == (float(lat), float(lon), "town")


def test_a_figure_is_a_number_or_a_range_or_one_end_of_it():
    meta, faults, _ = _briefing(
        "figures:\n- {what: a, value: 0, says: A}\n- {what: b, low: 1, high: 1, says: A}\n"
        "- {what: c, low: 3, says: A}\n- {what: d, high: 1.5, says: A}"
    )

    assert not faults
    assert [(f.value, f.low, f.high) for f in meta.figures] == [
        (0, None, None),
        (None, 1, 1),
        (None, 3, None),
        (None, None, 1.5),
    ]


def test_a_misspelled_field_inside_another_is_a_warning_with_the_right_name():
    _, faults, _ = _briefing("sources:\n- name: A\n  relibility: B")

    assert [(f.line, f.severity, f.field) for f in faults] == [(5, "warning", "sources.relibility")]
    assert '"reliability"' in faults[0].message


def test_fields_that_nobody_knows_come_back_for_whoever_wants_them():
    _, faults, unknown = _briefing("casualty_note: x\nmy-field: y")

    assert not faults
    assert list(unknown) == ["casualty_note", "my-field"]


def test_a_text_over_several_lines_is_one_text():
    meta, _, _ = _briefing("summary: >\n  One\n  two.\n\n  Three.\nwarning: a\n  b")

    assert (meta.summary, meta.warning) == ("One two. Three.", "a b")


def test_every_field_that_the_design_promises_is_read():
    promised = (
        "id title date published updated region actors tags dossier summary event_type location figures status trend "
        "trend_reason confidence author sources capture corrections withdrawn image attachments warning lang "
        "translation inferred slug aliases draft"
    )

    assert set(field_names(Briefing)) == set(promised.split())
