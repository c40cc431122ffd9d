"""When a saved page appeared, by all that it says. The pages were written for these tests."""

from __future__ import annotations

import json
import runpy
from importlib.resources import files
from pathlib import Path

import pytest
from captures import PARAGRAPHS, TITLE

from builder.importing.article import Article
from builder.importing.pages import read_page
from builder.importing.persian_days import gregorian

BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def read(
    head: str = "", *, top: str = "", above: str = "", below: str = "", behind: str = "", url: str = ""
) -> Article:
    """The article of a page: `top` in the page's head, `above` and `below` its headline, `behind` its text."""
    menu = "<ul>" + "<li><a href='/x'>News</a></li>" * 30 + "</ul>"
    return read_page(
        f"<html><head><title>{TITLE} | Example Post</title>{head}</head><body>{top}{menu}<div class='story'>{above}"
        f"<h1>{TITLE}</h1>{below}{BODY}{behind}</div></body></html>",
        url,
    )


def day(article: Article) -> str:
    return article.published.iso[:10] if article.published else ""


@pytest.mark.parametrize(
    "address",
    [
        "https://news.example/2022/08/17/kfor",
        "https://news.example/2022/aug/17/kfor",
        "https://news.example/2022/WORLD/08/17/kfor/index.html",
        "https://news.example/world/2022-08-17-kfor.html",
        "https://news.example/a/20220817/kfor",
        "https://news.example/2022/8/17/kfor",
    ],
)
def test_an_address_tells_the_day(address: str) -> None:
    assert day(read(url=address)) == "2022-08-17"


@pytest.mark.parametrize(
    "address", ["https://news.example/2022/8", "https://news.example/item/2022-13-40", "/2022/may"]
)
def test_numbers_in_an_address_that_are_no_day_tell_nothing(address: str) -> None:
    assert day(read(url=address)) == ""


def test_the_day_of_publication_goes_before_that_of_a_revision_wherever_they_stand() -> None:
    updated = "<p>Mis à jour le <time datetime='2022-08-19T10:00'>19/08/2022</time></p>"
    published = "<p>Publié le <time datetime='2022-08-17T14:09'>17/08/2022</time></p>"
    assert day(read(below=updated + published)) == day(read(below=published + updated)) == "2022-08-17"
    assert day(read(below=updated)) == "2022-08-19"


def test_the_day_of_another_story_or_of_today_is_not_taken() -> None:
    today = "<div class='date'>Saturday, 20 August 2022</div>"
    other = (
        "<a href='/other'><span>Grain ships leave the port of Odesa again</span><time datetime='2022-08-19'></time></a>"
    )
    own = "<span class='article-date'>17 August 2022</span>"
    assert day(read(top=today, below=own, behind=other)) == "2022-08-17"
    assert day(read(top=today, behind=own + other)) == "2022-08-17"


def test_the_day_of_another_story_is_not_taken_where_the_headline_is_no_heading() -> None:
    others = "".join(f"<li>Rain on the Lim <span class='posted'>2018-03-0{at} 08:58</span></li>" for at in range(1, 6))
    html = f"<div class='top'>{TITLE}<span class='time'>2022-08-17 16:40</span></div>{BODY}<ul>{others}</ul>"
    article = read_page(f"<html><head><title>{TITLE} - Example Post</title></head><body>{html}</body></html>")
    assert day(article) == "2022-08-17"


def test_a_day_that_nobody_sees_is_not_taken() -> None:
    hidden = "<div style='display:none'>Current time: 08:48 23 Aug 2022</div>"
    assert day(read(below=hidden + "<p>August 17, 2022</p>")) == "2022-08-17"


def test_of_several_articles_that_a_page_declares_its_own_is_taken() -> None:
    things = [
        {"@type": "NewsArticle", "headline": TITLE if n == 17 else "Another", "datePublished": f"2022-08-{n}"}
        for n in (21, 20, 19, 18, 17)
    ]
    head = (
        f"<script type='application/ld+json'>{json.dumps(things)}</script><meta property='og:title' content='{TITLE}'>"
    )
    assert day(read(head)) == "2022-08-17"


def test_what_a_page_tells_its_scripts_counts_where_it_declares_nothing() -> None:
    script = '<script>window.page = {"section":"World","publishedAt":"2022-08-17T14:09:00+02:00","id":7};</script>'
    article = read(script)
    assert article.published is not None
    assert article.published.iso == "2022-08-17T14:09+02:00"
    assert article.guessed["published"] < 0.95


def test_a_day_declared_under_a_vague_name_is_weighed_against_the_address_and_the_headline() -> None:
    made = "<meta name='date' content='2022-08-23'>"
    assert day(read(made)) == "2022-08-23"
    assert day(read(made, url="https://news.example/2022/08/17/kfor")) == "2022-08-17"
    assert day(read(made, below="<time datetime='2022-08-17'>17 August</time>")) == "2022-08-17"


def test_the_day_of_a_change_is_better_than_none() -> None:
    article = read("<meta property='article:modified_time' content='2022-08-17T20:35:28Z'>")
    assert day(article) == "2022-08-17"
    assert article.guessed["published"] <= 0.7


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("21 มกราคม 2562 13:49", "2019-01-21"),
        ("令和5年5月3日 10:00", "2023-05-03"),
        ("令和元年5月3日", "2019-05-03"),
        ("中華民國112年5月3日", "2023-05-03"),
        ("۲۶ مرداد ۱۴۰۱", "2022-08-17"),
        ("چهارشنبه ۱۴۰۱/۰۵/۲۶ ساعت ۱۰:۰۰", "2022-08-17"),
        ("2022. gada 17. augusts", "2022-08-17"),
        ("2022 m. rugpjūčio 17 d.", "2022-08-17"),
        ("2022. augusztus 17. 10:00", "2022-08-17"),
        ("发布时间：22-08-17", "2022-08-17"),
        ("등록 22.08.17 10:22", "2022-08-17"),
    ],
)
def test_dates_of_other_calendars_and_orders_are_told(text: str, iso: str) -> None:
    assert day(read(below=f"<span class='date'>{text}</span>")) == iso


@pytest.mark.parametrize(
    ("persian", "iso"),
    [((1401, 5, 26), "2022-08-17"), ((1399, 12, 30), "2021-03-20"), ((1400, 1, 1), "2021-03-21"),
     ((1403, 12, 30), "2025-03-20"), ((1358, 1, 1), "1979-03-21"), ((1375, 12, 30), "1997-03-20")],
)  # fmt: skip
def test_the_persian_calendar_agrees_with_the_equinox(persian: tuple[int, int, int], iso: str) -> None:
    assert str(gregorian(*persian)) == iso


@pytest.mark.parametrize("kind", ["months", "days"])
def test_the_names_of_months_and_weekdays_are_those_of_cldr(kind: str) -> None:
    path = Path(__file__).parent.parent / "scripts/calendar_words.py"
    made = runpy.run_path(str(path))["text_of"](kind)
    own = files("builder.importing.phrases").joinpath(f"{kind}.txt").read_text("utf-8")
    assert own == made, "run python scripts/calendar_words.py"
