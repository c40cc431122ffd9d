"""Feeds: which of their entries are articles. The entries were written for these tests."""

from __future__ import annotations

import pytest
from captures import feed

from builder.importing.article import Article
from builder.importing.capture import Capture, LeftOut, Refusal
from builder.importing.feeds import entries_in

FIRST = "The ferry between Ancona and Split sailed again on Wednesday after two weeks, the harbour office said."
SECOND = "The boats had been stopped by a strike of their crews, who had asked for longer breaks on board."
ATOM = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Example Post</title><entry>'
    '<title>Ferry sails again</title><link href="https://www.example.org/f"/><updated>2022-08-17T14:09:00Z</updated>'
    "<{0} type='html'>&lt;p&gt;{1}&lt;/p&gt;</{0}></entry></feed>"
)


def read(data: bytes) -> Article | Refusal | LeftOut:
    (entry,) = entries_in(Capture(name="feed.xml", data=data))
    return entry


def rss(html: str) -> bytes:
    return feed(("Ferry sails again", "https://www.example.org/f", html))


def test_a_short_content_is_the_full_text() -> None:
    article = read(rss(f"<p>{FIRST}</p><p>{SECOND}</p>"))
    assert isinstance(article, Article) and article.paragraphs == (FIRST, SECOND)
    assert isinstance(read(ATOM.format("content", f"{FIRST} {SECOND}").encode()), Article)


@pytest.mark.parametrize(
    "line",
    [
        "The post <a href='https://www.example.org/f'>Ferry sails again</a> appeared first on <a href='https://www.example.org'>Post</a>.",
        "L’article <a href='https://www.example.org/f?utm_source=rss'>Ferry sails again</a> est apparu en premier sur "
        "<a href='http://example.org/'>Post</a>.",
    ],
)
def test_the_line_that_names_the_site_of_an_entry_goes_in_any_language(line: str) -> None:
    article = read(rss(f"<p>{FIRST}</p><p>{SECOND}</p><p>{line}</p>"))
    assert isinstance(article, Article) and article.paragraphs == (FIRST, SECOND)
    ours = "<a href='https://www.example.org/f'>This</a> is told by <a href='https://www.example.net'>others</a> too."
    kept = read(rss(f"<p>{FIRST}</p><p>{SECOND}</p><p>{ours}</p>"))
    assert isinstance(kept, Article) and kept.paragraphs[-1] == "This is told by others too."


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{FIRST}</p>",
        f"<p>{FIRST} {SECOND[:-9]}…</p>",
        f"<p>{FIRST} {SECOND[:-9]} [&hellip;]</p><p>The post Ferry appeared first on Example Post.</p>",
        f"<p>{FIRST} {SECOND} <a href='/f'>Read more</a></p>",
        f"<p>{FIRST} {SECOND}</p><p><a href='/f'>Continue reading Ferry sails again →</a></p>",
        f"<p>{FIRST} {SECOND}</p><p><a href='/f'>Lire la suite</a></p>",
    ],
)
def test_a_teaser_is_refused_with_the_address_of_the_article(html: str) -> None:
    refusal = read(rss(html))
    assert isinstance(refusal, Refusal) and "import https://www.example.org/f" in refusal.message


def test_a_short_summary_is_no_full_text() -> None:
    assert isinstance(read(ATOM.format("summary", f"{FIRST} {SECOND}").encode()), Refusal)
    described = rss("").replace(b"content:encoded>", b"description>").replace(b"CDATA[", b"CDATA[" + FIRST.encode() * 2)
    assert isinstance(read(described), Refusal)


KINDS = "http://schemas.google.com/blogger/2008/kind"


def test_of_an_export_of_blogger_only_posts_are_read() -> None:
    kinds = ("post", "settings", "comment")
    entries = "".join(
        f"<entry><id>tag:blogger.com,1999:{kind}</id><title>{kind} of the day</title>"
        "<published>2022-08-24T16:40:00+02:00</published>"
        f"<category scheme='http://schemas.google.com/g/2005#kind' term='{KINDS}#{kind}'/>"
        "<category scheme='http://www.blogger.com/atom/ns#' term='bridges'/><content type='html'>"
        f"{'Words of it that go on for a while, and then for another. ' * 9}</content></entry>"
        for kind in kinds
    )
    data = f"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>Letters</title>{entries}</feed>"
    left, article = entries_in(Capture(name="blog.xml", data=data.encode()))
    assert left == LeftOut("blog.xml", "entries that are no posts", 2)
    assert isinstance(article, Article)
    assert (article.title, article.tags) == ("post of the day", ("bridges",))
