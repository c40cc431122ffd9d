"""Clearing: what a page's tree says of itself that it is no part of an article is taken out of it."""

from __future__ import annotations

import re
from typing import Any

_COMMENTS = re.compile(
    r"(?i)(?:^|[\s_-])(?:comments?|commentaires?|comentarios?|kommentare?|reacties|reactions|respond|disqus)(?:$|[\s_-])"
    r"|disqus|commentlist|livefyre"
)
_ASIDE = re.compile(
    r"(?i)related|recommend|sidebar|aside|footer|trending|popular|most-?read|teaser|promo|comment|carousel|latest|more-?from|widget"
)
_INLINE = frozenset(("a", "abbr", "b", "cite", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub",
                     "sup", "time", "u"))  # fmt: skip
_LONG = 1500  # characters of a form: what is longer holds the whole page, as some systems make them
_ENOUGH = 400  # characters of paragraphs before comments: an article
_WRITTEN = 300  # characters of comments: fewer are a button, or how many there are
_LOOSE = 60  # characters of text between paragraphs that is one too


def strip_programs(tree: Any) -> None:
    """Takes out what no reader sees, and what all that follows would otherwise have to step over."""
    from lxml import etree

    etree.strip_elements(tree, "script", "style", "noscript", "template", etree.Comment, with_tail=False)


def strip_surroundings(tree: Any) -> None:
    """Takes out forms, what readers have written below the article, and what follows that."""
    for form in list(tree.iter("form")):
        if len(form.text_content() or "") < _LONG:
            _drop(form)
    before = 0
    for element in list(tree.iter("p", "div", "section", "ul", "ol")):
        if element.tag == "p":
            before += len(element.text_content() or "")
        elif before > _ENOUGH and _COMMENTS.search(f"{element.get('class', '')} {element.get('id', '')}"):
            if len(element.text_content() or "") > _WRITTEN and not _holds_article(element):
                _drop_following(element)
                return
            _drop(element)


def wrap_loose_text(tree: Any) -> None:
    """Makes paragraphs of text that stands between an element's paragraphs, as behind a picture that floats."""
    for parent in {paragraph.getparent(): None for paragraph in tree.iter("p")}:
        before, run = None, []
        for child in [*parent, None]:
            if child is not None and child.tag in _INLINE:
                run.append(child)
                continue
            _wrap(parent, before, run)
            before, run = child, []


def is_aside(element: Any) -> bool:
    """Whether an element stands beside the article: related ones, a promotion, the page's foot."""
    ancestors = [element, *element.iterancestors()]
    return any(
        parent.tag in ("aside", "footer", "nav") or _ASIDE.search(f"{parent.get('class', '')} {parent.get('id', '')}")
        for parent in ancestors[:8]
        if parent.tag not in ("body", "html")
    )


def _wrap(parent: Any, before: Any, run: list[Any]) -> None:
    """Puts the text behind `before`, and the inline elements that follow it, into a paragraph."""
    text = (parent.text if before is None else before.tail) or ""
    words = [text, *(part for element in run for part in (element.text_content() or "", element.tail or ""))]
    if len(" ".join("".join(words).split())) < _LOOSE:
        return
    paragraph = parent.makeelement("p")
    paragraph.text = text
    if before is None:
        parent.text = None
        parent.insert(0, paragraph)
    else:
        before.tail = None
        before.addnext(paragraph)
    paragraph.extend(run)


def _drop(element: Any) -> None:
    if element.getparent() is not None and not _holds_article(element):
        element.drop_tree()


def _drop_following(element: Any) -> None:
    """Takes out an element and all that comes behind it in the page."""
    behind = [sibling for parent in (element, *element.iterancestors()) for sibling in parent.itersiblings()]
    for one in (element, *behind):
        _drop(one)


def _holds_article(element: Any) -> bool:
    return next(element.iter("h1", "article"), None) is not None
