"""PDFs that were printed in columns. They were written for these tests."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import pytest
from captures import PARAGRAPHS, TITLE
from kinds import Printed, pdf, printed

from builder.importing.capture import Capture
from builder.importing.pdf import read_pdf

# Twice as long, since a column has to be running text to be told from a table.
TEXT = (*PARAGRAPHS, *(paragraph.replace("KFOR", "EULEX").replace("the", "that") for paragraph in PARAGRAPHS))


def columns(paragraphs: Sequence[str], number: int, *, across: bool) -> list[Printed]:
    """Paragraphs in columns of 11 points below a headline; drawn column by column, or line by line across them."""
    width = 468 / number
    text = [line for paragraph in paragraphs for line in textwrap.wrap(paragraph, round(width / 5.6))]
    height = -(-len(text) // number)
    drawn = [
        (11.0, 64 + (width + 14) * (at // height), 700 - 13.5 * (at % height), line) for at, line in enumerate(text)
    ]
    if across:
        drawn.sort(key=lambda line: (-line[2], line[1]))
    return [(20, 64, 760, TITLE), (11, 64, 735, "24 August 2022"), *drawn]


@pytest.mark.parametrize("number", [2, 3])
@pytest.mark.parametrize("across", [True, False])
def test_columns_are_read_one_after_the_other(number: int, *, across: bool) -> None:
    data = pdf(columns(TEXT, number, across=across))
    article = read_pdf(Capture(name="a.pdf", data=data))
    assert article.title == TITLE
    assert " ".join(article.paragraphs).split() == " ".join(TEXT).split()


def test_the_cells_of_a_table_stay_beside_each_other() -> None:
    rows = [
        ("Zvecan", "2 trucks"),
        ("Leposavic", "14 trucks and a van"),
        ("Zubin Potok", "none"),
        ("Mitrovica", "3"),
    ] * 2
    cells = [
        (11, left, 480 - 13.5 * at, text)
        for at, row in enumerate(rows)
        for left, text in zip((72, 300), row, strict=True)
    ]
    text = [(11, 72, 700 - 13.5 * at, line) for at, line in enumerate(textwrap.wrap(" ".join(PARAGRAPHS), 80))]
    article = read_pdf(Capture(name="a.pdf", data=pdf([(20, 72, 760, TITLE), *text, *cells])))
    whole = " ".join(article.paragraphs)
    assert whole.index("2 trucks") < whole.index("Leposavic") < whole.index("14 trucks")


def test_a_day_below_a_byline_is_no_part_of_the_name() -> None:
    head = [(20, 64, 760, TITLE), (11, 64, 735, "By Mira Example"), (11, 64, 721.5, "8 August 2022")]
    article = read_pdf(Capture(name="a.pdf", data=pdf([*head, *printed(PARAGRAPHS)])))
    assert article.authors == ("Mira Example",)
    assert article.published is not None and article.published.iso == "2022-08-08"
