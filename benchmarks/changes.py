"""Changes: what an editor does between two builds of a Sitrep archive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeAlias

from benchmarks import words
from benchmarks.briefings import DAYS, FIRST_DAY, LAST_DAY, nth_briefing
from benchmarks.formats import FORMATS

# What some files of an archive say after the change, given the archive's folder. Some may be new.
Change: TypeAlias = Callable[[Path], dict[Path, str]]

_FORMAT = FORMATS["sitrep"]
_RENAMED = words.ACTORS[len(words.ACTORS) // 2]


def _nothing(archive: Path) -> dict[Path, str]:
    return {}


def _edited(archive: Path) -> dict[Path, str]:
    found = _briefings(archive)
    middle = found[len(found) // 2]
    return {middle: middle.read_text("utf-8") + "\nOne sentence more.\n"}


def _added(day: date) -> Change:
    def change(archive: Path) -> dict[Path, str]:
        added = replace(nth_briefing(len(_briefings(archive))), day=day)
        return {archive / _FORMAT.path(added): _FORMAT.text(added)}

    return change


def _actor(archive: Path) -> dict[Path, str]:
    # As docs/records.md wants it: the address stays, and the old name becomes an alias.
    record = f"- id: {words.slug(_RENAMED)}\n  name: New {_RENAMED}\n  aliases: [{_RENAMED}]\n"
    return _replaced(archive / "content/actors.yaml", f"- name: {_RENAMED}\n", record)


def _template(archive: Path) -> dict[Path, str]:
    changed: dict[Path, str] = {}
    for template in archive.glob("themes/*/templates/briefing.html"):
        changed |= _replaced(template, "<h1>", "<h1 data-touched>")
    return changed


def _title(archive: Path) -> dict[Path, str]:
    return _replaced(archive / "sitrep.toml", 'title = "', 'title = "New ')


def _replaced(path: Path, old: str, new: str) -> dict[Path, str]:
    text = path.read_text("utf-8")
    assert old in text, f"{path} has no {old}"
    return {path: text.replace(old, new, 1)}


def _briefings(archive: Path) -> list[Path]:
    return sorted((archive / _FORMAT.folder).rglob("*.md"))


CHANGES: dict[str, Change] = {
    "nothing": _nothing,
    "edited": _edited,
    "added-newest": _added(LAST_DAY),
    "added-middle": _added(FIRST_DAY + timedelta(DAYS // 2)),
    "added-oldest": _added(FIRST_DAY),
    "actor": _actor,
    "template": _template,
    "title": _title,
}
