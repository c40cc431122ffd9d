"""Letter HTML: a message's HTML without the tables that lay it out, and without what is hidden in it."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from builder.importing.article import Block

# An element of lxml; its type stubs are no dependency.
Element: TypeAlias = Any
_HIDDEN = re.compile(
    r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|max-height\s*:\s*0(?:px)?\s*(?:;|$)"
)
_BREAKS = re.compile(r"(?:<br\s*/?>\s*(?:&nbsp;|\xa0|\s)*){2,}", re.IGNORECASE)
_BLOCKS = frozenset({
    "table", "tbody", "thead", "tfoot", "tr", "td", "th", "p", "div", "ul", "ol", "li", "pre", "blockquote", "hr",
    "h1", "h2", "h3", "h4", "h5", "h6",
})  # fmt: skip
_BOXES = ("center", "section", "article", "main", "header", "footer", "address", "aside", "o:p")


def blocks_of_letter_html(html: str, base: str) -> list[Block]:
    """The blocks of a message's HTML. Links are made absolute from `base`, where the message stands in the web."""
    import lxml.html
    from lxml import etree

    from builder.importing.pages import blocks_of_tree

    # Mail programs make no paragraphs but lines, with empty ones between.
    tree = lxml.html.fromstring(f"<div>{_BREAKS.sub('<p></p>', _without_head(html))}</div>")
    etree.strip_elements(tree, "script", "style", "title", "noscript", etree.Comment, with_tail=False)
    for element in [one for one in tree.iter() if _HIDDEN.search(one.get("style") or "")]:
        if element.getparent() is not None:
            element.drop_tree()
    for element in tree.iter(*_BOXES):
        element.tag = "div"
    # A paragraph in bold type, or in a link, that holds others is none.
    for element in [one for one in tree.iterdescendants() if one.tag not in _BLOCKS and _holds_blocks(one)]:
        element.drop_tag()
    return blocks_of_tree(tree, base)


def _holds_blocks(element: Element) -> bool:
    return next(element.iterdescendants(*_BLOCKS), None) is not None


def _without_head(html: str) -> str:
    return re.sub(r"(?is)<head\b.*?</head\s*>|<!doctype[^>]*>|<\?xml[^>]*>", " ", html)
