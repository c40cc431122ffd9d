"""Makes our fonts of their makers' packages: only the letters, weights and features in use.

    npm install --prefix FOLDER source-serif@4.5.1 source-sans@3.52.0 @fontsource-variable/noto-naskh-arabic@5.3.0
    pip install fonttools brotli
    python scripts/fonts.py FOLDER/node_modules

Those of the theme `broadsheet` are for browsers; those of share pictures (`builder/share/fonts/`) have one weight each,
and Arabic letters among the others, as what draws them takes a line's letters from one file only.

What is made is named Broadsheet Serif, Sans and Naskh, and Share Serif and Sans, as the licence (SIL OFL 1.1) keeps
the name Source for the originals. The size and the letters of each file for browsers are printed. Each letter stands in
the `unicode-range` of one file of a face only: where two overlap, browsers fetch both.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from string import ascii_letters
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib.instancer import instantiateVariableFont

FONTS = Path(__file__).parents[1] / "themes/broadsheet/static/fonts"
SHARE_FONTS = Path(__file__).parents[1] / "builder/share/fonts"

# What a page in English or French needs, with the names that an archive on conflicts is full of; all else is fetched
# only by pages that have it. Each letter costs some 100 bytes of every first visit.
LETTERS = "ÀÇÉÊÖÜßàáâäçèéêëíîïñóôöùúûüœćČčĐđłńŠšŽžğİıə"
SIGNS = "\u00a0\u202f§©°±¶·×«»–—‘’‚“”„•…−←↑→↓"
ASCII = {*range(0x20, 0x7F)}
LATIN = ASCII | {*map(ord, LETTERS + SIGNS)}
WHOLE_LATIN = {*range(0x20, 0x250), *range(0x2B0, 0x36F), *range(0x1E00, 0x1F00), *map(ord, "′″‹›")} | LATIN
CYRILLIC = {*range(0x400, 0x460), *range(0x490, 0x494), 0x49A, 0x49B, *range(0x4AE, 0x4B2), 0x2116}
# Arabic, with the marks that newspapers print, and what Persian and Kurdish names need; other languages' letters apart.
ARABIC = {*range(0x621, 0x63B), *range(0x640, 0x653), *range(0x660, 0x66B), *map(ord, "،؛؟ٰپچڤگژکیڕڵۆێە")}
ARABIC |= {*range(0x200C, 0x2010)}
WHOLE_ARABIC = {*range(0x600, 0x700), 0xFDFC} | ARABIC
# Words in italics are few: a name, the title of a treaty.
ITALIC = ASCII | {*map(ord, "\u00a0\u202fÀÇÉàâçèéêëîïôùûüœčćŠšŽž«»–’“”")}

EUROPE = {"latin": LATIN, "latin-ext": WHOLE_LATIN - LATIN, "cyrillic": CYRILLIC}

# What layout needs in each script; the forms of a language are those of Serbian, and figures have one width anyway.
MARKS = ("ccmp", "kern", "locl", "mark", "mkmk")
JOINED = (*MARKS, "calt", "fina", "init", "isol", "medi", "rlig")
FEATURES = {
    "latin": ("kern",),
    "latin-ext": MARKS,
    "cyrillic": ("kern", "locl"),
    "arabic": JOINED,
    "arabic-ext": JOINED,
}
# Of the forms of languages, those that our languages have: Bulgarian ones would cost 3 KB of every first visit.
LANGUAGES = {"cyrillic": ["DFLT.dflt", "latn.dflt", "cyrl.dflt", "cyrl.SRB", "cyrl.MKD"]}
# What stands beside other letters often enough for its distance to be seen.
KERNED = {
    "latin": {*map(ord, f"{ascii_letters}.,-–()‘’“”")},
    "cyrillic": {*range(0x400, 0x460), 0x490, 0x491},
}


@dataclass(frozen=True)
class Face:
    """A face of a family: the original's file, where on its axes it is taken, its letters by the name of their file."""

    name: str
    family: str
    file: str
    axes: Mapping[str, float | tuple[float, float]]
    letters: Mapping[str, set[int]]
    features: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: FEATURES)


FACES = (
    Face(
        "serif",
        "Broadsheet Serif",
        "source-serif/VAR/SourceSerif4Variable-Roman.ttf",
        {"wght": (400, 700), "opsz": 20},
        EUROPE,
    ),
    Face(
        "serif-italic",
        "Broadsheet Serif Italic",
        "source-serif/VAR/SourceSerif4Variable-Italic.ttf",
        {"wght": 400, "opsz": 20},
        {"latin": ITALIC, "latin-ext": WHOLE_LATIN - ITALIC, "cyrillic": CYRILLIC},
        {**FEATURES, "latin": ()},
    ),
    Face("sans", "Broadsheet Sans", "source-sans/VF/SourceSans3VF-Upright.ttf", {"wght": (400, 600)}, EUROPE),
    Face(
        "naskh",
        "Broadsheet Naskh",
        "@fontsource-variable/noto-naskh-arabic/files/noto-naskh-arabic-arabic-wght-normal.woff2",
        {"wght": (400, 700)},
        {"arabic": ARABIC, "arabic-ext": WHOLE_ARABIC - ARABIC},
    ),
)


SERIF, ITALIC_FACE, SANS, NASKH = FACES
# Of each: its weight, and the other values on the original's axes.
SHARED = (("serif", "Share Serif", SERIF, 600, {"opsz": 48.0}), ("sans", "Share Sans", SANS, 500, {}))


def shared(packages: Path, family: str, face: Face, weight: int, axes: Mapping[str, float]) -> TTFont:
    """A font with the letters of all scripts, in one weight."""
    every = {letter for letters in face.letters.values() for letter in letters} | ASCII
    parts = []
    with TemporaryDirectory() as folder:
        for part, script, letters in ((face, "latin-ext", every), (NASKH, "arabic", WHOLE_ARABIC - every)):
            font = cut(replace(part, letters={script: letters}), packages / part.file, script, {"wght": weight, **axes})
            font.flavor = None
            scale_upem(font, 1000)
            parts.append(f"{folder}/{script}.ttf")
            font.save(parts[-1])
        font = Merger().merge(parts)
    for record in list(font["name"].names):
        if record.nameID in (1, 4, 6, 16):
            name = family.replace(" ", "") if record.nameID == 6 else family
            font["name"].setName(name, record.nameID, record.platformID, record.platEncID, record.langID)
    font["head"].created = font["head"].modified = 0
    return font


def made(face: Face, path: Path, script: str) -> TTFont:
    """A face with the letters of one script only, for the web."""
    font = cut(face, path, script, face.axes)
    if script in KERNED and "GPOS" in font:
        # Kerned as one weight between its lightest and its boldest is: saves 3 KB, and nobody sees it.
        kerned = replace(face, letters={script: KERNED[script]})
        font["GPOS"] = cut(kerned, path, script, {**face.axes, "wght": 480})["GPOS"]
        del font["GDEF"]
    if "BASE" in font:  # for lines of several scripts, which browsers set without it
        del font["BASE"]
    if "GSUB" in font and not font["GSUB"].table.FeatureList.FeatureRecord:
        del font["GSUB"]
    # Who made it, what it is called, where its licence is: the licence itself lies beside it.
    font["name"].names = [record for record in font["name"].names if record.nameID in (0, 1, 2, 14)]
    for record in list(font["name"].names):
        if record.nameID == 1:
            font["name"].setName(face.family, record.nameID, record.platformID, record.platEncID, record.langID)
    font.flavor = "woff2"
    return font


def cut(face: Face, path: Path, script: str, axes: Mapping[str, float | tuple[float, float]]) -> TTFont:
    """The original with these letters and features, between these ends of its axes."""
    font = TTFont(path, recalcTimestamp=False)
    options = Options()
    options.layout_features = [*face.features[script]]
    options.layout_scripts = LANGUAGES.get(script, ["*"])
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=face.letters[script] & font.getBestCmap().keys())
    subsetter.subset(font)
    known = {axis.axisTag for axis in font["fvar"].axes}
    instantiateVariableFont(font, {axis: at for axis, at in axes.items() if axis in known}, inplace=True)
    for table in ("MVAR", "STAT"):  # for menus of fonts, and for lines above and below
        if table in font:
            del font[table]
    return font


def ranges(letters: Iterable[int]) -> str:
    """Letters as a `unicode-range` of CSS."""
    found = []
    for _, run in groupby(enumerate(sorted(letters)), lambda pair: pair[1] - pair[0]):
        points = [point for _, point in run]
        last = f"-{points[-1]:X}" if len(points) > 1 else ""
        found.append(f"U+{points[0]:X}{last}")
    return ", ".join(found)


def main() -> None:
    """Makes every face of every script."""
    packages = Path(sys.argv[1])
    FONTS.mkdir(exist_ok=True)
    for face in FACES:
        for script in face.letters:
            font = made(face, packages / face.file, script)
            target = FONTS / f"{face.name}-{script}.woff2"
            font.save(target)
            print(f"{target.name}: {target.stat().st_size} bytes; unicode-range: {ranges(font.getBestCmap())};")
    SHARE_FONTS.mkdir(exist_ok=True)
    advances = {}
    for name, family, face, weight, axes in SHARED:
        font = shared(packages, family, face, weight, axes)
        font.recalcTimestamp = False
        font.save(SHARE_FONTS / f"{name}.ttf")
        widths = font["hmtx"]
        advances[name] = [[letter, widths[glyph][0]] for letter, glyph in sorted(font.getBestCmap().items())]
    (SHARE_FONTS / "advances.json").write_text(json.dumps(advances, separators=(",", ":")) + "\n")
    for source, target in (("source-serif", "source"), ("@fontsource-variable/noto-naskh-arabic", "naskh")):
        licence = next((packages / source).glob("LICENSE*"))
        for folder in (FONTS, SHARE_FONTS):
            (folder / f"LICENSE-{target}.txt").write_bytes(licence.read_bytes())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main()
