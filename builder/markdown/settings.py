"""How bodies are to be read. Apart from the parser, which takes long to load, and which not every command needs."""

from __future__ import annotations

from msgspec import Struct


class MarkdownSettings(Struct, frozen=True):
    """How bodies are read: whether quotes, dashes and dots become typographic, and for which language."""

    typographer: bool = True
    language: str = "en"
