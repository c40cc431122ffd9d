"""Files that hosts read: which of them the site has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from builder.config import Config
from builder.pages.recipes import RedirectsRecipe, SecurityRecipe
from builder.plan.addresses import Redirect
from builder.plan.part import Page

_KINDS = {
    "apache": ("htaccess",),
    "cloudflare": ("headers", "redirects"),
    "github": ("nojekyll", "cname"),
    "netlify": ("headers", "redirects"),
    "nginx": ("nginx",),
}
_ADDRESSES = {
    "cname": "/CNAME",
    "headers": "/_headers",
    "htaccess": "/.htaccess",
    "nginx": "/nginx.conf",
    "nojekyll": "/.nojekyll",
    "redirects": "/_redirects",
    "security": "/.well-known/security.txt",
}
# Where these hosts serve a site without a domain of its own.
_SHARED = (".github.io", ".gitlab.io", ".codeberg.page")


def host_pages(config: Config) -> list[Page]:
    """The files for the hosts that `[output]` names, and `security.txt`, if `[security]` says whom to write to."""
    kinds = {kind for host in config.output.hosts for kind in _KINDS[host]}
    if _own_host(config) is None:
        kinds.discard("cname")
    if config.security.contact is not None:
        kinds.add("security")
    return [Page(_ADDRESSES[kind], kind) for kind in sorted(kinds)]


def _own_host(config: Config) -> str | None:
    """The domain of a site that stands at the top of one of its own, or None."""
    host = urlsplit(config.base_url).hostname
    return None if host is None or config.base_path or host.endswith(_SHARED) else host


def redirects_recipe(redirects: Iterable[Redirect], compressed: tuple[str, ...]) -> RedirectsRecipe:
    """What leads from old addresses to new ones: what somebody wrote first, then records' other names."""
    found = sorted(redirects, key=lambda redirect: (not redirect.maker.path, redirect.address))
    return RedirectsRecipe(tuple([(redirect.address, redirect.target) for redirect in found]), compressed)


def security_recipe(config: Config) -> SecurityRecipe:
    """What `security.txt` is made from."""
    expires = config.security.expires
    return SecurityRecipe(config.security.contact or "", expires.iso if expires is not None else "")


def dotless(pages: Iterable[Page]) -> Iterator[Page]:
    """Those whose addresses somebody else might want: no other begins with a dot."""
    return (page for page in pages if not page.address.startswith("/."))
