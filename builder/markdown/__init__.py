"""Markdown: a body becomes safe HTML, with its links, pictures, headings and anchors told apart."""
