"""The pages that look over the archive: home, years, months and days, prose, and the page for unknown addresses."""

from __future__ import annotations

from builder.index import Period
from builder.plan.dossiers import summary_of
from builder.plan.frame import frame
from builder.plan.lists import DatedList
from builder.plan.site import Site
from builder.plan.values import Value, body_value, card, root_of, toc_value
from builder.resolve.prose import Prosaic


def home_inputs(site: Site, dated: DatedList, words: Prosaic | None) -> Value:
    """What `/` is made from. `words` are those of `pages/index.md`."""
    newest = site.archive.entries[-site.config.per_page :]
    return frame(site, "home", "/", "") | {
        "cards": [card(site, entry) for entry in reversed(newest)],
        "years": dated.period_links(()),
        "dossiers": [summary_of(site, dossier) for dossier in site.archive.dossiers],
        "body": _words(site, words, "/") if words else None,
    }


def prose_inputs(site: Site, page: Prosaic) -> Value:
    """What a page of prose is made from."""
    meta = page.document.meta
    summary = meta.summary or page.document.body.excerpt
    return frame(site, "prose", page.address, meta.title, summary, language=meta.lang, draft=meta.draft) | {
        "body": _words(site, page, page.address),
        "toc": toc_value(page.document.body.headings),
        "summary": meta.summary,
        "inside": [
            {"name": site.archive.prose[address].document.meta.title, "address": address}
            for address in site.archive.prose_inside.get(page.address, ())
        ],
    }


def _words(site: Site, page: Prosaic, address: str) -> Value:
    references = site.archive.references.bodies.get(page.document.path, ())
    return body_value(site, page.document.body.html, references, root_of(address))


def period_inputs(site: Site, dated: DatedList, period: Period) -> Value:
    """What the page of a year, month or day is made from: of the whole archive, or of a long list."""
    earlier, later = dated.siblings(period)
    label = site.wording.period(period)
    trail = [_period_link(site, dated, period[:length]) for length in range(1, len(period))]
    title = f"{dated.name}: {label}" if dated.link else label
    return frame(site, "period", dated.address_of(period), title) | {
        "heading": label,
        "listing": dated.period_listing(period),
        "trail": [dated.link, *trail] if dated.link else trail,
        "earlier": _period_link(site, dated, earlier) if earlier else None,
        "later": _period_link(site, dated, later) if later else None,
        "of": dated.link,
    }


def _period_link(site: Site, dated: DatedList, period: Period) -> Value:
    return {"name": site.wording.period(period), "address": dated.address_of(period)}


def not_found_inputs(site: Site) -> Value:
    """What `404.html` is made from. A host shows it at any address, so its links are absolute paths."""
    inputs = frame(site, "404", "/404.html", "Not found", draft=True)
    return inputs | {"root": site.config.base_path, "page": inputs["page"] | {"canonical": ""}}
