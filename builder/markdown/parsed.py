"""What a parser makes of a body, whichever of the two it is."""

from __future__ import annotations

from msgspec import Struct

from builder.markdown.references import References
from builder.model.common import Heading


class Parsed(Struct, frozen=True):
    """A body's HTML, with placeholders for its references, and what is known of it without."""

    html: str
    excerpt: str
    headings: tuple[Heading, ...]
    found: References
