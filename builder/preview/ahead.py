"""Ahead: the page of a briefing that was saved, made before the archive is read again.

It is the page that a build makes wherever the rest of the archive has nothing to do with what was changed in it: its
words, mostly. Whatever moves the briefing, or puts it under other names, must wait for the whole to be read.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from builder.cache import Pieces
from builder.faults import ArchiveError, has_errors
from builder.load.pieces import DocumentPieces
from builder.markdown.settings import MarkdownSettings
from builder.model.briefing import Briefing
from builder.pages import Recipe
from builder.plan import Page
from builder.plan.briefings import briefing_recipe
from builder.preview.view import Reading, View
from builder.resolve import Filed
from builder.resolve.briefings import file_briefing
from builder.work.shared import with_abstract


def page_ahead(reading: Reading, view: View, pieces: Pieces, path: str) -> tuple[Page, Recipe] | None:
    """The page of the briefing at `path` and what it is made from, as it lies there now.

    None where that is more than `view` and the file can tell. What the file holds is kept in `pieces`. Raises
    ArchiveError where something is wrong with the file itself, and no other file could mend that.
    """
    entry = view.briefings.get(path)
    if entry is None or entry.briefing.withdrawn is not None:
        return None
    filed = _filed(reading, view, pieces, path)
    if filed is None or _place(filed) != _place(entry.briefing):
        return None
    page = view.pages[filed.address]
    recipe = briefing_recipe(view.plan.part(page).site, replace(entry, briefing=filed))
    languages = view.plan.languages.get(page.address)
    return page, replace(recipe, languages=languages) if languages else recipe


def _filed(reading: Reading, view: View, pieces: Pieces, path: str) -> Filed | None:
    """The briefing as it lies there now; None where it lies there no more."""
    if not (reading.root / path).exists():
        return None
    settings = MarkdownSettings(view.config.markdown.typographer, view.config.language)
    documents = DocumentPieces(reading.root, settings, pieces)
    read = documents.read(path, Briefing, None)
    documents.flush()
    if read.document is None or has_errors(read.faults):
        raise ArchiveError(read.faults)
    filed, abstract, faults = file_briefing(read.document, read.key, view.names)
    if filed is None or has_errors(faults):
        raise ArchiveError([*read.faults, *faults])
    filed, piece = with_abstract(filed, abstract)
    pieces.put([piece])
    return filed


def _place(filed: Filed) -> tuple[Any, ...]:
    """All of a briefing by which the archive knows where it stands and what it has to do with others."""
    return (
        filed.id,
        filed.address,
        filed.when,
        filed.order,
        filed.draft,
        filed.withdrawn,
        filed.regions,
        filed.actors,
        filed.tags,
        filed.dossiers,
        filed.sources,
        {(stranger.kind, stranger.name) for stranger in filed.strangers},
        [mention.name for mention in filed.lost],
        [(reference.target, reference.picture) for reference in filed.references],
        filed.image.name if filed.image else None,
        [mention.name for mention in filed.attachments],
    )
