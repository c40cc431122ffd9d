"""Pictures: what a camera has written into them isn't published, and they are no larger than need be."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from conftest import Archive
from photographs import opened, saved
from PIL import Image, PngImagePlugin
from sites import PNG

from builder.pictures import UnreadablePicture, published_picture

MAKE, ORIENTATION, GPS = 0x010F, 0x0112, 0x8825
HERE = (42.0, 53.0, 27.5)


def picture(kind: str, size: tuple[int, int] = (60, 40), exif: bool = True, orientation: int = 1) -> bytes:
    """A picture, red at its left and blue at its right, that says where it was taken."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    said = Image.Exif()
    if exif:
        said[MAKE] = "A camera"
        said[ORIENTATION] = orientation
        said.get_ifd(GPS).update({1: "N", 2: HERE, 3: "E", 4: HERE})
    options = {"quality": 90} if kind in ("JPEG", "WEBP", "AVIF") else {}
    return saved(image, kind, **({"exif": said} if exif else {}), **options)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_picture_tells_nothing_of_who_took_it_where(kind: str) -> None:
    before = picture(kind)
    assert opened(before).getexif().get_ifd(GPS)
    after = published_picture(before, 1600)
    image = opened(after)
    assert not image.getexif() and not image.info.get("exif") and not image.info.get("xmp")
    assert after is not None and b"A camera" not in after and b"Exif" not in after
    assert (image.format, image.size) == (kind, (60, 40))
    red, blue = image.convert("RGB").getpixel((5, 20)), image.convert("RGB").getpixel((55, 20))
    assert red[0] > 200 > red[2] and blue[2] > 200 > blue[0]
    assert published_picture(after, 1600) is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_a_picture_that_tells_nothing_is_published_as_it_is(kind: str) -> None:
    assert published_picture(picture(kind, exif=False), 1600) is None


def test_the_smallest_picture_is_published_as_it_is() -> None:
    assert published_picture(PNG, 1600) is None


def test_comments_and_texts_go() -> None:
    for kind, options, secret in (
        ("JPEG", {"comment": b"taken by Ann"}, b"taken by Ann"),
        ("JPEG", {"xmp": b"<x:xmpmeta>Ann</x:xmpmeta>"}, b"xmpmeta"),
        ("GIF", {"comment": b"taken by Ann"}, b"taken by Ann"),
    ):
        made = BytesIO()
        Image.new("RGB", (9, 9), "red").save(made, kind, **options)
        assert secret in made.getvalue()
        assert secret not in (published_picture(made.getvalue(), 1600) or secret)
    said = PngImagePlugin.PngInfo()
    said.add_itxt("Author", "Ann")
    made = BytesIO()
    Image.new("RGB", (9, 9), "red").save(made, "PNG", pnginfo=said)
    assert b"Ann" not in (published_picture(made.getvalue(), 1600) or b"Ann")


def test_a_picture_is_turned_upright_before_it_forgets_how_it_was_held() -> None:
    image = opened(published_picture(picture("JPEG", orientation=6), 1600))
    assert image.size == (40, 60)
    assert image.getpixel((20, 5))[0] > 200  # what was at the left is at the top


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_wide_picture_is_made_smaller_and_keeps_its_colours(kind: str) -> None:
    image = opened(published_picture(picture(kind, (400, 200)), 100))
    assert image.size == (100, 50)
    assert not image.getexif()


def test_a_profile_of_colours_stays() -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made, said = BytesIO(), Image.Exif()
    said[MAKE] = "A camera"
    Image.new("RGB", (9, 9), "red").save(made, "JPEG", icc_profile=profile, exif=said)
    assert opened(published_picture(made.getvalue(), 1600)).info["icc_profile"] == profile


def test_a_moving_picture_keeps_its_frames() -> None:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue", "green")]
    made = BytesIO()
    frames[0].save(made, "GIF", save_all=True, append_images=frames[1:], comment=b"Ann", duration=50)
    after = published_picture(made.getvalue(), 5)
    assert opened(after).n_frames == 3 and after is not None and b"Ann" not in after


@pytest.mark.parametrize("data", [b"", b"\x89PNG", b"no picture", picture("JPEG")[:300]])
def test_what_is_no_picture_is_told(data: bytes) -> None:
    with pytest.raises(UnreadablePicture):
        published_picture(data, 10)


def test_the_site_shows_pictures_without_what_they_tell(archive: Archive, tmp_path: Path) -> None:
    secret = picture("JPEG", (400, 200))
    archive.config("[output]\npicture_width = 200\n")
    archive.write_bytes("media/bridge.jpg", secret)
    archive.write("briefings/talks.md", image={"src": "/media/bridge.jpg", "alt": "A bridge"})
    archive.build()
    files = archive.files()
    (path,) = [path for path in files if path.startswith("assets/bridge.")]
    assert opened(files[path]).size == (200, 100) and b"A camera" not in files[path]
    assert f"/{path}" in archive.page("/2022/08/17/talks/")
    assert (archive.root / "content/media/bridge.jpg").read_bytes() == secret
    assert archive.run("build", "--json").report["counts"]["written"] == 0
    (archive.output / path).unlink()
    archive.build()
    assert archive.files() == files  # made again from what is kept
    archive.build("--clean", "--output", str(tmp_path / "cold"))
    assert (tmp_path / "cold" / path).read_bytes() == files[path]
