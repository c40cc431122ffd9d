"""Word: a document of Office Open XML (.docx) becomes an article."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from xml.parsers.expat import ExpatError

from builder.importing.article import Article, NoArticle
from builder.importing.capture import Capture
from builder.importing.documents import Properties, article_of_document

_LARGEST = 20_000_000  # bytes of XML, when it is unpacked: hundreds of pages
_TITLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"
# What a field says of a link behind its address, `\o "a tip"`, mammoth takes for a part of it.
_TIP = re.compile(r'(<a href="[^"<>]*?)&quot;[^"<>]*"')
_SPOILT = (zipfile.BadZipFile, ExpatError, KeyError, ValueError, AttributeError, IndexError, OSError, RecursionError,
           TypeError, NotImplementedError)  # fmt: skip


def read_word(capture: Capture) -> Article:
    """The article that a Word document holds. Raises NoArticle where it can't be read."""
    import mammoth

    from builder.importing.pages import blocks_of_fragment

    try:
        properties = _properties(capture.data)
        html = mammoth.convert_to_html(BytesIO(capture.data), style_map=_TITLES, convert_image=_no_picture).value
    except _SPOILT as problem:
        raise NoArticle("is a Word document that is spoilt; open it in a word processor, and save it anew") from problem
    html = _TIP.sub(r'\1"', html)
    if not html.strip():
        raise NoArticle("is a Word document without text; give one with the article in it")
    return article_of_document(blocks_of_fragment(html, capture.url), properties, capture.url)


def _no_picture(_: object) -> list[object]:
    return []


def _properties(data: bytes) -> Properties:
    """What the document's core properties say (ECMA-376-2). Raises NoArticle where its parts are no honest ones."""
    from lxml import etree

    with zipfile.ZipFile(BytesIO(data)) as packed:
        parts = [part for part in packed.infolist() if part.filename.endswith((".xml", ".rels"))]
        if (size := sum(part.file_size for part in parts)) > _LARGEST:
            raise NoArticle(
                f"has {size // 1_000_000} MB of text and marks, which no article has; give the article alone"
            )
        for part in parts:
            # ECMA-376-2 allows no document type in any part: with one, a few lines of entities can fill the memory.
            with packed.open(part) as file:
                if b"<!DOCTYPE" in file.read(4096).replace(b"\x00", b""):
                    raise NoArticle("is a Word document that declares entities, as none does; save it anew")
        core = next((part for part in parts if part.filename.endswith("core.xml")), None)
        if core is None:
            return Properties()
        parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
        tree = etree.fromstring(packed.read(core), parser)
    told = (
        {str(element.tag).rpartition("}")[2]: (element.text or "").strip() for element in tree}
        if tree is not None
        else {}
    )
    made = max(told.get("created", ""), told.get("modified", ""))
    language = told.get("language", "")
    return Properties(told.get("title", ""), told.get("creator", ""), made, language if len(language) <= 12 else "")
