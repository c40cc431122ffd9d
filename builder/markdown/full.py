"""The full way: markdown-it-py reads a body, whatever it holds."""

from __future__ import annotations

from typing import Any

from markdown_it.token import Token

from builder.markdown.needs import NEEDS, Need
from builder.markdown.parsed import Parsed
from builder.markdown.parser import parser
from builder.markdown.references import References, plain_text
from builder.markdown.settings import MarkdownSettings
from builder.model.common import Heading
from builder.reading.nodes import UNSHOWABLE


def parse(text: str, settings: MarkdownSettings, needed: frozenset[Need] = frozenset(NEEDS)) -> Parsed:
    """What `text`, which is `normalized`, becomes; `needed` are the rules that it may have a use for."""
    markdown = parser(settings, needed)
    found = References()
    environment: dict[str, Any] = {"sitrep": found}
    try:
        tokens = markdown.parse(text, environment)
    except IndexError:
        # The containers' rule looks past the end of a body that ends, without a line end, in an empty quote.
        if text.endswith("\n"):
            raise
        return parse(f"{text}\n", settings, needed)
    html = markdown.renderer.render(tokens, markdown.options, environment)
    if UNSHOWABLE.search(html):
        _blot(tokens)
        html = markdown.renderer.render(tokens, markdown.options, environment)
    return Parsed(html, _excerpt(tokens), _headings(tokens), found)


def _blot(tokens: list[Token]) -> None:
    """Takes out the characters that no page can show and that come in by entities, such as `&#12;`."""
    for token in tokens:
        if UNSHOWABLE.search(token.content):
            token.content = UNSHOWABLE.sub("\ufffd", token.content)
        for name, value in token.attrs.items():
            if isinstance(value, str) and UNSHOWABLE.search(value):
                token.attrs[name] = UNSHOWABLE.sub("\ufffd", value)
        if token.children:
            _blot(token.children)


def _headings(tokens: list[Token]) -> tuple[Heading, ...]:
    return tuple(
        Heading(int(token.tag[1]), plain_text(tokens[index + 1]), str(token.attrs["id"]))
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and "id" in token.attrs
    )


def _excerpt(tokens: list[Token]) -> str:
    for index, token in enumerate(tokens):
        if token.type == "paragraph_open" and token.level == 0:
            return plain_text(tokens[index + 1])
    return ""
