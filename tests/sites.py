"""What tests of whole sites share: larger archives, and finished files as a reader's programs see them."""

from __future__ import annotations

import base64
import fcntl
import functools
import hashlib
import http.server
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
from conftest import REPOSITORY, Archive

# One red pixel.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8Dwn4EIAAAAAP//AwAI/AL+GNRBNgAAAABJRU5ErkJggg=="
)


def archive_at(root: Path, config: str = 'base_url = "https://archive.example/"\n') -> Archive:
    """An empty archive in a new folder."""
    (root / "content").mkdir(parents=True)
    made = Archive(root)
    made.config(config)
    return made


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder that `make` fills, made once for all the processes that run tests. Nobody may change it."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (base / f"{name}.done").exists():
            make(base / name)
            (base / f"{name}.done").touch()
    return base / name


def shared_rich_archive(factory: pytest.TempPathFactory) -> Archive:
    """The rich archive with its site, made once for all the processes that run tests. Nobody may change it."""
    return Archive(once(factory, "rich", lambda root: rich_archive(root).build()))


def copy_of(archive: Archive, root: Path) -> Archive:
    """The same content, themes and settings in another folder, with nothing built."""
    shutil.copytree(archive.root, root, ignore=shutil.ignore_patterns(".sitrep", "output*"))
    return Archive(root)


def days(count: int, first: date = date(2019, 1, 1), step: int = 1) -> list[str]:
    """`count` days, `step` apart."""
    return [(first + timedelta(days=number * step)).isoformat() for number in range(count)]


def series(archive: Archive, dates: list[str], name: str = "event", **front_matter: Any) -> None:
    """A briefing for each date, all with the same front matter."""
    for number, day in enumerate(dates):
        archive.write(
            f"briefings/{day[:4]}/{name}-{number:04}.md",
            f"Words of {name} {number}.\n",
            title=f"{name.capitalize()} {number}",
            date=day,
            **front_matter,
        )


def repository_at(root: Path) -> Archive:
    """This repository's own archive, copied."""
    for name in ("content", "themes"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "sitrep.toml", root)
    return Archive(root)


RICH_CONFIG = """\
base_url = "https://archive.example/"
description = "Everything that a briefing can hold."
timezone = "Europe/Belgrade"
licence = "CC BY 4.0"
contact = "editors@archive.example"
"""

RICH_BODY = """\
The first paragraph has *words*, "quotes" -- and a [link to another](second.md#what-is-contested).

## What happened {#what}

| Side | Loss |
| --- | ---: |
| North | 3 |

A note[^one], the same note again[^one], and another[^two].

### In detail

Term
:   What it means.

::: contested What each side says
Both sides say <script>alert(1)</script> something else.
:::

![The bridge](/media/bridge.png "The bridge in 2022 | Ann Example, CC BY 4.0")

## What happened

```
code <b>as it is</b>
```

- [By id](id:second), [the dossier](../dossiers/north-south.md#scope), [about](../pages/about.md),
  [the report](/media/report.pdf), [elsewhere](https://elsewhere.example/page?a=1&b=2#c), [mail](mailto:a@b.example).

[^one]: The first note, with a [link](#what).
[^two]: The second note.
"""


def rich_archive(root: Path, events: int = 230) -> Archive:
    """An archive in which every kind of page, field and list occurs, with a long list of `events`."""
    archive = archive_at(root, RICH_CONFIG)
    archive.records(
        "regions",
        {"name": "Continent", "code": "150"},
        {"name": "Peninsula", "parent": "Continent"},
        {
            "name": "Northland",
            "parent": "Peninsula",
            "code": "XN",
            "aliases": ["Norðland", "Северия"],
            "note": "This name is without prejudice to positions on status.",
            "lat": 42.5,
            "lon": 21,
        },
        {"name": "Southland", "parent": "Peninsula", "code": "XS"},
    )
    archive.records(
        "actors",
        {"name": "Northern Alliance", "kind": "organisation", "aliases": ["NA"], "wikidata": "Q7184"},
        {
            "name": "Stabilisation Force",
            "kind": "mission",
            "member_of": ["Northern Alliance"],
            "description": "Its soldiers.",
            "note": "Under a mandate of 1999.",
        },
        {"name": "Ann Example", "kind": "person", "country": "XN", "names": {"sr": "Ана Пример"}},
    )
    archive.records(
        "sources",
        {
            "name": "State Wire",
            "kind": "state media",
            "hosts": ["wire.example"],
            "state_controlled": True,
            "reliability": "D",
            "reason": "Owned by the state.",
            "reviewed": "2023-05",
            "url": "https://wire.example/",
            "owner": "The state",
        },
        {"name": "Daily", "kind": "newspaper", "country": "XS"},
    )
    archive.records(
        "tags",
        {"name": "C++", "slug": "c-plus-plus", "description": "A language."},
        {"name": "protest", "note": "Any size."},
    )
    archive.write(
        "dossiers/north-south.md",
        "## Scope\n\nWhat belongs here.\n\n## Background\n\nBefore.\n\n## Scope\n\nAgain.\n",
        title="North and South",
        region=["Northland", "Southland"],
        actors=["NA", "Stabilisation Force"],
        status="active",
        as_of="2022-09-01",
        start="1999-06",
        key_dates=[{"date": "1999-06-10", "text": "The mandate begins."}],
        trend="stable",
        trend_reason="Nothing has moved.",
        outlook="It may go on.",
        aliases=["/old/north/"],
    )
    archive.write("dossiers/empty.md", "Nothing yet.\n", title="An empty dossier", status="frozen")
    archive.write("pages/index.md", "Words at the head of *home*, to [about](about.md).\n", title="Home")
    archive.write("pages/about.md", "## Who\n\nWe.\n\n## What\n\nThis.\n\n## Why\n\nSo.\n", title="About")
    archive.write("pages/help/reading.md", "How to read.\n", title="How to read", aliases=["/faq.html"])
    archive.write_bytes("media/bridge.png", PNG)
    archive.write_bytes("media/report.pdf", b"%PDF-1.4 a report")
    archive.write(
        "briefings/first.md",
        RICH_BODY,
        id="first",
        title='The first & "foremost" <briefing>',
        date="2022-08-17T14:09+02:00",
        published="2022-08-18",
        updated="2022-09-02T10:00",
        region=["Северия", "Southland"],
        actors=["na", "Stabilisation Force", "Ann Example", "Unknown Group"],
        tags=["C++", "protest", "Æther"],
        dossier="north-south",
        summary="A standfirst with <angles> & ampersands.",
        event_type="Explosions/Remote violence",
        location=[
            {"name": "Bridgetown", "lat": 42.9, "lon": 20.8},
            {"name": "The north", "lat": 42.5, "lon": 21, "precision": "area"},
        ],
        figures=[
            {"what": "injured", "value": 1250, "says": "The hospital", "on": "2022-08-17"},
            {"what": "detained", "low": 3, "high": 5, "says": "The police"},
            {"what": "displaced", "low": 100, "says": "The Red Cross"},
        ],
        status="provisional",
        trend="escalating",
        trend_reason="There was fire.",
        confidence="moderate",
        author=["Ann Author", "Ben Author"],
        sources=[
            {"name": "State Wire", "title": "A report", "url": "https://wire.example/1?x=1&y=2", "credibility": 6},
            {
                "url": "https://www.wire.example/2",
                "reliability": "C",
                "published": "2022-08-17",
                "accessed": "2022-08-18",
            },
            {"name": "Gazette", "archived_url": "https://web.archive.org/x"},
        ],
        capture={"sha256": "0" * 63 + "a", "converted": "2022-08-18 by hand"},
        corrections=[
            {"date": "2022-08-20", "note": "The number of injured.", "kind": "factual"},
            {"date": "2022-09-02", "note": "A name."},
        ],
        image={"src": "/media/bridge.png", "alt": "A bridge", "caption": "From the north", "credit": "Ann Example"},
        attachments=[{"file": "/media/report.pdf", "title": "The report", "licence": "CC0"}],
        inferred={"event_type": 0.8},
        aliases=["/2022/08/17/an-old-name/", "/old.html"],
        mood="grim",
    )
    archive.write(
        "briefings/second.md",
        "## What is contested\n\nMuch.\n",
        title="The second",
        date="2022-08-19",
        region="Northland",
        dossier=["north-south", "empty"],
        trend="de-escalating",
        trend_reason="They talked.",
        status="confirmed",
        warning="Describes violence.",
        sources=[{"name": "Daily"}],
    )
    archive.write("briefings/month.md", title="Some time in November", date="2020-11", region="Northland")
    archive.write("briefings/year.md", title="Some time in the year", date="2020", region="Northland", tags=["æther"])
    archive.write(
        "briefings/range.md",
        title="Over the new year",
        date="2021-12-30/2022-01-02",
        actors=["NA"],
        published="2021-12-29",
    )
    archive.write(
        "briefings/arabic.md",
        "نص\n",
        title="عنوان",
        date="2022-08-20",
        lang="ar",
        summary="ملخص",
        tags=["احتجاج"],
        slug="arabic",
    )
    archive.write(
        "briefings/withdrawn.md",
        "Withdrawn words.\n",
        title="What we got wrong",
        date="2022-08-21",
        region="Northland",
        dossier="north-south",
        withdrawn={"date": "2022-10-01", "reason": "It never happened.", "replaced_by": "second"},
    )
    archive.write("briefings/draft.md", title="A draft", date="2022-08-22", draft=True)
    series(
        archive, days(events), region="Southland", actors=["Stabilisation Force"], tags=["daily"], dossier="north-south"
    )
    return archive


# Finished files


def tree(text: str) -> ElementTree.Element:
    """A page as HTML's own algorithm reads it. Raises on anything that HTML calls a parse error."""
    return html5lib.HTMLParser(
        html5lib.treebuilders.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False
    ).parse(text)


def words(element: ElementTree.Element | None) -> str:
    """The text of an element, with single spaces."""
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def main_of(text: str) -> str:
    """What stands in the main part of a page, as text."""
    return words(tree(text).find(".//main"))


def links(text: str) -> list[tuple[str, str]]:
    """The links in the main part of a page: their words and where they lead."""
    main = tree(text).find(".//main")
    assert main is not None
    return [(words(link), link.get("href", "")) for link in main.iter("a")]


def titles(text: str) -> list[str]:
    """The titles of the cards on a page, in order."""
    return [words(card.find(".//h3")) for card in tree(text).iter("article") if card.find("h3") is not None]


def snapshot(folder: Path) -> dict[str, tuple[str, int, int]]:
    """Every file below a folder: its SHA-256, when it was written, and which file it is."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            status = path.stat()
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            found[path.relative_to(folder).as_posix()] = (digest, status.st_mtime_ns, status.st_ino)
    return found


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """The paths that came, went or changed."""
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


# Processes


def start(
    archive: Archive,
    *arguments: str,
    env: dict[str, str] | None = None,
    before: Callable[[], object] = lambda: None,
    **options: Any,
) -> subprocess.Popen[str]:
    """Starts `sitrep ARGUMENTS` in the archive, and doesn't wait. `before` is called in the new process."""

    def prepare() -> None:
        # A job in the background of a shell ignores Ctrl-C, and so would everything that it starts.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        before()

    return subprocess.Popen(
        [sys.executable, "-m", "builder", *arguments],
        cwd=archive.root,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1", **archive.env, **(env or {})},
        text=True,
        preexec_fn=prepare,
        **options,
    )


def eventually(holds: Callable[[], Any], seconds: float = 20) -> Any:
    """What `holds` returns as soon as that is true; fails after `seconds`."""
    end = time.monotonic() + seconds
    while True:
        if found := holds():
            return found
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def stop(process: subprocess.Popen[str], with_signal: signal.Signals = signal.SIGTERM) -> int:
    """Asks a process to end, and returns its exit status."""
    if process.poll() is None:
        process.send_signal(with_signal)
    try:
        return process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise


_REFERENCE = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s*["']([^"']+)["']""")


def css_references(text: str) -> Iterator[str]:
    """What a stylesheet asks for."""
    for match in _REFERENCE.finditer(text):
        yield match[1] or match[2]


def modules(archive: Archive, *arguments: str) -> set[str]:
    """The modules that a command has imported at its end."""
    script = (
        "import sys\n"
        f"sys.argv = ['sitrep', *{arguments!r}]\n"
        "from builder.cli import run\n"
        "status = run()\n"
        "sys.stderr.write(' '.join(sys.modules))\n"
        "sys.exit(status)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=archive.root,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())


class QuietHost(http.server.SimpleHTTPRequestHandler):
    """A static host that writes no log."""

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def hosted(folder: Path, host: type[QuietHost] = QuietHost) -> Iterator[str]:
    """The address, with `/` at its end, at which a web server on this machine serves a folder."""
    handler = functools.partial(host, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
