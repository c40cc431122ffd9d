"""Which templates a template refers to is told from its text as Jinja tells it, so that no page is stale."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import TemplateSyntaxError, meta

from builder.render.template_references import references_of
from builder.render.templating import reading_environment

REPOSITORY = Path(__file__).parents[1]
TEMPLATES = [*REPOSITORY.glob("themes/*/templates/*"), *REPOSITORY.glob("builder/render/templates/*")]


def by_jinja(text: str) -> set[str | None]:
    return set(meta.find_referenced_templates(reading_environment().parse(text)))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_it_names_what_jinja_names_of_every_template_that_is_shipped(template: Path) -> None:
    source = template.read_bytes()
    assert set(references_of(source) or ()) == by_jinja(source.decode())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('{% extends "a" %}{%- include\n"b" without context -%}{% include \'c\' ignore missing %}', {"a", "b", "c"}),
        ('{%from "a" import b as c%}{%+ import "d" as e +%}', {"a", "d"}),
        ('{% include ["a", "b"] %}', {"a", "b"}),
        ('{% include "a" "b" %}', {"ab"}),
        (r'{% include "\x61" %}', {"a"}),
        ('{% include "a" if b else "c" %}', None),
        ("{% include a %}", None),
        ('{% include "a" ~ b %}', None),
        ('{# {% include "a" %} #}', {"a"}),
        ('{# was {% include " #}{% include "with-map.html" %}', {"with-map.html"}),
        ('{{ "{% include x %}" }}', set()),
        ("{% include %}", None),
    ],
)
def test_what_depends_on_inputs_is_told_apart(text: str, names: set[str] | None) -> None:
    found = references_of(text.encode())
    assert (None if found is None else set(found)) == names


_PARTS = st.sampled_from(
    [
        *("{%", "%}", "{%-", "-%}", "+%}", " ", "\n", "{#", "#}", "{{", "}}", "(", ")", "[", "]", ",", "~", "\\", "x"),
        *("extends", "include", "import", "from", "as", "ignore missing", "without context"),
        *('"a"', "'b'", '"with.html"', '"as"', '"', "'", "from'c'import d", "include'e'"),
        *("{% raw %}", "{% endraw %}", "{% if x %}", "{% endif %}", "block"),
    ]
)


@given(st.lists(_PARTS, max_size=12).map("".join))
def test_nothing_that_jinja_would_load_is_missed(text: str) -> None:
    try:
        named = by_jinja(text)
    except TemplateSyntaxError:
        return
    found = references_of(text.encode())
    assert found is None or named <= set(found)
