"""Marking: what a file of content must say so that what was public stays so. As few lines are changed as can be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from builder.model.common import Document
from builder.reading.yaml_text import item_text

_IN_BRACKETS = re.compile(rb"(?P<before>[^#]*\[.*?)(?P<after>\s*\]\s*(?:#.*)?[\r\n]*)")
_ONE_VALUE = re.compile(rb"(?P<key>\s*[\"']?aliases[\"']?\s*:)\s*(?P<value>[^\s#\[]\S*)(?P<after>\s*(?:#.*)?[\r\n]*)")


def with_published(lines: list[bytes], document: Document[Any], instant: str) -> int | None:
    """Adds `published: INSTANT` behind the date, and returns the number of the new line; None where it is there."""
    if "published" in document.lines:
        return None
    return _insert(lines, document, "date", f"published: {instant}")


def with_aliases(lines: list[bytes], document: Document[Any], addresses: Sequence[str]) -> int | None:
    """Adds old addresses to `aliases`, and returns the number of the line; None where these are written otherwise."""
    number = document.lines.get("aliases")
    items = [item_text(address) for address in addresses]
    if number is None:
        return _insert(lines, document, "slug", f"aliases: [{', '.join(items)}]")
    line = lines[number - 1]
    if match := _IN_BRACKETS.fullmatch(line):
        is_empty = match["before"].rstrip().endswith(b"[")
        together = ", ".join(items)
        lines[number - 1] = match["before"] + f"{'' if is_empty else ', '}{together}".encode() + match["after"]
        return number
    if match := _ONE_VALUE.fullmatch(line):
        together = ", ".join([match["value"].decode(), *items])
        lines[number - 1] = match["key"] + f" [{together}]".encode() + match["after"]
        return number
    first = lines[number] if number < len(lines) else b""
    if found := re.match(rb"(\s*)- ", first):
        end = _line_end(first)
        lines[number:number] = [found[1] + f"- {item}".encode() + end for item in items]
        return number + 1
    return None


def _insert(lines: list[bytes], document: Document[Any], behind: str, text: str) -> int:
    """A line behind the field `behind`: before the field that follows it, or before the first of all."""
    number = min(_followers(document.lines, behind), default=min(document.lines.values()))
    place = lines[number - 1]
    indent = place[: len(place) - len(place.lstrip(b" "))]
    lines.insert(number - 1, indent + text.encode() + _line_end(place))
    return number


def _followers(numbers: dict[str, int], behind: str) -> Iterator[int]:
    after = numbers.get(behind)
    yield from (number for number in numbers.values() if after is not None and number > after)


def _line_end(line: bytes) -> bytes:
    return line[len(line.rstrip(b"\r\n")) :]
