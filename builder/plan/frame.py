"""The frame: the inputs that every page has, whatever it shows."""

from __future__ import annotations

from builder.plan.site import Site
from builder.plan.values import Value, root_of
from builder.plan.wording import direction

_PARTS = (
    ("dossiers", "Dossiers"),
    ("regions", "Regions"),
    ("actors", "Actors"),
    ("tags", "Tags"),
    ("sources", "Sources"),
)


def frame(
    site: Site,
    kind: str,
    address: str,
    title: str,
    description: str = "",
    feeds: tuple[tuple[str, str], ...] = (),
    language: str | None = None,
    draft: bool = False,
) -> Value:
    """The inputs of every HTML page. `feeds` are the titles and addresses of the page's own feeds."""
    config = site.config
    page_language = language or config.language
    own_feeds = [{"title": feed_title, "address": feed_address} for feed_title, feed_address in feeds]
    return {
        "root": root_of(address),
        "site": {
            "title": config.title,
            "description": config.description,
            "language": config.language,
            "dir": direction(config.language),
            "licence": config.licence,
            "contact": config.contact,
        },
        "page": {
            "kind": kind,
            "address": address,
            "title": title,
            "description": description or config.description,
            "lang": page_language,
            "dir": direction(page_language),
            "canonical": config.absolute + address,
            "feeds": [{"title": config.title, "address": "/feed.xml"}, *own_feeds],
            "draft": draft,
        },
        "nav": _nav(site, address),
        "assets": site.assets,
        "options": site.options,
    }


def _nav(site: Site, address: str) -> list[Value]:
    archive = site.archive
    present = {
        "dossiers": bool(archive.dossiers),
        **{f"{kind}s": bool(terms) for kind, terms in archive.terms.items()},
    }
    links = [(name, f"/{part}/") for part, name in _PARTS if present[part]]
    # Prose in a folder is led to by the page that has the folder's name, if there is one.
    inner = {address for inside in archive.prose_inside.values() for address in inside} | {"/"}
    links += [(p.document.meta.title, address) for address, p in archive.prose.items() if address not in inner]
    return [{"name": name, "address": to, "here": address.startswith(to)} for name, to in links]
