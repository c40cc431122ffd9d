"""The parser: CommonMark by markdown-it-py, with what a briefing needs and nothing that can run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from builder.markdown.containers import containers_plugin
from builder.markdown.figures import figures_plugin
from builder.markdown.html import Renderer
from builder.markdown.needs import NEEDS, Need
from builder.markdown.quotes import quotes_plugin
from builder.markdown.references import references_plugin
from builder.markdown.settings import MarkdownSettings
from builder.markdown.tables import tables_plugin
from builder.markdown.typography import typography_plugin

ALLOWED_ATTRIBUTES = ("class", "id", "lang", "dir", "width", "height")
# Quotation marks by language: double, then single, opening before closing (CLDR's delimiters).
_QUOTES = {
    "ar": "”“’‘",
    "de": "„“‚‘",
    "fr": ["«\u00a0", "\u00a0»", "‹\u00a0", "\u00a0›"],
    "ru": "«»„“",
    "sq": "«»“”",
    "sr": "„“‚‘",
    "uk": "«»„“",
}
# Addresses that are normal as they are written, as most are: to find that out in full takes 15 µs.
_NORMAL = re.compile(
    r"(?:https?://[a-z0-9]{1,50}(?:[.-][a-z0-9]{1,50}){1,9}/)?(?!/)[A-Za-z0-9._~/-]*(?:#[A-Za-z0-9._~-]+)?"
)


def quotes_of(language: str) -> Sequence[str]:
    """Quotation marks: double, then single, opening before closing."""
    return _QUOTES.get(language.partition("-")[0], "“”‘’")


def normalized(text: str) -> str:
    """`text` with the line ends that the parser knows, and without the character that no page can hold."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", "\ufffd")


@lru_cache(maxsize=128)
def parser(settings: MarkdownSettings, needed: frozenset[Need] = frozenset(NEEDS)) -> MarkdownIt:
    """The parser for `settings` with the rules that are `needed`, made once; it reads `normalized` text."""
    options = {
        "html": False,
        "linkify": False,
        "xhtmlOut": False,
        "typographer": settings.typographer,
        "quotes": quotes_of(settings.language),
    }
    markdown = MarkdownIt("commonmark", options, renderer_cls=Renderer)
    # The first is done by `normalized`; the others look at every `<`, to find that HTML is off.
    markdown.disable(["normalize", "html_block", "html_inline"])
    markdown.enable(["table", "strikethrough", "replacements", "smartquotes"])
    # Which targets are allowed is told by `references`, with the line; here every target becomes a token.
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]
    markdown.normalizeLink = _normal  # type: ignore[method-assign]
    markdown.use(footnote_plugin)
    markdown.use(deflist_plugin)
    markdown.use(attrs_plugin, allowed=ALLOWED_ATTRIBUTES)
    markdown.use(attrs_block_plugin, allowed=ALLOWED_ATTRIBUTES)
    markdown.use(containers_plugin, language=settings.language)
    markdown.use(figures_plugin)
    markdown.use(tables_plugin, language=settings.language)
    markdown.use(references_plugin)
    markdown.use(typography_plugin)
    markdown.use(quotes_plugin)
    markdown.disable([rule for need in NEEDS if need not in needed for rule in need.rules])
    stops = "".join(need.stops for need in needed)
    markdown.inline.terminator_re = re.compile(f"[\n{re.escape(stops)}]")
    return markdown


def _normal(url: str) -> str:
    return url if _NORMAL.fullmatch(url) else normalizeLink(url)
