"""PDF lines: the lines of text on a document's pages, with where they stand and how large they are."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from builder.importing.decoding import without_controls

HYPHEN = "\x02"  # at a line's end, in PDFium: a word goes on in the next line
_WIDE = 0.9  # of the height of letters: a gap that no space between words has
# Left, right, top and bottom of a letter, its place on the page and in the line.
_Box: TypeAlias = tuple[float, float, float, float, int, int]
_BOLD = 600  # the weight of a font from which on it is bold
_BOLD_NAMES = ("bold", "black", "heavy", "demi")


class PrintedLine(Struct, frozen=True):
    """A line on a page. Distances are in points from the page's lower left; `size` is the height of its letters' boxes,
    which is larger than the font's nominal size by a fixed share. `pieces` are its parts, where wide gaps divide it."""

    text: str
    page: int
    size: float
    is_bold: bool
    left: float
    right: float
    top: float
    bottom: float
    pieces: tuple[PrintedLine, ...] = ()


def lines_of(page: Any, number: int) -> Iterator[PrintedLine]:
    """The lines of a page of pypdfium2, in the order in which the document draws them."""
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    try:
        handle = textpage.raw
        box, read = pdfium.FS_RECTF(), pdfium.FPDFText_GetLooseCharBox
        letters: list[str] = []
        boxes: list[_Box] = []
        for index in range(textpage.count_chars()):
            code = pdfium.FPDFText_GetUnicode(handle, index)
            if code in (10, 13):
                yield from _line(letters, boxes, number, handle)
                letters, boxes = [], []
                continue
            at = len(letters)
            letters.append(HYPHEN if code in (2, 0xFFFE) else without_controls(chr(code)))
            if code > 32 and code != 0xA0 and read(handle, index, ctypes.byref(box)):
                boxes.append((box.left, box.right, box.top, box.bottom, index, at))
        yield from _line(letters, boxes, number, handle)
    finally:
        textpage.close()


def _line(letters: Sequence[str], boxes: Sequence[_Box], page: int, handle: Any) -> Iterator[PrintedLine]:
    line = _printed(letters, boxes, page, handle)
    if line is None:
        return
    cuts = [at for at in range(1, len(boxes)) if boxes[at][0] - boxes[at - 1][1] > _WIDE * line.size]
    pieces = []
    for first, end in pairwise([0, *cuts, len(boxes)]) if cuts else ():
        until = boxes[end][5] if end < len(boxes) else len(letters)
        pieces.append(_printed(letters[boxes[first][5] : until], boxes[first:end], page, handle))
    yield replace(line, pieces=tuple(piece for piece in pieces if piece is not None))


def _printed(letters: Sequence[str], boxes: Sequence[_Box], page: int, handle: Any) -> PrintedLine | None:
    text = " ".join("".join(letters).split())
    if not text or not boxes:
        return None
    some = [box[4] for box in boxes[:: max(1, len(boxes) // 5)]]
    return PrintedLine(
        text=text,
        page=page,
        size=round(median(box[2] - box[3] for box in boxes), 1),
        is_bold=sum(_is_bold(handle, index) for index in some) * 2 > len(some),
        left=min(box[0] for box in boxes),
        right=max(box[1] for box in boxes),
        top=median(box[2] for box in boxes),
        bottom=median(box[3] for box in boxes),
    )


def _is_bold(handle: Any, index: int) -> bool:
    """Whether a letter is bold, by its font's weight, or by its name where the font itself isn't in the document."""
    import pypdfium2.raw as pdfium

    if pdfium.FPDFText_GetFontWeight(handle, index) >= _BOLD:
        return True
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(handle, index, name, len(name), None)
    return any(word in name.value.decode("utf-8", "replace").lower() for word in _BOLD_NAMES)
