"""Figures: a picture alone in its paragraph, with a title, is a figure with a caption and a credit.

    ![What is to be seen](/media/bridge.jpg "The bridge in Mitrovica, 2022 | Ann Example, CC BY 4.0")

The title is the caption; what stands behind its last `|` is the credit.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.token import Token


def figures_plugin(markdown: MarkdownIt) -> None:
    """Teaches `markdown` figures."""
    markdown.core.ruler.push("sitrep_figures", _figures)


def _figures(state: StateCore) -> None:
    tokens = state.tokens
    for index in range(len(tokens) - 2):
        opening, inline, closing = tokens[index : index + 3]
        if opening.type != "paragraph_open" or inline.type != "inline" or closing.type != "paragraph_close":
            continue
        children = inline.children or []
        if len(children) != 1 or children[0].type != "image":
            continue
        picture = children[0]
        title = str(picture.attrs.pop("title", ""))
        opening.type, opening.tag, opening.hidden = "figure_open", "figure", False
        closing.type, closing.tag, closing.hidden = "figure_close", "figure", False
        if title:
            children.append(Token("html_inline", "", 0, content=caption(title)))


def caption(title: str) -> str:
    """The HTML of a caption and a credit."""
    words, bar, credit = title.rpartition("|")
    if not bar:
        return f"<figcaption>{escapeHtml(title.strip())}</figcaption>"
    first = f"{escapeHtml(words.strip())} " if words.strip() else ""
    return f"<figcaption>{first}<small>{escapeHtml(credit.strip())}</small></figcaption>"
