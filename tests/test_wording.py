"""The lints of the wording: what they see, what they let pass, and that each can be turned off."""

from __future__ import annotations

import pytest
from conftest import Archive

from builder.check.sentences import sentences
from builder.config import LINTS

WORDING = ("likelihood-and-confidence", "long-summary", "unattributed-deaths")


def told(archive: Archive, body: str, **front_matter: object) -> list[str]:
    """The codes of what is wrong with a briefing of these words."""
    archive.write("briefings/one.md", body, **front_matter)
    return [fault.code for fault in archive.prepared().faults]


# Numbers of dead


@pytest.mark.parametrize(
    "words",
    [
        "Twelve people were killed on 12 May 2022.",
        "The strike left 12 dead.",
        "At least 87 people died in the town.",
        "More than 1,000 members of the community were deliberately killed.",
        "Twenty-one of the gunmen were killed before nightfall.",
        "An attack killed at least 12 people.",
        "A bombardment, killing dozens of civilians, went on for days.",
        "The war cost the lives of 3,773 servicemen.",
        "Some 200 soldiers lost their lives.",
        "The death toll rose to 170.",
        "The number of dead stands at 218.",
        "Hundreds were killed.",
        "Dead: three soldiers killed, one of them an officer.",
        "U.S. officials came, and 12 people were killed.",
        "## Three killed in Zvečan\n\nWords.",
        "- 12 people were killed;\n- roads were closed.",
        "One sentence says nothing. In another 12 people were killed. A third is quiet.",
        "The attack claimed the lives of 12 people.",
        "The strike hit a wall,\nand 12 people\nwere killed.",
    ],
)
def test_a_number_of_dead_that_nobody_says_is_told(archive: Archive, words: str) -> None:
    assert told(archive, f"{words}\n") == ["unattributed-deaths"]


@pytest.mark.parametrize(
    "words",
    [
        # Somebody says it: in the sentence, or in what leads up to a list.
        "Twelve people were killed, the ministry said.",
        "According to OHCHR 91 detainees were killed.",
        "OHCHR spoke of 91 detainees killed.",
        "By the accounts cited here three of the gunmen were killed.",
        "Azerbaijan put its dead at 192 servicemen.",
        "The ministry gave two counts:\n\n- 12 people were killed;\n- 30 were injured.",
        "Gen. Smith said on Monday. Brig. Gen. Jones and Col. Smith reported that 12 people were killed.",
        # It stands elsewhere: in another cell of a row, with the term that is defined, with the one who is quoted.
        "| Killed | Said by |\n| --- | --- |\n| 12 people were killed | the ministry |",
        "The ministry\n: 12 people were killed.",
        "> Twelve people were killed.",
        # Nobody is counted.
        "The governor was killed in his house.",
        "One officer was killed near the monastery.",
        "Nobody was killed.",
        "He was killed two days later.",
        "He was killed 12 hours after he had spoken, in 2023.",
        "On 24 September a sergeant was killed.",
        "In September 2023 a sergeant was killed.",
        "At 14:30 a sergeant was killed.",
        "He was killed around 5 p.m. on Monday.",
        "Under resolution 1244, a sergeant was killed in the north.",
        "Two gunmen killed a police officer.",
        "The two were killed by the same bullet.",
        "In 2023 deaths in two districts became known.",
        "The talks came to a dead end after 12 rounds.",
        "People went on with their lives in 12 camps.",
        "The deadline is 12 May.",
        "Deaths are not counted here. The 12 rounds of talks went on.",
        # What is no English isn't read.
        "{lang=fr}\nDouze personnes ont été tuées.",
    ],
)
def test_what_is_attributed_and_what_is_no_number_of_dead_passes(archive: Archive, words: str) -> None:
    assert told(archive, f"{words}\n") == []


def test_a_number_that_is_among_the_figures_passes_and_another_is_told(archive: Archive) -> None:
    figures = [
        {"what": "people killed", "value": 12, "says": "WAM"},
        {"what": "people killed", "low": 1000, "says": "the EU"},
    ]
    assert told(archive, "Twelve people were killed; over 1,000 people were killed in all.\n", figures=figures) == []
    assert told(archive, "Thirteen people were killed.\n", figures=figures) == ["unattributed-deaths"]


def test_the_line_of_the_sentence_is_told_and_the_field_of_a_title(archive: Archive) -> None:
    archive.write("briefings/one.md", "Words.\n\nMore words. Here\n12 people died.\n", title="12 people killed")
    faults = [str(fault) for fault in archive.prepared().faults]
    assert [fault.partition(" warning: ")[0] for fault in faults] == [
        "content/briefings/one.md:2:",
        "content/briefings/one.md:8:",
    ]
    assert 'title: "12 people killed": who says so?' in faults[0]
    assert '"12 people died": who says so? Name them ("…, OHCHR said"), or add the number to `figures`' in faults[1]


# Likelihood and confidence


@pytest.mark.parametrize(
    "words",
    [
        "We judge with high confidence that the talks will probably fail.",
        "It is very unlikely that they resume, and we have low confidence in it.",
        "We are fairly confident that a renewal is almost certain.",
        "Our confidence is low: there is a roughly even chance of a renewal.",
        "With low-to-moderate confidence: a remote possibility.",
        "Likely, with moderate analytic confidence, the road opens.",
        "Confidence in this judgement is low, since a renewal is improbable.",
    ],
)
def test_a_likelihood_and_a_confidence_in_one_sentence_are_told(archive: Archive, words: str) -> None:
    assert told(archive, f"{words}\n") == ["likelihood-and-confidence"]


@pytest.mark.parametrize(
    "words",
    [
        "The talks will probably fail. We have high confidence in this judgement.",
        "Confidence-building measures are unlikely to be agreed.",
        "A vote of no confidence is likely.",
        "Public confidence in the army is low, and unrest is likely.",
        "The minister was confident that an agreement was probable.",
        "The service said: “We judge with high confidence that it is likely.”",
        "High confidence-building costs are likely.",
        "In this remote area we have high confidence in the count.",
    ],
)
def test_a_likelihood_without_our_confidence_passes(archive: Archive, words: str) -> None:
    assert told(archive, f"{words}\n") == []


def test_a_dossiers_outlook_is_read_too(archive: Archive) -> None:
    archive.write("dossiers/one.md", outlook="With high confidence, a renewal is likely. In all 12 people were killed.")
    faults = archive.prepared().faults
    assert [(fault.code, fault.field) for fault in faults] == [
        ("likelihood-and-confidence", "outlook"),
        ("unattributed-deaths", "outlook"),
    ]
    assert "figures" not in faults[1].message  # a dossier has none


# Summaries


def test_a_summary_of_over_sixty_words_is_told_and_one_of_sixty_passes(archive: Archive) -> None:
    assert told(archive, "Words.\n", summary=" ".join(["word"] * 60)) == []
    assert told(archive, "Words.\n", summary=" ".join(["word"] * 61)) == ["long-summary"]


# All of them


def test_other_languages_than_english_are_measured_and_not_read(archive: Archive) -> None:
    words = "Twelve people were killed. With high confidence it is likely.\n"
    assert told(archive, words) == ["likelihood-and-confidence", "unattributed-deaths"]
    assert told(archive, words, lang="en-US") == ["likelihood-and-confidence", "unattributed-deaths"]
    assert told(archive, words, lang="fr") == []
    archive.config('language = "uk"\n')
    assert told(archive, words, summary=" ".join(["слово"] * 61)) == ["long-summary"]
    assert told(archive, words, lang="en") == ["likelihood-and-confidence", "unattributed-deaths"]


@pytest.mark.parametrize("code", WORDING)
def test_each_can_be_turned_off_alone(archive: Archive, code: str) -> None:
    assert code in LINTS
    archive.config(f'[check]\noff = ["{code}"]\n')
    words = "Twelve people were killed. With high confidence it is likely.\n"
    found = told(archive, words, summary=" ".join(["word"] * 61))
    assert sorted(found) == sorted({*WORDING} - {code})


def test_what_was_told_is_told_again_from_the_cache(archive: Archive) -> None:
    archive.write("briefings/one.md", "Twelve people were killed.\n")
    first = archive.run("check", "--strict")
    assert first.status == 1
    assert len(first.errors) == 1
    assert archive.run("check", "--strict").err == first.err


def test_prose_may_show_what_a_briefing_may_not_say(archive: Archive) -> None:
    archive.write("pages/method.md", "Never write: with high confidence it is likely that 12 people were killed.\n")
    assert archive.prepared().faults == ()


# Sentences


def test_sentences_end_where_a_reader_would_end_them() -> None:
    text = (
        "U.S. officials met Gen. Smith at 3.5 km. “Nothing,” he said. It\nwent on:\n\n"
        "- one;\n- two.\n\n## Next\n\nThe end"
    )
    assert [(sentence, lead) for _, sentence, lead in sentences(text)] == [
        ("U.S. officials met Gen. Smith at 3.5 km.", ""),
        ("“Nothing,” he said.", ""),
        ("It\nwent on:", ""),
        ("- one;", "It\nwent on:"),
        ("- two.", "It\nwent on:"),
        ("## Next", ""),
        ("The end", ""),
    ]
    for index, sentence, _ in sentences(text):
        assert text.startswith(sentence, index)
