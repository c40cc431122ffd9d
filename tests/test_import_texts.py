"""Scraped texts: their encoding, and what may be a second article."""

from __future__ import annotations

import textwrap

import pytest

from builder.importing.article import Article, NoArticle
from builder.importing.capture import kind_of
from builder.importing.decoding import decode_capture, encoding_of
from builder.importing.scraped import read_scraped
from builder.importing.wrapping import unwrapped

RUSSIAN = "Переговоры завершились\n17 августа 2022\n" + "Министр сказал в среду, что переговоры завершились ничем. " * 9
PAGE = f"<html><h1>A bridge is open again</h1><p>{'The mayor said on Wednesday that it was open. ' * 200}</p></html>"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8"])
@pytest.mark.parametrize(("text", "kind"), [(RUSSIAN, "text"), (PAGE, "page")])
def test_a_text_in_utf16_is_read_with_a_byte_order_mark_and_without(text: str, kind: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert kind_of(data) == (kind, "")
    assert decode_capture(data) == text
    assert data.decode(encoding_of(data[:1000])).lstrip("\ufeff") == text


@pytest.mark.parametrize(
    "data", [b"\x00" * 400, bytes(range(256)) * 4, b"MZ" + b"\x00\x01" * 300, b"\x7fELF\x02\x01" + b"\x00" * 300]
)
def test_what_has_zero_bytes_and_no_letters_is_no_text(data: bytes) -> None:
    assert kind_of(data)[0] == "other"


SPANISH = "El «coup» del Perú – José Núñez: “ya está” "


@pytest.mark.parametrize("lost", [True, False])
def test_a_text_that_was_encoded_twice_is_decoded_twice(*, lost: bool) -> None:
    once = SPANISH.encode().decode("cp1252", "replace") if lost else decoded_as_browsers_do(SPANISH.encode())
    assert decode_capture((once * 3).encode()) == SPANISH * 3


def decoded_as_browsers_do(data: bytes) -> str:
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)


@pytest.mark.parametrize(
    "text",
    [
        "Whoever reads “Peruâ€™s” sees UTF-8 that was read as something else.",
        "Whoever reads Peruâ€™s sees UTF-8 that was read as something else.",
        "La façade coûte là où naît l'été, à Nîmes. Ã peine.",
        RUSSIAN,
    ],
)
def test_a_text_in_which_anything_else_is_written_stays(text: str) -> None:
    assert decode_capture(text.encode()) == text


def paragraphs(who: str) -> str:
    return "\n\n".join(
        f"{who} told reporters in the capital on Wednesday that the talks on the {what} had gone on for three hours, "
        "and that nobody had walked out of the room, whatever the papers said."
        for what in ("border", "bridge", "river", "harbour")
    )


FIRST = f"Mayor reopens the bridge at Rudare\n17 August 2022\nBy Jo Writer\n\n{paragraphs('The mayor')}"
HEADLINE = "Harbour office moves to the old customs house"


def read(divider: str, headline: str = f"{HEADLINE}\n\n") -> Article:
    return read_scraped(f"{FIRST}{divider}{headline}{paragraphs('The director of the office')}")


@pytest.mark.parametrize("divider", ["\n\n***\n\n", "\n\n* * *\n", "\n\n-----\n\n", "\n\n\n\n"])
def test_a_headline_that_is_set_off_may_be_that_of_a_second_article(divider: str) -> None:
    article = read(divider)
    assert article.notes == (f'may hold a second article, from "{HEADLINE}" on: if so, give each its own file',)
    assert article.blocks[-1].text.startswith("The director of the office")


def test_a_rule_without_a_headline_and_a_heading_without_a_rule_only_divide_one_article() -> None:
    assert read("\n\n***\n\n", headline="").notes == ()
    assert read("\n\n").notes == ()


def test_two_articles_with_their_dates_are_refused() -> None:
    with pytest.raises(NoArticle, match="two articles"):
        read("\n\n", f"{HEADLINE}\n18 August 2022\n\n")


def test_a_short_second_article_is_refused_that_has_headline_byline_and_date() -> None:
    first, second = (
        f"{who} told reporters on Wednesday that the talks on the bridge had gone on for three hours, and that nobody "
        f"had walked out of the room, whatever the papers said.\n{who} added that the talks would go on in a week, if "
        "the other side came, too."
        for who in ("The mayor", "The director")
    )
    text = f"Mayor reopens the bridge\n17 August 2022\nBy Jo Writer\n{first}\n\n"
    assert len(read_scraped(text).blocks) == 2
    for marks in ("18 August 2022\nBy Ann Other", "By Ann Other\n18 August 2022"):
        with pytest.raises(NoArticle, match="two articles"):
            read_scraped(f"{text}{HEADLINE}\n{marks}\n{second}")


LINES = (
    "Police in the capital arrested forty miners on Thursday who had blocked the road to the mine since the first days "
    "of July, the ministry of the interior said in the evening.",
    "The leader of the miners said that their talks with the company had failed because it had sent nobody who could "
    "decide. He had asked for a minister to come, he said.",
    "The road was open again on Friday morning, and lorries went up.",
)


@pytest.mark.parametrize("width", [50, 64, 72, 80])
@pytest.mark.parametrize(("between", "indent"), [("\n\n", ""), ("\n", "   ")])
@pytest.mark.parametrize(
    "title",
    [
        "Forty miners arrested",
        "Forty miners arrested after they had blocked the road to the mine for many days of July",
    ],
)
def test_lines_that_are_broken_at_a_width_are_paragraphs_again(
    width: int, between: str, indent: str, title: str
) -> None:
    wrapped = between.join(textwrap.fill(line, width, initial_indent=indent) for line in LINES)
    article = read_scraped(f"{title}\n19 July 2024\nBy Rosa Example\n\n{wrapped}")
    assert article.title == title
    assert article.authors == ("Rosa Example",)
    assert article.paragraphs == LINES


@pytest.mark.parametrize(
    "lines",
    [
        [line.split(",")[0] for line in LINES] * 2,  # not as long as each other
        [f"The {what} of the town was opened again by the mayor on Friday." for what in ("bridge", "school", "market")],
        ["会谈在首都进行了三个小时，没有人离开房间，市长周三对记者说，双方将在一周后再次会面。" * 2] * 4,
    ],
)
def test_lines_that_end_where_their_writer_ended_them_stay(lines: list[str]) -> None:
    assert unwrapped("\n".join(lines)) == "\n".join(lines)


@pytest.mark.parametrize(
    ("told", "above", "words"),
    [
        (
            "Lesezeit: 2 Min.",
            "Polizei setzt Wasserwerfer gegen die Menge ein",
            "Die Menge zog am Dienstag vor",
        ),
        (
            "Temps de lecture : 3 min",
            "La police disperse la foule au canon",
            "La foule était venue mardi",
        ),
        ("4 min de lectura", "La policía dispersa a la multitud", "La multitud llegó el martes delante de la casa"),
        ("Время чтения: 2 мин.", "Полиция разогнала толпу у дома", "Толпа пришла во вторник к дому правительства"),
        ("مدة القراءة: ٣ دقائق", "الشرطة تفرق الحشد أمام المبنى", "جاء الحشد يوم الثلاثاء إلى المبنى"),
    ],
)
def test_a_line_between_headline_and_byline_is_the_standfirst_and_a_reading_time_is_nothing(
    told: str, above: str, words: str
) -> None:
    body = [f"{words}, {', '.join([words] * times)}." for times in (3, 4, 5)]
    article = read_scraped("\n".join(["Home", words, above, "08.03.2023, 07:12", told, *body]))
    assert (article.title, article.summary) == (words, above)
    assert list(article.paragraphs) == body


def test_the_headings_of_a_digest_stay_the_first_too() -> None:
    words = "A bridge was blown up on Wednesday near the border, and nobody claimed it, the mayor said"
    parts = [f"{name}\n{words} of {name.title()}." for name in ("MALI", "NIGER", "CHAD")]
    article = read_scraped("\n\n".join(["Digest of the desk\n19 July 2024", *parts]))
    assert [block.text for block in article.blocks if block.kind == "heading"] == ["MALI", "NIGER", "CHAD"]
    alone = read_scraped("\n\n".join(["Digest of the desk\n19 July 2024", parts[0], f"{words} again."]))
    assert [block.kind for block in alone.blocks] == ["paragraph", "paragraph"]
