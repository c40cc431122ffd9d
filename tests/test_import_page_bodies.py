"""What comes of a saved page's body: its links, figures, lines and pictures. The pages were written for these tests."""

from __future__ import annotations

import pytest
from captures import PARAGRAPHS, STANDFIRST, TITLE

from builder.importing.article import Article, NoArticle, Picture
from builder.importing.markup import markdown_of, paragraph
from builder.importing.pages import blocks_of_fragment, read_page
from builder.importing.scraped import read_scraped
from builder.markdown.document import render
from builder.markdown.settings import MarkdownSettings

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


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("killed 20<sup>3</sup> people", "killed 20³ people"),
        ("fired 10<sup>−6</sup> of its rounds", "fired 10⁻⁶ of its rounds"),
        ("burnt 10<sup>1.5</sup> barns", "burnt 10\\^1.5 barns"),
        ("lost 12 km<sup>2</sup> of land", "lost 12 km² of land"),
        ("held 20<sup><a href='#fn4'>4</a></sup> people", "held 20\\[4\\] people"),
        ("held 20<sup class='footnote-ref'>4</sup> people", "held 20\\[4\\] people"),
        ("held 20<sup><a href='#n'>[4]</a></sup> people", "held 20\\[4\\] people"),
        ("on the 19<sup>th</sup> of May", "on the 19th of May"),
        ("le 1<sup>er</sup> mai", "le 1er mai"),
        ("let CO<sub>2</sub> out", "let CO2 out"),
        ("wrote 1010<sub>2</sub> for it", "wrote 1010₂ for it"),
    ],
)
def test_a_digit_above_or_below_the_line_is_none_of_the_number_before_it(written: str, read_as: str) -> None:
    sentence = "The army {} in the valley on the other side of the river, as both of the mayors said."
    assert sentence.format(read_as) in markdown_of(read(f"{BODY}<p>{sentence.format(written)}</p>").blocks)
    fragment = markdown_of(blocks_of_fragment(f"<p>{sentence.format(written)}</p>"))
    assert sentence.format(read_as) in fragment


def entry(hour: int, heading: str = "", text: str = PARAGRAPHS[0]) -> str:
    time = f"<time datetime='2022-08-24T{hour}:05:00Z'>{hour}:05</time>"
    return f"<article><header>{time}{heading}</header><p>{text}</p><footer><a>Share</a></footer></article>"


def test_the_entries_of_a_live_page_keep_their_order_their_headings_and_their_times() -> None:
    first, second, third, _ = PARAGRAPHS
    entries = (
        entry(16, "<h2>Trucks are gone</h2>", first),
        entry(15, "", second),
        entry(14, "<h2><a href='#a2'>Talks fail</a></h2>", third),
    )
    head = f"<p class='standfirst'>{STANDFIRST}</p><address>Mira Example</address><p>24 August 2022 16.45 GMT</p>"
    article = read_page(
        f"<html lang='en'><head><title>{TITLE}</title></head><body><main><h1>{TITLE}</h1>{head}"
        f"<div>{''.join(entries)}</div><p>Most viewed</p></main></body></html>"
    )
    assert [block.text for block in article.blocks] == [
        "16:05 – Trucks are gone",
        first,
        f"15:05 – {second}",
        "14:05 – Talks fail",
        third,
    ]
    assert article.summary == STANDFIRST


def test_entries_of_a_live_page_that_say_how_long_ago_have_the_day_and_the_time() -> None:
    entries = "".join(
        f"<li class='entry'><time datetime='2022-08-24T1{hour}:05:00Z'>{6 - hour}h ago</time>"
        f"<h3><a href='?page=b{hour}#b{hour}'>Part {hour} of the talks</a></h3><p>{PARAGRAPHS[hour]}</p></li>"
        for hour in (3, 2, 1)
    )
    other = "<div class='related'><article><h3><a href='/x'>Elsewhere</a></h3><p>A teaser of it.</p></article></div>"
    article = read(f"<p>24 August 2022</p></article><ul>{entries}</ul>{other}<article>")
    assert [block.text for block in article.blocks if block.kind == "heading"] == [
        f"2022-08-24 1{hour}:05 UTC – Part {hour} of the talks" for hour in (3, 2, 1)
    ]
    assert [block.text for block in article.blocks if block.kind == "paragraph"] == list(PARAGRAPHS[:0:-1])


def test_the_headings_of_a_short_digest_stay() -> None:
    parts = "".join(
        f"<h2>{head}</h2><p>{text}</p>" for head, text in zip(("Mali", "Niger", "Chad"), FLASH, strict=True)
    )
    page = f"<h1>{TITLE}</h1><p>By Mira Example</p><p>24 August 2022</p>{parts}"
    article = read_page(f"<html lang='en'><head><title>{TITLE}</title></head><body>{page}</body></html>")
    assert [block.text for block in article.blocks] == ["Mali", FLASH[0], "Niger", FLASH[1], "Chad", FLASH[2]]


def test_teasers_with_times_below_an_article_are_no_entries_of_it() -> None:
    teasers = "".join(entry(hour, f"<h2><a href='/{hour}'>Elsewhere at {hour}</a></h2>") for hour in (10, 11, 12))
    assert read(f"{BODY}</article>{teasers}").paragraphs == PARAGRAPHS


@pytest.mark.parametrize("mark", ["standfirst", "article__chapo", "c-subheadline", "sous-titre"])
def test_what_is_marked_as_the_standfirst_is_the_summary_and_no_paragraph(mark: str) -> None:
    article = read(f"<p class='{mark}'>{STANDFIRST}.</p><p class='pub'>24 August 2022</p>{BODY}")
    assert (article.summary, article.paragraphs) == (f"{STANDFIRST}.", PARAGRAPHS)


def teasers(target: str, text: str = "The {n}th bridge over the river is open again, and lorries cross it.") -> str:
    heading = "<h3><a href='{target}{n}'>Bridge {n} open</a></h3><time>{n} August 2022</time>"
    return "".join(f"{heading.format(target=target, n=n)}<p>{text.format(n=n)}</p>" for n in range(1, 6))


@pytest.mark.parametrize("target", ["/2022/", "https://www.example.org/2022/"])
def test_a_page_of_teasers_is_a_list(target: str) -> None:
    with pytest.raises(NoArticle, match="is a list of links and no article; give the page of each article"):
        read(teasers(target))


def test_a_page_that_declares_to_be_an_article_is_no_list() -> None:
    flash = "".join(f"<p>{text}</p>" for text in FLASH)
    article = read(f"{flash}</article>{teasers('/2022/')}<article>", head="<meta property='og:type' content='article'>")
    assert article.paragraphs[:3] == FLASH


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (BODY + teasers("/2022/"), PARAGRAPHS[0]),
        (teasers("#part-"), "The 4th bridge over the river is open again, and lorries cross it."),
        (teasers("https://www.example.net/"), "The 4th bridge over the river is open again, and lorries cross it."),
        (
            teasers("/2022/", "The {n}th bridge. " + PARAGRAPHS[0] + PARAGRAPHS[1]),
            "The 4th bridge. " + PARAGRAPHS[0] + PARAGRAPHS[1],
        ),
    ],
    ids=["below an article", "of a live page", "a digest of others", "a digest at length"],
)
def test_an_article_with_teasers_and_a_digest_are_no_lists(body: str, kept: str) -> None:
    assert kept in read(body).paragraphs


@pytest.mark.parametrize(
    "text",
    [
        "We and our partners store cookies on your device, and process personal data for advertising.",
        "Wir und unsere Partner speichern Cookies auf Ihrem Gerät und bitten Sie dafür um Ihre Einwilligung.",
    ],
)
def test_a_page_that_only_asks_for_consent_is_no_article(text: str) -> None:
    with pytest.raises(NoArticle, match="asks for consent to cookies; fetch the article itself"):
        read(f"<p>{text} {text}</p><p>You may click to agree to what is described above, on 24 August 2022.</p>")
    assert read(f"{BODY}<p>{text}</p>").paragraphs[:4] == PARAGRAPHS


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("Trucks on the bridge. (KFOR/Handout via Reuters)", "KFOR/Handout via Reuters"),
        ("Trucks on the bridge. Photo: Mira Example", "Mira Example"),
        ("Trucks on the bridge. (AP)", "AP"),
        ("Trucks on the bridge. <cite class='credit'>Mira Example</cite>", "Mira Example"),
    ],
)
def test_the_lead_picture_has_its_address_and_who_made_it_without_a_declaration(caption: str, credit: str) -> None:
    article = read(f"<figure><img src='/p/quay.jpg'><figcaption>{caption}</figcaption></figure>{BODY}")
    assert article.picture == Picture("https://www.example.org/p/quay.jpg", "Trucks on the bridge.", credit)
    assert article.paragraphs == PARAGRAPHS


def test_a_headline_with_a_kicker_in_it_is_not_repeated_in_the_body() -> None:
    page = f"<h1><span>On the Ibar</span> {TITLE}</h1><p class='date'>24 August 2022</p>{BODY}"
    head = f"<meta property='og:title' content='{TITLE}'><title>News | {TITLE} - Example Post</title>"
    article = read_page(f"<html lang='en'><head>{head}</head><body><article>{page}</article></body></html>")
    assert (article.title, article.paragraphs) == (TITLE, PARAGRAPHS)


FLASH = (
    "Farmers blocked a road near Multan on Thursday, the governor said.",
    "They ask for water from the canal, dry since June.",
    "The police let them be.",
)


@pytest.mark.parametrize(
    "around", ["{}", "<nav><a href='/'>Home</a></nav>{}<footer><p>© 2024 Example Post</p></footer>"]
)
def test_a_flash_of_three_sentences_keeps_its_paragraphs_and_links_and_nothing_else(around: str) -> None:
    first, second, third = (f"<p>{text}</p>" for text in FLASH)
    linked = second.replace("water", "<a href='/water'>water</a>")
    head = "<h1>Farmers block road near Multan</h1><p class='byline'>By Mira Example</p><time>19 July 2024</time>"
    article = read_page(
        "<html lang='en'><head><title>Farmers block road near Multan</title></head><body>"
        f"{around.format(f'<article>{head}{first}{linked}{third}</article>')}</body></html>",
        "https://www.example.org/flash",
    )
    assert article.paragraphs == FLASH
    assert "[water](https://www.example.org/water)" in markdown_of(article.blocks)


def test_a_page_laid_out_with_tables_is_read_without_its_menu() -> None:
    text = "<br><br>".join(PARAGRAPHS)
    menu = "<td width=120><a href=a>Home</a><br><a href=b>Archive</a></td>"
    article = read_page(
        f"<html><head><title>{TITLE}</title></head><body><table><tr><td><h1>{TITLE}</h1></td></tr>"
        f"<tr>{menu}<td><font size=2>August 24, 2022 -- by Mira Example</font><br><br>{text}</td></tr></table>"
        "</body></html>"
    )
    assert article.paragraphs == PARAGRAPHS


def test_a_table_that_is_only_indented_as_quotes_are_stays_one() -> None:
    table = "<table><tr><th>Town</th><th>Trucks</th></tr><tr><td>Rudare</td><td>3</td></tr></table>"
    article = read(BODY.replace("</p>", f"</p><blockquote>{table}</blockquote>", 1))
    assert "| Rudare | 3 |" in markdown_of(article.blocks)


SENTENCES = (
    "Correction: an earlier version of this article gave the number of arrested people as 20; it was 12.",
    "This article was corrected on 3 May: two bridges were closed, and not three.",
    "Subscribe to no illusions, the general told his officers in the barracks on the same day.",
    "Copyright was not a concern of the pirates, said the judge of the court in Ikeja.",
    "Editing by censors was normal then, the paper’s owner said.",
    "Reporting by Amnesty International shows that three hundred people were killed in the valley.",
    "Most read the letter as a threat, and left the town.",
    "Contact with the pilot was lost at noon, when the helicopter had passed the river.",
    "More in the capital were killed by the shells that fell at night.",
    "Published in 2019, the report names nine officers of the brigade.",
    "Anzeige erstattete ein Mann, dessen Haus verbrannt war.",
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_that_only_begins_as_furniture_does_stays(sentence: str) -> None:
    assert sentence in read(BODY.replace("</p>", f"</p><p>{sentence}</p>", 1)).paragraphs
    text = "\n\n".join((TITLE, "24 August 2022", PARAGRAPHS[0], sentence, *PARAGRAPHS[1:]))
    assert sentence in read_scraped(text).paragraphs


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to the Monday letter",
        "Copyright 2022 Example Post. All rights reserved.",
        "© dpa-infocom, dpa:220824",
        "(Reporting by Mira Example and Jo Writer; Editing by Ann Example)",
        "Editing by Ann Example",
        "More from the Balkans",
        "Contact the reporter at mira@example.org",
        "Published on 24 August 2022 at 09:11 by Mira Example.",
        "Anzeige",
    ],
)
def test_a_line_that_is_furniture_as_a_whole_goes(line: str) -> None:
    assert read(BODY.replace("</p>", f"</p><p>{line}</p>", 1)).paragraphs == PARAGRAPHS


CUT = "the text may be cut off by a paywall; look whether it is whole"
PAID = """<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>"""
WALL = "<div class='box'><h3>Subscribe to continue reading</h3><p>Already have an account? Log in</p></div>"


@pytest.mark.parametrize(
    ("head", "behind", "notes"),
    [
        (PAID, "", (CUT,)),
        ("", f"<p>The drivers, who had waited since Monday and</p>{WALL}", (CUT,)),
        (
            "",
            "<p>Les chauffeurs, qui attendaient depuis lundi,</p><div class='paywall'><p>Pour abonnés</p></div>",
            (CUT,),
        ),
        ("", WALL, ()),
        ("", "<p>The drivers, who had waited since Monday and</p>", ()),
    ],
)
def test_an_article_that_a_paywall_may_have_cut_off_has_a_note(head: str, behind: str, notes: tuple[str, ...]) -> None:
    article = read(BODY + behind, head=head)
    assert article.notes == notes
    assert not any("account" in text or "abonnés" in text for text in article.paragraphs)


@pytest.mark.parametrize("text", ["--- title: injected", "-- and so on", "- an item", "---"])
def test_dashes_at_the_head_of_a_paragraph_are_shown_as_they_were_written(text: str) -> None:
    body, faults = render(markdown_of([paragraph(text)]), "a.md", 1, MarkdownSettings())
    assert (body.html.strip(), faults) == (f"<p>{text}</p>", [])
