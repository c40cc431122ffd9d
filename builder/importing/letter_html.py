"""Letter HTML: a message's HTML without the tables that lay it out, and without what is hidden in it."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from msgspec.structs import replace

from builder.importing.article import Block
from builder.importing.headline import bare

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
_OPENING = 60  # characters
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


def text_of_letter_html(html: str) -> str:
    """What a message's HTML says, a line for each of its blocks, and for each row of its tables."""
    import lxml.html
    from lxml import etree

    tree = lxml.html.fromstring(f"<div>{_without_head(html)}</div>")
    etree.strip_elements(tree, "script", "style", "title", "noscript", etree.Comment, with_tail=False)
    lines: list[str] = [""]

    def add(text: str | None) -> None:
        lines[-1] = " ".join(f"{lines[-1]} {text or ''}".split()) if (text or "").strip() else lines[-1]

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag == "br" or (element.tag in _BLOCKS and element.tag not in ("td", "th")):
            lines.append("")
        add(element.text if event == "start" else element.tail if element is not tree else "")
    return "\n".join(line for line in lines if line)


def behind(blocks: list[Block], opening: str) -> list[Block]:
    """The blocks from that on which begins as `opening` does; none where none does. What is forwarded as one quote is
    none within itself."""
    wanted = bare(opening)[:_OPENING]
    at = next((at for at, block in enumerate(blocks) if wanted and bare(block.text).startswith(wanted)), len(blocks))
    found = blocks[at:]
    return [replace(block, kind="paragraph") for block in found] if all(b.kind == "quote" for b in found) else found


def _holds_blocks(element: Element) -> bool:
    return next(element.iterdescendants(*_BLOCKS), None) is not None


def _without_head(html: str) -> str:
    return re.sub(r"(?is)<head\b.*?</head\s*>|<!doctype[^>]*>|<\?xml[^>]*>", " ", html)
