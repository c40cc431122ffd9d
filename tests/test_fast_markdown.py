"""Fast Markdown: with rules left out, or by the Rust port, a body becomes what it becomes in full."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import smartquotes

from builder.load.frontmatter import split
from builder.markdown import fast, full
from builder.markdown.document import render
from builder.markdown.needs import needs
from builder.markdown.parser import MarkdownSettings, normalized, parser
from builder.markdown.references import References

HERE = Path(__file__).parent
# From the CommonMark Spec, CC BY-SA 4.0: see the file.
EXAMPLES = json.loads((HERE / "commonmark.json").read_text(encoding="utf-8"))["examples"]
OWN = [
    front_matter.body
    for path in sorted((HERE.parent / "content").rglob("*.md"))
    if (front_matter := split(path.read_text(encoding="utf-8"), str(path))[0])
]
SETTINGS = [MarkdownSettings(), MarkdownSettings(language="fr"), MarkdownSettings(typographer=False)]

with_port = pytest.mark.skipif(fast.version() is None, reason="the extra `fast` isn't installed")


def _in_full(text, options=SETTINGS[0]):
    return full.parse(normalized(text), options)


def _in_part(text, options=SETTINGS[0]):
    text = normalized(text)
    return full.parse(text, options, needs(text))


def _fast(text, options=SETTINGS[0]):
    text = normalized(text)
    return fast.parse(text, options, needs(text))


# Texts rich in what the rules look for.
MARKS = st.sampled_from(
    [
        *"[]()<>{}!*_`~&#:;=|^-+.\"'@$,?\\ \n\n\n", *"**__[]>-", "  ", "    ", "\t", "\n\n", "  \n", "\\\n", "\r\n",
        "\0", "a", "word", "A b.", "é", "Ж", "ش", "“", "»", "—", "€", "\u00a0", "\u202f", "\u0301", "\u2028", "😀",
        "\n- ", "\n  - ", "\n    - ", "\n* ", "\n1. ", "\n2) ", "\n> ", "\n# ", "\n## h", "\n---\n", "\n===\n",
        "\n***\n", "\n| a | b |\n|:-|-:|\n| c | d |\n", "|-|\n", "\n: ", "\n~ ", "\n::: note\n", "\n:::\n", "\n```\n",
        "~~~", "**a**", "*b*", "_c_", "__", "~~", "`c`", "{.c}", "{#i}", "[^1]", "\n[^1]: ", "^[n]", "&amp;", "&#12;",
        "&b=1", "[x]", "\n[x]: /y\n", "[x](a.md)", "[x](a.md#b \"t\")", "[x](id:y)", "[x](#y)", "a.md",
        "[x](https://a.b/c_d?e=f)",
        "[x](HTTP://A.b)", "[x](//e.f)", "[x](javascript:a)", "[m](mailto:a@b.c)", "[x](тест%20.md)", "<https://a.b/%0c>",
        "![p](/media/a.png)", "![p -- 'q'](../m.png \"c | d\")", "\n\n![p](/m.png \"it's\")\n\n", "![p](https://a.b/c)",
        "--", "---", "...", "(c)", "+-", "????", "!!!!!", ",,", "\"q\"", "it's", "1\"\"", "2015", "fn1", "section",
    ]
)  # fmt: skip
bodies = st.lists(MARKS, max_size=24).map("".join)
options = st.builds(MarkdownSettings, st.booleans(), st.sampled_from(["en", "de", "fr"]))


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_of_the_specification_becomes_the_same(text):
    for some in SETTINGS:
        expected = _in_full(text, some)
        assert _in_part(text, some) == expected
        assert _fast(text, some) in (None, expected)


@pytest.mark.parametrize("text", OWN)
def test_a_body_of_this_archive_becomes_the_same(text):
    for some in SETTINGS:
        expected = _in_full(text, some)
        assert _in_part(text, some) == expected
        assert _fast(text, some) in (None, expected)


@settings(max_examples=400, deadline=None)
@given(bodies, options)
def test_no_rule_is_missed_that_is_left_out(text, some):
    assert _in_part(text, some) == _in_full(text, some)


QUOTES = st.sampled_from(
    [
        *"''''", *'""""', *" a7.,()*_—é…!\n", " ", "**", "[x](https://a.b)", "![p](/m.png)", "`c`",
        "\\'", "&quot;", "it's", '"a b"', "'c d.'", "- ", "\n\n", "» ", "\u00a0", "  \n", '[l](https://a.b "t\'s")',
    ]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(bodies, options)
def test_html_is_what_the_renderer_of_markdown_it_makes(text, some):
    theirs = parser.__wrapped__(some)
    theirs.renderer.__class__ = RendererHTML
    text = normalized(text) + "\n"

    assert parser(some).render(text, {"sitrep": References()}) == theirs.render(text, {"sitrep": References()})


@settings(max_examples=1500, deadline=None)
@given(st.lists(QUOTES, max_size=20).map("".join), options)
def test_quotation_marks_become_what_they_do_by_the_rules_of_markdown_it(text, some):
    theirs = parser.__wrapped__(some)
    theirs.core.ruler.at("smartquotes", smartquotes)
    text = normalized(text)

    assert _in_full(text, some).html == theirs.render(text, {"sitrep": References()})


@with_port
@settings(max_examples=800, deadline=None)
@given(bodies, options)
def test_the_port_makes_the_same_or_nothing(text, some):
    assert _fast(text, some) in (None, _in_full(text, some))


emphasis = st.lists(
    st.sampled_from([*"**__ab .\n-)", "**", "__", "***", "é", "“", "[x](y)"]), min_size=4, max_size=20
).map("".join)


@with_port
@settings(max_examples=400, deadline=None)
@given(emphasis)
def test_the_port_makes_the_same_of_emphasis_or_nothing(text):
    assert _fast(f"a{text}\n") in (None, _in_full(f"a{text}\n"))


@with_port
@pytest.mark.parametrize(
    "text",
    [
        "Words, *emphasis* and **more** -- it's \"so\"...\n\n## A heading\n\n- one\n- two\n\n1. a\n2. b\n",
        "Снимак „звука“ — *прес* и €5\u00a0млн.\n\nرأي **عام**\n",
        "> a quote\n> of *lines*\n\nA heading\n---------\n\n***\n\n    code\n",
        "[web](https://a.b/c?d=1&e=2#f) [letter](mailto:a@b.c) [in](../b.md#c) [by id](id:x#y) [here](#z)\n",
        "One\n\ntwo\nlines [x](a.md) and\n[y](b.md)\n\n- item\n- [z](a.md)\n",
        "![A bridge](/media/b.jpg \"The bridge's, 2022 | Ann & Co\")\n\nwords ![a flag](/media/f.png) more\n",
        "| a | b |\n|:--|--:|\n| 1 | [x](c.md) |\n",
        "# Same\n\n# Same\n\n# fn1\n\n# !!!\n",
        "Words\n\n::: contested What \"each\" says\nPristina *calls* …; [x](a.md)\n\n## Inside\n:::\n\n[y](b.md)\n",
        "[x]: https://a.b 'title'\n\nSee [x] and [that][x].\n",
        "",
    ],
)  # fmt: skip
def test_what_most_bodies_hold_is_made_by_the_port(text):
    for some in SETTINGS:
        assert _fast(text, some) == _in_full(text, some)


# Where the two parsers part: were one of these made by the port, it would differ.
@pytest.mark.parametrize(
    "text",
    [
        "[`",  # the port breaks down
        "```\nnot closed",
        "<https://a.b/%0c>",
        ">\n",
        ">]\n2) @",
        "> a\n*\n",
        "a||\n-|-\n*\n",
        "|b\n--\n",
        ".\n-|\n",
        "*£*bravo.",
        "\u202f",
        "*_ c_c_***_c_",
        "**a[](y)\"*\"** *)*)",
        "[x]:y\n\"\"z",
        "[x]:\n1.\n",
        "[a](javascript:b)",
        "![--](g)",
        "![p](g)'",
        "- ![p](g)",
        "d[](d)\n[](d)",
        "a.md\n[x](a.md)",
        "[a [b](c.md)](d.md)",
        "[x](https://é.com)",
        "\\\"a\\\"",
        "&quot;a&quot;",
        "> > > > > > > a",
        "- " * 12 + "a",
    ],
)  # fmt: skip
def test_what_the_port_would_make_otherwise_is_made_in_full(text):
    for some in SETTINGS:
        assert _fast(text, some) in (None, _in_full(text, some))


@with_port
@pytest.mark.parametrize(
    "text",
    [
        "words {.c}\n", "a[^1]\n\n[^1]: b\n", "term\n: what it is\n", "::: other\na\n:::\n", "::: note\nnot closed\n",
        "a `b`\n", "a \\* b\n", "<https://a.b>\n", "a\tb\n", "a \x0c b\n", "a \uffff b\n", "*" * 1001, "a" * 50_001,
        "[a](//b.c)\n", "![a](https://b.c/d.png)\n", "[a](ftp://b)\n",
    ],
)  # fmt: skip
def test_what_is_our_own_or_odd_or_long_is_left_to_the_full_way(text):
    assert _fast(text) is None


@with_port
def test_a_port_that_breaks_down_is_no_matter(monkeypatch):
    class PanicException(BaseException):
        pass

    class Port:
        def render(self, text, *, xhtml):
            raise PanicException("index out of bounds")

    expected = render("*Words*\n", "x.md", 1, SETTINGS[0])
    monkeypatch.setattr(fast, "_port", lambda typographer: Port())

    assert render("*Words*\n", "x.md", 1, SETTINGS[0]) == expected


def test_without_the_port_all_is_made_in_full(monkeypatch):
    expected = render("*Words*\n", "x.md", 1, SETTINGS[0])
    monkeypatch.setattr(fast, "markdown_it_pyrs", None)

    assert fast.version() is None
    assert _fast("*Words*\n") is None
    assert render("*Words*\n", "x.md", 1, SETTINGS[0]) == expected


@with_port
def test_the_port_tells_its_version():
    assert re.fullmatch(r"0\.4\.\d+", fast.version())


def test_a_body_that_ends_in_an_empty_quote_is_read():
    rendered, faults = render("::: note\na\n:::\n\n> -\n> \n> ", "x.md", 1, SETTINGS[0])

    assert not faults
    assert "<blockquote>" in rendered.html
