"""Recipes: what each page is made from. Small and plain: long things are named by the keys of pieces.

`shade` is always the fingerprint of the labels that a recipe's pieces will need: the names of terms are looked up
when a page is made, and so must be part of what it was made from.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from msgspec import Struct

from builder.dates import When

Period: TypeAlias = tuple[str, ...]


class PictureRecipe(Struct, frozen=True, array_like=True):
    """A picture: its address, its width and height in pixels, and the addresses and widths of its variants."""

    address: str
    width: int
    height: int
    variants: tuple[tuple[str, int], ...] = ()


class BodyRecipe(Struct, frozen=True, array_like=True):
    """A body: the key of its HTML, and where each of its references leads (`#…`, or an address on the site).

    `files` are the addresses of those that are files of `content/media/`, with their sizes in bytes, and `pictures`
    those of them that are pictures.
    """

    html: bytes
    addresses: tuple[str, ...]
    files: tuple[tuple[str, int], ...] = ()
    pictures: tuple[PictureRecipe, ...] = ()


# How many briefings stand on each of some periods.
Counts: TypeAlias = tuple[tuple[Period, int], ...]


class FrameRecipe(Struct, frozen=True, array_like=True):
    """What a page's frame says of it. `feeds` are the titles and addresses of the page's own feeds."""

    title: str
    description: str = ""
    feeds: tuple[tuple[str, str], ...] = ()
    draft: bool = False


class Listing(Struct, frozen=True, array_like=True):
    """A list of briefings: how many there are, the abstracts of those that are shown, and the periods inside.

    `address` is that of the list, which those of its periods begin with. `whole` says that all are shown.
    """

    address: str
    count: int
    cards: tuple[bytes, ...]
    shade: bytes
    whole: bool
    periods: tuple[tuple[Period, int], ...] = ()


class Counted(Struct, frozen=True, array_like=True):
    """A region on a map of regions: its name and page, how many located briefings it has, and where it is.

    `place` is its longitude and latitude; without one, the middle of the country with its `code`. `lang`, here and
    below, is the language of a name, where that isn't the pages'.
    """

    name: str
    address: str
    count: int
    code: str | None
    place: tuple[float, float] | None
    lang: str | None = None


class Filter(Struct, frozen=True, array_like=True):
    """A choice that a map offers: what it is a choice of (`region` or `dossier`), its name, and the slugs that fit."""

    kind: str
    name: str
    slugs: tuple[str, ...]
    lang: str | None = None


class CountryName(Struct, frozen=True, array_like=True):
    """What a country is called on maps, by its code of ISO 3166, and the note that belongs to the name."""

    code: str
    name: str
    note: str | None
    lang: str | None
    note_lang: str | None


class MapRecipe(Struct, frozen=True, array_like=True):
    """A map. `located` are the abstracts of the briefings on it, newest first, `count` says how many there are.

    Where there are too many, `regions` stand in their place. `form` is a key of `FORMS` in `pages/maps.py`. The map
    reaches as far as the outlines of `codes`, else of `around`, else as its briefings. `focus`, `context` and `own`
    are those of a `Sketch`; `names` has what countries are called here.
    """

    form: str
    count: int
    located: tuple[bytes, ...] = ()
    regions: tuple[Counted, ...] = ()
    filters: tuple[Filter, ...] = ()
    codes: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    focus: str | None = None
    context: tuple[str, ...] = ()
    own: tuple[str, float, float] | None = None
    names: tuple[CountryName, ...] = ()


class Sheet(Struct, frozen=True, array_like=True):
    """Any page that has a frame and values of its own; perhaps a list, perhaps a body, perhaps a map.

    `activity` counts the briefings of a list by month or by year, oldest first, without those that have none.
    `languages`, here and below, are those that the page exists in, where there are several; the site's own is empty.
    """

    frame: FrameRecipe
    values: dict[str, Any]
    listing: Listing | None = None
    body: BodyRecipe | None = None
    languages: tuple[str, ...] = ()
    activity: Counts = ()
    map: MapRecipe | None = None


class BriefingRecipe(Struct, frozen=True, array_like=True):
    """A briefing's own page: its document, what its names mean, and its neighbours' abstracts.

    `sources` and `terms` are as in `Filed`; `image`, `attachments` and, of the body, `files` have the addresses of
    files and, in bytes, their sizes; None for one that isn't there. `pictures` are those of the body and `image`.
    """

    document: bytes
    id: str
    regions: tuple[str, ...]
    actors: tuple[str, ...]
    tags: tuple[str, ...]
    dossiers: tuple[str, ...]
    sources: tuple[str | None, ...]
    references: tuple[str, ...]
    files: tuple[tuple[str, int], ...]
    image: tuple[str, int] | None
    attachments: tuple[tuple[str, int] | None, ...]
    earlier: bytes | None
    later: bytes | None
    in_dossiers: tuple[tuple[str, bytes | None, bytes | None], ...]
    related: tuple[bytes, ...]
    shade: bytes
    languages: tuple[str, ...] = ()
    pictures: tuple[PictureRecipe, ...] = ()

    def picture(self, address: str) -> PictureRecipe:
        """That of `pictures` which has an address."""
        return next(picture for picture in self.pictures if picture.address == address)


class PeriodRecipe(Struct, frozen=True, array_like=True):
    """The page of a year, a month or a day: of the whole archive (where `name` is None), or of a long list.

    `days` are those of a year that have briefings, where they are to be shown as a calendar.
    """

    name: str | None
    period: Period
    earlier: Period | None
    later: Period | None
    listing: Listing
    languages: tuple[str, ...] = ()
    days: Counts = ()


class DayOfYearRecipe(Struct, frozen=True, array_like=True):
    """A day of every year, such as `("08", "17")`: the periods of its listing are that day in each of its years."""

    day: Period
    earlier: Period | None
    later: Period | None
    listing: Listing
    languages: tuple[str, ...] = ()


class News(Struct, frozen=True, array_like=True):
    """What lately came in: `at` is in seconds since 1970, UTC; `what` is `added`, `revised` or `withdrawn`.

    `abstract` is None for a withdrawn briefing, of which `notice` has all that is told.
    """

    at: int
    what: str
    abstract: bytes | None
    notice: dict[str, Any] | None = None


class RecentRecipe(Struct, frozen=True, array_like=True):
    """The page of what was lately added or revised, newest first."""

    title: str
    news: tuple[News, ...]
    shade: bytes
    languages: tuple[str, ...] = ()


class HomeRecipe(Struct, frozen=True, array_like=True):
    """The home page. `dossiers` and `ways` are plain values; `recent` and `activity` as on the pages that they name."""

    listing: Listing
    dossiers: tuple[dict[str, Any], ...]
    body: BodyRecipe | None
    languages: tuple[str, ...] = ()
    newest: When | None = None
    ways: dict[str, Any] | None = None
    recent: tuple[News, ...] = ()
    recent_shade: bytes = b""
    activity: Counts = ()
    map: MapRecipe | None = None


class FeedEntry(Struct, frozen=True, array_like=True):
    """A briefing in a feed: its abstract, its body where the feed has full text, and why it was withdrawn, if it was.

    Of one whose title is withheld nothing but the reason is told.
    """

    abstract: bytes
    body: BodyRecipe | None = None
    withdrawn: str | None = None
    hidden: bool = False


class FeedRecipe(Struct, frozen=True, array_like=True):
    """A feed. `address` is that of the page that it belongs to, such as `/` or `/tags/x/`."""

    title: str
    address: str
    entries: tuple[FeedEntry, ...]
    shade: bytes


class Change(Struct, frozen=True, array_like=True):
    """A correction or a withdrawal, as a feed tells it. `key` is unique to it, and stays.

    `title` is None where it is withheld, and then `address` is too.
    """

    key: str
    title: str | None
    address: str | None
    text: str
    at: int
    withdrawn: bool
    lang: str | None


class ChangesFeedRecipe(Struct, frozen=True, array_like=True):
    """The feed of corrections and withdrawals. `address` is that of the page that it belongs to."""

    title: str
    address: str
    changes: tuple[Change, ...]


class KnownName(Struct, frozen=True, array_like=True):
    """What a term or a dossier is called, to find its page by: `kind` and `slug` tell the page, `lang` is the name's.

    Of `kind` "kind" are kinds of publishers, which have no pages.
    """

    kind: str
    slug: str
    name: str
    others: tuple[str, ...] = ()
    lang: str | None = None


class NamesRecipe(Struct, frozen=True, array_like=True):
    """A file of names, for the search."""

    names: tuple[KnownName, ...]


class SitemapRecipe(Struct, frozen=True, array_like=True):
    """A sitemap: addresses, with the instant of their last revision (seconds since 1970, UTC) where that is known."""

    urls: tuple[tuple[str, int | None], ...]


class SitemapIndexRecipe(Struct, frozen=True, array_like=True):
    """The index of several sitemaps, by their addresses."""

    sitemaps: tuple[str, ...]


class RowRecipe(Struct, frozen=True, array_like=True):
    """A row of the data set: a briefing's document, and what its names mean, as in `Filed`.

    `within` are its regions and all that they lie in; `translations` have language, title and address.
    """

    document: bytes
    id: str
    address: str
    regions: tuple[str, ...]
    within: tuple[str, ...]
    actors: tuple[str, ...]
    tags: tuple[str, ...]
    dossiers: tuple[str, ...]
    sources: tuple[str | None, ...]
    translations: tuple[tuple[str, str, str], ...]


class DataFileRecipe(Struct, frozen=True, array_like=True):
    """A file of rows: its format, and the fingerprint of each year's rows with which of them it holds, or None for all.

    Rows are kept by year, so that an edit makes those of one year anew.
    """

    format: str
    years: tuple[tuple[bytes, tuple[int, ...] | None], ...]


class NetworkRecipe(Struct, frozen=True, array_like=True):
    """Who is reported with whom, by the fingerprints of the rows of all years."""

    years: tuple[bytes, ...]


class JsonFileRecipe(Struct, frozen=True, array_like=True):
    """A file of JSON that says `value`."""

    value: Any


class ShareRecipe(Struct, frozen=True, array_like=True):
    """A share picture: a title, what it belongs to (`above` it), and when that was or, `below`, what it is.

    `lang` is the language of the title, where that isn't the pages'.
    """

    title: str
    lang: str | None = None
    above: str = ""
    when: When | None = None
    below: str = ""
    map: MapRecipe | None = None


class RedirectRecipe(Struct, frozen=True, array_like=True):
    """What leads from an old address to `target`."""

    target: str


class RedirectsRecipe(Struct, frozen=True, array_like=True):
    """All redirects: pairs of an old address and the one that it leads to; and which compressed copies there are."""

    redirects: tuple[tuple[str, str], ...]
    compressed: tuple[str, ...] = ()


class SecurityRecipe(Struct, frozen=True, array_like=True):
    """Whom to write to about a hole in the site, and until when that holds (ISO 8601)."""

    contact: str
    expires: str


class NothingRecipe(Struct, frozen=True, array_like=True):
    """A page that is made from the scene alone."""


Recipe: TypeAlias = (
    Sheet
    | BriefingRecipe
    | PeriodRecipe
    | HomeRecipe
    | DayOfYearRecipe
    | RecentRecipe
    | FeedRecipe
    | ChangesFeedRecipe
    | NamesRecipe
    | SitemapRecipe
    | SitemapIndexRecipe
    | DataFileRecipe
    | NetworkRecipe
    | JsonFileRecipe
    | ShareRecipe
    | RedirectRecipe
    | RedirectsRecipe
    | SecurityRecipe
    | NothingRecipe
)
# Those of pages that may exist in several languages.
Spoken = Sheet | BriefingRecipe | PeriodRecipe | DayOfYearRecipe | RecentRecipe | HomeRecipe
