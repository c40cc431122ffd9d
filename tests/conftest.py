"""Archives of a few readable lines, and the commands as a user runs them."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from forked import Commands

from builder.config import read_config
from builder.means import open_means
from builder.prepare import Prepared, prepare
from builder.reading.sources import Sources

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPOSITORY = Path(__file__).parents[1]
_BROWSER_ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


@dataclass
class Ran:
    """What a command said and how it ended."""

    status: int
    out: str
    err: str

    @property
    def faults(self) -> list[str]:
        """The lines that are faults."""
        return [line for line in self.err.splitlines() if ": error: " in line or ": warning: " in line]

    @property
    def errors(self) -> list[str]:
        return [line for line in self.faults if ": error: " in line]

    @property
    def report(self) -> dict[str, Any]:
        """The report of a command with `--json`."""
        return json.loads(self.out)


@dataclass
class Archive:
    """An archive in a temporary folder."""

    root: Path
    env: dict[str, str] = field(default_factory=dict)

    @property
    def output(self) -> Path:
        return self.root / "output"

    def config(self, text: str) -> None:
        """Replaces sitrep.toml; the title is there already.

        Nothing is searched and no share picture drawn, unless `text` has a `[search]` or a `[share]`: each takes time.
        """
        off = [f"\n[{table}]\nenabled = false\n" for table in ("search", "share") if f"[{table}]" not in text]
        (self.root / "sitrep.toml").write_text(f'title = "Test archive"\n{text}{"".join(off)}', "utf-8")

    def write(self, path: str, body: str = "Words.\n", **front_matter: Any) -> Path:
        """Writes content/PATH: a Markdown file with this front matter (JSON is YAML) and body.

        A briefing that is given no title or date gets one.
        """
        if path.startswith("briefings/"):
            front_matter = {"title": path.rpartition("/")[2].removesuffix(".md"), "date": "2022-08-17"} | front_matter
        elif path.endswith(".md"):
            front_matter = {"title": path.rpartition("/")[2].removesuffix(".md")} | front_matter
        lines = [f"{name}: {_yaml(value)}" for name, value in front_matter.items()]
        return self.write_text(path, "\n".join(["---", *lines, "---", "", body]))

    def write_text(self, path: str, text: str) -> Path:
        """Writes content/PATH with exactly this text."""
        return self.write_bytes(path, text.encode("utf-8"))

    def write_bytes(self, path: str, data: bytes) -> Path:
        target = self.root / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        return target

    def records(self, kind: str, *records: dict[str, Any]) -> Path:
        """Writes content/KIND.yaml, a record a line."""
        return self.write_text(f"{kind}.yaml", "".join(f"- {json.dumps(r, ensure_ascii=False)}\n" for r in records))

    def template(self, path: str, text: str) -> Path:
        """Writes themes/PATH."""
        target = self.root / "themes" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
        return target

    def run(self, *arguments: str, env: dict[str, str] | None = None) -> Ran:
        """Runs `sitrep ARGUMENTS` in the archive, in a process that needn't wait for Python."""
        own = self.env | (env or {})
        if any(name.startswith("PYTHON") for name in own):  # it means something to Python as it begins
            return self.run_anew(*arguments, env=env)
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), **own}
        return Ran(*next(_turns()).run(self.root, *arguments, env=environment))

    def run_anew(self, *arguments: str, env: dict[str, str] | None = None, timeout: float = 120) -> Ran:
        """Runs `sitrep ARGUMENTS` in the archive, with Python begun for it, as a user does."""
        done = subprocess.run(
            [sys.executable, "-m", "builder", *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), **self.env, **(env or {})},
            capture_output=True,
            text=True,
            timeout=timeout,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def build(self, *arguments: str) -> Ran:
        """Runs `sitrep build`, which must do its work."""
        ran = self.run("build", *arguments)
        assert ran.status == 0, ran.err
        return ran

    def prepared(self, *, drafts: bool = False) -> Prepared:
        """The archive as far as it is read and cross-referenced, in this process; with its faults."""
        with open_means(self.root, 1, lambda _stage, pieces, _total: pieces, verify=False) as means:
            sources, config = Sources(self.root, means.now), read_config(self.root)
            return prepare(self.root, config, means, sources, drafts=drafts, today=date(2026, 1, 1))

    def page(self, address: str) -> str:
        """The HTML at an address of the built site."""
        path = self.output / address.strip("/") / "index.html" if address.endswith("/") else self.output / address[1:]
        return path.read_text("utf-8")

    def files(self) -> dict[str, bytes]:
        """Every file of the built site, by path."""
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in sorted(self.output.rglob("*"))
            if path.is_file()
        }


def _yaml(value: Any) -> str:
    """Plain text as a person would write it; anything else as JSON."""
    if isinstance(value, str) and value and value.isascii() and value.replace("-", "").replace(" ", "").isalnum():
        return value
    return json.dumps(value, ensure_ascii=False)


@cache
def _commands() -> tuple[Commands, ...]:
    """The processes that commands are forked from: two, as the order of a set may depend on the process."""
    return tuple(Commands(REPOSITORY, PYTHONHASHSEED=seed) for seed in "12")


@cache
def _turns() -> Iterator[Commands]:
    return itertools.cycle(_commands())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest tests, those of machines, come first: no processor waits for them at the end."""
    items.sort(key=lambda item: not item.nodeid.endswith("::runTest"))


def pytest_unconfigure() -> None:
    if _commands.cache_info().currsize:
        for commands in _commands():
            commands.close()


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An empty archive."""
    root = tmp_path / "archive"
    (root / "content").mkdir(parents=True)
    made = Archive(root)
    made.config('base_url = "https://archive.example/"\n')
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Without one a test is skipped, but where CI runs it fails."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        reason = "there is no Chromium: install it, or name it in CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright  # takes long to load, and most tests have no browser

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=_BROWSER_ARGUMENTS)
        yield launched
        launched.close()
