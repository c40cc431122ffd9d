"""Needs: which of the parser's rules a body has a use for.

A rule can only begin at a mark of its own, yet it takes time in every line and at every mark of others. Left out
where its mark isn't in the body, it can't be missed: the result is the same.
"""

from __future__ import annotations

from typing import NamedTuple

# What can stand before a line's own first character: indentation, and the marks of quotes and lists.
_MARGIN = " \t>*+-.)0123456789"
_SPACE = " \t"


class Need(NamedTuple):
    """Rules, and what a body must have for them to find anything: one of `holds`, `begins` and `ends`."""

    rules: tuple[str, ...]
    holds: str = ""
    """Characters: one stands anywhere."""
    begins: str = ""
    """Characters: a line has one first, behind any margin. A colon or a tilde may have the real one behind it."""
    ends: str = ""
    """Characters: a line has one last."""
    stops: str = ""
    """Characters at which words end, as the inline rules must be tried there."""


NEEDS = (
    # Blocks. What a note's definition (`[^1]: …`) has on its first line is behind no known margin: `^` stands for it.
    Need(("table", "sitrep_tables"), holds="|"),
    Need(("fence",), holds="^", begins="`~:"),
    Need(("container_passage",), holds="^", begins=":~"),
    Need(("blockquote",), holds=">"),
    Need(("hr",), ends="-*_"),
    Need(("reference",), holds="^", begins="[:~"),
    Need(("heading",), holds="#"),
    Need(("lheading",), ends="-="),
    Need(("deflist",), holds="^", begins=":~"),
    # Within a line
    Need(("escape",), holds="\\", stops="\\"),
    Need(("backticks",), holds="`", stops="`"),
    Need(("strikethrough",), holds="~", stops="~"),
    Need(("emphasis",), holds="*_", stops="*_"),
    Need(("link",), holds="[", stops="[]"),
    Need(("image", "sitrep_figures"), holds="!", stops="!"),
    Need(("autolink",), holds="<", stops="<"),
    Need(("entity",), holds="&", stops="&"),
    # Both
    Need(("footnote_def", "footnote_inline", "footnote_ref", "footnote_tail", "sitrep_notes"), holds="^", stops="^"),
    Need(("attr",), holds="{", stops="{"),
    # Over what the others have made: an entity can be a brace.
    Need(("text_join",), holds="\\&"),
    Need(("sitrep_trailing_ids", "sitrep_given_ids"), holds="{&"),
    Need(("smartquotes",), holds="'\""),
)


def needs(text: str) -> frozenset[Need]:
    """Those whose rules may find something in `text`, whose lines end with `\\n`; the others' can be left out."""
    lines = text.split("\n")
    first = {line.lstrip(_MARGIN)[:1] for line in lines}
    last = {line.rstrip(_SPACE)[-1:] for line in lines}
    held = {mark for mark in _MARKS if mark in text}
    return frozenset([
        need for need in NEEDS
        if not (held.isdisjoint(need.holds) and first.isdisjoint(need.begins) and last.isdisjoint(need.ends))
    ])  # fmt: skip


_MARKS = frozenset("".join(need.holds for need in NEEDS))
