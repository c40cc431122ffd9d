"""References: links, anchors and files lead where they say, or are an error in their line."""

from __future__ import annotations

import pytest

PNG = b"\x89PNG"


def _resolved(archive, path, **options):
    """Where each reference of a document's body leads, and the faults of the archive."""
    prepared = archive.prepared(**options)
    return prepared.archive.references.bodies.get(f"content/{path}", ()), prepared.faults


def _shown(faults):
    return [(fault.path.removeprefix("content/"), fault.line, fault.severity, fault.code) for fault in faults]


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        ("b.md", "/2022/08/18/b/"),
        ("./b.md", "/2022/08/18/b/"),
        ("../2022/b.md", "/2022/08/18/b/"),
        ("/briefings/2022/b.md", "/2022/08/18/b/"),
        ("b.md#what-is-known", "/2022/08/18/b/#what-is-known"),
        ("id:the-b", "/2022/08/18/b/"),
        ("id:the-b#what-is-known", "/2022/08/18/b/#what-is-known"),
        ("#here", "#here"),
        ("a.md", "/2022/08/17/a/"),
        ("../../dossiers/kosovo.md", "/dossiers/kosovo/"),
        ("../../pages/about.md", "/about/"),
        ("../../pages/index.md", "/"),
        ("с%20пробелом.md", "/2022/08/19/s-probelom/"),
        ("<с пробелом.md>", "/2022/08/19/s-probelom/"),
        ("/media/report.pdf", "content/media/report.pdf"),
        ("../../media/report.pdf", "content/media/report.pdf"),
        ("/media/Report%20%231.pdf", "content/media/Report #1.pdf"),
    ],
)
def test_a_link_leads_where_an_editor_or_a_code_host_would_follow_it(archive, link, leads_to):
    archive.write("briefings/2022/a.md", f"# Here\n\n[words]({link})\n")
    archive.write("briefings/2022/b.md", "# What is known\n", id="the-b", date="2022-08-18")
    archive.write("briefings/2022/с пробелом.md", date="2022-08-19")
    archive.write("dossiers/kosovo.md")
    archive.write("pages/about.md")
    archive.write("pages/index.md")
    archive.write_bytes("media/report.pdf", b"%PDF")
    archive.write_bytes("media/Report #1.pdf", b"%PDF")

    found, faults = _resolved(archive, "briefings/2022/a.md")

    assert not faults
    assert found == (leads_to,)


def test_a_link_follows_a_briefing_whose_date_or_slug_is_mended(archive):
    archive.write("briefings/a.md", "[b](b.md) [b](id:b)")
    archive.write("briefings/b.md", date="2022-08")
    before, _ = _resolved(archive, "briefings/a.md")
    archive.write("briefings/b.md", date="2023-01-02", slug="other")

    after, faults = _resolved(archive, "briefings/a.md")

    assert not faults
    assert before == ("/2022/08/b/",) * 2
    assert after == ("/2023/01/02/other/",) * 2


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("gone.md", '"gone.md"'),
        ("kfro.md", '"kfor.md"'),
        ("../kfor.md", "leads nowhere"),
        ("kfor", "leads nowhere"),
        ("id:gone", '"gone"'),
        ("id:kfro", '"kfor"'),
        ("kfor.md#stans", '"stands"'),
        ("id:kfor#gone", "#gone"),
        ("#gone", "#gone"),
        ("/2022/08/17/kfor/", "leads nowhere"),
        ("/etc/passwd", "leads nowhere"),
        ("../../../../../../etc/passwd", "leads nowhere"),
        ("../../sitrep.toml", "leads nowhere"),
        ("../actors.yaml", "leads nowhere"),
        ("/captures/article.html", "capture"),
        ("draft.md", "draft"),
        ("id:draft", "draft"),
        ("/media/gone.pdf", "gone.pdf"),
        ("/media/page.html", "could run"),
        ("/media/drawing.SVG", "could run"),
    ],
)
def test_a_link_that_leads_nowhere_is_one_error_in_its_line(archive, link, says):
    archive.write("briefings/a.md", f"Words\nand [more]({link})\n")
    archive.write("briefings/kfor.md", "# Stands\n")
    archive.write("briefings/draft.md", draft=True)
    archive.write_text("actors.yaml", "[]")
    for path in ("captures/article.html", "media/page.html", "media/drawing.SVG"):
        archive.write_text(path, "<p>")

    _, faults = _resolved(archive, "briefings/a.md")

    assert _shown(faults) == [("briefings/a.md", 7, "error", "broken-link")]
    assert says in faults[0].message


@pytest.mark.parametrize(
    ("picture", "says"),
    [
        ("/media/gone.png", "gone.png"),
        ("/media/bridg.png", "bridge.png"),
        ("bridge.png", "content/media/"),
        ("/captures/shot.png", "content/media/"),
        ("/media/report.pdf", "no picture"),
        ("/media/drawing.svg", "no picture"),
        ("../../sitrep.toml", "content/media/"),
        ("/media/../captures/shot.png", "content/media/"),
        ("/media", "content/media/"),
        ("/media/", "content/media/"),
    ],
)
def test_a_picture_that_is_not_there_or_none_is_one_error_in_its_line(archive, picture, says):
    archive.write("briefings/a.md", f"Words\n\n![what is seen]({picture})\n")
    for path in ("media/bridge.png", "media/report.pdf", "media/drawing.svg", "captures/shot.png"):
        archive.write_bytes(path, PNG)

    _, faults = _resolved(archive, "briefings/a.md")

    assert _shown(faults) == [("briefings/a.md", 8, "error", "bad-picture")]
    assert says in faults[0].message


@pytest.mark.parametrize("picture", ["/media/bridge.png", "../media/bridge.png", "/media/./x/../bridge.png"])
def test_a_picture_is_named_from_the_file_or_from_content(archive, picture):
    archive.write("briefings/a.md", f"![what is seen]({picture})\n", image={"src": picture, "alt": "a bridge"})
    archive.write_bytes("media/bridge.png", PNG)

    found, faults = _resolved(archive, "briefings/a.md")

    assert not faults
    assert found == ("content/media/bridge.png",)
    assert archive.prepared().archive.references.files["content/briefings/a.md"] == {
        "image": "content/media/bridge.png"
    }


def test_files_that_front_matter_names_are_looked_for(archive):
    archive.write_text(
        "briefings/a.md",
        "---\ntitle: A\ndate: 2022\nimage:\n  src: /media/gone.png\n  alt: a bridge\n"
        "attachments:\n- title: One\n  file: /media/report.pdf\n- title: Two\n  file: /media/page.html\n---\n",
    )
    archive.write_bytes("media/report.pdf", b"%PDF")
    archive.write_text("media/page.html", "<script>")

    prepared = archive.prepared()

    assert [(f.line, f.field, f.severity) for f in prepared.faults] == [
        (5, "image.src", "error"), (11, "attachments.file", "error"),
    ]  # fmt: skip
    assert prepared.archive.references.files["content/briefings/a.md"] == {"attachments.0": "content/media/report.pdf"}


def test_a_link_from_a_draft_to_a_draft_waits_with_it(archive):
    archive.write("briefings/a.md", "[b](b.md)", draft=True)
    archive.write("briefings/b.md", draft=True)

    assert not archive.prepared().faults
    assert not archive.prepared(drafts=True).faults


def test_links_are_checked_in_dossiers_and_prose_too(archive):
    archive.write("dossiers/d.md", "[x](gone.md)")
    archive.write("pages/p.md", "\n[x](#gone)")

    assert _shown(archive.prepared().faults) == [
        ("dossiers/d.md", 5, "error", "broken-link"),
        ("pages/p.md", 6, "error", "broken-link"),
    ]


@pytest.mark.parametrize("address", ["/tags/peace/", "/regions/", "/dossiers/", "/"])
def test_a_page_of_the_site_may_be_linked_to_by_its_address(archive, address):
    archive.write("briefings/a.md", f"[x]({address})", tags=["peace"])

    found, faults = _resolved(archive, "briefings/a.md")

    assert not faults
    assert found == (address,)


@pytest.mark.parametrize("anchor", ["what-each-side-says", "mine", "fn1"])
def test_every_id_of_a_body_can_be_linked_to(archive, anchor):
    archive.write("briefings/a.md", f"[x](b.md#{anchor})")
    archive.write("briefings/b.md", "# What each side says\n\n{#mine}\nWords[^1].\n\n[^1]: A note.\n")

    found, faults = _resolved(archive, "briefings/a.md")

    assert not faults
    assert found == (f"/2022/08/17/b/#{anchor}",)


def test_what_cannot_be_read_is_told_once_and_not_by_every_link_to_it(archive):
    archive.write(
        "briefings/a.md", "[b](b.md) [b](id:b) [c](c.md) [c](id:c) [d](---.md) [e](../dossiers/e.md) [f](../pages/f.md)"
    )
    archive.write_text("briefings/b.md", "---\ntitle: [\n---\n")
    archive.write("briefings/c.md", date="2022-02-30")
    archive.write("briefings/---.md")
    archive.write_text("dossiers/e.md", "no front matter")
    archive.write("pages/f.md", title=[])

    faults = archive.prepared().faults

    assert sorted(fault.path for fault in faults) == [
        "content/briefings/---.md",
        "content/briefings/b.md",
        "content/briefings/c.md",
        "content/dossiers/e.md",
        "content/pages/f.md",
    ]


def test_the_id_that_an_unreadable_briefing_states_is_not_said_to_be_missing(archive):
    archive.write(
        "briefings/a.md", "[c](id:the-c)", withdrawn={"date": "2022-08-18", "reason": "x", "replaced_by": "the-c"}
    )
    archive.write("briefings/c.md", id="the-c", date="2022-02-30")

    assert [fault.path for fault in archive.prepared().faults] == ["content/briefings/c.md"]


def test_a_withdrawn_briefing_names_one_that_is_there(archive):
    archive.write_text(
        "briefings/a.md",
        "---\ntitle: A\ndate: 2022\nwithdrawn:\n  date: 2022-08-18\n  reason: wrong\n  replaced_by: kfro\n---\n",
    )
    archive.write("briefings/kfor.md")

    (fault,) = archive.prepared().faults

    assert (fault.line, fault.severity, fault.field) == (7, "error", "withdrawn.replaced_by")
    assert '"kfor"' in fault.message


def test_every_broken_link_of_a_body_is_told(archive):
    archive.write("briefings/a.md", "[one](1.md)\n[two](2.md)\n\n![three](/media/3.png)\n")

    assert _shown(archive.prepared().faults) == [
        ("briefings/a.md", 6, "error", "broken-link"),
        ("briefings/a.md", 7, "error", "broken-link"),
        ("briefings/a.md", 9, "error", "bad-picture"),
    ]
