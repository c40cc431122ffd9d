"""The frame: the inputs that every HTML page has, whatever it shows."""

from __future__ import annotations

from builder.pages.recipes import FrameRecipe
from builder.pages.scene import Scene
from builder.pages.values import Value, root_of
from builder.pages.wording import direction


def frame(scene: Scene, kind: str, address: str, recipe: FrameRecipe) -> Value:
    """The inputs of every HTML page."""
    language = recipe.language or scene.language
    own_feeds = [{"title": title, "address": feed} for title, feed in recipe.feeds]
    return {
        "root": root_of(address),
        "site": {
            "title": scene.title,
            "description": scene.description,
            "language": scene.language,
            "dir": direction(scene.language),
            "licence": scene.licence,
            "contact": scene.contact,
        },
        "page": {
            "kind": kind,
            "address": address,
            "title": recipe.title,
            "description": recipe.description or scene.description,
            "lang": language,
            "dir": direction(language),
            "canonical": scene.absolute + address,
            "feeds": [{"title": scene.title, "address": "/feed.xml"}, *own_feeds],
            "draft": recipe.draft,
        },
        "nav": [{"name": name, "address": to, "here": address.startswith(to)} for name, to in scene.nav],
        "assets": scene.assets,
        "options": scene.options,
    }
