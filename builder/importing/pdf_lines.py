"""PDF lines: the lines of text on a document's pages, with where they stand and how large they are."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from statistics import median
from typing import Any

from msgspec import Struct

from builder.importing.decoding import without_controls

HYPHEN = "\x02"  # at a line's end, in PDFium: a word goes on in the next line
_BOLD = 600  # the weight of a font from which on it is bold
_BOLD_NAMES = ("bold", "black", "heavy", "demi")


class PrintedLine(Struct, frozen=True):
    """A line on a page. Distances are in points from the page's lower left; `size` is the height of its letters' boxes,
    which is larger than the font's nominal size by a fixed share."""

    text: str
    page: int
    size: float
    is_bold: bool
    left: float
    right: float
    top: float
    bottom: float


def lines_of(page: Any, number: int) -> Iterator[PrintedLine]:
    """The lines of a page of pypdfium2, in the order in which they are to be read as far as the document tells it."""
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    try:
        handle = textpage.raw
        box, read = pdfium.FS_RECTF(), pdfium.FPDFText_GetLooseCharBox
        letters: list[str] = []
        boxes: list[tuple[float, float, float, float, int]] = []
        for index in range(textpage.count_chars()):
            code = pdfium.FPDFText_GetUnicode(handle, index)
            if code in (10, 13):
                yield from _line(letters, boxes, number, handle)
                letters, boxes = [], []
                continue
            letters.append(HYPHEN if code in (2, 0xFFFE) else without_controls(chr(code)))
            if code > 32 and code != 0xA0 and read(handle, index, ctypes.byref(box)):
                boxes.append((box.left, box.right, box.top, box.bottom, index))
        yield from _line(letters, boxes, number, handle)
    finally:
        textpage.close()


def _line(
    letters: list[str], boxes: list[tuple[float, float, float, float, int]], page: int, handle: Any
) -> Iterator[PrintedLine]:
    text = " ".join("".join(letters).split())
    if not text or not boxes:
        return
    some = [index for *_, index in boxes[:: max(1, len(boxes) // 5)]]
    yield PrintedLine(
        text=text,
        page=page,
        size=round(median(top - bottom for _, _, top, bottom, _ in boxes), 1),
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
