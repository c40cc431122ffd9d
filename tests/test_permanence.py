"""What was public answers for ever: `published.json`, `sitrep check` and `sitrep deploy`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sites
from conftest import Archive

from builder.check.marking import with_aliases
from builder.model.common import Body, Document
from builder.published import Published, read

HERE = {"CI": ""}
IN_CI = {"CI": "true"}


@pytest.fixture
def public(archive: Archive) -> Archive:
    """An archive whose first briefing, dossier, page and record are public."""
    archive.records("actors", {"id": "kfor", "name": "KFOR"})
    archive.write("pages/about.md", "Who we are.\n", title="About")
    archive.write("dossiers/north.md", "A conflict.\n", title="North", status="active")
    archive.write("briefings/talks.md", "They talked.\n", title="Talks", actors=["KFOR"], dossier="north")
    ran = archive.run("check", "--fix", env=HERE)
    assert ran.status == 0, ran.err
    return archive


def on_record(archive: Archive) -> Published:
    return read((archive.root / "published.json").read_text("utf-8"))


def test_without_the_file_nothing_is_public_and_the_report_says_so(archive: Archive) -> None:
    archive.write("briefings/talks.md")
    ran = archive.run("check", env=HERE)
    assert ran.status == 0
    assert "Nothing is public yet" in ran.out
    assert not (archive.root / "published.json").exists()


def test_fix_records_what_is_public_and_when_it_became_so(public: Archive) -> None:
    found = on_record(public)
    assert [(b.id, b.lang, b.address) for b in found.briefings] == [("talks", "en", "/2022/08/17/talks/")]
    assert {place.address for place in found.places} == {"/about/", "/actors/kfor/", "/dossiers/north/"}
    assert len(found.editions) == 1
    text = (public.root / "content/briefings/talks.md").read_text("utf-8")
    assert re.search(r"^published: \d{4}-\d\d-\d\dT\d\d:\d\d\+00:00$", text, re.MULTILINE)
    before = (public.root / "published.json").read_bytes()
    again = public.run("check", "--fix", env=HERE)
    assert again.status == 0, again.err
    assert (public.root / "published.json").read_bytes() == before
    assert (public.root / "content/briefings/talks.md").read_text("utf-8") == text


def test_drafts_and_what_says_when_it_was_published_stay_as_they_are(archive: Archive) -> None:
    draft = archive.write("briefings/draft.md", draft=True)
    dated = archive.write("briefings/dated.md", id="dated", published="2022-09-01")
    before = dated.read_bytes()
    assert archive.run("check", "--fix", env=HERE).status == 0
    assert "published" not in draft.read_text("utf-8")
    assert dated.read_bytes() == before
    assert [b.id for b in on_record(archive).briefings] == ["dated"]


def test_what_is_gone_is_an_error_that_names_its_address(public: Archive) -> None:
    for path in ("briefings/talks.md", "dossiers/north.md", "pages/about.md", "actors.yaml"):
        (public.root / "content" / path).unlink()
    ran = public.run("check", env=HERE)
    assert ran.status == 1
    assert sorted(re.findall(r"published\.json: error: (/\S+) was public", "\n".join(ran.errors))) == [
        "/2022/08/17/talks/", "/about/", "/actors/kfor/", "/dossiers/north/",
    ]  # fmt: skip


def test_a_public_briefing_that_is_a_draft_again_is_an_error(public: Archive) -> None:
    path = public.root / "content/briefings/talks.md"
    path.write_text(path.read_text("utf-8").replace("title:", "draft: true\ntitle:", 1), "utf-8")
    assert ["/2022/08/17/talks/ was public" in error for error in public.run("check", env=HERE).errors] == [True]


def test_a_withdrawal_and_a_redirect_are_no_loss(public: Archive) -> None:
    path = public.root / "content/briefings/talks.md"
    text = path.read_text("utf-8").replace("title:", "withdrawn: {date: 2022-09-01, reason: Wrong.}\ntitle:", 1)
    path.write_text(text, "utf-8")
    (public.root / "content/pages/about.md").unlink()
    public.write("pages/team.md", "Others.\n", title="Team", aliases=["/about/"])
    ran = public.run("check", env=HERE)
    assert ran.status == 0, ran.err


def test_fix_writes_the_old_address_of_what_moved_into_its_aliases(public: Archive) -> None:
    path = public.root / "content/briefings/talks.md"
    path.write_text(path.read_text("utf-8").replace("date: 2022-08-17\n", "date: 2022-08-18\n"), "utf-8")
    ran = public.run("check", env=HERE)
    assert ran.status == 1
    assert "--fix" in ran.errors[0] and "content/briefings/talks.md:" in ran.errors[0]
    fixed = public.run("check", "--fix", env=HERE)
    assert fixed.status == 0, fixed.err
    assert on_record(public).briefings[0].was == ("/2022/08/17/talks/",)
    public.build()
    assert "/2022/08/18/talks/" in public.page("/2022/08/17/talks/")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "aliases: [/a/, /b/]\n"),
        ("aliases: []\n", "aliases: [/a/, /b/]\n"),
        ("aliases: [/old/] # kept\n", "aliases: [/old/, /a/, /b/] # kept\n"),
        ("aliases: /old/  # kept\r\n", "aliases: [/old/, /a/, /b/]  # kept\r\n"),
        ("aliases:\n  - /old/\n", "aliases:\n  - /a/\n  - /b/\n  - /old/\n"),
        ("aliases:\n- /old/\n", "aliases:\n- /a/\n- /b/\n- /old/\n"),
    ],
)
def test_old_addresses_are_added_in_whatever_form_the_aliases_are_written(before: str, after: str) -> None:
    text = f"---\nslug: talks\n{before}title: Talks\n---\n"
    numbers = {"slug": 2, "title": 3 + before.count("\n")} | ({"aliases": 3} if before else {})
    lines = text.encode().splitlines(keepends=True)
    document = Document("a.md", None, Body(""), "", numbers, {})
    assert with_aliases(lines, document, ["/a/", "/b/"])
    assert b"".join(lines).decode() == text.replace(f"talks\n{before}", f"talks\n{after}")


def test_a_renamed_page_and_dossier_get_their_old_addresses_by_fix(public: Archive) -> None:
    for old, new in (("pages/about.md", "pages/team.md"), ("dossiers/north.md", "dossiers/south.md")):
        (public.root / "content" / old).rename(public.root / "content" / new)
    path = public.root / "content/briefings/talks.md"
    path.write_text(path.read_text("utf-8").replace("dossier: north", "dossier: south"), "utf-8")
    assert public.run("check", env=HERE).status == 1
    fixed = public.run("check", "--fix", env=HERE)
    assert fixed.status == 0, fixed.err
    public.build()
    assert "/team/" in public.page("/about/") and "/dossiers/south/" in public.page("/dossiers/north/")


def test_words_that_change_in_silence_are_a_warning_that_can_be_turned_off(public: Archive) -> None:
    path = public.root / "content/briefings/talks.md"
    text = path.read_text("utf-8").replace("They talked.", "They did not talk.")
    path.write_text(text, "utf-8")
    ran = public.run("check", env=HERE)
    assert ran.status == 0
    assert [fault for fault in ran.faults if "its words changed" in fault]
    path.write_text(text.replace("title:", "updated: 2099-09-01\ntitle:", 1), "utf-8")
    assert [fault for fault in public.run("check", env=HERE).faults if "its words changed" in fault] == []
    path.write_text(text, "utf-8")
    public.config('[check]\noff = ["untold-change"]\n')
    assert [fault for fault in public.run("check", env=HERE).faults if "its words changed" in fault] == []


def test_in_ci_nothing_is_written_and_what_is_missing_is_told(public: Archive) -> None:
    new = public.write("briefings/second.md", id="second")
    before = (public.root / "published.json").read_bytes(), new.read_bytes()
    ran = public.run("check", "--fix", env=IN_CI)
    assert ran.status == 0
    assert [fault for fault in ran.faults if "published.json: warning: lacks 1 public briefing" in fault]
    assert ((public.root / "published.json").read_bytes(), new.read_bytes()) == before
    assert public.run("check", "--strict", env=IN_CI).status == 1


@pytest.mark.parametrize("text", ["", "<<<<<<< ours\n", '{"briefings": [{"id": 1}]}'])
def test_a_damaged_record_is_an_error_and_stays_as_it_is(public: Archive, text: str) -> None:
    (public.root / "published.json").write_text(text)
    ran = public.run("check", "--fix", env=HERE)
    assert ran.status == 1
    assert ran.errors[0].startswith("published.json: error: is damaged")
    assert (public.root / "published.json").read_text() == text


# sitrep deploy


@pytest.fixture
def hosted(public: Archive, tmp_path: Path) -> Archive:
    public.config(
        'base_url = "https://archive.example/"\n[output]\nhosts = ["github", "netlify"]\n'
        '[deploy.host]\ntype = "folder"\npath = "../host"\n'
    )
    return public


def test_deploy_records_builds_and_sends(hosted: Archive, tmp_path: Path) -> None:
    new = hosted.write("briefings/second.md", id="second")
    ran = hosted.run("deploy", env=HERE)
    assert ran.status == 0, ran.err
    assert "published: " in new.read_text("utf-8")
    assert [b.id for b in on_record(hosted).briefings] == ["second", "talks"]
    assert len(on_record(hosted).editions) == 2
    site = {path: data for path, data in hosted.files().items() if path != ".sitrep-build.json"}
    there = {p.relative_to(tmp_path / "host").as_posix(): p.read_bytes() for p in (tmp_path / "host").rglob("*.*")}
    assert {path for path in there if (tmp_path / "host" / path).is_file()} >= {"index.html", "manifest.json"}
    assert all((tmp_path / "host" / path).read_bytes() == data for path, data in site.items())
    again = hosted.run("deploy", "--json", env=HERE)
    assert (again.report["counts"]["uploads"], again.report["counts"]["deletions"]) == (0, 0)


@pytest.mark.parametrize("sent", [1, 100, 400])
def test_a_deploy_that_was_killed_is_made_good_by_the_next_and_keeps_nothing_that_was_withdrawn(
    hosted: Archive, tmp_path: Path, sent: int
) -> None:
    sites.series(hosted, sites.days(150))
    facts = {"id": "secret", "title": "Secret", "date": "2022-08-17"}
    hosted.write("briefings/secret.md", "Words that a life hangs on.\n", **facts)
    there = tmp_path / "host"
    process = sites.start(hosted, "deploy", env=HERE, stdout=-3, stderr=-3)
    sites.eventually(lambda: len(files_in(there)) >= sent or process.poll() is not None, seconds=60)
    process.kill()
    process.wait()
    (there / "of-others.html").write_text("theirs")
    withdrawal = {"date": "2022-09-01", "reason": "It named a witness."}
    hosted.write("briefings/secret.md", "Words that a life hangs on.\n", withdrawn=withdrawal, **facts)
    ran = hosted.run("deploy", "--json", env=HERE)
    assert ran.status == 0, ran.report
    built = {path: data for path, data in hosted.files().items() if path != ".sitrep-build.json"}
    assert {path: (there / path).read_bytes() for path in files_in(there) - {"of-others.html"}} == built
    assert not [path for path, data in built.items() if b"life hangs on" in data]


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_what_others_altered_at_the_target_is_sent_again_if_it_is_looked_for(hosted: Archive, tmp_path: Path) -> None:
    purge = hosted.run("deploy", "--json", env=HERE).report["purge"]
    assert "https://archive.example/feed.xml" in purge
    assert not [address for address in purge if address.endswith(("_headers", ".nojekyll", "404.html"))]
    right = (tmp_path / "host/feed.xml").read_bytes()
    (tmp_path / "host/feed.xml").write_bytes(b"altered")
    assert hosted.run("deploy", "--json", env=HERE).report["uploads"] == []
    assert hosted.run("deploy", "--verify", "--dry-run", "--json", env=HERE).report["uploads"] == ["feed.xml"]
    assert hosted.run("deploy", "--verify", "--json", env=HERE).report["uploads"] == ["feed.xml"]
    assert (tmp_path / "host/feed.xml").read_bytes() == right


def test_a_deploy_onto_the_site_of_another_archive_is_refused(hosted: Archive, tmp_path: Path) -> None:
    assert hosted.run("deploy", env=HERE).status == 0
    other = sites.archive_at(
        tmp_path / "other",
        'base_url = "https://other.example/"\n[deploy.host]\ntype = "folder"\npath = "../host"\n',
    )
    other.write("briefings/else.md")
    before = sites.contents(tmp_path / "host")
    ran = other.run("deploy", env=HERE)
    assert ran.status == 1
    assert "the site of another archive (https://archive.example, briefings: 1); name another target" in ran.err
    assert sites.contents(tmp_path / "host") == before
    # An archive that moves is still itself.
    hosted.config(
        (hosted.root / "sitrep.toml").read_text().partition("\n")[2].replace("archive.example", "new.example")
    )
    assert hosted.run("deploy", env=HERE).status == 0


def test_a_dry_run_tells_uploads_and_deletions_apart_and_sends_nothing(hosted: Archive, tmp_path: Path) -> None:
    hosted.run("deploy", env=HERE)
    hosted.write("briefings/second.md", id="second", tags=["new"])
    (hosted.root / "content/actors.yaml").unlink()
    (hosted.root / "published.json").unlink()  # else the record that went is a loss
    before = {p: p.read_bytes() for p in (tmp_path / "host").rglob("*") if p.is_file()}
    ran = hosted.run("deploy", "host", "--dry-run", "--json", env=HERE)
    assert ran.status == 0, ran.err
    assert "2022/08/17/second/index.html" in ran.report["uploads"]
    assert "https://archive.example/2022/08/17/second/" in ran.report["purge"]
    assert {p: p.read_bytes() for p in (tmp_path / "host").rglob("*") if p.is_file()} == before
    assert not (hosted.root / "published.json").exists()
    assert "published" not in (hosted.root / "content/briefings/second.md").read_text("utf-8")
    shown = hosted.run("deploy", "--dry-run", env=HERE).out
    hosted.config('[deploy.new]\ntype = "folder"\npath = "../new"\n')
    assert hosted.run("deploy", "--dry-run", env=HERE).status == 0
    assert not (tmp_path / "new").exists()
    assert "Would be sent to host" in shown and "  + index.html" in shown and "Would be deleted there" in shown


def test_deploy_sends_no_draft_and_refuses_to_lose_an_address(hosted: Archive, tmp_path: Path) -> None:
    hosted.write("briefings/draft.md", draft=True)
    assert hosted.run("deploy", env=HERE).status == 0
    assert not (tmp_path / "host/2022/08/17/draft").exists()
    (hosted.root / "content/briefings/talks.md").unlink()
    ran = hosted.run("deploy", env=HERE)
    assert ran.status == 1 and "/2022/08/17/talks/ was public" in ran.err
    assert (tmp_path / "host/2022/08/17/talks/index.html").exists()


def test_a_target_that_holds_strangers_files_is_refused_until_it_is_adopted(hosted: Archive, tmp_path: Path) -> None:
    (tmp_path / "host").mkdir()
    (tmp_path / "host/theirs.txt").write_text("theirs")
    ran = hosted.run("deploy", env=HERE)
    assert ran.status == 1 and "--adopt" in ran.err
    assert [path.name for path in (tmp_path / "host").iterdir()] == ["theirs.txt"]
    assert hosted.run("deploy", "--adopt", env=HERE).status == 0
    assert (tmp_path / "host/theirs.txt").read_text() == "theirs"


def test_the_command_line_is_at_fault_where_it_names_no_target(hosted: Archive) -> None:
    ran = hosted.run("deploy", "hots", env=HERE)
    assert ran.status == 2 and 'did you mean "host"?' in ran.err
    hosted.config("")
    ran = hosted.run("deploy", env=HERE)
    assert ran.status == 2 and "[deploy.NAME]" in ran.err


@pytest.mark.parametrize("path", ["output", "output/inside", ".", "content/site", ".."])
def test_a_folder_of_the_archive_itself_is_no_target(archive: Archive, path: str) -> None:
    archive.config(f'[deploy.host]\ntype = "folder"\npath = "{path}"\n')
    archive.write("briefings/talks.md")
    ran = archive.run("deploy", env=HERE)
    assert ran.status == 1 and "deploy.host" in ran.err
