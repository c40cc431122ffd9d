"""HTML: tokens become text, as markdown-it's own renderer makes it, in two thirds of the time.

Most tokens are plain words, or tags without attributes; these are written without asking every rule there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token


class Renderer(RendererHTML):
    """Makes what `RendererHTML` makes with neither XHTML nor breaks of lines as they are written."""

    def renderInline(self, tokens: Sequence[Token], options: Any, env: Any) -> str:  # noqa: N802
        """The HTML of the tokens within a line."""
        rules = self.rules
        out = []
        for index, token in enumerate(tokens):
            kind = token.type
            if kind == "text":
                out.append(escapeHtml(token.content))
            elif kind in rules:
                out.append(rules[kind](tokens, index, options, env))
            else:
                out.append(self.renderToken(tokens, index, options, env))
        return "".join(out)

    def renderToken(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:  # noqa: N802
        """The tag of one token."""
        token = tokens[idx]
        if token.attrs or token.hidden or token.nesting == 0:
            return super().renderToken(tokens, idx, options, env)
        if token.nesting == -1:
            return f"</{token.tag}>\n" if token.block else f"</{token.tag}>"
        if not token.block:
            return f"<{token.tag}>"
        start = "\n<" if idx and tokens[idx - 1].hidden else "<"
        behind = tokens[idx + 1] if idx + 1 < len(tokens) else None
        goes_on = behind is not None and (
            behind.type == "inline" or behind.hidden or (behind.nesting == -1 and behind.tag == token.tag)
        )
        return f"{start}{token.tag}>" if goes_on else f"{start}{token.tag}>\n"
