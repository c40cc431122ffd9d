"""Pictures like those of curators: photographs, drawings, and what goes wrong with them, made by Pillow."""

from __future__ import annotations

import random
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw


@cache
def scene(width: int = 1600, height: int = 1000) -> Image.Image:
    """Blurred colours with some grain, which is compressed as a photograph is."""
    chance = random.Random(9)
    large = Image.frombytes("RGB", (16, 10), chance.randbytes(16 * 10 * 3))
    fine = Image.frombytes("L", (400, 250), chance.randbytes(400 * 250)).convert("RGB")
    size = (width, height)
    return Image.blend(large.resize(size, Image.Resampling.BICUBIC), fine.resize(size, Image.Resampling.BICUBIC), 0.08)


@cache
def drawing(width: int = 1500, height: int = 600) -> Image.Image:
    """Lines and flat colours on nothing, as of a map: a palette with transparency."""
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    for at in range(0, width, 75):
        pen.line((at, 0, width - at, height), fill=(200, 30, 30, 255), width=5)
    pen.rectangle((0, 0, 300, 300), fill=(20, 60, 160, 255))
    return image.quantize(16)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    made = BytesIO()
    image.save(made, kind, **options)
    return made.getvalue()


def opened(data: bytes | None) -> Image.Image:
    assert data is not None
    image = Image.open(BytesIO(data))
    image.load()
    return image
