"""Picturing, as work: a picture becomes what is published of it, and is kept."""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec import msgpack

from builder.pictures import UnreadablePicture, bytes_key, picture_key, published_picture
from builder.variants import sized
from builder.work.shared import pieces_in
from builder.work.tasks import MadePicture, MadeVariant, PictureTask


def make_picture(task: PictureTask) -> MadePicture:
    """Makes what is published of a picture, and keeps it. What can't be read is told of, and not kept."""
    try:
        data = (Path(task.root) / task.path).read_bytes()
        if _digest(data) != task.digest:
            return MadePicture(task.digest, problem="changed while the site was built; build again")
        new = published_picture(data, task.width)
        published = data if new is None else new
        picture = sized(published, task.widths)
    except UnreadablePicture as problem:
        message = f"can't be read as a picture ({problem}), and may tell where and by whom it was taken; save it again"
        return MadePicture(task.digest, problem=message)
    except OSError as problem:
        return MadePicture(task.digest, problem=f"can't be read: {problem.strerror}")
    made = MadePicture(
        digest=_digest(published),
        size=len(published),
        is_new=new is not None,
        width=picture.width,
        height=picture.height,
        variants=tuple([MadeVariant(width, _digest(variant), len(variant)) for width, variant in picture.variants]),
    )
    to_keep = [variant for _, variant in picture.variants] + ([] if new is None else [new])
    what = (picture_key(task.digest, task.width, task.widths), msgpack.encode(made))
    pieces_in(task.cache).put([*((bytes_key(_digest(kept)), kept) for kept in to_keep), what])
    return made


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
