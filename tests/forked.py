"""Commands without the wait for Python to start: each runs in a process of its own, forked from one that is ready.

That process has imported the program's modules, compiled templates in a few languages, and done nothing more. So a
command has no state of an earlier one, and takes a fifth of the time.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SECONDS = 120  # after which a command has hung
LANGUAGES = ["en", "fr", "fa"]  # of archives here that are built often: the texts stand in what is compiled


class Commands:
    """Runs commands one after the other. Use as a context manager."""

    def __init__(self, program: Path, *often: Path, **env: str) -> None:
        """`program` is the folder that holds the package. Beside those of the default theme, the templates of the
        archives in `often` are compiled, which may be gone when this has begun."""
        self._folder = tempfile.TemporaryDirectory()
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(Path(self._folder.name, "one")), *map(str, often)],
            env={**os.environ, "PYTHONPATH": str(program), **env},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        if often:  # who waits for an answer knows that they are compiled
            self.run(Path(self._folder.name), "--version")

    def run(self, root: Path, *arguments: str, env: Mapping[str, str] | None = None) -> tuple[int, str, str]:
        """Runs `sitrep ARGUMENTS` in `root`. Returns its exit status and what it said on standard output and error.

        `env` is the whole environment that it has then; else it has the one with which this began.
        """
        out, err = Path(self._folder.name, "out"), Path(self._folder.name, "err")
        order = {"root": str(root), "arguments": arguments, "out": str(out), "err": str(err), "env": env}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps(order)}\n")
        self._process.stdin.flush()
        status = int(self._process.stdout.readline())
        return status, *(path.read_bytes().decode("utf-8").replace("\r\n", "\n") for path in (out, err))

    def __enter__(self) -> Commands:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process."""
        self._process.communicate()
        self._folder.cleanup()


def _serve(folder: Path, *often: Path) -> None:
    _load_what_a_build_loads(folder)
    for root in (folder, *often):
        _compile_templates(root)
    for line in sys.stdin:
        status = _forked(json.loads(line))
        print(status, flush=True)


def _load_what_a_build_loads(folder: Path) -> None:
    (folder / "content/briefings").mkdir(parents=True)
    (folder / "content/briefings/one.md").write_text("---\ntitle: One\ndate: 2022-08-17\n---\n\nWords.\n")
    (folder / "sitrep.toml").write_text(f'title = "One"\nlanguages = {LANGUAGES[1:]}\n')
    names = folder / "names"
    _forked({"root": str(folder), "arguments": ["build"], "out": os.devnull, "err": os.devnull}, names)
    for name in names.read_text().split():
        importlib.import_module(name)


def _compile_templates(root: Path) -> None:
    from builder.cache import open_cache
    from builder.config import read_config
    from builder.work.readying import readying_steps

    for step in readying_steps(root, read_config(root), open_cache(root)[0], LANGUAGES):
        step()


def _forked(order: dict[str, Any], names: Path | None = None) -> int:
    """The exit status of a command, which a child runs. The child ends as any Python does, and doesn't return."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    signal.alarm(SECONDS)
    for descriptor, path in enumerate((os.devnull, order["out"], order["err"])):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC), descriptor)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, mode) for number, mode in ((0, "r"), (1, "w"), (2, "w")))
    os.chdir(order["root"])
    if order.get("env") is not None:
        os.environ.clear()
        os.environ.update(order["env"])
        time.tzset()
    sys.argv = ["sitrep", *order["arguments"]]
    try:
        status = importlib.import_module("builder.cli").run()
    finally:
        if names is not None:
            names.write_text("\n".join(name for name in sys.modules if name.partition(".")[0] == "builder"))
    sys.exit(status)


if __name__ == "__main__":
    _serve(*map(Path, sys.argv[1:]))
