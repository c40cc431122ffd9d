"""Front matter: the block that opens a file, the body behind it, and the line on which each stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.load.documents import load_document
from builder.load.frontmatter import split
from builder.markdown.parser import MarkdownSettings
from builder.model.briefing import Briefing
from builder.model.dossier import Dossier, Prose
from builder.reading.files import decode

SETTINGS = MarkdownSettings()

lines_of_text = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=30), max_size=6
)
blocks = st.lists(
    st.sampled_from([
        "title: A", "date: 2022-08-17", "date:", "actors: [NATO, KFOR]", "sources:", "- name: RT", "  url: https://a.b",
        "location: {lat: 1, lon: 2}", "draft: yes", "inferred: {region: 3}", "image: x.png", "x: &a 1", "y: *a",
        "z: !!t 1", "---", "...", "# remark", "? [a]", "<<: *a", "figures: [{what: a, says: b, low: 3, high: 1}]",
        "title: [", "'", "\t", "summary: >", "  words", "lang: x y", "withdrawn: {date: 2022-02-30, reason: x}",
        "capture: {sha256: 1}", "aliases: [[[]]]", "corrections: {date: 2022, note: a}", "confidence: LOW",
        "dossier: {a: b}", "0: 0", "~: ~",
    ]),
    max_size=8,
)  # fmt: skip


def _decoded(data):
    text, faults = decode(data, "x.md")
    assert not faults
    return text


def _loaded(text, path="content/briefings/x.md", type_=Briefing):
    loaded, faults = load_document(text, path, type_, SETTINGS)
    return loaded.document if loaded else None, faults


def test_a_file_is_divided_into_block_and_body_and_the_body_knows_its_line():
    front_matter, faults = split("---\ntitle: A\ndate: 2022\n---\n\n\nWords.\n", "x.md")

    assert not faults
    assert front_matter.block.key_lines == {"title": 2, "date": 3}
    assert (front_matter.body.rstrip(), front_matter.body_line) == ("Words.", 7)


def test_a_body_keeps_the_indentation_of_its_first_line():
    front_matter, _ = split("---\ntitle: A\n---\n\n    code\n\nwords", "x.md")

    assert front_matter.body == "    code\n\nwords"
    assert front_matter.body_line == 5


def test_a_rule_in_the_body_is_no_end_of_the_front_matter():
    front_matter, _ = split("---\ntitle: A\n---\nOne.\n\n---\n\nTwo.\n", "x.md")

    assert front_matter.block.entries.keys() == {"title"}
    assert front_matter.body.split() == ["One.", "---", "Two."]


def test_three_hyphens_inside_a_text_are_no_end_of_the_front_matter():
    front_matter, _ = split("---\ntitle: A --- B\nsummary: |\n  one\n  ---\n  two\nnote: '---'\n---\nbody", "x.md")

    assert list(front_matter.block.entries) == ["title", "summary", "note"]
    assert front_matter.body == "body"


@pytest.mark.parametrize(
    "data",
    [
        b"---\ntitle: A\ndate: 2022\n---\nWords\nhere.\n",
        b"\xef\xbb\xbf---\ntitle: A\ndate: 2022\n---\nWords\nhere.\n",
        b"---\r\ntitle: A\r\ndate: 2022\r\n---\r\nWords\r\nhere.\r\n",
        b"\xef\xbb\xbf---\r\ntitle: A\r\ndate: 2022\r\n---\r\nWords\r\nhere.\r\n",
        b"---\rtitle: A\rdate: 2022\r---\rWords\rhere.\r",
        b"--- \t\ntitle: A\ndate: 2022\n---  \nWords\nhere.",
    ],
    ids=["LF", "BOM", "CRLF", "BOM and CRLF", "CR", "trailing spaces"],
)
def test_a_byte_order_mark_and_any_line_ends_are_read(data):
    front_matter, faults = split(_decoded(data), "x.md")

    assert not faults
    assert {name: node.text for name, node in front_matter.block.entries.items()} == {"title": "A", "date": "2022"}
    assert front_matter.block.key_lines == {"title": 2, "date": 3}
    assert (front_matter.body.rstrip(), front_matter.body_line) == ("Words\nhere.", 5)


def test_empty_lines_before_the_block_count_as_lines():
    front_matter, _ = split("\n \n---\ntitle: A\n---\nbody", "x.md")

    assert front_matter.block.key_lines == {"title": 4}
    assert front_matter.body_line == 6


@pytest.mark.parametrize("block", ["", "\n\n", "# nothing yet\n"])
def test_an_empty_block_is_a_block(block):
    front_matter, faults = split(f"---\n{block}---\nbody", "x.md")

    assert not faults
    assert (front_matter.block.entries, front_matter.body) == ({}, "body")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("---\ntitle: A\ndate: 2022\n\nWords.\n", "unclosed-front-matter", 1),
        ("\n\n---\ntitle: A\n", "unclosed-front-matter", 3),
        ("---", "unclosed-front-matter", 1),
        ("---\ntitle: A\n----\n", "unclosed-front-matter", 1),
        ("title: A\n---\n", "no-front-matter", 1),
        ("", "no-front-matter", 1),
        ("# Words only\n", "no-front-matter", 1),
        ("----\ntitle: A\n----\n", "no-front-matter", 1),
        ('+++\ntitle = "A"\n+++\nwords', "no-front-matter", 1),
        ('{"title": "A"}\n\nwords', "no-front-matter", 1),
        ("---\n- a\n- b\n---\n", "yaml", 2),
        ("---\njust words\n---\n", "yaml", 2),
    ],
)
def test_a_block_that_is_none_is_one_error_with_its_line(text, code, line):
    front_matter, faults = split(text, "x.md")

    assert front_matter is None
    assert [(fault.code, fault.line) for fault in faults] == [(code, line)]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["", " ", "\t"]), max_size=3), blocks, lines_of_text)
def test_no_front_matter_raises_and_each_fault_lies_in_the_file(blank, block, body):
    text = "\n".join([*blank, "---", *block, "---", *body])
    for type_ in (Briefing, Dossier, Prose):
        _, faults = _loaded(text, type_=type_)

        for fault in faults:
            assert 1 <= fault.line <= text.count("\n") + 2
            assert "\n" not in str(fault)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80) | st.binary(max_size=80).map(lambda data: data.decode("latin-1")))
def test_no_bytes_raise_and_a_file_that_cannot_be_read_says_so(text):
    decoded, faults = decode(text.encode("utf-8", "surrogatepass"), "x.md")
    if decoded is None:
        assert [fault.severity for fault in faults] == ["error"]
    else:
        _loaded(decoded)


@settings(max_examples=200, deadline=None)
@given(lines_of_text.map("\n".join).filter(str.strip))
def test_the_body_is_what_stands_behind_the_block_but_for_empty_lines_around_it(body):
    text = f"---\ntitle: A\n---\n{body}"

    front_matter, faults = split(text, "x.md")

    assert not faults
    lines = text.split("\n")
    assert "\n".join(lines[front_matter.body_line - 1 :]).rstrip() == front_matter.body.rstrip()
    assert not "".join(lines[3 : front_matter.body_line - 1]).strip(" \t")


def test_the_date_may_stand_in_the_files_name():
    document, faults = _loaded("---\ntitle: A\n---\n", "content/briefings/2022-08-17-x.md")

    assert not faults
    assert document.meta.date.iso == "2022-08-17"


@pytest.mark.parametrize(("name", "iso"), [("2020-11-x.md", "2020-11"), ("2019-x.md", "2019")])
def test_a_files_name_may_be_dated_by_month_or_year(name, iso):
    document, _ = _loaded("---\ntitle: A\n---\n", f"content/briefings/{name}")

    assert document.meta.date.iso == iso


def test_a_date_in_the_front_matter_counts_more_than_the_files_name():
    document, _ = _loaded("---\ntitle: A\ndate: 2022-08-18\n---\n", "content/briefings/2022-08-17-x.md")

    assert document.meta.date.iso == "2022-08-18"


@pytest.mark.parametrize("empty", ["date:", "date: ~", "date: null"])
def test_a_date_that_says_nothing_is_no_date(empty):
    named, named_faults = _loaded(f"---\ntitle: A\n{empty}\n---\n", "content/briefings/2022-08-17-x.md")
    _, faults = _loaded(f"---\ntitle: A\n{empty}\n---\n", "content/briefings/x.md")

    assert not named_faults
    assert named.meta.date.iso == "2022-08-17"
    assert [(fault.code, fault.field, fault.severity) for fault in faults] == [("missing", "date", "error")]


def test_an_impossible_date_in_a_files_name_is_an_error():
    _, faults = _loaded("---\ntitle: A\n---\n", "content/briefings/2022-02-30-x.md")

    assert [(fault.code, fault.field, fault.severity) for fault in faults] == [("date", "date", "error")]
    assert "2022-02-30" in faults[0].message


def test_unknown_fields_are_kept_for_the_theme():
    text = (
        "---\ntitle: A\ndate: 2022\ncountry: NO\ncode: 002\nedition: 1.10\nat: 14:09\noffset: -04:00\n"
        "nested: {a: [1, b]}\n---\n"
    )

    document, faults = _loaded(text)

    assert not faults
    assert document.extra == {
        "country": "NO",
        "code": "002",
        "edition": "1.10",
        "at": "14:09",
        "offset": "-04:00",
        "nested": {"a": [1, "b"]},
    }


def test_a_field_that_looks_like_a_misspelling_is_a_warning_with_the_right_name():
    _, faults = _loaded("---\ntitle: A\ndate: 2022\nsumary: words\n---\n")

    assert [(fault.line, fault.severity, fault.field) for fault in faults] == [(4, "warning", "sumary")]
    assert '"summary"' in faults[0].message


def test_a_field_whose_look_alike_is_there_too_is_no_misspelling():
    _, faults = _loaded("---\ntitle: A\ndate: 2022\nsource: x\nsources: []\n---\n")

    assert not faults


def test_faults_in_the_body_count_lines_of_the_file():
    _, faults = _loaded("---\ntitle: A\ndate: 2022\n---\n\nOne\n[two](javascript:x)\n")

    assert [fault.line for fault in faults] == [7]


def test_the_faults_of_a_block_and_of_its_body_are_told_together():
    _, faults = _loaded("---\ntitle: [A]\ndate: 2022-13\nstatus: sure\n---\n\n[two](javascript:x)\n")

    assert [fault.line for fault in faults] == [2, 3, 4, 7]


def test_the_authors_digest_depends_on_title_summary_and_body_alone():
    def written(title="A", summary="B", body="C", others="", path="content/briefings/x.md"):
        text = f"---\ntitle: {title}\ndate: 2022\nsummary: {summary}\n{others}---\n\n{body}\n"
        return _loaded(text, path)[0].written

    same = written()
    assert written(others="actors: [NATO]\nslug: other\n", path="content/briefings/y.md") == same
    assert written(body="\nC\n\n") == same
    assert len({same, written(title="a"), written(summary="b"), written(body="c"), written("AB", "", "C")}) == 5


def test_the_authors_digest_is_the_same_in_any_line_ends():
    unix = b"---\ntitle: A\ndate: 2022\n---\n\nOne\ntwo.\n"

    digests = {
        _loaded(_decoded(data))[0].written for data in (unix, unix.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + unix)
    }

    assert len(digests) == 1
