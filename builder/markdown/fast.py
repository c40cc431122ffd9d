"""The fast way: markdown-it-pyrs, the Rust port, makes the HTML of a body that is plain enough.

What comes of it is what the full way makes, byte for byte. The two differ in some corners, and the port has nothing
for what is our own (attributes, notes, passages, definitions): `plain` knows which bodies hold none of these.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import Any
from urllib.parse import unquote

from builder.markdown.containers import passages, set_apart
from builder.markdown.figures import caption
from builder.markdown.needs import Need, needs
from builder.markdown.parsed import Parsed
from builder.markdown.parser import quotes_of
from builder.markdown.plain import is_plain, is_plain_address, is_plain_html
from builder.markdown.quotes import with_quotes
from builder.markdown.references import References, anchor_of, leads_to_web, may_stand, refer, target_of
from builder.markdown.settings import MarkdownSettings
from builder.markdown.tables import with_regions
from builder.model.common import Heading

markdown_it_pyrs: Any
try:
    import markdown_it_pyrs
except ImportError:
    markdown_it_pyrs = None

_RULES = (
    *("blockquote", "code", "heading", "hr", "lheading", "list", "paragraph", "reference", "table"),
    *("emphasis", "image", "link", "newline"),
)
_TARGET = re.compile(r'(<(?:a href|img src)=")([^"]*)"')
_SURE_LINK = re.compile(r"https?://[a-z0-9.-]+/[\w%.~()+,;=@/?#-]*", re.ASCII)
_WRITTEN_TARGET = re.compile(r"\]\(")
_IMAGE = re.compile(r"<img [^>]*>")
_LONE_IMAGE = re.compile(r'<p>(<img src="[^"]*" alt="[^"]*")(?: title="([^"]*)")?( loading="lazy">)</p>\n')
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_PARAGRAPH = re.compile(r"<(?:p>(.*?)</p>|(/?)(?:[uo]l|blockquote|aside)\b)", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


class _OtherwiseError(Exception):
    """This body isn't as plain as its text looked."""


def version() -> str | None:
    """The port's version; None where it isn't installed."""
    return str(markdown_it_pyrs.__version__) if markdown_it_pyrs else None


def parse(text: str, settings: MarkdownSettings, needed: frozenset[Need]) -> Parsed | None:
    """What `text`, which is `normalized` and needs these rules, becomes; None where that is for the full way to say."""
    if markdown_it_pyrs is None:
        return None
    pieces = passages(text) if "\n:::" in text or text.startswith(":::") else [("", text)]
    if len(pieces) > 1:
        plain = "\n\n".join([piece for _, piece in pieces])
        if "]:" in plain or not is_plain(plain, needs(plain)):
            return None
    elif not is_plain(text, needed):
        return None
    found = References()
    headings: list[Heading] = []
    try:
        html = "".join([set_apart(name, _made(piece, settings), settings.language) for name, piece in pieces])
        html = _with_placeholders(html, text, found)
    except _OtherwiseError:
        return None
    html = _HEADING.sub(lambda heading: _with_anchor(heading, headings, found), html)
    return Parsed(html, _excerpt(html), tuple(headings), found)


@lru_cache(maxsize=2)
def _port(typographer: bool) -> Any:
    rules = [*_RULES, "replacements"] if typographer else [*_RULES]
    return markdown_it_pyrs.MarkdownIt("zero").enable_many(rules)


def _made(text: str, settings: MarkdownSettings) -> str:
    try:
        html: str = _port(settings.typographer).render(text, xhtml=False)
    except BaseException as reason:
        if isinstance(reason, Exception) or type(reason).__name__ == "PanicException":
            raise _OtherwiseError from reason
        raise
    if not is_plain_html(html):
        raise _OtherwiseError
    if settings.typographer:
        html = with_quotes(html, quotes_of(settings.language))
    return with_regions(html, settings.language) if "<table>" in html else html


def _with_placeholders(html: str, text: str, found: References) -> str:
    targets = _TARGET.findall(html)
    # Most bodies have links to the web only, which stay as they are.
    if all(_SURE_LINK.fullmatch(target) for _, target in targets) and "<img " not in html:
        return html
    lines = _Lines(text, len(targets))
    html = _TARGET.sub(lambda target: _with_placeholder(target, lines, found), html)
    if "<img " not in html:
        return html
    html = _IMAGE.sub(lambda image: f'{image[0][:-1]} loading="lazy">', html)
    html = _LONE_IMAGE.sub(_figure, html)
    if "<li>" in html and len(_IMAGE.findall(html)) > html.count("<figure>"):
        raise _OtherwiseError  # a figure, too, where it stands alone in a tight list's item
    return html


def _with_placeholder(target: re.Match[str], lines: _Lines, found: References) -> str:
    written = unescape(target[2])
    if not is_plain_address(written):
        raise _OtherwiseError
    lines.next()
    picture = target[1].startswith("<img")
    if leads_to_web(written) and not picture:
        return target[0]
    name = target_of(written)
    if not may_stand(name, picture=picture):
        raise _OtherwiseError
    return f'{target[1]}{refer(name, lines.line_of(unquote(written)), found, picture=picture)}"'


class _Lines:
    """The line of each target, one after the other, where it is sure that the full way finds the same."""

    def __init__(self, text: str, targets: int) -> None:
        self._text = text
        self._places = [match.end() for match in _WRITTEN_TARGET.finditer(text)]
        self._sure = len(self._places) == targets
        self._current = -1
        self._behind_last = 0

    def next(self) -> None:
        self._current += 1

    def line_of(self, target: str) -> int:
        if not self._sure:
            raise _OtherwiseError
        place = self._places[self._current]
        # The full way takes the first place in the paragraph, behind the last one it took, that has these letters.
        first = self._text.find(target, max(self._behind_last, self._text.rfind("\n\n", 0, place)))
        if not self._text.startswith(target, place) or "\n" in self._text[first:place]:
            raise _OtherwiseError
        self._behind_last = first + len(target)
        return self._text.count("\n", 0, place)


def _figure(image: re.Match[str]) -> str:
    words = caption(unescape(image[2])) if image[2] else ""
    return f"<figure>{image[1]}{image[3]}{words}</figure>\n"


def _with_anchor(heading: re.Match[str], headings: list[Heading], found: References) -> str:
    words = _words(heading[2])
    anchor = anchor_of(words, found)
    headings.append(Heading(int(heading[1]), words, anchor))
    return f'<h{heading[1]} id="{anchor}">{heading[2]}</h{heading[1]}>'


def _excerpt(html: str) -> str:
    """The words of the first paragraph that isn't in a list or a quote."""
    depth = 0
    for match in _PARAGRAPH.finditer(html):
        if match[1] is None:
            depth += -1 if match[2] else 1
        elif not depth:
            return _words(match[1])
    return ""


def _words(html: str) -> str:
    words = unescape(_TAG.sub("", html)) if "<" in html or "&" in html else html
    return " ".join(words.split())
