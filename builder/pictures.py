"""Pictures as the site shows them: no larger than need be, and without what a camera has written into them.

Where a photograph was taken, and with which device, can cost its photographer's life.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder.cache import fingerprint

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


def picture_key(digest: str, width: int, widths: tuple[int, ...]) -> bytes:
    """The key of what became of the picture with that SHA-256, which is published in these widths."""
    return fingerprint(_making(), digest, width, widths)


def bytes_key(digest: str) -> bytes:
    """The key of the bytes with that SHA-256 that were made of a picture."""
    return fingerprint("picture", digest)


@lru_cache(maxsize=1)
def _making() -> bytes:
    """The fingerprint of all that decides what becomes of a picture: another edit of the program makes none anew."""
    from importlib.metadata import version  # it takes longer to load than most archives' pictures to look at

    here = Path(__file__).parent
    ours = [(here / name).read_bytes() for name in ("pictures.py", "variants.py", "work/picturing.py")]
    return fingerprint("pictures", version("pillow"), *ours)


# What Pillow raises where bytes aren't what they should be.
_BROKEN = (
    *(OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, OverflowError, MemoryError, RuntimeError),
    *(struct.error, zlib.error),
)


@contextmanager
def opened(data: bytes) -> Iterator[Image]:
    """A picture, to be worked on. Raises UnreadablePicture, also for what is found out while it is worked on."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            # One of more than 90 million pixels would take more memory than it may be worth.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data)) as picture:
                yield picture
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as problem:
        raise UnreadablePicture("it has too many pixels; make it smaller") from problem
    except _BROKEN as problem:
        # Pillow names the bytes by where they lie in memory.
        why = "it is of no known kind" if "cannot identify" in str(problem) else str(problem)
        raise UnreadablePicture(why) from problem


def published_picture(data: bytes, width: int) -> bytes | None:
    """The bytes of a picture as it is published: at most `width` pixels wide, upright, without Exif, XMP and comments.

    None where it is that already, and is published as it is. Raises UnreadablePicture.
    """
    from PIL import ImageOps

    with opened(data) as picture:
        frames = getattr(picture, "n_frames", 1)
        lies = picture.getexif().get(_ORIENTATION, 1) in _LYING
        is_large = (picture.height if lies else picture.width) > width and frames == 1
        if not is_large and not _tells_something(picture):
            picture.load()  # that it can be
            return None
        kind = "JPEG" if picture.format == "MPO" else str(picture.format)
        if frames > 1 and kind != "JPEG":
            return _saved(picture, kind, save_all=True)
        upright = ImageOps.exif_transpose(picture)
        if is_large:
            return _saved(_narrowed(upright, width), kind)
        is_as_it_was = upright.size == picture.size and picture.getexif().get(_ORIENTATION, 1) == 1
        return _saved(picture if is_as_it_was else upright, kind, keep=is_as_it_was and picture.format == "JPEG")


def _narrowed(picture: Image, width: int) -> Image:
    """A picture in that width. One of a palette gets a palette again: only whole colours can be mixed."""
    from PIL import Image

    size = (width, max(1, round(picture.height * width / picture.width)))
    if picture.mode not in ("1", "P"):
        return picture.resize(size, Image.Resampling.LANCZOS)
    whole = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    mixed = whole.resize(size, Image.Resampling.LANCZOS)
    if picture.mode == "1":
        return mixed.convert("L")
    method = Image.Quantize.FASTOCTREE if mixed.mode == "RGBA" else Image.Quantize.MEDIANCUT
    found = mixed.quantize(256, method, dither=Image.Dither.NONE)
    found.info = {name: value for name, value in picture.info.items() if name not in ("background", "transparency")}
    return found


_ORIENTATION = 0x0112  # Exif's tag
_LYING = frozenset({5, 6, 7, 8})  # its values for what is turned by a quarter


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
