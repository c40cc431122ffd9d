"""PNG: a drawing in SVG becomes a picture, in our own fonts and no others: so it is the same on every machine."""

from __future__ import annotations

import hashlib
from functools import cache

from builder.cache import fingerprint
from builder.share.letters import FONTS

_FILES = ("sans.ttf", "serif.ttf")


def drawing_key(svg: bytes) -> bytes:
    """The key of what a drawing becomes."""
    return fingerprint(_drawing(), svg)


@cache
def _drawing() -> bytes:
    """The fingerprint of all that decides what becomes of a drawing."""
    from importlib.metadata import version  # which takes a while to load

    fonts = [hashlib.sha256((FONTS / name).read_bytes()).digest() for name in _FILES]
    return fingerprint("drawing as png", version("resvg_py"), fonts)


def png(svg: bytes) -> bytes:
    """The PNG of a drawing, as large as that says. Raises ValueError where it is no SVG."""
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg.decode(),
            skip_system_fonts=True,
            font_files=[str(FONTS / name) for name in _FILES],
            font_family="Share Sans",
        )
    )
