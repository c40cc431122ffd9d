"""Body: the blocks of an article in the tree that trafilatura extracts (its TEI-like XML)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from builder.importing.article import Block
from builder.importing.furniture import is_sentence, length
from builder.importing.markup import HARD_BREAK, code, emphasised, escaped, linked, table

# An element of lxml; its type stubs are no dependency.
Element = Any
_MARKS = {"#b": "**", "#i": "*", "#u": ""}
_RUNNING = 12  # words of a line that is a paragraph
_BLOCKS = ("p", "head", "list", "quote", "table", "code", "item", "div", "fw")


class _Run:
    """Inline content as it is gathered: what a reader reads, the same as markup, and how much of it is links."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.markup: list[str] = []
        self.linked = 0
        self.ends: list[tuple[int, int, int]] = []  # of lines: how many texts and markups stand before, and links

    def add(self, text: str | None) -> None:
        if text:
            text = text.replace("\n", " ").replace("\xad", "").replace("\u200b", "")
            self.text.append(text)
            self.markup.append(escaped(text))

    @property
    def has_ended(self) -> bool:
        """Whether the last thing in it is the end of a line."""
        return next((part for part in reversed(self.markup) if part.strip()), "") == HARD_BREAK

    def end_line(self) -> None:
        self.text.append(" ")
        self.markup.append(HARD_BREAK)
        self.ends.append((len(self.text), len(self.markup), self.linked))

    def blocks(self, kind: Any = "paragraph", level: int = 0, marker: str = "") -> list[Block | None]:
        """The block that it is; or, if ends of lines divide paragraphs in it, a block for each of these."""
        lines = self._lines() if kind == "paragraph" and len(self.ends) > 1 else []
        blocks = [line.block(kind, level, marker) for line in lines]
        texts = [block.text for block in blocks if block is not None]
        running = sum(length(text) >= _RUNNING and is_sentence(text) for text in texts)
        return blocks if running > len(texts) / 2 else [self.block(kind, level, marker)]

    def _lines(self) -> Iterator[_Run]:
        starts = ((0, 0, 0), *self.ends)
        ends = (*self.ends, (len(self.text), len(self.markup), self.linked))
        for start, end in zip(starts, ends, strict=True):
            line = _Run()
            line.text, line.markup = self.text[start[0] : end[0]], self.markup[start[1] : end[1]]
            line.linked = end[2] - start[2]
            yield line

    def block(self, kind: Any = "paragraph", level: int = 0, marker: str = "") -> Block | None:
        text = " ".join("".join(self.text).split())
        lines = [" ".join(line.split()) for line in "".join(self.markup).split(HARD_BREAK)]
        markup = HARD_BREAK.join(line for line in lines if line)
        return Block(kind, text, markup, min(self.linked, len(text)), level, marker) if text else None


def blocks_of(body: Element, base: str = "") -> list[Block]:
    """The blocks of an extracted body. Links are made absolute from `base`, the page's address."""
    return [block for block in _container(body, base, "paragraph", 0) if block is not None]


def _container(element: Element, base: str, kind: str, level: int, marker: str = "") -> Iterator[Block | None]:
    """The blocks in an element whose text and inline children make blocks of `kind`."""
    run = _Run()
    run.add(element.text)
    for child in element:
        if child.tag in _BLOCKS and not (child.tag == "code" and "\n" not in "".join(child.itertext())):
            yield from run.blocks(kind, level, marker)
            run = _Run()
            yield from _block(child, base, kind, level, marker)
        elif child.tag == "lb" and kind != "item" and run.has_ended:  # an empty line, as old pages divide paragraphs
            yield from run.blocks(kind, level, marker)
            run = _Run()
        else:
            _inline(child, run, base)
        run.add(child.tail)
    yield from run.blocks(kind, level, marker)


def _block(element: Element, base: str, kind: str, level: int, marker: str) -> Iterator[Block | None]:
    if element.tag == "head":
        rank = (element.get("rend") or "h2")[1:]
        run = _Run()
        _children(element, run, base)
        yield run.block("heading", int(rank) if rank.isdigit() else 2)
    elif element.tag == "list":
        is_ordered = element.get("rend") == "ol"
        depth = level + 1 if kind == "item" else 0
        for number, item in enumerate((child for child in element if child.tag == "item"), 1):
            yield from _container(item, base, "item", depth, f"{number}." if is_ordered else "-")
    elif element.tag == "quote":
        text = "".join(element.itertext())
        if len(element) == 0 and "\n" in text.strip():
            yield _code_block(text)
        else:
            yield from _container(element, base, "quote", level)
    elif element.tag == "code":
        yield _code_block("".join(element.itertext()))
    elif element.tag == "table":
        yield from _table(element, base)
    else:
        yield from _container(element, base, kind, level, marker)


def _code_block(text: str) -> Block | None:
    text = text.strip("\n").rstrip()
    return Block("code", text, text) if text.strip() else None


def _table(element: Element, base: str) -> Iterator[Block | None]:
    rows: list[list[str]] = []
    texts: list[str] = []
    links = 0
    for row in element.iter("row"):
        cells = []
        for cell in row.iter("cell"):
            run = _Run()
            _children(cell, run, base)
            block = run.block()
            cells.append(block.markup.replace(HARD_BREAK, " ") if block else "")
            if block:
                texts.append(block.text)
                links += block.linked
        if any(cells):
            rows.append(cells)
    if not rows:
        return
    if max(len(row) for row in rows) == 1:
        # A table of one column lays out a page, and holds paragraphs.
        for row in rows:
            yield Block("paragraph", row[0].replace("\\", ""), row[0])
    else:
        yield Block("table", " ".join(texts), table(rows), links)


def _children(element: Element, run: _Run, base: str) -> None:
    run.add(element.text)
    for child in element:
        _inline(child, run, base)
        run.add(child.tail)


def _inline(element: Element, run: _Run, base: str) -> None:
    if not isinstance(element.tag, str):
        return
    if element.tag == "lb":
        run.end_line()
        return
    if element.tag == "graphic":
        return
    inner = _Run()
    _children(element, inner, base)
    text, markup = "".join(inner.text), "".join(inner.markup)
    if element.tag in _BLOCKS and element.tag != "code":  # a paragraph in a link, say
        text, markup = f" {text} ", f" {markup} "
    if element.tag == "ref":
        run.linked += len(text.strip())
        markup = linked(markup, element.get("target") or "", base)
    else:
        run.linked += inner.linked
        if element.tag == "code" or element.get("rend") == "#t":
            markup = code(text)
        elif element.tag == "hi":
            markup = emphasised(markup, _MARKS.get(element.get("rend") or "", ""))
        elif element.tag == "del":
            markup = emphasised(markup, "~~")
    run.text.append(text)
    run.markup.append(markup)
