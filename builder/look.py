"""The look: a theme with its templates and its static files, and the words of its pages, read once for a build."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct, msgpack

from builder.cache import Pieces, fingerprint, program_fingerprint
from builder.config import Config
from builder.faults import ArchiveError, Fault
from builder.pages import KINDS
from builder.pages.overviews import OVERVIEWS
from builder.render.assets import Asset, static_files, theme_assets
from builder.render.files import static_bytes
from builder.render.template_references import references_of
from builder.render.templates import TemplateMark, Templates, read_templates, template_marks
from builder.render.theme import Theme, find_theme
from builder.render.words import site_catalogues
from builder.words import Catalogue, compiled


class Look(Struct, frozen=True):
    """A theme, its templates with the mark of each that a kind of page names, and its static files by name.

    `words` has the compiled catalogues of each language, those that count more first.
    """

    theme: Theme
    templates: Templates
    marks: dict[str, TemplateMark]
    assets: dict[str, Asset]
    words: dict[str, tuple[bytes, ...]]

    def overviews(self) -> tuple[str, ...]:
        """The kinds of pages that it has, of those that a theme may leave out: the ones with a template."""
        return tuple(kind for kind in OVERVIEWS if self.templates.find(KINDS[kind].template))


def find_look(root: Path, config: Config, pieces: Pieces) -> tuple[Look | None, list[Fault]]:
    """The look that an archive has chosen, or None and why."""
    try:
        theme = find_theme(root, config.theme)
        templates = read_templates(theme, root)
        words = {
            language: tuple(_compiled(catalogue, pieces) for catalogue in catalogues)
            for language, catalogues in site_catalogues(root, config, theme).items()
        }
        return Look(theme, templates, _marks(templates, pieces), _assets(theme, root, pieces), words), []
    except ArchiveError as problem:
        return None, list(problem.faults)


def _marks(templates: Templates, pieces: Pieces) -> dict[str, TemplateMark]:
    key = fingerprint(program_fingerprint(), "templates", templates)
    kept = pieces.find(key)
    if kept is not None:
        return msgpack.decode(kept, type=dict[str, TemplateMark])
    found = template_marks(templates, {kind.template for kind in KINDS.values()}, references_of)
    pieces.put([(key, msgpack.encode(found))])
    return found


def _assets(theme: Theme, root: Path, pieces: Pieces) -> dict[str, Asset]:
    files = static_files(theme, root)
    key = fingerprint(program_fingerprint(), "assets", static_bytes(files))
    kept = pieces.find(key)
    if kept is not None:
        return msgpack.decode(kept, type=dict[str, Asset])
    assets = theme_assets(files, root)
    pieces.put([(key, msgpack.encode(assets))])
    return assets


def _compiled(catalogue: Catalogue, pieces: Pieces) -> bytes:
    key = fingerprint(program_fingerprint(), "catalogue", catalogue)
    kept = pieces.find(key)
    if kept is not None:
        return kept
    made = compiled(catalogue)
    pieces.put([(key, made)])
    return made
