"""`sitrep import --review`: a curator looks at the drafts one by one."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from builder.faults import ArchiveError
from builder.importing.discarding import discard
from builder.importing.review import Waiting, accept, waiting, waiting_at

_KEYS = "[a]ccept and publish  [k]eep as a draft, confirmed  [c]hange in your editor  [d]iscard  [s]kip  [q]uit"


def has_terminal() -> bool:
    """Whether there is a terminal to read keys from: standard input, or else the one that the command was begun in."""
    if sys.stdin.isatty() or os.name == "nt":
        return sys.stdin.isatty()
    try:
        Path("/dev/tty").open("rb").close()
    except OSError:
        return False
    return True


def review_drafts(root: Path, notes: Mapping[str, Sequence[str]] | None) -> None:
    """Walks through the drafts that `notes` has, by their files, or all of the archive; shows each with what there is
    to look at. Nothing is changed without a key for it."""
    drafts = list(waiting(root, None if notes is None else list(notes)))
    if not drafts:
        click.echo("there is nothing to review")
        return
    for number, draft in enumerate(drafts, 1):
        if not _review(root, draft, f"{number} of {len(drafts)}", (notes or {}).get(draft.path, ())):
            return


def _review(root: Path, draft: Waiting, place: str, notes: Sequence[str]) -> bool:
    """Shows one draft until it is dealt with; False to stop."""
    _show(draft, place, notes)
    while True:
        click.echo(_KEYS)
        key = click.getchar().lower()
        if key in ("q", ""):
            return False
        if key == "s":
            return True
        try:
            if key == "c":
                click.edit(filename=str(root / draft.path))
                found = waiting_at(root, draft.path)
                if found is None:
                    return True
                draft = found
                _show(draft, place, notes)
            elif key in ("a", "k"):
                accept(root, draft.path, publish=key == "a")
                click.echo("published at the next build" if key == "a" else "confirmed; it stays a draft")
                return True
            elif key == "d":
                discard(root, draft.path)
                click.echo("discarded: its capture stays, and no import brings it back")
                return True
        except ArchiveError as problem:  # the same draft waits until that is mended
            click.echo(str(problem), err=True)
        except click.ClickException as problem:  # there is no such editor, or it stumbled
            click.echo(f"{problem.message}; set EDITOR to an editor that is here, or change the file in one", err=True)


def _show(draft: Waiting, place: str, notes: Sequence[str]) -> None:
    click.echo(f"\n{click.style(draft.path, bold=True)} ({place})\n\n{draft.text.rstrip()}\n")
    if draft.inferred:
        click.echo("inferred: " + ", ".join(f"{field} {sure:.0%}" for field, sure in draft.inferred.items()))
    for note in notes:
        click.echo(f"look at it: {note}")
