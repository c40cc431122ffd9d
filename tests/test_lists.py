"""Lists: divided by period and never numbered, so that an edit about the past touches that part of the past only."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import sites
from conftest import Archive
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

TAG = "tags/long"


def _counts(page: str) -> dict[str, int]:
    """The periods that a list's page names: where each leads, and its count."""
    nav = next((n for n in sites.tree(page).iter("nav") if n.get("aria-labelledby") in ("_periods", "_years")), None)
    if nav is None:
        return {}
    return {
        item.find("a").get("href", ""): int(sites.words(item.find(".//data")).replace(",", ""))  # type: ignore[union-attr]
        for item in nav.iter("li")
    }


def _titles_below(archive: Archive, folder: str) -> list[str]:
    """The titles of all cards on a list's own page and the pages of its periods."""
    found: list[str] = []
    for path in sorted((archive.output / folder).rglob("index.html")):
        found += sites.titles(path.read_text("utf-8"))
    return found


def test_a_list_of_60_stands_whole_on_its_own_page(archive: Archive) -> None:
    sites.series(archive, sites.days(60, step=20), tags=["long"])
    archive.build()
    page = archive.page(f"/{TAG}/")
    assert sites.titles(page) == [f"Event {number}" for number in reversed(range(60))]
    assert _counts(page) == {}
    assert [p.name for p in (archive.output / TAG).iterdir() if p.is_dir()] == []


def test_a_list_of_61_shows_the_newest_20_and_every_year_with_its_count(archive: Archive) -> None:
    dates = sites.days(61, step=20)
    sites.series(archive, dates, tags=["long"])
    archive.build()
    page = archive.page(f"/{TAG}/")
    assert sites.titles(page) == [f"Event {number}" for number in reversed(range(41, 61))]
    years = sorted({day[:4] for day in dates}, reverse=True)
    assert _counts(page) == {f"../../{TAG}/{year}/": sum(day[:4] == year for day in dates) for year in years}
    for year in years:
        assert sites.titles(archive.page(f"/{TAG}/{year}/")) == [
            f"Event {number}" for number in reversed(range(61)) if dates[number][:4] == year
        ]
        assert not [p for p in (archive.output / TAG / year).iterdir() if p.is_dir()]


def test_per_page_says_how_many_of_the_newest_are_shown(archive: Archive) -> None:
    archive.config("per_page = 7\n")
    sites.series(archive, sites.days(61), tags=["long"])
    archive.build()
    assert len(sites.titles(archive.page(f"/{TAG}/"))) == 7
    assert len(sites.titles(archive.page("/"))) == 7


def test_a_year_of_200_stands_whole_and_one_of_201_is_divided_into_months(tmp_path: Path) -> None:
    for count in (200, 201):
        archive = sites.archive_at(tmp_path / str(count))
        sites.series(archive, sites.days(count), tags=["long"])
        archive.build()
        page = archive.page(f"/{TAG}/2019/")
        months = [p.name for p in sorted((archive.output / TAG / "2019").iterdir()) if p.is_dir()]
        if count == 200:
            assert len(sites.titles(page)) == 200
            assert months == []
        else:
            assert sites.titles(page) == [f"Event {number}" for number in reversed(range(181, 201))]
            assert months == ["01", "02", "03", "04", "05", "06", "07"]
            assert _counts(page)[f"../../../{TAG}/2019/02/"] == 28
            assert sum(_counts(page).values()) == 201
            assert len(sites.titles(archive.page(f"/{TAG}/2019/02/"))) == 28


def test_a_month_of_201_is_divided_into_days_and_a_day_stands_whole(archive: Archive) -> None:
    sites.series(archive, ["2019-03-04"] * 150 + ["2019-03-05"] * 51, tags=["long"])
    archive.build()
    assert _counts(archive.page(f"/{TAG}/2019/03/")) == {
        f"../../../../{TAG}/2019/03/05/": 51,
        f"../../../../{TAG}/2019/03/04/": 150,
    }
    assert len(sites.titles(archive.page(f"/{TAG}/2019/03/04/"))) == 150
    assert len(sites.titles(archive.page(f"/{TAG}/2019/03/05/"))) == 51


def test_no_address_of_a_list_is_a_number_of_a_page(archive: Archive) -> None:
    sites.series(archive, sites.days(300), tags=["long", "long3"])
    archive.build()
    for path in archive.files():
        assert re.fullmatch(r"(?!.*(page|/p)/\d).*", path), path
        for part in Path(path).parts[:-1]:
            # Only years, months and days are numbers.
            assert not part.isdigit() or re.fullmatch(r"\d{4}|0[1-9]|[12]\d|3[01]", part), path


def test_home_shows_the_newest_20_and_leads_to_every_year(archive: Archive) -> None:
    dates = sites.days(30, step=40)
    sites.series(archive, dates)
    archive.build()
    home = archive.page("/")
    assert sites.titles(home) == [f"Event {number}" for number in reversed(range(10, 30))]
    years = sorted({day[:4] for day in dates}, reverse=True)
    assert _counts(home) == {f"./{year}/": sum(day[:4] == year for day in dates) for year in years}


@pytest.mark.parametrize("kind", ["tags", "regions", "actors", "sources", "dossiers"])
def test_lists_of_every_kind_are_divided_alike(archive: Archive, kind: str) -> None:
    field = {"tags": "tags", "regions": "region", "actors": "actors", "dossiers": "dossier"}.get(kind)
    if kind == "dossiers":
        archive.write("dossiers/long.md")
    sites.series(archive, sites.days(70, step=10), **({field: ["long"]} if field else {"sources": [{"name": "Long"}]}))
    archive.build()
    assert len(sites.titles(archive.page(f"/{kind}/long/"))) == 20
    assert len(sites.titles(archive.page(f"/{kind}/long/2019/"))) == 37
    assert (archive.output / kind / "long/feed.xml").is_file()


# Imprecise dates


def test_a_briefing_stands_on_the_periods_of_its_own_precision_and_above_never_below(archive: Archive) -> None:
    archive.write("briefings/year.md", title="Year", date="2020")
    archive.write("briefings/month.md", title="Month", date="2020-11")
    archive.write("briefings/day.md", title="Day", date="2020-11-05")
    archive.write("briefings/time.md", title="Time", date="2020-11-05T10:00Z")
    archive.build()
    assert sites.titles(archive.page("/2020/")) == ["Time", "Day", "Month", "Year"]
    assert sites.titles(archive.page("/2020/11/")) == ["Time", "Day", "Month"]
    assert sites.titles(archive.page("/2020/11/05/")) == ["Time", "Day"]
    for address in ("2020/year", "2020/11/month", "2020/11/05/day", "2020/11/05/time"):
        assert (archive.output / address / "index.html").is_file()
    assert not (archive.output / "2020/01").exists()
    assert not (archive.output / "2020/11/01").exists()


def test_a_range_stands_on_every_year_and_month_that_it_touches_and_on_its_first_day(archive: Archive) -> None:
    archive.write("briefings/long.md", title="Long", date="2020-11-28/2021-02-03")
    archive.write("briefings/months.md", title="Months", date="2020-12/2021-01")
    archive.write("briefings/years.md", title="Years", date="2019/2021")
    archive.build()
    on = {
        path.removesuffix("/index.html"): sites.titles(data.decode())
        for path, data in archive.files().items()
        if re.fullmatch(r"\d{4}(/\d\d){0,2}/index.html", path)
    }
    assert on == {
        "2019": ["Years"],
        "2020": ["Months", "Long", "Years"],
        "2020/11": ["Long"],
        "2020/11/28": ["Long"],
        "2020/12": ["Months", "Long"],
        "2021": ["Months", "Long", "Years"],
        "2021/01": ["Months", "Long"],
        "2021/02": ["Long"],
    }


def test_order_is_by_start_then_those_without_a_time_then_by_instant_then_by_id(archive: Archive) -> None:
    archive.config('timezone = "America/New_York"\n')
    for title, when, own in (
        ("E", "2022-08-17T23:30+14:00", "e"),  # 09:30Z
        ("B", "2022-08-17", "b"),
        ("A", "2022-08-17", "a"),
        ("F", "2022-08-17T06:00", "f"),  # 10:00Z in New York
        ("D", "2022-08-17T09:00Z", "d"),
        ("C", "2022-08-17T05:00", "c"),  # 09:00Z too
        ("Before", "2022-08-16T23:59-12:00", "z"),
        ("Month", "2022-08", "y"),
        ("Year", "2022", "x"),
        ("After", "2022-08-18/2022-08-19", "w"),
    ):
        archive.write(f"briefings/{own}.md", title=title, date=when, id=own)
    archive.build()
    assert list(reversed(sites.titles(archive.page("/2022/")))) == [
        *("Year", "Month", "Before", "A", "B", "C", "D", "E", "F", "After")
    ]


def test_a_day_is_the_day_as_written_whatever_the_zone(archive: Archive) -> None:
    archive.config('timezone = "Pacific/Kiritimati"\n')
    archive.write("briefings/late.md", title="Late", date="2022-08-17T23:30-11:00")
    archive.write("briefings/day.md", title="Day", date="2022-08-17")
    archive.build()
    assert sites.titles(archive.page("/2022/08/17/")) == ["Late", "Day"]
    assert not (archive.output / "2022/08/18").exists()


DATES = st.one_of(
    st.sampled_from(["2020", "2021"]),
    st.sampled_from(["2020-11", "2020-12", "2021-01"]),
    st.dates().filter(lambda d: d.year > 1000).map(lambda d: d.isoformat()),
    st.sampled_from(
        ["2020-11-30/2021-01-02", "2020/2021", "2020-12/2021-01", "2020-12-31/2021", "2020-11-30T10:00/2020-12-01"]
    ),
    st.sampled_from([f"2020-12-{day:02}" for day in range(1, 32)]),
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(extra=st.lists(DATES, max_size=40), crowd=st.sampled_from([0, 30, 70, 215]))
def test_every_briefing_stands_somewhere_in_each_of_its_lists(
    tmp_path_factory: pytest.TempPathFactory, extra: list[str], crowd: int
) -> None:
    archive = sites.archive_at(tmp_path_factory.mktemp("dates") / "archive")
    try:
        dates = [*extra, *(f"2020-12-{number % 31 + 1:02}" for number in range(crowd))]
        sites.series(archive, dates, tags=["long"])
        archive.build()
        wanted = {f"Event {number}" for number in range(len(dates))}
        # Reached from the list's own page, by what is linked there.
        seen: set[str] = set()
        pending, known = [f"/{TAG}/"], {f"/{TAG}/"} if dates else set()
        while pending and dates:
            address = pending.pop()
            page = archive.page(address)
            seen |= set(sites.titles(page))
            for href in _counts(page):
                to = "/" + href.lstrip("./")
                if to not in known:
                    known.add(to)
                    pending.append(to)
        assert seen == wanted
        # And of the archive's own years.
        pending, seen = [f"/{year}/" for year in {day[:4] for day in dates}], set()
        while pending:
            page = archive.page(pending.pop())
            seen |= set(sites.titles(page))
            pending += ["/" + href.lstrip("./") for href in _counts(page)]
        assert seen == wanted
    finally:
        shutil.rmtree(archive.root)


# What an edit touches


@pytest.fixture(scope="module")
def long_history(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """200 briefings over six years, all on one tag, region, actor, source and dossier."""
    archive = sites.archive_at(tmp_path_factory.mktemp("history") / "archive")
    archive.records("regions", {"name": "Long region"})
    archive.records("actors", {"name": "Long actor"})
    archive.records("sources", {"name": "Long source"})
    archive.write("dossiers/long.md")
    sites.series(
        archive,
        sites.days(200, step=11),
        tags=["long"],
        region="Long region",
        actors=["Long actor"],
        dossier="long",
        sources=[{"name": "Long source"}],
    )
    archive.build()
    return archive


LISTS = ("tags/long", "regions/long-region", "actors/long-actor", "sources/long-source", "dossiers/long")
MACHINERY = {".sitrep-build.json", "manifest.json", "sitemap.xml"}


def _edited(long_history: Archive, tmp_path: Path) -> tuple[Archive, dict[str, bytes]]:
    archive = Archive(tmp_path / "archive")
    shutil.copytree(long_history.root, archive.root)
    return archive, archive.files()


def _edit(archive: Archive, number: int, old: str, new: str) -> None:
    path = next((archive.root / "content").rglob(f"event-{number:04}.md"))
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def _changed(before: dict[str, bytes], archive: Archive) -> set[str]:
    """The pages and feeds that are others. The data set and its edition are of all that is known: they always are."""
    return {path for path in sites.changed(before, archive.files()) if not path.startswith(("data/", "changes/"))}


def _near(path: str, dates: list[str]) -> bool:
    """Whether a page is that of a briefing of one of those days, or of the days themselves."""
    return any(path.startswith(day.replace("-", "/")) for day in dates)


def test_an_edit_about_the_past_changes_only_its_own_period_of_each_list(long_history: Archive, tmp_path: Path) -> None:
    archive, before = _edited(long_history, tmp_path)
    # Event 50 is of 2020-07-04.
    _edit(archive, 50, "title: Event 50", "title: Another title")
    archive.build()
    touched = _changed(before, archive)
    lists = {path for path in touched if path.startswith(LISTS)}
    assert lists == {f"{name}/2020/index.html" for name in LISTS}
    days = sites.days(200, step=11)
    assert "2020/07/04/event-0050/index.html" in touched
    own_pages = {"2020/index.html", "2020/07/index.html", "2020/07/04/index.html", "on/07-04/index.html"}
    assert touched - lists - MACHINERY <= own_pages | {"timeline/index.html"} | {
        f"{days[n].replace('-', '/')}/event-{n:04}/index.html"
        for n in range(30, 71)  # its neighbours and what is related
    }


def test_an_edit_of_words_that_no_list_shows_changes_one_page(long_history: Archive, tmp_path: Path) -> None:
    archive, before = _edited(long_history, tmp_path)
    _edit(archive, 50, "---\n\nWords", "summary: Given\n---\n\nWords")
    archive.build()
    before = archive.files()
    _edit(archive, 50, "Words of event 50.", "Words of event 50.\n\nAnd a second paragraph.")
    archive.build()
    assert _changed(before, archive) == {
        "2020/07/04/event-0050/index.html",
        "manifest.json",
        ".sitrep-build.json",
    }


def test_an_addition_about_the_past_changes_only_its_period_and_the_counts(
    long_history: Archive, tmp_path: Path
) -> None:
    archive, before = _edited(long_history, tmp_path)
    source = next((archive.root / "content").rglob("event-0050.md")).read_text("utf-8")
    archive.write_text("briefings/added.md", source.replace("2020-07-04", "2020-07-06"))
    archive.build()
    touched = _changed(before, archive)
    lists = {path for path in touched if path.startswith(LISTS)}
    assert lists == {f"{name}/{page}" for name in LISTS for page in ("index.html", "2020/index.html")}
    for other in ("2019", "2021", "2022", "2023", "2024"):
        assert f"{other}/index.html" not in touched
    assert {path for path in touched if path.endswith("feed.xml")} == set()


def test_a_withdrawal_in_the_past_changes_only_its_period_the_counts_and_feeds(
    long_history: Archive, tmp_path: Path
) -> None:
    archive, before = _edited(long_history, tmp_path)
    _edit(archive, 50, "---\n\nWords", "withdrawn: {date: 2024-01-01, reason: Wrong}\n---\n\nWords")
    archive.build()
    touched = {path for path in _changed(before, archive) if not path.endswith("feed.xml")}
    assert {path for path in touched if path.startswith(LISTS)} == {
        f"{name}/{page}" for name in LISTS for page in ("index.html", "2020/index.html")
    }
    for other in ("2019", "2021", "2022", "2023", "2024"):
        assert f"{other}/index.html" not in touched


def test_a_mended_date_changes_only_the_two_periods(long_history: Archive, tmp_path: Path) -> None:
    archive, before = _edited(long_history, tmp_path)
    _edit(archive, 50, "2020-07-04", "2021-07-04")
    archive.build()
    touched = {path for path in _changed(before, archive) if not path.endswith("feed.xml")}
    assert {path for path in touched if path.startswith(LISTS)} == {
        f"{name}/{page}" for name in LISTS for page in ("index.html", "2020/index.html", "2021/index.html")
    }
    for other in ("2019", "2022", "2023", "2024"):
        assert f"{other}/index.html" not in touched


def test_no_page_says_anything_about_the_whole_archive_that_every_addition_changes(
    long_history: Archive, tmp_path: Path
) -> None:
    archive, before = _edited(long_history, tmp_path)
    archive.write("briefings/alone.md", date="2021-01-01", title="Alone")
    archive.build()
    touched = _changed(before, archive)
    assert not {path for path in touched if path.startswith((*LISTS, "404", "robots"))}
    assert len(touched) < 20, touched
