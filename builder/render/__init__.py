"""Rendering: a page's plain inputs and a theme become bytes."""
