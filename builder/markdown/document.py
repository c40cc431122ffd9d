"""A whole body: Markdown in, HTML and what is known of it out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from msgspec import Struct

from builder.faults import Fault, did_you_mean, error, warning
from builder.markdown import fast, full
from builder.markdown.isolation import isolated
from builder.markdown.labels import PASSAGES
from builder.markdown.needs import needs
from builder.markdown.parser import normalized
from builder.markdown.references import Refused
from builder.markdown.settings import MarkdownSettings
from builder.model.common import Body, Reference

# Characters. The typographer's time grows with the square of a paragraph: at this length it is some 20 s.
MAX_BODY = 200_000

_WITHOUT_WORDS = re.compile(r'<img src="sitrep:(\d+)" alt=""')
_PASSAGE = re.compile(r"^ {0,3}:{3,}[ \t]*([^\s:]+)?[^\n]*$", re.MULTILINE)


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
    html, found = isolated(parsed.html), parsed.found
    body = Body(
        html=_digest(html),
        excerpt=parsed.excerpt,
        headings=parsed.headings,
        anchors=tuple(found.anchors),
        references=tuple(Reference(r.target, r.line + first_line, r.picture) for r in found.inside),
    )
    return RenderedBody(html, body), [
        *(_refusal(refused, path, first_line) for refused in found.refused),
        *(_repetition(repeated, path, first_line) for repeated in found.repeated),
        *_passage_faults(text, path, first_line),
        *(_silent(found.inside[int(number)], path, first_line) for number in _WITHOUT_WORDS.findall(html)),
    ]


def _silent(picture: Reference, path: str, first_line: int) -> Fault:
    message = f'nothing says what "{picture.target}" shows; write it in its brackets, for those who can\'t see it'
    return warning(path, picture.line + first_line, "no-alt", message)


def _passage_faults(text: str, path: str, first_line: int) -> Iterator[Fault]:
    """Passages that are misspelt, and so shown with their colons, or never closed, and so go on to the end."""
    if ":::" not in text or "```" in text or "~~~" in text:  # what stands in a fence is shown as it is
        return
    opened: list[int] = []
    for match in _PASSAGE.finditer(text):
        line = text.count("\n", 0, match.start()) + first_line
        if match[1] is None:
            opened = opened[:-1]
        elif match[1] in PASSAGES:
            opened.append(line)
        else:
            message = (
                f'there is no passage "{match[1]}"{did_you_mean(match[1], PASSAGES)}; there are: {", ".join(PASSAGES)}'
            )
            yield warning(path, line, "unknown-passage", message)
            opened.append(0)
    if any(opened):
        message = "the passage that opens here never ends; put a line `:::` behind its last"
        yield warning(path, max(opened), "unclosed-passage", message)


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
