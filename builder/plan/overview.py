"""What home, the pages of periods and those of prose are made from."""

from __future__ import annotations

from builder.pages.recipes import FrameRecipe, HomeRecipe, Period, PeriodRecipe, Sheet
from builder.pages.values import Value, toc_value, tongue_value, translation_value
from builder.plan.dossiers import dossier_value
from builder.plan.lists import ArchiveList, DatedList
from builder.plan.maps import home_map
from builder.plan.site import Site
from builder.resolve.prose import Prosaic


def home_recipe(site: Site, archive: ArchiveList, words: Prosaic | None) -> HomeRecipe:
    """What `/` is made from. `words` are those of `pages/index.md`."""
    return HomeRecipe(
        listing=archive.newest(),
        dossiers=tuple(dossier_value(site, dossier) for dossier in site.archive.dossiers),
        body=site.body(words.document.path, words.document.body.html) if words else None,
        map=home_map(site),
    )


def period_recipe(dated: DatedList, period: Period) -> PeriodRecipe:
    """What the page of a year, month or day is made from: of the whole archive, or of a long list."""
    earlier, later = dated.siblings(period)
    return PeriodRecipe(dated.name, period, earlier, later, dated.period_listing(period))


def prose_sheet(site: Site, page: Prosaic) -> Sheet:
    """What a page of prose is made from."""
    document = page.document
    meta = document.meta
    values = {
        "toc": toc_value(document.body.headings),
        "summary": meta.summary,
        "inside": [
            _inner_link(site, site.archive.prose[place]) for place in site.archive.prose_inside.get(page.place, ())
        ],
        "translation": translation_value(meta.translation),
    }
    summary = meta.summary or document.body.excerpt
    return Sheet(
        FrameRecipe(meta.title, summary, language=meta.lang, draft=meta.draft),
        values,
        body=site.body(document.path, document.body.html),
    )


def _inner_link(site: Site, page: Prosaic) -> Value:
    meta = page.document.meta
    return {"name": meta.title, "address": page.address, **tongue_value(site.tongue(meta.lang))}
