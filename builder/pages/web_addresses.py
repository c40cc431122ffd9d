"""Web addresses as a page may hold them: what is no part of one is percent-encoded, as browsers do."""

from __future__ import annotations

import re
from urllib.parse import quote

_HOST = re.compile(r"https?://[^/?#]*")
# No URL code points (https://url.spec.whatwg.org/#url-code-points), and a sign of per cent that encodes nothing.
_FOREIGN = re.compile(r'[\s"<>\\^`{|}\[\]]|%(?![0-9A-Fa-f]{2})')


def encoded(address: str) -> str:
    """A web address, as it was written, with what no URL may hold behind its host percent-encoded."""
    host = _HOST.match(address)
    end = host.end() if host else 0
    before, mark, fragment = _FOREIGN.sub(lambda found: quote(found[0], safe=""), address[end:]).partition("#")
    return address[:end] + before + mark + fragment.replace("#", "%23")
