"""A capture: the bytes of something that was kept, and what is known of where they came from."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Literal

from msgspec import Struct

Kind = Literal["page", "text", "mhtml", "warc", "wacz", "feed", "post", "other"]

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*", b"BM")
_HEAD = 4096


class Capture(Struct, frozen=True, kw_only=True):
    """What was captured. `name` is what to call it in messages; `url` and `fetched` (ISO 8601, UTC) may be unknown.

    `charset` and `media_type` are what a server or an archive said of the bytes.
    """

    name: str
    data: bytes
    url: str = ""
    charset: str = ""
    media_type: str = ""
    fetched: str = ""


class Refusal(Struct, frozen=True):
    """Something that can't become a briefing: what it is, why, and what to do about it."""

    name: str
    message: str


def kind_of(data: bytes) -> tuple[Kind, str]:
    """What `data` is, told by its content; and, where it is nothing that can be imported, why and what to do."""
    head = data[:_HEAD]
    text = head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if not data.strip():
        return "other", "is empty; save it anew"
    if head.startswith(_PICTURES):
        return "other", "is a picture, which holds no text; put it into content/media/ and name it in a briefing"
    if head.startswith(b"%PDF"):
        return "other", "is a PDF document, which can't be imported yet; save its text as a file"
    if head.startswith(b"PK"):
        return _kind_of_zip(data)
    if head.startswith((b"\x1f\x8b", b"WARC/")):
        return "warc", ""
    lowered = text[:2000].lower()
    if "mime-version:" in lowered and "multipart/related" in lowered:
        return "mhtml", ""
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "other", "is no text, and of no kind that can be imported; save the page as HTML, or its text"
    if _is_mail(lowered):
        return "other", "is a message (EML), which can't be imported yet; save its text as a file"
    if lowered.startswith(("<?xml", "<rss", "<feed", "<rdf")) and any(
        tag in lowered for tag in ("<rss", "<feed", "<rdf:rdf")
    ):
        return "feed", ""
    if lowered.startswith(("<!doctype html", "<html", "<head", "<body", "<!--", "<?xml")) or _has_tags(lowered):
        return "page", ""
    if text.startswith(("---\n", "---\r\n", "+++\n", "+++\r\n")) or _is_pelican(text):
        return "post", ""
    if lowered.startswith(("{", "[{")) and '":' in lowered:
        return "other", "is JSON, which can't be imported yet; save the text of each article as a file"
    return "text", ""


def _kind_of_zip(data: bytes) -> tuple[Kind, str]:
    try:
        names = zipfile.ZipFile(BytesIO(data)).namelist()
    except zipfile.BadZipFile:
        return "other", "is a ZIP file that is cut off or spoilt; fetch it anew"
    if "datapackage.json" in names or any(name.startswith("archive/") for name in names):
        return "wacz", ""
    if "word/document.xml" in names:
        return "other", "is a Word document, which can't be imported yet; save its text as a file"
    return "other", "is a ZIP file; unpack it, and import the folder"


def _has_tags(lowered: str) -> bool:
    return (
        sum(lowered.count(tag) for tag in ("<p", "<div", "<meta", "<title", "<article", "<body", "<html", "<h1")) >= 2
    )


def _is_mail(lowered: str) -> bool:
    lines = lowered.split("\n\n", 1)[0].split("\n")
    return (
        sum(line.startswith(("from:", "to:", "subject:", "received:", "message-id:", "return-path:")) for line in lines)
        >= 3
    )


def _is_pelican(text: str) -> bool:
    head = text.split("\n\n", 1)[0].lower().split("\n")
    return (
        len(head) >= 2
        and head[0].startswith("title:")
        and any(line.startswith(("date:", "slug:")) for line in head[1:])
    )
