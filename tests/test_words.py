"""The texts of the interface: complete and sound in every language, and the archive's own before all others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel import Locale
from babel.core import get_global
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po
from conftest import REPOSITORY, Archive
from jinja2 import Environment

from builder.dates import parse_when
from builder.markdown.labels import PASSAGES, passage_label, table_label
from builder.pages.wording import Wording
from builder.words.catalogues import OWN_CATALOGUES, USUAL_SCRIPTS, Catalogue, catalogues_of, compiled, placeholders
from builder.words.serbian import in_latin

CATALOGUES = sorted(OWN_CATALOGUES.glob("*/LC_MESSAGES/messages.po"))
TEMPLATES = sorted([*REPOSITORY.glob("themes/*/templates/*"), *REPOSITORY.glob("builder/render/templates/*")])
WORDS = "/2022/08/17/words/"


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def messages(path: Path) -> list[Message]:
    return [message for message in catalogue(path) if message.id]


def forms(texts: object) -> list[str]:
    return [texts] if isinstance(texts, str) else list(texts)  # type: ignore[call-overload]


def translate(archive: Archive, place: str, language: str, text: str, rule: str = "") -> None:
    """Writes a catalogue for `language` into the folder `place`."""
    path = archive.root / place / language / "LC_MESSAGES/messages.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n{rule}"\n\n{text}\n', "utf-8")


# The catalogues


@pytest.fixture(scope="module")
def stated(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str | None, object]]:
    """Every text that templates and modules state."""
    made = tmp_path_factory.mktemp("words") / "messages.pot"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(REPOSITORY)
        CommandLineInterface().run(
            ["pybabel", "-q", "extract", "--mapping-file=pyproject.toml", f"--output-file={made}", "."]
        )
    return {(message.context, message.id) for message in messages(made)}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_catalogue_has_every_text_and_no_other(path: Path, stated: set[tuple[str | None, object]]) -> None:
    found = {(message.context, message.id) for message in messages(path)}
    assert found == stated, "run `make words`, and translate what is new"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_every_translation_is_done_with_all_its_forms(path: Path) -> None:
    whole = catalogue(path)
    assert not whole.obsolete
    for message in messages(path):
        assert not message.fuzzy, message.id
        assert all(forms(message.string)), message.id
        if message.pluralizable:
            assert len(message.string) == whole.num_plurals, message.id


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_translation_fills_in_what_its_original_does_and_has_its_markup(path: Path) -> None:
    def tags(text: str) -> list[str]:
        return sorted(re.findall(r"<[^>]*>", text))

    for message in messages(path):
        for form in forms(message.string):
            assert placeholders(form) == placeholders(message.id) or message.pluralizable, message.id
            assert tags(form) == tags(forms(message.id)[0]), message.id
            assert '"' not in re.sub(r"<[^>]*>", "", form), "would end an attribute"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_no_word_mixes_letters_that_only_look_alike(path: Path) -> None:
    mixed = re.compile(r"[A-Za-z][\u0370-\u06ff]|[\u0370-\u06ff][A-Za-z]")
    for message in messages(path):
        for form in forms(message.string):
            assert not mixed.search(re.sub(r"%\(\w+\)s|<[^>]*>", " ", form)), form


def test_every_shipped_language_has_labels_for_what_a_body_holds() -> None:
    for path in CATALOGUES:
        language = path.parts[-3]
        assert all(passage_label(name, language) != passage_label(name, "en") for name in PASSAGES)
        assert table_label(language) != table_label("en")


def test_french_marks_stand_behind_the_spaces_of_its_typography() -> None:
    for message in messages(OWN_CATALOGUES / "fr/LC_MESSAGES/messages.po"):
        for form in forms(message.string):
            text = re.sub(r"<[^>]*>", "", form)
            assert not re.search("(?<![\u202f;?!])[;?!]|(?<!\u00a0):|«(?!\u00a0)|(?<!\u00a0)»", text), form


def test_no_template_says_anything_that_cannot_be_translated() -> None:
    lexer = Environment(extensions=["jinja2.ext.i18n"])
    for path in TEMPLATES:
        if path.suffix not in (".html", ".xml"):
            continue
        data, within, block = [], False, ""
        for _, kind, value in lexer.lex(path.read_text("utf-8")):
            if kind == "name" and value in ("trans", "endtrans") and block == "begin":
                within = value == "trans"
            block = "begin" if kind == "block_begin" else "" if kind not in ("whitespace",) else block
            if kind == "data" and not within:
                data.append(value)
            elif kind in ("variable_begin", "block_begin"):
                data.append("\0")
        text = "".join(data)
        said = re.sub(r'<!--.*?-->|<[^>]*>|\w+="[^"]*"', " ", text, flags=re.DOTALL)
        said += " ".join(re.findall(r'(?:aria-label|alt|placeholder|label|summary)="([^"]*)"', text))
        assert not re.findall(r"[A-Za-z]{2,}", said), path.name


# Which catalogue counts


def test_an_archive_in_another_language_speaks_it(archive: Archive) -> None:
    archive.config('language = "uk"\n')
    archive.write("briefings/words.md", status="provisional", tags=["one"])
    archive.build()
    assert "Попереднє" in archive.page("/")
    assert ">Теги</a>" in archive.page(WORDS)
    assert "<title>Сторінку не знайдено – Test archive</title>" in archive.page("/404.html")


def test_a_theme_s_words_go_before_sitreps_and_an_archives_own_before_all(archive: Archive) -> None:
    archive.config('language = "fr"\ntheme = "mine"\n')
    archive.template("mine/theme.toml", 'name = "mine"\nextends = "broadsheet"\n')
    archive.write("briefings/words.md", tags=["one"])
    text = 'msgid "Latest events"\nmsgstr "{0}"\n\nmsgid "None yet."\nmsgstr "{0}"\n'
    translate(archive, "themes/mine/locale", "fr", text.format("Du thème"))
    archive.build()
    assert ">Du thème</h2>" in archive.page("/")
    translate(archive, "locale", "fr", 'msgid "Latest events"\nmsgstr "À nous"\n')
    archive.build()
    assert ">À nous</h2>" in archive.page("/")
    assert ">Mots-clés</a>" in archive.page("/")


def test_english_words_can_be_others_too(archive: Archive) -> None:
    archive.config('language = "en-GB"\n')
    archive.write("briefings/words.md")
    translate(archive, "locale", "en", 'msgid "Latest events"\nmsgstr "Newest reports"\n')
    archive.build()
    assert ">Newest reports</h2>" in archive.page("/")


def test_a_changed_catalogue_makes_the_pages_of_its_language_again_and_no_others(archive: Archive) -> None:
    archive.config('language = "en"\nlanguages = ["fr"]\n')
    archive.write("briefings/words.md")
    translate(archive, "locale", "fr", 'msgid "Sources"\nmsgstr "Nos sources"\n')
    archive.build()
    translate(archive, "locale", "fr", 'msgid "Briefings"\nmsgstr "Dépêches"\n')
    ran = archive.run("build", "--json")
    warm = archive.files()
    french = [path for path in warm if path.startswith("fr/")]
    assert ran.report["counts"]["written"] <= len(french) + 2  # and the two lists of all files
    assert "Dépêches" in archive.page("/fr/2022/")
    archive.build("--clean")
    assert archive.files() == warm
    why = archive.run("why", "/fr/")
    assert why.status == 0, why.err


def test_a_region_of_a_language_is_read_in_its_own_script_only(tmp_path: Path) -> None:
    def found(language: str) -> list[str]:
        return [Path(c.path).parts[-3] for c in catalogues_of(language, [OWN_CATALOGUES], str)]

    assert found("fr-CA") == ["fr"]
    assert found("sr") == found("sr-Cyrl") == found("sr-RS") == ["sr"]
    assert found("en-GB") == found("de") == []
    assert [c.latin for c in catalogues_of("sr-Latn", [OWN_CATALOGUES], str)] == [True]


def test_serbian_in_latin_letters_has_no_cyrillic_left() -> None:
    (made,) = catalogues_of("sr-Latn", [OWN_CATALOGUES], str)
    said = compiled(made).decode("utf-8", "ignore")
    assert "Izveštaji" in said
    assert not re.search(r"[\u0400-\u04ff]", said)


def test_a_catalogue_holds_no_time_of_its_making() -> None:
    po = b'msgid "None yet."\nmsgstr "Noch keine."\n'
    first = compiled(Catalogue("messages.po", "de", po))
    assert b"1970-01-01" in first


@pytest.mark.parametrize(("language", "script"), USUAL_SCRIPTS.items())
def test_the_usual_script_of_a_language_is_cldrs(language: str, script: str) -> None:
    tongue, _, place = language.partition("_")
    likely = str(get_global("likely_subtags").get(language) or get_global("likely_subtags")[tongue])
    assert Locale.parse(f"{tongue}_{place}" if place else likely).script == script


def test_digraphs_are_two_letters_of_one_case_where_the_word_is() -> None:
    assert in_latin("Његош, ЊЕГОШ, Љиг, ЏАМИЈА, џемат, КОЊ, Ђ, %(name)s") == (
        "Njegoš, NJEGOŠ, Ljig, DŽAMIJA, džemat, KONJ, Đ, %(name)s"
    )


# Dates, numbers and lists


@pytest.mark.parametrize(
    ("language", "day", "number", "names"),
    [
        ("en-GB", "17_August 2022, 14:09_UTC", "12,345.5", "A, B and C"),
        ("en", "August_17, 2022, 14:09_UTC", "12,345.5", "A, B, and C"),
        ("fr", "17_août 2022, 14:09_UTC", "12\u202f345,5", "A, B et C"),
        ("uk", "17_серпня 2022\u202fр., 14:09_UTC", "12_345,5", "A, B і C"),
        ("ar", "17_أغسطس 2022, 14:09_UTC", "12,345.5", "A وB وC"),
        ("sr", "17._август 2022., 14:09_UTC", "12.345,5", "A, B и C"),
        ("sr-Latn", "17._avgust 2022., 14:09_UTC", "12.345,5", "A, B i C"),
    ],
)
def test_dates_numbers_and_lists_are_those_of_the_language(language: str, day: str, number: str, names: str) -> None:
    wording = Wording(language)
    assert wording.when(parse_when("2022-08-17T14:09Z"))["text"] == day.replace("_", "\u00a0")
    assert wording.number(12345.5) == number.replace("_", "\u00a0")
    assert wording.list(["A", "B", "C"]) == names


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2022-08-01", "1er_août 2022"),
        ("2022-08-01T01:01Z", "1er_août 2022, 01:01_UTC"),
        ("2022-08-01/2022-08-03", "1er–3_août 2022"),
        ("2022-07-31/2022-08-01", "31_juil. – 1er_août 2022"),
        ("2022-08-11/2022-08-21", "11–21_août 2022"),
        ("2022-01", "janvier 2022"),
    ],
)
def test_the_first_of_a_month_is_an_ordinal_in_french(date: str, expected: str) -> None:
    said = Wording("fr").when(parse_when(date))["text"].replace("\u2009", " ")
    assert said.replace("\u00a0", " ") == expected.replace("_", " ")


def test_numbers_of_things_have_the_forms_of_their_language(archive: Archive) -> None:
    archive.config('language = "uk"\ntheme = "mine"\n')
    archive.template("mine/theme.toml", 'name = "mine"\nextends = "broadsheet"\n')
    days = "{% trans count=n %}{{ count }} day{% pluralize %}{{ count }} days{% endtrans %};"
    archive.template("mine/templates/404.html", "{% for n in [1, 3, 5] %}" + days + "{% endfor %}")
    rule = "Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);\\n"
    said = 'msgid "%(count)s day"\nmsgid_plural "%(count)s days"\n'
    said += "".join(f'msgstr[{n}] "%(count)s {w}"\n' for n, w in enumerate(("день", "дні", "днів")))
    translate(archive, "locale", "uk", said, rule)
    archive.build()
    assert archive.page("/404.html") == "1 день;3 дні;5 днів;"


# What is in another language


def test_what_is_in_another_language_than_its_page_is_marked(archive: Archive) -> None:
    archive.config('language = "en"\nlanguages = ["fr"]\n')
    archive.records("regions", {"name": "North", "names": {"fr": "Le Nord"}, "note": "As it is."}, {"name": "South"})
    archive.write("dossiers/war.md", "## One\n\n## Two\n\n## Three\n", title="The war")
    archive.write(
        "briefings/words.md", region=["North", "South"], dossier="war", trend="stable", trend_reason="It is so."
    )
    archive.write("briefings/arabic.md", "نص\n", title="عنوان", lang="ar", slug="arabic")
    archive.write_text("briefings/words.fr.md", "---\ntitle: Des mots\n---\nOui.\n")
    archive.build()
    page = archive.page("/2022/08/17/arabic/")
    assert '<html lang="en" dir="ltr">' in page
    assert '<h1 lang="ar" dir="rtl">عنوان</h1>' in page and '<div class="prose" lang="ar" dir="rtl">' in page
    page = archive.page(f"/fr{WORDS}")
    assert re.search(r'<a href="[^"]*/fr/regions/south/" lang="en" dir="ltr">South</a>', page)
    assert re.search(r'<a href="[^"]*/fr/regions/north/">Le Nord</a>', page)
    assert '<p lang="en" dir="ltr">It is so.</p>' in page
    assert '* <bdi>Le Nord</bdi>: <bdi lang="en" dir="ltr">As it is.</bdi>' in page
    page = archive.page("/fr/dossiers/war/")
    assert '<p lang="en" dir="ltr">It is so.</p>' in page
    assert '<ol lang="en" dir="ltr">' in page


def test_a_file_in_the_archives_own_language_is_no_translation_and_is_told_so(archive: Archive) -> None:
    archive.config('language = "en-GB"\nlanguages = ["fr"]\n')
    archive.write("briefings/words.md")
    archive.write("briefings/words.en.md", slug="others")
    (fault,) = archive.run("check").faults
    assert 'but "en-GB" is the language that the archive is in; delete one of the two, or rename' in fault


# What is wrong with a catalogue


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('msgid "Licence: %(licence)s"\nmsgstr "%(license)s"\n', 4, "has %(license)s, which the original has not"),
        ('msgid "None yet."\nmsgstr "100 %"\n', 4, "has a sign of per cent by itself; write %%"),
        ("nothing of the kind\n", 4, "this is no PO file"),
    ],
)
def test_a_catalogue_that_cannot_be_used_is_told_with_its_line(
    archive: Archive, text: str, line: int, message: str
) -> None:
    archive.config('language = "fr"\n')
    translate(archive, "locale", "fr", text)
    ran = archive.run("build")
    assert ran.status == 1
    (fault,) = ran.errors
    where, _, told = fault.partition(": error: ")
    assert where.startswith("locale/fr/LC_MESSAGES/messages.po")
    assert where.endswith(f":{line}")
    assert message in told


def test_what_is_fuzzy_stays_english(archive: Archive) -> None:
    archive.config('language = "de"\n')
    archive.write("briefings/words.md")
    translate(archive, "locale", "de", '#, fuzzy\nmsgid "Latest events"\nmsgstr "Falsch"\n')
    archive.build()
    assert ">Latest events</h2>" in archive.page("/")
