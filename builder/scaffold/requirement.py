"""The Sitrep that an archive is built with, as pip names it."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, distribution

from builder import __version__

_NAME = "sitrep-archive"


def requirement() -> str:
    """Lines of a `requirements.txt` that ask for the Sitrep that is running.

    Where it was installed from a git address, that is known (PEP 610), and so is the commit. Else it is a wheel file,
    to be put beside.
    """
    try:
        said = distribution(_NAME).read_text("direct_url.json")
        origin = json.loads(said) if said else {}
    except (PackageNotFoundError, ValueError):
        origin = {}
    commit = origin.get("vcs_info", {}).get("commit_id")
    if commit and origin["url"].startswith("https://"):
        return f"{_NAME} @ git+{origin['url']}@{commit}"
    wheel = f"{_NAME.replace('-', '_')}-{__version__}-py3-none-any.whl"
    return f"# Put its wheel file here: python -m pip wheel --no-deps -w . path/to/the/checkout\n./{wheel}"
