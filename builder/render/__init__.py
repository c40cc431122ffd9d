"""Rendering: a page's plain inputs and a theme become bytes."""

from builder.render.assets import Asset, media_address, static_files, theme_assets
from builder.render.templates import Templates, read_templates, template_fingerprints
from builder.render.theme import Theme, find_theme

__all__ = [
    "Asset",
    "Templates",
    "Theme",
    "find_theme",
    "media_address",
    "read_templates",
    "static_files",
    "template_fingerprints",
    "theme_assets",
]
