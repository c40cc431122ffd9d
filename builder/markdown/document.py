"""A whole body: Markdown in, HTML and what is known of it out."""

from __future__ import annotations

import hashlib

from msgspec import Struct

from builder.faults import Fault, error, warning
from builder.markdown import fast, full
from builder.markdown.needs import needs
from builder.markdown.parser import MarkdownSettings, normalized
from builder.markdown.references import Refused
from builder.model.common import Body, Reference

# Characters. The typographer's time grows with the square of a paragraph: at this length it is some 20 s.
MAX_BODY = 200_000


class RenderedBody(Struct, frozen=True):
    """A body's HTML, and what is known of it without."""

    html: str
    body: Body


def render(text: str, path: str, first_line: int, settings: MarkdownSettings) -> tuple[RenderedBody, list[Fault]]:
    """The HTML of a body, with placeholders for its references (`references.fill_in` replaces them).

    `first_line` is the line of the file at `path` on which `text` begins. A body of over `MAX_BODY` characters
    is an error, as a parser's time may grow faster than its input.
    """
    if len(text) > MAX_BODY:
        message = f"the body has {len(text):,} characters, over {MAX_BODY:,}; divide it or attach it as a file"
        return RenderedBody("", Body(html=_digest(""))), [error(path, first_line, "too-long", message)]
    text = normalized(text)
    needed = needs(text)
    parsed = fast.parse(text, settings, needed) or full.parse(text, settings, needed)
    found = parsed.found
    body = Body(
        html=_digest(parsed.html),
        excerpt=parsed.excerpt,
        headings=parsed.headings,
        anchors=tuple(found.anchors),
        references=tuple(Reference(r.target, r.line + first_line, r.picture) for r in found.inside),
    )
    return RenderedBody(parsed.html, body), [
        *(_refusal(refused, path, first_line) for refused in found.refused),
        *(_repetition(repeated, path, first_line) for repeated in found.repeated),
    ]


def _digest(html: str) -> str:
    return hashlib.sha256(html.encode()).hexdigest()


def _refusal(refused: Refused, path: str, first_line: int) -> Fault:
    line = refused.line + first_line
    if refused.target.startswith("#"):
        rule = "use a to z, 0 to 9 and -, begin with a letter, and not with fn and a number"
        message = f'"{refused.target[1:]}" may not be an id: {rule}'
        return warning(path, line, "refused-id", message)
    message = (
        f'"{refused.target}" was left out, and its words kept: links lead to http, https, mailto and the archive, '
        "pictures come from content/media/"
    )
    return warning(path, line, "refused-target", message)


def _repetition(repeated: Refused, path: str, first_line: int) -> Fault:
    line = repeated.line + first_line
    return error(path, line, "repeated-id", f'the id "{repeated.target[1:]}" stands twice in this body; change one')
