"""What an import knows of very many briefings, in little memory."""

from __future__ import annotations

import random
import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from builder.importing.known import Known, Like
from builder.importing.near import shingles_of
from builder.importing.postings import Postings
from builder.importing.remembered import Held

MANY = 3000  # briefings: what is known of them lies in several runs by then


@given(st.lists(st.tuples(st.integers(0, 0xFFFFFFFF), st.integers(0, 0xFFFFFFFF)), max_size=50), st.integers(0, 40))
def test_whatever_is_filed_is_found_under_its_key_alone(pairs: list[tuple[int, int]], sorted_at: int) -> None:
    postings = Postings()
    for at, (key, number) in enumerate(pairs):
        if at == sorted_at:
            postings.add([0xFFFFFFFF] * 10_000, 7)  # with so many, all that came before goes into a run
        postings.add((key,), number)
    asked = {key for key, _ in pairs} - {0xFFFFFFFF} | {5}
    assert dict(zip(asked, postings.find(list(asked)), strict=True)) == {
        key: {number for other, number in pairs if other == key} for key in asked
    }


def test_of_what_hundreds_share_the_first_ones_are_found() -> None:
    postings = Postings()
    for number in range(9000):
        postings.add((number % 2,), number)
    (found,) = postings.find((1,))
    assert 1 in found and all(number % 2 for number in found) and len(found) <= 200


def text(number: int) -> list[str]:
    chance = random.Random(number)
    return [" ".join(f"w{chance.randrange(5000)}" for _ in range(60))]


def test_each_of_thousands_of_briefings_is_known_by_its_capture_address_id_and_text() -> None:
    known = Known()
    for number in range(MANY):
        urls = (f"https://news.example/{number}", f"https://other.example/{number}")
        known.add(Held(f"{number}.md", (0, 0), (f"{number:064x}",), urls, shingles_of(text(number)), f"id-{number}"))
    known.note_address("https://mirror.example/7", "7.md")
    for number in (0, 7, 1500, MANY - 1):
        path = f"{number}.md"
        assert known.of_capture(f"{number:064x}") == path
        assert known.at_address(f"https://news.example/{number}") == path
        assert known.at_address(f"https://other.example/{number}") == path
        assert known.with_id(f"id-{number}") == path
        assert known.like(shingles_of([*text(number), "And a few words more."]), 0) == Like(path, is_other=False)
    assert known.at_address("https://mirror.example/7") == "7.md"
    assert known.of_capture("f" * 64) is known.at_address("https://news.example/x") is known.with_id("x") is None
    assert known.like(shingles_of(text(MANY)), 0) is None


def test_of_two_briefings_with_one_address_the_first_is_told() -> None:
    known = Known()
    for number in range(MANY):
        known.add(Held(f"{number}.md", (0, 0), addresses=("https://news.example/",)))
    assert known.at_address("https://news.example/") == "0.md"


def test_a_briefing_that_is_known_takes_a_few_hundred_bytes_beside_its_path() -> None:
    chance = random.Random(1)
    held = [
        Held(f"{n}.md", (0, 0), (f"{n:064x}",), (f"https://news.example/{n}",), chance.randbytes(110), f"id-{n}")
        for n in range(10 * MANY)
    ]
    known = Known()
    for one in held[:MANY]:
        known.add(one)
    tracemalloc.start()
    try:
        for one in held[MANY:]:
            known.add(one)
        grown, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert grown / (9 * MANY) < 500
