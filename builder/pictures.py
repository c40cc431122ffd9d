"""Pictures as the site shows them: no larger than need be, and without what a camera has written into them.

Where a photograph was taken, and with which device, can cost its photographer's life.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

SUFFIXES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp")

# All else that a file says of itself goes. These decide what a picture looks like.
_LOOKS = frozenset({"background", "dpi", "duration", "gamma", "icc_profile", "loop", "transparency"})
# What holds a picture, without a word about it; Pillow tells of segments of JPEG by their markers.
_PLAIN = _LOOKS | {
    "adobe", "adobe_transform", "bbox", "blend", "default_image", "disposal", "extension", "jfif", "jfif_density",
    "jfif_unit", "jfif_version", "progression", "progressive", "sizes", "timestamp", "version",
}  # fmt: skip
_PLAIN_SEGMENTS = frozenset({"APP0", "APP14"})


class UnreadablePicture(Exception):
    """The bytes are no picture, or a broken one."""


def published_picture(data: bytes, width: int) -> bytes | None:
    """The bytes of a picture as it is published: at most `width` pixels wide, upright, without Exif, XMP and comments.

    None where it is that already, and is published as it is. Raises UnreadablePicture.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(data)) as picture:
            frames = getattr(picture, "n_frames", 1)
            is_large = picture.width > width and frames == 1
            if not is_large and not _tells_something(picture):
                return None
            kind = "JPEG" if picture.format == "MPO" else str(picture.format)
            if frames > 1 and kind != "JPEG":
                return _saved(picture, kind, save_all=True)
            upright = ImageOps.exif_transpose(picture)
            if is_large:
                size = (width, max(1, round(upright.height * width / upright.width)))
                return _saved(upright.resize(size, Image.Resampling.LANCZOS), kind)
            is_as_it_was = upright.size == picture.size and picture.getexif().get(_ORIENTATION, 1) == 1
            return _saved(picture if is_as_it_was else upright, kind, keep=is_as_it_was and picture.format == "JPEG")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as problem:
        raise UnreadablePicture(str(problem)) from problem


_ORIENTATION = 0x0112  # Exif's tag


def _tells_something(picture: Image) -> bool:
    """Whether a picture's file says more than the picture."""
    segments = {name for name, data in getattr(picture, "applist", ()) if not data.startswith(b"ICC_PROFILE\0")}
    return (
        bool(picture.getexif())
        or bool(getattr(picture, "text", None))
        or picture.format == "MPO"
        or not segments <= _PLAIN_SEGMENTS
        or not {str(name) for name in picture.info} <= _PLAIN
    )


_OPTIONS: dict[str, dict[str, Any]] = {
    "AVIF": {"quality": 70},
    "JPEG": {"optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 85, "method": 4},
}


def _saved(picture: Image, kind: str, *, keep: bool = False, **options: Any) -> bytes:
    """A picture's bytes in its own format. `keep` says to compress it as it was, which loses next to nothing."""
    looks: dict[Any, Any] = {name: value for name, value in picture.info.items() if name in _LOOKS}
    picture.info = looks
    if looks.get("icc_profile"):
        options["icc_profile"] = looks["icc_profile"]
    if kind == "JPEG":
        options |= {"quality": "keep" if keep else 85}
    options |= _OPTIONS.get(kind, {})
    made = BytesIO()
    picture.save(made, kind, **options)
    return made.getvalue()
