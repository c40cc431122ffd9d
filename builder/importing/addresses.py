"""Addresses: what in an address tells of the page, and what only of how a reader came to it."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote_plus, urlencode, urlsplit, urlunsplit

# Parameters that are set by who sends readers, and read by who counts them; no page depends on them.
_COUNTED = re.compile(
    r"(?i)utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_[ce]id|_ga|_gl|wt_mc|cmpid|"
    r"at_(?:medium|campaign|custom\d|format|ptr_name|link_\w+|bbc_team)|ns_(?:campaign|mchannel|source|linkname|fee)|"
    r"ocid|smid|smtyp|xtor|ref_src|ref_url|sr_share|__twitter_impression|mkt_tok|hss_channel"
)
# Others that mostly are: two addresses that differ in these alone are one page's.
_MAYBE = re.compile(r"(?i)at_\w+|ns_\w+|ref|partner|rss")


def without_tracking(url: str) -> str:
    """An address without the parameters that only track its reader; all else of it stays to the letter.

    >>> without_tracking("https://www.example.org/a?utm_source=rss&id=7#utm_medium=x")
    'https://www.example.org/a?id=7'
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that hold no IPv6 address
        return url
    query = "&".join(part for part in parts.query.split("&") if not _is_counted(part))
    fragment = "" if _is_counted(parts.fragment) else parts.fragment
    if (query, fragment) == (parts.query, parts.fragment):
        return url
    return urlunsplit(parts._replace(query=query, fragment=fragment))


def plain_address(url: str) -> str:
    """What all addresses of one page have in common: no scheme, no `www.`, nothing that only tracks its reader."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    pairs = ((key, value) for key, value in parse_qsl(parts.query) if not _COUNTED.fullmatch(key))
    query = urlencode([(key, value) for key, value in pairs if not _MAYBE.fullmatch(key)])
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    return f"{host}{parts.path.rstrip('/').removesuffix('/amp')}{'?' + query if query else ''}"


def _is_counted(parameter: str) -> bool:
    key, divider, _ = parameter.partition("=")
    return bool(divider) and _COUNTED.fullmatch(unquote_plus(key)) is not None
