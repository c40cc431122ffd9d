"""References: what a theme's stylesheets and scripts name of its other files, and how that is named otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

# What stands for a name on a line, or None where it stays.
Renamed = Callable[[str, int], str | None]

# Of a module's static imports, those of files (`./x.js`) and of addresses: a bare name is left to the browser.
_IMPORT = re.compile(
    r"""^((?:import|export)\b[^"';]*["'])(\.{1,2}/[^"']+|(?:[^"'.][^"']*)?//[^"']+)(?=["'])""", re.MULTILINE
)
_PART = re.compile(
    r"""^@import (["'])((?:[^"']*/)?_[^"'/]+\.css)\1(?: layer\(([\w.-]+)\))?;[^\S\n]*\n?""", re.MULTILINE
)
_BLOCKS = ("{} block", "[] block", "() block")


def in_stylesheet(css: str, renamed: Renamed) -> str:
    """A stylesheet with other names in `url(…)`, `@import` and `image-set(…)`, and all else as it was written.

    Comments are left out, as every reader would fetch them; one that begins with `!`, as licences do, stays.
    """
    import tinycss2  # not needed where nothing has changed

    nodes = _without_comments(tinycss2.parse_component_value_list(css))
    for node in _references(nodes):
        name = renamed(str(node.value), node.source_line)
        if name is None:
            continue
        node.value = name
        # As it was written, but for the name: in its case, and with its quotes.
        line = css.split("\n")[node.source_line - 1][node.source_column - 1 :]
        before, after = (line[:4], ")") if node.type == "url" else (line[0], line[0])
        node.representation = f"{before}{node.value}{after}"
    return str(tinycss2.serialize(nodes))


def in_script(script: str, renamed: Renamed) -> str:
    """A script with other names in its static imports, each of which begins a line."""

    def named(found: re.Match[str]) -> str:
        name = renamed(found[2], script.count("\n", 0, found.start(2)) + 1)
        return found[0] if name is None else f"{found[1]}{name}"

    return _IMPORT.sub(named, script)


def is_part(name: str) -> bool:
    """Whether a file is a part of stylesheets, that has no address of its own: `_print.css`."""
    return name.rpartition("/")[2].startswith("_") and name.endswith(".css")


def imports_part(line: str) -> bool:
    """Whether a line of a stylesheet imports a part as `with_parts` knows it."""
    return _PART.match(line) is not None


def with_parts(css: str, part: Callable[[str], str]) -> str:
    """A stylesheet with its parts in the places where it imports them, in the layers that it names for them."""

    def put_in(found: re.Match[str]) -> str:
        text = part(found[2])
        return f"@layer {found[3]} {{\n{text}}}\n" if found[3] else text

    return _PART.sub(put_in, css)


def _without_comments(nodes: Iterable[Any]) -> list[Any]:
    kept = [node for node in nodes if node.type != "comment" or node.value.startswith("!")]
    for node in kept:
        if node.type == "function":
            node.arguments = _without_comments(node.arguments)
        elif node.type in _BLOCKS:
            node.content = _without_comments(node.content)
    return kept


def _references(nodes: Iterable[Any], of_import: bool = False, of_images: bool = False) -> Iterator[Any]:
    for node in nodes:
        if node.type == "url" or (node.type == "string" and (of_import or of_images)):
            yield node
        elif node.type == "function":
            name = node.lower_name
            yield from _references(node.arguments, of_images=name == "url" or name.endswith("image-set"))
        elif node.type in _BLOCKS:
            yield from _references(node.content)
        if node.type == "at-keyword":
            of_import = node.lower_value == "import"
        elif node.type not in ("whitespace", "comment"):
            of_import = False
