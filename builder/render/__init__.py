"""Rendering: a page's plain inputs and a theme become bytes."""

from builder.render.assets import Asset, media_address, theme_assets
from builder.render.templating import BrokenTemplate, Renderer
from builder.render.theme import Theme, find_theme

__all__ = ["Asset", "BrokenTemplate", "Renderer", "Theme", "find_theme", "media_address", "theme_assets"]
