"""Share pictures: what is on those of the site, of dossiers and of briefings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from builder.dates import When
from builder.faults import Fault, warning
from builder.index import Entry
from builder.pages.recipes import MapRecipe, ShareRecipe
from builder.plan.maps import archive_map, briefing_map, dossier_map
from builder.plan.part import Subject
from builder.plan.site import Site
from builder.resolve import ResolvedDossier
from builder.share.letters import missing


def share_recipe(site: Site, subject: Subject) -> ShareRecipe:
    """What the share picture of a subject is made from: `("archive",)`, or a kind and an id."""
    match subject:
        case ("dossier", own_id):
            return _of_dossier(site, site.archive.dossiers_by_id[own_id])
        case ("briefing", own_id):
            return _of_briefing(site, site.archive.by_id[own_id])
        case _:
            title, description = site.config.title, site.config.description
            tongue = site.tongue(None)
            return ShareRecipe(title, tongue, below=description, map=_unnoted(archive_map(site, "share-all")))


def _of_dossier(site: Site, dossier: ResolvedDossier) -> ShareRecipe:
    meta, entries = dossier.document.meta, site.archive.entries
    members = [entries[position].briefing.when for position in site.archive.dossier_members[dossier.id]]
    first = meta.start or (members[0].start if members else None)
    last = meta.end or ((members[-1].end or members[-1].start) if members else None)
    when = When(first, last if last != first else None) if first is not None else None
    tongue = site.tongue(meta.lang)
    drawn = dossier_map(site, dossier)
    return ShareRecipe(
        meta.title, tongue, site.config.title, when, map=_unnoted(replace(drawn, form="share") if drawn else None)
    )


def _of_briefing(site: Site, entry: Entry) -> ShareRecipe:
    briefing = entry.briefing
    drawn = _unnoted(briefing_map(site, entry, "share-one"))
    return ShareRecipe(briefing.title, site.tongue(briefing.lang), site.config.title, briefing.when, map=drawn)


def _unnoted(drawn: MapRecipe | None) -> MapRecipe | None:
    """A map on which no name leads to a note, as there is no room for one."""
    return replace(drawn, names=tuple([replace(name, note=None) for name in drawn.names])) if drawn else None


def share_faults(sites: Iterable[Site]) -> Iterator[Fault]:
    """Titles that have letters for which there is no font."""
    for site in sites:
        if not site.scene.share or "share-words" in site.config.check.off:
            continue
        archive = site.archive
        titles = [("sitrep.toml", 0, site.config.title)] if not archive.language else []
        titles += [(d.document.path, d.document.line("title"), d.document.meta.title) for d in archive.dossiers]
        if site.scene.share == "briefings":
            own = [entry.briefing for entry in archive.own(archive.entries)]
            titles += [(briefing.path, briefing.line("title"), briefing.title) for briefing in own]
        for path, line, title in titles:
            if letters := missing(title, "serif"):
                named = "".join(letters[:5])
                message = f'no font for share pictures has "{named}", so this title isn\'t on its own'
                yield warning(path, line, "share-words", message, "title")
