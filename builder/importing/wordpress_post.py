"""WordPress posts: what the elements of an entry in an export say, as an article's fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from datetime import datetime
from typing import Any, TypeAlias
from urllib.parse import urljoin

import msgspec

from builder.dates import Moment
from builder.importing.capture import Capture, Refusal
from builder.importing.entries import Entry
from builder.importing.publication import read_moment
from builder.importing.wordpress_text import html_of

# An element of lxml; its type stubs are no dependency.
Element: TypeAlias = Any
_DRAFTS = frozenset({"draft", "pending", "private", "future"})
_GONE = frozenset({"trash", "auto-draft"})
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")  # of a language
# What WordPress files posts under that have no category, in the languages that it speaks.
_NO_CATEGORY = frozenset({
    "uncategorized", "uncategorised", "non classé", "non classe", "allgemein", "unkategorisiert", "sin categoría",
    "sin categorizar", "senza categoria", "sem categoria", "geen categorie", "niet gecategoriseerd", "без рубрики",
    "без категорії", "неразврстано", "nerazvrstano", "nekategorizirano", "bez kategorii", "nezařazené", "genel",
    "okategoriserade", "ikke kategoriseret", "غير مصنف", "未分类", "未分類", "دسته‌بندی نشده",
})  # fmt: skip


class Site:
    """What the head of an export tells of the site: its name, address, language, and its authors by their logins."""

    def __init__(self) -> None:
        self.title = ""
        self.address = ""
        self.language = ""
        self.authors: dict[str, str] = {}

    def note(self, tag: str, element: Element) -> None:
        """Takes in an element of the head that is called `tag`."""
        if tag == "title":
            self.title = (element.text or "").strip()
        elif tag == "link":
            self.address = (element.text or "").strip()
        elif tag == "language":
            self.language = (element.text or "").strip()
        elif tag == "author":
            login = text_of(element, "author_login")
            first_last = f"{text_of(element, 'author_first_name')} {text_of(element, 'author_last_name')}".strip()
            shown = text_of(element, "author_display_name")
            # Who hasn't chosen a name to be shown is shown by their login.
            self.authors[login] = (first_last if shown in ("", login) else "") or shown or login


def kind_of(item: Element) -> str:
    """What an entry of an export is: a `post`, `trash`, or what else its type says."""
    kind = text_of(item, "post_type") or "post"
    return "trash" if kind == "post" and text_of(item, "status") in _GONE else kind


def post_of(item: Element, site: Site, name: str) -> Capture | Refusal:
    """The entry of a post in an export that is called `name`."""
    status = text_of(item, "status") or "publish"
    title, link, guid = text_of(item, "title"), text_of(item, "link"), text_of(item, "guid")
    label = f"{name}:{link or guid or title or item.sourceline}"
    url = urljoin(site.address, link) if link else ""  # Squarespace gives addresses without the site's
    is_draft = status in _DRAFTS or bool(text_of(item, "post_password"))
    if not title:
        return Refusal(label, "has no headline; give it one in WordPress, and export it anew")
    published = _published(item)
    entry = Entry(
        title=title,
        text=html_of(text_of(item, "encoded", "content")),
        summary=text_of(item, "encoded", "excerpt"),
        published=published,
        odd_date="" if published else _odd_date(item),
        authors=_authors(item, site),
        publisher=site.title,
        # A draft's address leads nobody anywhere.
        url=url if url.startswith(("http://", "https://")) and not is_draft else "",
        language=next(filter(_CODE.fullmatch, _filed(item, {"language"}, "nicename")), site.language),
        tags=tuple(dict.fromkeys(_terms(item))),
        key=f"wordpress {guid or url}" if is_draft and (guid or url) else "",
        is_draft=is_draft,
        notes=("it was a draft in WordPress",) if is_draft else (),
    )
    return Capture(name=label, data=msgspec.json.encode(entry), kind="entry")


def _terms(item: Element) -> Iterator[str]:
    """Categories and tags, without those of plugins and the one that means none."""
    words = _filed(item, {"category", "post_tag", "tag"})
    return (word for word in words if word.lower() not in _NO_CATEGORY)


def _authors(item: Element, site: Site) -> tuple[str, ...]:
    """Those that Co-Authors Plus files a post under, or else its creator."""
    names = [*_filed(item, {"author"})] or [text_of(item, "creator")]
    return tuple(dict.fromkeys(site.authors.get(name, name) for name in names if name))


def _filed(item: Element, domains: Set[str], attribute: str = "") -> Iterator[str]:
    """The words under which a post is filed in some domains of terms: plugins have their own, as Polylang has
    `language`."""
    for element in item.iterchildren("{*}category", "category"):
        word = ((element.get(attribute) if attribute else element.text) or "").strip()
        if word and element.get("domain", "category") in domains:
            yield word


def _published(item: Element) -> Moment | None:
    """When a post appeared, with the offset that lies between its local time and its time in UTC."""
    local, utc = _time(text_of(item, "post_date")), _time(text_of(item, "post_date_gmt"))
    if local is None:
        # What other programs write has only one of the two, or only that of a feed.
        told = "" if utc is None else f"{utc.isoformat()}Z"
        return read_moment(told or text_of(item, "pubDate") or text_of(item, "post_date"))
    minutes = round((local - utc).total_seconds() / 60) if utc is not None else None
    offset = minutes if minutes is not None and -14 * 60 <= minutes <= 14 * 60 else None
    seconds = local.hour * 3600 + local.minute * 60 + local.second
    return Moment(local.year, local.month, local.day, seconds, offset)


def _time(text: str) -> datetime | None:
    try:
        return datetime.strptime(text.replace("T", " ").rstrip("Z"), "%Y-%m-%d %H:%M:%S")  # its zone: by the other time
    except ValueError:  # 0000-00-00 00:00:00, which drafts have
        return None


def _odd_date(item: Element) -> str:
    written = text_of(item, "post_date")
    return "" if written.startswith("0000") else written


def tag_of(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text_of(parent: Element, tag: str, space: str = "") -> str:
    """The text of the first child that is called so. `space` is a part of its namespace, which has versions."""
    for child in parent:
        if isinstance(child.tag, str) and tag_of(child) == tag and space in child.tag:
            return (child.text or "").strip()
    return ""
