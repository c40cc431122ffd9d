"""Home: the state that an address speaks of: by the section of its site, else by where it is at home."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from builder.importing.vocabulary import place_names

# Domains of states that are sold to everybody, or are no state's.
_ANYBODYS = frozenset((
    "ac", "ai", "cc", "co", "eu", "fm", "gg", "io", "la", "ly", "me", "nu", "sh", "st", "su", "to", "tv", "ws",
))  # fmt: skip
_OTHER = {"uk": "GB", "gov": "US", "mil": "US"}


# Sections of news from other states than that of the site.
_ABROAD = re.compile(
    r"(?:^|[/-])(?:world|international|foreign|abroad|global|monde|mundo|internacional|internationales?|ausland|welt|"
    r"esteri|buitenland|mezhdunarod\w*|svet|swiat|dunya)(?:[/-]|$)"
)


def home_of(url: str) -> str:
    """The ISO 3166-1 code of the state to whose domain an address belongs; empty for none, and for news from abroad.

    Of a domain that is sold to everybody, only what lies in one of its own parts counts: `.com.co`, not `.co`. News
    from abroad is of the first state that its section names, as `/world-us-canada` does.
    """
    try:
        split = urlsplit(url)
    except ValueError:
        return ""
    path = split.path.lower()
    if (section := _ABROAD.search(path)) is not None:
        return next((state for word in _words(path[section.end() :]) if (state := _sections().get(word))), "")
    parts = (split.hostname or "").split(".")
    domain = parts[-1]
    if domain in _ANYBODYS and not (len(parts) > 2 and parts[-2] in ("com", "org", "net", "gov", "gob")):
        return ""
    code = _OTHER.get(domain) or domain.upper()
    return code if len(parts) > 1 and code in _states() else ""


def _words(path: str) -> list[str]:
    """The words of a path in front of the article's own part, which is the last that is long."""
    return [word for part in path.split("/") if len(part) < 30 for word in part.split("-")]


@lru_cache(maxsize=1)
def _sections() -> dict[str, str]:
    """States by their names of one word, in small letters."""
    named = ((place.name.lower(), place.states) for place in place_names() if place.form == "state")
    found = {name: states[0] for name, states in named if len(states) == 1 and name.isascii() and name.isalpha()}
    return found | {"us": "US", "usa": "US", "uk": "GB"}


@lru_cache(maxsize=1)
def _states() -> frozenset[str]:
    return frozenset(state for place in place_names() if place.form == "state" for state in place.states)
