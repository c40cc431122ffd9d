"""The journal of a switch: what the next command needs to complete or undo one that was killed.

It exists only during a switch. Of a first build, which writes straight to its places, it lists each file before it
is written, and is undone; of any later one it lists all renames and deletions, and is completed.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from builder.publish.safety import is_inside, linked_part

JOURNAL = ".sitrep-journal"
STAGE = ".sitrep-stage"
BUILD_LIST = ".sitrep-build.json"


class FirstBuild:
    """The journal of a build into a folder that holds no made file.

    There is a file from the first note on, so that whoever is stopped between the two knows of what there is to undo.
    """

    def __init__(self, folder: Path) -> None:
        self._place = folder / JOURNAL
        self._file: TextIO | None = None

    def will_write(self, paths: Iterable[str]) -> None:
        """Notes that the files at `paths`, which do not exist yet, are about to be written."""
        entries: list[Any] = [*paths]
        if self._file is None:
            self._file = self._place.open("w", encoding="utf-8")
            entries.insert(0, {"first": True})
        self._file.write("".join([f"{json.dumps(entry)}\n" for entry in entries]))
        self._file.flush()

    def close(self) -> None:
        """Lets go of the file, which stays."""
        if self._file is not None:
            self._file.close()


def begin_switch(folder: Path, renames: Iterable[str], deletions: Iterable[str]) -> None:
    """Notes what a switch will do. From here on it will be completed, by this command or the next."""
    entry = {"renames": list(renames), "deletions": list(deletions)}
    temporary = folder / f"{JOURNAL}.new"
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(entry, file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / JOURNAL)


def end(folder: Path) -> None:
    """The switch is done, or there will be none: forgets it."""
    (folder / JOURNAL).unlink(missing_ok=True)
    (folder / f"{JOURNAL}.new").unlink(missing_ok=True)
    (folder / f"{BUILD_LIST}.new").unlink(missing_ok=True)
    if (folder / STAGE).is_dir():
        shutil.rmtree(folder / STAGE)


class DamagedJournal(Exception):
    """Somebody else has changed the journal: what the interrupted switch was about to do can't be told."""


def recover(folder: Path) -> str | None:
    """Completes or undoes a switch that was killed in `folder`. Returns what was done, in words, or None.

    Raises DamagedJournal, and OSError where something can't be read or written.
    """
    journal = folder / JOURNAL
    if not journal.is_file():
        # Staged files without a journal are of a build that failed or was killed before its switch.
        end(folder)
        return None
    lines = _lines(journal)
    first = lines[0] if lines else None
    if isinstance(first, dict) and "renames" in first:
        complete(folder, _safe(folder, first["renames"]), _safe(folder, first.get("deletions")))
        end(folder)
        return "completed a build that was interrupted while it switched"
    if (folder / BUILD_LIST).is_file():  # it was finished but for the journal
        end(folder)
        return None
    undo(folder, _safe(folder, lines[1:]))
    end(folder)
    return "undid a first build that was interrupted"


def _lines(journal: Path) -> list[Any]:
    """The journal's entries. The last line may be cut off: it then names a file that was not written."""
    try:
        lines = journal.read_text("utf-8").split("\n")
        return [json.loads(line) for line in lines[:-1]] + [_parsed(line) for line in lines[-1:] if line]
    except (ValueError, RecursionError) as problem:
        raise DamagedJournal from problem


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError:
        return None


def complete(folder: Path, renames: Iterable[str], deletions: Iterable[str]) -> None:
    """Does what is left of a switch; doing it again changes nothing."""
    renames = list(renames)
    ahead, after = _divided(renames, deletions)
    for path in ahead:
        _delete(folder, path)
    for path in renames:
        staged = folder / STAGE / path
        if staged.exists():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            staged.replace(target)
    for path in after:
        _delete(folder, path)
    staged_list = folder / STAGE / BUILD_LIST
    if staged_list.exists():
        staged_list.replace(folder / BUILD_LIST)


def _delete(folder: Path, path: str) -> None:
    """Deletes a file of ours; a folder that somebody has put in its place stays."""
    if not (folder / path).is_dir():
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            (folder / path).unlink()
    remove_empty_folders(folder, path)


def _divided(renames: Iterable[str], deletions: Iterable[str]) -> tuple[list[str], list[str]]:
    """What must be deleted ahead of the renames, and what may wait until after them.

    Ahead go a file where a folder is to be, and what lies in a folder where a file is to be.
    """
    files = set(renames)
    folders = {folder for path in files for folder in folders_above(path)}
    ahead: list[str] = []
    after: list[str] = []
    for path in deletions:
        in_the_way = path in folders or not files.isdisjoint(folders_above(path))
        (ahead if in_the_way else after).append(path)
    return ahead, after


def folders_above(path: str) -> Iterator[str]:
    """The folders that a file lies in, outermost first."""
    parts = path.split("/")
    return ("/".join(parts[:length]) for length in range(1, len(parts)))


def undo(folder: Path, paths: Iterable[str]) -> None:
    """Takes away the files that a first build has written."""
    for path in paths:
        _delete(folder, path)


def remove_empty_folders(folder: Path, path: str) -> None:
    """Removes the folders above a deleted file that hold nothing more."""
    at = (folder / path).parent
    while at != folder:
        try:
            at.rmdir()
        except FileNotFoundError:
            pass
        except OSError:  # it holds something, or is no folder any more
            return
        at = at.parent


def _safe(folder: Path, paths: Any) -> list[str]:
    if not isinstance(paths, list):
        raise DamagedJournal
    return [p for p in paths if isinstance(p, str) and is_inside(p) and linked_part(folder, p) is None]
