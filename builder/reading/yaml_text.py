"""YAML: its text becomes nodes that know their lines, and values become text."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from builder.faults import Fault, error, warning
from builder.reading.nodes import UNSHOWABLE, Mapping, Node, Scalar, Sequence
from builder.reading.plain_yaml import parse_plain

# libyaml's parser is some ten times faster; PyYAML is built without it on a few platforms.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = (None, "")  # a plain scalar's style, as PyYAML and as libyaml give it
_MAX_DEPTH = 20
# YAML 1.1 takes Unicode's line and paragraph separators for line ends, which no editor does: they are hidden from it
# as private characters of the last plane.
_HIDE_SEPARATORS = {0x2028: 0x10FFFC, 0x2029: 0x10FFFD}
_SHOW_SEPARATORS = {0x10FFFC: 0x2028, 0x10FFFD: 0x2029}
_CUT_OFF = re.compile(r"\s+#[^\s#]")  # people put a space behind the # of a comment, and none in `#1701`
_NOT_IN_YAML = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_OTHERWISE_TYPED = re.compile(
    r"(?i)y|n|yes|no|on|off|true|false|null|~|[-+.0-9][-+.0-9_:eExXoOa-f]*|\d{4}-\d{2}-\d{2}[Tt ].*"
)


class _Stopped(Exception):
    """The rest of the document can't be read."""


def parse_yaml(text: str, path: str, first_line: int = 1) -> tuple[Node | None, list[Fault]]:
    """The node that a YAML document holds (None where it is empty or broken), and what is wrong with it.

    Lines are those of the file at `path`, in which `text` begins at `first_line`. Duplicate keys, anchors, aliases
    and tags are faults: each says something else than what most writers think.
    """
    plain = parse_plain(text, first_line)
    return (plain, []) if plain is not None else parse_in_full(text, path, first_line)


def parse_in_full(text: str, path: str, first_line: int = 1) -> tuple[Node | None, list[Fault]]:
    """The same by YAML's own parser, whatever the text holds."""
    reader = _Reader(text, path, first_line)
    try:
        events = yaml.parse(text.translate(_HIDE_SEPARATORS), Loader=_Loader)
        return reader.document(events), reader.faults
    except _Stopped:
        return None, reader.faults
    except yaml.MarkedYAMLError as problem:
        reader.faults.append(_syntax_fault(problem, text, path, first_line))
    except yaml.YAMLError as problem:
        reader.faults.append(error(path, first_line, "yaml", f"this is not YAML: {problem}"))
    return None, reader.faults


def _syntax_fault(problem: yaml.MarkedYAMLError, text: str, path: str, first_line: int) -> Fault:
    # What was opened and not closed is blamed on where it opens; anything else on where it shows.
    opened = (problem.context or "").startswith(
        ("while scanning a quoted scalar", "while scanning a simple key", "while parsing a flow")
    )
    mark = problem.context_mark if opened else problem.problem_mark or problem.context_mark
    line = first_line + (mark.line if mark else 0)
    what = " ".join(str(part) for part in (problem.problem, problem.context) if part)
    hint = ""
    if "mapping values are not allowed" in what:
        hint = "; put the value in quotes, as it holds a colon"
    elif "while scanning a quoted scalar" in what:
        hint = "; end the text with the quotation mark that it begins with, or write that mark twice inside it"
    elif "could not find expected ':'" in what:
        hint = "; each line is `key: value`, and a text of several lines is indented"
    elif "scanning an alias" in what or "scanning an anchor" in what or "scanning a tag" in what:
        hint = "; put the text in quotes, as it begins with *, & or !"
    elif mark and "\t" in _rest_of_line(text.split("\n"), mark.line, 0)[: mark.column + 1]:
        hint = "; indent with spaces, as YAML allows no tab here"
    elif "cannot start any token" in what or "expected <block end>" in what or "did not find expected" in what:
        hint = "; check the quotes, brackets and indentation here and in the line before"
    return error(path, line, "yaml", f"this is not YAML: {what}{hint}")


def _rest_of_line(lines: list[str], line: int, column: int) -> str:
    """What stands in a line from a column on; nothing behind the last one, where YAML marks what is missing."""
    return lines[line][column:] if line < len(lines) else ""


class _Reader:
    """Makes nodes of libyaml's events, and collects what is wrong on the way."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self._lines = text.split("\n") if "#" in text else None
        self.path = path
        self.first_line = first_line
        self.faults: list[Fault] = []

    def document(self, events: Any) -> Node | None:
        node: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._fault(event, "yaml", "a second YAML document begins here; keep one, without `---` inside")
                    raise _Stopped
            elif isinstance(event, yaml.NodeEvent):
                node = self._node(event, events, 0)
        return node

    def _node(self, event: Any, events: Any, depth: int) -> Node:
        self._refuse_references(event)
        line = self.first_line + event.start_mark.line
        if isinstance(event, yaml.ScalarEvent):
            text = event.value.translate(_SHOW_SEPARATORS)
            if match := UNSHOWABLE.search(text):
                message = f"holds the character U+{ord(match[0]):04X} by an escape, which no page can show; delete it"
                self._fault(event, "control-character", message)
            end: Any = event.end_mark
            if self._lines is not None and _CUT_OFF.match(_rest_of_line(self._lines, end.line, end.column)):
                what = f'"{text}" ends here' if text else "nothing stands here"
                message = f"{what}, as ` #` begins a comment; put the whole text in quotes, or write `# `"
                self.faults.append(warning(self.path, line, "comment", message))
            return Scalar(text, line, event.style in _PLAIN)
        if depth >= _MAX_DEPTH:
            self._fault(event, "yaml", f"this is nested more than {_MAX_DEPTH} deep")
            raise _Stopped
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(item := next(events), yaml.SequenceEndEvent):
                items.append(self._node(item, events, depth + 1))
            return Sequence(tuple(items), line)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, line, depth)
        return Scalar("", line)  # an alias, which is refused already

    def _mapping(self, events: Any, line: int, depth: int) -> Mapping:
        entries: dict[str, Node] = {}
        key_lines: dict[str, int] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._node(event, events, depth + 1)
            after: Any = next(events)
            value = self._node(after, events, depth + 1)
            # `{value: 1,200}`: nothing follows the key, not even a colon.
            if isinstance(key, Scalar) and event.end_mark.index == after.end_mark.index:
                message = f'"{key.text}" has no value: a comma divides the fields in {{ }}; put a text that has one '
                self._fault(event, "comma", f"{message}in quotes, and write a number without")
            elif not isinstance(key, Scalar):
                self._fault(event, "yaml", "a key must be a word, not a list or a mapping")
            elif key.text in entries:
                first = key_lines[key.text]
                self._fault(event, "duplicate-key", f'"{key.text}" stands twice, here and in line {first}; keep one')
            else:
                entries[key.text] = value
                key_lines[key.text] = key.line
        return Mapping(entries, key_lines, line)

    def _refuse_references(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            message = f"`*{event.anchor}` is an alias in YAML; write the value out, or put the text in quotes"
            self._fault(event, "alias", message)
            return
        if event.anchor is not None:
            message = f"`&{event.anchor}` is an anchor in YAML; leave it out, or put the text in quotes"
            self._fault(event, "anchor", message)
        tag = getattr(event, "tag", None)
        if tag is not None and not (tag == "!" and isinstance(event, yaml.ScalarEvent) and event.style not in _PLAIN):
            self._fault(event, "tag", f"`{tag}` is a tag in YAML; leave it out, or put the text in quotes")

    def _fault(self, event: Any, code: str, message: str) -> None:
        self.faults.append(error(self.path, self.first_line + event.start_mark.line, code, message))


def scalar_text(text: str) -> str:
    """`text` as it can be written as a value in YAML: plain where that means the same, else in double quotes."""
    node, faults = parse_yaml(f"key: {text}", "")
    value = node.entries.get("key") if isinstance(node, Mapping) and not faults else None
    stays = isinstance(value, Scalar) and value.plain and value.text == text and not value.is_null
    # Other programs read these files too, some by YAML 1.1: what they would take for no text gets quotes.
    if stays and not _OTHERWISE_TYPED.fullmatch(text):
        return text
    return _quoted(text)


def item_text(text: str) -> str:
    """`text` as it can be written as a value in a list in brackets, where more has a meaning than elsewhere: `[:0]`."""
    node, faults = parse_yaml(f"key: [{text}]", "")
    items = node.entries.get("key") if isinstance(node, Mapping) and not faults else None
    values = items.items if isinstance(items, Sequence) else ()
    stays = len(values) == 1 and isinstance(values[0], Scalar) and values[0].plain and values[0].text == text
    return scalar_text(text) if stays else _quoted(text)


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return _NOT_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
