"""Places: where things are, clearing them away, and saying what goes on."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent
REPOSITORY = HERE.parent


def take_away(path: Path) -> None:
    """Removes a file or folder, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def tell(line: str) -> None:
    """Says something to whoever is watching, not to whoever reads the tables."""
    print(line, file=sys.stderr, flush=True)
