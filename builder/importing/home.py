"""Home: the state in which an address says that it is at home."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from builder.importing.vocabulary import place_names

# Domains of states that are sold to everybody, or are no state's.
_ANYBODYS = frozenset((
    "ac", "ai", "cc", "co", "eu", "fm", "gg", "io", "la", "ly", "me", "nu", "sh", "st", "su", "to", "tv", "ws",
))  # fmt: skip
_OTHER = {"uk": "GB", "gov": "US", "mil": "US"}


def home_of(url: str) -> str:
    """The ISO 3166-1 code of the state to whose domain an address belongs; empty for none.

    Of a domain that is sold to everybody, only what lies in one of its own parts counts: `.com.co`, not `.co`.
    """
    try:
        parts = (urlsplit(url).hostname or "").split(".")
    except ValueError:
        return ""
    domain = parts[-1]
    if domain in _ANYBODYS and not (len(parts) > 2 and parts[-2] in ("com", "org", "net", "gov", "gob")):
        return ""
    code = _OTHER.get(domain) or domain.upper()
    return code if len(parts) > 1 and code in _states() else ""


@lru_cache(maxsize=1)
def _states() -> frozenset[str]:
    return frozenset(state for place in place_names() if place.form == "state" for state in place.states)
