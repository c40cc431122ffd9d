"""PDF: a document of printed pages becomes an article."""

from __future__ import annotations

import re
from typing import Any

from builder.importing.article import Article, NoArticle
from builder.importing.capture import Capture
from builder.importing.documents import Properties, article_of_document
from builder.importing.pdf_columns import in_reading_order
from builder.importing.pdf_layout import blocks_in, without_running_heads
from builder.importing.pdf_lines import PrintedLine, lines_of

_MOST_PAGES = 200
_SCAN = 60  # characters a page: what is stamped on a scan has fewer


def read_pdf(capture: Capture) -> Article:
    """The article that a PDF holds. Raises NoArticle where it can't be read, is a scan or a book."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(capture.data)
    except pypdfium2.PdfiumError as problem:
        if "password" in str(problem).lower():
            raise NoArticle("is a PDF with a password; open it, and save it without one") from problem
        raise NoArticle("is a PDF that is cut off or spoilt; fetch it anew") from problem
    try:
        return _read(document, capture.url)
    finally:
        document.close()


def _read(document: Any, url: str) -> Article:
    import pypdfium2

    if len(document) > _MOST_PAGES:
        raise NoArticle(f"is a PDF of {len(document)} pages, which no article has; give the pages of the article alone")
    lines: list[PrintedLine] = []
    try:
        for number in range(len(document)):
            page = document[number]
            lines += in_reading_order(list(lines_of(page, number)))
            page.close()
    except pypdfium2.PdfiumError as problem:
        raise NoArticle("is a PDF that is cut off or spoilt; fetch it anew") from problem
    if sum(len(line.text) for line in lines) < _SCAN * max(1, len(document)):
        raise NoArticle("is a PDF of pictures without text, as scans are; have a program for OCR add the text")
    if _is_gibberish(lines):
        raise NoArticle("is a PDF whose letters can't be told; print it anew to PDF, or save its text")
    told = document.get_metadata_dict()
    created = _date(told.get("CreationDate", ""))
    properties = Properties(told.get("Title", ""), told.get("Author", ""), created or _date(told.get("ModDate", "")))
    return article_of_document(blocks_in(without_running_heads(lines)), properties, url)


def _is_gibberish(lines: list[PrintedLine]) -> bool:
    """Whether most letters are of no script: fonts may name theirs as they like."""
    text = "".join(line.text for line in lines)
    odd = sum("\ue000" <= letter <= "\uf8ff" or letter == "\ufffd" or letter < " " for letter in text)
    return odd > 0.3 * len(text)


def _date(text: str) -> str:
    """A date of PDF (ISO 32000-1, 7.9.4), `D:20220817140900+02'00'`, as ISO 8601; empty where there is none."""
    match = re.match(r"(?:D:)?(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?(?:(Z)|([+-]\d\d)'?(\d\d)?)?)?", text)
    if match is None:
        return ""
    year, month, day, hour, minute, _, utc, hours, minutes = match.groups()
    clock = f"T{hour}:{minute}" if hour else ""
    offset = "Z" if utc else f"{hours}:{minutes or '00'}" if hours else ""
    return f"{year}-{month}-{day}{clock}{offset if clock else ''}"
