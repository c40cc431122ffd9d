"""Feeds: Atom 1.0 (RFC 4287) that any reader takes, entries that keep their identity, nothing that points nowhere."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import html5lib
import jsonschema
import pytest
import sites
from conftest import Archive
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
# RFC 3339, as RFC 4287 wants it: seconds, and an offset of hours and minutes.
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return sites.shared_rich_archive(tmp_path_factory)


def _parsed(archive: Archive, address: str = "/feed.xml") -> Any:
    feed = feedparser.parse((archive.output / address[1:]).read_bytes())
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def _entries(archive: Archive, address: str = "/feed.xml") -> dict[str, Any]:
    return {entry.title: entry for entry in _parsed(archive, address).entries}


def _feeds(archive: Archive) -> dict[str, ElementTree.Element]:
    return {path: ElementTree.fromstring(data) for path, data in archive.files().items() if path.endswith("feed.xml")}


def test_every_feed_is_read_by_feedparser_without_complaint(rich: Archive) -> None:
    feeds = [path for path in rich.files() if path.endswith("feed.xml")]
    assert {"feed.xml", "tags/daily/feed.xml", "regions/northland/feed.xml", "actors/ann-example/feed.xml"} <= set(
        feeds
    )
    assert {"sources/daily/feed.xml", "dossiers/north-south/feed.xml"} <= set(feeds)
    for path in feeds:
        assert _parsed(rich, f"/{path}").version == "atom10", path


def test_every_feed_and_entry_holds_what_rfc_4287_asks_for(rich: Archive) -> None:
    for path, feed in _feeds(rich).items():
        assert feed.tag == f"{ATOM}feed", path
        for name in ("id", "title", "updated"):
            assert len(feed.findall(f"{ATOM}{name}")) == 1, f"{path}: {name}"
            assert feed.findtext(f"{ATOM}{name}", "").strip(), f"{path}: {name}"
        own = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
        assert [link.get("href") for link in own] == [f"https://archive.example/{path}"]
        assert feed.find(f"{ATOM}author/{ATOM}name") is not None, path
        for entry in feed.findall(f"{ATOM}entry"):
            for name in ("id", "title", "updated", "published", "summary"):
                assert len(entry.findall(f"{ATOM}{name}")) == 1, f"{path}: {name}"
            for name in ("id", "title", "updated", "published"):
                assert entry.findtext(f"{ATOM}{name}", "").strip(), f"{path}: {name}"
            assert len([link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]) == 1, path
            assert len(entry.findall(f"{ATOM}content")) <= 1


SCHEMA = Path(__file__).parent / "data/atom.rng"


def test_every_feed_is_valid_by_the_schema_of_rfc_4287(rich: Archive, tmp_path: Path) -> None:
    schema = etree.RelaxNG(etree.parse(SCHEMA))
    valid = rich.output / "feed.xml"
    for before, after in (
        (b"<updated>", b"<updated>on "),
        (b"<id>", b"<identity/><id>"),
        (b"<title>", b"<title x='y'>"),
    ):
        (tmp_path / "broken.xml").write_bytes(valid.read_bytes().replace(before, after, 1))
        assert not schema.validate(etree.parse(tmp_path / "broken.xml"))  # so it finds what is wrong
    archive = sites.copy_of(rich, tmp_path / "archive")
    archive.config('base_url = "https://archive.example/"\nlanguages = ["fr", "ar"]\ntimezone = "Europe/Belgrade"\n')
    archive.write(
        "briefings/three.md", title="Three", id="three", date="2023-01-02", tags=["daily"], dossier="north-south"
    )
    archive.write_text("briefings/three.fr.md", "---\ntitle: Trois\n---\n\nMots.\n")
    archive.write_text("briefings/three.ar.md", "---\ntitle: ثلاثة\n---\n\nكلمات.\n")
    gone = {"date": "2023-02-01", "reason": "It <never> happened & so on."}
    archive.write("briefings/gone.md", title="Gone", date="2023-01-03", tags=["daily"], withdrawn=gone)
    archive.write("briefings/hid.md", title="S", slug="h", date="2023-01-04", withdrawn={**gone, "hide_title": True})
    archive.build()
    feeds = {path for path in archive.files() if path.endswith("feed.xml")}
    assert {"feed.xml", "fr/feed.xml", "ar/tags/daily/feed.xml", "corrections/feed.xml"} <= feeds
    assert any("Gone" in title for title in _entries(archive))
    for path in sorted(feeds):
        assert schema.validate(etree.parse(archive.output / path)), f"{path}: {schema.error_log.last_error}"
    for path, feed in _feeds(archive).items():  # what the schema says in Schematron
        entries = feed.findall(f"{ATOM}entry")
        has_author = feed.find(f"{ATOM}author") is not None
        assert has_author or all(entry.find(f"{ATOM}author") is not None for entry in entries), path
        for element in (feed, *entries):
            alternates = [
                (link.get("type"), link.get("hreflang"))
                for link in element.findall(f"{ATOM}link")
                if link.get("rel", "alternate") == "alternate"
            ]
            assert len(alternates) == len(set(alternates)), path
    for path in sorted(path for path in archive.files() if path.endswith("feed.json")):
        jsonschema.validate(json.loads((archive.output / path).read_bytes()), JSON_FEED)


_TEXT, _WEB, _TIME = (
    {"type": "string"},
    {"type": "string", "pattern": "^https?://"},
    {"type": "string", "pattern": TIMESTAMP.pattern},
)
_AUTHORS = {"type": "array", "items": {"type": "object", "minProperties": 1, "properties": {"name": _TEXT}}}
# JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/: what must be there, and the types of what we say.
JSON_FEED: dict[str, Any] = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": _TEXT, "home_page_url": _WEB, "feed_url": _WEB, "language": _TEXT, "authors": _AUTHORS,
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
                "additionalProperties": False,
                "properties": {
                    "id": _TEXT, "url": _WEB, "title": _TEXT, "summary": _TEXT, "content_html": _TEXT,
                    "content_text": _TEXT, "date_published": _TIME, "date_modified": _TIME, "authors": _AUTHORS,
                    "tags": {"type": "array", "items": _TEXT, "uniqueItems": True}, "language": _TEXT,
                },
            },
        },
    },
}  # fmt: skip


def test_every_time_is_one_of_rfc_3339(archive: Archive) -> None:
    # Before zones were invented, Paris was nine minutes and twenty-one seconds ahead of Greenwich.
    archive.config('timezone = "Europe/Paris"\n')
    for number, day in enumerate(
        ["1871-03-18", "0001-01-01", "9999-12-31", "2022-08-17T10:00", "2022-08-17T10:00:05-09:30", "1905"]
    ):
        archive.write(f"briefings/n{number}.md", date=day)
    archive.build()
    for path, feed in _feeds(archive).items():
        for name in ("updated", "published"):
            for element in feed.iter(f"{ATOM}{name}"):
                assert TIMESTAMP.fullmatch(element.text or ""), f"{path}: {element.text}"
    assert len(_parsed(archive).entries) == 6


def test_ids_are_unique_in_a_feed_and_differ_between_feeds(rich: Archive) -> None:
    own = []
    for path, feed in _feeds(rich).items():
        ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
        assert len(ids) == len(set(ids)), path
        own.append(feed.findtext(f"{ATOM}id"))
    assert len(own) == len(set(own))


def test_an_entry_has_the_same_id_in_every_feed(rich: Archive) -> None:
    assert _entries(rich)["The second"].id == _entries(rich, "/dossiers/north-south/feed.xml")["The second"].id
    assert _entries(rich)["The second"].id == _entries(rich, "/regions/northland/feed.xml")["The second"].id


def test_an_entrys_id_survives_a_changed_slug_date_title_and_folder(archive: Archive) -> None:
    archive.write("briefings/2022-08-17-one.md", title="One", date="2022-08-17", id="the-one")
    archive.build()
    before = _parsed(archive).entries[0]
    (archive.root / "content/briefings/2022-08-17-one.md").unlink()
    archive.write("briefings/2021/other.md", title="Other", date="2021-03-04", id="the-one", slug="another-slug")
    archive.build()
    after = _parsed(archive).entries[0]
    assert after.id == before.id
    assert after.link == "https://archive.example/2021/03/04/another-slug/"


def test_an_entrys_id_does_not_depend_on_where_the_site_stands(archive: Archive) -> None:
    archive.write("briefings/one.md")
    archive.build()
    before = _parsed(archive).entries[0].id
    archive.build("--base-url", "https://elsewhere.example/below/")
    assert _parsed(archive).entries[0].id == before


def test_updated_moves_only_when_the_entry_does(archive: Archive) -> None:
    for number in range(3):
        archive.write(
            f"briefings/n{number}.md", title=f"N{number}", date=f"2022-08-0{number + 1}", published="2022-09-01"
        )
    archive.build()
    before = {entry.title: entry.updated for entry in _parsed(archive).entries}
    feed_before = _parsed(archive).feed.updated
    assert set(before.values()) == {"2022-09-01T00:00:00Z"}
    # Another theme, another setting and another briefing change nothing in an entry.
    archive.config('base_url = "https://archive.example/"\ndescription = "New"\n')
    archive.write("briefings/n1.md", title="N1", date="2022-08-02", published="2022-09-01", updated="2022-09-03T12:00")
    archive.build()
    after = {entry.title: entry.updated for entry in _parsed(archive).entries}
    assert after == before | {"N1": "2022-09-03T12:00:00Z"}
    assert feed_before == "2022-09-01T00:00:00Z"
    assert _parsed(archive).feed.updated == "2022-09-03T12:00:00Z"


def test_an_entry_about_the_past_that_is_not_among_the_newest_changes_no_feed(archive: Archive) -> None:
    sites.series(archive, sites.days(30), tags=["t"])
    archive.build()
    before = (archive.output / "feed.xml").read_bytes()
    archive.write("briefings/past.md", date="1999-01-01", tags=["t"])
    archive.build()
    assert (archive.output / "feed.xml").read_bytes() == before


def test_feeds_hold_the_newest_20_by_when_they_became_public_or_were_revised(archive: Archive) -> None:
    sites.series(archive, sites.days(30))
    archive.write("briefings/old-news.md", title="Old news", date="1999-01-01", published="2019-01-25T12:00")
    archive.write("briefings/revised.md", title="Revised", date="1998-01-01", updated="2020-01-01")
    archive.write(
        "briefings/withdrawn.md",
        title="Wrong",
        date="1997-01-01",
        withdrawn={"date": "2019-01-26T12:00", "reason": "x"},
    )
    archive.build()
    titles = [entry.title for entry in _parsed(archive).entries]
    assert len(titles) == 20
    assert titles[:7] == ["Revised", "Event 29", "Event 28", "Event 27", "Event 26", "Withdrawn: Wrong", "Event 25"]
    assert titles[7:9] == ["Old news", "Event 24"]


def test_a_setting_says_how_many_entries_a_feed_has(archive: Archive) -> None:
    archive.config("[feeds]\nentries = 3\n")
    sites.series(archive, sites.days(10))
    archive.build()
    assert len(_parsed(archive).entries) == 3


def test_times_without_an_offset_are_in_the_sites_zone(rich: Archive) -> None:
    assert _entries(rich)['The first & "foremost" <briefing>'].published == "2022-08-18T00:00:00+02:00"
    assert _entries(rich)['The first & "foremost" <briefing>'].updated == "2022-09-02T10:00:00+02:00"


def test_titles_and_summaries_are_plain_text_whatever_they_hold(rich: Archive) -> None:
    entry = _entries(rich)['The first & "foremost" <briefing>']
    assert entry.summary_detail.type == "text/plain"
    assert entry.summary == "A standfirst with <angles> & ampersands."


def test_full_text_stands_in_the_sites_and_the_dossiers_feeds_and_summaries_elsewhere(rich: Archive) -> None:
    for path, feed in _feeds(rich).items():
        for entry in feed.findall(f"{ATOM}entry"):
            title = entry.findtext(f"{ATOM}title", "")
            full = path == "feed.xml" or path.startswith("dossiers/")
            assert (entry.find(f"{ATOM}content") is not None) == (full and not title.startswith("Withdrawn")), path


def test_every_address_in_a_feed_is_absolute_and_leads_somewhere(rich: Archive) -> None:
    files = rich.files()
    checked = 0
    for path, feed in _feeds(rich).items():
        addresses = [link.get("href", "") for link in feed.iter(f"{ATOM}link")]
        for content in feed.iter(f"{ATOM}content"):
            body = html5lib.parseFragment(content.text or "", treebuilder="etree", namespaceHTMLElements=False)
            for element in body.iter():
                addresses += [element.get(name, "") for name in ("href", "src") if element.get(name) is not None]
        for address in addresses:
            parts = urlsplit(address)
            assert parts.scheme in ("https", "http", "mailto"), f"{path}: {address}"
            if parts.netloc == "archive.example":
                file = parts.path[1:] + ("index.html" if parts.path.endswith("/") else "")
                assert file in files, f"{path}: {address}"
                if parts.fragment:
                    assert f'id="{parts.fragment}"'.encode() in files[file], f"{path}: {address}"
                checked += 1
    assert checked > 100


def test_the_text_of_a_feed_cannot_run(rich: Archive) -> None:
    for feed in _feeds(rich).values():
        for content in feed.iter(f"{ATOM}content"):
            body = html5lib.parseFragment(content.text or "", treebuilder="etree", namespaceHTMLElements=False)
            for element in body.iter():
                assert element.tag not in ("script", "style", "iframe", "object", "embed")
                assert not [name for name in element.attrib if name.startswith("on") or name == "style"]


def test_a_withdrawn_entry_says_so_without_its_text_in_each_feed_that_had_it(archive: Archive) -> None:
    archive.records("regions", {"name": "Continent"}, {"name": "Land", "parent": "Continent"})
    archive.write("dossiers/d.md")
    fields = {
        "title": "Wrong",
        "date": "2022-08-17",
        "region": "Land",
        "actors": ["Somebody"],
        "tags": ["t"],
        "dossier": "d",
        "sources": [{"name": "Paper"}],
        "summary": "The summary.",
        "author": "Ann",
    }
    # Others keep the pages of these names alive.
    archive.write("briefings/other.md", **{**fields, "title": "Other"})
    archive.write("briefings/wrong.md", "The words.\n", id="wrong", **fields)
    archive.build()
    had = {path for path, feed in _feeds(archive).items() if "Wrong" in _entries(archive, f"/{path}")}
    assert len(had) == 7  # the site, both regions, the actor, the tag, the dossier, the source
    own_id = _entries(archive)["Wrong"].id
    archive.write(
        "briefings/wrong.md",
        "The words.\n",
        id="wrong",
        **fields,
        withdrawn={"date": "2022-10-01", "reason": "It never happened."},
    )
    archive.build()
    for path in sorted(had):
        entry = _entries(archive, f"/{path}").get("Withdrawn: Wrong")
        assert entry is not None, path
        assert entry.id == own_id
        assert entry.updated == "2022-10-01T00:00:00Z"
        assert entry.summary == "It never happened."
        assert "content" not in entry
    text = b"".join(data for path, data in archive.files().items() if path.endswith("feed.xml"))
    assert b"The words." not in text


def test_a_withheld_title_stands_only_in_the_sites_feed_as_a_bare_entry(archive: Archive) -> None:
    archive.write("briefings/other.md", title="Other", tags=["t"])
    archive.write(
        "briefings/secret.md",
        title="Secret",
        slug="withheld",
        tags=["t"],
        author="Ann",
        withdrawn={"date": "2022-10-01", "reason": "To protect.", "hide_title": True},
    )
    archive.build()
    assert [entry.title for entry in _parsed(archive, "/tags/t/feed.xml").entries] == ["Other"]
    entry = _parsed(archive).entries[0]
    assert "Secret" not in str(entry)
    assert entry.summary == "To protect."
    assert "tags" not in entry


def test_a_language_of_its_own_is_said_of_an_entry(rich: Archive) -> None:
    for entry in ElementTree.fromstring((rich.output / "feed.xml").read_bytes()).findall(f"{ATOM}entry"):
        wanted = "ar" if entry.findtext(f"{ATOM}title") == "عنوان" else "en"
        assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == wanted


def test_the_feed_of_a_name_without_briefings_is_a_feed_all_the_same(rich: Archive) -> None:
    feed = _parsed(rich, "/dossiers/empty/feed.xml")
    assert feed.feed.title.endswith("An empty dossier")
    empty = sites.words(ElementTree.fromstring((rich.output / "tags/protest/feed.xml").read_bytes()))
    assert empty


def test_an_empty_archive_has_a_feed(archive: Archive) -> None:
    archive.build()
    assert _parsed(archive).entries == []
    assert datetime.fromisoformat(_parsed(archive).feed.updated).astimezone(UTC).year == 1970


def test_pages_name_their_feeds(rich: Archive) -> None:
    for address, own in (("/", ""), ("/tags/daily/", "../../tags/daily/feed.xml"), ("/about/", "")):
        named = [
            link.get("href")
            for link in sites.tree(rich.page(address)).iter("link")
            if link.get("type") == "application/atom+xml"
        ]
        assert named[0] is not None and named[0].endswith("/feed.xml")
        assert named[1:] == ([own] if own else [])


@pytest.mark.parametrize(
    "title",
    [
        '"A \\b bell"',
        '"\\uD800 alone"',
        '"A \\x0c feed"',
        '"\\uFFFE"',
        '"]]> <![CDATA[ &nbsp; &"',
        '"line\\nbreak\\ttab"',
        '"\\x85 next"',
        '"👩‍🚀 \\U0001F30D"',
    ],
)
def test_no_letter_in_a_title_breaks_a_feed(archive: Archive, title: str) -> None:
    archive.write_text(
        "briefings/one.md",
        f"---\ntitle: {title}\ndate: 2022-08-17\nsummary: {title}\n---\n\nWords &#8; &#xFFFE; &#xD800; `&#1;`.\n",
    )
    ran = archive.run("build")
    # Either refused with a line, or well-formed.
    if ran.status == 1:
        assert "content/briefings/one.md:2: error: " in ran.err
    else:
        assert ran.status == 0, ran.err
        assert len(_parsed(archive).entries) == 1
        sites.tree(archive.page("/2022/08/17/one/"))


def test_a_feed_without_a_base_url_of_its_own_still_holds_absolute_addresses(tmp_path: Path) -> None:
    archive = sites.archive_at(tmp_path / "archive", "")
    archive.write("briefings/one.md")
    archive.build()
    assert _parsed(archive).entries[0].link == "https://example.org/2022/08/17/one/"


def test_the_feed_of_a_tag_forgets_a_notice_whose_title_is_withheld_later(archive: Archive) -> None:
    withdrawn = {"date": "2022-10-01", "reason": "Wrong."}
    archive.write("briefings/other.md", title="Another", date="2022-08-01", tags=["talks"])
    archive.write("briefings/wrong.md", title="A slander", date="2022-08-02", tags=["talks"], withdrawn=withdrawn)
    archive.build()
    assert len(_entries(archive, "/tags/talks/feed.xml")) == 2

    archive.write(
        "briefings/wrong.md",
        title="A slander",
        date="2022-08-02",
        tags=["talks"],
        withdrawn=withdrawn | {"hide_title": True},
    )
    archive.build()

    assert list(_entries(archive, "/tags/talks/feed.xml")) == ["Another"]
    assert not [path for path, data in archive.files().items() if b"slander" in data]


def _json_feed(archive: Archive, address: str = "/feed.json") -> dict[str, Any]:
    return json.loads(archive.page(address))


def test_json_feeds_say_what_the_atom_feeds_of_site_and_dossiers_say(rich: Archive) -> None:
    assert {path for path in rich.files() if path.endswith("feed.json")} == {
        "feed.json",
        "dossiers/north-south/feed.json",
        "dossiers/empty/feed.json",
    }
    for stem in ("/", "/dossiers/north-south/"):
        feed, atom = _json_feed(rich, f"{stem}feed.json"), _parsed(rich, f"{stem}feed.xml")
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["feed_url"] == f"https://archive.example{stem}feed.json"
        assert feed["home_page_url"] == f"https://archive.example{stem}"
        assert [item["id"] for item in feed["items"]] == [entry.id for entry in atom.entries]
        for item, entry in zip(feed["items"], atom.entries, strict=True):
            assert (item["title"], item["url"]) == (entry.title, entry.link)
            assert (item["date_published"], item["date_modified"]) == (entry.published, entry.updated)
            assert bool(item.get("content_html")) == ("content" in entry)
            assert item.get("content_html") or "content_text" in item
            assert TIMESTAMP.fullmatch(item["date_published"])
    withdrawn = next(item for item in _json_feed(rich)["items"] if item["title"].startswith("Withdrawn"))
    assert withdrawn["content_text"] == "It never happened."


def test_pages_name_json_feeds_where_there_are_some(rich: Archive) -> None:
    def named(address: str) -> list[str]:
        links = sites.tree(rich.page(address)).iter("link")
        return [link.get("href", "") for link in links if link.get("type") == "application/feed+json"]

    assert named("/tags/daily/") == ["../../feed.json"]
    assert named("/dossiers/north-south/") == ["../../feed.json", "../../dossiers/north-south/feed.json"]
