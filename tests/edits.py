"""Edits: what people do to an archive, each a small function; and a small archive to do it to.

An edit takes an archive and a source of chances, and changes the archive's files. After one of `EDITS` the archive is
nearly always sound, after one of `BREAKS` never. One that finds nothing to do does nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import sites
from conftest import REPOSITORY, Archive

Edit = Callable[[Archive, Random], object]

EDITS: list[Edit] = []
BREAKS: list[Edit] = []


def _edit(function: Edit) -> Edit:
    EDITS.append(function)
    return function


def _break(function: Edit) -> Edit:
    BREAKS.append(function)
    return function


# The archive. Wherever text is shown, it holds `Mark a`, so that edits find something to change.

CAPTURE = b"<html>The article, as it came.</html>\n"
SETTINGS = {
    "title": "Small archive",
    "base_url": "https://archive.example/",
    "description": "Mark a.",
    "languages": ["fr", "fa"],
    "per_page": 5,
    "theme": {"name": "own", "accent": "red"},
    "search": {"enabled": False},  # Pagefind's files differ from run to run: tests/test_search.py asks them
}
THEME = 'name = "own"\nextends = "broadsheet"\nneeds = ["related"]\n\n[options]\naccent = "Mark a"\nwidth = 3\n'
TEMPLATES = {
    "_note.html": '{% from "_macros.html" import stamp %}\n<p>Mark a: {{ stamp(options.accent) }}</p>\n',
    "_macros.html": "{% macro stamp(words) %}<b>{{ words }}</b> Mark a{% endmacro %}\n",
    "_for-provisional.html": "<p>Mark a, of what is provisional.</p>\n",
    "briefing.html": (
        '{% extends "broadsheet:briefing.html" %}\n{% block main %}{{ super() }}{% include "_note.html" %}\n'
        '{% include ["_for-" ~ (briefing.status or "nothing") ~ ".html", "_for-any.html"] ignore missing %}\n'
        "{% endblock %}\n"
    ),
    "404.html": '{% extends "broadsheet:404.html" %}\n{% block main %}{{ super() }}Mark a {% endblock %}\n',
}
STATIC = {
    "style.css": b'@import "print.css" print;\nbody { background: url("mark.png"); font-family: "Mark a" }\n',
    "print.css": b'body { font-family: "Mark a" }\n',
    "mark.png": sites.PNG,
}


def small_archive(root: Path) -> Archive:
    """A dozen briefings, with everything beside them that an archive can hold, and themes of its own."""
    (root / "content").mkdir(parents=True)
    archive = Archive(root)
    _write_settings(archive, SETTINGS)
    _records(archive)
    _dossiers_and_pages(archive)
    _briefings(archive)
    _translations(archive)
    archive.write_bytes("captures/2022/talks.html", CAPTURE)
    archive.write_bytes("media/bridge.png", sites.PNG)
    archive.write_bytes("media/spare.png", sites.PNG + b"spare")
    archive.write_bytes("media/files/report.pdf", b"%PDF-1.4 Mark a")
    archive.template("own/theme.toml", THEME)
    for name, text in TEMPLATES.items():
        archive.template(f"own/templates/{name}", text)
    for name, data in STATIC.items():
        archive.template(f"own/static/{name}", "").write_bytes(data)
    archive.template("plain/theme.toml", 'name = "plain"\nextends = "own"\n[options]\naccent = "Mark a, plain"\n')
    archive.template("plain/templates/_macros.html", "{% macro stamp(words) %}<i>{{ words }}</i>{% endmacro %}\n")
    return archive


def lean_archive(root: Path) -> Archive:
    """The same, with themes that need nothing costly."""
    archive = small_archive(root)
    change_what_a_theme_needs(archive, Random(0))
    return archive


def _records(archive: Archive) -> None:
    archive.records(
        "regions",
        {"name": "Continent", "code": "150"},
        {"name": "Peninsula", "parent": "Continent", "description": "Mark a."},
        {"name": "Northland", "parent": "Peninsula", "code": "XN", "aliases": ["Северия"], "note": "Mark a, disputed."},
        {"name": "Southland", "parent": "Peninsula", "id": "the-south", "aliases": ["The South"]},
    )
    archive.records(
        "actors",
        {"name": "Alliance", "kind": "organisation", "aliases": ["NA"], "description": "Mark a."},
        {"name": "Force", "kind": "mission", "member_of": ["Alliance"], "country": "XN"},
        {"name": "Ann Example", "kind": "person", "names": {"sr": "Ана Пример"}},
    )
    archive.records(
        "sources",
        {"name": "State Wire", "hosts": ["wire.example"], "state_controlled": True, "reliability": "D"},
        {"name": "Daily", "kind": "newspaper", "description": "Mark a."},
    )
    archive.records("tags", {"name": "C++", "slug": "c-plus-plus", "description": "Mark a."}, {"name": "protest"})


def _dossiers_and_pages(archive: Archive) -> None:
    archive.write(
        "dossiers/north-south.md",
        "## Scope\n\nMark a. What [came of it](id:answer).\n",
        title="North and South",
        region=["Northland", "Southland"],
        status="active",
        as_of="2022-01-01",
        trend="stable",
        aliases=["/old/north/"],
    )
    archive.write("dossiers/frozen.md", "Mark a.\n", title="A frozen conflict", id="the-frozen", status="frozen")
    archive.write("pages/index.md", "Mark a, at the head of *home*; [about](about.md).\n", title="Home")
    archive.write("pages/about.md", "## Who\n\nWe. Mark a.\n", title="About")
    archive.write("pages/help/reading.md", "Mark a.\n", title="How to read", aliases=["/faq.html"])


def _briefings(archive: Archive) -> None:
    archive.write(
        "briefings/2022/talks.md",
        'Mark a, "quoted" -- with an [answer](answer.md#what-is-contested) and a note[^1].\n\n## Background {#back}\n\n'
        "The [dossier](../../dossiers/north-south.md#scope), [about](../../pages/about.md), [range](id:range),\n"
        "[the report](/media/files/report.pdf).\n\n"
        '![The bridge](/media/bridge.png "The bridge | Ann")\n\n[^1]: The note.\n',
        title="Talks begin",
        date="2022-08-17T14:09+02:00",
        region="Северия",
        actors=["NA", "Force", "Unknown Group"],
        tags=["C++", "protest", "talks"],
        dossier="north-south",
        status="provisional",
        trend="escalating",
        sources=[{"url": "https://www.wire.example/1", "credibility": 3}, {"name": "Gazette"}],
        capture={"file": "/captures/2022/talks.html", "sha256": hashlib.sha256(CAPTURE).hexdigest()},
        aliases=["/2022/08/17/old-talks/"],
    )
    archive.write(
        "briefings/2022/answer.md",
        "Mark a.\n\n## What is contested\n\n::: contested\nMuch; see [talks](talks.md#back).\n:::\n",
        title="An answer",
        date="2022-08-19",
        region="The South",
        dossier=["north-south", "A frozen conflict"],
        tags=["talks"],
        status="confirmed",
        location={"name": "Bridgetown", "lat": 42.9, "lon": 20.8},
    )
    archive.write(
        "briefings/2022/bridge.md",
        "Mark a.\n",
        title="A bridge",
        date="2022-08-17",
        region="Northland",
        actors=["Ann Example"],
        image={"src": "/media/bridge.png", "alt": "A bridge"},
        attachments=[{"file": "/media/files/report.pdf", "title": "The report"}],
        sources=[{"name": "Daily"}],
    )
    for name, when in (("range", "2021-12-30/2022-01-02"), ("new-year", "2021-01-01"), ("autumn", "2021-11")):
        archive.write(f"briefings/2021/{name}.md", "Mark a.\n", title=f"In {name}", date=when, actors=["Force"])
    archive.write("briefings/year.md", "Mark a.\n", title="Some time", date="2020", tags=["talks", "Protest"])
    archive.write("briefings/id.md", "Mark a. See [talks](id:talks#back).\n", id="own-id", tags=["protest"])
    archive.write("briefings/arabic.md", "نص Mark a\n", title="عنوان", date="2022-08-20", lang="ar", slug="arabic")
    withdrawn = {"date": "2022-10-01", "reason": "Mark a.", "replaced_by": "answer"}
    terms: dict[str, Any] = {"dossier": "north-south", "region": "Southland", "actors": ["Force"], "tags": ["talks"]}
    archive.write("briefings/wrong.md", "Mark a.\n", date="2022-08-21", withdrawn=withdrawn, **terms)
    archive.write("briefings/draft.md", "Mark a.\n", date="2022-08-22", draft=True, tags=["protest", "later"])


def _translations(archive: Archive) -> None:
    body = (
        "Mark a. [Réponse](answer.md#what-is-contested), [dossier](../../dossiers/north-south.md), [autre](id:own-id)"
    )
    reviewed = {"by": "a program", "reviewed": False}
    _translate(archive, "briefings/2022/talks.md", "fr", f"{body}.\n", summary="Mark a.", translation=reviewed)
    _translate(archive, "briefings/2022/talks.md", "fa", "Mark a.\n", tags=["talks", "گفتگو"])
    _translate(archive, "briefings/2022/answer.md", "fr", "Mark a.\n\n## Contesté {#what-is-contested}\n\nMots.\n")
    _translate(archive, "briefings/2022/bridge.md", "fr", "Mark a.\n", status="provisional")
    _translate(archive, "briefings/wrong.md", "fa", "Mark a.\n")
    _translate(archive, "dossiers/north-south.md", "fr", "## Portée\n\nMark a. [Suite](id:answer).\n")
    _translate(archive, "pages/index.md", "fa", "Mark a; [about](about.md).\n")
    _translate(archive, "pages/about.md", "fr", "Mark a.\n")


# Reading and writing an archive's files

LANGUAGES = ["fr", "fa", "sq"]


def _translate(archive: Archive, original: str, language: str, body: str, **fields: Any) -> Path:
    """Writes a translation of content/ORIGINAL."""
    path = f"{original.removesuffix('.md')}.{language}.md"
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
    return archive.write_text(path, "\n".join(["---", f"title: In {language}, mark a", *lines, "---", "", body]))


def is_translation(path: Path) -> bool:
    return path.stem.rpartition(".")[2] in LANGUAGES and "." in path.stem


def translations(archive: Archive) -> list[Path]:
    return [path for path in documents(archive) if is_translation(path)]


def translations_of(path: Path) -> list[Path]:
    return sorted(other for other in path.parent.glob(f"{path.stem}.*.md") if is_translation(other))


def move(path: Path, new: Path) -> None:
    """Renames a document, and its translations with it."""
    for translation in translations_of(path):
        translation.rename(new.with_name(f"{new.stem}{translation.name.removeprefix(path.stem)}"))
    path.rename(new)


def delete(path: Path) -> None:
    """Deletes a document, and its translations with it."""
    for each in (*translations_of(path), path):
        each.unlink()


def _originals(archive: Archive, folder: str) -> list[Path]:
    return sorted(path for path in (archive.root / "content" / folder).rglob("*.md") if not is_translation(path))


def briefings(archive: Archive) -> list[Path]:
    """The briefings, without their translations."""
    return _originals(archive, "briefings")


def documents(archive: Archive) -> list[Path]:
    return sorted((archive.root / "content").rglob("*.md"))


def inputs(archive: Archive) -> list[Path]:
    """Every file that a site is made from."""
    places = (archive.root / name for name in ("content", "themes"))
    found = [path for place in places for path in place.rglob("*") if path.is_file()]
    return sorted([*found, archive.root / "sitrep.toml"])


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")


def is_linked(archive: Archive, path: Path) -> bool:
    """Whether another file may refer to this document."""
    names = (path.name, f"id:{id_of(path)}", f'replaced_by": "{id_of(path)}"')
    return any(name in text_of(other) for other in documents(archive) if other != path for name in names)


def field(path: Path, name: str) -> str | None:
    """A front matter field as it is written, or None."""
    found = re.search(rf"^{name}: (.*)$", text_of(path).partition("\n---\n")[0], re.MULTILINE)
    return found[1] if found else None


def _loose(written: str) -> Any:
    """A value as `Archive.write` has written it: JSON, or a plain text."""
    try:
        return json.loads(written)
    except json.JSONDecodeError:
        return written


def id_of(path: Path) -> str:
    """The id of a briefing or a dossier: its own, or the file's name."""
    return str(_loose(field(path, "id") or path.stem))


def set_field(path: Path, name: str, value: Any) -> None:
    """Writes a front matter field; None takes it out."""
    head, _, body = text_of(path).partition("\n---\n")
    lines = [line for line in head.split("\n") if not line.startswith(f"{name}: ")]
    lines += [] if value is None else [f"{name}: {json.dumps(value, ensure_ascii=False)}"]
    path.write_text("\n".join(lines) + "\n---\n" + body, "utf-8")


def _write_settings(archive: Archive, settings: dict[str, Any]) -> None:
    tables = {name: value for name, value in settings.items() if isinstance(value, dict)}
    lines = [f"{name} = {_toml(value)}\n" for name, value in settings.items() if name not in tables]
    for name, table in tables.items():
        lines += [f"[{name}]\n", *(f"{key} = {_toml(value)}\n" for key, value in table.items())]
    (archive.root / "sitrep.toml").write_text("".join(lines), "utf-8")


def _toml(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)  # of texts, numbers, truth values and lists, the same


def set_setting(archive: Archive, name: str, value: Any) -> None:
    """Writes a setting, `name` or `table.name`; None takes it out."""
    settings = tomllib.loads((archive.root / "sitrep.toml").read_text("utf-8"))
    table, _, key = name.rpartition(".")
    place = settings.setdefault(table, {}) if table else settings
    place.pop(key, None)
    if value is not None:
        place[key] = value
    _write_settings(archive, settings)


def _some(chance: Random, things: list[Any]) -> list[Any]:
    """One of `things` in a list, or nothing where there are none: for loops that run once or not at all."""
    return [chance.choice(things)] if things else []


def _word(chance: Random) -> str:
    return f"w{chance.randrange(10_000)}"


def _replace(path: Path, old: str, new: str) -> None:
    path.write_text(text_of(path).replace(old, new), "utf-8")


# Bodies and files


@_edit
def reword(archive: Archive, chance: Random) -> None:
    for path in _some(chance, documents(archive)):
        path.write_text(f"{text_of(path)}\nMore: {_word(chance)}, *emphasised*.\n", "utf-8")


@_edit
def reword_and_date_back(archive: Archive, chance: Random) -> None:
    """As `rsync -a` and `git` leave files: new bytes, and a time before the last build."""
    for path in _some(chance, documents(archive)):
        path.write_text(f"{text_of(path)}\nMore: {_word(chance)}.\n", "utf-8")
        os.utime(path, (10**9, 10**9 + chance.randrange(10**6)))


@_edit
def rename_a_heading(archive: Archive, chance: Random) -> None:
    """Its anchor changes; what linked to it follows."""
    new = f"Contested, {_word(chance)}"
    for path in _some(chance, [p for p in documents(archive) if re.search("^## .*ontested", text_of(p), re.MULTILINE)]):
        old = re.search("^## (.*ontested.*)$", text_of(path), re.MULTILINE)
        assert old
        path.write_text(text_of(path).replace(f"## {old[1]}", f"## {new}"), "utf-8")
        for other in documents(archive):
            _replace(other, f"{path.name}#{_anchor(old[1])}", f"{path.name}#{_anchor(new)}")


def _anchor(heading: str) -> str:
    return re.sub("[^a-z0-9]+", "-", heading.lower())


@_edit
def link_to_another(archive: Archive, chance: Random) -> None:
    public = [p for p in briefings(archive) if field(p, "draft") is None]
    for path, target in zip(_some(chance, public), _some(chance, public), strict=True):
        path.write_text(f"{text_of(path)}\n[Another](id:{id_of(target)})\n", "utf-8")


@_edit
def reword_in_silence(archive: Archive, chance: Random) -> None:
    """Other bytes, with the same size and the same time of change."""
    for path in _some(chance, _marked(archive)):
        before = path.stat()
        path.write_bytes(_remarked(path, chance))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@_edit
def replace_in_silence(archive: Archive, chance: Random) -> None:
    """Another file by renaming, with the same size and the same time of change."""
    for path in _some(chance, _marked(archive)):
        before = path.stat()
        new = path.with_name("unfinished")
        new.write_bytes(_remarked(path, chance))
        os.utime(new, ns=(before.st_atime_ns, before.st_mtime_ns))
        new.replace(path)


def _marked(archive: Archive) -> list[Path]:
    return [path for path in inputs(archive) if b"Mark " in path.read_bytes()]


def _remarked(path: Path, chance: Random) -> bytes:
    letter = chance.choice("bcdefghijklmnopqrstuvwxyz").encode()
    return re.sub(rb"Mark [a-z]\b", b"Mark " + letter, path.read_bytes())


@_edit
def repaint_in_silence(archive: Archive, chance: Random) -> None:
    """Other bytes of a picture, with the same size and the same time of change."""
    for path in _some(chance, [path for path in inputs(archive) if path.suffix == ".png"]):
        before = path.stat()
        data = path.read_bytes()
        path.write_bytes(data[:-1] + bytes([(data[-1] + 1 + chance.randrange(255)) % 256]))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@_edit
def swap_two_files(archive: Archive, chance: Random) -> None:
    folder = chance.choice(sorted({path.parent for path in briefings(archive)}))
    paths = [p for p in briefings(archive) if p.parent == folder and not is_linked(archive, p)]
    if len(paths) > 1:
        one, two = chance.sample(paths, 2)
        one.rename(folder / "between")
        two.rename(one)
        (folder / "between").rename(two)


@_edit
def touch(archive: Archive, chance: Random) -> None:
    chance.choice(inputs(archive)).touch()


@_edit
def check_out_anew(archive: Archive, chance: Random) -> None:
    """All files are new ones, with other times and the same bytes."""
    when = 10**9 + chance.randrange(10**8)
    for path in inputs(archive):
        new = path.with_name("unfinished")
        new.write_bytes(path.read_bytes())
        os.utime(new, (when, when))
        new.replace(path)


@_edit
def change_line_ends(archive: Archive, chance: Random) -> None:
    for path in _some(chance, documents(archive)):
        path.write_bytes(b"\xef\xbb\xbf" + text_of(path).replace("\n", "\r\n").encode())


@_edit
def rename_a_folder(archive: Archive, chance: Random) -> None:
    """No file in it changes; what linked to them follows."""
    folders = sorted({path.parent for path in briefings(archive)} - {archive.root / "content/briefings"})
    for folder in _some(chance, folders):
        new = folder.with_name(_word(chance))
        folder.rename(new)
        for path in documents(archive):
            if f"/{folder.name}/" in text_of(path):
                _replace(path, f"briefings/{folder.name}/", f"briefings/{new.name}/")


STRANGE = ["briefings/notes.txt", "notes.md", "pages/old.html", "briefings/x.md~"]


@_edit
def add_a_strange_file(archive: Archive, chance: Random) -> None:
    """It is only warned of."""
    archive.write_text(
        chance.choice(["briefings/notes.txt", "notes.md", "pages/old.html", "briefings/x.md~"]), "Mark a"
    )


@_edit
def remove_a_strange_file(archive: Archive, chance: Random) -> None:
    for name in _some(chance, [name for name in STRANGE if (archive.root / "content" / name).exists()]):
        (archive.root / "content" / name).unlink()


# Briefings


@_edit
def retitle(archive: Archive, chance: Random) -> None:
    for path in _some(chance, documents(archive)):
        set_field(path, "title", f"Title {_word(chance)}")


@_edit
def move_in_time(archive: Archive, chance: Random) -> None:
    for path in _some(chance, briefings(archive)):
        set_field(path, "date", some_date(chance))


def some_date(chance: Random) -> str:
    """A date of any precision, a range among them."""
    day = f"20{chance.randrange(19, 23)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    end = f"2023-{chance.randrange(1, 13):02}-11"
    return chance.choice([day, day, f"{day}T{chance.randrange(24):02}:30", day[:7], day[:4], f"{day}/{end}"])


@_edit
def rename_a_briefing(archive: Archive, chance: Random) -> None:
    """Its address changes, and its id where it has none of its own; what linked to it follows."""
    for path in _some(chance, briefings(archive)):
        new = path.with_name(f"{_word(chance)}.md")
        move(path, new)
        for other in documents(archive):
            text = text_of(other).replace(f"({path.name}", f"({new.name}").replace(f"/{path.name}", f"/{new.name}")
            if field(new, "id") is None:
                text = re.sub(rf"id:{path.stem}\b", f"id:{new.stem}", text)
                text = text.replace(f'replaced_by": "{path.stem}"', f'replaced_by": "{new.stem}"')
            if text != text_of(other):
                other.write_text(text, "utf-8")


@_edit
def move_a_briefing_to_another_folder(archive: Archive, chance: Random) -> None:
    """Its address stays."""
    paths = [p for p in briefings(archive) if not is_linked(archive, p)]
    paths = [p for p in paths if not any("](" in text_of(each) for each in (p, *translations_of(p)))]
    for path in _some(chance, paths):
        folder = archive.root / "content/briefings" / chance.choice(["2021", "2022", "deep/er"])
        folder.mkdir(parents=True, exist_ok=True)
        move(path, folder / path.name)


@_edit
def delete_a_briefing(archive: Archive, chance: Random) -> None:
    for path in _some(chance, [path for path in briefings(archive) if not is_linked(archive, path)]):
        delete(path)


@_edit
def add_a_briefing(archive: Archive, chance: Random) -> None:
    name = _word(chance)
    chosen = {name: FIELDS[name](archive, chance) for name in chance.sample(sorted(FIELDS), 4)}
    folder = chance.choice(["", "2022/", "new/"])
    archive.write(
        f"briefings/{folder}{name}.md", "Mark a.\n\n## Heading\n\nWords.\n", date=some_date(chance), **_given(chosen)
    )


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


@_edit
def publish_a_draft(archive: Archive, chance: Random) -> None:
    for path in _some(chance, [path for path in briefings(archive) if field(path, "draft")]):
        set_field(path, "draft", None)


@_edit
def make_a_draft(archive: Archive, chance: Random) -> None:
    for path in _some(chance, [path for path in briefings(archive) if not is_linked(archive, path)]):
        set_field(path, "draft", True)


@_edit
def withdraw(archive: Archive, chance: Random) -> None:
    for path in _some(chance, [path for path in briefings(archive) if not field(path, "withdrawn")]):
        withdrawn: dict[str, Any] = {"date": "2023-01-01", "reason": _word(chance)}
        if chance.random() < 0.5:
            withdrawn["hide_title"] = True
        set_field(path, "withdrawn", withdrawn)


@_edit
def reinstate(archive: Archive, chance: Random) -> None:
    for path in _some(chance, [path for path in briefings(archive) if field(path, "withdrawn")]):
        set_field(path, "withdrawn", None)


@_edit
def hide_a_title(archive: Archive, chance: Random) -> None:
    for path in _some(chance, [path for path in briefings(archive) if field(path, "withdrawn")]):
        withdrawn = json.loads(field(path, "withdrawn") or "{}")
        set_field(path, "withdrawn", withdrawn | {"hide_title": not withdrawn.get("hide_title", False)})


@_edit
def move_to_another_dossier(archive: Archive, chance: Random) -> None:
    for path in _some(chance, briefings(archive)):
        set_field(path, "dossier", FIELDS["dossier"](archive, chance))


@_edit
def take_a_field_out(archive: Archive, chance: Random) -> None:
    for path in _some(chance, briefings(archive)):
        names = [name for name in [*FIELDS, "draft"] if name != "slug" and field(path, name)]
        for name in _some(chance, names):
            set_field(path, name, None)


# Each of a briefing's fields: a value for it.
_NAMES = {
    "region": ["Northland", "the south", "XN", "Peninsula", "Nowhere", "Северия"],
    "actors": ["NA", "Force", "Ana Primer", "Ann Example", "Somebody New", "Alliance"],
    "tags": ["c++", "Protest", "talks", "new tag", "Æther", "later"],
}


def _names(kind: str) -> Callable[[Archive, Random], list[str]]:
    return lambda _archive, chance: chance.sample(_NAMES[kind], chance.randrange(1, 4))


def _any(*values: Any) -> Callable[[Archive, Random], Any]:
    return lambda _archive, chance: chance.choice(values)


def _dossier(archive: Archive, chance: Random) -> str | list[str] | None:
    paths = _originals(archive, "dossiers")
    names = [id_of(path) for path in paths]
    return chance.choice([names, *names]) if names else None


def _media(archive: Archive, chance: Random, suffix: str) -> str:
    """A file in the folder of media, from `content/`; one is made where there is none."""
    if not list((archive.root / "content/media").rglob(f"*{suffix}")):
        archive.write_bytes(f"media/new{suffix}", sites.PNG)
    path = chance.choice(sorted((archive.root / "content/media").rglob(f"*{suffix}")))
    return f"/{path.relative_to(archive.root / 'content').as_posix()}"


def _capture(archive: Archive, chance: Random) -> dict[str, str]:
    data = f"<p>{_word(chance)}</p>".encode()
    path = archive.write_bytes(f"captures/{_word(chance)}.html", data)
    digest = hashlib.sha256(data).hexdigest()
    return {"file": f"/captures/{path.name}", "sha256": digest, "converted": "2023-01-01, by hand"}


FIELDS: dict[str, Callable[[Archive, Random], Any]] = {
    "published": lambda _a, chance: f"2022-09-{chance.randrange(1, 31):02}",
    "updated": lambda _a, chance: f"2022-10-{chance.randrange(1, 31):02}T10:00",
    "region": _names("region"),
    "actors": _names("actors"),
    "tags": _names("tags"),
    "dossier": _dossier,
    "summary": lambda _a, chance: f"Summed up: {_word(chance)}.",
    "event_type": _any("Battles", "Protests", "Riots", "Strategic developments"),
    "location": lambda _a, chance: [
        {"name": "Town", "lat": chance.randrange(80), "lon": 20.5, "precision": chance.choice(["site", "area", "town"])}
    ],
    "figures": lambda _a, chance: [{"what": "people", "value": chance.randrange(99), "says": "Police"}],
    "status": _any("provisional", "confirmed"),
    "trend": _any("escalating", "stable", "de-escalating"),
    "trend_reason": lambda _a, chance: f"Because of {_word(chance)}.",
    "confidence": _any("low", "moderate", "high"),
    "author": _any("Ann Author", ["Ann Author", "Ben Author"]),
    "warning": lambda _a, chance: f"Describes {_word(chance)}.",
    "sources": lambda _a, chance: [
        {"name": chance.choice(["Daily", "State Wire", "New Post"]), "reliability": chance.choice("ABCF")},
        {"url": f"https://{chance.choice(['wire', 'post', 'daily'])}.example/{chance.randrange(9)}"},
    ],
    "capture": _capture,
    "image": lambda archive, chance: {"src": _media(archive, chance, ".png"), "alt": _word(chance)},
    "attachments": lambda archive, chance: [{"file": _media(archive, chance, ".pdf"), "title": _word(chance)}],
    "corrections": lambda _a, chance: [{"date": "2022-11-01", "note": _word(chance), "kind": "correction"}],
    "inferred": _any({"region": 0.8}, {"date": 0.5, "actors": 0.25}),
    "translation": _any({"by": "a program", "reviewed": False}, {"by": "Ann", "reviewed": True}),
    "lang": _any("fr", "sr", "ar"),
    "aliases": lambda _a, chance: [f"/old/{_word(chance)}/", f"/{_word(chance)}.html"],
    "slug": lambda _a, chance: _word(chance),
    "mood": lambda _a, chance: _word(chance),
}


def set_some_field(name: str) -> Edit:
    """The edit that gives a briefing a field."""

    def edit(archive: Archive, chance: Random) -> None:
        for path in _some(chance, briefings(archive)):
            set_field(path, name, FIELDS[name](archive, chance))

    edit.__name__ = f"set_{name}"
    return edit


FIELD_EDITS = [set_some_field(name) for name in FIELDS]
EDITS += FIELD_EDITS


@_edit
def give_another_id(archive: Archive, chance: Random) -> None:
    for path in _some(chance, [path for path in briefings(archive) if not is_linked(archive, path)]):
        set_field(path, "id", _word(chance))


# Dossiers and prose


@_edit
def rename_a_dossier(archive: Archive, chance: Random) -> None:
    """Its address changes, and the briefings that name it follow."""
    paths = _originals(archive, "dossiers")
    for path in _some(chance, [path for path in paths if field(path, "id") is None]):
        new = path.with_name(f"{_word(chance)}.md")
        move(path, new)
        for other in documents(archive):
            dossier = field(other, "dossier")
            if dossier:
                set_field(other, "dossier", _renamed(_loose(dossier), path.stem, new.stem))
            if f"dossiers/{path.name}" in text_of(other):
                _replace(other, f"dossiers/{path.name}", f"dossiers/{new.name}")


def _renamed(value: Any, old: str, new: str) -> Any:
    if isinstance(value, list):
        return [_renamed(item, old, new) for item in value]
    return new if value == old else value


@_edit
def delete_a_dossier(archive: Archive, chance: Random) -> None:
    paths = _originals(archive, "dossiers")
    for path in _some(chance, [path for path in paths if not is_linked(archive, path)]):
        names = (id_of(path), _loose(field(path, "title") or ""))
        delete(path)
        for other in briefings(archive):
            dossier = _loose(field(other, "dossier") or "[]")
            kept = [name for name in (dossier if isinstance(dossier, list) else [dossier]) if name not in names]
            if field(other, "dossier"):
                set_field(other, "dossier", kept or None)


@_edit
def add_a_dossier(archive: Archive, chance: Random) -> None:
    archive.write(f"dossiers/{_word(chance)}.md", "Mark a.\n", status="active", trend="stable", as_of="2022-12-01")


@_edit
def judge_a_dossier(archive: Archive, chance: Random) -> None:
    for path in _some(chance, _originals(archive, "dossiers")):
        set_field(path, "trend", chance.choice(["escalating", "stable", "de-escalating"]))
        set_field(path, "as_of", some_date(chance)[:10])
        set_field(path, "key_dates", [{"date": "1999-06-10", "text": _word(chance)}])


@_edit
def add_a_page(archive: Archive, chance: Random) -> None:
    """One at the top is named in the navigation of every page."""
    folder = chance.choice(["", "help/"])
    archive.write(f"pages/{folder}{_word(chance)}.md", "Mark a.\n", title=f"Page {_word(chance)}")


@_edit
def delete_a_page(archive: Archive, chance: Random) -> None:
    paths = _originals(archive, "pages")
    for path in _some(chance, [path for path in paths if not is_linked(archive, path)]):
        delete(path)


# Translations


@_edit
def translate(archive: Archive, chance: Random) -> None:
    """Anything may be translated, also what says nothing of itself."""
    spoken = _spoken(archive)
    originals = [path for path in documents(archive) if not is_translation(path)]
    pairs = [(path, code) for path in originals for code in spoken if not path.with_suffix(f".{code}.md").exists()]
    for path, language in _some(chance, pairs):
        name = path.relative_to(archive.root / "content").as_posix()
        fields = {name: FIELDS[name](archive, chance) for name in chance.sample(["summary", "translation"], 1)}
        _translate(archive, name, language, f"Mark a, {_word(chance)}.\n", **_given(fields))


def _spoken(archive: Archive) -> list[str]:
    languages = tomllib.loads((archive.root / "sitrep.toml").read_text("utf-8")).get("languages", [])
    return [str(language) for language in languages]


@_edit
def reword_a_translation(archive: Archive, chance: Random) -> None:
    for path in _some(chance, translations(archive)):
        path.write_text(f"{text_of(path)}\nMore: {_word(chance)}.\n", "utf-8")


@_edit
def delete_a_translation(archive: Archive, chance: Random) -> None:
    for path in _some(chance, translations(archive)):
        path.unlink()


@_edit
def give_a_translation_another_language(archive: Archive, chance: Random) -> None:
    free = [(path, path.with_suffix("").with_suffix(f".{code}.md")) for path in translations(archive)
            for code in _spoken(archive)]  # fmt: skip
    for path, new in _some(chance, [(path, new) for path, new in free if not new.exists()]):
        path.rename(new)


@_edit
def give_a_translation_to_another_original(archive: Archive, chance: Random) -> None:
    for path in _some(chance, [path for path in translations(archive) if "](" not in text_of(path)]):
        language = path.stem.rpartition(".")[2]
        others = [other.with_suffix(f".{language}.md") for other in briefings(archive)]
        for new in _some(chance, [other for other in others if "briefings" in path.parts and not other.exists()]):
            path.rename(new)


@_edit
def state_a_field_in_a_translation(archive: Archive, chance: Random) -> None:
    stated = ["tags", "region", "actors", "status", "trend_reason", "image", "aliases", "warning", "sources", "updated"]
    for path in _some(chance, [path for path in translations(archive) if "briefings" in path.parts]):
        name = chance.choice(stated)
        set_field(path, name, None if field(path, name) else FIELDS[name](archive, chance))


@_edit
def hold_a_translation_back(archive: Archive, chance: Random) -> None:
    """As a draft or a withdrawn one; or no longer."""
    for path in _some(chance, [path for path in translations(archive) if "briefings" in path.parts]):
        name, value = chance.choice([("draft", True), ("withdrawn", {"date": "2023-01-01", "reason": _word(chance)})])
        set_field(path, name, None if field(path, name) else value)


@_edit
def speak_other_languages(archive: Archive, chance: Random) -> None:
    """What is in a language that is no longer spoken goes with it."""
    languages = chance.choice([["fr"], ["fa", "fr"], ["fr", "fa", "sq"], ["sq"], []])
    set_setting(archive, "languages", languages or None)
    for path in translations(archive):
        if path.stem.rpartition(".")[2] not in languages:
            path.unlink()


# Authority records

KINDS = ("regions", "actors", "sources", "tags")


def records(archive: Archive, kind: str) -> dict[Path, list[dict[str, Any]]]:
    """The records of a kind, by file."""
    content = archive.root / "content"
    found = sorted(content.glob(f"{kind}.yaml")) + sorted((content / kind).glob("*.yaml"))
    return {path: [json.loads(line[2:]) for line in text_of(path).splitlines()] for path in found}


def _change_a_record(archive: Archive, chance: Random, change: Callable[[dict[str, Any]], object]) -> None:
    kind = chance.choice([kind for kind in KINDS if any(records(archive, kind).values())] or ["regions"])
    _change_a_record_of(kind, archive, chance, change)


def _change_a_record_of(
    kind: str, archive: Archive, chance: Random, change: Callable[[dict[str, Any]], object]
) -> None:
    found = records(archive, kind)
    for path, record in _some(chance, [(path, record) for path, held in found.items() for record in held]):
        change(record)
        _write_records(path, found[path])


def _write_records(path: Path, held: list[dict[str, Any]]) -> None:
    lines = [f"- {json.dumps(record, ensure_ascii=False)}\n" for record in held]
    path.write_text("".join(lines), "utf-8")


@_edit
def add_a_record(archive: Archive, chance: Random) -> None:
    """Half of the time, of a name that briefings use already."""
    kind, known = chance.choice([("regions", "Nowhere"), ("actors", "Unknown Group"), ("sources", "Gazette")])
    record = {"name": chance.choice([known, f"New {_word(chance)}"]), "description": "Mark a."}
    found = records(archive, kind)
    if all(record["name"] != other["name"] for held in found.values() for other in held):
        path = chance.choice([*found] or [archive.root / f"content/{kind}.yaml"])
        _write_records(path, [*found.get(path, []), record])


@_edit
def rename_a_record(archive: Archive, chance: Random) -> None:
    """Its old name stays among its aliases, or is a name without a record from now on."""
    keep = chance.random() < 0.5

    def rename(record: dict[str, Any]) -> None:
        if keep:
            record["aliases"] = [*record.get("aliases", []), record["name"]]
        record["name"] = f"Renamed {_word(chance)}"

    _change_a_record(archive, chance, rename)


@_edit
def add_an_alias(archive: Archive, chance: Random) -> None:
    alias = chance.choice(["Nowhere", "Unknown Group", "Gazette", "talks", f"Alias {_word(chance)}"])
    _change_a_record(archive, chance, lambda record: record.update(aliases=[*record.get("aliases", []), alias]))


@_edit
def take_aliases_away(archive: Archive, chance: Random) -> None:
    found = {path: held for kind in KINDS for path, held in records(archive, kind).items()}
    with_aliases = [(path, record) for path, held in found.items() for record in held if "aliases" in record]
    for path, record in _some(chance, with_aliases):
        del record["aliases"]
        _write_records(path, found[path])


@_edit
def describe_a_record(archive: Archive, chance: Random) -> None:
    _change_a_record(archive, chance, lambda record: record.update(description=_word(chance)))


@_edit
def add_a_note_to_a_region(archive: Archive, chance: Random) -> None:
    """It stands on every page that names the region."""
    _change_a_record_of("regions", archive, chance, lambda record: record.update(note=f"Disputed: {_word(chance)}."))


@_edit
def grade_a_source(archive: Archive, chance: Random) -> None:
    """The grade stands on every briefing that cites it."""
    grade = chance.choice("ABCDEF")
    _change_a_record_of("sources", archive, chance, lambda record: record.update(reliability=grade))


@_edit
def move_a_host(archive: Archive, chance: Random) -> None:
    """Other briefings cite the publisher, although none was changed."""
    hosts = chance.sample(["wire.example", "post.example", "daily.example"], 1)
    found = records(archive, "sources")
    for path, held in found.items():
        for record in held:
            record.pop("hosts", None)
        _write_records(path, held)
    _change_a_record_of("sources", archive, chance, lambda record: record.update(hosts=hosts))


@_edit
def change_a_code(archive: Archive, chance: Random) -> None:
    """Actors of that country link to the region."""
    code = chance.choice(["XN", "XS", "XA"])
    taken = any(record.get("code") == code for held in records(archive, "regions").values() for record in held)
    _change_a_record_of("regions", archive, chance, lambda record: record.update({} if taken else {"code": code}))


@_edit
def change_a_slug(archive: Archive, chance: Random) -> None:
    _change_a_record_of("tags", archive, chance, lambda record: record.update(slug=_word(chance)))


@_edit
def change_a_parent(archive: Archive, chance: Random) -> None:
    """Only to one that stands above it, so that there is no circle."""
    for path, held in records(archive, "regions").items():
        for number in _some(chance, [*range(1, len(held))]):
            held[number].pop("parent", None)
            if parent := chance.choice([None, *held[:number]]):
                held[number]["parent"] = parent["name"]
            _write_records(path, held)
        return


@_edit
def delete_a_record(archive: Archive, chance: Random) -> None:
    found = [item for kind in KINDS for item in records(archive, kind).items() if item[1]]
    for path, held in _some(chance, found):
        held.remove(chance.choice(held))
        _write_records(path, held)


@_edit
def divide_records(archive: Archive, chance: Random) -> None:
    """From one file into a folder of files."""
    kind = chance.choice(KINDS)
    path = archive.root / f"content/{kind}.yaml"
    if path.exists():
        held = records(archive, kind)[path]
        path.unlink()
        for number in range(2):
            target = archive.write_text(f"{kind}/part-{number}.yaml", "")
            _write_records(target, held[number::2])


@_edit
def join_records(archive: Archive, chance: Random) -> None:
    """From a folder of files into one."""
    kind = chance.choice(KINDS)
    folder = archive.root / f"content/{kind}"
    if folder.exists():
        held = [record for part in records(archive, kind).values() for record in part]
        shutil.rmtree(folder)
        _write_records(archive.root / f"content/{kind}.yaml", held)


@_edit
def delete_all_records_of_a_kind(archive: Archive, chance: Random) -> None:
    for path in records(archive, chance.choice(["actors", "sources"])):
        path.unlink()


# Media and captures


@_edit
def replace_a_media_file(archive: Archive, chance: Random) -> None:
    for path in _some(chance, [path for path in inputs(archive) if "media" in path.parts]):
        path.write_bytes(path.read_bytes() + _word(chance).encode())


@_edit
def add_a_media_file_and_show_it(archive: Archive, chance: Random) -> None:
    """Its name may be that of another, in another folder."""
    path = f"media/{_word(chance)}/{chance.choice(['bridge', 'new'])}.png"
    archive.write_bytes(path, sites.PNG + chance.choice([b"", b"1", b"2"]))
    for document in _some(chance, documents(archive)):
        document.write_text(f"{text_of(document)}\n![New](/{path})\n", "utf-8")


@_edit
def delete_a_media_file(archive: Archive, chance: Random) -> None:
    used = "\n".join(text_of(path) for path in documents(archive))
    paths = [path for path in inputs(archive) if "media" in path.parts]
    for path in _some(chance, [p for p in paths if p.relative_to(archive.root / "content").as_posix() not in used]):
        path.unlink()


@_edit
def rename_a_media_file(archive: Archive, chance: Random) -> None:
    for path in _some(chance, [path for path in inputs(archive) if "media" in path.parts]):
        new = path.with_name(_word(chance) + path.suffix)
        path.rename(new)
        old_name, new_name = (p.relative_to(archive.root / "content").as_posix() for p in (path, new))
        for document in documents(archive):
            if f"/{old_name}" in text_of(document):
                _replace(document, f"/{old_name}", f"/{new_name}")


@_edit
def delete_a_capture(archive: Archive, chance: Random) -> None:
    """A build doesn't ask for it; `check` does."""
    for path in _some(chance, [path for path in inputs(archive) if "captures" in path.parts]):
        path.unlink()


@_edit
def alter_a_capture(archive: Archive, chance: Random) -> None:
    for path in _some(chance, [path for path in inputs(archive) if "captures" in path.parts]):
        path.write_bytes(_word(chance).encode())


# Themes


def _theme_folder(archive: Archive, chance: Random) -> Path:
    return archive.root / "themes" / chance.choice(["own", "own", "plain"])


def _bundled(name: str) -> str:
    """A template of the program's own theme, or of the program."""
    folders = (REPOSITORY / "themes/broadsheet/templates", REPOSITORY / "builder")
    return next(path for folder in folders for path in sorted(folder.rglob(name))).read_text("utf-8")


@_edit
def edit_a_template(archive: Archive, chance: Random) -> None:
    """Partial ones, macros, and those that are included by a computed name among them."""
    for path in _some(chance, [p for p in sorted(archive.root.glob("themes/*/templates/*")) if "Mark" in text_of(p)]):
        path.write_text(re.sub(r"Mark \w+", f"Mark {_word(chance)}", text_of(path)), "utf-8")


OVERRIDDEN = ["_card.html", "_layout.html", "_cite.html", "_listing.html", "home.html", "tag.html", "notice.html"]
MACHINES = ["robots.txt", "redirect.html"]
COMPUTED = ["_for-confirmed.html", "_for-nothing.html", "_for-any.html"]


@_edit
def add_an_overriding_template(archive: Archive, chance: Random) -> None:
    name = chance.choice(OVERRIDDEN)
    text = re.sub(
        r"<(p|li|article|section|ul|ol|dl|main)\b", rf'<\1 data-mark="{_word(chance)}"', _bundled(name), count=1
    )
    (path := _theme_folder(archive, chance) / "templates" / name).parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


@_edit
def add_a_template_for_machines(archive: Archive, chance: Random) -> None:
    name = chance.choice(MACHINES)
    text = f"{_bundled(name)}\n# Mark {_word(chance)}\n"
    (_theme_folder(archive, chance) / "templates" / name).write_text(text, "utf-8")


@_edit
def add_a_template_of_a_computed_name(archive: Archive, chance: Random) -> None:
    text = f"<p>Mark {_word(chance)}</p>\n"
    (_theme_folder(archive, chance) / "templates" / chance.choice(COMPUTED)).write_text(text, "utf-8")


@_edit
def remove_an_overriding_template(archive: Archive, chance: Random) -> None:
    names = {*OVERRIDDEN, *MACHINES, *COMPUTED, "briefing.html", "404.html", "_for-provisional.html"}
    for path in _some(chance, [p for p in sorted(archive.root.glob("themes/*/templates/*")) if p.name in names]):
        path.unlink()


@_edit
def override_one_of_our_own_templates(archive: Archive, chance: Random) -> None:
    """In the theme that extends ours: nothing changes for ours."""
    path = archive.root / "themes/plain/templates" / chance.choice(["_note.html", "404.html"])
    path.write_text(f"<p>Mark {_word(chance)}</p>\n", "utf-8")


@_edit
def edit_a_static_file(archive: Archive, chance: Random) -> None:
    for path in _some(chance, sorted(archive.root.glob("themes/*/static/*.css"))):
        path.write_text(f"{text_of(path)}p {{ margin: {chance.randrange(99)}px }}\n", "utf-8")


@_edit
def repaint_a_static_picture(archive: Archive, chance: Random) -> None:
    """Its address changes, so the stylesheet's bytes and address do, so every page does."""
    for path in _some(chance, sorted(archive.root.glob("themes/*/static/*.png"))):
        path.write_bytes(sites.PNG + _word(chance).encode())


@_edit
def add_a_static_file(archive: Archive, chance: Random) -> None:
    """One that nobody names, or one in the place of the extended theme's."""
    folder = _theme_folder(archive, chance) / "static"
    folder.mkdir(exist_ok=True)
    name = chance.choice([f"{_word(chance)}.css", "icon.svg", "print.css"])
    text = f"<svg xmlns='http://www.w3.org/2000/svg'><title>{_word(chance)}</title></svg>"
    (folder / name).write_text(text if name == "icon.svg" else f"p {{ margin: {chance.randrange(99)}px }}\n", "utf-8")


@_edit
def remove_a_static_file(archive: Archive, chance: Random) -> None:
    needed = {archive.root / "themes/own/static" / name for name in ("print.css", "mark.png")}
    for path in _some(chance, sorted({*archive.root.glob("themes/*/static/*")} - needed)):
        path.unlink()


@_edit
def switch_theme(archive: Archive, chance: Random) -> None:
    set_setting(archive, "theme", None)
    ours = ["own", "plain", {"name": "own", "accent": "red"}, {"name": "plain"}]
    set_setting(archive, "theme", chance.choice([*ours, "broadsheet", "lowband"]))


@_edit
def choose_a_theme_option(archive: Archive, chance: Random) -> None:
    name = chance.choice(["own", "plain"])
    set_setting(archive, "theme", {"name": name, "accent": _word(chance)})


@_edit
def change_a_theme_options_default(archive: Archive, chance: Random) -> None:
    path = _theme_folder(archive, chance) / "theme.toml"
    path.write_text(re.sub('accent = ".*"', f'accent = "{_word(chance)}"', text_of(path)), "utf-8")


@_edit
def change_what_a_theme_needs(archive: Archive, chance: Random) -> None:
    """Only where the theme that it extends, which then lies beside it, doesn't need that itself."""
    shadow_the_extended_theme(archive, chance)
    extended = archive.root / "themes/broadsheet/theme.toml"
    _need(extended, [need for need in tomllib.loads(text_of(extended))["needs"] if need != "related"])
    path = archive.root / "themes/own/theme.toml"
    _need(path, [] if "related" in text_of(path) else ["related"])


def _need(path: Path, needs: list[str]) -> None:
    path.write_text(re.sub("needs = .*", f"needs = {_toml(needs)}", text_of(path)), "utf-8")


@_edit
def change_what_a_theme_extends(archive: Archive, chance: Random) -> None:
    path = archive.root / "themes/plain/theme.toml"
    extended = chance.choice(["own", "broadsheet"])
    path.write_text(re.sub("extends = .*", f'extends = "{extended}"', text_of(path)), "utf-8")


@_edit
def shadow_the_extended_theme(archive: Archive, chance: Random) -> None:
    """A theme of the archive's goes before the program's own of the same name."""
    folder = archive.root / "themes/broadsheet"
    if not folder.exists():
        shutil.copytree(REPOSITORY / "themes/broadsheet", folder)
        _replace(folder / "templates/briefing.html", "{% if related %}", "{% if related is defined and related %}")
    _replace(folder / "templates/_layout.html", "<main ", f'<main data-mark="{_word(chance)}" ')


@_edit
def unshadow_the_extended_theme(archive: Archive, _chance: Random) -> None:
    shutil.rmtree(archive.root / "themes/broadsheet", ignore_errors=True)


# Settings

SETTING_VALUES: dict[str, list[Any]] = {
    "title": ["Small archive", "Another title", "Ђ & <title>"],
    "base_url": ["https://archive.example/", "https://elsewhere.example/deep/", "http://localhost:8000/"],
    "description": ["Mark a.", "Another description.", None],
    "language": ["en", "en-GB", "de", "ar", "sr-Latn"],
    "timezone": ["UTC", "Europe/Belgrade", "Pacific/Kiritimati", "America/Los_Angeles"],
    "per_page": [1, 3, 5, 20, None],
    "licence": ["CC BY 4.0", "CC0", None],
    "contact": ["editors@archive.example", "others@archive.example", None],
    "markdown.typographer": [True, False, None],
    "feeds.entries": [1, 3, 30, None],
    "output.hosts": [["github"], ["apache", "netlify"], [], None],
    "output.compress": [["gz"], ["br", "gz"], [], None],
    "output.picture_width": [100, 1600, None],
    "check.off": [["unknown-record"], ["inferred", "future-date"], ["unknown-record", "inferred"], [], None],
}


def change_setting(name: str) -> Edit:
    """The edit that changes a setting."""

    def edit(archive: Archive, chance: Random) -> None:
        set_setting(archive, name, chance.choice(SETTING_VALUES[name]))

    edit.__name__ = f"change_{name.replace('.', '_')}"
    return edit


SETTING_EDITS = [change_setting(name) for name in SETTING_VALUES]
EDITS += SETTING_EDITS


# What no build can be made of


@_break
def leave_front_matter_open(archive: Archive, _chance: Random) -> None:
    archive.write_text("briefings/bad.md", "---\ntitle: No end\n")


@_break
def write_a_date_that_is_none(archive: Archive, chance: Random) -> None:
    set_field(chance.choice(briefings(archive)), "date", "2022-02-30")


@_break
def name_an_unknown_dossier(archive: Archive, chance: Random) -> None:
    set_field(chance.choice(briefings(archive)), "dossier", "nowhere")


@_break
def link_to_nowhere(archive: Archive, chance: Random) -> None:
    path = chance.choice(documents(archive))
    target = chance.choice(["gone.md", "id:gone", "#gone", "/tags/gone/"])
    path.write_text(f"{text_of(path)}\n[Nowhere]({target})\n", "utf-8")


@_break
def lose_a_linked_file(archive: Archive, _chance: Random) -> None:
    """The fault is in files that nobody touched."""
    archive.write("briefings/linker.md", "[To it](linked.md)\n")
    (archive.root / "content/briefings/linked.md").unlink(missing_ok=True)


@_break
def show_a_missing_picture(archive: Archive, chance: Random) -> None:
    set_field(chance.choice(briefings(archive)), "image", {"src": "/media/gone.png", "alt": "Gone"})


@_break
def use_an_id_twice(archive: Archive, _chance: Random) -> None:
    for name in ("twin-1", "twin-2"):
        archive.write(f"briefings/{name}.md", id="twin")


@_break
def take_an_address_twice(archive: Archive, _chance: Random) -> None:
    for name in ("twin-1", "twin-2"):
        archive.write(f"briefings/{name}.md", slug="twin")


@_break
def write_what_is_not_utf8(archive: Archive, chance: Random) -> None:
    path = chance.choice(documents(archive))
    path.write_bytes(path.read_bytes() + b"\xff\xfe")


@_break
def file_regions_in_a_circle(archive: Archive, _chance: Random) -> None:
    circle = [{"name": "Here", "parent": "There"}, {"name": "There", "parent": "Here"}]
    _write_records(archive.write_text("regions/circle.yaml", ""), circle)


@_break
def break_a_records_file(archive: Archive, chance: Random) -> None:
    archive.write_text(f"{chance.choice(KINDS)}/bad.yaml", "- name: [\n")


@_break
def use_an_unknown_setting(archive: Archive, _chance: Random) -> None:
    set_setting(archive, "thyme", "x")


@_break
def break_the_settings(archive: Archive, _chance: Random) -> None:
    (archive.root / "sitrep.toml").write_text("title =", "utf-8")


@_break
def choose_a_theme_that_is_not_there(archive: Archive, _chance: Random) -> None:
    set_setting(archive, "theme", "nowhere")


@_break
def use_what_a_template_is_not_given(archive: Archive, chance: Random) -> None:
    """The theme is chosen, too, so that the template is used."""
    set_setting(archive, "theme", "own")
    name = chance.choice(["404.html", "home.html", "tag.html", "_note.html"])
    archive.template(f"own/templates/{name}", "{{ nothing_of_this_name }}\n")
    archive.template("own/templates/briefing.html", TEMPLATES["briefing.html"])


@_break
def break_a_templates_syntax(archive: Archive, chance: Random) -> None:
    set_setting(archive, "theme", "own")
    archive.template(f"own/templates/{chance.choice(['404.html', 'home.html', 'dossier.html'])}", "{% if %}\n")


@_break
def lose_what_a_stylesheet_names(archive: Archive, _chance: Random) -> None:
    set_setting(archive, "theme", "own")
    (archive.root / "themes/own/static/style.css").write_text('@import "gone.css";\n', "utf-8")


@_break
def translate_nothing(archive: Archive, _chance: Random) -> None:
    set_setting(archive, "languages", ["fr"])
    _translate(archive, "briefings/nothing.md", "fr", "Mark a.\n")


@_break
def give_a_translation_a_slug(archive: Archive, _chance: Random) -> None:
    set_setting(archive, "languages", ["fr"])
    archive.write("briefings/original.md")
    _translate(archive, "briefings/original.md", "fr", "Mark a.\n", slug="own")


@_break
def forget_the_languages_of_translations(archive: Archive, _chance: Random) -> None:
    """A translation without a language is a briefing, and one without a date."""
    archive.write("briefings/original.md")
    _translate(archive, "briefings/original.md", "fr", "Mark a.\n")
    set_setting(archive, "languages", None)


# Edits that find something to do only after others.
AFTER: dict[Edit, Edit] = {
    join_records: divide_records,
    remove_a_strange_file: add_a_strange_file,
    unshadow_the_extended_theme: shadow_the_extended_theme,
}


# Whole states


def state_of(archive: Archive) -> dict[str, bytes]:
    """Everything that a site is made from, by path."""
    return {path.relative_to(archive.root).as_posix(): path.read_bytes() for path in inputs(archive)}


def bring_to(archive: Archive, state: dict[str, bytes]) -> None:
    """Makes the archive's files those of a state, as a version control system does: those that differ are written."""
    for path in inputs(archive):
        name = path.relative_to(archive.root).as_posix()
        if name not in state:
            path.unlink()
            for folder in path.parents:
                if folder == archive.root or any(folder.iterdir()):
                    break
                folder.rmdir()
    for name, data in state.items():
        path = archive.root / name
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
