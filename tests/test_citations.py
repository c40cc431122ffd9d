"""Citations: what programs for references, search engines and libraries read of a briefing, whatever its title."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import bibtexparser
import pytest
import rispy
import sites
from bibtexparser.middlewares import LatexDecodingMiddleware, MonthIntMiddleware
from conftest import Archive
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pyld import jsonld

from builder.citations import Citation, bibtex, citation_key, csl, ris
from builder.citations.citation import one_line
from builder.dates import Moment
from builder.licences import known_licence

# What a title may hold: the reader of front matter refuses what no page can show.
TITLES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn", "Zl", "Zp", "Zs"], include_characters=" "), min_size=1
).map(lambda text: one_line(text) or "-")
HARD_TITLES = [
    r"100 % of {\em half}, \LaTeX & #1_2 ~ $5^2$ {{",
    "“Ready”, says <NATO> & Co.",
    "ER  - ",
    "TY  - JOUR",
    'A "quoted" title, = with @signs}',
    "تصريح الناتو",
    "Заява НАТО – 'слово'",
    "and",
    "Doe, John and others",
]


def _citation(title: str, author: str = "Ann Example") -> Citation:
    return Citation(
        key=citation_key("one"),
        id="one",
        title=title,
        authors=(author, "The Desk and Others"),
        publisher="Archive",
        genre="Briefing",
        issued=Moment(2022, 8, 17),
        event="2022-08-16/2022-08-17",
        language="en",
        url="https://archive.example/2022/08/16/one/",
        note="SHA-256 of its words: 00ff",
    )


def _latex() -> LatexNodes2Text:
    """The reader of LaTeX that bibtexparser uses, with what it lacks or takes for another sign."""
    known = get_default_latex_context_db()
    signs = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    known.add_context_category(
        "signs", [MacroTextSpec(name, simplify_repl=sign) for name, sign in signs.items()], prepend=True
    )
    return LatexNodes2Text(latex_context=known, math_mode="verbatim", keep_braced_groups=False)


def _read_bibtex(text: str) -> dict[str, dict[str, Any]]:
    middlewares = [MonthIntMiddleware(), LatexDecodingMiddleware(decoder=_latex())]
    library = bibtexparser.parse_string(text, append_middleware=middlewares)
    assert not library.failed_blocks
    return {entry.key: {field.key: field.value for field in entry.fields} for entry in library.entries}


# Each format


@settings(max_examples=50, deadline=None)
@given(TITLES)
def test_any_title_survives_bibtex(title: str) -> None:
    # TeX's ligatures: two signs that it prints as one.
    assume(not re.search(r"--|``|''|[?!]`", title))
    entry = _read_bibtex(bibtex(_citation(title)))["one"]
    assert entry["title"] == title


@pytest.mark.parametrize("title", HARD_TITLES)
def test_hard_titles_survive_all_formats(title: str) -> None:
    citation = _citation(title, author=title)
    assert _read_bibtex(bibtex(citation))["one"]["title"] == title
    (record,) = rispy.loads(ris(citation))
    assert (record["title"], record["authors"][0]) == (title.strip(), title.strip())
    assert json.loads(json.dumps(csl(citation)))["author"][0] == {"literal": title}


@settings(max_examples=50, deadline=None)
@given(TITLES)
def test_any_title_survives_ris(title: str) -> None:
    records = rispy.loads(ris(_citation(title)) * 2)
    assert [record["title"] for record in records] == [title.strip()] * 2


@settings(deadline=None)
@given(st.text(min_size=1))
def test_no_text_makes_a_second_line_or_an_unknown_key(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1
    assert re.fullmatch(r"[a-z0-9]([a-z0-9-]*(_[0-9a-f]{8})?)?", citation_key(text))


def test_keys_of_ids_that_differ_differ() -> None:
    ids = ["a-b", "a b", "a_b", "A-B", "ђ", "dj", "", "-"]
    assert len({citation_key(own_id) for own_id in ids}) == len(ids)
    assert citation_key("2022-08-17-nato", "fr") == "2022-08-17-nato_fr"


def test_bibtex_says_when_where_and_which_words() -> None:
    entry = _read_bibtex(bibtex(_citation("A title")))["one"]
    assert (entry["year"], entry["month"], entry["day"]) == ("2022", 8, "17")
    assert "author = {{Ann Example} and {The Desk and Others}}" in bibtex(_citation("A title"))
    assert entry["url"] == "https://archive.example/2022/08/16/one/"
    assert entry["note"] == "SHA-256 of its words: 00ff"


@pytest.mark.parametrize(
    ("text", "identifier"),
    [("CC BY 4.0", "CC-BY-4.0"), ("cc-by-nc-sa-3.0", "CC-BY-NC-SA-3.0"), ("CC0", "CC0-1.0"), ("All rights", None)],
)
def test_the_licences_of_creative_commons_are_known(text: str, identifier: str | None) -> None:
    licence = known_licence(text)
    assert (licence.identifier if licence else None) == identifier


# A briefing's page


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return sites.shared_rich_archive(tmp_path_factory)


def _head(archive: Archive, address: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in sites.tree(archive.page(address)).iter("meta"):
        found.setdefault(meta.get("name") or meta.get("property") or "", []).append(meta.get("content", ""))
    return found


def _linked(archive: Archive, address: str) -> dict[str, Any]:
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', archive.page(address), re.DOTALL)
    return json.loads(block)


@pytest.fixture(scope="module")
def first(rich: Archive) -> str:
    """The address of the briefing that has every field."""
    (path,) = [path for path in rich.files() if path.endswith("/first/index.html")]
    return f"/{path.removesuffix('index.html')}"


def test_a_page_offers_its_citation_to_copy_and_to_save_the_same(rich: Archive, first: str) -> None:
    page = sites.tree(rich.page(first))
    boxes = [box for box in page.iter("details") if box.get("class") == "citation"]
    assert [box.findtext("summary") for box in boxes] == ["BibTeX", "RIS", "CSL-JSON"]
    for box in boxes:
        link, text = next(box.iter("a")), next(box.iter("pre")).text or ""
        media_type, _, data = link.get("href", "").partition(",")
        assert media_type.startswith("data:application/")
        assert " " not in data and "#" not in data
        # In a page, CR LF is LF.
        assert unquote_to_bytes(data).decode().replace("\r\n", "\n") == text
        assert Path(link.get("download", "")).suffix in (".bib", ".ris", ".json")
    texts = [next(box.iter("pre")).text or "" for box in boxes]
    (entry,) = _read_bibtex(texts[0]).values()
    (record,) = rispy.loads(texts[1])
    (item,) = json.loads(texts[2])
    assert entry["title"] == record["title"] == item["title"] == 'The first & "foremost" <briefing>'
    assert entry["url"] == record["urls"][0] == item["URL"] == f"https://archive.example{first}"
    digest = re.search(r"SHA-256 of its words</dt>\s*<dd><code>(\w+)", rich.page(first))
    assert digest is not None
    assert digest[1] in entry["note"] and digest[1] in item["note"]
    assert "Revised 2022-09-02" in entry["note"]


def test_highwire_tags_are_those_that_zotero_and_google_scholar_ask_for(rich: Archive, first: str) -> None:
    head = _head(rich, first)
    assert head["citation_title"] == ['The first & "foremost" <briefing>']
    assert head["citation_author"]
    assert re.fullmatch(r"\d{4}/\d\d/\d\d", head["citation_publication_date"][0])
    assert head["citation_technical_report_institution"] == ["Test archive"]
    assert head["citation_public_url"] == [f"https://archive.example{first}"]
    assert head["DC.rights"] == ["CC BY 4.0"]
    assert head["og:type"] == ["article"] and head["og:title"] == head["citation_title"]
    assert head["og:url"] == head["citation_public_url"]
    assert "citation_title" not in _head(rich, "/")
    assert _head(rich, "/")["og:type"] == ["website"]


def test_json_ld_expands_and_says_what_search_engines_ask_for(rich: Archive, first: str) -> None:
    linked = _linked(rich, first)
    # A processor needs the context, which lies on another host: what of it is used here maps every term to schema.org.
    context = {"@vocab": "https://schema.org/", "url": {"@type": "@id"}, "mainEntityOfPage": {"@type": "@id"}}
    (report,) = jsonld.expand({**linked, "@context": context})
    assert report["@type"] == ["https://schema.org/Report", "https://schema.org/NewsArticle"]
    assert report["@id"] == f"https://archive.example{first}"
    of = {name.removeprefix("https://schema.org/"): values for name, values in report.items()}
    for name in ("headline", "datePublished", "dateModified", "author", "publisher", "image", "description", "license"):
        assert of[name], name
    assert {thing["@type"][0] for thing in of["mentions"]} >= {"https://schema.org/Organization"}
    for name in ("about", "contentLocation", "citation", "isBasedOn", "correction"):
        assert of[name], name
    assert of["license"][0]["@value"] == "https://creativecommons.org/licenses/by/4.0/"


def test_what_is_known_only_to_an_area_is_no_point_in_json_ld(archive: Archive) -> None:
    places = [{"name": name, "lat": 1, "lon": 2, "precision": name} for name in ("site", "town", "area", "country")]
    archive.write("briefings/one.md", location=places)
    archive.build()
    located = {place["name"]: "geo" in place for place in _linked(archive, "/2022/08/17/one/")["contentLocation"]}
    assert located == {"site": True, "town": True, "area": False, "country": False}


@pytest.mark.parametrize("title", ["</script><script>alert(1)</script>", "<!-- <script>", "a & b ' \" <b>", "]]>"])
def test_no_title_gets_out_of_the_data_block(archive: Archive, title: str) -> None:
    archive.write("briefings/one.md", title=title)
    archive.build()
    assert _linked(archive, "/2022/08/17/one/")["headline"] == title
    scripts = list(sites.tree(archive.page("/2022/08/17/one/")).iter("script"))
    assert len(scripts) == 2


def test_a_translation_is_cited_as_one_of_its_own(archive: Archive) -> None:
    archive.config('base_url = "https://archive.example/"\nlanguages = ["fr"]\n')
    archive.write("briefings/one.md", title="One")
    archive.write_text("briefings/one.fr.md", "---\ntitle: Un\n---\n\nMots.\n")
    archive.build()
    page = sites.tree(archive.page("/fr/2022/08/17/one/"))
    texts = [element.text or "" for element in page.iter("pre")]
    entry = _read_bibtex(texts[0])["one_fr"]
    assert (entry["title"], entry["language"]) == ("Un", "fr")
    assert entry["url"] == "https://archive.example/fr/2022/08/17/one/"


def test_a_theme_that_needs_none_of_it_has_none_of_it(archive: Archive) -> None:
    archive.write("briefings/one.md")
    for name in ("citations", "metadata"):
        archive.template("alone/theme.toml", 'name = "alone"\n')
        archive.template("alone/templates/briefing.html", f"{{{{ {name}|length }}}}")
        ran = archive.run("build", "--theme", "alone")
        assert f"'{name}' is not known here" in ran.err
