"""Plain YAML: blocks of nothing but `key: value` and lists of words, read in a fraction of the time.

Most front matter is no more than that. A block with any other line, even if only a comment, is left to the parser.
"""

from __future__ import annotations

import re

from builder.reading.nodes import Mapping, Node, Scalar, Sequence

# What YAML, or its older version, takes for a line end or for something else than itself, or refuses.
_ODD = "\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff\U0010fffc\U0010fffd"
# Words without quotes begin with a letter or a digit; no colon in them ends a key, and nothing begins a comment.
_WORDS = rf"[^\W_](?:[^:#{_ODD}]|:(?=[^ #{_ODD}]))*(?<! )"
_SCALAR = rf"""({_WORDS})|"([^"\\{_ODD}]*)"|'([^'{_ODD}]*)'"""
_IN_BRACKETS = r"[^\W_](?:[\w .()/-]*[\w.()/-])?"
_ENTRY = re.compile(rf"([A-Za-z_][A-Za-z0-9_]{{0,99}}):(?: (?:{_SCALAR}|\[({_IN_BRACKETS}(?:, {_IN_BRACKETS})*)\]))?")
_ITEM = re.compile(rf"( *)- (?:{_SCALAR})")


def parse_plain(text: str, first_line: int) -> Mapping | None:
    """What the parser would make of `text`, which begins at `first_line`; None where it isn't plain, or is empty.

    Nothing is ever wrong in a plain block.
    """
    values: dict[str, Node | list[Scalar]] = {}
    key_lines: dict[str, int] = {}
    items: list[Scalar] | None = None  # of the key above, which has no value in its own line
    margin = ""
    for line, written in enumerate(text.split("\n"), first_line):
        if not written:
            continue
        if items is not None and (match := _ITEM.fullmatch(written)):
            if items and match[1] != margin:
                return None
            margin = match[1]
            items.append(_scalar(match[2], match[3], match[4], line))
            continue
        match = _ENTRY.fullmatch(written)
        if match is None or match[1] in key_lines:
            return None
        key, words, double, single, bracketed = match.groups()
        key_lines[key] = line
        items = None
        if bracketed is not None:
            values[key] = Sequence(tuple([Scalar(item, line) for item in bracketed.split(", ")]), line)
        elif words is double is single:  # None
            items = values[key] = []
        else:
            values[key] = _scalar(words, double, single, line)
    if not values or [] in values.values():  # a key that says nothing at all
        return None
    entries = {
        key: Sequence(tuple(value), value[0].line) if isinstance(value, list) else value
        for key, value in values.items()
    }
    return Mapping(entries, key_lines, next(iter(key_lines.values())))


def _scalar(words: str | None, double: str | None, single: str | None, line: int) -> Scalar:
    if words is not None:
        return Scalar(words, line)
    quoted = double if double is not None else single
    assert quoted is not None  # one of them was found
    return Scalar(quoted, line, False)
