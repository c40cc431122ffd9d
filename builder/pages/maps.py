"""Maps as pages show them: a drawing, and beside it a list of everything on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from builder.maps.atlas import Point
from builder.maps.drawing import Drawing, Mark, Sketch
from builder.maps.labels import Label
from builder.maps.outlines import main_outline
from builder.maps.scale_bar import ScaleBar
from builder.maps.sites import Site, near_points
from builder.pages.places import Choices, Item, entry_value, place_items, region_item
from builder.pages.recipes import MapRecipe
from builder.pages.shelf import Shelf
from builder.pages.values import Value, tongue_value

_NAMED = 3  # places that a mark of several is called by


class Size(Struct, frozen=True):
    """A drawing for one width of the window: see `Sketch`."""

    name: str
    width: int
    apart: float
    letters: float


class Form(Struct, frozen=True):
    """What maps on one kind of page have in common.

    `listed` briefings are all named beside the map; of more, the newest of each mark. `whole` maps show all sites,
    others leave out those far from the rest; at least what lies within `reach` degrees of each is in sight.
    """

    sizes: tuple[Size, ...]
    listed: int
    whole: bool
    reach: float = 0.0


# Marks are so far apart that fingers hit one: 24 px (WCAG 2.5.8) where the drawing is as small as it gets.
FORMS = {
    "home": Form((Size("small", 640, 20, 12),), 0, whole=True),
    "world": Form((Size("wide", 960, 30, 13), Size("narrow", 360, 30, 12)), 200, whole=True),
    "page": Form((Size("page", 400, 36, 12),), 60, whole=False),
    "share": Form((Size("share", 560, 40, 15),), 0, whole=False),
    # One place alone would stand on an empty sheet.
    "share-one": Form((Size("share", 560, 40, 15),), 0, whole=True, reach=2.5),
    "share-all": Form((Size("share", 560, 26, 15),), 0, whole=True),
}


def map_value(shelf: Shelf, recipe: MapRecipe | None) -> Value | None:
    """A map; None where there is nothing to draw and nothing to list."""
    if recipe is None:
        return None
    form = FORMS[recipe.form]
    items = _items(shelf, recipe)
    drawn, sites = _placed(items)
    sketches = [_sketch(shelf, recipe, size, sites, form) for size in form.sizes]
    drawings = [drawing for drawing in map(shelf.drawing, sketches) if drawing is not None]
    if not items and not drawings:
        return None
    listed = recipe.count <= form.listed or bool(recipe.regions)
    groups = _groups(drawings[0], drawn, listed) if drawings else []
    ids = {number: f"_place-{at}" for at, group in enumerate(groups, 1) for number in group}
    choices = Choices(recipe.filters)
    places = [
        entry_value(shelf, ids[group[0]], [drawn[number] for number in group], listed, choices)
        | {"at": _at(drawings[0], group[0])}
        for group in groups
    ]
    places += [
        entry_value(shelf, f"_place-{at}", [item], listed, choices) | {"at": None}
        for at, item in enumerate((item for item in items if item.site is None), len(groups) + 1)
    ]
    return {
        "count": recipe.count,
        "drawings": [
            _drawing(shelf, drawing, size, drawn, ids) | {"ground": _ground(form.sizes, at)}
            for at, (drawing, size) in enumerate(zip(drawings, form.sizes, strict=False))
        ],
        "places": places,
        "filters": choices.value(),
        "notes": _notes(recipe, drawings),
        "dashed": any(drawing.dashed for drawing in drawings),
        "claimed": any(drawing.claimed for drawing in drawings),
        "vague": any(mark.vague for drawing in drawings for mark in drawing.marks),
        "regions": bool(recipe.regions),
        "whole": recipe.count <= form.listed and not recipe.regions,
    }


def lone_drawing(shelf: Shelf, recipe: MapRecipe | None) -> Value | None:
    """The first drawing of a map, without a list beside it; None where there is nothing to draw."""
    if recipe is None:
        return None
    form = FORMS[recipe.form]
    drawn, sites = _placed(_items(shelf, recipe))
    drawing = shelf.drawing(_sketch(shelf, recipe, form.sizes[0], sites, form))
    ids = {number: f"_place-{number}" for number in range(len(drawn))}
    return _drawing(shelf, drawing, form.sizes[0], drawn, ids) if drawing is not None else None


def _items(shelf: Shelf, recipe: MapRecipe) -> list[Item]:
    """What a map shows: regions, where it has them, else places."""
    return [region_item(region) for region in recipe.regions] or list(place_items(shelf, recipe.located))


def _placed(items: Iterable[Item]) -> tuple[list[Item], tuple[Site, ...]]:
    """Those of the items that can be drawn, and where."""
    drawn = [item for item in items if item.site is not None]
    return drawn, tuple(item.site for item in drawn if item.site is not None)


def _sketch(shelf: Shelf, recipe: MapRecipe, size: Size, sites: tuple[Site, ...], form: Form) -> Sketch:
    called = {**shelf.wording.countries}
    for one in recipe.names:
        called[one.code] = f"{one.name}*" if one.note and one.code != recipe.focus else one.name
    return Sketch(
        width=size.width,
        apart=size.apart,
        letters=size.letters,
        sites=sites,
        names=tuple(sorted(called.items())) if size.letters else (),
        codes=recipe.codes if any(map(main_outline, recipe.codes)) else recipe.around,
        extent=_extent(sites, form),
        own=recipe.own,
        focus=recipe.focus,
        context=recipe.context,
    )


def _extent(sites: Sequence[Site], form: Form) -> tuple[Point, ...]:
    """The points, in degrees, that a map must show."""
    points = tuple(dict.fromkeys((site.lon, site.lat) for site in sites)) if form.whole else near_points(sites)
    if not form.reach:
        return points
    found = list(points)
    for lon, lat in points:
        across = form.reach / max(0.2, 1 - abs(lat) / 100)  # meridians draw together towards the poles
        found += [(lon - across, lat), (lon + across, lat)]
        found += [(lon, max(-89.0, lat - form.reach)), (lon, min(89.0, lat + form.reach))]
    return tuple(found)


def _groups(drawing: Drawing, items: Sequence[Item], listed: bool) -> list[list[int]]:
    """What stands together in the list, by numbers of sites, in the order of the marks; what is outside comes last.

    Each site by itself if `listed`; else those of a mark.
    """
    marks = sorted(drawing.marks, key=lambda mark: mark.vague)
    groups = [sorted(mark.sites, key=lambda number: (-items[number].count, items[number].name)) for mark in marks]
    groups += [list(drawing.outside)] if drawing.outside else []
    return [[number] for group in groups for number in group] if listed else groups


def _at(drawing: Drawing, number: int) -> Value | None:
    """Where a site lies on a drawing; None where it lies outside."""
    x, y = drawing.placed[number]
    return None if number in drawing.outside else {"x": x, "y": y}


def _drawing(shelf: Shelf, drawing: Drawing, size: Size, items: Sequence[Item], ids: dict[int, str]) -> Value:
    return {
        "size": size.name,
        "width": drawing.width,
        "height": drawing.height,
        "land": drawing.land,
        "focus": drawing.focus,
        "context": drawing.context,
        "claimed": drawing.claimed,
        "borders": drawing.borders,
        "dashed": drawing.dashed,
        "countries": [_label(label) for label in drawing.countries],
        "own": _label(drawing.own) if drawing.own else None,
        "marks": [_mark(mark, items, ids) for mark in drawing.marks],
        "scale": _scale(shelf, drawing.scale) if drawing.scale else None,
    }


def _ground(sizes: Sequence[Size], at: int) -> Value | None:
    """Where the paths of a drawing are found that is a smaller one of the first: they needn't be there twice."""
    return {"of": sizes[0].name, "scale": sizes[at].width / sizes[0].width} if at else None


def _scale(shelf: Shelf, bar: ScaleBar) -> Value:
    return {"length": bar.length, "km": shelf.wording.number(bar.km), "x": bar.x, "y": bar.y}


def _label(label: Label) -> Value:
    return {"text": label.text, "x": label.x, "y": label.y, "anchor": label.anchor}


def _mark(mark: Mark, items: Sequence[Item], ids: dict[int, str]) -> Value:
    numbers = sorted(mark.sites, key=lambda number: (-items[number].count, items[number].name))
    names = list(dict.fromkeys(items[number].name for number in numbers))
    ordered = sorted((ids[number] for number in numbers), key=lambda own_id: int(own_id.removeprefix("_place-")))
    return {
        "x": mark.x,
        "y": mark.y,
        "r": mark.radius,
        "count": mark.weight,
        "vague": mark.vague,
        "names": names[:_NAMED],
        "others": max(0, len(names) - _NAMED),
        "places": ordered,
        "address": items[numbers[0]].address if len(numbers) == 1 else None,
        "label": _label(mark.label) if mark.label else None,
    }


def _notes(recipe: MapRecipe, drawings: Iterable[Drawing]) -> list[Value]:
    """The notes that belong to the names of countries on a map."""
    named = {code for drawing in drawings for code in drawing.named} - {recipe.focus}
    return [
        {"name": one.name, "text": one.note, "text_tongue": tongue_value(one.note_lang), **tongue_value(one.lang)}
        for one in recipe.names
        if one.note and one.code in named
    ]
