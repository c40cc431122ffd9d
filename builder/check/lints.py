"""Lints: what is allowed but probably not meant. Each can be turned off by its code, in `[check] off`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from builder.faults import Fault, warning
from builder.model.briefing import Briefing
from builder.resolve.briefings import Filed


def inferred_fault(path: str, meta: Briefing, line: int) -> Fault | None:
    """What an importer guessed and nobody has confirmed."""
    if not meta.inferred:
        return None
    fields = ", ".join(sorted(meta.inferred))
    message = f"nobody has confirmed what a program took from the capture: {fields}; check, then delete the entry"
    return warning(path, line, "inferred", message, "inferred")


def future_faults(briefings: Iterable[Filed], today: date) -> Iterator[Fault]:
    """Briefings of what has not happened yet. `today` is the day in the site's zone."""
    ordinal = today.toordinal()
    for filed in briefings:
        if filed.order[0] > ordinal and not filed.draft:
            message = f"{filed.when.iso} is in the future, and is published all the same; what must wait is a draft"
            yield warning(filed.path, filed.line("date"), "future-date", message, "date")
