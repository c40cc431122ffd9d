"""The archive that a command is about: its folder and its configuration."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from builder.clock import now_in, today_in
from builder.config import FILE_NAME, find_root, read_config


def locate(root: Path | None) -> Path:
    """The archive's folder: `root` if given, else the nearest one upwards. Ends with exit status 2 if there is none."""
    if root is not None:
        if not (root / FILE_NAME).is_file():
            click.echo(
                f"{root} holds no {FILE_NAME}, so it is no archive; `sitrep new archive DIR` makes one",
                err=True,
            )
            sys.exit(2)
        return root.resolve()
    found = find_root(Path.cwd())
    if found is None:
        click.echo(
            f"there is no archive here: neither this folder nor one above it holds a {FILE_NAME}; "
            "go into one, name it with --root, or make one with `sitrep new archive DIR`",
            err=True,
        )
        sys.exit(2)
    return found


def is_ci() -> bool:
    """Whether this is a machine that nobody commits from."""
    return bool(os.environ.get("CI"))


__all__ = ["is_ci", "locate", "now_in", "read_config", "today_in"]
