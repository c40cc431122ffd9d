"""The archive that a command is about: its folder, its configuration, and today's date."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path

import click

from builder.config import FILE_NAME, Config, find_root, read_config


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


def today_in(config: Config) -> date:
    """Today, in the site's zone. Only warnings depend on it, never the site."""
    return datetime.now(config.zone).date()


def now_in(config: Config) -> str:
    """The minute that it is in the site's zone, in ISO 8601: when what is published now becomes public."""
    return datetime.now(config.zone).isoformat(timespec="minutes")


def is_ci() -> bool:
    """Whether this is a machine that nobody commits from."""
    return bool(os.environ.get("CI"))


__all__ = ["is_ci", "locate", "now_in", "read_config", "today_in"]
