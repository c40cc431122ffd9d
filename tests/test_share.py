"""Share pictures: what others show of a page that is linked to, drawn without a browser."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from conftest import REPOSITORY, Archive
from hypothesis import given, settings
from hypothesis import strategies as st
from photographs import saved, scene
from PIL import Image
from sites import archive_at

from builder.share.letters import missing, shortened, width_of, wrapped
from builder.share.png import png

SHARED = "[share]\nper_briefing = true\n"
PAPER = (252, 251, 248)


def write(archive: Archive) -> None:
    archive.records("regions", {"name": "Kosovo", "code": "XK"}, {"name": "Serbia", "code": "RS"})
    archive.write("dossiers/kosovo.md", title="Kosovo and Serbia", region=["Kosovo", "Serbia"])
    archive.write(
        "briefings/talks.md",
        title="Talks in Pristina",
        region="Kosovo",
        dossier="kosovo",
        location={"name": "Pristina", "lat": 42.66, "lon": 21.16},
    )
    archive.write("briefings/other.md", title="Elsewhere", date="2021-03")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = archive_at(tmp_path_factory.mktemp("share"), f'languages = ["ar"]\n{SHARED}')
    write(archive)
    archive.write_text("briefings/talks.ar.md", "---\ntitle: محادثات في بريشتينا (NATO 2022)\n---\n\nكلمات.\n")
    archive.write("dossiers/kosovo.ar.md", title="كوسوفو وصربيا")
    archive.build()
    return archive


def picture(archive: Archive, path: str) -> Image.Image:
    image = Image.open(BytesIO(archive.files()[path]))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    return image.convert("RGB")


def tags(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="((?:og:image|twitter)[^"]*)" content="([^"]*)">', page))


def inked(image: Image.Image, left: int, right: int) -> int:
    """How many pixels of a part of a picture, below the bar at its top, aren't paper."""
    part = image.crop((left, 20, right, 630))
    return sum(pixel != PAPER for pixel in part.get_flattened_data())


def test_every_page_names_a_picture_that_is_there(built: Archive) -> None:
    for address, place, alt in (
        ("/", "/share.png", "Test archive"),
        ("/regions/kosovo/", "/share.png", "Test archive"),
        ("/dossiers/kosovo/", "/dossiers/kosovo/share.png", "Kosovo and Serbia"),
        ("/2022/08/17/talks/", "/2022/08/17/talks/share.png", "Talks in Pristina"),
        ("/ar/", "/ar/share.png", "Test archive"),
        ("/ar/dossiers/kosovo/", "/ar/dossiers/kosovo/share.png", "كوسوفو وصربيا"),
    ):
        assert tags(built.page(address)) == {
            "og:image": f"https://example.org{place}",
            "og:image:width": "1200",
            "og:image:height": "630",
            "og:image:alt": alt,
            "twitter:card": "summary_large_image",
        }
        picture(built, place[1:])
    assert not tags(built.page("/404.html"))
    assert "share.png" in built.files()["manifest.json"].decode()
    assert "share.png" not in built.files()["sitemap.xml"].decode()


def test_it_has_the_title_and_a_map_beside_it(built: Archive) -> None:
    image = picture(built, "dossiers/kosovo/share.png")
    assert inked(image, 0, 600) > 5000 and image.getpixel((900, 315)) != PAPER
    # What says no place has no map, and more room for its words.
    elsewhere = picture(built, "2021/03/other/share.png")
    assert elsewhere.getpixel((900, 315)) == PAPER


def test_from_right_to_left_the_map_stands_at_the_left(built: Archive) -> None:
    image = picture(built, "ar/dossiers/kosovo/share.png")
    assert image.getpixel((300, 315)) != PAPER
    assert inked(image, 1000, 1150) > 500


def drawn(text: str) -> Image.Image:
    words = f'<text x="450" y="60" font-size="40" text-anchor="middle" font-family="Share Serif">{text}</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="100">{words}</svg>'
    return Image.open(BytesIO(png(svg.encode()))).getchannel("A")


def test_arabic_letters_are_joined_and_run_from_right_to_left() -> None:
    apart = drawn("\u200c".join("محادثات"))
    joined = drawn("محادثات")
    assert joined.getbbox()[2] - joined.getbbox()[0] < 0.95 * (apart.getbbox()[2] - apart.getbbox()[0])
    # In a line that runs to the left, what comes first stands at the right.
    line = drawn("\u2067ا NATO\u2069")
    left, _, right, _ = line.getbbox()
    middle = (left + right) // 2
    assert sum(line.crop((left, 0, middle, 100)).get_flattened_data()) > sum(
        line.crop((middle + 20, 0, right, 100)).get_flattened_data()
    )
    assert drawn("\u2067\u2069").getbbox() is None


@pytest.mark.parametrize("language", ["fr", "uk", "ar", "sr"])
def test_the_fonts_have_the_letters_of_every_language_that_we_ship(language: str) -> None:
    with (REPOSITORY / "builder/locale" / language / "LC_MESSAGES/messages.po").open("rb") as file:
        words = [text for message in read_po(file) for text in (message.string or ())]
    letters = {letter for text in words for letter in text if letter.isalpha()}
    assert len(letters) > 30
    assert not missing("".join(sorted(letters)), "serif") and not missing("".join(sorted(letters)), "sans")


def test_no_words_rather_than_wrong_ones(archive: Archive) -> None:
    archive.config("[share]\n")
    archive.write("dossiers/georgia.md", title="საქართველო")
    archive.write("briefings/a.md", dossier="georgia")
    (fault,) = archive.build().faults
    assert fault.startswith('content/dossiers/georgia.md:2: warning: title: no font for share pictures has "საქრთ"')
    image = picture(archive, "dossiers/georgia/share.png")
    assert not any(image.getpixel((x, 180)) != PAPER for x in range(1200))
    archive.config('[share]\n\n[check]\noff = ["share-words"]\n')
    assert not archive.build().faults


def test_pictures_are_drawn_once_and_the_same_everywhere(built: Archive, tmp_path: Path) -> None:
    drawings = {path: data for path, data in built.files().items() if path.endswith(".png")}
    assert len(drawings) == 7
    built.build("--clean", "--jobs", "1", "--output", str(tmp_path / "cold"))
    cold = {path.relative_to(tmp_path / "cold").as_posix(): path for path in (tmp_path / "cold").rglob("*.png")}
    assert {path: place.read_bytes() for path, place in cold.items()} == drawings
    built.build()
    built.write("briefings/other.md", "Other words.\n", title="Elsewhere", date="2021-03")
    assert built.build().status == 0
    assert {path: data for path, data in built.files().items() if path.endswith(".png")} == drawings
    (built.output / "share.png").unlink()
    built.build()
    assert built.files()["share.png"] == drawings["share.png"]


def test_a_lead_picture_is_shown_unless_readers_are_warned_of_it(archive: Archive) -> None:
    archive.config("[share]\n")
    write(archive)
    archive.write_bytes("media/bridge.jpg", saved(scene(900, 500), "JPEG"))
    image = {"src": "/media/bridge.jpg", "alt": "A bridge"}
    archive.write("briefings/shown.md", image=image, dossier="kosovo")
    archive.write("briefings/warned.md", image=image, dossier="kosovo", warning="The dead are shown.")
    archive.build()
    shown = tags(archive.page("/2022/08/17/shown/"))
    assert shown["og:image"].startswith("https://example.org/assets/bridge.") and shown["og:image:alt"] == "A bridge"
    assert (shown["og:image:width"], shown["og:image:height"]) == ("900", "500")
    dossier = "https://example.org/dossiers/kosovo/share.png"
    assert tags(archive.page("/2022/08/17/warned/"))["og:image"] == dossier
    assert tags(archive.page("/2022/08/17/talks/"))["og:image"] == dossier
    assert tags(archive.page("/2021/03/other/"))["og:image"] == "https://example.org/share.png"
    assert not [path for path in archive.files() if re.match(r"\d{4}/.*share\.png", path)]


def test_an_archive_may_do_without(archive: Archive) -> None:
    write(archive)
    archive.build()
    assert not [path for path in archive.files() if path.endswith("share.png")]
    assert not tags(archive.page("/"))


def test_a_theme_may_draw_its_own(archive: Archive) -> None:
    archive.template("own/theme.toml", 'name = "own"\nextends = "broadsheet"\n')
    square = '<rect width="120" height="63" fill="#0f0"/>'
    own = f'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="63">{square}</svg>'
    archive.template("own/templates/share.svg", own)
    archive.config('theme = "own"\n\n[share]\n')
    archive.write("briefings/a.md", title="<&> 'quoted'")
    archive.build()
    image = Image.open(BytesIO(archive.files()["share.png"])).convert("RGB")
    assert image.size == (120, 63) and image.getpixel((9, 9)) == (0, 255, 0)
    archive.template("own/templates/share.svg", "<svg")
    (fault,) = archive.run("build").errors
    assert "themes/own/templates/share.svg" in fault and "/share.png" in fault


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=60), st.integers(120, 900))
def test_lines_are_no_wider_than_there_is_room_and_hold_every_letter(text: str, width: int) -> None:
    lines = wrapped(text, "serif", 60, width)
    assert all(width_of(line, "serif", 60) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(line.strip() for line in lines)
    assert len(shortened(lines, 3)) <= 3
