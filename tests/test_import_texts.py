"""Scraped texts: their encoding, and what may be a second article."""

from __future__ import annotations

import pytest

from builder.importing.article import Article, NoArticle
from builder.importing.capture import kind_of
from builder.importing.decoding import decode_capture, encoding_of
from builder.importing.scraped import read_scraped

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
