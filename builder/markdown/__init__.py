"""Markdown: a body becomes safe HTML, with its links, pictures, headings and anchors told apart."""

from builder.markdown.document import RenderedBody, render

__all__ = ["RenderedBody", "render"]
