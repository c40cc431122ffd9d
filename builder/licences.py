"""Licences: what a text such as `CC BY 4.0` means to machines."""

from __future__ import annotations

import re

from msgspec import Struct

_CREATIVE_COMMONS = re.compile(
    r"CC[ -](?P<terms>BY(?:-(?:NC-SA|NC-ND|NC|SA|ND))?)[ -](?P<version>\d\.\d)", re.IGNORECASE
)
_ZERO = re.compile(r"CC0(?:[ -]1\.0)?", re.IGNORECASE)


class Licence(Struct, frozen=True):
    """A licence of Creative Commons: its SPDX identifier and its address."""

    identifier: str
    url: str


def known_licence(text: str | None) -> Licence | None:
    """The licence that `text` names, if it is one of Creative Commons; None for all others."""
    text = (text or "").strip()
    if _ZERO.fullmatch(text):
        return Licence("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/")
    match = _CREATIVE_COMMONS.fullmatch(text)
    if match is None:
        return None
    terms, version = match["terms"].upper(), match["version"]
    return Licence(f"CC-{terms}-{version}", f"https://creativecommons.org/licenses/{terms.lower()}/{version}/")
