"""Feeds: the entries of RSS and Atom, each an article where it has its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import html as lxml_html

from builder.dates import Moment
from builder.importing.addresses import plain_address
from builder.importing.article import Article, Block
from builder.importing.bylines import clean_authors
from builder.importing.capture import Capture, LeftOut, Refusal
from builder.importing.furniture import length
from builder.importing.markup import paragraphs
from builder.importing.publication import read_moment

_KIND = "http://schemas.google.com/g/2005#kind"
_SHORTEST = 400  # characters of a summary: less is a teaser
_FEWEST = 25  # words of what a feed calls the content, which may be short and whole
_MORE = (
    "read (?:more|on|the (?:full|rest|whole))|continue reading|lire la suite|weiterlesen|mehr lesen|leer más|"
    "seguir leyendo|leia mais|leggi tutto|читать далее|опширније|opširnije|اقرأ المزيد"
)
_TARGET = re.compile(r"\]\(<?(https?://[^\s)>]+)")
_LINE = 60  # words, of which most are those of the headline
_CUT = re.compile(rf"(?:…|\.\.\.)[\s\])>»→]*$|(?:^|[.!?…\]] ?)(?:{_MORE})\b.{{0,200}}$", re.IGNORECASE)


def entries_in(capture: Capture) -> Iterator[Article | Refusal | LeftOut]:
    """The entries of a feed. One without its text is refused, with the address at which the text stands.

    An export of Blogger is a feed too, with its pages, comments and settings as entries: these are left out.
    """
    import feedparser

    parsed = feedparser.parse(capture.data)
    if not parsed.entries:
        why = "is no feed" if parsed.get("bozo") and not parsed.get("version") else "is a feed without entries"
        yield Refusal(capture.name, f"{why}; give the address of an RSS or Atom feed, or of the article itself")
        return
    publisher = str(parsed.feed.get("title") or "")
    posts = [entry for entry in parsed.entries if _blogger_kind(entry) in ("", "post")]
    if left := len(parsed.entries) - len(posts):
        yield LeftOut(capture.name, "entry that is no post" if left == 1 else "entries that are no posts", left)
    for entry in posts:
        title = _plain(str(entry.get("title") or ""))
        url = str(entry.get("link") or "")
        name = f"{capture.name}:{url or title or entry.get('id', 'entry')}"
        body = _body(entry, url)
        if sum(len(block.text) for block in body) < _SHORTEST and not _is_whole(entry, body):
            way_out = f"import {url}" if url.startswith("http") else "import the article itself"
            yield Refusal(name, f"has no full text in the feed; {way_out}")
            continue
        yield Article(
            title=title,
            blocks=tuple(body),
            summary=_summary(entry, body),
            published=_moment(entry),
            authors=clean_authors([str(entry.get("author") or "")], (publisher,), trusted=True),
            language=str(parsed.feed.get("language") or ""),
            publisher=publisher,
            url=url,
            tags=tuple(
                str(tag["term"]) for tag in entry.get("tags", ()) if tag.get("term") and tag.get("scheme") != _KIND
            ),
        )


def _blogger_kind(entry: Any) -> str:
    """What an entry of Blogger's is: `post`, `page`, `comment`, `settings`, `template`; empty for those of others."""
    terms = (str(tag.get("term")) for tag in entry.get("tags", ()) if tag.get("scheme") == _KIND)
    return next((term.rpartition("#")[2] for term in terms), "")


def _body(entry: Any, url: str) -> list[Block]:
    from builder.importing.pages import blocks_of_fragment

    contents = [str(content.get("value") or "") for content in entry.get("content", ())]
    html = max([*contents, str(entry.get("summary") or "")], key=len)
    if not html.strip():
        return []
    if "<" not in html:
        return list(paragraphs(html.split("\n")))
    blocks = blocks_of_fragment(html, url)
    return blocks[:-1] if len(blocks) > 1 and _names_its_site(blocks[-1], url) else blocks


def _names_its_site(block: Block, url: str) -> bool:
    """Whether a block says in which site the entry appeared first, as WordPress has it at the end, in any language: a
    line with two links, the first to the entry itself, the other to the site's first page."""
    targets = [plain_address(target) for target in _TARGET.findall(block.markup)]
    own = plain_address(url)
    return (
        block.kind == "paragraph"
        and len(targets) == 2
        and length(block.text) < _LINE
        and targets[0] == own
        and targets[1] != own
        and own.startswith(targets[1])
    )


def _is_whole(entry: Any, body: list[Block]) -> bool:
    """Whether a short text is the entry's content, and neither a summary nor cut off."""
    longest = max((len(content.get("value") or "") for content in entry.get("content", ())), default=0)
    is_content = longest >= max(1, len(entry.get("summary") or ""))
    return is_content and sum(length(block.text) for block in body) >= _FEWEST and not any(map(_is_cut, body))


def _is_cut(block: Block) -> bool:
    return _CUT.search(block.text) is not None


def _summary(entry: Any, body: list[Block]) -> str:
    text = _plain(str(entry.get("summary") or ""))
    opening = " ".join(block.text for block in body[:3])
    return text if entry.get("content") and 20 < len(text) < 500 and text[:60] not in opening else ""


def _moment(entry: Any) -> Moment | None:
    for key in ("published", "created", "updated"):
        if entry.get(key) and (moment := read_moment(str(entry[key]))) is not None:
            return moment
    return None


def _plain(text: str) -> str:
    if "<" in text:
        text = str(lxml_html.fromstring(f"<div>{text}</div>").text_content())
    return " ".join(text.split())
