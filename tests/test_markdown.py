"""Markdown: what a body becomes, what is known of it, and on which line each thing stands."""

from __future__ import annotations

import cProfile
import pstats
import time

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.markdown.document import MAX_BODY, render
from builder.markdown.parser import MarkdownSettings
from builder.markdown.references import fill_in

SETTINGS = MarkdownSettings()


def _render(text, language="en", first_line=1, **options):
    return render(text, "x.md", first_line, MarkdownSettings(language=language, **options))


def _html(text, **options):
    return _render(text, **options)[0].html


def _tree(html):
    return html5lib.parseFragment(html, namespaceHTMLElements=False)


# What a body can hold


def test_a_picture_alone_is_a_figure_with_a_caption_and_a_credit():
    tree = _tree(_html('![A bridge](/media/b.jpg "The bridge, 2022 | Ann Example, CC BY 4.0")'))

    figure = tree.find("figure")
    assert figure.find("img").get("alt") == "A bridge"
    assert figure.find("figcaption").text.strip() == "The bridge, 2022"
    assert figure.find("figcaption/small").text == "Ann Example, CC BY 4.0"
    assert tree.find("p") is None


def test_a_picture_among_words_is_no_figure():
    tree = _tree(_html("Words and ![a flag](/media/f.png) more"))

    assert tree.find("figure") is None
    assert tree.find("p/img") is not None


def test_columns_of_a_table_are_aligned_without_inline_styles():
    tree = _tree(_html("|a|b|\n|:-|-:|\n|1|2|\n"))

    cells = [*tree.iter("th"), *tree.iter("td")]
    assert len(cells) == 4
    assert not any("style" in cell.attrib for cell in cells)
    assert cells[0].attrib != cells[1].attrib


def test_notes_stand_at_the_end_and_lead_back():
    tree = _tree(_html("One[^a] and two^[in the line].\n\n[^a]: The *note*.\n"))

    notes = tree.findall(".//li")
    assert ["".join(note.itertext()).split("↩")[0].strip() for note in notes] == ["The note.", "in the line"]
    targets = {link.get("href")[1:] for link in tree.iter("a")}
    assert targets <= {element.get("id") for element in tree.iter()}


def test_definitions_strikethrough_and_code_are_read():
    tree = _tree(_html("KFOR\n: The ~~army~~ force.\n\n```\na < b\n```\n"))

    assert tree.find("dl/dt").text == "KFOR"
    assert tree.find("dl/dd/s").text == "army"
    assert tree.find("pre/code").text == "a < b\n"


@pytest.mark.parametrize("name", ["note", "contested", "background", "warning"])
def test_a_passage_is_set_apart_with_its_label(name):
    own = _tree(_html(f"::: {name} What <each> says\nWords.\n:::\n")).find("aside")
    default = _tree(_html(f"::: {name}\nWords.\n:::\n")).find("aside")

    assert own.find("p").text == "What <each> says"
    assert default.find("p").text.lower() == name
    assert [p.text for p in default.findall("p")][1:] == ["Words."]


@pytest.mark.parametrize("language", ["ar", "fr", "sr", "sr-Latn", "uk"])
def test_labels_are_in_the_language_of_the_body(language):
    body = "::: note\nWords.\n:::\n\n::: background\n> Words.\n:::\n\n| a |\n|---|\n| 1 |\n"
    own, english = _html(body, language=language), _html(body)

    assert not any(word in own for word in (">Note<", ">Background<", '"Table"'))
    assert [element.tag for element in _tree(own).iter()] == [element.tag for element in _tree(english).iter()]
    assert _html(body, language="xx") == english


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "“It’s” – ‘so’…"),
        ("en-GB", "“It’s” – ‘so’…"),
        ("de", "„It’s“ – ‚so‘…"),
        ("fr", "«\u00a0It’s\u00a0» – ‹\u00a0so\u00a0›…"),
        ("sr-Latn", "„It’s“ – ‚so‘…"),
        ("xx", "“It’s” – ‘so’…"),
    ],
)
def test_quotes_are_those_of_the_language(language, expected):
    assert _html("\"It's\" -- 'so'...", language=language) == f"<p>{expected}</p>\n"


def test_typography_can_be_left_as_it_was_written():
    assert _tree(_html('"It\'s" -- so...', typographer=False)).find("p").text == '"It\'s" -- so...'


def test_a_passage_can_have_a_language_and_a_direction():
    tree = _tree(_html("{lang=ar dir=rtl}\nمرحبا\n"))

    assert (tree.find("p").get("lang"), tree.find("p").get("dir")) == ("ar", "rtl")


@pytest.mark.parametrize(("size", "code"), [(MAX_BODY, []), (MAX_BODY + 1, ["too-long"])])
def test_a_body_beyond_the_cap_is_an_error_that_names_the_file(size, code):
    _, faults = render("a" * size, "content/briefings/x.md", 7, SETTINGS)

    assert [fault.code for fault in faults] == code
    assert all(str(fault).startswith("content/briefings/x.md:7: error: ") for fault in faults)


# What is known of a body


def test_the_excerpt_is_the_first_paragraph_as_plain_text():
    rendered, _ = _render(
        "# Heading\n\n![x](/media/x.png)\n\nThe *first* `par`[^n]\ngraph & [link](https://a.b).\n\nTwo.\n\n[^n]: no"
    )

    assert rendered.body.excerpt == "The first par graph & link."


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("What each side says", "what-each-side-says"),
        ("Шта каже Београд?", "shta-kazhe-beograd"),
        ("*Emphasis* and `code`", "emphasis-and-code"),
        ("!!!", "section"),
        ("fn1", "section-fn1"),
        ("Own words {#mine}", "mine"),
    ],
)
def test_a_heading_can_be_linked_to(heading, anchor):
    rendered, faults = _render(f"## {heading}\n\n[there](#{anchor})\n")

    assert not faults
    assert rendered.body.anchors == (anchor,)
    assert [h.anchor for h in rendered.body.headings] == [anchor]
    assert _tree(rendered.html).find("h2").get("id") == anchor


def test_headings_are_known_by_level_and_words():
    rendered, _ = _render("# One\n\n## Two *and* more {#two}\n\nThree\n-----\n")

    assert [(h.level, h.title) for h in rendered.body.headings] == [(1, "One"), (2, "Two and more"), (2, "Three")]


def test_equal_headings_have_different_anchors_in_their_order():
    rendered, faults = _render("# Kosovo\n\n# Kosovo\n\n# Kosovo 2\n\n# Kosovo\n")

    assert not faults
    assert rendered.body.anchors[0] == "kosovo"
    assert len(set(rendered.body.anchors)) == 4


def test_an_id_that_somebody_gave_is_never_taken_by_a_heading():
    rendered, faults = _render("# Kosovo\n\n{#kosovo}\nWords\n")

    assert not faults
    assert _tree(rendered.html).find("p").get("id") == "kosovo"
    assert _tree(rendered.html).find("h1").get("id") != "kosovo"


def test_an_id_that_stands_twice_is_an_error_in_its_line():
    _, faults = _render("## A {#x}\n\nWords\n\n## B {#x}\n")

    assert [(fault.line, fault.code, fault.severity) for fault in faults] == [(5, "repeated-id", "error")]


@pytest.mark.parametrize("anchor", ["fn1", "fnref2", "1x", "_main", 'a"b', "-x"])
def test_an_id_that_could_clash_with_the_pages_own_is_refused_in_its_line(anchor):
    rendered, faults = _render(f"Words\n\n## A {{#{anchor}}}\n")

    assert [(fault.line, fault.code) for fault in faults] == [(3, "refused-id")]
    assert anchor not in rendered.body.anchors


headings = st.builds(
    "{} {}{}".format,
    st.sampled_from(["#", "##", "###"]),
    st.sampled_from(["Kosovo", "kosovo", "Kosovo 2", "fn1", "fnref1", "!", "Ж", "section", "a b"]),
    st.sampled_from(["", "", " {#a}", " {#kosovo}", " {#kosovo-2}", " {#é}", " {#fn1}", " {#section}"]),
)
passages = headings | st.sampled_from([
    "Words[^1] and^[more].", "[^1]: note", "[^a b]: note", "{#kosovo}\nWords", "{#b .c}\n> quote", "*x*{#d}",
    "`c`{#section}",
    "- {#e}\n  item", "|a|\n|-|\n|b[^1]|", "term\n: [^1] def", "![a](/media/a.png){#pic}", "::: note\n# Kosovo\n:::",
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(passages, max_size=8).map("\n\n".join))
def test_ids_are_unique_in_a_body_and_all_known(text):
    rendered, faults = _render(text)

    ids = [element.get("id") for element in _tree(rendered.html).iter() if element.get("id")]
    assert sorted(set(ids)) == sorted(rendered.body.anchors)
    if not any(fault.code == "repeated-id" for fault in faults):
        assert len(ids) == len(set(ids))


@settings(max_examples=60, deadline=None)
@given(st.lists(passages, max_size=4).map("\n\n".join), st.lists(passages, max_size=4).map("\n\n".join))
def test_no_body_leaves_a_trace_in_the_next(before, text):
    alone = _render(text)
    _render(before)

    assert _render(text) == alone


# References, and their lines


@pytest.mark.parametrize(
    "body",
    [
        "One\ntwo [x](a.md)",
        "One  \ntwo [x](a.md)",
        "One\\\ntwo [x](a.md)",
        "`a\nb` [x](a.md)",
        "[a\nb](https://x.y) [x](a.md)",
        '[a](https://x.y "b\nc") [x](a.md)',
        "[a](\nhttps://x.y) [x](a.md)",
        "![a\nb](https://x.y) [x](a.md)",
        "<b\n> [x](a.md)",
        "a\n*b* **[x](a.md)**",
        "- a\n- [x](a.md)",
        "> a\n> [x](a.md)",
        "# a\n## [x](a.md)",
        "term\n: [x](a.md)",
        "::: note\n[x](a.md)\n:::",
        "a[^1]\n\n[^1]: b\n    c [x](a.md)",
        "a\n\nb^[c [x](a.md)]",
        "a\nb^[c [x](a.md)]",
        "|a|\n|-|\n|[x](a.md)|",
        "|a|b|\n|-|-|\n|c|d|\n|e|[x](a.md)|",
        "{.a}\n[x](a.md)",
        "[x]: a.md\n\n[x]",
        "a &amp;\n[x](a.md)",
        "```\na\n```\n[x](a.md)",
        "a\n![x](a.md)",
    ],
)
def test_a_reference_knows_the_line_on_which_it_is_written(body):
    rendered, _ = _render(body, first_line=10)

    reference = next(r for r in rendered.body.references if r.target == "a.md")
    lines = body.split("\n")
    written_in = next(number for number, line in enumerate(lines) if "[x](a.md" in line or line == "[x]")
    assert reference.line == 10 + written_in


@pytest.mark.parametrize(
    "body",
    [
        "One\n\ntwo [x](javascript:a)",
        "`a\nb` <data:x>",
        "a^[b]\n\nc\n\nd^[[x](//e.f)]",
        "|a|\n|-|\n|![x](https://a.b/c.png)|",
    ],
)
def test_a_target_that_is_refused_is_a_warning_in_its_line(body):
    _, faults = _render(body, first_line=10)

    assert [(fault.line, fault.code, fault.severity) for fault in faults] == [
        (10 + body.count("\n"), "refused-target", "warning")
    ]


def test_references_keep_their_order_and_go_where_they_are_told():
    rendered, _ = _render("[one](a.md) ![two](/media/b.png) [web](https://c.d) [three](id:e#f) [four](#g)\n")

    assert [(r.target, r.picture) for r in rendered.body.references] == [
        ("a.md", False), ("/media/b.png", True), ("id:e#f", False), ("#g", False),
    ]  # fmt: skip
    tree = _tree(fill_in(rendered.html, ["/1/", "/2.png", "/3/#f", "#g"]))
    assert [a.get("href") for a in tree.iter("a")] == ["/1/", "https://c.d", "/3/#f", "#g"]
    assert tree.find(".//img").get("src") == "/2.png"


def test_a_target_is_the_path_that_was_written_whatever_its_script():
    rendered, _ = _render("[a](<../с пробелом.md>) [b](%D0%B0.md) [c](x%20y.md#a)")

    assert [r.target for r in rendered.body.references] == ["../с пробелом.md", "а.md", "x y.md#a"]


@pytest.mark.parametrize("word", ["sitrep:0", "sitrep:1", "sitrep:7"])
@pytest.mark.parametrize(
    "place", ["![{}](/media/a.png)", '[b](https://c.d "{}")', "# h {{#{}}}", "{{.{}}}\nwords", "{{lang={}}}\nwords",
              '![a](/media/a.png "{}")', "`a`{{class={}}}", "```{}\n```", '="{}"', "[c]({})"],
)  # fmt: skip
def test_no_words_of_an_author_are_taken_for_a_placeholder(place, word):
    rendered, _ = _render("[one](a.md)\n\n" + place.format(word))

    filled = fill_in(rendered.html, ["/ADDRESS/"] * len(rendered.body.references))

    for element in _tree(filled).iter():
        for name, value in element.attrib.items():
            assert "/ADDRESS/" not in value or name in ("href", "src")
    assert filled.count("/ADDRESS/") == len(rendered.body.references)


def test_a_word_that_is_no_link_keeps_its_words():
    rendered, faults = _render("[two *words*](javascript:x) and <data:y> and ![a picture](https://z)")

    assert "".join(_tree(rendered.html).itertext()).strip() == "two words and data:y and a picture"
    assert len(faults) == 3


# Time

N = 24_000
_NASTY = {
    "opening brackets": "[" * N,
    "opening brackets of pictures": "![" * (N // 2),
    "brackets in brackets": "[" * (N // 2) + "]" * (N // 2),
    "links in links": "[" * 3000 + "a" + "](b)" * 3000,
    "pictures in pictures": "![" * 2000 + "a" + "](/media/a.png)" * 2000,
    "open links": "[a](" * (N // 4),
    "open links in angles": "[a](<b" * (N // 6),
    "open links with titles": '[a](b "' * (N // 7),
    "parentheses in a target": "[a](" + "(" * N,
    "links": "[a](b.md) " * (N // 10),
    "references": "".join(f"[{i}]: /x\n" for i in range(2000)) + "\n" + "[1] " * 2000,
    "references that are none": "[a]: b\n" * (N // 7),
    "backticks": "`" * N,
    "backticks of every length": " ".join("`" * i for i in range(1, 220)),
    "asterisks": "*" * N,
    "emphasis that opens": "*a " * (N // 3),
    "emphasis of two kinds": "*a _b " * (N // 6),
    "strong and emphasis": "**a *b " * (N // 7),
    "emphasis across": "a**b" * (N // 8) + "c* " * (N // 6),
    "tildes": "~~a " * (N // 4),
    "double quotes": '"a ' * (N // 3),
    "single quotes": "'a " * (N // 3),
    "quotes of both kinds": "\"'" * (N // 2),
    "hyphens and dots": "--...(c)+-" * (N // 10),
    "quotes in quotes": ">" * N,
    "quotes of lines": "".join(">" * (i % 30) + " a\n" for i in range(1500)),
    "lists in lists": "- " * (N // 2),
    "lists that step in": "".join(" " * i + "- a\n" for i in range(220)),
    "lists in quotes": "".join("> " * (i % 15) + "- a\n" for i in range(1500)),
    "long list": "- a\n" * (N // 4),
    "long table": "|a|b|\n|-|-|\n" + "|a|b|\n" * (N // 6),
    "wide table": "|" + "a|" * 200 + "\n|" + "-|" * 200 + "\n" + "|\n" * 200,
    "tables that are none": "a | b\n- | -\n" * (N // 12),
    "notes": "".join(f"a[^{i}] " for i in range(1500)) + "\n\n" + "".join(f"[^{i}]: x\n\n" for i in range(1500)),
    "one note often": "[^1] " * (N // 5) + "\n\n[^1]: x",
    "notes in notes": "^[" * 2000 + "a" + "]" * 2000,
    "notes that are none": "[^a" * (N // 3),
    "attributes": "*a*{.b}" * (N // 7),
    "open attributes": '`a`{a="' * (N // 7),
    "attributes on lines": "{.a}\n" * (N // 5),
    "passages": "::: note\n" * (N // 9),
    "definitions": "a\n: b\n" * (N // 6),
    "definitions of one": "a\n" + ": b\n" * (N // 4),
    "tags": "<a " * (N // 3),
    "remarks": "<!--" * (N // 4),
    "addresses": "<http:" * (N // 6),
    "entities": "&#1;" * (N // 4),
    "equal headings": "# a\n" * (N // 4),
    "underlined headings": "a\n=\n" * (N // 4),
    "a heading with ids": "# a" + " {#b}" * 4000,
    "a heading with spaces": "# a" + " " * N + "b {#",
    "fences": "```\n" * (N // 4),
    "rules": "---\n" * (N // 4),
    "spaces": ("a" + " " * 200 + "\n") * (N // 200),
    "one paragraph": "word\n" * (N // 5),
    "escapes": "\\" * N,
}


@pytest.mark.parametrize("text", _NASTY.values(), ids=_NASTY.keys())
def test_no_body_keeps_the_builder_busy(text):
    start = time.perf_counter()

    _render(text)

    assert time.perf_counter() - start < 10


@pytest.mark.parametrize(
    "piece",
    [
        "# a\n\n",
        "a[^1]\n\n[^1]: b\n\n",
        "[a](b.md)\n\n",
        "|a|\n|-|\n|b|\n\n",
        "- a\n  - b\n\n",
        "> a\n\n",
        "a\n: b\n\n",
    ],
)
def test_the_work_for_a_body_grows_with_it_and_not_with_its_square(piece):
    def calls(times):
        # Counted, not timed: a busy machine must fail nobody.
        profile = cProfile.Profile()
        profile.runcall(_render, piece * times)
        return pstats.Stats(profile).total_calls

    calls(10)  # what is made once
    assert calls(1200) < 5 * calls(300)


# Passages that were not meant


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("::: contestd\nWords.\n:::\n", "unknown-passage"),
        ("::: note\nWords.\n\nAnd on.\n", "unclosed-passage"),
        (":::: note\n::: warning\nWords.\n:::\n", "unclosed-passage"),
    ],
)
def test_a_passage_that_is_misspelt_or_not_closed_is_a_warning(body: str, code: str) -> None:
    _, faults = render(body, "x.md", 5, MarkdownSettings())
    assert [(fault.severity, fault.code, fault.line) for fault in faults] == [("warning", code, 5)]


@pytest.mark.parametrize(
    "body",
    ["::: note\nWords.\n:::\n", ":::: note\n::: warning x\nWords.\n:::\n::::\n", "```\n::: any\n```\n", "a ::: b\n"],
)
def test_a_passage_as_it_should_be_is_none(body: str) -> None:
    assert render(body, "x.md", 1, MarkdownSettings())[1] == []
