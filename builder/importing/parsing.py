"""Parsing: the tree of a page's HTML, as trafilatura reads it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from builder.importing.article import NoArticle

_HEAD = 4096  # characters, in which trafilatura looks for what it repairs


def parse_page(html: str) -> Any:
    """The root of the tree that `html` is, which has no control characters. Raises NoArticle where it can't be read."""
    from lxml.etree import LxmlError
    from lxml.html import fromstring
    from trafilatura.utils import is_dubious_html, repair_faulty_html

    beginning = html[:50].lower()
    # What is repaired stands in the first lines.
    head = html.find("\n", _HEAD) + 1 or len(html)
    repaired = repair_faulty_html(html[:head], beginning) + html[head:].replace("\f", "")
    try:
        tree = fromstring(repaired.encode("utf-8", "surrogatepass"), parser=_parser())
    except LxmlError:
        tree = None
    if tree is None or (len(tree) < 2 and is_dubious_html(beginning)):
        raise NoArticle("is no HTML that can be read; save the page anew")
    return tree


@lru_cache(maxsize=1)
def _parser() -> Any:
    """A parser like trafilatura's whose elements are all of one class.

    lxml's own for HTML calls a function of Python for each element that is looked at, each time: a tenth of what a page
    takes.
    """
    from lxml import etree, html

    parser = etree.HTMLParser(encoding="utf-8", collect_ids=False, default_doctype=False, remove_comments=True,
                              remove_pis=True)  # fmt: skip
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    return parser
