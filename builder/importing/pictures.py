"""Pictures: those among an article's paragraphs become links, each with its caption and who made it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from builder.importing.article import Block
from builder.importing.clearing import is_aside
from builder.importing.layout import Layout, Part, is_covered, line_of, places_of
from builder.importing.markup import escaped, linked, web_address

_CREDIT = re.compile(r"(?i)credit|copyright|source|byline|author|photographer")
# What no figure holds is furniture if it is called so, or is small.
_FURNITURE = re.compile(
    r"(?i)icon|logo|avatar|sprite|pixel|spacer|blank|emoji|badge|button|author|profile|portrait|head-?shot|tracking|"
    r"share|social|advert|[/_-]ads?[/_-]|banner|promo|sponsor|rating|arrow|loader|placeholder|\.svg\b|\.gif\b"
)
# What programs put where a description belongs: the name of the picture's file.
_FILE = re.compile(r"(?i).*\.(?:jpe?g|png|gif|webp|avif|heic|tiff?)|\S*_\S*|[a-z]{2,4}-?\d{3,}\S*")
_FEW = 60  # characters in a figure beside its caption: what has more is no picture
_SMALLEST = 200  # pixels, of either side


def with_pictures(blocks: Sequence[Block], layout: Layout, base: str, lead: str = "") -> list[Block]:
    """The blocks, and among them a block for each picture that stands between the first and the last of them.

    `base` is the page's address; `lead` is the picture that stands with the headline, and isn't told again.
    """
    places = places_of(blocks, layout)
    known = [place for place in places if place is not None]
    within = [part for part in layout.pictures if known and known[0][0] < part.start <= known[-1][1]]
    return _among(blocks, places, within, base, {_name(lead)} if lead else set())


def with_all_pictures(blocks: Sequence[Block], layout: Layout, base: str) -> list[Block]:
    """The blocks of a page that is all article, and among, before and behind them a block for each of its pictures."""
    return _among(blocks, places_of(blocks, layout), layout.pictures, base, set())


def drop_figures(tree: Any) -> None:
    """Takes figures of pictures out of a tree, since what stands below a picture is no paragraph of the article."""
    for figure in list(tree.iter("figure")):
        words = len(line_of(figure)) - sum(len(line_of(caption)) for caption in figure.iter("figcaption"))
        if figure.getparent() is not None and words < _FEW and next(figure.iter("img"), None) is not None:
            figure.drop_tree()


def _among(
    blocks: Sequence[Block],
    places: Sequence[tuple[int, int] | None],
    pictures: Iterable[Part],
    base: str,
    told: set[str],
) -> list[Block]:
    known = [place for place in places if place is not None]
    whole = list(blocks)
    found: list[tuple[int, Block]] = []
    for part in pictures:
        if not is_covered(part, known) and (block := _block(part, base)) is not None:
            name = _name(block.marker)
            if name not in told:
                told.add(name)
                before = sum(1 for place in places if place is not None and place[0] < part.start)
                found.append((_index(places, before), block))
    for at, block in reversed(found):
        whole.insert(at, block)
    return whole


def caption_of(figure: Any) -> tuple[str, str]:
    """What stands below a picture, and who made it; empty where the page doesn't say."""
    caption = figure.find(".//figcaption")
    if caption is None:
        return "", ""
    text = line_of(caption)
    parts = caption.iter("span", "cite", "small", "em", "div", "p")
    credits = (line_of(part) for part in parts if _CREDIT.search(part.get("class") or ""))
    credit = next((text for text in credits if text), "")
    return (text.replace(credit, "").strip(" /|-–") if credit else text), credit


def _block(part: Part, base: str) -> Block | None:
    element = part.element
    image = element if element.tag == "img" else next(element.iter("img"), None)
    if image is None or is_aside(element) or (element.tag == "img" and _is_furniture(image)):
        return None
    source = source_of(image)
    url = web_address(source, base) if source else None
    caption, credit = caption_of(element) if element.tag == "figure" else ("", "")
    told = " ".join((image.get("alt") or image.get("title") or "").split())
    words = caption or ("" if _FILE.fullmatch(told) else told)
    if url is None or not urlsplit(url).hostname or not words:
        return None
    markup = " ".join(filter(None, (linked(escaped(words), url), escaped(credit))))
    return Block("picture", words, markup, len(words), marker=url)


def source_of(image: Any) -> str:
    """Where the picture is: pages that load it late have a placeholder in `src`."""
    sets = image.get("srcset") or image.get("data-srcset") or ""
    late = (image.get(name) for name in ("data-src", "data-original", "data-lazy-src", "data-url"))
    places = (*late, image.get("src"), sets.split(",")[-1].strip().split(" ")[0])
    return next((place for place in places if place and not place.startswith("data:")), "")


def _is_furniture(image: Any) -> bool:
    names = " ".join(image.get(name) or "" for name in ("src", "class", "id", "alt"))
    sides = [
        int(side) for name in ("width", "height") if (side := (image.get(name) or "").removesuffix("px")).isdigit()
    ]
    return _FURNITURE.search(names) is not None or any(side < _SMALLEST for side in sides)


def _index(places: Sequence[object], before: int) -> int:
    """Behind which block the `before`th of those whose place is known stands."""
    if before == 0:
        return 0
    for index, place in enumerate(places):
        before -= place is not None
        if before == 0 and place is not None:
            return index + 1
    return len(places)


def _name(url: str) -> str:
    """A picture's file name: pages give one in several sizes, under several addresses."""
    return urlsplit(url).path.rpartition("/")[2].lower()
