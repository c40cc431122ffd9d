"""Recording: before a site is sent, what becomes public with it is written down."""

from __future__ import annotations

from msgspec import Struct

from builder.check.fixes import Change, mark_published
from builder.check.permanence import (
    Standing,
    missing_faults,
    newly_public,
    permanence_faults,
    record,
    standing_of,
)
from builder.faults import Fault
from builder.load.pieces import DocumentPieces
from builder.look import find_look
from builder.markdown.settings import MarkdownSettings
from builder.means import Progress, open_means
from builder.model.briefing import Briefing
from builder.order import Order, whatever_the_cache
from builder.pipeline import plan_site, stop_on
from builder.prepare import prepare
from builder.reading.sources import Sources


class Recorded(Struct, frozen=True):
    """What was written (lines of briefings, and whether `published.json`), and what is odd."""

    changes: tuple[Change, ...]
    is_written: bool
    faults: tuple[Fault, ...]


def record_publication(order: Order, instant: str, progress: Progress) -> Recorded:
    """Writes `published` into the briefings that become public at `instant`, and `published.json`, if anything is new.

    Raises ArchiveError, before anything is written, where something is wrong or an address would be lost.
    """
    standing, faults, changes = whatever_the_cache(order.root, lambda: _stand(order, instant, progress))
    if changes:
        standing, _, _ = whatever_the_cache(order.root, lambda: _stand(order, "", progress))
    return Recorded(tuple(changes), record(order.root, standing, order.today), tuple(faults))


def compare_publication(order: Order, progress: Progress) -> tuple[Fault, ...]:
    """What isn't on record, where nothing may be written. Raises ArchiveError where an address would be lost."""
    standing, faults, _ = whatever_the_cache(order.root, lambda: _stand(order, "", progress))
    return (*faults, *missing_faults(standing, order.today))


def _stand(order: Order, instant: str, progress: Progress) -> tuple[Standing, list[Fault], list[Change]]:
    """How the archive stands; and, where an `instant` is given, the lines that were then written."""
    root, config = order.root, order.config
    with open_means(root, order.jobs, progress, verify=False) as means:
        prepared = prepare(root, config, means, Sources(root, means.now), drafts=False, today=order.today)
        look = find_look(root, config, means.pieces)
        plan, plan_faults = plan_site(root, config, prepared, means, look, {})
        standing = standing_of(root, config, prepared.archives(), plan)
        told = [*permanence_faults(standing)]
        stop_on((*prepared.faults, *plan_faults, *told), order.strict)
        faults = [fault for fault in told if fault.code not in config.check.off]
        if not instant:
            return standing, faults, []
        documents = DocumentPieces(root, MarkdownSettings(config.markdown.typographer, config.language), means.pieces)
        new = newly_public(standing)
        paths = [briefing.path for briefing in prepared.resolved.briefings if briefing.id in new and not briefing.draft]
        found = (documents.read(path, Briefing, prepared.sources.known(path)).document for path in paths)
        unmarked = [d for d in found if d is not None and d.meta.published is None]
        return standing, faults, mark_published(root, unmarked, instant)
