"""Translations: texts of their own beside their originals, and the archive as readers of their language see it."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import sites
from conftest import Archive

from builder.languages import divide

ATOM = "{http://www.w3.org/2005/Atom}"
TALKS = "/2022/08/17/talks/"


@pytest.fixture
def spoken(archive: Archive) -> Archive:
    """An archive in English, French and Arabic: two briefings, one of them translated, a dossier and a page."""
    archive.config('base_url = "https://archive.example/"\nlanguage = "en"\nlanguages = ["fr", "ar"]\n')
    archive.records(
        "regions",
        {
            "name": "Northland",
            "names": {"fr": "Le Nord", "ar": "الشمال"},
            "descriptions": {"fr": "Au nord."},
            "description": "In the north.",
        },
    )
    archive.write("dossiers/conflict.md", "The background.\n", title="The conflict", trend="stable", as_of="2022-01-01")
    archive.write("pages/about.md", "Who we are.\n", title="About us")
    archive.write(
        "briefings/talks.md",
        "## Contested {#contested}\n\nSee [the answer](answer.md), [about](../pages/about.md).\n",
        title="Talks begin",
        date="2022-08-17",
        region="Northland",
        tags=["peace"],
        dossier="conflict",
        status="confirmed",
        trend="escalating",
        summary="They met.",
    )
    archive.write("briefings/answer.md", title="An answer", date="2022-08-19", dossier="conflict", region="Northland")
    translate(archive, "briefings/talks.fr.md", title="Les pourparlers commencent", summary="Ils se sont vus.")
    return archive


def translate(archive: Archive, path: str, body: str = "Des mots.\n", **front_matter: Any) -> Path:
    """Writes a translation, which has no date of its own."""
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in front_matter.items()]
    return archive.write_text(path, "\n".join(["---", *lines, "---", "", body]))


def entries(archive: Archive, address: str) -> list[ET.Element]:
    return ET.fromstring(archive.page(address)).findall(f"{ATOM}entry")


def errors_of(archive: Archive) -> list[str]:
    return archive.run("check").faults


# Where translations stand, and what they take from their originals


def test_a_translation_stands_at_its_originals_address_with_its_language_before_it(spoken: Archive) -> None:
    spoken.build("--strict")
    page = spoken.page(f"/fr{TALKS}")
    assert '<html lang="fr" dir="ltr">' in page
    assert "<h1>Les pourparlers commencent</h1>" in page
    assert '<p id="_p1">Des mots. <a' in page
    assert not (spoken.output / "ar/2022/08/17/talks").exists()


def test_a_translation_takes_every_field_that_it_does_not_state_from_its_original(spoken: Archive) -> None:
    translate(spoken, "briefings/talks.fr.md", title="Pourparlers", tags=["paix"])
    spoken.build()
    page = spoken.page(f"/fr{TALKS}")
    assert "Confirmée." in page and 'href="../../../../../fr/regions/northland/">Le Nord</a>' in page
    assert 'href="../../../../../fr/tags/paix/"' in page and "tags/peace/" not in page
    assert "They met." not in page, "a summary in another language"
    assert sites.main_of(page).count("Des mots.") == 1


@pytest.mark.parametrize("field", ["id", "slug", "date"])
def test_a_translation_may_not_state_what_makes_it_one_with_its_original(spoken: Archive, field: str) -> None:
    translate(spoken, "briefings/talks.fr.md", title="Pourparlers", **{field: "2022"})
    assert errors_of(spoken) == [
        f"content/briefings/talks.fr.md:3: error: {field}: a translation has that of its original; take this line out"
    ]


@pytest.mark.parametrize("held", [{"draft": True}, {"withdrawn": {"date": "2022-09-01", "reason": "False."}}])
def test_that_an_original_is_held_back_always_holds_for_its_translations(spoken: Archive, held: dict[str, Any]) -> None:
    spoken.write("briefings/talks.md", title="Talks begin", date="2022-08-17", dossier="conflict", **held)
    spoken.build()
    assert "pourparlers" not in spoken.page("/fr/").lower()
    assert (spoken.output / f"fr{TALKS}index.html").exists() == ("withdrawn" in held)
    if "withdrawn" in held:
        assert "Cette note a été retirée" in spoken.page(f"/fr{TALKS}")


def test_where_a_translation_alone_is_withdrawn_its_original_stands_in_the_lists(spoken: Archive) -> None:
    withdrawn = {"date": "2022-09-01", "reason": "Mal traduit."}
    translate(spoken, "briefings/talks.fr.md", title="Pourparlers", withdrawn=withdrawn)
    spoken.build("--strict")
    assert "Mal traduit." in spoken.page(f"/fr{TALKS}")
    assert f'<h3 lang="en" dir="ltr"><a href="..{TALKS}">Talks begin</a>' in spoken.page("/fr/")
    assert "Talks begin" in spoken.page(TALKS)


def test_a_draft_of_a_translation_is_seen_by_its_writer_only(spoken: Archive) -> None:
    translate(spoken, "briefings/talks.fr.md", title="Pourparlers", draft=True)
    spoken.build()
    assert not (spoken.output / f"fr{TALKS}").exists()
    assert "Talks begin" in spoken.page("/fr/")
    spoken.build("--drafts")
    assert "Pourparlers" in spoken.page(f"/fr{TALKS}")


def test_a_translation_never_counts_as_another_event(spoken: Archive) -> None:
    told = spoken.run("build", "--json").report["counts"]
    assert told["briefings"] == 2
    for prefix in ("", "/fr", "/ar"):
        assert re.search(r'<h2 id="_briefings">[^<]* <data value="2">', spoken.page(f"{prefix}/dossiers/conflict/"))
        assert 'northland/">' in spoken.page(f"{prefix}/regions/")
        assert '<data value="2">2</data>' in spoken.page(f"{prefix}/regions/")
    assert spoken.page("/2022/08/17/").count("<article>") == 1
    assert "/fr/" not in re.sub("<nav class=.languages.*?</nav>|<link.*?>", "", spoken.page("/"), flags=re.DOTALL)


def test_earlier_and_later_are_those_of_the_original_in_the_language_of_the_page(spoken: Archive) -> None:
    translate(spoken, "briefings/answer.fr.md", title="Une réponse")
    spoken.build()
    assert re.search(r'rel="next" href="[./]*/fr/2022/08/19/answer/"><bdi>Une réponse', spoken.page(f"/fr{TALKS}"))
    assert re.search(r'rel="next" href="[./]*/2022/08/19/answer/"><bdi>An answer', spoken.page(TALKS))


# Lists


def test_each_language_has_its_lists_where_what_is_not_translated_is_in_the_original_and_marked(
    spoken: Archive,
) -> None:
    spoken.build()
    for address in ("/fr/", "/fr/2022/", "/fr/2022/08/", "/fr/regions/northland/", "/fr/dossiers/conflict/"):
        page = spoken.page(address)
        assert '<html lang="fr" dir="ltr">' in page
        assert "Les pourparlers commencent" in page, address
        assert re.search(r'<h3 lang="en" dir="ltr"><a href="[./]*/2022/08/19/answer/">', page), address
    assert "17\u00a0août 2022" in spoken.page("/fr/")
    assert "أغسطس" in spoken.page("/ar/") and '<html lang="ar" dir="rtl">' in spoken.page("/ar/")


def test_a_record_is_shown_by_its_name_and_description_in_the_language_of_the_page(spoken: Archive) -> None:
    spoken.build()
    page = spoken.page("/fr/regions/northland/")
    assert "<h1>Le Nord</h1>" in page and "<p>Au nord.</p>" in page
    page = spoken.page("/ar/regions/northland/")
    assert "<h1>الشمال</h1>" in page and '<p lang="en" dir="ltr">In the north.</p>' in page
    assert "<h1>Northland</h1>" in spoken.page("/regions/northland/")


def test_a_dossier_that_is_not_translated_has_a_page_in_every_language_with_its_words_marked(spoken: Archive) -> None:
    spoken.build()
    page = spoken.page("/fr/dossiers/conflict/")
    assert '<h1 lang="en" dir="ltr">The conflict</h1>' in page
    assert '<div class="prose" lang="en" dir="ltr">' in page
    assert '<a href="../../../../../fr/dossiers/conflict/" lang="en" dir="ltr">' in spoken.page(f"/fr{TALKS}")


def test_dossiers_and_prose_are_translated_as_briefings_are(spoken: Archive) -> None:
    by = {"by": "a program", "reviewed": False}
    translate(spoken, "dossiers/conflict.fr.md", "Le contexte.\n", title="Le conflit", translation=by)
    translate(spoken, "pages/about.fr.md", "Qui nous sommes.\n", title="À propos", translation=by)
    translate(spoken, "pages/index.ar.md", "أهلا\n", title="الرئيسية")
    spoken.write("pages/index.md", "Welcome.\n")
    spoken.build("--strict")
    dossier = spoken.page("/fr/dossiers/conflict/")
    assert "<h1>Le conflit</h1>" in dossier and "Le contexte." in dossier and "pas encore relue" in dossier
    page = spoken.page("/fr/about/")
    assert "<h1>À propos</h1>" in page and "pas encore relue" in page
    assert ">À propos</a>" in spoken.page("/fr/") and ">About us</a>" in spoken.page("/")
    assert '<a href="../about/" lang="en" dir="ltr">About us</a>' in spoken.page("/ar/")
    assert "أهلا" in spoken.page("/ar/") and "Welcome." not in spoken.page("/fr/")


def test_the_feeds_of_a_language_have_its_translations_as_entries_of_their_own(spoken: Archive) -> None:
    spoken.build()
    root, french = entries(spoken, "/feed.xml"), entries(spoken, "/fr/feed.xml")
    ids = [{entry.findtext(f"{ATOM}title"): entry.findtext(f"{ATOM}id") for entry in found} for found in (root, french)]
    assert ids[0]["An answer"] == ids[1]["An answer"]
    assert ids[0]["Talks begin"] != ids[1]["Les pourparlers commencent"]
    languages = [entry.get("{http://www.w3.org/XML/1998/namespace}lang") for entry in french]
    assert sorted(map(str, languages)) == ["en", "fr"]
    assert "/fr/regions/northland/" in spoken.page("/fr/regions/northland/feed.xml")


# Languages of a page


def test_a_page_names_every_language_that_it_exists_in_and_no_other(spoken: Archive) -> None:
    spoken.build()
    for address in (TALKS, f"/fr{TALKS}"):
        page = spoken.page(address)
        assert re.findall('hreflang="(..)" href="(http[^"]*)"', page) == [
            ("en", f"https://archive.example{TALKS}"),
            ("fr", f"https://archive.example/fr{TALKS}"),
        ]
        assert ">English</a>" in page and ">français</a>" in page
    assert "hreflang" not in spoken.page("/2022/08/19/answer/")
    assert re.findall('hreflang="(..)" href="http', spoken.page("/regions/northland/")) == ["en", "fr", "ar"]
    assert "hreflang" not in spoken.page("/404.html")


def test_every_link_of_a_site_in_several_languages_leads_somewhere(spoken: Archive) -> None:
    translate(spoken, "dossiers/conflict.ar.md", "نص\n", title="النزاع")
    spoken.build()
    made = sites.contents(spoken.output)
    for path, data in made.items():
        if path.endswith(".html"):
            for href in re.findall(r'href="(\.[^"#]*)"', data.decode()):
                target = (spoken.output / path).parent / href
                file = target / "index.html" if href.endswith("/") else target
                assert file.exists(), (path, href)


# Links


def test_a_link_in_a_translation_leads_to_the_same_language_where_that_exists(spoken: Archive) -> None:
    body = (
        "[a](answer.md) [b](id:answer) [c](../pages/about.md) [d](/regions/northland/) [e](../dossiers/conflict.md)\n"
    )
    translate(spoken, "briefings/talks.fr.md", body, title="Pourparlers")
    translate(spoken, "briefings/answer.fr.md", title="Une réponse")
    spoken.build("--strict")
    links = re.findall(r'<a href="[./]*([^"]*)">(\w)</a>', spoken.page(f"/fr{TALKS}"))
    assert {words: to for to, words in links} == {
        "a": "fr/2022/08/19/answer/",
        "b": "fr/2022/08/19/answer/",
        "c": "about/",
        "d": "fr/regions/northland/",
        "e": "fr/dossiers/conflict/",
    }


def test_a_link_with_an_anchor_leads_to_where_that_is(spoken: Archive) -> None:
    translate(spoken, "briefings/answer.fr.md", "[a](talks.md#contested)\n", title="Une réponse")
    spoken.build("--strict")
    assert '/2022/08/17/talks/#contested">a</a>' in spoken.page("/fr/2022/08/19/answer/")
    assert "/fr/2022/08/17/talks/#" not in spoken.page("/fr/2022/08/19/answer/")
    translate(spoken, "briefings/talks.fr.md", "## Contesté {#contested}\n", title="Pourparlers")
    spoken.build("--strict")
    assert '/fr/2022/08/17/talks/#contested">a</a>' in spoken.page("/fr/2022/08/19/answer/")


def test_the_links_of_an_original_are_its_own_also_where_it_is_in_a_language_of_translations(spoken: Archive) -> None:
    spoken.write("dossiers/conflict.md", "[a](../briefings/talks.md)\n", title="Le conflit", lang="fr")
    spoken.build("--strict")
    assert '<a href="../..' + TALKS + '">a</a>' in spoken.page("/dossiers/conflict/")


def test_a_broken_link_of_a_translation_is_told_at_its_line(spoken: Archive) -> None:
    translate(spoken, "briefings/talks.fr.md", "[x](nowhere.md)\n", title="Pourparlers")
    (fault,) = errors_of(spoken)
    assert fault.startswith("content/briefings/talks.fr.md:5: error: this link leads nowhere")


def test_an_old_address_of_an_original_leads_to_its_translation_in_that_language(spoken: Archive) -> None:
    spoken.write("briefings/talks.md", title="Talks", date="2022-08-17", dossier="conflict", aliases=["/old/talks/"])
    spoken.build()
    assert "url=../../../fr/2022/08/17/talks/" in spoken.page("/fr/old/talks/")


# Faults


def test_what_is_wrong_with_an_inherited_field_is_told_at_the_original_alone(spoken: Archive) -> None:
    spoken.write("briefings/talks.md", date="2022-08-17", region="Nowhere", dossier="lost", actors=["Nobody"])
    assert {fault.partition(":")[0] for fault in errors_of(spoken)} == {"content/briefings/talks.md"}
    assert len(errors_of(spoken)) == 3


def test_a_translation_without_an_original_is_an_error(spoken: Archive) -> None:
    (spoken.root / "content/briefings/talks.md").unlink()
    (fault,) = errors_of(spoken)
    assert fault.startswith("content/briefings/talks.fr.md: error: is a translation without an original")
    assert '"talks.md"' in fault


def test_a_file_that_looks_like_a_translation_into_another_language_is_told_of(spoken: Archive) -> None:
    spoken.write("briefings/talks.de.md", title="Gespräche", date="2022-08-17")
    spoken.write("briefings/talks.v2.md", title="Version 2", date="2022-08-17")
    ran = spoken.build()
    (fault,) = ran.faults
    assert fault.startswith("content/briefings/talks.de.md: warning: looks like a translation")
    assert 'languages = ["fr", "ar", "de"]' in fault
    assert "Gespräche" in spoken.page("/2022/08/17/talks-de/")


def test_a_language_that_contradicts_the_files_name_is_an_error(spoken: Archive) -> None:
    translate(spoken, "briefings/talks.fr.md", title="Gespräche", lang="de")
    assert errors_of(spoken) == [
        'content/briefings/talks.fr.md:3: error: lang: is "de" here and "fr" in the file\'s name; make them one'
    ]


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ('languages = ["en"]', '"en" is the site\'s own language, whose pages stand at /; take it out'),
        ('languages = ["fr", "FR"]', '"FR" is there already; take it out'),
        ('languages = ["map"]', '"map" would stand at /map/, where the map belongs; take it out'),
        ('languages = ["Frankish!"]', '"Frankish!" is not a language; write a BCP 47 code such as fr or sr-Latn'),
    ],
)
def test_a_language_that_can_have_no_addresses_is_an_error(archive: Archive, setting: str, message: str) -> None:
    archive.config(f"{setting}\n")
    assert archive.run("check").errors == [f"sitrep.toml:2: error: languages: {message}"]


def test_fix_mends_a_translation_and_gives_it_no_id(spoken: Archive) -> None:
    path = translate(spoken, "briefings/talks.fr.md", title="Pourparlers", sumary="Ils se sont vus.")
    spoken.run("check", "--fix")
    assert 'summary: "Ils se sont vus."' in path.read_text("utf-8")
    assert "id:" not in path.read_text("utf-8")


def test_a_capture_that_a_translation_names_itself_is_checked(spoken: Archive) -> None:
    translate(spoken, "briefings/talks.fr.md", title="P", capture={"file": "/captures/x.html", "sha256": "0" * 64})
    (fault,) = errors_of(spoken)
    assert fault.startswith("content/briefings/talks.fr.md:3: error: capture.file: the capture")


def test_a_languages_code_is_reserved(spoken: Archive) -> None:
    spoken.write("pages/fr.md", title="About France")
    (fault,) = errors_of(spoken)
    assert "/fr/ is kept for the archive's own pages" in fault


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a/x.fr.md", [("a/x.fr.md", "a/x.md", "fr")]),
        ("a/x.FR.md", [("a/x.FR.md", "a/x.md", "fr")]),
        ("a/x.sr-latn.md", [("a/x.sr-latn.md", "a/x.md", "sr-Latn")]),
        ("a.fr/x.md", []),
        ("a/y.md", []),
    ],
)
def test_a_translation_is_known_by_its_name(path: str, expected: list[tuple[str, str, str]]) -> None:
    _, translations, faults = divide(["a/x.md", path], ["fr", "sr-Latn"])
    assert [(t.path, t.original, t.language) for t in translations] == expected
    assert faults == []


# Data


def test_the_manifest_has_each_translation_with_its_language_address_and_digest(spoken: Archive) -> None:
    spoken.build()
    listed = json.loads(spoken.page("/manifest.json"))["briefings"]
    assert [(b["id"], b["lang"], b["address"]) for b in listed] == [
        ("answer", "en", "/2022/08/19/answer/"),
        ("talks", "en", TALKS),
        ("talks", "fr", f"/fr{TALKS}"),
    ]
    assert len({b["digest"] for b in listed}) == 3
    assert f"https://archive.example/fr{TALKS}" in spoken.page("/sitemap.xml")


def test_why_tells_of_a_translation_that_it_is_made_from_its_original_too(spoken: Archive) -> None:
    spoken.build()
    spoken.write("briefings/talks.md", title="Talks", date="2022-08-17", dossier="conflict", status="provisional")
    spoken.build()
    told = spoken.run("why", "content/briefings/talks.fr.md", "--json").report["counts"]
    assert told["address"] == f"/fr{TALKS}"
    assert {"content/briefings/talks.fr.md", "content/briefings/talks.md"} <= set(told["files"])
    assert any("talks.fr.md, or content/briefings/talks.md" in change for change in told["changes"])


def test_many_translations_give_the_same_bytes_with_any_number_of_workers(spoken: Archive) -> None:
    for number in range(130):
        spoken.write(f"briefings/n{number}.md", date="2021-01-01", tags=["many"])
        translate(spoken, f"briefings/n{number}.fr.md", title=f"Numéro {number}")
    spoken.build("--jobs", "1")
    assert spoken.page("/fr/tags/many/2021/").count("Numéro") == 130
    spoken.build("--jobs", "2", "--clean", "--output", "other")
    assert sites.contents(spoken.output) == sites.contents(spoken.root / "other")
