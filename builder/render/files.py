"""A theme's files, taken together."""

from __future__ import annotations

from pathlib import Path

from builder.cache import fingerprint
from builder.config import Config
from builder.faults import ArchiveError, error
from builder.render.assets import static_files
from builder.render.templates import read_templates
from builder.render.theme import find_theme
from builder.render.words import site_catalogues


def theme_fingerprint(root: Path, config: Config) -> bytes:
    """The fingerprint of all that a site's look is made of. Raises ArchiveError where there is no sound theme."""
    theme = find_theme(root, config.theme)
    templates = read_templates(theme, root)
    files, words = static_bytes(static_files(theme, root)), site_catalogues(root, config, theme)
    return fingerprint(sorted(theme.needs), theme.options, theme.longest_list, theme.pictures, templates, files, words)


def static_bytes(files: dict[str, Path]) -> dict[str, bytes]:
    """The bytes of static files, by name. Raises ArchiveError where one can't be read."""
    found = {}
    for name, path in files.items():
        try:
            found[name] = path.read_bytes()
        except OSError as problem:
            message = f"can't be read: {problem.strerror}"
            raise ArchiveError([error(str(path), 0, "theme", message)]) from problem
    return found
