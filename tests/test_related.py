"""Related briefings, against a reference that follows the documented rule word by word."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.index.related import HALF_LIFE_DAYS, Neighbourhood

TERMS = [("actor", name) for name in "abcdef"] + [("tag", name) for name in "abc"] + [("region", "a")]


@st.composite
def archives(draw, largest=30):
    """The terms and days of an archive's briefings, oldest first."""
    size = draw(st.integers(1, largest))
    terms = draw(st.lists(st.lists(st.sampled_from(TERMS), unique=True, max_size=7), min_size=size, max_size=size))
    days = sorted(draw(st.lists(st.integers(0, 400), min_size=size, max_size=size)))
    return terms, days


def _members(terms):
    found = {}
    for position, own in enumerate(terms):
        for term in own:
            found.setdefault(term, []).append(position)
    return found


def _id(position):
    return f"id-{(position * 7) % 10}-{position}"


def _related(position, terms, days, limit=5):
    ids = [_id(other) for other in range(len(terms))]
    return Neighbourhood(_members(terms), days, ids).related(position, limit)


def _reference(position, terms, days, limit=5):
    def count(term):
        return sum(term in own for own in terms)

    def power(term):
        return count(term).bit_length()

    shared_ones = [term for term in terms[position] if count(term) > 1]
    rarest = sorted(shared_ones, key=lambda term: (power(term), term))[:5]
    candidates = set()
    for term in rarest:
        before = [other for other in range(position) if term in terms[other]]
        after = [other for other in range(position + 1, len(terms)) if term in terms[other]]
        candidates.update(before[-4:], after[:4])

    def closeness(other):
        shared = set(terms[position]) & set(terms[other])
        apart = abs(days[other] - days[position])
        return sum(1 / power(term) for term in shared) / 2 ** (apart / HALF_LIFE_DAYS)

    # Rounded, since the order of a sum changes its last digit.
    return tuple(sorted(candidates, key=lambda other: (-round(closeness(other), 9), -days[other], _id(other)))[:limit])


@settings(max_examples=200, deadline=None)
@given(archives(), st.data())
def test_related_are_those_that_the_documented_rule_names(archive, data):
    terms, days = archive
    position = data.draw(st.integers(0, len(terms) - 1))

    assert _related(position, terms, days) == _reference(position, terms, days)


@settings(max_examples=80, deadline=None)
@given(archives(), st.integers(1, 8))
def test_nothing_is_related_to_itself_nor_to_what_shares_no_term_nor_twice(archive, limit):
    terms, days = archive
    for position in range(len(terms)):
        found = _related(position, terms, days, limit)

        assert position not in found
        assert len(found) == len(set(found)) <= limit
        assert all(set(terms[other]) & set(terms[position]) for other in found)


@settings(max_examples=60, deadline=None)
@given(archives(), st.randoms())
def test_the_order_in_which_a_briefing_names_its_terms_means_nothing(archive, random):
    terms, days = archive
    shuffled = [random.sample(own, len(own)) for own in terms]

    for position in range(len(terms)):
        assert _related(position, shuffled, days) == _related(position, terms, days)


def test_of_two_as_close_the_newer_comes_first_then_the_lower_id():
    terms = [[("tag", "a")]] * 5
    days = [0, 0, 10, 20, 20]

    assert _related(2, terms, days) == (3, 4, 0, 1)


def test_what_is_nearer_in_time_is_closer():
    terms = [[("tag", "a")]] * 4
    days = [0, 300, 310, 400]

    assert _related(2, terms, days) == (1, 3, 0)


def test_what_shares_more_and_rarer_terms_is_closer():
    a, b, c = ("tag", "a"), ("tag", "b"), ("tag", "c")
    terms = [[a], [a, c], [a, b], [a, b, c], [a], [a], [a]]
    days = [0] * len(terms)

    assert set(_related(3, terms, days, limit=2)) == {1, 2}


def test_a_new_briefing_disturbs_its_neighbourhood_only():
    terms = [[("tag", "a")] for _ in range(40)]
    days = list(range(0, 400, 10))
    before = [_related(position, terms, days) for position in range(40)]

    after = [_related(position, [*terms, [("tag", "a")]], [*days, 400]) for position in range(40)]

    changed = {position for position in range(40) if before[position] != after[position]}
    assert changed and changed <= {36, 37, 38, 39}


def test_an_archive_knows_what_is_related_to_each_briefing(archive):
    for number in range(4):
        archive.write(f"briefings/{number}.md", title=f"Event {number}", date=f"2022-08-1{number}", tags=["t"])
    archive.write("briefings/other.md", tags=["else"])

    prepared = archive.prepared().archive

    neighbourhood = prepared.neighbourhood()
    assert [prepared.entries[position].id for position in neighbourhood.related(1)] == ["2", "0", "3"]
    assert neighbourhood.related(4) == ()
