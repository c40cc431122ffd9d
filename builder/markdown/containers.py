"""Containers: `::: contested` … `:::` sets a passage apart, as an aside with a label.

::: contested What each side says
Pristina calls … ; Belgrade calls …
:::
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

LABELS = {"note": "Note", "contested": "Contested", "background": "Background", "warning": "Warning"}


def containers_plugin(markdown: MarkdownIt) -> None:
    """Teaches `markdown` the containers of `LABELS`, by one rule; words after the name replace the label."""
    container_plugin(markdown, "passage", validate=_is_labelled, render=_render)


def _is_labelled(info: str, _markup: str) -> bool:
    return info.strip().partition(" ")[0] in LABELS


def _render(_self: RendererHTML, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    token = tokens[index]
    if token.nesting != 1:
        return "</aside>\n"
    name, _, label = token.info.strip().partition(" ")
    return f'<aside class="{name}">\n<p class="label">{escapeHtml(label.strip() or LABELS[name])}</p>\n'
