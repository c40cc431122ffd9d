"""A new archive: a copy of the starter that lies beside this module, with a title of its own."""

from __future__ import annotations

import json
from pathlib import Path

from builder.faults import ArchiveError, error
from builder.reading.nodes import UNSHOWABLE
from builder.scaffold.requirement import requirement

_STARTER = Path(__file__).parent / "starter"
# Under their real names, which begin with a dot, these files would be read as this repository's own.
_HIDDEN = "dot-"


def new_archive(folder: Path, title: str) -> tuple[Path, ...]:
    """Makes an archive called `title` in `folder`, and returns its files.

    Raises ArchiveError where `folder` holds anything already (but for hidden files such as `.git`, which stay).
    """
    title = UNSHOWABLE.sub("", title) or "Archive"
    if folder.exists() and not folder.is_dir():
        raise ArchiveError([error(str(folder), 0, "not-empty", "is a file; name a folder that isn't there yet")])
    if folder.is_dir() and any(not path.name.startswith(".") for path in folder.iterdir()):
        message = "isn't empty; a new archive needs a folder of its own"
        raise ArchiveError([error(str(folder), 0, "not-empty", message)])
    files = {_target(folder, source): source for source in sorted(_STARTER.rglob("*")) if source.is_file()}
    written = []
    try:
        for target, source in files.items():
            if target.exists():  # a `.gitignore` of a folder that is a repository already
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            text = source.read_text("utf-8")
            if target.name == "sitrep.toml":
                text = text.replace('"TITLE"', json.dumps(title, ensure_ascii=False))
            elif target.name == "requirements.txt":
                text = text.replace("SITREP", requirement())
            with target.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
            written.append(target)
    except OSError as problem:
        raise ArchiveError([error(str(folder), 0, "output", f"can't be written to: {problem.strerror}")]) from problem
    return tuple(written)


def _target(folder: Path, source: Path) -> Path:
    parts = source.relative_to(_STARTER).parts
    return folder.joinpath(*(f".{part.removeprefix(_HIDDEN)}" if part.startswith(_HIDDEN) else part for part in parts))
