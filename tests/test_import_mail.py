"""Who wrote a letter, what its headline is, and what of it is its text. The letters were written for these tests."""

from __future__ import annotations

import pytest
from captures import PARAGRAPHS, TITLE
from kinds import message

from builder.importing.capture import Capture
from builder.importing.mail import read_mail


@pytest.mark.parametrize(
    "subject", [f"Example Post weekly: {TITLE}", f"{TITLE} | Example Post", TITLE, f"[News] {TITLE}", f"{TITLE[:33]}…"]
)
def test_a_letters_headline_stands_once_however_its_subject_has_it(subject: str) -> None:
    body = f"<p>Letter of the week</p><h1>{TITLE}</h1><p>{'Nobody was hurt at the bridge, the mayor said. ' * 9}</p>"
    letter = message(subject, "See https://e.org/v", html=body)
    article = read_mail(Capture(name="a", data=bytes(letter)))
    assert article.title == TITLE
    assert [block.kind for block in article.blocks] == ["paragraph"]


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("Writer, Jo", "Jo Writer"),
        ("van Writer, Jo A.", "Jo A. van Writer"),
        ("Writer, J.", "J. Writer"),
        ("Jo Writer", "Jo Writer"),
        ("UNHCR, Geneva", "UNHCR"),
        ("Reuters, London", "Reuters"),
        ("Reuters, Press Desk", "Reuters"),
        ("Amnesty, Greece", "Amnesty"),
        ("Smith, PhD", "Smith"),
        ("King, Jr.", "King"),
        ("Smith, MD", "Smith"),
        ("Field Desk, Kivu Watch", "Field Desk, Kivu Watch"),
    ],
)
def test_a_sender_whose_last_name_comes_first_is_named_as_it_is_spoken(sender: str, name: str) -> None:
    letter = message(sender=f'"{sender}" <jo@e.org>')
    assert read_mail(Capture(name="a", data=bytes(letter))).authors == (name,)


def test_two_senders_in_one_mailbox_are_two() -> None:
    letter = message(sender='"Jo Writer and Ann Other" <desk@e.org>')
    assert read_mail(Capture(name="a", data=bytes(letter))).authors == ("Jo Writer", "Ann Other")


SAID = "Bridge in Mitrovica is open to all traffic after the works"
OPENING = "Drivers crossed it on Wednesday, and the mayor said that nobody had to wait."


@pytest.mark.parametrize("first", [SAID, "Dear readers, it is open again."])
@pytest.mark.parametrize("line", ["to all traffic after the works", "Bridge in Mitrovica is open"])
def test_a_line_with_a_part_of_a_letters_subject_is_no_headline_and_no_text_is_lost(first: str, line: str) -> None:
    text = "\n\n".join((first, OPENING, line, *PARAGRAPHS))
    article = read_mail(Capture(name="a", data=bytes(message(SAID, text))))
    assert article.title == SAID
    assert article.paragraphs == ((first,) if first != SAID else ()) + (OPENING, line, *PARAGRAPHS)


def test_sentences_above_a_letters_headline_are_its_own() -> None:
    text = "\n\n".join((OPENING, TITLE, *PARAGRAPHS))
    article = read_mail(Capture(name="a", data=bytes(message(f"Example Post weekly: {TITLE}", text))))
    assert (article.title, article.paragraphs) == (TITLE, (OPENING, *PARAGRAPHS))
