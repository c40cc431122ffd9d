"""Lints: what is allowed but probably not meant. Each can be turned off by its code, in `[check] off`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from builder.faults import Fault, warning
from builder.model.briefing import Briefing
from builder.model.common import Document


def lint_faults(documents: Iterable[Document[Briefing]], today: date) -> Iterator[Fault]:
    """Warnings about briefings. `today` is the day in the site's zone."""
    for document in documents:
        meta = document.meta
        if meta.date is not None and meta.date.start.first_day() > today and not meta.draft:
            message = f"{meta.date.iso} is in the future, and is published all the same; what must wait is a draft"
            yield warning(document.path, document.line("date"), "future-date", message, "date")
        if meta.inferred:
            fields = ", ".join(sorted(meta.inferred))
            message = (
                f"nobody has confirmed what a program took from the capture: {fields}; check, then delete the entry"
            )
            yield warning(document.path, document.line("inferred"), "inferred", message, "inferred")
