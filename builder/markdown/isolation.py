"""Isolation: an address among words that run from right to left keeps its own order, its last slash at its end.

By the Unicode Bidirectional Algorithm (UAX #9) a slash or a bracket between an address and Arabic words goes with
these, and would stand before the address. `bdi` parts the two, in every theme and every feed reader.
"""

from __future__ import annotations

import re

# Begins with letters, which a search finds at once. One that is an attribute's has a quotation mark before it.
_SHOWN = re.compile(r'https?://(?<!"https://)(?<!"http://)')
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_CODE_TAG_OR_ADDRESS = re.compile(
    r"<(pre|code)\b.*?</\1>|<[^>]*>|(https?://(?:&amp;|[^\s<>&])*(?:&amp;|[^\s<>&.,;:!?)\]’”»،؛؟…]))", re.DOTALL
)


def isolated(html: str) -> str:
    """The HTML of a body, with each address that it shows in a `bdi` if any of its words run from right to left."""
    if not _SHOWN.search(html) or not _RIGHT_TO_LEFT.search(html):
        return html
    return _CODE_TAG_OR_ADDRESS.sub(lambda found: f"<bdi>{found[2]}</bdi>" if found[2] else found[0], html)
