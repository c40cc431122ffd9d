"""Plain YAML: what is read by its lines becomes what the parser makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.reading.plain_yaml import parse_plain
from builder.reading.yaml_text import parse_in_full

CONTENT = Path(__file__).parent.parent / "content"

WORDS = st.sampled_from(
    [
        *" :-#,.[]{}\"'&*!|>%@`?~/_=+\\$", ": ", " #", "- ", ", ", "\t", "a", "b c", "Ж", "é", "ش", "2022", "08:15",
        "true", "null", "http://a.b/c", "it's", "\u2028", "\u00a0", "\u0085", "\ufeff", "😀", "—", "e\u0301",
        "\U0010fffc", "\x7f",
    ]
)  # fmt: skip
texts = st.lists(WORDS, max_size=5).map("".join)
keys = st.sampled_from(["title", "date", "tags", "a", "b_c", "Ж", "x y", '"q"', "1", "", "-", "?"])
values = st.one_of(
    texts,
    texts.map(lambda text: f'"{text}"'),
    texts.map(lambda text: f"'{text}'"),
    st.lists(texts, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
)
lines = st.one_of(
    st.builds("{}: {}".format, keys, values),
    st.builds("{}:".format, keys),
    st.builds("{}- {}".format, st.sampled_from(["", "  ", "    "]), values),
    texts,
    st.just(""),
)


def _is_alike(block: str) -> None:
    plain = parse_plain(block, 3)
    if plain is not None:
        assert (plain, []) == parse_in_full(block, "a.md", 3)
        assert list(plain.entries) == list(plain.key_lines)


@settings(max_examples=3000, deadline=None)
@given(st.lists(lines, max_size=6).map("\n".join))
def test_what_is_plain_is_read_as_the_parser_does(block):
    _is_alike(block)


@settings(max_examples=1000, deadline=None)
@given(st.characters(), st.sampled_from(["a: {}", "a: b{}", "a: b{}c", 'a: "{}"', "a: '{}'", "a: [b{}c]", "a:\n- b{}"]))
def test_a_character_anywhere_means_what_it_does_to_the_parser(character, block):
    _is_alike(block.format(character))


@pytest.mark.parametrize(
    "block",
    [
        "\ntitle: Kosovo: what next\ndate: 2022\n",
        "title: a\ntitle: b\n",
        f"{'k' * 1100}: a\n",
        "title: a # b\n",
        "title: &a b\n",
        "title:\n",
        "title:\n  words\n",
        "title: a\n  b\n",
        "tags:\n- a\n  - b\n",
        "tags: [a, [b]]\n",
        "figures:\n- {what: dead, value: 1}\n",
        "# words\ntitle: a\n",
        "title: a\n---\n",
        "title: | \n  a\n",
        'title: "a" b\n',
        "",
        "\n\n",
    ],
)
def test_what_is_more_than_plain_is_left_to_the_parser(block):
    assert parse_plain(block, 1) is None


def test_most_front_matter_is_plain():
    block = """
title: "A title: with a colon"
date: 2022-08-17T14:09+02:00
actors:
  - NATO
  - 'KFOR'

tags: [a b, c]
"""

    assert parse_plain(block, 1) is not None
    _is_alike(block)
