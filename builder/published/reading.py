"""Reading `published.json`, from an archive's root."""

from __future__ import annotations

from pathlib import Path

from builder.faults import ArchiveError, error
from builder.published.lines import PUBLISHED, Published, read


def read_published(root: Path) -> Published | None:
    """What an archive's `published.json` says; None where it has none. Raises ArchiveError where it can't be read."""
    try:
        return read((root / PUBLISHED).read_text("utf-8"))
    except FileNotFoundError:
        return None
    except OSError as problem:
        message = f"can't be read: {problem.strerror}"
        raise ArchiveError([error(PUBLISHED, 0, "published", message)]) from problem
    except ValueError as problem:
        message = (
            f"is damaged ({problem}); restore it from version control, or take both sides' lines where git left marks"
        )
        raise ArchiveError([error(PUBLISHED, 0, "published", message)]) from problem
