"""WordPress: what its exports say, and those of other programs that write its format."""

from __future__ import annotations

import io

import msgspec
import pytest
from kinds import PARAGRAPHS, post, wordpress

from builder.importing.article import Article
from builder.importing.capture import Capture
from builder.importing.entries import Entry, article_of
from builder.importing.loose_xml import LooseXML
from builder.importing.wordpress import posts_in
from builder.importing.wordpress_text import html_of


def articles(data: bytes) -> list[Article]:
    """The articles of an export all of whose entries can be read."""
    found = list(posts_in(io.BytesIO(data), "a.xml"))
    assert all(isinstance(one, Capture) for one in found), found
    return [article_of(msgspec.json.decode(one.data, type=Entry)) for one in found if isinstance(one, Capture)]


def changed(*changes: tuple[str, str]) -> Article:
    """The article of an export in which some words were replaced."""
    text = wordpress(post()).decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return articles(text.encode())[0]


def test_a_sign_that_xml_does_not_know_stays_in_the_headline() -> None:
    text = wordpress(post("x")).decode().replace("<![CDATA[x]]>", "Draft & Post &amp; More&mdash;More&nbsp;")
    assert articles(text.encode())[0].title == "Draft & Post & More—More"


@pytest.mark.parametrize("size", range(1, 60, 7))
def test_what_is_mended_does_not_depend_on_how_much_is_read_at_once(size: int) -> None:
    loose = b"<a>R & D &amp; AT&T&mdash;x &#233; &bogus;\x01</a><![CDATA[a & b &mdash;]]><b>c&nbsp;d &</b>"
    file = LooseXML(io.BytesIO(loose))
    mended = b"".join(iter(lambda: file.read(size), b""))
    assert mended == (
        b"<a>R &amp; D &amp; AT&amp;T&#8212;x &#233; &amp;bogus;</a><![CDATA[a & b &mdash;]]><b>c&#160;d &amp;</b>"
    )


def test_an_address_without_a_site_is_one_of_the_exported_site() -> None:
    assert changed(("https://www.example.org/?p=1</link>", "/blog/bridge.html</link>")).url == (
        "https://www.example.org/blog/bridge.html"
    )


def test_who_chose_no_name_to_be_shown_is_called_by_their_own() -> None:
    own = "<wp:author_first_name>Mira</wp:author_first_name><wp:author_last_name>Example</wp:author_last_name>"
    no_other = ("<![CDATA[Mira Example]]>", "mexample")
    assert changed(no_other, ("</wp:author>", f"{own}</wp:author>")).authors == ("Mira Example",)


def test_several_authors_are_those_whom_the_plugin_for_it_names() -> None:
    filed = '<category domain="author" nicename="{0}">{0}</category>'
    several = "".join(filed.format(name) for name in ("mexample", "Ivo Sample", "Ivo Sample"))
    article = changed(('<category domain="category" nicename="bridges">', f"{several}<category>"))
    assert article.authors == ("Mira Example", "Ivo Sample")
    assert "Ivo Sample" not in article.tags


def test_a_post_in_another_language_than_its_site_says_so() -> None:
    filed = '<category domain="language" nicename="sr">Српски</category></item>'
    assert changed(("</item>", filed)).language == "sr"
    assert changed(("</item>", filed.replace('"sr"', '"pll-Other words"'))).language == "en-GB"


@pytest.mark.parametrize(
    ("local", "utc", "feed", "read"),
    [
        ("2022-08-24T16:40:00", "2022-08-24T14:40:00", "", "2022-08-24T16:40+02:00"),
        ("2022-8-4 6:40:00", "", "", "2022-08-04T06:40"),
        ("", "2022-08-24 14:40:00", "", "2022-08-24T14:40Z"),
        ("", "", "Wed, 24 Aug 2022 14:40:00 +0000", "2022-08-24T14:40Z"),
        ("Wed Aug 24 2022 14:40:00 GMT+0000 (UTC)", "", "", "2022-08-24"),
    ],
)
def test_when_a_post_appeared_is_read_as_other_programs_write_it(local: str, utc: str, feed: str, read: str) -> None:
    article = changed(
        ("<![CDATA[2022-08-24 16:40:00]]>", local),
        ("<![CDATA[2022-08-24 14:40:00]]>", utc),
        ("</item>", f"<pubDate>{feed}</pubDate></item>"),
    )
    assert article.published is not None
    assert article.published.iso.startswith(read)


def test_no_date_and_an_impossible_one_are_told_apart() -> None:
    never = ("<![CDATA[2022-08-24 14:40:00]]>", "0000-00-00 00:00:00")
    none = changed(("<![CDATA[2022-08-24 16:40:00]]>", "0000-00-00 00:00:00"), never)
    odd = changed(("<![CDATA[2022-08-24 16:40:00]]>", "2022-02-31 16:40:00"), never)
    assert (none.published, none.odd_date) == (None, "")
    assert (odd.published, odd.odd_date) == (None, "2022-02-31 16:40:00")


def test_a_picture_becomes_a_link_with_its_caption_wherever_it_stands() -> None:
    image = "<img src='https://www.example.org/{0}.jpg' alt='{1}' />"
    html = "\n\n".join((
        f"[caption id='attachment_5']<a href='https://www.example.org/big.jpg'>{image.format('s', 'x')}</a> "
        "Trucks wait at the bridge (Photo: Ivo Sample)[/caption]",
        PARAGRAPHS[0],
        f"<a href='https://www.example.org/y'>{image.format('quay', 'The empty quay')}</a>",
        PARAGRAPHS[1],
        image.format("z", "IMG_0815.jpg"),
    ))  # fmt: skip
    blocks = articles(wordpress(post(html=html)))[0].blocks
    assert [block.markup for block in blocks] == [
        "[Trucks wait at the bridge (Photo: Ivo Sample)](https://www.example.org/s.jpg)",
        PARAGRAPHS[0],
        "[The empty quay](https://www.example.org/quay.jpg)",
        PARAGRAPHS[1],
    ]


def test_an_empty_line_ends_a_paragraph_within_a_division_too() -> None:
    html = f"<div>\n{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}\n</div>"
    assert [block.text for block in articles(wordpress(post(html=html)))[0].blocks] == list(PARAGRAPHS[:2])


def test_what_the_editor_furnishes_a_page_with_is_no_part_of_the_post() -> None:
    button = '<div class="wp-block-buttons"><a href="https://www.example.org/give">Donate</a></div>'
    stored = (
        f"<!-- wp:paragraph -->\n<p>{PARAGRAPHS[0]}</p>\n<!-- /wp:paragraph -->\n\n"
        f'<!-- wp:buttons {{"layout":{{"type":"flex"}}}} -->{button}<!-- /wp:buttons -->\n\n'
        '<!-- wp:latest-posts {"postsToShow":3} /-->\n\n'
        "<!-- wp:quote --><blockquote><!-- wp:paragraph --><p>“Open.”</p><!-- /wp:paragraph --></blockquote>"
        "<!-- /wp:quote -->"
    )
    html = html_of(stored)
    assert "Donate" not in html
    assert "wp:" not in html
    assert "<p>“Open.”</p>" in html
