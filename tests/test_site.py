"""The finished site as a whole, whatever made it: everything leads somewhere, and nothing leads away."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import html5lib
import pytest
import sites
from conftest import Archive

# What makes a browser fetch something, by itself, from an address in an attribute.
FETCHING = {
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "picture": (),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src",),
    "use": ("href",),
    "image": ("href",),
    "body": ("background",),
}
# Kinds of `link` that a browser only fetches when a reader asks for it, or never.
ONLY_NAMED = {"canonical", "alternate", "license", "author", "prev", "next", "self"}


@dataclass
class Site:
    """A finished site, and where it stands."""

    name: str
    folder: Path
    base: str
    pages: dict[str, str] = field(default_factory=dict)
    trees: dict[str, ElementTree.Element] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for path in sorted(self.folder.rglob("*.html")):
            name = path.relative_to(self.folder).as_posix()
            self.pages[name] = path.read_text("utf-8")
            parser = html5lib.HTMLParser(html5lib.treebuilders.getTreeBuilder("etree"), namespaceHTMLElements=False)
            self.trees[name] = _shown(parser.parse(self.pages[name]))

    @property
    def finished(self) -> dict[str, ElementTree.Element]:
        """The pages that a theme made: all but the redirects."""
        return {name: tree for name, tree in self.trees.items() if not _is_redirect(tree)}

    def address_of(self, page: str) -> str:
        """Where a reader's browser has a page."""
        return urljoin(self.base, page.removesuffix("index.html"))

    def file_at(self, address: str) -> str | None:
        """The file that a static host serves for an address on this site; None for another site's address."""
        if not address.startswith(self.base):
            return None
        path = unquote(urlsplit(address).path)[len(urlsplit(self.base).path) :]
        return f"{path}index.html" if path.endswith("/") or not path else path

    def ids(self, page: str) -> list[str]:
        return [element.get("id", "") for element in self.trees[page].iter() if element.get("id") is not None]


def _shown(tree: ElementTree.Element) -> ElementTree.Element:
    """A page without its templates, which are nothing until a script fills them in."""
    for parent in list(tree.iter()):
        for template in parent.findall("template"):
            parent.remove(template)
    return tree


def _is_redirect(tree: ElementTree.Element) -> bool:
    return any(meta.get("http-equiv") == "refresh" for meta in tree.iter("meta"))


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Site:
    archive = sites.rich_archive(tmp_path_factory.mktemp("rich") / "archive")
    archive.build("--drafts")
    return Site("rich", archive.output, "https://archive.example/")


@pytest.fixture(scope="module")
def own_archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return sites.repository_at(tmp_path_factory.mktemp("own") / "archive")


@pytest.fixture(scope="module")
def own(own_archive: Archive) -> Site:
    own_archive.build()
    return Site("own", own_archive.output, "https://example.org/")


@pytest.fixture(scope="module")
def own_below(own_archive: Archive) -> Site:
    own_archive.build("--output", "below", "--base-url", "https://example.org/archive/")
    return Site("own-below", own_archive.root / "below", "https://example.org/archive/")


@pytest.fixture(params=["rich", "own", "own_below"])
def site(request: pytest.FixtureRequest) -> Site:
    found: Site = request.getfixturevalue(request.param)
    return found


def _references(tree: ElementTree.Element) -> list[tuple[str, str, str]]:
    """Every address that a page names: element, attribute, address."""
    found = []
    for element in tree.iter():
        for attribute in ("href", "src", "data", "poster", "action", "cite"):
            if (value := element.get(attribute)) is not None and isinstance(element.tag, str):
                found.append((element.tag, attribute, value))
        if (value := element.get("srcset")) is not None:
            found += [(str(element.tag), "srcset", part.split()[0]) for part in value.split(",")]
    return found


def test_every_page_is_html_without_a_parse_error(site: Site) -> None:
    for name, text in site.pages.items():
        try:
            sites.tree(text)
        except html5lib.html5parser.ParseError as problem:
            pytest.fail(f"{name}: {problem}")


def test_every_link_asset_and_anchor_leads_somewhere(site: Site) -> None:
    broken = []
    files = set(sites.contents(site.folder))
    ids = {name: set(site.ids(name)) for name in site.pages}
    for name, tree in site.trees.items():
        for tag, attribute, value in _references(tree):
            if urlsplit(value).scheme in ("mailto", "data"):
                continue
            target = urljoin(site.address_of(name) if name != "404.html" else site.base, value)
            file = site.file_at(target)
            if file is None:
                if not urlsplit(value).scheme:
                    broken.append(f"{name}: <{tag} {attribute}={value}> leads out of the site")
                continue
            fragment = unquote(urlsplit(value).fragment)
            if file not in files:
                broken.append(f"{name}: <{tag} {attribute}={value}> leads to {file}, which isn't there")
            elif fragment and fragment not in ids.get(file, set()):
                broken.append(f"{name}: <{tag} {attribute}={value}>: {file} has no #{fragment}")
    assert not broken, "\n".join(broken[:20])


def test_every_link_stays_right_from_any_folder_of_any_host(site: Site) -> None:
    # Copied to /some/where/ of another host, whatever base_url says: only the page for unknown addresses, which a
    # host shows anywhere, the canonical address and the cited one may name the place that base_url names.
    for name, tree in site.finished.items():
        if name == "404.html":
            continue
        for element in tree.iter():
            if element.tag not in ("a", "img", "link"):
                continue
            value = element.get("href") or element.get("src") or ""
            if element.get("rel") in ("canonical", "bookmark") or urlsplit(value).scheme:
                continue
            assert not value.startswith("/"), f"{name}: {value}"


def test_the_page_for_unknown_addresses_works_at_any_depth(site: Site) -> None:
    for _, _, value in _references(site.trees["404.html"]):
        if not urlsplit(value).scheme and not value.startswith("#"):
            assert value.startswith(urlsplit(site.base).path), value


def test_ids_are_unique_on_each_page(site: Site) -> None:
    for name in site.pages:
        repeated = [own for own, times in Counter(site.ids(name)).items() if times > 1]
        assert not repeated, f"{name}: {repeated}"


def test_ids_hold_no_space_and_are_never_empty(site: Site) -> None:
    for name in site.pages:
        assert all(own and not re.search(r"\s", own) for own in site.ids(name)), name


def test_labels_and_descriptions_name_an_id_that_is_there(site: Site) -> None:
    for name, tree in site.trees.items():
        own = set(site.ids(name))
        for element in tree.iter():
            for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
                missing = set((element.get(attribute) or "").split()) - own
                assert not missing, f"{name}: {attribute} names {missing}"


def test_nothing_on_a_page_can_run(site: Site) -> None:
    for name, tree in site.trees.items():
        for element in tree.iter():
            if element.tag == "script" and element.get("type") == "application/ld+json":  # data, which nobody runs
                assert json.loads(element.text or "")["@context"] == "https://schema.org", name
                continue
            if element.tag == "script":  # the theme's own, by its address; what stands in a page never runs
                assert re.fullmatch(r"[./]*/assets/[\w.-]+\.js", element.get("src") or ""), name
                assert not (element.text or "").strip(), name
                continue
            assert element.tag not in ("object", "embed", "iframe", "applet", "base"), f"{name}: {element.tag}"
            handlers = [attribute for attribute in element.attrib if str(attribute).lower().startswith("on")]
            assert not handlers, f"{name}: {handlers}"
        saved = {link.get("href") for link in tree.iter("a") if link.get("download") is not None}
        for _, _, value in _references(tree):
            if value in saved:  # a citation, which nobody opens
                assert value.startswith("data:application/"), f"{name}: {value}"
                continue
            scheme = urlsplit(value.strip()).scheme.lower()
            assert scheme in ("", "http", "https", "mailto"), f"{name}: {value}"


def test_no_page_holds_a_style_of_its_own(site: Site) -> None:
    for name, tree in site.trees.items():
        assert not list(tree.iter("style")), name
        assert not [e for e in tree.iter() if e.get("style") is not None], name


def test_a_browser_asks_no_other_host_for_anything(site: Site) -> None:
    for name, tree in site.trees.items():
        for element in tree.iter():
            if element.tag == "link":
                if set((element.get("rel") or "").split()) & ONLY_NAMED:
                    continue
                wanted = [element.get("href") or ""]
            else:
                wanted = [element.get(attribute) or "" for attribute in FETCHING.get(str(element.tag), ())]
            for value in wanted:
                assert not urlsplit(value).netloc, f"{name}: {element.tag} {value}"
    for path in site.folder.rglob("*.css"):
        for value in sites.css_references(path.read_text("utf-8")):
            assert not urlsplit(value).netloc, f"{path.name}: {value}"
            assert value.startswith("data:") or (path.parent / value.partition("#")[0]).is_file(), (
                f"{path.name}: {value}"
            )


def test_each_page_has_one_main_heading_and_skips_no_level(site: Site) -> None:
    wrong = []
    for name, tree in site.finished.items():
        levels = [int(str(e.tag)[1]) for e in tree.iter() if re.fullmatch("h[1-6]", str(e.tag))]
        skips = any(after - before > 1 for before, after in pairwise(levels))
        if levels.count(1) != 1 or levels[0] != 1 or skips:
            wrong.append(f"{name}: {levels}")
        empty = [str(e.tag) for e in tree.iter() if re.fullmatch("h[1-6]", str(e.tag)) and not sites.words(e)]
        if empty:
            wrong.append(f"{name}: an empty {empty}")
    assert not wrong, "\n".join(wrong[:20])


def test_each_page_says_its_language_direction_and_title(site: Site) -> None:
    for name, tree in site.finished.items():
        assert tree.get("lang") and tree.get("dir") in ("ltr", "rtl"), name
        title = sites.words(tree.find(".//title"))
        assert title, name
        assert tree.find(".//main") is not None, name
        assert tree.find(".//meta[@name='viewport']") is not None, name


def test_each_page_begins_with_a_way_to_its_text(site: Site) -> None:
    for name, tree in site.finished.items():
        first = next(tree.iter("a"))
        main = tree.find(".//main")
        assert main is not None
        assert first.get("href") == f"#{main.get('id')}", name


def test_every_link_has_words(site: Site) -> None:
    for name, tree in site.trees.items():
        for link in tree.iter("a"):
            pictured = any(picture.get("alt") or picture.get("aria-label") for picture in link.iter())
            assert sites.words(link) or pictured or link.get("aria-label"), f"{name}: {link.get('href')}"


def test_every_time_is_one_that_html_knows(site: Site) -> None:
    form = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?)?)?")
    for name, tree in site.trees.items():
        for moment in tree.iter("time"):
            assert form.fullmatch(moment.get("datetime") or ""), f"{name}: {moment.get('datetime')}"
            assert sites.words(moment), name


def test_pictures_say_what_is_to_be_seen(site: Site) -> None:
    for name, tree in site.trees.items():
        assert all(picture.get("alt") is not None for picture in tree.iter("img")), name


def test_the_canonical_address_of_a_page_is_its_own(site: Site) -> None:
    for name, tree in site.finished.items():
        canonical = tree.find(".//link[@rel='canonical']")
        if name == "404.html":
            assert canonical is None
            continue
        assert canonical is not None, name
        assert canonical.get("href") == site.address_of(name)


def test_every_page_that_is_listed_can_be_reached_from_home(site: Site) -> None:
    sitemap = ElementTree.fromstring((site.folder / "sitemap.xml").read_bytes())
    listed = {element.text or "" for element in sitemap.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    reached = {"index.html"}
    pending = ["index.html"]
    while pending:
        name = pending.pop()
        for link in site.trees[name].iter("a"):
            file = site.file_at(urljoin(site.address_of(name), link.get("href") or "").partition("#")[0])
            if file in site.trees and file not in reached:
                reached.add(file)
                pending.append(file)
    lost = sorted(address for address in listed if site.file_at(address) not in reached)
    assert not lost, f"{len(lost)} pages that nothing leads to: {lost[:10]}"


def test_each_asset_name_holds_the_hash_of_its_bytes(site: Site) -> None:
    assets = list((site.folder / "assets").rglob("*.*"))
    assert assets
    for path in assets:
        digest = path.name.rsplit(".", 2)[-2]
        assert hashlib.sha256(path.read_bytes()).hexdigest().startswith(digest), path


def test_every_page_uses_the_same_stylesheet(site: Site) -> None:
    used = {
        posixpath.basename(link.get("href") or "")
        for tree in site.finished.values()
        for link in tree.iter("link")
        if link.get("rel") == "stylesheet"
    }
    assert len(used) == 1


def test_where_the_site_stands_changes_no_link_but_absolute_ones(own: Site, own_below: Site) -> None:
    assert set(own.pages) == set(own_below.pages)
    for name, text in own.pages.items():
        if name != "404.html":
            below = own_below.pages[name].replace("https://example.org/archive/", "https://example.org/")
            assert below == text, name


def test_the_own_archive_is_strictly_clean(own_archive: Archive) -> None:
    checked = own_archive.run("check", "--strict", "--json")
    assert checked.status == 0, checked.out
    assert checked.report["faults"] == []
    built: dict[str, Any] = own_archive.run("build", "--strict", "--json").report
    assert built["ok"], built
    assert built["counts"]["briefings"] == 65
