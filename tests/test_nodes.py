"""Nodes: YAML read as it was written, each value with its line."""

from __future__ import annotations

import json

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builder.reading.nodes import Mapping, Scalar, number, plain, truth
from builder.reading.yaml_text import parse_yaml, scalar_text

# Files hold no control characters but these two: reading them says so.
readable = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n", exclude_characters="\ufffe\uffff"),
    max_size=40,
)


def _value(text):
    node, faults = parse_yaml(f"key: {text}", "x.md")
    assert not faults
    return node.entries["key"]


@pytest.mark.parametrize("text", ["NO", "yes", "002", "14:09", "1.10", "-04:00", "2022-08-17", "1_000", "0o17", "2022"])
def test_a_scalar_keeps_its_text_whatever_it_looks_like(text):
    assert _value(text) == Scalar(text, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NO", "NO"),
        ("on", "on"),
        ("002", "002"),
        ("14:09", "14:09"),
        ("1.10", "1.10"),
        ("-04:00", "-04:00"),
        ("2022-08-17", "2022-08-17"),
        ("12", 12),
        ("-3.5", -3.5),
        ("true", True),
        ("~", None),
        ('"12"', "12"),
        ('"true"', "true"),
        ("[1, a]", [1, "a"]),
        ("{a: false}", {"a": False}),
    ],
)
def test_a_field_that_nobody_knows_is_read_as_what_it_says(text, expected):
    found = plain(_value(text))

    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("true", True), ("False", False), ("TRUE", True), ("yes", None), ("on", None), ("y", None), ('"true"', None)],
)
def test_only_true_and_false_are_truth_values(text, expected):
    assert truth(_value(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", 12),
        ("+7", 7),
        ("-.5", -0.5),
        ("1e3", 1000.0),
        ("0x1F", 31),
        ("0o17", 15),
        ("1_000", None),
        ("12:30", None),
        ("1,5", None),
        ("٣", None),
        (".nan", None),
        ('"12"', None),
    ],
)
def test_numbers_are_those_of_yaml_1_2(text, expected):
    assert number(_value(text)) == expected


@pytest.mark.parametrize("digits", ["9" * 5000, "0x" + "f" * 5000, "1" + "0" * 400, "1e999"])
def test_a_number_of_any_length_can_be_read_and_shown(digits):
    found = plain(_value(digits))

    assert json.loads(json.dumps(found)) == found
    assert found not in (float("inf"), float("-inf"))


@settings(max_examples=400, deadline=None)
@given(readable)
def test_text_written_as_a_scalar_reads_back_as_that_text(text):
    value = _value(scalar_text(text))

    assert isinstance(value, Scalar)
    assert value.text == text
    assert plain(value) == text


@settings(max_examples=300, deadline=None)
@given(st.text("abN: -?[]{},&*!|>'\"%@`#\n\t~01.\\", max_size=60) | readable)
def test_no_text_breaks_the_reader_and_every_fault_is_one_line_inside_the_file(text):
    _, faults = parse_yaml(text, "x.md", 5)

    for fault in faults:
        assert 5 <= fault.line <= 5 + text.count("\n") + 1
        assert "\n" not in str(fault)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.text(st.characters(categories=["L", "Nd", "Zs", "Zl", "Zp"], include_characters="\t"), max_size=15),
        min_size=1,
        max_size=6,
    )
)
def test_each_key_has_the_line_on_which_an_editor_shows_it(values):
    assume(not any(value.strip(" \t").startswith("-") for value in values))
    lines = [f'key{index}: "{value}"' for index, value in enumerate(values)]

    node, faults = parse_yaml("\n".join(lines), "x.md")

    assert not faults
    assert node.key_lines == {f"key{index}": index + 1 for index in range(len(values))}


def test_lines_count_from_where_the_block_begins_through_comments_and_long_texts():
    text = """\
# who wrote this
title: one
summary: >
  two

  three
sources:
  - name: four
    url: five
  - {name: six}
"""
    node, faults = parse_yaml(text, "x.md", first_line=10)

    assert not faults
    assert node.key_lines == {"title": 11, "summary": 12, "sources": 16}
    first, second = node.entries["sources"].items
    assert first.key_lines == {"name": 17, "url": 18}
    assert second.key_lines == {"name": 19}


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: 2\na: 3", "duplicate-key", 3),
        ('a: 1\n"a": 3', "duplicate-key", 2),
        ("a:\n  b: 1\n  b: 2", "duplicate-key", 3),
        ("a: {b: 1,\n b: 2}", "duplicate-key", 2),
        ("a: 1\nb: &x 2", "anchor", 2),
        ("a: 1\nb: &AP reports", "anchor", 2),
        ("a: *x", "alias", 1),
        ("a: [b,\n *x]", "alias", 2),
        ("a:\n  <<: *x", "alias", 2),
        ("a: !!python/object:os.system {}", "tag", 1),
        ("a: !!str 2", "tag", 1),
        ("a:\n- !important b", "tag", 2),
        ("a: 1\n---\nb: 2", "yaml", 2),
        ("? [a]\n: b", "yaml", 1),
    ],
)
def test_what_yaml_would_let_pass_in_silence_is_an_error_in_its_line(text, code, line):
    _, faults = parse_yaml(text, "x.md")

    assert [(fault.code, fault.line, fault.severity) for fault in faults] == [(code, line, "error")]


def test_a_duplicate_key_names_both_lines():
    _, faults = parse_yaml("a: 1\nb: 2\na: 3", "x.md", first_line=2)

    assert str(faults[0]).startswith("x.md:4: error: ")
    assert "line 2" in faults[0].message


def test_every_anchor_alias_tag_and_duplicate_of_a_block_is_told_at_once():
    _, faults = parse_yaml("a: &x 1\nb: *x\nc: !!str 3\na: 4", "x.md")

    assert [(fault.line, fault.code) for fault in faults] == [
        (1, "anchor"),
        (2, "alias"),
        (3, "tag"),
        (4, "duplicate-key"),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('date: 2022\ntitle: "NATO says\nregion: Kosovo\nactors: x', 2),
        ("date: 2022\ntitle: 'NATO says\nregion: Kosovo\nactors: x", 2),
        ("date: 2022\nactors: [NATO, KFOR\nregion: Kosovo", 2),
        ("date: 2022\nlocation: {name: x, lat: 1\nregion: Kosovo", 2),
        ("date: 2022\ntitle: NATO: KFOR stands ready", 2),
        ("date: 2022\n\ttitle: x", 2),
        ("date: 2022\ntitle: @NATO", 2),
        ("date: 2022\ntitle: x\nsome words without a colon\nregion: y", 3),
    ],
)
def test_what_is_not_yaml_is_blamed_on_the_line_where_it_begins(text, line):
    node, faults = parse_yaml(text, "x.md")

    assert node is None
    assert [fault.line for fault in faults] == [line]
    assert "\n" not in faults[0].message


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_nesting_without_end_is_a_fault_and_not_a_crash(opening):
    node, faults = parse_yaml(opening * 20_000, "x.md")

    assert node is None
    assert len(faults) == 1


@pytest.mark.parametrize("text", ["", "\n\n", "# only a remark\n", "   "])
def test_an_empty_document_is_nothing_and_no_fault(text):
    assert parse_yaml(text, "x.md") == (None, [])


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8), st.integers(), max_size=5
    )
)
def test_what_programs_write_as_json_is_read_as_the_same_values(values):
    node, faults = parse_yaml(json.dumps(values, ensure_ascii=False), "x.md")

    assert not faults
    assert isinstance(node, Mapping)
    assert plain(node) == values


# Commas and hash marks


@pytest.mark.parametrize(
    "text",
    ["figures: [{what: killed, value: 1,200, says: UN}]", "a: {says: MSF, the hospital}", "{b: c, 'd'}"],
)
def test_a_comma_that_cuts_a_text_in_braces_is_an_error(text: str) -> None:
    _, faults = parse_yaml(text, "x.md")
    assert [(fault.severity, fault.code) for fault in faults] == [("error", "comma")]


@pytest.mark.parametrize("text", ["a: {b: , c: d}", "a: {b: 'x, y'}", "a:\n  b:\nc: x", "a: [b, c]", "{'a': b}"])
def test_an_empty_value_and_a_quoted_comma_are_none(text: str) -> None:
    assert parse_yaml(text, "x.md")[1] == []


@pytest.mark.parametrize(("text", "shown"), [("title: Resolution #1701 adopted", '"Resolution"'), ("t: #2", "nothing")])
def test_a_hash_mark_that_cuts_a_text_is_a_warning(text: str, shown: str) -> None:
    _, faults = parse_yaml(text, "x.md")
    assert [(fault.severity, fault.code) for fault in faults] == [("warning", "comment")]
    assert faults[0].message.startswith(shown)


@pytest.mark.parametrize(
    "text", ["title: x # a comment", "t: 'x #1'", "t: >\n  many #words\n", "# all\nt: x", "t: C#x"]
)
def test_a_comment_is_no_cut_text(text: str) -> None:
    assert parse_yaml(text, "x.md")[1] == []


def test_a_tab_is_called_a_tab() -> None:
    _, faults = parse_yaml("a:\n\tb: 1", "x.md")
    assert "tab" in faults[0].message and faults[0].line == 2
