"""A site's words: which catalogues count for it."""

from __future__ import annotations

from pathlib import Path

from builder.config import Config
from builder.render.theme import Theme, shown
from builder.words import Catalogue, catalogues_of
from builder.words.catalogues import OWN_CATALOGUES


def site_catalogues(root: Path, config: Config, theme: Theme) -> dict[str, tuple[Catalogue, ...]]:
    """The catalogues of each of a site's languages: the archive's own, then its theme's, then Sitrep's.

    Raises ArchiveError where one can't be read.
    """
    folders = [root / "locale", *(folder / "locale" for _, folder in theme.folders), OWN_CATALOGUES]
    return {
        language: catalogues_of(language, folders, lambda path: shown(path, root))
        for language in (config.language, *config.languages)
    }
