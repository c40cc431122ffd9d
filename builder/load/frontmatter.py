"""Front matter: the YAML block that opens a file, and where each of its lines came from."""

from __future__ import annotations

import re

import frontmatter
from frontmatter.default_handlers import BaseHandler
from msgspec import Struct

from builder.faults import Fault, error
from builder.reading.nodes import Mapping
from builder.reading.yaml_text import parse_yaml

_BLANK_LINES = re.compile(r"(?:[ \t]*\n)*")
_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)


class FrontMatter(Struct, frozen=True):
    """The two halves of a file. `body_line` is the line on which `body` begins."""

    block: Mapping
    body: str
    body_line: int


class _BrokenBlock(Exception):
    """There is no block to read, for the reason in the fault."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault


class _Handler(BaseHandler):
    """python-frontmatter's way in: finds the block, and reads it as nodes with lines instead of Python values.

    Keeps `body` itself, since `frontmatter.parse` also strips the indentation of its first line.
    """

    FM_BOUNDARY = _BOUNDARY

    def __init__(self, path: str, skipped_lines: int) -> None:
        super().__init__()
        self.path = path
        self.first_line = skipped_lines + 1
        self.body_line = self.first_line
        self.block: Mapping | None = Mapping({}, {}, self.first_line)
        self.body = ""
        self.faults: list[Fault] = []

    def split(self, text: str) -> tuple[str, str]:
        opening = _BOUNDARY.match(text)
        if opening is None:
            raise _BrokenBlock(
                error(self.path, self.first_line, "no-front-matter",
                      "there is no front matter; begin the file with a line `---`, then `title: …`, then `---`")
            )  # fmt: skip
        closing = _BOUNDARY.search(text, opening.end())
        if closing is None:
            raise _BrokenBlock(
                error(self.path, self.first_line, "unclosed-front-matter",
                      "the front matter that opens here never ends; put a line `---` after its last field")
            )  # fmt: skip
        blank_lines = _BLANK_LINES.match(text, closing.end() + 1)
        body_start = blank_lines.end() if blank_lines else len(text)
        self.body = text[body_start:]
        self.body_line = self.first_line + text.count("\n", 0, body_start)
        return text[opening.end() : closing.start()], self.body

    def load(self, block: str) -> dict[str, object]:
        node, faults = parse_yaml(block, self.path, self.first_line)
        self.faults.extend(faults)
        if isinstance(node, Mapping):
            self.block = node
        elif node is not None:
            self.block = None
            message = "the front matter is not made of `key: value` lines"
            self.faults.append(error(self.path, self.first_line + 1, "yaml", message))
        elif faults:
            self.block = None
        return dict(self.block.entries) if self.block else {}


def split(text: str, path: str) -> tuple[FrontMatter | None, list[Fault]]:
    """Divides the text of a file into front matter and body; None where it has no readable block.

    `text` is decoded, with `\\n` for line ends. A block that is not closed is a fault, not an empty block.
    """
    skipped_lines = text[: len(text) - len(text.lstrip())].count("\n")
    handler = _Handler(path, skipped_lines)
    try:
        frontmatter.parse(text, handler=handler)
    except _BrokenBlock as broken:
        return None, [broken.fault]
    if handler.block is None:  # what stands in it can't be told: no use in saying that fields are missing
        return None, handler.faults
    return FrontMatter(handler.block, handler.body, handler.body_line), handler.faults
