"""What themes/README.md teaches: each step as it stands there, and the site that comes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import sites
from conftest import REPOSITORY, Archive
from markdown_it import MarkdownIt


def _files(theme: str) -> Iterator[tuple[str, str]]:
    """The files of a theme that the tutorial shows, by their places below `themes/`."""
    for token in MarkdownIt().parse((REPOSITORY / "themes/README.md").read_text("utf-8")):
        _, _, place = token.info.partition(" ") if token.type == "fence" else ("", "", "")
        if place.startswith(f"themes/{theme}/"):
            before, names, behind = re.fullmatch(r"themes/([^{]*)\{?([^}]*?)\}?(\.?\w*)", place).groups()  # type: ignore[union-attr]
            yield from ((f"{before}{name}{behind}", token.content) for name in names.split(","))


@pytest.fixture
def told(archive: Archive) -> Archive:
    """An archive in which every kind of page occurs."""
    archive.write("dossiers/war.md", title="The war")
    archive.write("pages/about.md", "Who *we* are.\n")
    sources = [{"name": "Daily", "reliability": "B", "url": "https://daily.example/1"}]
    archive.write("briefings/one.md", title="One", region="Here", actors=["They"], dossier="war", sources=sources)
    archive.write("briefings/no.md", title="No", withdrawn={"date": "2022-09-01", "reason": "It was wrong."})
    sites.series(archive, sites.days(61, step=10), tags=["long"])
    return archive


def test_a_theme_that_extends_another_takes_ten_lines(told: Archive) -> None:
    files = dict(_files("ink"))
    assert sum(len(text.splitlines()) for text in files.values()) <= 10
    told.build()
    before = told.files()
    for place, text in files.items():
        told.template(place, text)
    told.config('base_url = "https://archive.example/"\n[theme]\nname = "ink"\ncolour = "#333"\n')
    told.build()
    page = told.page("/2022/08/17/one/")
    assert '<meta name="theme-color" content="#333">' in page
    assert re.search(r'<link rel="stylesheet" href="[./]+/assets/ink\.\w+\.css">', page)
    # All else is as before.
    added = told.files().keys() - before.keys()
    assert [re.sub(r"\.\w+\.", ".", path) for path in added] == ["assets/ink.css"]
    assert sites.main_of(page) == sites.main_of(before["2022/08/17/one/index.html"].decode())


def test_a_theme_from_nothing_makes_a_whole_site(told: Archive) -> None:
    for place, text in _files("plain"):
        told.template(place, text)
    told.build("--theme", "plain")
    for path, data in told.files().items():
        if path.endswith(".html"):
            sites.tree(data.decode())
    assert ("Event 60", "./2020/08/23/event-0060/") in sites.links(told.page("/"))
    assert ("2019", "../../tags/long/2019/") in sites.links(told.page("/tags/long/"))
    for address in ("/regions/here/", "/actors/they/", "/sources/daily/", "/dossiers/war/", "/2022/08/"):
        assert "August 17, 2022: One" in sites.main_of(told.page(address)), address
    assert "Daily: B, usually reliable" in sites.main_of(told.page("/2022/08/17/one/"))
    assert "It was wrong." in sites.main_of(told.page("/2022/08/17/no/"))
    assert "Who we are." in sites.main_of(told.page("/about/"))
    assert "They 1" in sites.main_of(told.page("/actors/"))
