"""Variants: a picture in several widths, so that a small screen on a slow line needn't fetch the largest."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import Struct

from builder.pictures import opened

if TYPE_CHECKING:
    from PIL.Image import Image

# Of those that WebP knows, and that can become one of them without loss: others, such as 16 bits of grey, are rare.
_MODES = {
    "1": "RGB", "L": "RGB", "LA": "RGBA", "P": "RGB", "PA": "RGBA", "RGB": "RGB", "RGBA": "RGBA", "CMYK": "RGB",
    "YCbCr": "RGB",
}  # fmt: skip
# Drawings and screenshots, whose letters must stay sharp.
_WITHOUT_LOSS = frozenset({"GIF", "PNG"})


class Sized(Struct, frozen=True):
    """A picture's width and height in pixels, and the bytes of its variants by their widths, narrowest first."""

    width: int
    height: int
    variants: tuple[tuple[int, bytes], ...] = ()


def sized(data: bytes, widths: tuple[int, ...]) -> Sized:
    """The size of a picture, upright already, with variants of it as WebP in those of `widths` that are narrower.

    Where it is narrower than the widest of them, there is one of its own width as well. One that isn't smaller than
    the next wider in bytes is left out; so a picture that WebP can't make smaller has none, and neither has one that
    moves, or is narrower than all of them. Raises UnreadablePicture.
    """
    with opened(data) as picture:
        width, height = picture.size
        is_still = getattr(picture, "n_frames", 1) == 1 or picture.format == "MPO"
        if not widths or width <= min(widths) or not is_still or picture.mode not in _MODES:
            return Sized(width, height)
        wanted = sorted({min(wanted, width) for wanted in widths}, reverse=True)
        lossless = picture.format in _WITHOUT_LOSS
        plain, profile = _plain(picture)
        made: list[tuple[int, bytes]] = []
        least = len(data)
        for at in wanted:
            variant = _webp(_narrowed(plain, at), lossless, profile)
            if len(variant) < least:
                made.append((at, variant))
                least = len(variant)
            elif not made:
                break  # else browsers would blow up a narrower one
        return Sized(width, height, tuple(reversed(made)))


def _plain(picture: Image) -> tuple[Image, bytes | None]:
    """A picture in colours that WebP has, and the profile that tells what they look like."""
    mode = "RGBA" if "transparency" in picture.info else _MODES[picture.mode]
    profile = picture.info.get("icc_profile") or None
    if picture.mode == "CMYK":
        return (_in_srgb(picture, profile) if profile else picture.convert(mode)), None
    if picture.mode in ("L", "LA"):  # a profile of greys says nothing of colours
        profile = None
    return (picture if picture.mode == mode else picture.convert(mode)), profile


def _in_srgb(picture: Image, profile: bytes) -> Image:
    """A picture in inks as it looks on a screen."""
    from PIL import ImageCms

    srgb = ImageCms.createProfile("sRGB")
    try:
        return ImageCms.profileToProfile(picture, BytesIO(profile), srgb, outputMode="RGB") or picture.convert("RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):  # no sound profile: as if there were none
        return picture.convert("RGB")


def _narrowed(picture: Image, width: int) -> Image:
    from PIL import Image

    if width == picture.width:
        return picture
    size = (width, max(1, round(picture.height * width / picture.width)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _webp(picture: Image, lossless: bool, profile: bytes | None) -> bytes:
    made = BytesIO()
    options = {"icc_profile": profile} if profile else {}
    picture.save(made, "WEBP", lossless=lossless, quality=80, method=4, exact=False, **options)
    return made.getvalue()
