"""The texts of the interface: complete and sound in every language, and the archive's own before all others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po
from conftest import REPOSITORY, Archive
from jinja2 import Environment

from builder.words.catalogues import OWN_CATALOGUES, catalogues_of, compiled, placeholders
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


def translate(archive: Archive, place: str, language: str, text: str) -> None:
    """Writes a catalogue for `language` into the folder `place`."""
    path = archive.root / place / language / "LC_MESSAGES/messages.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n{text}\n', "utf-8")


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
    text = 'msgid "Latest briefings"\nmsgstr "{0}"\n\nmsgid "None yet."\nmsgstr "{0}"\n'
    translate(archive, "themes/mine/locale", "fr", text.format("Du thème"))
    archive.build()
    assert ">Du thème</h2>" in archive.page("/")
    translate(archive, "locale", "fr", 'msgid "Latest briefings"\nmsgstr "À nous"\n')
    archive.build()
    assert ">À nous</h2>" in archive.page("/")
    assert ">Mots-clés</a>" in archive.page("/")


def test_english_words_can_be_others_too(archive: Archive) -> None:
    archive.config('language = "en-GB"\n')
    archive.write("briefings/words.md")
    translate(archive, "locale", "en", 'msgid "Latest briefings"\nmsgstr "Newest reports"\n')
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


def test_digraphs_are_two_letters_of_one_case_where_the_word_is() -> None:
    assert in_latin("Његош, ЊЕГОШ, Љиг, ЏАМИЈА, џемат, КОЊ, Ђ, %(name)s") == (
        "Njegoš, NJEGOŠ, Ljig, DŽAMIJA, džemat, KONJ, Đ, %(name)s"
    )


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
    translate(archive, "locale", "de", '#, fuzzy\nmsgid "Latest briefings"\nmsgstr "Falsch"\n')
    archive.build()
    assert ">Latest briefings</h2>" in archive.page("/")
