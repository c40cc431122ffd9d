"""Pictures in several widths: what a small screen needn't fetch, and that nothing moves when a picture arrives."""

from __future__ import annotations

import re
import struct
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import pytest
from conftest import Archive
from hypothesis import given, settings
from hypothesis import strategies as st
from photographs import drawing, opened, saved, scene
from PIL import Image, ImageCms
from sites import hosted, modules

from builder.pictures import UnreadablePicture, published_picture
from builder.variants import sized

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDTHS = (400, 800, 1224)
ORIENTATION = 0x0112


@pytest.fixture(scope="session")
def photograph() -> bytes:
    return saved(scene(), "JPEG", quality=85)


def widths_of(data: bytes) -> list[int]:
    return [width for width, _ in sized(data, WIDTHS).variants]


def test_a_photograph_is_there_in_the_widths_of_the_theme(photograph: bytes) -> None:
    made = sized(photograph, WIDTHS)
    assert (made.width, made.height) == (1600, 1000)
    assert [width for width, _ in made.variants] == [400, 800, 1224]
    sizes = [len(data) for _, data in made.variants]
    assert sizes == sorted(sizes) and sizes[-1] < len(photograph)
    for width, data in made.variants:
        image = opened(data)
        assert (image.format, image.size) == ("WEBP", (width, round(1000 * width / 1600)))
        assert not image.getexif()


def test_no_variant_is_wider_than_the_picture() -> None:
    assert widths_of(saved(scene().resize((1000, 625)), "JPEG")) == [400, 800, 1000]
    assert widths_of(saved(scene().resize((400, 250)), "JPEG")) == []
    assert widths_of(saved(scene().resize((90, 60)), "PNG")) == []


def test_the_same_picture_gives_the_same_bytes(photograph: bytes) -> None:
    assert sized(photograph, WIDTHS) == sized(photograph, WIDTHS)


def test_a_drawing_keeps_its_lines_and_what_shines_through() -> None:
    data = saved(drawing(), "PNG")
    image = opened(data)
    assert image.mode == "P" and "transparency" in image.info
    ((width, variant),) = sized(data, (400, 800, 1500)).variants  # smoothed lines of narrower ones take more bytes
    as_wide = opened(variant)
    assert width == 1500 and as_wide.convert("RGBA").tobytes() == image.convert("RGBA").tobytes()
    smaller = opened(published_picture(data, 700))
    assert (smaller.mode, smaller.size) == ("P", (700, 280))
    shown = smaller.convert("RGBA")
    pixel = shown.getpixel((50, 50))
    assert all(abs(a - b) < 3 for a, b in zip(pixel, (20, 60, 160, 255), strict=True))
    assert shown.getpixel((699, 140))[3] == 0
    assert len(set(shown.get_flattened_data())) > 16  # lines are smooth


def test_what_shines_through_a_picture_does_so_in_every_width() -> None:
    data = saved(seen_through(), "PNG")
    made = sized(data, WIDTHS).variants
    assert [width for width, _ in made] == [400, 800]
    for width, variant in made:
        image = opened(variant)
        assert image.mode == "RGBA"
        assert image.getpixel((width // 4, 9))[3] == 0 and image.getpixel((width * 3 // 4, 9))[3] == 255


def seen_through() -> Image.Image:
    image = scene(800, 500).convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 400, 500))
    return image


def test_a_variant_that_saves_nothing_is_left_out() -> None:
    small_in_bytes = saved(Image.new("RGB", (1000, 20), "red"), "WEBP", lossless=True)
    assert widths_of(small_in_bytes) == []


def test_inks_become_colours(photograph: bytes) -> None:
    image = opened(photograph).convert("CMYK").resize((800, 500))
    made = sized(saved(image, "JPEG"), WIDTHS).variants
    assert opened(made[0][1]).mode == "RGB"
    expected, found = scene().resize((400, 250)).getpixel((200, 125)), opened(made[0][1]).getpixel((200, 125))
    assert all(abs(a - b) < 25 for a, b in zip(expected, found, strict=True))
    broken = saved(image, "JPEG", icc_profile=b"no profile")
    assert opened(sized(broken, WIDTHS).variants[0][1]).mode == "RGB"


def test_a_profile_of_colours_goes_along_but_one_of_greys_does_not() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    coloured = sized(saved(scene(), "JPEG", icc_profile=profile), WIDTHS).variants
    assert opened(coloured[0][1]).info["icc_profile"] == profile
    grey = sized(saved(scene().convert("L"), "JPEG", icc_profile=profile), WIDTHS).variants
    assert "icc_profile" not in opened(grey[0][1]).info


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_what_moves_stays_as_it_is(kind: str) -> None:
    frames = [scene(600, 400).rotate(angle) for angle in (0, 5)]
    data = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=80)
    assert published_picture(data, 1600) is None
    assert sized(data, (100,)) == sized(data, ())


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_as_wide_as_it_is_shown(orientation: int) -> None:
    """A camera writes what it held upright lying on its side, and says so."""
    said = Image.Exif()
    said[ORIENTATION] = orientation
    image = opened(published_picture(saved(scene(300, 900), "JPEG", exif=said), 500))
    assert image.size == ((500, 167) if orientation in (5, 6, 7, 8) else (300, 900))


@pytest.mark.parametrize(("mode", "kind"), [("1", "PNG"), ("L", "PNG"), ("LA", "PNG"), ("P", "GIF"), ("I;16", "PNG")])
def test_every_kind_of_colours_is_narrowed(mode: str, kind: str) -> None:
    image = Image.new("I;16", (300, 200)) if mode == "I;16" else scene(300, 200).convert(mode)
    made = opened(published_picture(saved(image, kind), 100))
    assert made.size == (100, 67)
    sized(saved(image, kind), (100,))


def enormous() -> bytes:
    """A PNG of two lines that says that it is 30,000 pixels wide and high."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(60))) + chunk(b"IEND", b"")
    )


def test_broken_and_enormous_pictures_are_errors_that_name_the_file(archive: Archive, photograph: bytes) -> None:
    archive.write_bytes("media/enormous.png", enormous())
    archive.write_bytes("media/half.jpg", photograph[: len(photograph) // 2])
    archive.write_bytes("media/words.webp", b"words")
    archive.write("briefings/a.md", "".join(f"![x](/media/{n})\n" for n in ("enormous.png", "half.jpg", "words.webp")))
    ran = archive.run("build")
    assert ran.status == 1
    problems = {fault.partition(": error: can't be read as a picture (")[0]: fault for fault in ran.errors}
    assert [*problems] == [f"content/media/{name}" for name in ("enormous.png", "half.jpg", "words.webp")]
    assert "too many pixels; make it smaller" in problems["content/media/enormous.png"]
    assert "truncated" in problems["content/media/half.jpg"]


@cache
def sound_picture(kind: str) -> bytes:
    return saved(scene(80, 50), kind)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "AVIF"]), st.data())
def test_damage_is_found_or_harmless(kind: str, data: st.DataObject) -> None:
    sound = bytearray(sound_picture(kind))
    for _ in range(data.draw(st.integers(1, 8))):
        sound[data.draw(st.integers(0, len(sound) - 1))] = data.draw(st.integers(0, 255))
    try:
        published = published_picture(bytes(sound), 60) or bytes(sound)
        sized(published, (30, 70))
    except UnreadablePicture:
        pass


@settings(max_examples=30, deadline=None)
@given(
    st.integers(1, 300),
    st.integers(1, 300),
    st.sets(st.integers(1, 400), max_size=4),
    st.sampled_from(["RGB", "L", "P", "RGBA"]),
)
def test_variants_have_the_shape_of_the_picture_and_are_smaller(
    width: int, height: int, widths: set[int], mode: str
) -> None:
    data = saved(scene(width, height).convert(mode), "PNG")
    made = sized(data, tuple(widths))
    assert (made.width, made.height) == (width, height)
    found = [width for width, _ in made.variants]
    assert found == sorted(set(found)) and all(at in widths or at == width for at in found)
    assert all(at <= width and abs(opened(variant).height - height * at / width) <= 1 for at, variant in made.variants)
    bytes_of = [len(variant) for _, variant in made.variants] + [len(data)]
    assert bytes_of == sorted(set(bytes_of))


def write_two(archive: Archive, photograph: bytes) -> None:
    archive.write_bytes("media/the bridge.jpg", photograph)
    archive.write_bytes("media/map.png", saved(seen_through(), "PNG"))
    archive.write_bytes("media/only linked.jpg", saved(scene(1300, 700), "JPEG"))
    archive.write(
        "briefings/talks.md",
        '![Where they met](/media/map.png "The place | Ann")\n\n[All of it](</media/only linked.jpg>)\n',
        image={"src": "/media/the bridge.jpg", "alt": "A bridge", "caption": "From the north", "credit": "Ann"},
    )
    archive.write("dossiers/talks.md", "![Where they met](/media/map.png)\n", title="Talks")


def test_pages_show_pictures_in_the_width_that_a_browser_needs(archive: Archive, photograph: bytes) -> None:
    write_two(archive, photograph)
    assert not archive.build().faults
    page, files = archive.page("/2022/08/17/talks/"), archive.files()
    figures = [fromstring(_closed(figure)) for figure in re.findall(r"<figure>.*?</figure>", page, re.DOTALL)]
    for figure, alt in zip(figures, ("A bridge", "Where they met"), strict=True):
        source, image = figure.find("picture/source"), figure.find("picture/img")
        assert source is not None and image is not None and source.get("type") == "image/webp"
        assert image.get("alt") == alt and "38.25rem" in (source.get("sizes") or "")
        shown = opened(files[(image.get("src") or "").removeprefix("../../../../")])
        assert (image.get("width"), image.get("height")) == (str(shown.width), str(shown.height))
        for candidate in (source.get("srcset") or "").split(", "):
            address, width = candidate.split()
            assert f"{opened(files[address.removeprefix('../../../../')]).width}w" == width
    assert "The place <small>Ann</small>" in page and "From the north <small>Ann</small>" in page
    assert '<img src="../../../../assets/map.' in page and 'loading="lazy" width="800" height="500">' in page
    assert "<picture>" in archive.page("/dossiers/talks/")
    assert re.search(r"assets/the-bridge-800\.[0-9a-f]{12}\.webp", page)
    # What is only led to is there once; feeds have one picture, and no variants.
    assert len([path for path in files if "only-linked" in path]) == 1
    feed = files["feed.xml"].decode()
    assert "assets/map." in feed and "srcset" not in feed
    listed, webp = files["manifest.json"].decode(), {path for path in files if path.endswith(".webp")}
    assert webp and all(path in listed for path in webp)
    # Whoever takes the site away takes them along.
    archive.config('base_url = "https://archive.example/"\n\n[deploy.here]\ntype = "folder"\npath = "public"\n')
    assert archive.run("export", "--zip", "site.zip").status == 0
    with ZipFile(archive.root / "site.zip") as packed:
        assert webp <= {name.partition("/")[2] for name in packed.namelist()}
    assert archive.run("deploy").status == 0
    public = archive.root / "public"
    assert webp == {path.relative_to(public).as_posix() for path in public.rglob("*.webp")}


def _closed(html: str) -> str:
    return re.sub(r"<(img|source)\b([^>]*)>", r"<\1\2/>", html)


def test_what_is_kept_makes_the_next_build_quick_and_the_same(
    archive: Archive, photograph: bytes, tmp_path: Path
) -> None:
    write_two(archive, photograph)
    archive.build()
    files = archive.files()
    variant = next(path for path in files if path.startswith("assets/the-bridge-400."))
    (archive.output / variant).unlink()
    archive.write("briefings/other.md", title="Other")
    ran = archive.build("--profile")
    assert archive.files()[variant] == files[variant]
    archive.build("--clean", "--jobs", "1", "--output", str(tmp_path / "cold"))
    cold = {path.relative_to(tmp_path / "cold").as_posix() for path in (tmp_path / "cold").rglob("*") if path.is_file()}
    assert {path for path in cold if path.startswith("assets/")} == {
        path for path in archive.files() if path.startswith("assets/")
    }
    assert ran.status == 0
    # A picture that no page shows any more goes, with its variants; other widths make others.
    archive.write("briefings/talks.md")
    archive.template("own/theme.toml", 'name = "own"\nextends = "broadsheet"\n[pictures]\nwidths = [300]\n')
    archive.config('theme = "own"\n')
    archive.build()
    webp = [path for path in archive.files() if path.endswith(".webp")]
    assert len(webp) == 1 and webp[0].startswith("assets/map-300.")
    assert "-300." in archive.page("/dossiers/talks/")


def test_lowband_has_one_picture_for_who_asks(archive: Archive, photograph: bytes) -> None:
    archive.config('theme = "lowband"\n')
    write_two(archive, photograph)
    archive.build()
    assert not [path for path in archive.files() if path.endswith(".webp")]
    page = archive.page("/2022/08/17/talks/")
    assert "<img" not in page and "<picture" not in page and "assets/the-bridge." in page


def test_a_theme_may_link_to_pictures_that_are_there_in_several_widths(archive: Archive, photograph: bytes) -> None:
    archive.template("own/theme.toml", 'name = "own"\nextends = "lowband"\n[pictures]\nwidths = [300]\n')
    archive.config('theme = "own"\n')
    write_two(archive, photograph)
    archive.build()
    page = archive.page("/2022/08/17/talks/")
    assert not re.search("<(img|picture|source)", page) and 'class="picture" href="../../../../assets/map.' in page


def test_an_archive_without_pictures_never_loads_pillow(archive: Archive) -> None:
    archive.write("briefings/a.md")
    archive.write_bytes("media/a.jpg", b"no page shows this")
    loaded = modules(archive, "build", "--jobs", "1")
    assert "jinja2" in loaded and not loaded & {"PIL", "PIL.Image", "resvg_py"}


def test_a_browser_fetches_the_width_that_it_needs_and_nothing_moves(
    archive: Archive, photograph: bytes, browser: Browser
) -> None:
    write_two(archive, photograph)
    archive.build()
    with hosted(archive.output) as url:
        for width, density, wanted in ((390, 1, "400"), (390, 2, "800"), (1280, 2, "1224")):
            context = browser.new_context(viewport={"width": width, "height": 800}, device_scale_factor=density)
            page = context.new_page()
            page.goto(f"{url}2022/08/17/talks/", wait_until="networkidle")
            image = page.locator("figure img").first
            assert f"/the-bridge-{wanted}." in image.evaluate("image => image.currentSrc")
            # As wide as `sizes` says: else a browser would choose too much or too little.
            shown, natural = image.evaluate("image => [image.clientWidth, image.naturalWidth]")
            assert abs(shown - natural) <= 4
            assert page.evaluate(_MOVED) < 0.01
            context.close()


# How much has moved: https://web.dev/articles/cls
_MOVED = """() => new Promise(done => {
    let moved = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => { moved += entry.value; }))
        .observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(moved), 200);
})"""


def test_a_picture_without_words_is_told_with_its_line(archive: Archive, photograph: bytes) -> None:
    archive.write_bytes("media/a.jpg", photograph)
    archive.write("briefings/a.md", "Words.\n\n![](/media/a.jpg)\n\n![A bridge](/media/a.jpg)\n")
    (fault,) = archive.build().faults
    assert fault.startswith('content/briefings/a.md:8: warning: nothing says what "/media/a.jpg" shows')


@pytest.mark.parametrize(
    ("lines", "line"),
    [('[pictures]\nwidths = ["a"]', 1), ("[pictures]\nwidht = [4]", 3), ("[pictures]\nwidths = [4]", 1)],
)
def test_a_theme_that_asks_for_what_cannot_be_is_told(archive: Archive, lines: str, line: int) -> None:
    archive.template("own/theme.toml", f'name = "own"\n{lines}\n')
    archive.config('theme = "own"\n')
    (fault,) = archive.run("build").errors
    assert fault.startswith(f"themes/own/theme.toml:{line}: ")
