"""Tables of HTML: those that only lay out a message or a document become boxes; those with data stay tables."""

from __future__ import annotations

from typing import Any, TypeAlias

# An element of lxml; its type stubs are no dependency.
Element: TypeAlias = Any
_CELL = 60  # characters: more is a column of text
_PARTS = ("tbody", "thead", "tfoot", "tr", "td", "th", "caption")


def unfold_tables(tree: Element) -> None:
    """Changes a tree of HTML, so that each table in it holds data, in `row` and `cell`, as trafilatura calls them."""
    unfold_layout(tree)
    for table in tree.iter("table"):
        for part in _own_parts(table):
            part.tag = "row" if part.tag == "tr" else "cell" if part.tag in ("td", "th") else part.tag


def unfold_layout(tree: Element) -> None:
    """Changes a tree of HTML, so that each table in it holds data: those that lay out a page become boxes."""
    for table in list(tree.iter("table")):
        if not _holds_data(table):
            for part in (table, *_own_parts(table)):
                part.tag = "div"
        for quote in table.iterancestors("blockquote"):  # it only indents the table
            quote.tag = "div"


def _own_parts(table: Element) -> list[Element]:
    """The parts of a table without those of tables in it."""
    return [part for part in table.iter(*_PARTS) if next(part.iterancestors("table"), None) is table]


def _holds_data(table: Element) -> bool:
    """Whether a table has rows and columns to read."""
    if table.find(".//table") is not None:
        return False
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    rows = [row for row in rows if row]
    if len(rows) < 2 or max(len(row) for row in rows) < 2:
        return False
    texts = [" ".join(str(cell.text_content()).split()) for row in rows for cell in row]
    is_full = sum(bool(text) for text in texts) >= 0.6 * len(texts)
    return is_full and sum(map(len, texts)) <= _CELL * len(texts)
