"""Scripts: the two lines that a page gets in the preview, and in no build."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from builder.preview.live import digest_of

FOLDER = "/_preview/"
MOVED = "X-Sitrep-Moved"  # the header that tells preview.js where a page went
_HEAD = re.compile(rb"<head\b[^>]*>", re.IGNORECASE)


def with_scripts(page: bytes, host: str) -> bytes:
    """A page with the scripts that keep it up to date, of which the first knows what page it is.

    They stand before all others, so that they see the page as it was served. `host` is the one that was asked for, with
    its port: livereload's script takes an address in brackets, or in a folder, from its own address only so.
    """
    asked = urlsplit(f"//{host}")
    name = f"[{asked.hostname}]" if ":" in (asked.hostname or "") else asked.hostname
    query = f"host={name}&port={asked.port or 80}&mindelay=100&maxdelay=1000"
    scripts = (
        f'<script src="{FOLDER}preview.js" data-page="{digest_of(page)}" defer></script>'
        f'<script src="{FOLDER}livereload.js?{html.escape(query)}" defer></script>'
    ).encode()
    head = _HEAD.search(page)
    return page[: head.end()] + scripts + page[head.end() :] if head else page + scripts
