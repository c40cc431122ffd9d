"""Tables: in a region that scrolls by itself, also by keyboard, and aligned without inline styles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from builder.markdown.labels import table_label

_ALIGNMENT = "text-align:"
# A group, no landmark: a page may hold several, and each is called the same.
_REGION = '<div class="table" role="group" tabindex="0" aria-label="{label}">\n'
_REGION_END = "</div>\n"


def tables_plugin(markdown: MarkdownIt, language: str) -> None:
    """Wraps tables, and turns the style of an aligned column into `data-align`."""
    region = _region(language)

    def opened(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        return region + self.renderToken(tokens, index, options, env)

    markdown.core.ruler.push("sitrep_tables", _align)
    markdown.add_render_rule("table_open", opened)
    markdown.add_render_rule("table_close", _close)


def _align(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in ("th_open", "td_open"):
            style = str(token.attrs.pop("style", ""))
            if style.startswith(_ALIGNMENT):
                token.attrSet("data-align", style.removeprefix(_ALIGNMENT))


def _region(language: str) -> str:
    return _REGION.format(label=table_label(language))


def _close(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return self.renderToken(tokens, index, options, env) + _REGION_END


def with_regions(html: str, language: str) -> str:
    """The same for tables that are HTML already."""
    html = html.replace("<table>", f"{_region(language)}<table>").replace("</table>\n", f"</table>\n{_REGION_END}")
    return html.replace(f' style="{_ALIGNMENT}', ' data-align="')
