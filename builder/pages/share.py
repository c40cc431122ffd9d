"""Share pictures: what others show of a page that is linked to, as a drawing; and which one is a page's."""

from __future__ import annotations

from builder.dates import When
from builder.model.briefing import Briefing
from builder.pages.maps import lone_drawing
from builder.pages.recipes import BriefingRecipe, ShareRecipe
from builder.pages.scene import Scene
from builder.pages.shelf import Shelf
from builder.pages.values import Value
from builder.pages.wording import direction
from builder.share.letters import Face, directed, longest_part, missing, shortened, width_of, wrapped

WIDTH, HEIGHT = 1200, 630  # pixels: what the sites that show them ask for
_EDGE, _GAP = 56, 40
_TITLE_SIZES = (66, 60, 54, 48, 43, 38, 34)
_LEADING = 1.16
_TOP, _ROOM = 150, 330  # where the title begins, and how high it may be


def share_of(scene: Scene, kind: str, address: str, title: str) -> Value | None:
    """The share picture of a page: a dossier's own, or else the site's."""
    if not scene.share or kind == "404":
        return None
    place, name = (address, title) if kind == "dossier" else (f"{scene.prefix}/", scene.title)
    return _shared(scene, place, name)


def share_of_briefing(scene: Scene, recipe: BriefingRecipe, meta: Briefing, address: str) -> Value | None:
    """That of a briefing: the one that was drawn for it, else its lead picture, else that of its dossier or the site.

    A picture that a reader is warned of isn't shown to those who only see the link.
    """
    if scene.share == "briefings":
        return _shared(scene, address, meta.title)
    if meta.image is not None and recipe.image is not None and not meta.warning:
        src, _ = recipe.image
        shown = recipe.picture(src)
        return _value(scene.absolute + src, shown.width, shown.height, meta.image.alt)
    return None


def _shared(scene: Scene, place: str, title: str) -> Value:
    return _value(f"{scene.absolute}{place}share.png", WIDTH, HEIGHT, title)


def _value(url: str, width: int, height: int, alt: str) -> Value:
    return {"url": url, "width": width, "height": height, "alt": alt}


def share_inputs(shelf: Shelf, _address: str, recipe: ShareRecipe) -> Value:
    """What a share picture is drawn from: lines of text, and a map with where it stands.

    A text with letters that our fonts haven't is left out, rather than shown wrongly.
    """
    drawing = lone_drawing(shelf, recipe.map)
    column = WIDTH - 2 * _EDGE - (drawing["width"] + _GAP if drawing else 0)
    language = recipe.lang or shelf.scene.language
    rtl = direction(shelf.scene.language) == "rtl"
    at = WIDTH - _EDGE if rtl else _EDGE
    lines: list[Value] = []

    def write(texts: list[str], face: Face, size: int, y: float, lang: str) -> None:
        side = direction(lang)
        for number, text in enumerate(texts):
            lines.append({
                "text": directed(text, side),
                "x": at,
                "y": round(y + number * size * _LEADING, 1),
                "face": face,
                "size": size,
                "anchor": "end" if rtl else "start",
                "lang": lang,
            })  # fmt: skip

    if recipe.above and not missing(recipe.above, "sans"):
        own = shelf.scene.main_language
        write(shortened(wrapped(recipe.above, "sans", 26, column), 1), "sans", 26, 92, own)
    size, title = _fitting(recipe.title, column)
    write(title, "serif", size, _TOP + size * 0.8, language)
    period = _period(shelf, recipe.when)
    if period and not missing(period, "sans"):
        write([period], "sans", 30 if width_of(period, "sans", 30) <= column else 22, HEIGHT - 66, shelf.scene.language)
    elif recipe.below and not missing(recipe.below, "sans"):
        below = shortened(wrapped(recipe.below, "sans", 30, column), 3)
        write(below, "sans", 30, HEIGHT - 66 - (len(below) - 1) * 30 * _LEADING, shelf.scene.main_language)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "edge": _EDGE,
        "lines": lines,
        "map": drawing,
        "map_x": _EDGE if rtl else WIDTH - _EDGE - (drawing["width"] if drawing else 0),
        "map_y": (HEIGHT - drawing["height"]) / 2 if drawing else 0,
    }


def _fitting(title: str, column: int) -> tuple[int, list[str]]:
    """The largest size at which a title has room, and its lines."""
    if missing(title, "serif"):
        return _TITLE_SIZES[0], []
    for size in _TITLE_SIZES:
        lines = wrapped(title, "serif", size, column)
        if len(lines) * size * _LEADING <= _ROOM and longest_part(title, "serif", size) <= column:
            return size, lines
    smallest = _TITLE_SIZES[-1]
    return smallest, shortened(wrapped(title, "serif", smallest, column), int(_ROOM / smallest / _LEADING))


def _period(shelf: Shelf, when: When | None) -> str:
    return shelf.wording.when(when)["text"] if when else ""
