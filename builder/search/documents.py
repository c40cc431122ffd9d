"""Documents: what Pagefind reads of a briefing, as HTML of its own.

The site's pages would do, but they change with every list that names their neighbours, and the index with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from builder.dates import When
from builder.index import Entry
from builder.model.briefing import Briefing
from builder.model.common import Document
from builder.plan.search import Shard

# What stands for links and pictures, and the marks of footnotes, are no words.
_NO_WORDS = re.compile(
    r' (?:href|src)="sitrep:\d+"|<sup class="footnote-ref">.*?</sup>|<a[^>]* class="footnote-backref">.*?</a>'
)


# A word that is in every document, and that nobody writes: to find all, Pagefind would load the whole index.
_EVERY = "ⰰⰱ"


def file_of(entry: Entry) -> str:
    """The name of a briefing's document, of which the search's script makes its address again: no slug has a dot."""
    return f"{entry.briefing.address.strip('/').replace('/', '.')}.html"


def document_of(shard: Shard, entry: Entry, document: Document[Briefing], body: str) -> str:
    """The document of a briefing in a shard. `body` is the HTML of its body."""
    meta, briefing = document.meta, entry.briefing
    told = {
        "title": meta.title,
        "date": _edtf(briefing.when),
        # Searched too, as little as they weigh.
        "also": " · ".join(_names(shard, entry)),
        "regions": " ".join(briefing.regions),
        "marks": " ".join([_EVERY, *_marks(meta)]),
    }
    lines = [
        f'<meta data-pagefind-meta="{name}[content]" content="{escape(text)}">' for name, text in told.items() if text
    ]
    lines += [
        f'<meta data-pagefind-filter="{name}[content]" content="{escape(value)}">'
        for name, value in _filters(shard, entry)
    ]
    day, second, instant = briefing.order
    # A letter before it, so that it is compared as text: numbers of that length would lose their last digits.
    lines.append(f'<meta data-pagefind-sort="date[content]" content="d{day:08}.{second:08}.{instant:014}">')
    # Words behind a content warning are found, but no excerpt of them may be shown.
    if meta.warning:
        lines.append(f'<meta data-pagefind-meta="instead[content]" content="{escape(meta.warning)}">')
    summary = f'<p data-pagefind-weight="3">{escape(meta.summary)}</p>' if meta.summary else ""
    return (
        f'<!doctype html><html lang="{escape(shard.language)}"><head><meta charset="utf-8">{"".join(lines)}</head>'
        f"<body><main data-pagefind-body>{summary}{_NO_WORDS.sub('', body)}</main></body></html>"
    )


def _edtf(when: When) -> str:
    return when.start.iso if when.end is None else f"{when.start.iso}/{when.end.iso}"


def _names(shard: Shard, entry: Entry) -> Iterable[str]:
    briefing = entry.briefing
    slugs = [("region", s) for s in briefing.regions]
    slugs += [("actor", s) for s in briefing.actors]
    slugs += [("tag", s) for s in briefing.tags]
    return dict.fromkeys(name for kind, s in slugs for name in shard.names[kind][s])


def _marks(meta: Briefing) -> Iterator[str]:
    if meta.draft:
        yield "draft"
    if meta.status:
        yield meta.status


def _filters(shard: Shard, entry: Entry) -> Iterator[tuple[str, str]]:
    briefing = entry.briefing
    regions = dict.fromkeys(outer for region in briefing.regions for outer in shard.regions[region])
    yield from (("region", region) for region in regions)
    for name, slugs in (("actor", briefing.actors), ("tag", briefing.tags), ("dossier", briefing.dossiers)):
        yield from ((name, s) for s in slugs)
    for kind in sorted({shard.source_kinds[s] for s in briefing.sources if s in shard.source_kinds}):
        yield "source", kind
    first, last = briefing.when.start.year, (briefing.when.end or briefing.when.start).year
    yield from (("year", f"{year:04}") for year in range(first, last + 1))
    yield from (("hidden", language) for language in shard.hidden_in.get(briefing.id, ()))
