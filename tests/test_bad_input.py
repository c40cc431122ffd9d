"""What is wrong with an archive is told as a user needs it: file and line, once, all at once; and the site stays.

Every test here runs the command itself, in an archive that has been built before.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import html5lib
import pytest
from conftest import REPOSITORY, Archive

CONFIG = 'base_url = "https://archive.example/"\ntheme = "own"\n'
THEME = 'name = "own"\nextends = "broadsheet"\n'


@pytest.fixture(scope="session")
def built_once(tmp_path_factory):
    root = tmp_path_factory.mktemp("built") / "archive"
    (root / "content").mkdir(parents=True)
    archive = Archive(root)
    archive.config(CONFIG)
    archive.template("own/theme.toml", THEME)
    archive.records("regions", {"id": "kosovo", "name": "Kosovo"})
    archive.records("actors", {"id": "nato", "name": "NATO"}, {"name": "KFOR", "member_of": ["NATO"]})
    archive.write("dossiers/kosovo-serbia.md", "The conflict.\n", title="Kosovo and Serbia")
    archive.write("pages/about.md", "[KFOR](../briefings/kfor.md)\n")
    archive.write(
        "briefings/kfor.md", "## What is known\n\nWords.\n", region="Kosovo", actors=["KFOR"], dossier="kosovo-serbia"
    )
    archive.build()
    return archive


@pytest.fixture
def archive(built_once, tmp_path):
    """An archive that has been built, and is sound."""
    shutil.copytree(built_once.root, tmp_path / "archive", symlinks=True)
    return Archive(tmp_path / "archive")


def _state(folder: Path):
    """Every file, with its bytes and the time when it was written."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else None)
        for path in sorted(folder.rglob("*"))
        if ".sitrep" not in path.parts and (path.is_file() or not any(path.iterdir()))
    }


def _errors_of(archive, *arguments, **options):
    """The errors of a build that fails as it must: with status 1, no crash, and everything left as it was."""
    before = _state(archive.root)

    ran = archive.run("build", *arguments, **options)

    assert ran.status == 1, ran.err
    assert "Traceback" not in ran.err
    assert ran.out == ""
    assert _state(archive.root) == before
    assert ran.err.splitlines()[-1].startswith(f"{len(ran.errors)} error")
    # Nothing but faults, of one line each, and the closing line.
    assert ran.err.splitlines()[:-1] == ran.faults
    return ran.errors


BRIEFINGS = {
    "no closing line": ("---\ntitle: A\ndate: 2022-08-17\n\nWords.\n", 1, "never ends"),
    "no closing line, but a rule": ("---\ntitle: A\ndate: 2022\n\nIt began.\n\n---\n\nIt ended.\n", 5, "YAML"),
    "no front matter": ("# Words only\n", 1, "front matter"),
    "nothing at all": ("", 1, "front matter"),
    "a list for front matter": ("---\n- title\n---\n", 2, "key: value"),
    "a colon in a title": ("---\ndate: 2022\ntitle: NATO: KFOR stands ready\n---\n", 3, "quotes"),
    "an unclosed quote": ('---\ntitle: "NATO says\ndate: 2022\nactors: [NATO]\n---\n', 2, "quote"),
    "an unclosed bracket": ("---\ntitle: A\nactors: [NATO, KFOR\ndate: 2022\n---\n", 3, "YAML"),
    "a tab for indentation": ("---\ntitle: A\ndate: 2022\nsources:\n\t- name: x\n---\n", 5, "YAML"),
    "a duplicate key": ("---\ntitle: A\ndate: 2022\ntitle: B\n---\n", 4, '"title" stands twice, here and in line 2'),
    "a duplicate key inside": ("---\ntitle: A\ndate: 2022\ntranslation:\n  by: a\n  by: b\n---\n", 6, "and in line 5"),
    "no title": ("---\ndate: 2022\n---\n", 2, "title: is missing"),
    "an empty title": ("---\ntitle:\ndate: 2022\n---\n", 2, "title: is missing"),
    "a title without words": ('---\ntitle: ""\ndate: 2022\n---\n', 2, "title: is missing"),
    "no date": ("---\ntitle: A\n---\n", 1, "date: is missing"),
    "an empty date": ("---\ntitle: A\ndate:\n---\n", None, "date: is missing"),
    "a title that is a list": ("---\ntitle: [A]\ndate: 2022\n---\n", 2, "title: must be one text"),
    "a wrong type": ("---\ntitle: A\ndate: 2022\ndraft: maybe\n---\n", 4, 'true or false, not "maybe"'),
    "a wrong type inside": (
        "---\ntitle: A\ndate: 2022\nlocation:\n  name: M\n  lat: north\n  lon: 20\n---\n",
        6,
        'location.lat: "north" is not a number',
    ),
    "an impossible day": ("---\ntitle: A\ndate: 2023-05-32\n---\n", 3, 'date: "2023-05-32" is not a day; May has 31'),
    "a month that is none": ("---\ntitle: A\ndate: 2023-13\n---\n", 3, "months are 01 to 12"),
    "a range that runs backwards": ("---\ntitle: A\ndate: 2023-05-29/2023-05-26\n---\n", 3, "ends before it begins"),
    "an unknown dossier": (
        "---\ntitle: A\ndate: 2022\ndossier: kosovo-serbja\n---\n",
        4,
        'dossier: there is no dossier "kosovo-serbja"; did you mean "kosovo-serbia"?',
    ),
    "an unknown event type": ("---\ntitle: A\ndate: 2022\nevent_type: Protest\n---\n", 4, 'did you mean "Protests"?'),
    "an empty slug": ("---\ntitle: Talks in Geneva\ndate: 2022\nslug: '!!!'\n---\n", 4, "slug: talks-in-geneva"),
    "an anchor": ("---\ntitle: A\ndate: 2022\nsummary: &AP reports\n---\n", 4, "&AP"),
    "an alias": ("---\ntitle: A\ndate: 2022\nsummary: *emphasis\n---\n", 4, "*emphasis"),
    "emphasis for an alias": ("---\ntitle: A\ndate: 2022\nsummary: *Two* words\n---\n", 4, "put the text in quotes"),
    "a tag": ("---\ntitle: A\ndate: 2022\nsummary: !!python/name:os.system x\n---\n", 4, "tag"),
    "a second document": ("---\ntitle: A\ndate: 2022\n... # x\nb: c\n---\n", None, "YAML"),
    "nesting without end": ("---\ntitle: A\ndate: 2022\nx: " + "[" * 5000 + "\n---\n", 4, "deep"),
    "a control character": ("---\ntitle: A\ndate: 2022\n---\n\nWords\x08\n", 6, "U+0008"),
    "a control character in the block": ("---\ntitle: A\x1b[0m\ndate: 2022\n---\n", 2, "U+001B"),
    "a C1 control character": ("---\ntitle: A\ndate: 2022\nsummary: a\x92b\n---\n", 4, "U+0092"),
    "a control character by an escape": ('---\ntitle: "A\\x08"\ndate: 2022\n---\n', 2, "U+0008"),
    "half a character by an escape": ('---\ntitle: "A\\ud800"\ndate: 2022\n---\n', 2, ""),
    "no character by an escape": ('---\ntitle: "A\\uffff"\ndate: 2022\n---\n', 2, "U+FFFF"),
    "a control character in a key": ('---\ntitle: A\ndate: 2022\n"a\\x08": b\n---\n', 4, "U+0008"),
    "a null": ("---\ntitle: A\ndate: 2022\n---\n\0", 5, "U+0000"),
    "a link that leads nowhere": ("---\ntitle: A\ndate: 2022\n---\n\nOne\n[two](../kfro.md)\n", 7, 'kfor.md"'),
    "a link from another folder": ("---\ntitle: A\ndate: 2022\n---\n\n[x](kfor.md)\n", 6, '"../kfor.md"'),
    "an anchor that is none": ("---\ntitle: A\ndate: 2022\n---\n\n[x](../kfor.md#what-is-know)\n", 6, "what-is-known"),
    "a picture that is not there": ("---\ntitle: A\ndate: 2022\n---\n\n![x](/media/gone.png)\n", 6, "gone.png"),
    "an id that stands twice": ("---\ntitle: A\ndate: 2022\n---\n\n# A {#x}\n\n# B {#x}\n", 8, '"x"'),
    "an address that is none": ("---\ntitle: A\ndate: 2022\naliases: [old-name]\n---\n", 4, "no address"),
    "a number without end": (
        "---\ntitle: A\ndate: 2022\nfigures: {what: x, value: " + "9" * 5000 + ", says: y}\n---\n", 4, "figures.value",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BRIEFINGS)
def test_what_is_wrong_with_a_briefing_is_one_error_in_its_line(archive, name):
    text, line, says = BRIEFINGS[name]
    archive.write_text("briefings/2022/x.md", text)

    (error,) = _errors_of(archive)

    assert error.startswith(f"content/briefings/2022/x.md:{line}: error: " if line else "content/briefings/2022/x.md:")
    assert says in error


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"---\ntitle: caf\xe9\ndate: 2022\n---\n", 2),
        (b"---\r\ntitle: A\r\ndate: 2022\r\n---\r\n\r\n\x93Words\x94\r\n", 6),
        ("---\ntitle: A\n---\n".encode("utf-16"), 1),
        (b"---\ntitle: \xed\xa0\x80\n---\n", 2),
    ],
)
def test_a_file_that_is_not_utf8_is_one_error_in_the_line_of_the_byte(archive, data, line):
    archive.write_bytes("briefings/x.md", data)

    (error,) = _errors_of(archive)

    assert error.startswith(f"content/briefings/x.md:{line}: error: is not UTF-8")


def test_a_file_whose_name_is_not_utf8_is_one_error_that_shows_it(archive):
    shutil.copy(
        archive.root / "content/briefings/kfor.md", os.fsencode(archive.root) + b"/content/briefings/caf\xe9.md"
    )

    (error,) = _errors_of(archive)

    assert "content/briefings/caf" in error
    assert "UTF-8" in error


def test_two_briefings_with_one_id_are_one_error_that_names_both(archive):
    archive.write_text("briefings/x.md", "---\ntitle: A\ndate: 2022-01-02\nid: kfor\n---\n")

    (error,) = _errors_of(archive)

    assert error.startswith("content/briefings/x.md:4: error: id: ")
    assert "content/briefings/kfor.md" in error


def test_two_briefings_at_one_address_are_one_error_that_names_both(archive):
    archive.write_text("briefings/x.md", "---\ntitle: A\ndate: 2022-08-17\nslug: kfor\n---\n")

    (error,) = _errors_of(archive)

    assert error.startswith("content/briefings/x.md:4: error: slug: /2022/08/17/kfor/ ")
    assert "content/briefings/kfor.md" in error


def test_a_file_copied_to_another_folder_is_told_of_in_the_copy(archive):
    archive.write("briefings/old/kfor.md")

    errors = _errors_of(archive)

    assert {error.split(": error: ")[0].rpartition(":")[0] for error in errors} == {"content/briefings/old/kfor.md"}
    assert all("content/briefings/kfor.md" in error for error in errors)


def test_a_file_name_without_a_letter_proposes_a_slug(archive):
    archive.write_text("briefings/2022-08-17-!.md", "---\ntitle: Преговори у Бриселу\n---\n")

    (error,) = _errors_of(archive)

    assert error.startswith("content/briefings/2022-08-17-!.md:")
    assert "`slug: pregovori-u-briselu`" in error


@pytest.mark.parametrize(
    ("file", "text", "line", "says"),
    [
        ("regions.yaml", "- name: B\n  parent: Asia\n- name: Asia\n  parent: B\n", 4, "Asia → B → Asia"),
        ("actors.yaml", "- name: NATO\n- name: KFOR\n  member_of: [KFOR]\n", 3, "KFOR → KFOR"),
        ("actors.yaml", "- name: NATO\n  aliases: [A]\n- name: KFOR\n  aliases:\n  - a\n", 5, "content/actors.yaml:1"),
        ("actors.yaml", "- name: NATO\n- name: KFOR\n- name: nato\n", 3, "content/actors.yaml:1"),
        ("actors.yaml", "- name: KFOR\n- name: NATO\n  kind: alliance\n", 3, "organisation"),
        ("actors.yaml", "- name: KFOR\n- kind: mission\n", 2, "name: is missing"),
        ("actors.yaml", "- name: KFOR\n- name: '...'\n", 2, "id: …"),
        ("regions.yaml", "- name: Kosovo\n- just words\n", 2, "- name: …"),
        ("regions.yaml", "- name: Kosovo\n  name: Kosova\n", 2, "stands twice"),
        ("regions.yaml", "- name: Kosovo\n  aliases: [Kosova\n- name: Serbia\n", 2, "YAML"),
        ("regions.yaml", "- name: Kosovo\n  note: &n x\n", 2, "anchor"),
        ("tags.yaml", "- name: C++\n  slug: cpp\n- name: '!'\n", 3, "slug: …"),
        ("tags.yaml", "- name: A\n- name: C++\n  slug: '++'\n", None, "slug"),
        ("dossiers/kosovo-serbia.md", "---\ntitle: A\nstatus: over\n---\n", 3, "active"),
        ("dossiers/kosovo-serbia.md", "---\ntitle: [A\n---\n", 2, "YAML"),
        ("dossiers/kosovo-serbia.md", "words", 1, "front matter"),
        ("pages/about.md", "---\ntitle: A\n", 1, "never ends"),
        ("pages/tags.md", "---\ntitle: A\n---\n", None, "/tags/"),
        ("pages/2022.md", "---\ntitle: A\n---\n", None, "/2022/"),
        ("pages/kfor.md", "---\ntitle: A\naliases: [/about/]\n---\n", 3, "content/pages/about.md"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_any_other_file_is_one_error_in_its_line(archive, file, text, line, says):
    archive.write_text(file, text)

    errors = _errors_of(archive)

    assert len(errors) == 1, errors
    assert errors[0].startswith(f"content/{file}:{line}: error: " if line else f"content/{file}:")
    assert says in errors[0]


@pytest.mark.parametrize("field", ["tags", "region", "actors"])
def test_a_name_that_is_too_long_for_an_address_is_told_where_it_is_written(archive, field):
    archive.write_text("briefings/x.md", f"---\ntitle: A\ndate: 2022\n{field}:\n- {'x' * 300}\n---\n")

    (error,) = _errors_of(archive)

    assert error.startswith("content/briefings/x.md:5: error: ")
    assert "long" in error


@pytest.mark.parametrize("file", ["regions.yaml", "actors.yaml", "dossiers/kosovo-serbia.md", "briefings/kfor.md"])
def test_a_file_that_cannot_be_read_is_not_blamed_on_those_who_name_what_is_in_it(archive, file):
    archive.write_bytes(file, b"- name: [\xff\n")

    ran = archive.run("build")

    assert ran.status == 1
    assert len(ran.faults) == 1, ran.err
    assert ran.faults[0].startswith(f"content/{file}:1: error: ")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('title = "A"\nlangauge = "en"\n', 2, '"language"'),
        ('title = "A"\n\n[feeds]\nentrys = 3\n', 4, '"entries"'),
        ('title = "A"\n\n[feds]\nentries = 3\n', 3, '"feeds"'),
        ('title = "A"\nper_page = 0\n', 2, "1 to 200"),
        ('title = "A"\ntimezone = "Europe/Pristina"\n', 2, "time zone"),
        ('title = "A"\nbase_url = "https://[x/"\n', 2, "https://example.org/"),
        ('title = "A"\ncontact = "a\\u0008b"\n', 2, "U+0008"),
        ("title = Kosovo\n", 1, "TOML"),
        ("title: Kosovo\n", 1, "TOML"),
        ('title = "A"\ntitle = "B"\n', 2, "TOML"),
        ('title = "A"\nper_page = ' + "9" * 5000, 2, ""),
        ("", None, "title: is missing"),
        ('title = "A"\ntheme = "broadshet"\n', 2, '"broadsheet"'),
        ('title = "A"\n[theme]\nname = "../content"\n', 3, "no theme"),
        ('title = "A"\n\n[theme]\nname = "own"\ncolour = "red"\n', 5, '"colour"'),
    ],
)
def test_what_is_wrong_with_the_settings_is_one_error_in_its_line(archive, text, line, says):
    (archive.root / "sitrep.toml").write_text(text, "utf-8")

    (error,) = _errors_of(archive)

    assert error.startswith(f"sitrep.toml:{line}: error: " if line else "sitrep.toml:"), error
    assert says in error


@pytest.mark.parametrize(("data", "line"), [(b'title = "A"\ncontact = "\xff"\n', 2), (b'title = "A\x00"\n', 1)])
def test_settings_that_are_no_text_are_one_error_in_its_line(archive, data, line):
    (archive.root / "sitrep.toml").write_bytes(data)

    (error,) = _errors_of(archive)

    assert error.startswith(f"sitrep.toml:{line}: error: ")


def test_a_theme_that_the_command_line_names_is_not_blamed_on_the_settings(archive):
    (error,) = _errors_of(archive, "--theme", "broadshet")

    assert '"broadsheet"' in error
    assert not error.startswith("sitrep.toml")


# Themes

BRIEFING = "themes/own/templates/briefing.html"


@pytest.mark.parametrize(
    ("template", "line", "says"),
    [
        ("<h1>\n{{ titel }}\n</h1>", 2, "'titel' is not known here; the page has: assets, body, briefing"),
        ("<h1>\n\n{{ briefing.titel }}\n</h1>", 3, "'titel' is not known here; it has: "),
        ("{% for actor in briefing.actors %}\n{{ actor.aliasses }}\n{% endfor %}", 2, "'aliasses'"),
        ("{% for actor in briefing.actors %}\n{{ actor.name\n{% endfor %}", 3, "print statement"),
        ("<h1>\n{% if briefing %}\n<p>", None, "'if'"),
        ("<h1>\n{% endif %}", 2, "endif"),
        ("\n{{ briefing.event_type.name }}", 2, "'name' is asked of none"),
        ("{{ briefing.title|shuot }}", 1, "shuot"),
        ("\n{% include '_gone.html' %}", 2, '"_gone.html"'),
        ("\n\n{% extends 'gone.html' %}", 3, '"gone.html"'),
        ("\n{{ 1 // 0 }}", 2, "ZeroDivisionError"),
        ("\n{{ briefing.title + 1 }}", 2, "TypeError"),
        ("\n{{ now() }}", 2, "'now'"),
        ("\n{{ [1, 2]|random }}", 2, "random"),
    ],
)
def test_what_is_wrong_with_a_template_is_one_error_in_its_line_with_the_page(archive, template, line, says):
    archive.template("own/templates/briefing.html", template)

    (error,) = _errors_of(archive)

    assert error.startswith(f"{BRIEFING}:{line}: error: " if line else f"{BRIEFING}:"), error
    assert says in error
    assert "/2022/08/17/kfor/" in error


def test_a_fault_in_an_included_template_names_its_own_line_the_page_and_who_included_it(archive):
    archive.template("own/templates/_part.html", "<p>\n\n{{ nonsense }}\n")
    archive.template("own/templates/briefing.html", "<h1>\n{% include '_part.html' %}\n")

    (error,) = _errors_of(archive)

    assert error.startswith("themes/own/templates/_part.html:3: error: ")
    assert "'nonsense'" in error
    assert "/2022/08/17/kfor/" in error
    assert "briefing.html:2" in error


def test_a_template_that_breaks_many_pages_is_told_once(archive):
    for day in range(1, 6):
        archive.write(f"briefings/{day}.md", date=f"2022-01-0{day}")
    archive.template("own/templates/briefing.html", "{{ nonsense }}")

    assert len(_errors_of(archive)) == 1


def test_each_template_that_is_broken_is_told(archive):
    for name in ("briefing", "home", "dossier", "region"):
        archive.template(f"own/templates/{name}.html", "\n{{ nonsense }}")

    errors = _errors_of(archive)

    assert [error.split(": error: ")[0] for error in errors] == [
        f"themes/own/templates/{name}.html:2" for name in ("briefing", "dossier", "home", "region")
    ]


def test_a_template_that_is_not_utf8_is_one_error_that_names_it(archive):
    archive.template("own/templates/briefing.html", "")
    (archive.root / BRIEFING).write_bytes(b"<p>\n\xff</p>")

    (error,) = _errors_of(archive)

    assert error.startswith(f"{BRIEFING}:")
    assert "UTF-8" in error


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('name = "own"\nextends = "broadsheet\n', 2, "TOML"),
        ('name = "own"\nextends = "broadshet"\n', 2, '"broadsheet"'),
        ('name = "own"\nextends = "own"\n', 2, "own → own"),
        ('name = "own"\nextends = "broadsheet"\nneeds = ["relatd"]\n', 3, '"related"'),
        ('name = "own"\nextend = "broadsheet"\n', 2, "extend"),
        ('extends = "broadsheet"\n', None, "name"),
    ],
)
def test_what_is_wrong_with_a_theme_is_one_error_in_its_line(archive, text, line, says):
    archive.template("own/theme.toml", text)

    (error,) = _errors_of(archive)

    assert error.startswith(f"themes/own/theme.toml:{line}: error: " if line else "themes/own/theme.toml:"), error
    assert says in error


# Where the site may not go


@pytest.mark.parametrize(
    ("output", "says"),
    [
        ("/", "root of the file system"),
        (".", "sitrep.toml"),
        ("..", "content/"),
        ("content", "content/"),
        ("content/briefings/site", "content/"),
        ("output/../content/site", "content/"),
        ("link-to-content/site", "content/"),
        ("home", "home folder"),
        ("home/../home/.", "home folder"),
        ("other-archive", "sitrep.toml"),
        ("a-file", "file"),
        ("a-file/site", ""),
        ("themes", "archive's own files"),
        (".git/site", "archive's own files"),
        (".sitrep", "archive's own files"),
    ],
)
def test_an_output_that_must_not_be_written_to_is_refused(archive, output, says):
    (archive.root / "home").mkdir()
    (archive.root / "other-archive").mkdir()
    (archive.root / "other-archive" / "sitrep.toml").write_text('title = "B"\n')
    (archive.root / "a-file").write_text("precious")
    (archive.root / "link-to-content").symlink_to("content")

    (error,) = _errors_of(archive, "--output", output, env={"HOME": str(archive.root / "home")})

    assert says in error


# What only looks bad


def _mark(page, selector):
    return html5lib.parse(page, namespaceHTMLElements=False).find(f".//{selector}")


@pytest.mark.parametrize(("mark", "line_end"), [("\ufeff", "\n"), ("", "\r\n"), ("\ufeff", "\r")])
def test_a_byte_order_mark_and_any_line_ends_make_the_same_page(archive, mark, line_end):
    text = "---\ntitle: Talks\ndate: 2022-08-18\ntags: [peace]\n---\n\nOne\ntwo.\n\n    code\n"
    archive.write_text("briefings/talks.md", text)
    archive.build()
    expected = archive.files()
    archive.write_bytes("briefings/talks.md", (mark + text.replace("\n", line_end)).encode())

    archive.build()

    assert archive.files() == expected


def test_values_that_other_programs_would_change_stay_what_they_say(archive):
    archive.template(
        "own/templates/briefing.html",
        "{% for name in briefing.extra %}<p id={{ name }}>{{ briefing.extra[name] }}</p>{% endfor %}"
        "<i>{{ briefing.actors|map(attribute='name')|join(' ') }}</i><b>{{ briefing.published.iso }}</b>",
    )
    archive.write_text(
        "briefings/x.md",
        "---\ntitle: NO\ndate: 2022-08-17\nactors: [NO, 002, 14:09, 1.10]\npublished: 2022-08-17T14:09-04:00\n"
        "country: NO\ncode: 002\nat: 14:09\nedition: 1.10\noffset: -04:00\n---\n",
    )

    archive.build()

    page = archive.page("/2022/08/17/x/")
    for name, value in {"country": "NO", "code": "002", "at": "14:09", "edition": "1.10", "offset": "-04:00"}.items():
        assert _mark(page, f"p[@id='{name}']").text == value
    assert _mark(page, "i").text == "NO 002 14:09 1.10"
    assert _mark(page, "b").text == "2022-08-17T14:09-04:00"


def test_text_of_the_web_with_its_odd_line_ends_is_read_and_lines_stay_right(archive):
    archive.write_text("briefings/x.md", "---\ntitle: One\u2028two\u2029three\ndate: 2022-13\n---\n")
    (error,) = _errors_of(archive)
    archive.write_text("briefings/x.md", "---\ntitle: One\u2028two\u2029three\ndate: 2022-12\n---\n\u2028\n")

    archive.build()

    assert error.startswith("content/briefings/x.md:3: error: ")


@pytest.mark.parametrize("when", ["0001-01-01T00:00+14:00", "9999-12-31T23:59:59-12:00", "0001", "9999-12-31"])
def test_the_ends_of_the_calendar_can_be_built(archive, when):
    archive.write("briefings/x.md", date=when)

    archive.build()


@pytest.mark.parametrize("language", ["tlh", "zh-Hant-TW", "sr-Latn", "xx", "ar"])
def test_a_language_that_no_library_knows_can_be_built(archive, language):
    archive.config(CONFIG + f'language = "{language}"\n')

    archive.build()

    assert _mark(archive.page("/2022/08/17/kfor/"), "head/..").get("lang") == language


def test_files_that_editors_and_systems_leave_behind_are_no_content(archive):
    before = archive.files()
    for name in (".DS_Store", ".#kfor.md", "kfor.md~", "#kfor.md#", ".git/HEAD.md"):
        archive.write_bytes(f"briefings/{name}", b"\xff\x00")

    archive.build()

    assert archive.files() == before


def test_a_link_that_leads_to_no_file_is_an_error_and_not_a_crash(archive):
    (archive.root / "content/briefings/broken.md").symlink_to("nowhere.md")

    ran = archive.run("build")

    assert ran.status == 1
    assert [error.split(": error: ")[0] for error in ran.errors] == ["content/briefings/broken.md"]


# All at once


def _break_everything(archive):
    archive.write_text("briefings/1.md", "---\ntitle: A\ndate: 2022\n")
    archive.write_text("briefings/2.md", "---\ntitle: A: B\ndate: 2022\n---\n")
    archive.write_text("briefings/3.md", "---\ndate: 2022-02-30\nstatus: sure\ndraft: maybe\n---\n\n[x](gone.md)\n")
    archive.write_bytes("briefings/4.md", b"---\ntitle: \xff\n---\n")
    archive.write("briefings/5.md", "[x](gone.md)\n\n![y](/media/gone.png)\n", dossier="gone", region="++", tags=["++"])
    archive.write("briefings/z6.md", id="kfor", slug="other")
    archive.write("briefings/7.md", slug="!")
    archive.write("dossiers/8.md", status="over")
    archive.write("pages/tags.md")
    archive.records("regions", {"id": "kosovo", "name": "Kosovo", "parent": "Kosovo"})
    archive.records("actors", {"name": "NATO"}, {"name": "KFOR", "aliases": ["NATO"]})
    archive.config(CONFIG.replace("own", "gone"))
    return [
        "content/actors.yaml:2 ambiguous-name",
        "content/briefings/1.md:1 unclosed-front-matter",
        "content/briefings/2.md:2 yaml",
        "content/briefings/3.md:2 date",
        "content/briefings/3.md:2 missing",
        "content/briefings/3.md:3 unknown-value",
        "content/briefings/3.md:4 wrong-type",
        "content/briefings/4.md:2 encoding",
        "content/briefings/5.md:4 unknown-dossier",
        "content/briefings/5.md:5 empty-slug",
        "content/briefings/5.md:6 empty-slug",
        "content/briefings/5.md:9 broken-link",
        "content/briefings/5.md:11 bad-picture",
        "content/briefings/7.md:4 empty-slug",
        "content/briefings/z6.md:4 repeated-id",
        "content/dossiers/8.md:3 unknown-value",
        "content/pages/tags.md:1 reserved-address",
        "content/regions.yaml:1 circle",
        "sitrep.toml:3 theme",
    ]


def test_all_faults_of_all_files_and_stages_are_told_at_once_and_in_order(archive):
    expected = _break_everything(archive)

    ran = archive.run("build", "--json")

    assert ran.status == 1
    assert ran.report["ok"] is False
    found = [f"{f['path']}:{f['line']} {f['code']}" for f in ran.report["faults"] if f["severity"] == "error"]
    assert [place for place in expected if place not in found] == []
    places = [(f["path"], f["line"]) for f in ran.report["faults"]]
    assert places == sorted(places)


def test_a_person_and_a_program_are_told_the_same_faults(archive):
    _break_everything(archive)

    errors = _errors_of(archive)
    told = archive.run("build", "--json").report["faults"]

    assert len(errors) == len([fault for fault in told if fault["severity"] == "error"])
    for error in errors:
        path, line, message = re.fullmatch(r"([^:]*)(?::(\d+))?: error: (.*)", error).groups()
        assert any(f["path"] == path and f["line"] == int(line or 0) and message.endswith(f["message"]) for f in told)


def test_check_tells_what_build_would(archive):
    _break_everything(archive)

    built, checked = archive.run("build", "--json"), archive.run("check", "--json")

    assert (built.status, checked.status) == (1, 1)
    assert built.report["faults"] == checked.report["faults"]


def test_a_mended_archive_builds_as_if_nothing_had_been(archive):
    before = archive.files()
    archive.write_text("briefings/x.md", "---\ntitle: A\n")
    archive.template("own/templates/briefing.html", "{{ nonsense }}")
    _errors_of(archive)
    (archive.root / "content/briefings/x.md").unlink()
    (archive.root / BRIEFING).unlink()

    archive.build()

    assert archive.files() == before


def test_a_picture_that_cannot_be_read_is_told_whatever_the_theme_needs(archive):
    shutil.copytree(REPOSITORY / "themes/broadsheet", archive.root / "themes/broadsheet")
    archive.template("broadsheet/theme.toml", 'name = "broadsheet"\n')
    archive.write("briefings/kfor.md", "## What is known\n\n![A bridge](/media/bridge.png)\n")
    (archive.root / "content/media").mkdir(exist_ok=True)
    (archive.root / "content/media/bridge.png").symlink_to("gone.png")

    assert archive.run("build").errors == ["content/media/bridge.png: error: can't be read: No such file or directory"]
