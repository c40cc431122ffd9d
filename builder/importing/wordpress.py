"""WordPress: the posts in an export (WXR), which is RSS with elements of WordPress's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO, TypeAlias

import msgspec

from builder.dates import Moment
from builder.importing.capture import Capture, LeftOut, Refusal
from builder.importing.entries import Entry
from builder.importing.wordpress_text import html_of

# An element of lxml; its type stubs are no dependency.
Element: TypeAlias = Any
_DRAFTS = frozenset({"draft", "pending", "private", "future"})
_GONE = frozenset({"trash", "auto-draft"})
# What is left out by the kinds of posts: what one is called, and what several are.
_KINDS = {"page": ("page", "pages"), "attachment": ("attachment", "attachments"),
          "revision": ("revision", "revisions"), "nav_menu_item": ("menu entry", "menu entries"),
          "trash": ("post in the trash", "posts in the trash")}  # fmt: skip
# XML 1.0 has no place for these; exports have them, where somebody pasted them into a post.
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
# What WordPress files posts under that have no category, in the languages that it speaks.
_NO_CATEGORY = frozenset({
    "uncategorized", "uncategorised", "non classé", "non classe", "allgemein", "unkategorisiert", "sin categoría",
    "sin categorizar", "senza categoria", "sem categoria", "geen categorie", "niet gecategoriseerd", "без рубрики",
    "без категорії", "неразврстано", "nerazvrstano", "nekategorizirano", "bez kategorii", "nezařazené", "genel",
    "okategoriserade", "ikke kategoriseret", "غير مصنف", "未分类", "未分類", "دسته‌بندی نشده",
})  # fmt: skip


def posts_in(file: BinaryIO, name: str) -> Iterator[Capture | Refusal | LeftOut]:
    """Each post of an export as an entry; how many pages, attachments and revisions are left out.

    One post after the other is read: a file may be larger than memory. One that declares entities is refused whole.
    """
    from lxml import etree

    counted: Counter[str] = Counter()
    site = _Site()
    found = 0
    last: tuple[int, Capture | Refusal | None] = (0, None)
    # What the parser can get over is told at the end, and not lost for it: many exports are no sound XML.
    events = etree.iterparse(
        _Clean(file), ("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    try:
        for event, element in events:
            if event == "start":
                if element.getparent() is None and element.getroottree().docinfo.doctype:
                    yield Refusal(name, "declares entities or a document type, as no export does; export it anew")
                    return
                continue
            tag = _tag(element)
            if tag == "item":
                if last[1] is not None:
                    yield last[1]
                found += 1
                last = (element.sourceline or 0, _post(element, site, name, counted))
                _forget(element)
            elif element.getparent() is not None and _tag(element.getparent()) == "channel":
                site.note(tag, element)
    except (etree.XMLSyntaxError, OSError, ValueError):
        pass  # its log has it
    harm = next((entry for entry in events.error_log if entry.domain_name != "NAMESPACE"), None)
    # The entry in which a file is cut off looks as if it were whole.
    is_cut = harm is not None and harm.line >= last[0]
    if last[1] is not None and not is_cut:
        yield last[1]
    yield from _problem(harm, name, found - is_cut)
    yield from (LeftOut(name, _called(kind, number), number) for kind, number in sorted(counted.items()))


def _problem(harm: Any, name: str, found: int) -> Iterator[Refusal]:
    """The first place where an export is no XML, if there is one. (Prefixes without a namespace do no harm.)"""
    if harm is not None:
        reason = f"is cut off or spoilt ({' '.join(harm.message.split())[:100]})"
        message = f"{reason}; {found} of its entries could be read, compare them, or export it anew"
        yield Refusal(f"{name}:{harm.line}", message)
    elif not found:
        yield Refusal(name, "is a WordPress export without an entry; export it anew")


def _called(kind: str, number: int) -> str:
    singular, plural = _KINDS.get(kind, (f"entry of the kind {kind}", f"entries of the kind {kind}"))
    return singular if number == 1 else plural


class _Site:
    """What the head of an export tells of the site: its name, its language, and its authors by their logins."""

    def __init__(self) -> None:
        self.title = ""
        self.language = ""
        self.authors: dict[str, str] = {}

    def note(self, tag: str, element: Element) -> None:
        if tag == "title":
            self.title = (element.text or "").strip()
        elif tag == "language":
            self.language = (element.text or "").strip()
        elif tag == "author":
            login = _text(element, "author_login")
            first_last = f"{_text(element, 'author_first_name')} {_text(element, 'author_last_name')}".strip()
            self.authors[login] = _text(element, "author_display_name") or first_last or login


class _Clean:
    """A file without the control characters that XML doesn't allow."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        # Nothing but an end may look like one.
        while data := self._file.read(size):
            if kept := data.translate(None, _CONTROLS):
                return kept
        return b""


def _post(item: Element, site: _Site, name: str, counted: Counter[str]) -> Capture | Refusal | None:
    """The entry of a post; None for what is left out, which is counted."""
    kind, status = _text(item, "post_type") or "post", _text(item, "status") or "publish"
    if kind != "post" or status in _GONE:
        counted[kind if kind != "post" else "trash"] += 1
        return None
    title, url, guid = _text(item, "title"), _text(item, "link"), _text(item, "guid")
    label = f"{name}:{url or guid or title or item.sourceline}"
    is_draft = status in _DRAFTS or bool(_text(item, "post_password"))
    if not title:
        return Refusal(label, "has no headline; give it one in WordPress, and export it anew")
    login = _text(item, "creator")
    entry = Entry(
        title=title,
        text=html_of(_text(item, "encoded", "content")),
        summary=_text(item, "encoded", "excerpt"),
        published=_published(item),
        authors=(site.authors.get(login, login),) if login else (),
        publisher=site.title,
        # A draft's address leads nobody anywhere.
        url=url if url.startswith(("http://", "https://")) and not is_draft else "",
        language=site.language,
        tags=tuple(dict.fromkeys(_terms(item))),
        key=f"wordpress {guid or url}" if is_draft and (guid or url) else "",
        is_draft=is_draft,
        notes=("it was a draft in WordPress",) if is_draft else (),
    )
    return Capture(name=label, data=msgspec.json.encode(entry), kind="entry")


def _terms(item: Element) -> Iterator[str]:
    """Categories and tags, without those of plugins and the one that means none."""
    for element in item.iterchildren("{*}category", "category"):
        word = (element.text or "").strip()
        if element.get("domain", "category") in ("category", "post_tag", "tag") and word.lower() not in _NO_CATEGORY:
            yield word


def _published(item: Element) -> Moment | None:
    """When a post appeared, with the offset that lies between its local time and its time in UTC."""
    local = _time(_text(item, "post_date"))
    if local is None:
        return None
    utc = _time(_text(item, "post_date_gmt"))
    minutes = round((local - utc).total_seconds() / 60) if utc is not None else None
    offset = minutes if minutes is not None and -14 * 60 <= minutes <= 14 * 60 else None
    seconds = local.hour * 3600 + local.minute * 60 + local.second
    return Moment(local.year, local.month, local.day, seconds, offset)


def _time(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S")  # its zone is told by the other time
    except ValueError:  # 0000-00-00 00:00:00, which drafts have
        return None


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(parent: Element, tag: str, space: str = "") -> str:
    """The text of the first child that is called so. `space` is a part of its namespace, which has versions."""
    for child in parent:
        if isinstance(child.tag, str) and _tag(child) == tag and space in child.tag:
            return (child.text or "").strip()
    return ""


def _forget(element: Element) -> None:
    """Frees what was read: the tree would otherwise grow to the size of the file."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
