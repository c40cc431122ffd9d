"""The data set: files that load in the programs that analysts use, and say what the briefings say."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any, ClassVar
from xml.etree import ElementTree

import bibtexparser
import frictionless
import jsonschema
import networkx
import pandas
import pyogrio
import pytest
import rispy
import sites
import yaml
from conftest import REPOSITORY, Archive

from builder.dataset.fields import FIELDS
from builder.dataset.schema import front_matter_schema
from builder.dataset.tables import COLUMNS


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return sites.shared_rich_archive(tmp_path_factory)


def _rows(archive: Archive) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in json.loads((archive.output / "data/briefings.json").read_text("utf-8"))}


def test_the_table_opens_in_pandas_as_it_is_described(rich: Archive) -> None:
    table = pandas.read_csv(rich.output / "data/briefings.csv", parse_dates=["start", "end"])
    assert list(table.columns) == [column.name for column in COLUMNS]
    assert table["id"].is_unique
    first = table.set_index("id").loc["first"]
    assert first["title"] == 'The first & "foremost" <briefing>'
    assert first["start"] == pandas.Timestamp("2022-08-17")
    assert (first["lat"], first["lon"], first["precision"]) == (42.9, 20.8, "town")
    assert first["regions"] == "Northland | Southland"
    assert first["within"] == "northland | peninsula | continent | southland"
    month = table.set_index("id").loc["month"]
    assert (month["date"], str(month["end"].date())) == ("2020-11", "2020-11-30")


def test_all_formats_have_the_same_briefings_oldest_first(rich: Archive) -> None:
    rows = _rows(rich)
    folder = rich.output / "data"
    lines = [json.loads(line)["id"] for line in (folder / "briefings.jsonl").read_text("utf-8").splitlines()]
    table = list(pandas.read_csv(folder / "briefings.csv")["id"])
    assert list(rows) == lines == table
    starts = [row["start"] for row in rows.values()]
    assert starts == sorted(starts)
    assert len(pandas.read_json(folder / "briefings.json")) == len(rows)
    library = bibtexparser.parse_file(str(folder / "briefings.bib"))
    assert not library.failed_blocks
    records = rispy.loads((folder / "briefings.ris").read_text("utf-8"))
    items = json.loads((folder / "briefings.csl.json").read_text("utf-8"))
    assert len(library.entries) == len(records) == len(items) == len(rows)
    assert [item["number"] for item in items] == list(rows)


def test_a_row_says_what_its_briefing_says(rich: Archive) -> None:
    row = _rows(rich)["first"]
    assert list(row) == [field.name for field in FIELDS]
    assert row["url"] == "https://archive.example/2022/08/17/first/"
    assert row["published"] == "2022-08-18T00:00:00+02:00"
    assert row["updated"] == "2022-09-02T10:00:00+02:00"
    assert row["numbers"][1] == {
        "what": "detained", "value": None, "low": 3, "high": 5, "says": "The police", "on": None,
    }  # fmt: skip
    assert row["figures"][1] == "detained: 3 to 5 (The police)"
    graded = [(report["id"], report["reliability"], report["inherited"]) for report in row["reports"]]
    assert graded == [("state-wire", "D", True), ("state-wire", "C", False), ("gazette", None, False)]
    assert [correction["date"] for correction in row["corrections"]] == ["2022-08-20", "2022-09-02"]
    assert row["inferred"] == ["event_type"]


def test_what_is_withdrawn_or_a_draft_is_in_no_file(rich: Archive, tmp_path: Path) -> None:
    copy = sites.copy_of(rich, tmp_path / "copy")
    for path in (copy.root / "content/briefings/2019").glob("*.md"):
        path.unlink()
    copy.build("--drafts")
    assert (copy.output / "2022/08/22/draft/index.html").is_file()
    for path, data in copy.files().items():
        if path.startswith("data/") and not path.endswith(".html"):
            assert b"What we got wrong" not in data, path
            assert b"A draft" not in data, path


def test_places_open_in_gdal_and_vague_ones_are_no_points(rich: Archive) -> None:
    path = rich.output / "data/briefings.geojson"
    info = pyogrio.read_info(path)
    assert info["features"] == 2
    _, _, geometry, _ = pyogrio.raw.read(path)
    assert [shape is None for shape in geometry] == [False, True]
    town, area = json.loads(path.read_text("utf-8"))["features"]
    assert town["geometry"] == {"type": "Point", "coordinates": [20.8, 42.9]}
    assert area["geometry"] is None
    assert (area["properties"]["precision"], area["properties"]["lat"]) == ("area", 42.5)


def test_the_network_opens_in_networkx_and_counts_the_briefings_that_name_both(rich: Archive) -> None:
    graph = networkx.read_graphml(rich.output / "data/network.graphml")
    force = graph.nodes["stabilisation-force"]
    assert (force["name"], force["kind"]) == ("Stabilisation Force", "mission")
    rows = _rows(rich).values()
    assert force["briefings"] == sum("stabilisation-force" in row["actor_ids"] for row in rows)
    assert graph.edges["stabilisation-force", "northern-alliance"]["weight"] == 1


def test_the_data_package_is_valid_and_so_is_its_data(rich: Archive) -> None:
    path = rich.output / "data/datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    assert descriptor["licenses"] == [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}]
    for resource in descriptor["resources"]:
        assert (path.parent / resource["path"]).is_file(), resource["path"]
        if resource["profile"] == "tabular-data-resource":
            assert all(field["description"] for field in resource["schema"]["fields"])
    report = frictionless.validate(str(path))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldNumber", "note"])
    rows = [task.stats["rows"] for task in report.tasks if task.name.startswith("briefings")]
    assert rows == [len(_rows(rich))] * 3


def test_records_say_what_the_archive_knows_of_a_name(rich: Archive) -> None:
    folder = rich.output / "data"
    regions, actors, sources = (
        {record["id"]: record for record in json.loads((folder / f"{kind}.json").read_text("utf-8"))}
        for kind in ("regions", "actors", "sources")
    )
    assert (regions["northland"]["parent"], regions["northland"]["code"]) == ("peninsula", "XN")
    assert regions["northland"]["aliases"] == ["Norðland", "Северия"]
    assert actors["stabilisation-force"]["member_of"] == ["northern-alliance"]
    assert actors["unknown-group"]["kind"] is None
    assert (sources["state-wire"]["reliability"], sources["state-wire"]["reviewed"]) == ("D", "2023-05")
    for row in _rows(rich).values():
        assert set(row["within"]) <= set(regions) and set(row["actor_ids"]) <= set(actors)
        assert set(row["source_ids"]) <= set(sources)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1"])
def test_no_text_is_a_formula_to_a_spreadsheet(archive: Archive, text: str) -> None:
    location = {"name": text, "lat": -1.5, "lon": -2}
    archive.write("briefings/one.md", title=text, summary=f"{text}\nand more", location=location)
    archive.build()
    data = (archive.output / "data/briefings.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid,") and data.count(b"\r\n") == data.count(b"\n") == 2
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    for name, cell in row.items():
        if name not in ("lat", "lon"):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "＝")), name
    assert (row["lat"], row["lon"]) == ("-1.5", "-2.0")


class _Core(yaml.SafeLoader):
    """YAML as editors read it: by its core schema, which knows no dates."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in found if not tag.endswith(":timestamp")]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def test_the_schema_takes_the_front_matter_of_this_archive_and_refuses_mistakes() -> None:
    schema = front_matter_schema("https://archive.example/data/briefing.schema.json")
    validator = jsonschema.Draft7Validator(schema)
    validator.check_schema(schema)
    for path in sorted((REPOSITORY / "content/briefings").rglob("*.md")):
        fields = yaml.load(path.read_text("utf-8").split("---\n")[1], _Core)
        assert [error.message for error in validator.iter_errors(fields)] == [], path
    good = {"title": "A", "date": "2022-08-17", "location": {"name": "B", "lat": 1, "lon": 2.5}, "tags": "one"}
    assert validator.is_valid(good)
    for mistake in ({"date": "17/8/2022"}, {"status": "sure"}, {"location": {"name": "B", "lat": 91, "lon": 2}}):
        assert not validator.is_valid(good | mistake), mistake


def test_a_new_briefing_tells_editors_where_the_schema_lies(archive: Archive) -> None:
    archive.run("new", "briefing", "One", "--date", "2022-08-17")
    text = (archive.root / "content/briefings/2022/2022-08-17-one.md").read_text("utf-8")
    address = "https://archive.example/data/briefing.schema.json"
    assert text.splitlines()[1] == f"# yaml-language-server: $schema={address}"
    archive.build("--drafts")
    schema = json.loads((archive.output / "data/briefing.schema.json").read_text("utf-8"))
    assert schema["$id"] == address


def test_a_translation_stands_in_the_row_of_its_original(archive: Archive) -> None:
    archive.config('base_url = "https://archive.example/"\nlanguages = ["fr"]\n')
    archive.write("briefings/one.md", title="One")
    archive.write_text("briefings/one.fr.md", "---\ntitle: Un\n---\n\nMots.\n")
    archive.build()
    (row,) = _rows(archive).values()
    url = "https://archive.example/fr/2022/08/17/one/"
    assert row["translations"] == [{"language": "fr", "title": "Un", "url": url}]
    assert "/data/briefings.csv" in archive.page("/fr/data/")
    assert not (archive.output / "fr/data/briefings.csv").exists()


def test_an_edit_makes_the_rows_of_one_year_anew(archive: Archive) -> None:
    import sqlite3

    for year in (2020, 2021, 2022):
        archive.write(f"briefings/of-{year}.md", date=f"{year}-01-01", region="Land")
    archive.build()

    def pieces() -> set[bytes]:
        with sqlite3.connect(archive.root / ".sitrep/pieces.sqlite") as connection:
            rows = connection.execute("SELECT key, bytes FROM piece").fetchall()
        return {key for key, data in rows if b'"id":"of-' in data}

    before = pieces()
    archive.write("briefings/of-2021.md", title="Changed", date="2021-01-01", region="Land")
    archive.build()
    # Its rows as JSON, and the same for other formats, hold the id.
    assert len(before) == 6 and len(pieces() - before) == 2
    assert _rows(archive)["of-2021"]["title"] == "Changed"
    assert _rows(archive)["of-2020"]["regions"] == ["Land"]


def test_a_renamed_record_is_renamed_in_every_row(archive: Archive) -> None:
    archive.records("regions", {"id": "land", "name": "Land"})
    archive.write("briefings/one.md", region="land")
    archive.build()
    archive.records("regions", {"id": "land", "name": "Country"})
    archive.build()
    assert _rows(archive)["one"]["regions"] == ["Country"]


def test_the_citations_of_a_dossier_are_those_of_its_briefings(rich: Archive) -> None:
    items = json.loads((rich.output / "data/dossiers/north-south.csl.json").read_text("utf-8"))
    rows = _rows(rich).values()
    assert [item["number"] for item in items] == [row["id"] for row in rows if "north-south" in row["dossier_ids"]]
    assert json.loads((rich.output / "data/dossiers/empty.csl.json").read_text("utf-8"))[0]["number"] == "second"


def test_an_empty_archive_has_empty_files_that_load(archive: Archive) -> None:
    archive.build()
    folder = archive.output / "data"
    assert json.loads((folder / "briefings.json").read_text("utf-8")) == []
    assert json.loads((folder / "briefings.geojson").read_text("utf-8"))["features"] == []
    assert pandas.read_csv(folder / "briefings.csv").empty
    assert (folder / "briefings.jsonl").read_bytes() == b""
    assert ElementTree.fromstring((folder / "network.graphml").read_text("utf-8")) is not None


def test_the_page_of_the_data_leads_to_every_file(rich: Archive) -> None:
    page = rich.page("/data/")
    linked = {link for _, link in sites.links(page)}
    for path in rich.files():
        if path.startswith("data/") and not path.endswith(".html"):
            assert f"../{path}" in linked, path
    assert "CC BY 4.0" in sites.main_of(page)


def test_names_in_the_meaning_of_a_field_are_code_on_the_pages_of_data_and_of_the_codebook(rich: Archive) -> None:
    for address in ("/data/", "/codebook/"):
        page = rich.page(address)
        cells = [cell for row in sites.tree(page).iter("tr") for cell in row.findall("td")]
        assert "`" not in sites.main_of(page), address
        assert any(cell.find("code") is not None for cell in cells), address
    assert "<td><code>provisional</code> or <code>confirmed</code>; empty where nobody said.</td>" in rich.page(
        "/data/"
    )


def test_a_theme_without_a_page_for_data_has_no_data(archive: Archive) -> None:
    archive.template("alone/theme.toml", 'name = "alone"\n')
    for name in ("home", "briefing", "period", "index", "404"):
        archive.template(f"alone/templates/{name}.html", "{{ page.title }}")
    archive.write("briefings/one.md")
    archive.build("--theme", "alone")
    assert not (archive.output / "data").exists()
