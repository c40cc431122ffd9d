"""Peers: the ways to build a corpus that are compared."""

from __future__ import annotations

from dataclasses import dataclass, field

OUTPUT = "output"  # the folder in a corpus that every peer writes into


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool, the corpus's format, and the arguments with which it builds one, standing in it.

    `keeps` names what a build leaves in the corpus for the next one: without it, the next one is cold again.
    `most` is the size of the largest corpus that it builds in some ten minutes, with the memory of a usual machine.
    """

    tool: str
    format: str
    arguments: tuple[str, ...]
    keeps: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    most: int = 100_000


def _sitrep(tool: str, theme: str) -> Peer:
    return Peer(tool, "sitrep", ("build", "--quiet", "--no-search", "--theme", theme), (".sitrep",))


def _hugo(*settings: str) -> Peer:
    arguments = ("--quiet", "--config", ",".join(settings), "--destination", OUTPUT)
    return Peer("hugo", "hugo", arguments, ("resources", ".hugo_build.lock"))


def _eleventy(pages: str) -> Peer:
    # Node.js gives up at 4 GB otherwise, long before the machine does.
    environment = {"PAGES": pages, "NODE_OPTIONS": "--max-old-space-size=12288"}
    return Peer("eleventy", "eleventy", ("--quiet", f"--output={OUTPUT}"), environment=environment)


def _pelican(settings: str) -> Peer:
    arguments = ("--settings", f"{settings}.py", "--output", OUTPUT, "content")
    return Peer("pelican", "pelican", arguments, ("__pycache__",))


def _nikola(settings: str) -> Peer:
    kept = ("cache", "__pycache__", ".doit.db", ".doit.db.bak", ".doit.db.dat", ".doit.db.dir")
    return Peer("nikola", "nikola", ("build", "--quiet", f"--conf={settings}.py"), kept, most=10_000)


# By themselves the peers make briefings, the lists of terms and their indexes, and home; as `-same` also the pages of
# years, months and days, the feeds and the sitemap, which Sitrep always makes. Templates are bare, but for those of
# `sitrep` and `sitrep-fast`, which is its default theme, and of `pelican-stock`, which is Pelican as it comes.
# docs/benchmarks.md says what a peer can't make.
PEERS = {
    "sitrep": _sitrep("sitrep", "broadsheet"),
    "sitrep-fast": _sitrep("sitrep-fast", "broadsheet"),
    "sitrep-bare": _sitrep("sitrep", "bare"),
    "sitrep-bare-fast": _sitrep("sitrep-fast", "bare"),
    "hugo": _hugo("hugo.toml"),
    "hugo-same": _hugo("hugo.toml", "same.toml"),
    "eleventy": _eleventy("few"),
    "eleventy-same": _eleventy("same"),
    "pelican": _pelican("pelicanconf"),
    "pelican-same": _pelican("same"),
    "pelican-stock": _pelican("stock"),
    "nikola": _nikola("conf"),
    "nikola-same": _nikola("same"),
    "zensical": Peer("zensical", "zensical", ("build",), (".cache",), most=1_000),
}
