"""How pages and texts of the Chinese, Japanese and Korean press are read. All of them were written for these tests."""

from __future__ import annotations

from datetime import date

import pytest

from builder.importing.archive_names import ArchiveNames
from builder.importing.article import Article
from builder.importing.capture import Capture
from builder.importing.conversion import Draft, Wanted, convert
from builder.importing.pages import read_page
from builder.importing.scraped import read_scraped
from builder.importing.tagging import Tagger

TITLE = "维和部队清除鲁达雷大桥路障 无人受伤"
PARAGRAPHS = (
    "维和部队星期三清除了科索沃北部鲁达雷大桥上用运石卡车设置的路障，指挥官说，整个行动持续了两个小时，没有人受伤，双方事先都得到了通知。",
    "“我们给了双方所要求的全部时间。”指挥官在米特罗维察对来访的人说，“卡车的主人可以在市政厅前的广场上把它们领回去，不用交纳任何费用。”",
    "两位市长的谈判前一天夜里没有结果。他们将于下星期在布鲁塞尔再次见面，欧洲联盟的代表也会参加。大桥目前已经恢复通行，学校照常上课。",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def read(
    body: str = BODY,
    *,
    byline: str = "",
    head: str = "",
    title: str = f"{TITLE}_例报网",
    heading: str = f"<h1>{TITLE}</h1>",
) -> Article:
    """The article of a page with an article's `body`, with `byline` below its headline."""
    return read_page(
        f"<html><head><title>{title}</title><meta name='pubdate' content='2022-08-24'>{head}</head><body>"
        f"<div class='menu'><a href='/'>首页</a> <a href='/world'>国际</a></div>"
        f"<div class='main'>{heading}<div class='info'>{byline}</div><div class='text'>{body}</div></div></body></html>"
    )


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("例报记者 王小明 李华", ("王小明", "李华")),
        ("采写：例报见习记者 欧阳小明", ("欧阳小明",)),
        ("作者：王小明 来源：例报", ("王小明",)),
        ("文/例报专栏作者 王小明", ("王小明",)),
        ("执笔/小飞刀、王小明", ("小飞刀", "王小明")),
        ("記者王小明／台北報導", ("王小明",)),
        ("例報社記者王小明台北3日電", ("王小明",)),
        ("本报记者王小明、通讯员李华报道", ("王小明", "李华")),
        ("2022-08-24 10:22 来源：例报网 作者：</span> <span>小飞刀", ("小飞刀",)),
        ("王小明/例报", ("王小明",)),
        ("王 明/例报", ("王明",)),
        ("文化/国际", ()),
        ("作者：未知 责任编辑：王小明", ()),
        ("作者：例市宣传办公室", ()),
        ("编辑 王小明 校对 李华", ()),
        ("记者从市政厅了解到", ()),
        ("例报记者 王小明 摄", ()),
    ],
)
def test_reporters_are_authors_and_editors_photographers_and_publishers_are_none(
    line: str, authors: tuple[str, ...]
) -> None:
    article = read(byline=f"<span>{line}</span>")
    assert (article.authors, article.paragraphs) == (authors, PARAGRAPHS)


@pytest.mark.parametrize(
    ("first", "last", "authors"),
    [
        ("例通社米特罗维察8月24日电（记者王小明）", "", ("王小明",)),
        ("例报讯（记者 王小明 整理）", "", ("王小明",)),
        ("（通讯员 王小明 李华）", "", ("王小明", "李华")),
        ("", "（王小明）", ("王小明",)),
        ("", "(文/图 王小明 李华)", ("王小明", "李华")),
        ("", "（完）", ()),
        ("", "（路障）", ()),
        ("", "（全文完）", ()),
    ],
)
def test_reporters_are_found_in_datelines_and_behind_the_last_word(
    first: str, last: str, authors: tuple[str, ...]
) -> None:
    texts = (first + PARAGRAPHS[0], *PARAGRAPHS[1:-1], PARAGRAPHS[-1] + last)
    article = read("".join(f"<p>{text}</p>" for text in texts))
    assert (article.authors, article.paragraphs) == (authors, texts)
    assert read_scraped("\n".join((TITLE, "2022年8月24日 10:22", *texts))).authors == authors


@pytest.mark.parametrize(
    "declared", ["例报网", "例报", "例报网财经-综合", "中国例市发布", "author, name@example.org", "EXAMPLE.COM"]
)
def test_a_publisher_that_is_declared_as_the_author_is_none(declared: str) -> None:
    byline = "<span>例报记者 王小明</span>"
    assert read(byline=byline, head=f"<meta name='author' content='{declared}'>").authors == ("王小明",)


def test_what_the_tab_calls_the_site_is_no_author() -> None:
    assert read(head="<meta name='author' content='例闻'>", title=f"{TITLE}_例闻财经").authors == ()
    assert read(head="<meta name='author' content='王闻'>", title=f"{TITLE}_例闻财经").authors == ("王闻",)


def test_an_office_behind_a_korean_name_is_no_part_of_it() -> None:
    assert read(head="<meta name='author' content='김예제 여행 칼럼니스트'>").authors == ("김예제",)


def test_a_line_of_reporters_is_no_part_of_the_article_wherever_it_stands() -> None:
    line = "<p>例报记者 王小明</p>"
    first, *rest = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    for body in (line + BODY, first + line + "".join(rest), BODY + line):
        article = read(body)
        assert (article.authors, article.paragraphs) == (("王小明",), PARAGRAPHS)


@pytest.mark.parametrize(
    "behind", ["-例报网", "--例报网", "_例市人民政府官方网站", " 例市办公室_例报网", "-EXM 例报科技"]
)
def test_a_title_is_the_headline_as_far_as_a_line_of_the_page_is(behind: str) -> None:
    article = read(heading=f"<div class='biaoti'>{TITLE}</div>", title=TITLE + behind)
    assert (article.title, article.paragraphs) == (TITLE, PARAGRAPHS)


def test_a_site_before_the_headline_is_no_part_of_it() -> None:
    assert read(heading=f"<div class='biaoti'>{TITLE}</div>", title=f"例报时讯--{TITLE}").title == TITLE


def test_a_headline_that_a_quotation_mark_cut_off_in_the_head_is_whole() -> None:
    whole = TITLE.replace("鲁达雷", '"鲁达雷"')
    article = read(
        head=f'<meta property="og:title" content="{whole}">', heading=f"<h1>{whole}</h1>", title=f"{whole}_例报网"
    )
    assert (article.title, article.paragraphs) == (whole, PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    [
        "（原标题：大桥路障被清除，两位市长无果而归）",
        "最后更新：2022-08-25 09:30",
        "来源：例报网",
        "字号：大 中 小",
        "您的位置：<a href='/'>首页</a> &gt; <a href='/world'>国际</a>",
        "图片来源：例报记者 王小明 摄",
        "图为被清除的路障。（王小明摄）",
    ],
)
def test_what_stands_around_the_beginning_and_between_paragraphs_goes(line: str) -> None:
    first, *rest = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    assert read(f"<p>{line}</p>{BODY}").paragraphs == PARAGRAPHS
    assert read(f"{first}<p>{line}</p>{''.join(rest)}").paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    "line",
    [
        "编辑 王小明 校对 李华",
        "责编：Mira Example Ana Example Ivo Example",
        "例市宣传科供稿 编辑/王小明",
        "（编译自例讯社、海边电台）",
        "关键词：大桥 路障 市长 谈判 布鲁塞尔",
        "想每天早上读到例报？请扫描文末二维码，关注例报公众号",
        "爆料热线：000-0000（例报文字未经许可不得转载）",
        "文章只代表作者一个人。",
        "免责声明：文章里的看法只是写的人自己的，例报没有改动一个字，也没有去桥上数过卡车；谁要拿它去打赌，输赢都由自己承担。",
        "照片皆来自桥边的市民和路过这里的卡车司机们",
    ],
)
def test_what_the_house_adds_behind_the_last_paragraph_goes(line: str) -> None:
    assert read(f"{BODY}<p>{line}</p>").paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    "heading", ["<h3>相关新闻 昨日要闻</h3>", "<h3>该作者最新文章</h3>", "<p>[责任编辑：王小明]</p>", "<p>特别声明</p>"]
)
def test_what_follows_the_editors_name_or_a_heading_of_other_news_goes(heading: str) -> None:
    behind = "<p>山那边的村庄昨天也有卡车。</p><ul><li>有用</li><li>难过</li></ul>"
    assert read(BODY + heading + behind).paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    "sentence",
    [
        "他下载了一个客户端。",
        "居民扫描二维码后进入市政厅。",
        "会上公布了更多内容。",
        "更多新闻工作者当天来到桥边。",
        "扫码支付在当地尚未普及，人们用现金。",
        "版权归谁，两位市长没有谈到。",
        "“感谢您的支持。”市长说。",
        "记者高度关注大桥的情况。",
    ],
)
def test_a_sentence_that_has_such_words_stays(sentence: str) -> None:
    assert sentence in read(BODY.replace("</p>", f"</p><p>{sentence}</p>", 1)).paragraphs


def test_a_link_behind_the_last_word_that_leads_away_goes_and_others_stay() -> None:
    end = BODY.removesuffix("</p>")
    assert read(f"{end}<a href='https://www.example.org/'>返回例报首页&gt;&gt;</a></p>").paragraphs == PARAGRAPHS
    assert (
        read(f"{end}<a href='https://www.example.org/plan'>《布鲁塞尔计划》</a></p>").paragraphs[-1].endswith("计划》")
    )


@pytest.mark.parametrize("note", ["（责任编辑：王小明）", "（本文首发于例报星期四的纸版）"])
def test_a_note_of_the_house_behind_the_last_word_goes(note: str) -> None:
    article = read(BODY.removesuffix("</p>") + f"{note}</p>")
    assert (article.authors, article.paragraphs) == ((), PARAGRAPHS)


def test_a_short_report_in_chinese_is_long_enough() -> None:
    body = f"{PARAGRAPHS[0]}卡车停在市政厅前的广场上。"
    capture = Capture(name="a.txt", data=f"{TITLE}\n2022年8月24日 10:22\n{body}".encode())
    (draft,) = convert(capture, Tagger(ArchiveNames("zh")), Wanted(today=date(2023, 1, 1)))
    assert isinstance(draft, Draft)
    assert draft.body.strip() == body
