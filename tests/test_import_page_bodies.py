"""What comes of a saved page's body: its links, figures, lines and pictures. The pages were written for these tests."""

from __future__ import annotations

import pytest
from captures import PARAGRAPHS, TITLE

from builder.importing.article import Article
from builder.importing.markup import markdown_of
from builder.importing.pages import read_page

BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def read(body: str = BODY, *, head: str = "", url: str = "https://www.example.org/a/b/page.html") -> Article:
    """The article of a page with an article's `body`, read at `url`."""
    return read_page(
        f"<html lang='en'><head><title>{TITLE} | Example Post</title>{head}</head>"
        f"<body><article><h1>{TITLE}</h1>{body}</article></body></html>",
        url,
    )


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("other.html", "https://www.example.org/a/b/other.html"),
        ("../c/", "https://www.example.org/a/c/"),
        ("?p=2", "https://www.example.org/a/b/page.html?p=2"),
        ("#n1", "https://www.example.org/a/b/page.html#n1"),
        ("//media.example.org/x", "https://media.example.org/x"),
        ("https://example.net/z?utm_source=tw&amp;fbclid=1&amp;id=5", "https://example.net/z?id=5"),
    ],
)
def test_a_link_leads_where_it_led_on_the_page_and_tracks_nobody(target: str, address: str) -> None:
    body = BODY.replace("KFOR", f"<a href='{target}'>KFOR</a>", 1)
    assert f"[KFOR]({address})" in markdown_of(read(body).blocks)


@pytest.mark.parametrize("base", ["/archive/", "https://www.example.org/archive/"])
def test_a_page_may_say_what_its_links_are_relative_to(base: str) -> None:
    body = BODY.replace("KFOR", "<a href='other.html'>KFOR</a>", 1)
    article = read(body, head=f"<base href='{base}'>")
    assert "[KFOR](https://www.example.org/archive/other.html)" in markdown_of(article.blocks)
