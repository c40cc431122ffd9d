"""Addresses in a text of the archive: among words that run from right to left each keeps its own order."""

from __future__ import annotations

from markupsafe import Markup, escape

from builder.markdown.isolation import isolated as isolated_html


def isolated(text: str) -> str:
    """A text as HTML, with each of its addresses in a `bdi` if any of its words run from right to left."""
    if "://" not in text:
        return text
    return Markup(isolated_html(str(escape(text))))  # noqa: S704  # escaped before
