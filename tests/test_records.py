"""Authority records: one name for whatever curators write, and what is said about names that have no record."""

from __future__ import annotations

import pytest

NATO = {
    "id": "nato",
    "name": "NATO",
    "kind": "organisation",
    "aliases": ["North Atlantic Treaty Organization", "Северноатлантски савез"],
    "names": {"fr": "OTAN", "ar": "الناتو"},
}
KOSOVO = {"id": "kosovo", "name": "Kosovo", "code": "XK", "aliases": ["Kosova", "Косово"]}


def _filed(archive, kind="actor"):
    """The slugs that each briefing is filed under, by its id, and the faults of the archive."""
    prepared = archive.prepared()
    field = {"actor": "actors", "region": "regions", "tag": "tags", "source": "sources"}[kind]
    return {b.id: getattr(b, field) for b in prepared.resolved.briefings}, prepared.faults


def _shown(faults):
    return [(fault.path.removeprefix("content/"), fault.line, fault.severity, fault.code) for fault in faults]


@pytest.mark.parametrize(
    "written",
    [
        "NATO",
        "nato",
        " Nato ",
        "OTAN",
        "otan",
        "north  atlantic treaty organization",
        "СЕВЕРНОАТЛАНТСКИ САВЕЗ",
        "الناتو",
    ],
)
def test_an_actor_answers_to_its_name_id_aliases_and_names_in_any_case(archive, written):
    archive.records("actors", NATO)
    archive.write("briefings/a.md", actors=[written])

    filed, faults = _filed(archive)

    assert not faults
    assert filed == {"a": ("nato",)}


@pytest.mark.parametrize("written", ["Kosovo", "XK", "xk", "Kosova", "КОСОВО", "kosovo"])
def test_a_region_answers_to_its_code_too(archive, written):
    archive.records("regions", KOSOVO)
    archive.write("briefings/a.md", region=written)

    filed, faults = _filed(archive, "region")

    assert not faults
    assert filed == {"a": ("kosovo",)}


@pytest.mark.parametrize(
    ("record", "written"), [("Aleksandar Vučić", "aleksandar vucic"), ("Zvecan", "Zvečan"), ("Đakovica", "DAKOVICA")]
)
def test_diacritics_do_not_keep_a_name_from_its_record(archive, record, written):
    archive.records("actors", {"name": record})
    archive.write("briefings/a.md", actors=[written])

    _, faults = _filed(archive)

    assert not faults


def test_spellings_of_one_record_in_one_briefing_are_one_actor(archive):
    archive.records("actors", NATO, {"name": "KFOR"})
    archive.write("briefings/a.md", actors=["OTAN", "KFOR", "nato"])

    filed, _ = _filed(archive)

    assert filed == {"a": ("nato", "kfor")}


def test_a_name_that_is_a_region_and_a_governments_alias_is_each_in_its_field(archive):
    archive.records("regions", {"id": "serbia", "name": "Serbia"})
    archive.records("actors", {"id": "government-of-serbia", "name": "Government of Serbia", "aliases": ["Serbia"]})
    archive.write("briefings/a.md", region="Serbia", actors=["Serbia"])

    prepared = archive.prepared()

    assert not prepared.faults
    assert prepared.resolved.briefings[0].regions == ("serbia",)
    assert prepared.resolved.briefings[0].actors == ("government-of-serbia",)


def test_a_name_without_a_record_is_a_warning_with_its_line_and_the_nearest_and_gets_a_term_of_its_own(archive):
    archive.records("regions", KOSOVO)
    archive.write_text("briefings/a.md", "---\ntitle: A\ndate: 2022\nregion:\n- Kosovo\n- Kosvo\n---\n")

    filed, faults = _filed(archive, "region")

    assert filed == {"a": ("kosovo", "kosvo")}
    assert _shown(faults) == [("briefings/a.md", 6, "warning", "unknown-record")]
    assert 'did you mean "Kosovo"' in faults[0].message
    assert faults[0].field == "region"


def test_tags_need_no_record(archive):
    archive.write("briefings/a.md", tags=["peacekeeping"])

    filed, faults = _filed(archive, "tag")

    assert not faults
    assert filed == {"a": ("peacekeeping",)}


@pytest.mark.parametrize("first", ["a", "z"])
def test_names_that_give_one_slug_are_one_term_shown_as_most_often_written(archive, first):
    other = "z" if first == "a" else "a"
    archive.write(f"briefings/{first}.md", tags=["cease-fire"])
    for number, spelling in enumerate(["Cease Fire", "Cease Fire", "cease fire "]):
        archive.write(f"briefings/{other}{number}.md", tags=[spelling])

    prepared = archive.prepared()

    assert not prepared.faults
    assert list(prepared.archive.terms["tag"]) == ["cease-fire"]
    assert prepared.archive.terms["tag"]["cease-fire"].name == "Cease Fire"
    assert len(prepared.archive.members["tag"]["cease-fire"]) == 4


def test_a_tie_of_spellings_is_settled_alike_in_any_order_of_files(archive):
    archive.write("briefings/1.md", tags=["Test", "test"])
    archive.write("briefings/2.md", tags=["test"])
    archive.write("briefings/3.md", tags=["Test"])
    one = archive.prepared().archive.terms["tag"]["test"].name
    archive.write("briefings/2.md", tags=["Test"])
    archive.write("briefings/3.md", tags=["test"])

    assert archive.prepared().archive.terms["tag"]["test"].name == one


def test_a_name_that_would_have_a_records_address_is_that_record(archive):
    archive.records("actors", {"name": "Al-Qaeda"})
    archive.write("briefings/a.md", actors=["Al Qaeda"])

    filed, faults = _filed(archive)

    assert not faults
    assert filed == {"a": ("al-qaeda",)}


def test_a_tag_that_makes_a_wrong_address_gets_one_in_its_record(archive):
    archive.records("tags", {"name": "C++", "slug": "cpp"}, {"name": "C#", "slug": "c-sharp", "aliases": ["#"]})
    archive.write("briefings/a.md", tags=["c++", "C#", "C"])

    filed, faults = _filed(archive, "tag")

    assert not faults
    assert filed == {"a": ("cpp", "c-sharp", "c")}


def test_the_slug_that_a_tag_is_given_is_not_passed_over(archive):
    archive.records("tags", {"name": "C++", "slug": "C Plus"})
    archive.write("briefings/a.md", tags=["C++"])

    filed, faults = _filed(archive, "tag")

    assert filed == {"a": ("c-plus",)} or [fault.severity for fault in faults] == ["error"]


@pytest.mark.parametrize(
    ("kind", "field", "file"),
    [("tag", "tags", "tags.yaml"), ("region", "region", "regions.yaml"), ("actor", "actors", "actors.yaml")],
)
def test_a_name_that_makes_no_address_is_an_error_that_says_where_to_give_it_one(archive, kind, field, file):
    archive.write_text("briefings/a.md", f"---\ntitle: A\ndate: 2022\n{field}:\n- '++'\n---\n")

    _, faults = _filed(archive, kind)

    assert _shown(faults) == [("briefings/a.md", 5, "error", "empty-slug")]
    assert f"content/{file}" in faults[0].message


def test_a_record_that_makes_no_address_is_an_error(archive):
    archive.records("actors", {"name": "KFOR"}, {"name": "???"})

    _, faults = _filed(archive)

    assert _shown(faults) == [("actors.yaml", 2, "error", "empty-slug")]
    assert "`id: …`" in faults[0].message


def test_an_alias_that_two_records_answer_to_is_an_error_that_names_both(archive):
    archive.write_text(
        "actors.yaml",
        "- name: United Nations\n  aliases: [UN]\n- name: University of Niš\n  aliases:\n  - UNI\n  - un\n",
    )

    _, faults = _filed(archive)

    assert _shown(faults) == [("actors.yaml", 6, "error", "ambiguous-name")]
    assert all(part in faults[0].message for part in ("University of Niš", "United Nations", "content/actors.yaml:1"))


@pytest.mark.parametrize(
    "second", [{"name": "nato"}, {"id": "nato", "name": "Other"}, {"name": "Other", "names": {"fr": "Nato"}}]
)
def test_a_name_an_id_and_a_translated_name_are_names_like_any_alias(archive, second):
    archive.records("actors", {"name": "NATO"}, second)

    _, faults = _filed(archive)

    assert [fault.severity for fault in faults] == ["error"]
    assert (faults[0].path, faults[0].line) == ("content/actors.yaml", 2)
    assert "content/actors.yaml:1" in faults[0].message


def test_records_of_different_kinds_may_share_a_name(archive):
    archive.records("actors", {"name": "United Nations"})
    archive.records("sources", {"name": "United Nations"})
    archive.records("regions", {"name": "United Nations"})
    archive.records("tags", {"name": "United Nations"})

    assert not archive.prepared().faults


def test_a_record_may_repeat_its_own_name(archive):
    archive.records(
        "actors", {"id": "nato", "name": "NATO", "aliases": ["Nato", "NATO", "OTAN"], "names": {"fr": "OTAN"}}
    )

    assert not archive.prepared().faults


@pytest.mark.parametrize(
    ("parents", "lines"),
    [
        ({"A": "A"}, [1]),
        ({"A": "B", "B": "A"}, [1]),
        ({"B": "A", "A": "B"}, [2]),
        ({"D": "A", "A": "B", "B": "C", "C": "A"}, [2]),
        ({"A": "A", "B": "C", "C": "B"}, [1, 2]),
        ({"A": "B", "B": "C", "C": None}, []),
        ({"A": "C", "B": "C", "C": None}, []),
    ],
)
def test_a_circle_of_parents_is_one_error_at_its_first_member_in_the_alphabet(archive, parents, lines):
    archive.records("regions", *({"name": name, "parent": parent} for name, parent in parents.items()))
    archive.write("briefings/a.md", region="A")

    faults = archive.prepared().faults

    assert _shown(faults) == [("regions.yaml", line, "error", "circle") for line in lines]


def test_every_circle_among_members_of_many_is_told(archive):
    archive.records(
        "actors",
        {"name": "A", "member_of": ["B"]},
        {"name": "B", "member_of": ["A", "C"]},
        {"name": "C", "member_of": ["B"]},
        {"name": "D", "member_of": ["A"]},
    )

    faults = archive.prepared().faults

    assert {fault.code for fault in faults} == {"circle"}
    assert len(faults) == 2


def test_a_circle_names_its_members_in_order(archive):
    archive.write_text(
        "regions.yaml",
        "- name: Bosnia\n  parent: Europe\n- name: Europe\n  parent: World\n- name: World\n  parent: Bosnia\n",
    )

    (fault,) = archive.prepared().faults

    assert (fault.path, fault.line, fault.severity) == ("content/regions.yaml", 2, "error")
    assert "Bosnia → Europe → World → Bosnia" in fault.message


def test_what_happened_in_a_region_counts_for_the_regions_around_it(archive):
    archive.records(
        "regions", {"name": "Zvečan", "parent": "Kosovo"}, {"name": "Kosovo", "parent": "Europe"}, {"name": "Europe"}
    )
    archive.write("briefings/a.md", region="Zvečan")
    archive.write("briefings/b.md", region=["Europe", "Zvečan"])

    members = archive.prepared().archive.members["region"]

    assert members == {"europe": (0, 1), "kosovo": (0, 1), "zvecan": (0, 1)}


@pytest.mark.parametrize(("file", "field"), [("regions", "parent"), ("actors", "member_of")])
def test_a_parent_without_a_record_is_left_out_with_a_warning(archive, file, field):
    archive.records(file, {"name": "Kosovo"}, {"name": "Zvečan", field: "Kosvo"})

    prepared = archive.prepared()

    assert _shown(prepared.faults) == [(f"{file}.yaml", 2, "warning", "unknown-record")]
    assert '"Kosovo"' in prepared.faults[0].message


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://rt.com/news/1", "rt"),
        ("https://www.rt.com/news/1", "rt"),
        ("https://russian.RT.com:443/news", "rt"),
        ("https://rt.com", "rt"),
        ("https://rt.com?id=1", "rt"),
        ("https://rt.com#top", "rt"),
        ("https://user@rt.com/", "rt"),
        ("https://notrt.com/", None),
        ("https://rt.com.evil.example/", None),
        ("https://evil.example/rt.com", None),
        ("https://evil.example/?u=https://rt.com/", None),
        ("https://rt.com@evil.example/", None),
        ("https://com/", None),
        ("https://press.un.org/en/", "un"),
    ],
)
def test_a_source_without_a_name_is_known_by_its_host(archive, url, slug):
    archive.records(
        "sources", {"id": "rt", "name": "RT", "hosts": ["rt.com"]}, {"id": "un", "name": "UN", "hosts": ["www.un.org"]}
    )
    archive.write("briefings/a.md", sources=[{"url": url}])

    filed, faults = _filed(archive, "source")

    assert not faults
    assert filed == {"a": (slug,)}


def test_records_may_be_divided_into_files_of_any_name(archive):
    archive.write_text("actors.yaml", "- name: NATO\n")
    archive.write_text("actors/missions/kosovo.yaml", "- name: KFOR\n  member_of: NATO\n- name: UNMIK\n")
    archive.write_text("actors/one.yml", "name: EULEX\n")
    archive.write("briefings/a.md", actors=["eulex", "kfor", "unmik", "nato"])

    filed, faults = _filed(archive)

    assert not faults
    assert filed == {"a": ("eulex", "kfor", "unmik", "nato")}


def test_faults_of_records_name_the_file_and_line_in_it(archive):
    archive.write_text(
        "actors/a.yaml", "- name: NATO\n\n- kind: mission\n- name: KFOR\n  kind: army\n  colour: blue\n- just words\n"
    )

    _, faults = _filed(archive)

    assert _shown(faults) == [
        ("actors/a.yaml", 3, "error", "missing"),
        ("actors/a.yaml", 5, "error", "unknown-value"),
        ("actors/a.yaml", 6, "warning", "unknown-field"),
        ("actors/a.yaml", 7, "error", "wrong-type"),
    ]


@pytest.mark.parametrize("text", ["", "# nobody yet\n", "[]\n"])
def test_a_file_without_records_is_no_fault(archive, text):
    archive.write_text("actors.yaml", text)

    assert not archive.prepared().faults


def test_a_dossier_answers_to_its_id_and_title(archive):
    archive.write("dossiers/kosovo-serbia.md", title="Kosovo and Serbia")
    for number, written in enumerate(["kosovo-serbia", "Kosovo and Serbia", "KOSOVO AND SERBIA"]):
        archive.write(f"briefings/{number}.md", dossier=written)

    prepared = archive.prepared()

    assert not prepared.faults
    assert {b.dossiers for b in prepared.resolved.briefings} == {("kosovo-serbia",)}


def test_names_without_a_record_are_told_together_for_each_briefing(archive):
    archive.records("actors", {"name": "United Nations"})
    archive.write("briefings/a.md", title="A", date="2022-01-01", actors=["Alpha", "Bravo", "United Natoins"])
    faults = archive.prepared().faults
    assert sorted(fault.message for fault in faults if fault.code == "unknown-record") == [
        'there are no records "Alpha", "Bravo" (they get pages of their own)',
        'there is no record "United Natoins"; did you mean "United Nations"? (it gets a page of its own)',
    ]
