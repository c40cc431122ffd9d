"""The frame: the inputs that every HTML page has, whatever it shows."""

from __future__ import annotations

from builder.languages import prefix_of
from builder.pages.overviews import OVERVIEWS
from builder.pages.recipes import FrameRecipe
from builder.pages.scene import Scene
from builder.pages.share import share_of
from builder.pages.values import Value, overview_address, root_of, tongue_value
from builder.pages.wording import direction, endonyms


def frame(scene: Scene, kind: str, address: str, recipe: FrameRecipe, languages: tuple[str, ...]) -> Value:
    """The inputs of every HTML page. `languages` are those that it exists in, where there are several."""
    site_feed = (scene.title, f"{scene.prefix}/feed.xml", f"{scene.prefix}/feed.json")
    # Those that have full text are there as JSON Feed too.
    own_feeds = [
        (title, feed, feed.replace("feed.xml", "feed.json") if kind == "dossier" else None)
        for title, feed in recipe.feeds
    ]
    return {
        "root": root_of(address),
        "site": {
            "title": scene.title,
            "description": scene.description,
            "language": scene.language,
            "dir": direction(scene.language),
            "home": f"{scene.prefix}/",
            "words": tongue_value(scene.main_language if scene.prefix else None),
            "licence": scene.licence,
            "contact": scene.contact,
        },
        "page": {
            "kind": kind,
            "address": address,
            "title": recipe.title,
            "description": recipe.description or scene.description,
            "lang": scene.language,
            "dir": direction(scene.language),
            "canonical": scene.absolute + address,
            "feeds": [
                {"title": title, "address": feed, "json": as_json} for title, feed, as_json in [site_feed, *own_feeds]
            ],
            "languages": _versions(scene, address, languages),
            "draft": recipe.draft,
            "share": share_of(scene, kind, address, recipe.title),
        },
        "nav": [
            {"name": name, "address": to, "here": address.startswith(to), **tongue_value(tongue)}
            for name, to, tongue in scene.nav
        ],
        "places": {name: overview_address(scene, name) for name in OVERVIEWS if name != "on"},
        "assets": scene.assets,
        "options": scene.options,
    }


def _versions(scene: Scene, address: str, codes: tuple[str, ...]) -> list[Value]:
    """The page at `address` in each of the languages that it exists in."""
    if not codes:
        return []
    languages = [code or scene.main_language for code in codes]
    place = address.removeprefix(scene.prefix)
    addresses = [prefix_of(code) + place for code in codes]
    return [
        {
            "name": name,
            "address": to,
            "url": scene.absolute + to,
            "lang": language,
            "dir": direction(language),
            "here": to == address,
        }
        for name, to, language in zip(endonyms(languages), addresses, languages, strict=True)
    ]
