"""Names: a slug from any script, and spellings of one name that are recognised as one."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builder.names import fold, slug

words = st.text(st.characters(categories=["L", "N", "M", "P", "Zs"]), max_size=20)
# Without the Greek of before 1982, whose iota below a letter is a letter beside it in capitals.
letters = st.text(
    st.characters(categories=["Lu", "Ll", "Lo", "Nd"], exclude_characters="".join(map(chr, range(0x1F00, 0x2000))))
    | st.just(" "),
    max_size=20,
)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_a_slug_is_lower_case_ascii_words_joined_by_single_hyphens(name):
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug(name))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_the_slug_of_a_slug_is_itself(name):
    assert slug(slug(name)) == slug(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("NATO says KFOR 'stands ready'", "nato-says-kfor-stands-ready"),
        ("Vučić meets Türkiye’s Erdoğan", "vucic-meets-turkiyes-erdogan"),
        ("Ђ", "dj"),
        ("і", "i"),
        ("ع", "a"),
        ("Київ", "kiiv"),
        ("  --  ", ""),
        ("!?", ""),
    ],
)
def test_an_address_is_readable_in_ascii(name, expected):
    assert slug(name) == expected


@pytest.mark.parametrize(
    "alphabet",
    [
        "abcdefghijklmnopqrstuvwxyzßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿąćčďđęěğıłńňőřśşšţťůűźżžșțə",
        "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώ",
        "абвгдеёжзийклмнопрстуфхцчшщыэюяђјљњћџєіїґўқғңөұүһі",
        "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
        "אבגדהוזחטיכלמנסעפצקרשת",
        "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگک",
        "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
        "अआइईउऊएऐओऔकखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह",
        "あいうえおかきくけこアイウエオ가나다라中国北京",
    ],
    ids=["Latin", "Greek", "Cyrillic", "Armenian", "Hebrew", "Arabic", "Georgian", "Devanagari", "East Asian"],
)
def test_every_letter_of_any_script_leaves_a_trace_in_an_address(alphabet):
    traceless = [letter for letter in alphabet + alphabet.upper() if not slug(letter)]

    assert traceless in ([], ["ء"], ["ء", "ء"])  # the hamza alone is a catch of the breath


@settings(max_examples=300, deadline=None)
@given(words)
@example("Foo™")
@example("㎒")
@example("Ǿ")
@example("Ǣ")
def test_folding_twice_changes_nothing_more(name):
    assert fold(fold(name)) == fold(name)


@settings(max_examples=300, deadline=None)
@given(letters)
def test_a_name_is_the_same_in_any_case(name):
    assert fold(name.upper()) == fold(name.lower()) == fold(name)


@settings(max_examples=200, deadline=None)
@given(words)
def test_a_name_is_the_same_however_its_letters_are_composed(name):
    composed, decomposed = unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name)

    assert fold(composed) == fold(decomposed) == fold(name)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("abcčšž", min_size=1, max_size=6), max_size=4), st.text(" \t\n\u00a0", min_size=1, max_size=3))
def test_white_space_does_not_tell_names_apart(parts, space):
    assert fold(space.join(parts)) == fold(" " + " ".join(parts) + "\n")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aleksandar Vučić", "ALEKSANDAR  VUCIC"),
        ("Zvečan", "zvecan"),
        ("Đakovica", "Dakovica"),
        ("Øresund", "oresund"),
        ("Ǿ", "ø"),
        ("Łódź", "Lodz"),
        ("İstanbul", "istanbul"),
        ("Kırşehir", "kirsehir"),
        ("Straße", "STRASSE"),
        ("Hồ Chí Minh", "Ho Chi Minh"),
        ("Αθήνα", "ΑΘΗΝΑ"),
        ("Семён", "Семен"),
        ("مُحَمَّد", "محمد"),
        ("أحمد", "احمد"),
        ("יִשְׂרָאֵל", "ישראל"),
        ("Kosovo’s police", "Kosovo's police"),
        ("Serbia–Kosovo", "Serbia-Kosovo"),
    ],
)
def test_case_and_diacritics_do_not_tell_names_apart(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kosovo", "Kosova"),
        ("RT", "R T"),
        ("C", "C++"),
        ("कि", "का"),
        ("が", "か"),
        ("한", "하"),
    ],
)
def test_what_readers_take_for_two_names_stays_two(one, other):
    assert fold(one) != fold(other)
