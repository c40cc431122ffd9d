"""Containers: `::: contested` … `:::` sets a passage apart, as an aside with a label.

::: contested What each side says
Pristina calls … ; Belgrade calls …
:::
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from builder.markdown.labels import PASSAGES, passage_label

_CLOSING = "</aside>\n"
_COLONS = re.compile(r"^:::((?!:)[^\n]*)\n", re.MULTILINE)


def containers_plugin(markdown: MarkdownIt, language: str) -> None:
    """Teaches `markdown` the containers of `PASSAGES`, by one rule; words after the name replace the label."""

    def render(_self: RendererHTML, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
        return _opening(tokens[index].info, language) if tokens[index].nesting == 1 else _CLOSING

    container_plugin(markdown, "passage", validate=_is_labelled, render=render)


def _is_labelled(info: str, _markup: str) -> bool:
    return info.strip().partition(" ")[0] in PASSAGES


def _opening(info: str, language: str) -> str:
    name, _, label = info.strip().partition(" ")
    return (
        f'<aside class="{name}">\n<p class="label">{escapeHtml(label.strip() or passage_label(name, language))}</p>\n'
    )


def passages(text: str) -> list[tuple[str, str]]:
    """`text` cut at its passages: what they are called (nothing for what stands between them), and what they hold.

    Only those that begin and end at the margin by three colons, one after the other, are cut out.
    """
    whole = text if text.endswith("\n") else f"{text}\n"
    between, *cut = _COLONS.split(whole)
    pieces = [("", between)]
    for opening, inside, closing, behind in zip(*[iter(cut)] * 4, strict=False):
        if not _is_labelled(opening, "") or closing.strip(" "):
            return [("", text)]
        pieces += [(opening, inside), ("", behind)]
    return pieces if len(cut) % 4 == 0 else [("", text)]


def set_apart(info: str, html: str, language: str) -> str:
    """The HTML of what a passage holds, as an aside; as it is where it is in none."""
    return f"{_opening(info, language)}{html}{_CLOSING}" if info else html
