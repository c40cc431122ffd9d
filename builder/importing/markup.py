"""Markup: text from a capture as Markdown in which nothing that it says is markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote, urljoin, urlsplit

from builder.importing.addresses import without_tracking
from builder.importing.article import Block

# Whatever opens a construct of CommonMark, or of the extensions that the archive's parser has, within a line.
_INLINE = re.compile(
    r"[\\`*\[\]<>{}|^~_&!]"  # first, so that a text without these is soon done
    r"(?:(?<=[\\`*\[\]<>{}|^~])"  # never harmless
    r"|(?<=_)(?:(?<![^\W_]_)|(?![^\W_]))"  # inside a word it is only itself
    r"|(?<=&)(?=#?\w{1,40};)"  # entities
    r"|(?<=!)(?=\[))"
)
_LINE_START = re.compile(r"^(?P<space>\s*)(?:(?P<sign>[-+=:#~>])|(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$))")
HARD_BREAK = "\\\n"  # a line ends, and the paragraph goes on


def escaped(text: str) -> str:
    """`text`, one line of it, with a backslash before what would be markup inside of a line."""
    return _INLINE.sub(lambda match: "\\" + match[0], text)


def guarded(markup: str) -> str:
    """Markup of a paragraph of which no line begins a list, a heading, a rule or another block."""
    return "\n".join(_guarded_line(line) for line in markup.split("\n"))


def _guarded_line(line: str) -> str:
    line = line.strip(" \t")
    match = _LINE_START.match(line)
    if match is None:
        return line
    if match["sign"] == "-":  # each of them: of two that are left, the typographer makes a dash
        rest = line.lstrip("-")
        return "\\-" * (len(line) - len(rest)) + rest
    if match["sign"]:
        return f"\\{line}"
    return f"{match['number']}\\{line[match.end('number') :]}"


def emphasised(markup: str, mark: str) -> str:
    """`markup` between `mark`s, with the spaces at its ends outside, where Markdown wants them."""
    inner = markup.strip()
    if not inner or "\n\n" in inner:
        return markup
    start = markup[: len(markup) - len(markup.lstrip())]
    end = markup[len(markup.rstrip()) :]
    return f"{start}{mark}{inner}{mark}{end}"


def code(text: str) -> str:
    """`text` as code in a line."""
    text = " ".join(text.split())
    fence = "`" * (max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text else ""


def linked(markup: str, target: str, base: str = "") -> str:
    """`markup` as a link, or as it is where the target is none that a page may have."""
    url = web_address(target, base)
    inner = markup.strip()
    if url is None or not inner or "\n" in inner:
        return markup
    start = markup[: len(markup) - len(markup.lstrip())]
    end = markup[len(markup.rstrip()) :]
    return f"{start}[{inner}](<{url}>){end}" if re.search(r"[()\s]", url) else f"{start}[{inner}]({url}){end}"


def web_address(target: str, base: str = "") -> str | None:
    """The absolute address that `target` means on the page at `base`, if it is one of the web or of mail, without what
    only tracks its reader."""
    target = target.strip()
    try:
        url = without_tracking(urljoin(base, target) if base else target)
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https", "mailto") or (
        parts.scheme.lower() != "mailto" and not parts.hostname
    ):
        return None
    if not parts.path and not parts.hostname:
        return None
    # Only what can't end the link, or be taken for markup in it, stays as it is.
    return quote(url, safe="%/:=&?~#+!$,;'@()-._")


def markdown_of(blocks: Sequence[Block]) -> str:
    """The body that `blocks` are, ending in a line end."""
    parts: list[str] = []
    previous: Block | None = None
    for block in blocks:
        is_tight = previous is not None and previous.kind == "item" and block.kind == "item"
        is_quote = previous is not None and previous.kind == "quote" and block.kind == "quote"
        if previous is not None:
            parts.append("\n" if is_tight else "\n>\n" if is_quote else "\n\n")
        parts.append(_block(block))
        previous = block
    return "".join(parts) + "\n"


def _block(block: Block) -> str:
    if block.kind == "heading":
        return f"{'#' * min(max(block.level, 2), 6)} {' '.join(block.markup.split())}"
    if block.kind == "item":
        indent = "    " * block.level
        return f"{indent}{block.marker or '-'} " + guarded(block.markup).replace("\n", f"\n{indent}    ")
    if block.kind == "quote":
        return "> " + guarded(block.markup).replace("\n", "\n> ")
    if block.kind == "code":
        return _fenced(block.text)
    if block.kind == "table":
        return block.markup
    if block.kind == "rule":
        return "* * *"
    return guarded(block.markup)


def _fenced(text: str) -> str:
    fence = "`" * max(3, max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
    return f"{fence}\n{text}\n{fence}"


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table of cells that are markup already, each in one line. The first row is its head."""
    width = max(len(row) for row in rows)
    lines = [_row(row, width) for row in rows]
    return "\n".join([lines[0], _row(["---"] * width, width), *lines[1:]])


def _row(cells: Sequence[str], width: int) -> str:
    return "| " + " | ".join([*(" ".join(cell.split()) for cell in cells), *([""] * (width - len(cells)))]) + " |"


def paragraph(text: str) -> Block:
    """A paragraph of plain text, in one line."""
    text = " ".join(text.split())
    return Block("paragraph", text, escaped(text))


def paragraphs(texts: Iterable[str]) -> tuple[Block, ...]:
    """A paragraph of each text that holds anything."""
    return tuple(paragraph(text) for text in texts if text.strip())
