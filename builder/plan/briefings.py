"""What the pages of briefings are made from, and the notices that stand in the place of withdrawn ones."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from builder.index import Entry
from builder.model.briefing import Withdrawal
from builder.pages.recipes import BriefingRecipe, FrameRecipe, Sheet
from builder.pages.values import Value, tongue_value
from builder.plan.site import Site


def briefing_recipe(site: Site, entry: Entry) -> BriefingRecipe:
    """What the page of a briefing is made from."""
    archive = site.archive
    briefing = entry.briefing
    earlier, later = archive.neighbours(entry.position)
    related = site.related(entry) if "related" in site.needs else ()
    in_dossiers = [(own_id, archive.neighbours(entry.position, archive.dossier_members[own_id]))
                   for own_id in briefing.dossiers]  # fmt: skip
    shown = [earlier, later, *related, *[other for _, pair in in_dossiers for other in pair]]
    files = archive.references.files.get(briefing.path)
    return BriefingRecipe(
        document=briefing.document,
        id=briefing.id,
        regions=briefing.regions,
        actors=briefing.actors,
        tags=briefing.tags,
        dossiers=briefing.dossiers,
        sources=briefing.sources,
        references=site.addresses(entry.references) if entry.references else (),
        files=site.sizes(entry.references) if entry.references else (),
        image=_image(site, files) if files else None,
        attachments=_attachments(site, files or {}, len(briefing.attachments)) if briefing.attachments else (),
        earlier=earlier.briefing.abstract if earlier else None,
        later=later.briefing.abstract if later else None,
        in_dossiers=tuple([(own_id, site.abstract(a), site.abstract(b)) for own_id, (a, b) in in_dossiers]),
        related=tuple([other.briefing.abstract for other in related]),
        shade=site.own_shade(entry, [other.position for other in shown if other is not None]),
        pictures=site.pictures([*entry.references, *(files or {}).values()]) if entry.references or files else (),
    )


def _image(site: Site, files: Mapping[str, str]) -> tuple[str, int] | None:
    image = site.media.get(files.get("image", ""))
    return (image.address, image.size) if image else None


def _attachments(site: Site, files: Mapping[str, str], count: int) -> tuple[tuple[str, int] | None, ...]:
    found = [site.media.get(files.get(f"attachments.{number}", "")) for number in range(count)]
    return tuple([(file.address, file.size) if file else None for file in found])


def notice_sheet(site: Site, entry: Entry) -> Sheet:
    """What stands at the address of a withdrawn briefing, and at old addresses of one whose title is withheld."""
    value = notice_value(site, entry)
    title = value["title"] or site.wording.words.gettext("Withdrawn briefing")
    return Sheet(FrameRecipe(title, value["reason"], draft=True), {"notice": value})


def notice_value(site: Site, entry: Entry) -> Value:
    """What is told of a withdrawn briefing: where its title is withheld, only its id's digest and the reason."""
    briefing = entry.briefing
    withdrawn = briefing.withdrawn
    assert withdrawn is not None
    hidden = withdrawn.hide_title
    return {
        "title": None if hidden else briefing.title,
        "digest": hashlib.sha256(entry.id.encode()).hexdigest() if hidden else None,
        "date": site.wording.moment(withdrawn.date),
        "reason": withdrawn.reason,
        **tongue_value(site.tongue(briefing.lang)),
        "replaced_by": _replacement(site, withdrawn),
    }


def _replacement(site: Site, withdrawn: Withdrawal) -> Value | None:
    """A link to the briefing to read instead; where that is withdrawn too, to the one that replaces it."""
    met: set[str] = set()
    while withdrawn.replaced_by is not None and withdrawn.replaced_by.name not in met:
        met.add(withdrawn.replaced_by.name)
        other = site.archive.by_id.get(withdrawn.replaced_by.name)
        if other is None:
            return None
        if other.briefing.withdrawn is None:
            tongue = tongue_value(site.tongue(other.briefing.lang))
            return {"name": other.briefing.title, "address": other.briefing.address, **tongue}
        withdrawn = other.briefing.withdrawn
    return None
