"""Maps: which briefings, and which part of the world, the map of a page shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.index import Entry
from builder.model.records import Actor, Region
from builder.names import fold
from builder.pages.recipes import Counted, Filter, FrameRecipe, MapRecipe, Sheet
from builder.plan.site import Site
from builder.resolve import ResolvedDossier, Term

FEW = 500  # located briefings: where there are more, a map shows regions with counts, which lead to their own maps


def map_sheet(site: Site) -> Sheet:
    """What `/map/` is made from."""
    return Sheet(FrameRecipe(site.wording.words.gettext("Map")), {}, map=archive_map(site, "world"))


def home_map(site: Site) -> MapRecipe | None:
    """The small map of the home page, which leads to the large one; None where no theme needs it."""
    return archive_map(site, "home")


def archive_map(site: Site, form: str) -> MapRecipe | None:
    """A map of all that happened; None where no theme needs maps."""
    if "map" not in site.needs:
        return None
    located = _located(site, range(len(site.archive.entries)))
    names = site.country_names
    if len(located) > FEW:
        return MapRecipe(form, len(located), regions=tuple(_countries(site, set(located))), names=names)
    filters = tuple(_filters(site, set(located))) if form == "world" else ()
    return MapRecipe(form, len(located), _abstracts(site, located), filters=filters, names=names)


def region_map(site: Site, term: Term) -> MapRecipe | None:
    """The map of a region: of its outline, or of what happened there; None where no theme needs it."""
    if "map" not in site.needs:
        return None
    archive, record = site.archive, term.record
    code = record.code if isinstance(record, Region) else None
    located = _located(site, archive.members["region"][term.slug])
    children = archive.children.get("region", {}).get(term.slug, ())
    many = len(located) > FEW
    regions = tuple(_counted(site, children, set(located))) if many else ()
    is_country = _is_country(code)
    around = () if is_country else tuple(_country_around(site, term.slug))
    own = None
    if isinstance(record, Region) and record.lat is not None and record.lon is not None and not is_country:
        own = (term.name, record.lon, record.lat)
    # What is a region of several countries reaches as far as they do.
    codes = (code,) if code is not None and not code.isdigit() else tuple(_codes_inside(site, children))
    return MapRecipe(
        "page",
        len(located),
        () if regions else _abstracts(site, located),
        regions,
        codes=codes,
        around=around,
        focus=code,
        context=around,
        own=own,
        names=site.country_names,
    )


def dossier_map(site: Site, dossier: ResolvedDossier) -> MapRecipe | None:
    """The map of a dossier: its briefings, with the countries of its regions and actors; None where none needs it."""
    if "map" not in site.needs:
        return None
    archive = site.archive
    located = _located(site, archive.dossier_members[dossier.id])
    records = [archive.terms["actor"][slug].record for slug in dossier.actors]
    countries = {record.country for record in records if isinstance(record, Actor) and record.country}
    countries.update(_codes_inside(site, dossier.regions))
    return MapRecipe(
        "page",
        len(located),
        _abstracts(site, located),
        context=tuple(sorted(countries)),
        names=site.country_names,
    )


def briefing_map(site: Site, entry: Entry, form: str) -> MapRecipe | None:
    """A map of where one briefing happened; None where no theme needs maps, or it doesn't say."""
    briefing = entry.briefing
    if "map" not in site.needs or not briefing.located:
        return None
    codes = tuple(sorted({*_codes_inside(site, briefing.regions)}))
    return MapRecipe(form, 1, (briefing.abstract,), context=codes, names=site.country_names)


def _located(site: Site, positions: Iterable[int]) -> list[int]:
    """Those that say where they happened, newest first."""
    entries = site.archive.entries
    return [position for position in sorted(positions, reverse=True) if entries[position].briefing.located]


def _abstracts(site: Site, positions: Iterable[int]) -> tuple[bytes, ...]:
    entries = site.archive.entries
    return tuple([entries[position].briefing.abstract for position in positions])


def _is_country(code: str | None) -> bool:
    return code is not None and len(code) == 2 and code.isalpha()


def _code(site: Site, slug: str) -> str | None:
    record = site.archive.terms["region"][slug].record
    return record.code if isinstance(record, Region) else None


def _codes_inside(site: Site, slugs: Iterable[str]) -> Iterator[str]:
    """The codes of the countries among some regions and those inside them."""
    children = site.archive.children.get("region", {})
    for slug in slugs:
        code = _code(site, slug)
        if code is not None and _is_country(code):
            yield code
        else:
            yield from _codes_inside(site, children.get(slug, ()))


def _country_around(site: Site, slug: str) -> Iterator[str]:
    """The code of the country that a region lies in, if it lies in one."""
    parents = site.archive.parents.get("region", {})
    while outer := parents.get(slug, ()):
        slug = outer[0]
        code = _code(site, slug)
        if code is not None and _is_country(code):
            yield code
            return


def _countries(site: Site, located: set[int]) -> Iterator[Counted]:
    """The countries, and the outermost regions of what happened in none."""
    archive = site.archive
    countries = [slug for slug in archive.terms["region"] if _is_country(_code(site, slug))]
    met = {position for slug in countries for position in archive.members["region"][slug]}
    parents = archive.parents.get("region", {})
    others = [
        slug
        for slug, members in archive.members["region"].items()
        if not parents.get(slug) and any(position in located and position not in met for position in members)
    ]
    yield from _counted(site, [*countries, *others], located)


def _counted(site: Site, slugs: Iterable[str], located: set[int]) -> Iterator[Counted]:
    """The regions in which something located happened, those of the most first."""
    archive = site.archive
    counts = [(len(located.intersection(archive.members["region"][slug])), slug) for slug in slugs]
    for count, slug in sorted(counts, key=lambda pair: (-pair[0], pair[1])):
        record, label = archive.terms["region"][slug].record, site.labels["region"][slug]
        if not count:
            return
        place = None
        if isinstance(record, Region) and record.lat is not None and record.lon is not None:
            place = (record.lon, record.lat)
        yield Counted(label.name, label.address, count, _code(site, slug), place, label.lang)


def _filters(site: Site, located: set[int]) -> Iterator[Filter]:
    """What readers may choose by: the dossiers and regions that some but not all of what is located belongs to."""
    archive = site.archive
    for dossier in archive.dossiers:
        if 0 < len(located.intersection(archive.dossier_members[dossier.id])) < len(located):
            yield Filter("dossier", dossier.document.meta.title, (dossier.id,), site.labels["dossier"][dossier.id].lang)
    children = archive.children.get("region", {})
    for term in sorted(archive.terms["region"].values(), key=lambda term: (fold(term.name), term.slug)):
        if 0 < len(located.intersection(archive.members["region"][term.slug])) < len(located):
            slugs, inside = [], [term.slug]
            while inside:
                slug = inside.pop()
                slugs.append(slug)
                inside += children.get(slug, ())
            yield Filter("region", term.name, tuple(sorted(slugs)), site.labels["region"][term.slug].lang)
