"""Pages for machines: the sitemap, robots.txt, and redirects from old addresses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from builder.plan.site import Site
from builder.plan.values import Value, root_of

# The limit of https://www.sitemaps.org/protocol.html for one file is 50,000 addresses.
SITEMAP_LIMIT = 45_000


def sitemap_inputs(site: Site, addresses: tuple[str, ...]) -> Value:
    """What one sitemap is made from; `lastmod` is the day on which a briefing was last revised."""
    zone = site.config.zone
    revised = {entry.briefing.address: entry.revised for entry in site.archive.entries}
    urls = []
    for address in addresses:
        instant = revised.get(address)
        lastmod = _day(instant, zone) if instant else None
        urls.append({"loc": site.config.absolute + address, "lastmod": lastmod})
    return {"urls": urls, "sitemaps": []}


def _day(instant: datetime, zone: ZoneInfo) -> str:
    try:
        return instant.astimezone(zone).date().isoformat()
    except OverflowError:  # the first and the last day of the calendar have no neighbours
        return instant.date().isoformat()


def sitemap_index_inputs(site: Site, addresses: Iterable[str]) -> Value:
    """What the index of several sitemaps is made from."""
    return {"urls": [], "sitemaps": [site.config.absolute + address for address in addresses]}


def robots_inputs(site: Site) -> Value:
    """What `robots.txt` is made from."""
    return {"sitemap": f"{site.config.absolute}/sitemap.xml"}


def redirect_inputs(site: Site, address: str, target: str) -> Value:
    """What stands at an old address: the way to the new one, with and without a browser that follows it."""
    return {
        "language": site.config.language,
        "target": root_of(address) + target,
        "canonical": site.config.absolute + target,
    }
