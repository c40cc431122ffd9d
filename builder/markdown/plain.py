"""Plain bodies: those that markdown-it-py and its Rust port read alike.

Here is where they are known to part, and what only the first reads. All else has been compared, over the examples of
the CommonMark specification and over millions of random texts (`tests/test_fast_markdown.py` does it, with fewer).
"""

from __future__ import annotations

import re

from builder.markdown.needs import NEEDS, Need

_FULL_ONLY = frozenset(
    need
    for need in NEEDS
    if need.rules[0] in (
        # Our own.
        "attr", "container_passage", "deflist", "footnote_def",
        # The port has a way of its own with a fence that isn't closed and with the words of an autolink, breaks down
        # at a backtick behind a bracket, and doesn't tell an escaped quotation mark from another in what it makes.
        "autolink", "backticks", "escape", "fence", "strikethrough",
    )
)  # fmt: skip
# The port calls itself for what is in something else, and looks at all definitions of links for each.
_LONGEST = 50_000
_MOST_MARKS = 1000
_MOST_DEFINITIONS = 100
# Control characters, tabs, and what only one of the two takes for a space. None of them is printable.
_ODD = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u1680\u2000-\u200a\u2028\u2029\u205f\u3000\ufeff\ud800-\udfff\ufffe\uffff]"
)
# Beyond ASCII they don't agree on what is punctuation. At a mark it matters, unless it is a letter or one of these.
_STRANGE = r"[^\w\x00-\x7f“”‘’„‚«»‹›–—…]"
# One for each mark, so that it begins with the mark, which a search finds at once.
_STRANGE_AT_MARK = [re.compile(rf"{mark}(?:{_STRANGE}|(?<={_STRANGE}{mark}))") for mark in (r"\*", "_")]
# Each pattern is looked for where all its marks are; a line begins with `\n`, the first one too.
_DIFFERENT = tuple(
    (marks, re.compile(pattern))
    for marks, pattern in (
        (["&"], r"&(?:#|[A-Za-z][A-Za-z0-9]*;)"),  # an entity: it can be anything, a quotation mark too
        (["["], r"\[[^\]]*\["),  # brackets in brackets: their order, their depth
        (["]("], r"(?i)\]\(\s*(?:javascript|vbscript|file|data):"),  # no link for the port; a refused one here
        (["]:"], r"(?i)\]:\s*(?:javascript|vbscript|file|data):|\"\"|''|\(\)|\]: *\n"),  # the same; an empty title
        (["![", "'"], r"'[*_]*!\[|[)\]][*_]*'"),  # a quotation mark at a picture: the picture's words tell its side
        (["![", '"'], r"\"[*_]*!\[|[)\]][*_]*\""),
        (["!["], r"(?i)!\[[^\]]*(?:--|\.\.|\+-|,,|\?{4}|!{4}|\((?:c|r|tm)\))"),  # a picture's words keep their dots
        ([">"], r"\n(?: *>){6}"),  # quotes in quotes: the depth at which each gives up
        ([">"], r"\n[ >*+\-.)0-9]*>[^\n]*\n(?! *(?:[\n>]|\Z))"),  # a quote, and at once something else
        ([">"], r"\n(?:[ >*+\-.)0-9]*[ >])?(?:[-*+]|[0-9]+[.)]) *\n"),  # an empty item in a quote
        # A table but for the plainest: each line begins and ends with a bar. A picture alone may have one in its title.
        (["|"], r"\n(?!\||!\[[^\n]*\)\n(?:\n|\Z))[^\n|]*\|"),
        (["|"], r"\n\|[^\n]*[^|\n]\n"),
        (["|"], r"\n\|(?<=[^\n|]\n\|)"),
        (["|"], r"\|\n[^|\n]"),
        ([], r"\n[ >*+\-.)0-9]{16}"),  # blocks in blocks: the depth at which each gives up
        (["\xa0"], r"[\s>*+.)#|-]\xa0|\xa0[\s|]"),  # at the edge of a line only one of the two takes it away
        (["\u202f"], r"[\s>*+.)#|-]\u202f|\u202f[\s|]"),
    )
)
_MARKS = tuple({mark for marks, _ in _DIFFERENT for mark in marks})
_LEFT_OVER = re.compile(r"_(?:[\W_]|(?<=[\W_]_))")
_PLAIN_ADDRESS = re.compile(r"(?:https?://[a-z0-9.-]+(?=[/?#]|\Z)|mailto:(?=[a-z])|id:)?[\w%.~&()+,;=@/?#-]*", re.ASCII)


def is_plain(text: str, needed: frozenset[Need]) -> bool:
    """Whether `text`, which needs these rules, is known to be read alike; its HTML may tell otherwise yet."""
    if not needed.isdisjoint(_FULL_ONLY) or len(text) > _LONGEST:
        return False
    if not text.replace("\n", "").isprintable() and _ODD.search(text):
        return False
    if text.count("*") + text.count("_") > _MOST_MARKS or text.count("]:") > _MOST_DEFINITIONS:
        return False
    if not text.isascii() and any(pattern.search(text) for pattern in _STRANGE_AT_MARK):
        return False
    lines = f"\n{text}\n"
    held = {mark for mark in _MARKS if mark in text}
    return not any(pattern.search(lines) for marks, pattern in _DIFFERENT if held.issuperset(marks))


def is_plain_html(html: str) -> bool:
    """Whether nothing in what the port has made is known to become something else in the full way."""
    # Where marks of emphasis cross, the two don't agree on which are left over.
    if "*" in html or ("_" in html and _LEFT_OVER.search(html)):
        return False
    return "<blockquote>\n</blockquote>" not in html


def is_plain_address(written: str) -> bool:
    """Whether both write this address alike."""
    return _PLAIN_ADDRESS.fullmatch(written) is not None
