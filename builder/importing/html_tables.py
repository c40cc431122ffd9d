"""Tables of HTML: those that only lay out a message or a document become boxes; those with data stay tables."""

from __future__ import annotations

from typing import Any, TypeAlias

# An element of lxml; its type stubs are no dependency.
Element: TypeAlias = Any
_CELL = 60  # characters: more is a column of text
_PARTS = ("tbody", "thead", "tfoot", "tr", "td", "th", "caption")


def unfold_tables(tree: Element) -> None:
    """Changes a tree of HTML, so that each table in it holds data, in `row` and `cell`, as trafilatura calls them."""
    for table in list(tree.iter("table")):
        own = [part for part in table.iter(*_PARTS) if next(part.iterancestors("table"), None) is table]
        if _holds_data(table):
            for part in own:
                part.tag = "row" if part.tag == "tr" else "cell" if part.tag in ("td", "th") else part.tag
        else:
            for part in (table, *own):
                part.tag = "div"


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
