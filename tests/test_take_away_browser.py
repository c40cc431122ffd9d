"""Taking away what a page offers, in a reader's browser: citations and rows of data, under a strict policy."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import sites
from conftest import Archive
from playwright.sync_api import Browser, BrowserContext, Page, Route

POLICY = "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
BRIEFING = "2022/08/17/first/"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the rich archive, on a web server."""
    archive: Archive = sites.shared_rich_archive(tmp_path_factory)
    with sites.hosted(archive.output) as url:
        yield url


def _opened(context: BrowserContext, address: str, said: list[str]) -> Page:
    """A page under the strict policy; what the browser refuses is said."""

    def strictly(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, "Content-Security-Policy": POLICY})

    page = context.new_page()
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda problem: said.append(str(problem)))
    page.route("**/*", strictly)
    page.goto(address)
    return page


def _saved(page: Page, link: str, tmp_path: Path) -> tuple[str, str]:
    with page.expect_download() as download:
        page.click(link)
    place = tmp_path / download.value.suggested_filename
    download.value.save_as(place)
    return place.name, place.read_bytes().decode("utf-8")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_citation_is_saved_from_its_page(served: str, browser: Browser, tmp_path: Path, scripts: bool) -> None:
    said: list[str] = []
    context = browser.new_context(java_script_enabled=scripts)
    page = _opened(context, served + BRIEFING, said)
    page.click("details.citation summary >> text=BibTeX")
    name, text = _saved(page, "details.citation[open] a", tmp_path)
    assert name == "first.bib"
    assert text.startswith("@techreport{first,")
    assert said == []
    context.close()


def test_a_citation_is_copied(served: str, browser: Browser) -> None:
    said: list[str] = []
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = _opened(context, served + BRIEFING, said)
    page.click("details.citation summary >> text=RIS")
    page.click("details.citation[open] button")
    page.wait_for_selector("details.citation[open] button >> text=Copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith("TY  - RPRT")
    assert said == []
    context.close()


def test_a_terms_page_gives_its_own_rows(served: str, browser: Browser, tmp_path: Path) -> None:
    said: list[str] = []
    context = browser.new_context()
    page = _opened(context, f"{served}actors/northern-alliance/", said)
    name, text = _saved(page, "[data-field] a >> text=CSV", tmp_path)
    assert name == "northern-alliance.csv"
    assert [row["id"] for row in csv.DictReader(text.removeprefix("\ufeff").splitlines())] == ["range", "first"]
    name, text = _saved(page, "[data-field] a >> text=JSON", tmp_path)
    assert [row["id"] for row in json.loads(text)] == ["range", "first"]
    # What happened in Northland happened on the peninsula that it is a part of.
    page.goto(f"{served}regions/peninsula/")
    _, text = _saved(page, "[data-field] a >> text=JSON", tmp_path)
    assert {"first", "second", "month"} <= {row["id"] for row in json.loads(text)}
    assert said == []
    context.close()


def test_without_scripts_a_terms_page_leads_to_the_whole_file(served: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}actors/northern-alliance/")
    assert page.get_attribute("[data-field] a >> text=JSON", "href") == "../../data/briefings.json"
    context.close()
