"""Sitemaps: one file, or in a larger archive one for each part of it, so that an addition changes few of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

# Addresses that stand in one file, and those that a part must have for a file of its own.
SITEMAP_WHOLE, _SMALLEST = 2000, 100
# The limit of https://www.sitemaps.org/protocol.html for one file is 50,000 addresses.
SITEMAP_LIMIT = 45_000


def divided(addresses: Iterable[str], languages: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The addresses, in order, by the address of the sitemap that names them.

    Parts are the years, the kinds of terms and so on, by the first part of an address, of each of `languages` apart.
    """
    ordered = sorted(addresses)
    if len(ordered) <= SITEMAP_WHOLE:
        return {"/sitemap.xml": tuple(ordered)}
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for address in ordered:
        first, _, rest = address[1:].partition("/")
        parts[f"{first}-{rest.partition('/')[0]}" if first in languages else first].append(address)
    few = [part for part, own in parts.items() if len(own) < _SMALLEST]
    parts["rest"] += [address for part in few if part != "rest" for address in parts.pop(part)]
    return {
        f"/sitemap-{part}{f'-{start // SITEMAP_LIMIT + 1}' if start else ''}.xml": tuple(
            own[start : start + SITEMAP_LIMIT]
        )
        for part, own in sorted(parts.items())
        for start in range(0, len(own), SITEMAP_LIMIT)
    }
