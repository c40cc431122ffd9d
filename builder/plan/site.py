"""The site to be planned: the archive, its configuration, and where its files stand."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from builder.config import Config
from builder.index import Archive
from builder.plan.wording import Wording


class MediaFile(Struct, frozen=True):
    """A file of `content/media/` that the site shows: its address, its size in bytes, and its SHA-256."""

    address: str
    size: int
    digest: str


class Site(Struct, frozen=True):
    """All that page inputs are made from.

    `assets` has the address of each of the theme's static files, `media` of each used file by its path. `options`
    are the theme's, `needs` the costly inputs that it asks for.
    """

    config: Config
    archive: Archive
    wording: Wording
    assets: dict[str, str]
    media: dict[str, MediaFile]
    options: dict[str, Any]
    needs: frozenset[str]
