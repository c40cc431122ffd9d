"""Saved: at which address a page was read, as the program that saved it has noted."""

from __future__ import annotations

import re
from html import unescape

from lxml.html import HtmlElement

_HEAD = 4096  # characters, in which such a note stands
_URL = r"(?P<url>https?://[^\s<>\"]+)"
_NOTES = (
    re.compile(rf"<!--\s*saved from url=\(\d+\){_URL}"),  # Chrome, Edge, Internet Explorer
    re.compile(rf"<!--\s*Page saved with SingleFile\s+url:\s*{_URL}"),
)
_MIRRORED = re.compile(r"<!--\s*Mirrored from (?P<place>[\w.-]+\.\w+/\S*) by HTTrack")


def saved_from(html: str, tree: HtmlElement) -> str:
    """The address that a saved page was read at; empty where nobody has noted it. `tree` is that of `html`."""
    head = html[:_HEAD]
    for note in _NOTES:
        if (match := note.search(head)) is not None:
            return unescape(match["url"])
    if (match := _MIRRORED.search(head)) is not None:
        return f"http://{unescape(match['place'])}"
    # Firefox's Reader View.
    domains = (a.get("href") or "" for a in tree.iter("a") if "reader-domain" in (a.get("class") or "").split())
    return next((url for url in domains if url.startswith(("http://", "https://"))), "")
