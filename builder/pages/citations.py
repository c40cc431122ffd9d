"""Citations on a briefing's page: for people to copy, for reference managers to open."""

from __future__ import annotations

import json

from builder.citations import Citation, bibtex, citation_key, csl, ris
from builder.citations.citation import one_line
from builder.model.briefing import Briefing
from builder.model.common import Document
from builder.pages.shelf import Shelf
from builder.pages.values import Value


def citation_of(shelf: Shelf, own_id: str, address: str, document: Document[Briefing]) -> Citation:
    """What the briefing at `address` is cited with, in the words of the pages' language.

    Where it names no author, that is the archive.
    """
    meta, scene, words = document.meta, shelf.scene, shelf.wording.words
    assert meta.date is not None  # what has no date has no page
    note = shelf.wording.narrowed(words.gettext("SHA-256 of its words"), document.written)
    if meta.updated is not None:
        note = "; ".join([words.gettext("Revised %(date)s") % {"date": meta.updated.iso}, note])
    title = one_line(scene.title)
    return Citation(
        key=citation_key(own_id, meta.lang if scene.prefix else None),
        id=one_line(own_id),
        title=one_line(meta.title),
        authors=tuple([one_line(author) for author in meta.author]) or (title,),
        publisher=title,
        genre=words.pgettext("what a citation is of", "Briefing"),
        issued=meta.published or meta.date.start,
        event=meta.date.iso,
        language=meta.lang or scene.main_language,
        url=scene.absolute + address,
        note=note,
    )


def citations_value(citation: Citation) -> list[Value]:
    """A citation in each format: its name, the text, what a file of it is called, and its address as a `data:` URL."""
    fields = ",\n".join(f"{_json(name)}: {_json(value)}" for name, value in csl(citation).items())
    return [
        _value("BibTeX", f"{citation.key}.bib", "application/x-bibtex", bibtex(citation)),
        _value("RIS", f"{citation.key}.ris", "application/x-research-info-systems", ris(citation)),
        _value("CSL-JSON", f"{citation.key}.json", "application/vnd.citationstyles.csl+json", f"[{{\n{fields}\n}}]\n"),
    ]


_json = json.JSONEncoder(ensure_ascii=False).encode  # one for all: making it takes as long as its work


def _value(name: str, file: str, media_type: str, text: str) -> Value:
    return {"name": name, "file": file, "text": text, "url": f"data:{media_type};charset=utf-8,{_quoted(text)}"}


def _quoted(text: str) -> str:
    """The text as a part of an address: letters of all scripts may stand in one as they are."""
    for sign, code in _QUOTED.items():  # several times as fast as one translation
        text = text.replace(sign, code)
    return text


# What of texts in one of the formats is no 'URL code point' of https://url.spec.whatwg.org/, or means something else.
_QUOTED = {sign: f"%{ord(sign):02X}" for sign in '%\t\n\r "#<>[\\]^`{|}'}
