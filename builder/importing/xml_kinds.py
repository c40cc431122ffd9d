"""XML kinds: what a file of XML is, told by its root element, where it is neither a page nor a feed."""

from __future__ import annotations

import re

# What stands before the root: the declaration, comments, processing instructions, a document type.
_PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!doctype\b(?:[^<>\[]|\[[^\]]*\])*>)*", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([a-z_][\w.-]*)", re.IGNORECASE)
_COMMENTS = re.compile(rb"\s+|<!--.*?-->", re.DOTALL)

# By the name of the root element: what the file is, and what to do. With such a root it is XML even if no declaration
# says so.
XML_KINDS = {
    "urlset": "is a sitemap; import the addresses in it that are articles",
    "sitemapindex": "is a list of sitemaps; import the addresses of articles in those",
    "opml": "is a list of feeds (OPML); import the address of each feed",
    "svg": "is a drawing (SVG); put it into content/media/ as a picture, and name it in a briefing",
    "newsml": "is news in NewsML; save each article as HTML or as text",
    "newsmessage": "is news in NewsML; save each article as HTML or as text",
    "newsitem": "is news in NewsML; save the article as HTML or as text",
    "nitf": "is news in NITF; save the article as HTML or as text",
    "tei": "is a text in TEI; save it as HTML or as text",
    "mediawiki": "is an export of a wiki; save the page of each article",
    "xbel": "is a list of bookmarks; import the addresses in it",
}


def root_of(text: str) -> str:
    """The name of the root element of the XML that `text` begins, in small letters and without a prefix; empty where it
    is none, or only begins behind."""
    prolog = _PROLOG.match(text)
    root = _ROOT.match(text, prolog.end() if prolog is not None else 0)
    return root[1].lower() if root is not None else ""


def goes_on(data: bytes) -> bool:
    """Whether anything follows the last drawing in `data`: then it is a page that begins with one, as with an icon."""
    _, end, behind = data.rpartition(b"</svg>")
    return bool(end) and _COMMENTS.sub(b"", behind[:1000]) != b""


def xml_problem(root: str) -> str:
    """Why XML with such a root can't be imported, and what to do."""
    if root in XML_KINDS:
        return XML_KINDS[root]
    return f"is XML (<{root[:40]}>), and neither a feed nor a page; give the article as HTML or as text"
