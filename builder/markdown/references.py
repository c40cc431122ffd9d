"""References: what a body points at, taken out of it and checked, so that its HTML never needs to be read again.

A link inside the archive and a picture get a placeholder in the HTML (`sitrep:0`, `sitrep:1` …), in the order in
which they are listed, since the address of their target is not known yet. Links to the web stay. Anything else is
taken away, and its words stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from msgspec import Struct

from builder.model.common import Reference
from builder.names import slug

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_WEB = re.compile(r"(?i)(https?://[^/\s]|mailto:[^\s])")
ANCHOR = re.compile(r"[A-Za-z][A-Za-z0-9_.\-]*")
_RESERVED_ANCHOR = re.compile(r"fn(ref)?\d")
_LONGEST_ID = 200
_TRAILING_ID = re.compile(r"\{#([^\s{}]+)\}$")
# No other attribute's value can hold this, as quotes in values are escaped.
_PLACEHOLDER = re.compile(r' (href|src)="sitrep:(\d+)"')


class Refused(Struct, frozen=True):
    """A target or an attribute that may not stand in a page, and its line in the body, from 0."""

    target: str
    line: int


class References(Struct):
    """What has been found in one body; lines count from 0."""

    inside: list[Reference] = []
    refused: list[Refused] = []
    repeated: list[Refused] = []
    anchors: dict[str, None] = {}
    repeats: dict[str, int] = {}


def references_plugin(markdown: MarkdownIt) -> None:
    """Teaches `markdown` to collect references into `env["sitrep"]`, and to give headings their ids."""
    markdown.core.ruler.push("sitrep_trailing_ids", _take_trailing_ids)
    markdown.core.ruler.push("sitrep_references", _collect)
    markdown.core.ruler.push("sitrep_given_ids", _claim_given_ids)
    markdown.core.ruler.push("sitrep_anchors", _give_anchors)
    markdown.core.ruler.push("sitrep_notes", _note_footnotes)


def _take_trailing_ids(state: StateCore) -> None:
    for index, token in enumerate(state.tokens):
        if token.type == "heading_open":
            _take_trailing_id(token, state.tokens[index + 1])


def _take_trailing_id(opening: Token, inline: Token) -> None:
    """`## Words {#id}`, as Pandoc and kramdown write it."""
    last = inline.children[-1] if inline.children else None
    words = last.content.rstrip() if last is not None and last.type == "text" else ""
    match = _TRAILING_ID.search(words, max(0, len(words) - _LONGEST_ID))
    if last is not None and match is not None:
        last.content = words[: match.start()].rstrip()
        opening.attrSet("id", match[1])


def _collect(state: StateCore) -> None:
    found: References = state.env["sitrep"]
    for token in state.tokens:
        if token.type == "inline" and token.children and ("[" in token.content or "<" in token.content):
            token.children = list(_without_refused(token, found, state.src))


def _claim_given_ids(state: StateCore) -> None:
    found: References = state.env["sitrep"]
    line = 0
    for token in state.tokens:
        line = token.map[0] if token.map else line
        for part in (token, *(token.children or ())):
            given = part.attrs.get("id")
            if given is None:
                continue
            if part.hidden:  # the paragraph of a tight list has no tag to carry an id
                found.refused.append(Refused(f"#{given}", line))
                continue
            anchor = str(given)
            if not ANCHOR.fullmatch(anchor) or _RESERVED_ANCHOR.match(anchor):
                found.refused.append(Refused(f"#{anchor}", line))
                del part.attrs["id"]
            elif anchor in found.anchors:
                found.repeated.append(Refused(f"#{anchor}", line))
            else:
                found.anchors[anchor] = None


def _give_anchors(state: StateCore) -> None:
    found: References = state.env["sitrep"]
    for index, token in enumerate(state.tokens):
        if token.type == "heading_open" and "id" not in token.attrs:
            token.attrSet("id", anchor_of(plain_text(state.tokens[index + 1]), found))


def anchor_of(words: str, found: References) -> str:
    """The anchor of a heading of these `words`, which no other has in this body."""
    base = slug(words) or "section"
    if _RESERVED_ANCHOR.match(base):
        base = f"section-{base}"
    anchor = base
    while anchor in found.anchors:
        found.repeats[base] = found.repeats.get(base, 1) + 1
        anchor = f"{base}-{found.repeats[base]}"
    found.anchors[anchor] = None
    return anchor


def _note_footnotes(state: StateCore) -> None:
    found: References = state.env["sitrep"]
    for token in state.tokens:
        for part in (token, *(token.children or ())):
            if part.type in ("footnote_ref", "footnote_open"):
                number = part.meta["id"] + 1
                sub = f":{part.meta['subId']}" if part.meta.get("subId", 0) > 0 else ""
                anchor = f"fnref{number}{sub}" if part.type == "footnote_ref" else f"fn{number}"
                found.anchors[anchor] = None


def _without_refused(inline: Token, found: References, source: str) -> Iterator[Token]:
    place = _Place(inline, source)
    kept_links: list[bool] = []
    for token in inline.children or ():
        if token.type == "link_open":
            target = str(token.attrs.get("href", ""))
            kept_links.append(leads_to_web(target) or _refer(token, "href", place, found))
            if not kept_links[-1]:
                continue
        elif token.type == "link_close":
            if not kept_links.pop():
                continue
        elif token.type == "image":
            if not _refer(token, "src", place, found):
                yield Token("text", "", 0, content=token.content)
                continue
            token.attrs["loading"] = "lazy"
        yield token


class _Place:
    """Where in a body a line's targets stand, one after the other."""

    def __init__(self, inline: Token, source: str) -> None:
        # The words of a note in the text (`^[…]`) have no line of their own: they are looked for in the whole body.
        self._text, self._first = (inline.content, inline.map[0]) if inline.map else (source, 0)
        self._at = 0

    def line_of(self, target: str) -> int:
        """The line, from 0, on which `target` stands next; that of the last one where it stands elsewhere."""
        at = self._text.find(target, self._at)
        if at >= 0:
            self._at = at + len(target)
        return self._first + self._text.count("\n", 0, self._at)


def _refer(token: Token, attribute: str, place: _Place, found: References) -> bool:
    written = str(token.attrs.get(attribute, ""))
    target = target_of(written)
    line = place.line_of(unquote(written))
    picture = attribute == "src"
    if not may_stand(target, picture=picture):
        found.refused.append(Refused(target, line))
        return False
    token.attrs[attribute] = refer(target, line, found, picture=picture)
    return True


def leads_to_web(written: str) -> bool:
    """Whether a link's address stays as it is `written`."""
    return bool(_WEB.match(written))


def target_of(written: str) -> str:
    """What an address inside the archive names."""
    name, mark, anchor = written.partition("#")
    # A `#` in a file's name is written %23: it must not be taken for the one before an anchor.
    return unquote(name).replace("#", "%23") + mark + unquote(anchor)


def may_stand(target: str, *, picture: bool) -> bool:
    """Whether `target` is one that the archive can hold; else it is refused."""
    scheme = _SCHEME.match(target)
    return bool(target) and not target.startswith("//") and (not scheme or (target.startswith("id:") and not picture))


def refer(target: str, line: int, found: References, *, picture: bool) -> str:
    """Notes a reference to `target`; the placeholder that stands for it."""
    found.inside.append(Reference(target, line, picture))
    return f"sitrep:{len(found.inside) - 1}"


def fill_in(html: str, addresses: Sequence[str]) -> str:
    """`html` with the placeholder of each reference replaced by its address, which is safe in an attribute."""
    if not addresses:
        return html
    return _PLACEHOLDER.sub(lambda match: f' {match[1]}="{addresses[int(match[2])]}"', html)


def plain_text(inline: Token) -> str:
    """The words of a line, without its markup, notes and pictures."""
    words = []
    for token in inline.children or ():
        if token.type in ("text", "code_inline", "text_special"):
            words.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            words.append(" ")
    return " ".join("".join(words).split())
