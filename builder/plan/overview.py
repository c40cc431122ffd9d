"""What home, the pages of periods and those of prose are made from."""

from __future__ import annotations

from builder.pages.recipes import FrameRecipe, HomeRecipe, Period, PeriodRecipe, Sheet
from builder.pages.values import Value, toc_value, tongue_value, translation_value
from builder.plan.dossiers import dossier_value
from builder.plan.lists import ArchiveList, DatedList
from builder.plan.maps import home_map
from builder.plan.recent import news_on_home
from builder.plan.site import Site
from builder.plan.together import ways_in
from builder.resolve.prose import Prosaic


def home_recipe(site: Site, archive: ArchiveList, words: Prosaic | None) -> HomeRecipe:
    """What `/` is made from. `words` are those of `pages/index.md`."""
    entries = site.archive.entries
    news, shade = news_on_home(site) if "recent" in site.needs else ((), b"")
    return HomeRecipe(
        listing=archive.newest(),
        dossiers=tuple(dossier_value(site, dossier) for dossier in site.archive.dossiers),
        body=site.body(words.document.path, words.document.body.html) if words else None,
        newest=entries[-1].briefing.when if entries else None,
        ways=ways_in(site) if "ways" in site.needs else None,
        recent=news,
        recent_shade=shade,
        activity=site.activity(archive.members) if "activity" in site.needs else (),
        map=home_map(site),
    )


def period_recipe(site: Site, dated: DatedList, period: Period) -> PeriodRecipe:
    """What the page of a year, month or day is made from: of the whole archive, or of a long list."""
    earlier, later = dated.siblings(period)
    has_calendar = "calendar" in site.needs and len(period) == 1
    days = dated.days(period) if has_calendar and isinstance(dated, ArchiveList) else ()
    return PeriodRecipe(dated.name, period, earlier, later, dated.period_listing(period), days=days)


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
        **tongue_value(site.tongue(meta.lang)),
    }
    summary = meta.summary or document.body.excerpt
    return Sheet(
        FrameRecipe(meta.title, summary, draft=meta.draft),
        values,
        body=site.body(document.path, document.body.html),
    )


def _inner_link(site: Site, page: Prosaic) -> Value:
    meta = page.document.meta
    return {"name": meta.title, "address": page.address, **tongue_value(site.tongue(meta.lang))}
