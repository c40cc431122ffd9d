"""Files that hosts read: headers and redirects, each in the forms that hosts understand."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from builder.hosting import FOREVER, security_headers
from builder.pages.recipes import NothingRecipe, RedirectsRecipe, SecurityRecipe
from builder.pages.shelf import Shelf
from builder.pages.values import Value

# Cloudflare Pages reads as many from `_redirects`. The page at an old address leads to the new one all the same.
_MOST_REDIRECTS = 2000


def headers_inputs(shelf: Shelf, _address: str, _recipe: NothingRecipe) -> Value:
    """What hosts are told of the site's answers."""
    scene = shelf.scene
    return {
        "base": scene.base_path,
        "headers": [list(header) for header in security_headers(scene.absolute.startswith("https:"))],
        "forever": FOREVER,
    }


def redirects_inputs(shelf: Shelf, _address: str, recipe: RedirectsRecipe) -> Value:
    """The redirects from old addresses: `pattern` is a regular expression, `quoted` has only ASCII (RFC 3986)."""
    base = shelf.scene.base_path
    redirects = [
        {"from": base + old, "quoted": quote(base + old), "pattern": re.escape(base + old), "to": quote(base + new)}
        for old, new in recipe.redirects
    ]
    more: Value = {"redirects": redirects, "most": _MOST_REDIRECTS, "compressed": list(recipe.compressed)}
    return more | headers_inputs(shelf, _address, NothingRecipe())


def cname_inputs(shelf: Shelf, _address: str, _recipe: NothingRecipe) -> Value:
    """The site's own domain."""
    return {"host": urlsplit(shelf.scene.absolute).hostname}


def security_inputs(shelf: Shelf, address: str, recipe: SecurityRecipe) -> Value:
    """Whom to write to about a hole in the site (RFC 9116)."""
    is_mail = "@" in recipe.contact and ":" not in recipe.contact
    return {
        "contact": f"mailto:{recipe.contact}" if is_mail else recipe.contact,
        "expires": recipe.expires if "T" in recipe.expires else f"{recipe.expires}T00:00:00Z",
        "canonical": shelf.scene.absolute + address,
        "language": shelf.scene.language,
    }


def nothing_inputs(_shelf: Shelf, _address: str, _recipe: NothingRecipe) -> Value:
    """Nothing: that the file is there says it all."""
    return {}
