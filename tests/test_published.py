"""What was public stays public: `published.json`, and what is compared with it."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import Archive
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from builder.published import (
    Difference,
    Edition,
    EditionChange,
    PublicBriefing,
    PublicPlace,
    Published,
    compare,
    edition_of,
    public_in,
    read,
    renewed,
    write,
)

DAY = date(2024, 5, 2)
FIRST = PublicBriefing("first", "en", "/2024/05/01/first/", "a" * 64, "2024-05-01T00:00:00Z")
SECOND = PublicBriefing("second", "en", "/2024/05/02/second/", "b" * 64, "2024-05-02T00:00:00Z")


def public(*briefings: PublicBriefing, places: tuple[PublicPlace, ...] = ()) -> Published:
    return Published(tuple(sorted(briefings, key=lambda briefing: briefing.key)), places)


def answering(published: Published, *more: str) -> set[str]:
    return {thing.address for thing in (*published.briefings, *published.places)} | set(more)


def test_a_line_is_one_briefing_so_that_git_merges_additions() -> None:
    text = write(renewed(Published(), public(FIRST, SECOND), set(), DAY))
    assert [line for line in text.splitlines() if '"first"' in line or '"second"' in line] == [
        '{"id":"first","lang":"en","address":"/2024/05/01/first/","digest":"' + "a" * 64
        + '","published":"2024-05-01T00:00:00Z"},',
        '{"id":"second","lang":"en","address":"/2024/05/02/second/","digest":"' + "b" * 64
        + '","published":"2024-05-02T00:00:00Z"}',
    ]  # fmt: skip


@given(
    st.lists(
        st.builds(
            PublicBriefing,
            id=st.text(max_size=9),
            lang=st.sampled_from(["en", "fr"]),
            address=st.text(max_size=9),
            digest=st.text(max_size=9),
            published=st.just("2024-05-01T00:00:00Z"),
            withdrawn=st.booleans(),
            was=st.lists(st.text(max_size=9), max_size=2).map(tuple),
        ),
        max_size=5,
    )
)
def test_what_is_written_is_read_again(briefings: list[PublicBriefing]) -> None:
    published = Published(tuple(briefings), (PublicPlace("prose", "/about/", "c"),), (Edition("d", DAY),))
    assert read(write(published)) == published


@pytest.mark.parametrize("text", ["", "{", "[]", '{"briefings":[{"id":"a"}]}', "<<<<<<< HEAD\n{}\n"])
def test_a_damaged_file_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read(text)


def test_an_edition_is_named_by_what_is_public_and_not_by_its_order_or_its_dates() -> None:
    name = edition_of([FIRST, SECOND])
    assert name == edition_of([SECOND, replace(FIRST, published="2025-01-01T00:00:00Z", was=("/old/",))])
    assert len({name, edition_of([FIRST]), edition_of([FIRST, replace(SECOND, withdrawn=True)])}) == 3


def test_nothing_new_renews_nothing() -> None:
    before = renewed(Published(), public(FIRST, SECOND), set(), DAY)
    assert renewed(before, public(FIRST, SECOND), answering(before), date(2030, 1, 1)) == before


def test_an_edition_lists_what_is_new_in_it() -> None:
    before = renewed(Published(), public(FIRST, SECOND), set(), DAY)
    third = replace(FIRST, id="third", address="/2024/05/03/third/")
    now = public(
        replace(FIRST, digest="c" * 64, revised="2024-06-01T00:00:00Z"),
        replace(SECOND, address="/2024/05/02/other/", withdrawn=True),
        third,
    )
    after = renewed(before, now, answering(now, SECOND.address), date(2024, 6, 1))
    assert after.editions[0] == before.editions[0]
    assert after.editions[1].changes == (
        EditionChange("first", "en", "corrected"),
        EditionChange("second", "en", "withdrawn"),
        EditionChange("second", "en", "moved"),
        EditionChange("third", "en", "added"),
    )


def test_a_dropped_a_moved_and_a_reworded_briefing_are_told() -> None:
    third = replace(FIRST, id="third", address="/2024/05/03/third/")
    before = public(FIRST, SECOND, third)
    moved, reworded = replace(SECOND, address="/2024/05/02/other/"), replace(third, digest="c" * 64)
    now = public(moved, reworded)
    assert list(compare(before, now, answering(now))) == [
        Difference("gone", FIRST.address, FIRST),
        Difference("moved", SECOND.address, SECOND, moved),
        Difference("reworded", third.address, third, reworded),
    ]


def test_a_correction_a_revision_and_a_redirect_are_enough() -> None:
    before = public(FIRST, SECOND)
    now = public(
        replace(FIRST, digest="c" * 64, corrections=1),
        replace(SECOND, digest="c" * 64, revised="2024-06-01T00:00:00Z", address="/2024/05/02/other/"),
    )
    assert list(compare(before, now, answering(now, SECOND.address))) == []


def test_an_old_address_stays_public_after_a_second_move() -> None:
    before = renewed(Published(), public(FIRST), set(), DAY)
    once = public(replace(FIRST, address="/2024/05/01/one/"))
    before = renewed(before, once, answering(once, FIRST.address), DAY)
    twice = public(replace(FIRST, address="/2024/05/01/two/"))
    addresses = {difference.address for difference in compare(before, twice, answering(twice))}
    assert addresses == {FIRST.address, "/2024/05/01/one/"}


def test_an_address_that_redirects_from_what_is_gone_stays_on_record() -> None:
    before = renewed(Published(), public(FIRST, SECOND), set(), DAY)
    now = public(SECOND)
    after = renewed(before, now, answering(now, FIRST.address), DAY)
    assert after.places == (PublicPlace("redirect", FIRST.address),)
    assert [d.address for d in compare(after, now, answering(now))] == [FIRST.address]


def test_the_address_of_one_briefing_is_never_given_to_another() -> None:
    before = public(FIRST, SECOND)
    now = public(replace(FIRST, address="/2024/05/01/new/"), replace(SECOND, address=FIRST.address))
    told = [(d.what, d.address) for d in compare(before, now, answering(now, SECOND.address))]
    assert told == [("taken", FIRST.address)]


def test_another_code_for_the_same_language_moves_nothing() -> None:
    before = renewed(Published(), public(FIRST), set(), DAY)
    now = public(replace(FIRST, lang="en-GB"))
    assert list(compare(before, now, answering(now))) == []
    assert renewed(before, now, answering(now), DAY).briefings == now.briefings


def test_a_renamed_page_is_known_by_its_words_and_a_record_by_its_address() -> None:
    about, kfor = PublicPlace("prose", "/about/", "a" * 64), PublicPlace("actor", "/actors/kfor/")
    before = public(places=(kfor, about))
    now = public(places=(PublicPlace("prose", "/who-we-are/", "a" * 64),))
    assert list(compare(before, now, answering(now))) == [
        Difference("gone", "/actors/kfor/", kfor),
        Difference("moved", "/about/", about, now.places[0]),
    ]


def test_drafts_and_strangers_are_not_public(archive: Archive) -> None:
    archive.config('languages = ["fr"]\n')
    archive.records("actors", {"name": "KFOR"})
    archive.write("pages/about.md")
    archive.write("dossiers/north.md", status="active")
    archive.write("briefings/a.md", actors=["KFOR", "Nobody"], updated="2022-09-01", corrections=[])
    archive.write_text("briefings/a.fr.md", "---\ntitle: Un titre\n---\n")
    archive.write("briefings/b.md", draft=True)
    archive.write("briefings/c.md", withdrawn={"date": "2022-09-01", "reason": "It was wrong."})
    found = public_in(archive.prepared(drafts=True).archives(), "en")
    assert [(b.id, b.lang, b.address, b.revised, b.withdrawn) for b in found.briefings] == [
        ("a", "en", "/2022/08/17/a/", "2022-09-01T00:00:00Z", False),
        ("a", "fr", "/fr/2022/08/17/a/", "2022-09-01T00:00:00Z", False),
        ("c", "en", "/2022/08/17/c/", "2022-09-01T00:00:00Z", True),
    ]
    assert [place.address for place in found.places] == ["/about/", "/actors/kfor/", "/dossiers/north/"]
