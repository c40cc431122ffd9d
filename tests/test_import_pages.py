"""What of a saved page is its article. The pages were written for these tests."""

from __future__ import annotations

import pytest
from captures import PARAGRAPHS, TITLE, other_page, page

from builder.importing.article import Article, NoArticle
from builder.importing.markup import markdown_of
from builder.importing.pages import read_page

BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def read(body: str = BODY, *, head: str = "", heading: str = TITLE, around: str = "", behind: str = "") -> Article:
    """The article of a page with an article's `body`, with `around` before its headline and `behind` its end."""
    return read_page(
        f"<html lang='en'><head><title>{TITLE} | Example Post</title>{head}</head><body>{around}"
        f"<div class='story'><h1>{heading}</h1>{body}</div>{behind}</body></html>"
    )


def test_what_readers_wrote_is_no_part_of_an_article() -> None:
    comments = "".join(
        f"<p>I for one do not believe a word of this, and I have read all of it {n}.</p>" for n in range(9)
    )
    jobs = "<div><p>Search for jobs among thousands of vacancies in accountancy, and let recruiters find you.</p></div>"
    article = read(behind=f"<div class='visitors_comment_block'>{comments}</div>{jobs}")
    assert article.paragraphs == PARAGRAPHS


def test_a_form_in_an_article_is_left_out() -> None:
    form = (
        "<form><p>Join the list of forty thousand readers of the Monday letter, and leave it when it suits.</p></form>"
    )
    first, *rest = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    assert read(first + form + "".join(rest)).paragraphs == PARAGRAPHS


def test_text_that_stands_loose_between_paragraphs_is_a_paragraph() -> None:
    first, *rest = PARAGRAPHS
    picture = "<div class='photo'><img src='/bridge.jpg' alt=''></div>"
    article = read(
        f"{picture}{first.replace('KFOR', '<a href=/kfor>KFOR</a>')}{''.join(f'<p>{text}</p>' for text in rest)}"
    )
    assert article.paragraphs == PARAGRAPHS


def test_ends_of_lines_divide_paragraphs_where_the_lines_are_sentences() -> None:
    article = read(
        f"<div>{PARAGRAPHS[0]}<br>{PARAGRAPHS[1]}<br><b>What Belgrade says</b><br>{'<br>'.join(PARAGRAPHS[2:])}</div>"
    )
    assert article.paragraphs == (*PARAGRAPHS[:2], "What Belgrade says", *PARAGRAPHS[2:])


def test_lines_of_a_poem_stay_one_paragraph() -> None:
    lines = ("The river took the gravel,", "the river kept the stone,", "and nobody has asked it why.")
    assert " ".join(lines) in read(f"{BODY}<p>{'<br>'.join(lines)}</p><p>{PARAGRAPHS[0][:-1]} again.</p>").paragraphs


@pytest.mark.parametrize(
    "sentence",
    [
        "Are those who never agreed to the terms of service simply fair game for a network of surveillance?",
        "The company also lets its subscribers store pictures and films, and see them wherever there is a connection.",
        "The bank asked every client in the valley to make a donation.",
    ],
)
def test_a_sentence_that_has_an_offers_words_stays(sentence: str) -> None:
    assert sentence in read(BODY.replace("</p>", f"</p><p>{sentence}</p>", 1)).paragraphs


@pytest.mark.parametrize(
    "line",
    [
        "Just a heads up: some of the links here are affiliate links, and we may earn a small commission if you buy.",
        "Mira Example is the Balkans correspondent of Example Post, and can be reached at mira@example.org.",
        "Sign up for our weekly newsletter and never miss a story from the region again.",
    ],
)
def test_a_line_that_speaks_of_the_page_and_not_of_the_news_goes(line: str) -> None:
    assert read(f"{BODY}<p>{line}</p>").paragraphs == PARAGRAPHS


def test_a_teaser_that_begins_the_article_again_goes() -> None:
    assert read(f"{BODY}<p>{PARAGRAPHS[0][:90]}...</p>").paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    ("head", "byline", "authors"),
    [
        ("<meta name='author' content='Example Post'>", "<a rel='author'>Mira Example</a>", ("Mira Example",)),
        ("<meta name='author' content='Mira Example, EXAMPLE POST'>", "", ("Mira Example",)),
        ("<meta name='twitter:creator' content='@mira'>", "<span>By</span> <a>Mira Example</a>", ("Mira Example",)),
        ("", "<span class='byline'>Mira Example Senior Balkans Correspondent</span>", ("Mira Example",)),
        ("<meta name='author' content='Mira (M. A.) Example'>", "", ("Mira (M. A.) Example",)),
        ("<meta name='author' content='dpa'>", "", ("dpa",)),
        ("<meta name='author' content='example.org'>", "<span class='byline'>Mira Example</span>", ("Mira Example",)),
        ("<meta name='author' content='Example Post GmbH'>", "", ()),
        ("<meta name='author' content='mexample'>", "<span class='byline'>Mira Example</span>", ("Mira Example",)),
        ("<meta name='author' content='mexample'>", "", ("mexample",)),
        ("", "<span class='byline'>geschrieben von Mira Example</span>", ("Mira Example",)),
        ("", "<span class='author'>View all posts by Mira Example</span>", ("Mira Example",)),
        ("", "<span class='author'>Mira Example, directrice de France Exemple</span>", ("Mira Example",)),
    ],
)
def test_authors_are_persons_and_agencies_but_not_the_site(head: str, byline: str, authors: tuple[str, ...]) -> None:
    site = "<meta property='og:site_name' content='Example Post'>"
    assert read(f"<p>{byline}</p>{BODY}", head=site + head).authors == authors


@pytest.mark.parametrize("author", ["Ann May", "Jonas August"])
def test_who_is_called_as_a_month_is_may_be_an_author(author: str) -> None:
    article = read(f"<p class='byline'>By {author}</p>{BODY}")
    assert (article.authors, article.paragraphs) == ((author,), PARAGRAPHS)


def test_the_day_in_a_papers_head_is_not_when_an_article_appeared() -> None:
    today = "<div class='date'>Monday, 25 December 2023</div>"
    article = read(f"<p>Thu, 14 May 2020 17:55 UTC</p>{BODY}", around=today)
    assert article.published is not None
    assert article.published.iso.startswith("2020-05-14")


def test_the_day_below_the_headline_goes_before_those_of_other_news_above_it() -> None:
    others = "".join(
        f"<li>{day} March 2020</li><li>Something else happened on the Lim {day}</li>" for day in range(1, 9)
    )
    article = read(f"<div>Thu, 14 May 2020</div>{BODY}", around=f"<ul>{others}</ul><span>{TITLE}</span><p>More</p>")
    assert article.published is not None
    assert article.published.iso == "2020-05-14"


def test_the_day_right_above_the_headline_goes_before_those_of_other_news_far_below_it() -> None:
    others = "".join(f"<p>Something else happened on the Lim</p><p>{day} July 2020</p>" for day in range(8, 10))
    buttons = "<p>Share</p>" * 30
    article = read(BODY + buttons, around="<div>Thu, 14 May 2020</div>", behind=others)
    assert article.published is not None
    assert article.published.iso == "2020-05-14"


def test_a_picture_among_the_paragraphs_becomes_a_link_with_its_caption_and_credit() -> None:
    first, *rest = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    figure = (
        "<figure><img src='/media/quay_[1].jpg' width='900'><figcaption>Trucks on the *bridge* "
        "<span class='credit'>© Mira Example</span></figcaption></figure>"
    )
    article = read(first + figure + "".join(rest), head="<link rel='canonical' href='https://www.example.org/a/b'>")
    body = markdown_of(article.blocks)
    assert r"[Trucks on the \*bridge\*](https://www.example.org/media/quay_%5B1%5D.jpg) © Mira Example" in body.split(
        "\n\n"
    )
    assert article.paragraphs == PARAGRAPHS
    assert "Trucks on the *bridge*" in article.captions


@pytest.mark.parametrize(
    "picture",
    [
        "<img src='https://www.example.org/i/icon-share.png' alt='Share this article'>",
        "<img src='https://www.example.org/people/mira.jpg' class='avatar' alt='Mira Example'>",
        "<img src='https://stats.example.net/p.gif' alt='' width='1' height='1'>",
        "<img src='data:image/png;base64,AAAA' alt='A dot that is drawn'>",
        "<img src='javascript:alert(1)' alt='A quay with boats'>",
        "<aside class='related'><figure><img src='/o.jpg'><figcaption>Another story</figcaption></figure></aside>",
    ],
)
def test_icons_faces_trackers_and_pictures_of_other_stories_are_no_links(picture: str) -> None:
    first, *rest = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    head = "<link rel='canonical' href='https://www.example.org/a/b'>"
    assert [block.kind for block in read(first + picture + "".join(rest), head=head).blocks] == ["paragraph"] * 4


def test_a_page_that_is_links_and_little_else_is_no_article() -> None:
    links = "".join(f"<div><a href='/{n}'>The bridge over river number {n} opens again</a></div>" for n in range(40))
    with pytest.raises(NoArticle, match="list of links"):
        read(links, heading="News")


def test_a_day_that_there_is_not_is_told_and_not_made_another() -> None:
    article = read(head="<meta property='article:published_time' content='2022-02-31'>")
    assert (article.published, article.odd_date) == (None, "2022-02-31")


@pytest.mark.parametrize(
    "written", ["31.06.2021", "2021-06-31", "31/06/2021", "31 June 2021", "June 31, 2021", "30.02.2024"]
)
def test_a_day_that_no_month_has_is_told_where_nothing_marks_it_as_a_date(written: str) -> None:
    article = read(f"<p>Posted by Mira Example on {written}</p>{BODY}")
    assert (article.published, article.odd_date) == (None, written)


def test_of_a_month_alone_no_day_is_made() -> None:
    assert read(f"<p>June 2021</p>{BODY}").published is None
    article = read(f"<p>Posted on 1 June 2021 in our second issue</p>{BODY}")
    assert article.published is not None and article.published.iso == "2021-06-01"


def test_a_day_long_ago_in_a_line_of_its_own_is_no_fault() -> None:
    assert read(f"{BODY}<p>Painted on 15 June 1389</p>").odd_date == ""


def test_a_publisher_with_its_address_in_brackets_is_no_author() -> None:
    name = "Example Wave (www.example.org)"
    head = f"<meta property='og:site_name' content='{name}'><meta name='author' content='{name}'>"
    assert read(head=head).authors == ()


def test_a_publisher_that_is_named_by_its_address_is_its_host() -> None:
    assert read(head="<meta property='og:site_name' content='https://www.example.org/'>").publisher == "example.org"


def test_the_name_of_the_site_is_no_headline_though_the_tab_says_nothing_else() -> None:
    html = f"<title>example.org</title><body><div><h2>{TITLE}</h2>{BODY}</div></body>"
    assert read_page(f"<html>{html}</html>", "https://example.org/kfor").title == TITLE


def test_a_short_report_among_many_links_is_an_article() -> None:
    links = "".join(f"<li><a href='/{n}'>Something else happened on the river Lim {n}</a></li>" for n in range(60))
    text = PARAGRAPHS[2]
    html = f"<header><h1>{TITLE}</h1></header><ul>{links}</ul><div><p>{text}</p></div><ul>{links}</ul>"
    assert read_page(f"<html><title>{TITLE}</title><body>{html}</body></html>").paragraphs == (text,)


def test_teasers_that_are_cut_off_behind_an_article_go() -> None:
    teasers = "".join(
        f"<p>Something else happened on the Lim, as people there tell us who were {n} […]</p>" for n in "ab"
    )
    assert read(BODY + teasers).paragraphs == PARAGRAPHS


def test_who_signed_an_agencys_story_is_its_author() -> None:
    head = "<meta name='author' content='Example Wire'>"
    assert read(f"<p>By Mira Example</p>{BODY}", head=head).authors == ("Mira Example",)
    assert read(head=head).authors == ("Example Wire",)


def test_a_byline_declared_under_a_publishers_own_name_is_found() -> None:
    assert read(head="<meta name='Search.Byline' content='Mira Example'>").authors == ("Mira Example",)


@pytest.mark.parametrize(
    "title", ["Rudare | Example Post", "What you need to know about today in the north", "Example Post"]
)
def test_the_headline_above_the_text_goes_before_the_title_of_the_tab(title: str) -> None:
    page = f"<title>{title}</title><nav><a href='/'>Home</a></nav><article><h1>{TITLE}</h1>{BODY}</article>"
    article = read_page(f"<html lang='en'><body>{page}</body></html>")
    assert (article.title, article.paragraphs) == (TITLE, PARAGRAPHS)
    assert "heading" not in [block.kind for block in article.blocks]


@pytest.mark.parametrize("heading", [f"<b>Exclusive</b> {TITLE}", f"{TITLE} <span>Subscribers only</span>"])
def test_a_label_beside_the_headline_is_no_part_of_it(heading: str) -> None:
    article = read(heading=heading)
    assert (article.title, article.paragraphs) == (TITLE, PARAGRAPHS)


@pytest.mark.parametrize("title", [f"Example Party - {TITLE}", f"{TITLE} - News from the north and the south"])
def test_without_a_heading_a_line_of_the_page_tells_which_part_of_the_title_is_the_headline(title: str) -> None:
    html = f"<title>{title}</title><body><div><div>Contact</div><div>{TITLE}</div></div><div>{BODY}</div></body>"
    article = read_page(f"<html>{html}</html>")
    assert (article.title, article.paragraphs) == (TITLE, PARAGRAPHS)


def test_a_slogan_above_the_headline_is_none() -> None:
    slogan = "<h1>All that happens in our valley</h1>"
    page = f"<title>{TITLE} | Example Post</title><article>{slogan}<h2>{TITLE}</h2>{BODY}</article>"
    assert read_page(f"<html lang='en'><body>{page}</body></html>").title == TITLE


def test_two_short_articles_in_one_page_are_told_and_teasers_beside_one_are_not() -> None:
    ferry = (
        "<p>The ferry between Ancona in Italy and Split sailed again on Wednesday, the harbour office said.</p>"
        "<p>The strike had begun two weeks ago, when the crews asked for longer breaks from work.</p>"
    )
    bridge = (
        "<p>A bridge near Visegrad was closed on Thursday after engineers had found cracks in its arches.</p>"
        "<p>Cars are led over the dam upstream, the road office said, and lorries go by Gorazde.</p>"
    )
    two = f"<article><h2>Ferry sails again</h2>{ferry}</article><article><h2>Bridge closed</h2>{bridge}</article>"
    with pytest.raises(NoArticle, match="several articles"):
        read_page(f"<html><head><title>Example Post</title></head><body>{two}</body></html>")
    teaser = "<p>A teaser of another story tells in one sentence what it is about, and ends.</p>"
    teasers = "".join(f"<article><h2>Elsewhere {at}</h2>{teaser}</article>" for at in "ab")
    assert read(behind=teasers).paragraphs == PARAGRAPHS


OTHER = "EUFOR opens a school beside the harbour"
OTHERS = "".join(
    f"<p>The children of class {n} were given books, and teachers thanked EUFOR for its {n} lorries.</p>"
    for n in range(6)
)


@pytest.mark.parametrize(
    "html",
    [
        f"<h1>{TITLE}</h1>{BODY}<h1>{OTHER}</h1><p>25 August 2022</p>{OTHERS}",
        f"<title>Saved pages</title><h1>{TITLE}</h1>{BODY}<div><h1>{OTHER}</h1><p>By Jo Writer</p>{OTHERS}</div>",
        f"<title>{TITLE}</title><h1>{TITLE}</h1>{BODY}<h1>{OTHER}</h1><p>25 August 2022</p>{OTHERS}",
        f"<title>{TITLE}</title><h1>{TITLE}</h1>{BODY}<h1>{OTHER}</h1><p>By Jo Writer</p>{OTHERS}",
    ],
)
def test_two_articles_under_bare_headlines_are_told(html: str) -> None:
    with pytest.raises(NoArticle, match=r"holds several articles; give the page of each, or a file for each"):
        read_page(f"<html lang='en'><body>{html}</body></html>")


def test_two_pages_in_one_file_are_told() -> None:
    with pytest.raises(NoArticle, match="holds several articles"):
        read_page(page() + other_page(3))


def test_an_article_may_head_its_sections_as_headlines() -> None:
    article = read(f"{BODY}<h1>What both of the mayors said</h1>{OTHERS}")
    assert [block.text for block in article.blocks if block.kind == "heading"] == ["What both of the mayors said"]
    assert article.paragraphs[: len(PARAGRAPHS)] == PARAGRAPHS


@pytest.mark.parametrize("title", ["", "<title>rudare-2022.html</title>", "<title>Trucks gone from a bridge</title>"])
def test_sections_headed_as_headlines_need_no_title_that_names_the_article(title: str) -> None:
    sections = "".join(f"<h1>What both of the {who} said</h1>{OTHERS}" for who in ("mayors", "drivers"))
    article = read_page(f"<html lang='en'><head>{title}</head><body><h1>{TITLE}</h1>{BODY}{sections}</body></html>")
    assert article.title
    assert article.paragraphs[: len(PARAGRAPHS)] == PARAGRAPHS


def test_the_headline_is_not_repeated_in_the_body_wherever_it_stands() -> None:
    letter = f"<p>{'Dear readers, this is what happened in this week. ' * 9}</p><h2>{TITLE}</h2>{BODY}"
    assert TITLE not in markdown_of(read(letter).blocks)


@pytest.mark.parametrize(
    ("note", "url"),
    [
        ("<!-- saved from url=(0041)https://post.example/a?x=1&amp;y=2 -->", "https://post.example/a?x=1&y=2"),
        (
            "<!--\n Page saved with SingleFile \n url: https://post.example/a \n saved date: x\n-->",
            "https://post.example/a",
        ),
        ("<!-- Mirrored from post.example/a.html by HTTrack Website Copier/3.x -->", "http://post.example/a.html"),
        ("<a class='domain reader-domain' href='https://post.example/a'>post.example</a>", "https://post.example/a"),
        ("<!-- read at https://post.example/a -->", ""),
    ],
)
def test_a_saved_page_is_from_the_address_that_its_saver_noted(note: str, url: str) -> None:
    assert read(around=note).url == url
    own = "<link rel='canonical' href='https://post.example/own'>"
    assert read(around=note, head=own).url == "https://post.example/own"


@pytest.mark.parametrize(
    "byline",
    [
        '<div class="node__submitted">Submitted by <a href="/user/7">Ann Example</a> on Wed, 08/24/2022 - 11:20</div>',
        '<div class="credits reader-credits">Ann Example</div>',
    ],
)
def test_an_author_stands_where_programs_put_one(byline: str) -> None:
    assert read(byline + BODY).authors == ("Ann Example",)


@pytest.mark.parametrize(
    ("shown", "is_doubtful"),
    [("03/04/2023", True), ("23/04/2023", False), ("03/04/2023</p><p class='updated'>4 March 2023", False)],
)
def test_a_day_that_may_be_read_in_two_ways_is_told(shown: str, is_doubtful: bool) -> None:
    notes = read(f"<p class='date'>{shown}</p>{BODY}").notes
    told = ('"03/04/2023" may be 2023-03-04, as it was taken, or 2023-04-03; look at it',)
    assert notes == (told if is_doubtful else ())
