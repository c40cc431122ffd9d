"""A capture: the bytes of something that was kept, and what is known of where they came from."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import Literal

from msgspec import Struct

from builder.importing.decoding import unmarked_utf16
from builder.importing.delimiters import delimiter_of
from builder.importing.xml_kinds import XML_KINDS, goes_on, root_of, xml_problem

Kind = Literal[
    "page", "text", "mhtml", "warc", "wacz", "feed", "post", "mail", "mailbox", "pdf", "word", "table", "json",
    "wordpress", "row", "entry", "other",
]  # fmt: skip

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*", b"BM")
_FEEDS = frozenset({"rss", "feed", "rdf"})
# Roots of XHTML, and elements that a piece of it begins with (HTML 4.2 to 4.10), without those by which data is called,
# too, such as `data` and `object`; none where what stands before the root is long.
_HTML = frozenset({
    "", "a", "abbr", "address", "article", "aside", "audio", "b", "base", "bdi", "bdo", "blockquote", "body", "br",
    "button", "center", "cite", "code", "dd", "details", "dfn", "div", "dl", "dt", "em", "fieldset", "figcaption",
    "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html",
    "i", "iframe", "img", "input", "ins", "kbd", "label", "li", "main", "mark", "meta", "nav", "noscript", "ol", "p",
    "picture", "pre", "q", "s", "samp", "script", "search", "section", "small", "span", "strong", "style", "sub",
    "sup", "table", "template", "time", "title", "u", "ul", "var", "video", "wbr",
})  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
_LONG_HEAD = 65_536
_MAIL_HEADERS = frozenset({
    "from", "to", "subject", "date", "received", "message-id", "return-path", "delivered-to", "mime-version", "sender",
    "reply-to", "x-received", "content-type", "dkim-signature", "list-id", "cc", "x-mailer", "authentication-results",
})  # fmt: skip


class Capture(Struct, frozen=True, kw_only=True):
    """What was captured. `name` is what to call it in messages; `url` and `fetched` (ISO 8601, UTC) may be unknown.

    `charset` and `media_type` are what a server or an archive said of the bytes. `kind` is what the bytes are, where
    who took them out of a file knows it: a row or an entry is told by nothing else.
    """

    name: str
    data: bytes
    url: str = ""
    charset: str = ""
    media_type: str = ""
    fetched: str = ""
    kind: Kind | None = None


class Refusal(Struct, frozen=True):
    """Something that can't become a briefing: what it is, why, and what to do about it."""

    name: str
    message: str


def stumbled(name: str, problem: Exception) -> Refusal:
    """That Sitrep has a bug, which a capture has brought to light."""
    what = f"{type(problem).__name__}: {problem}"[:120]
    return Refusal(name, f"makes Sitrep stumble ({what}): a bug in Sitrep; please report it with the file")


class LeftOut(Struct, frozen=True):
    """What is left out of a file on purpose, and how many of these there are: 1 `page`, 2 `attachments`."""

    name: str
    what: str
    count: int


def kind_of(data: bytes) -> tuple[Kind, str]:
    """What `data` is, told by its content; and, where it is nothing that can be imported, why and what to do."""
    head = data[:_HEAD]
    text = _text_of(head)
    if not data.strip(b" \t\r\n\v\f\xef\xbb\xbf"):
        return "other", "is empty; save it anew"
    if head.startswith(_PICTURES):
        return "other", "is a picture, which holds no text; put it into content/media/ and name it in a briefing"
    if head.lstrip()[:5] == b"%PDF-":
        return "pdf", ""
    if head.startswith(b"PK"):
        return _kind_of_zip(data)
    if head.startswith(_OLE):
        return "other", _ole_problem(data)
    if head.startswith(b"{\\rtf"):
        return "other", "is a document in RTF; save it as .docx"
    if head.startswith(b"WARC/"):
        return "warc", ""
    if head.startswith(b"\x1f\x8b"):
        return _kind_of_gzip(head)
    lowered = text[:2000].lower()
    is_mail = _is_mail(text)
    if "mime-version:" in lowered and "multipart/related" in lowered and not is_mail:
        return "mhtml", ""
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")) and not unmarked_utf16(head):
        return "other", "is no text, and of no kind that can be imported; save the page as HTML, or its text"
    if is_mail:
        return ("mailbox" if text.startswith("From ") else "mail"), ""
    if b"://wordpress.org/export/" in data[:_LONG_HEAD] and lowered.startswith(("<?xml", "<rss")):
        return "wordpress", ""
    root = root_of(lowered)
    if root in _FEEDS:
        return "feed", ""
    if lowered.startswith("<?xml") or root in XML_KINDS:
        is_page = root in _HTML or (root == "svg" and goes_on(data))
        return ("page", "") if is_page else ("other", xml_problem(root))
    if lowered.startswith(("<!doctype html", "<html", "<head", "<body", "<!--")):
        return "page", ""
    if text.startswith(("---\n", "---\r\n", "+++\n", "+++\r\n")) or _is_pelican(text):
        return "post", ""
    if lowered.startswith(("{", "[")) and re.match(r'[\[\s]*(?:\{\s*"|\{\s*\}|\[\s*\])', text):
        return "json", ""
    if delimiter_of(_text_of(data[:_LONG_HEAD]), is_whole=len(data) <= _LONG_HEAD):
        return "table", ""
    return ("page" if _has_tags(lowered) else "text"), ""


def _text_of(head: bytes) -> str:
    """The beginning of a file as text, near enough to tell what it is."""
    marked = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else ""
    encoding = marked or unmarked_utf16(head) or "utf-8"
    text = head.decode(encoding, "replace")
    if text.count("\ufffd") > 3:  # some encoding of one byte a letter: which one makes no difference here
        text = head.decode("latin-1")
    return text.lstrip("\ufeff \t\r\n")


def _kind_of_gzip(head: bytes) -> tuple[Kind, str]:
    try:
        start = zlib.decompressobj(wbits=31).decompress(head, 64)
    except zlib.error:
        return "other", "is a file of gzip that is spoilt; fetch it anew"
    if not start:
        return "other", "is a file of gzip that is empty or cut off; fetch it anew"
    if start.startswith((b"WARC/", b"filedesc:")) or b"WARC/".startswith(start):
        return "warc", ""
    return "other", "is compressed by gzip, and no web archive; unpack it, and import what is in it"


def _kind_of_zip(data: bytes) -> tuple[Kind, str]:
    try:
        names = zipfile.ZipFile(BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "other", "is a ZIP file that is cut off or spoilt; fetch it anew"
    if "datapackage.json" in names or any(name.startswith("archive/") for name in names):
        return "wacz", ""
    if "word/document.xml" in names:
        return "word", ""
    # Some producers of Word documents call the part otherwise; its relations tell.
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return "word", ""
    if "content.xml" in names and "mimetype" in names:
        return "other", "is an OpenDocument file; save it as .docx"
    if "[Content_Types].xml" in names:
        return "other", "is a spreadsheet or slides; save a table as CSV, or the text as a file"
    return "other", "is a ZIP file; unpack it, and import the folder"


def _ole_problem(data: bytes) -> str:
    """What a file of Microsoft's compound format ([MS-CFB]) is: streams in it have names in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "is a document with a password; open it, and save it as .docx without one"
    if "__substg1.0_".encode("utf-16-le") in data:
        return "is a message of Outlook (.msg); save it as .eml"
    return "is a document of an old Office; save it as .docx"


def _has_tags(lowered: str) -> bool:
    return (
        sum(lowered.count(tag) for tag in ("<p", "<div", "<meta", "<title", "<article", "<body", "<html", "<h1")) >= 2
    )


def _is_mail(text: str) -> bool:
    """Whether a text begins as a message does (RFC 5322), or a mailbox of them; a browser's saved page does not."""
    head = re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]
    lines = re.split(r"\r?\n", head)
    if not re.match(r"From \S|[A-Za-z][\w-]*:", lines[0]):
        return False
    names = {match[1].lower() for line in lines if (match := re.match(r"([A-Za-z][\w-]*):", line))}
    is_saved_page = "snapshot-content-location" in names or re.search(r'(?im)^From: +"?<?Saved by', head) is not None
    return len(names & _MAIL_HEADERS) >= 3 and not is_saved_page


def _is_pelican(text: str) -> bool:
    head = text.split("\n\n", 1)[0].lower().split("\n")
    return (
        len(head) >= 2
        and head[0].startswith("title:")
        and any(line.startswith(("date:", "slug:")) for line in head[1:])
    )
