"""Declared: what a saved page says of itself in JSON-LD, in meta tags and in microdata."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from lxml.html import HtmlElement
from msgspec import Struct

_ARTICLE_TYPES = re.compile(
    r"(?:Article|BlogPosting|NewsItem|ReportageNews|LiveBlogPosting|CreativeWork|WebPage)", re.I
)
_STRONG_TYPES = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting)$", re.I)
_HEADLINES = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "title",
              "headline", "cxenseparse:title")  # fmt: skip
_PUBLISHED = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date", "dc.date.created", "dcterms.date", "dc.terms.created", "publish-date", "publish_date",
    "pubdate", "publication_date", "date_published", "published_date", "published-date", "article.published",
    "article_date_original", "originalpublicationdate", "displaydate", "ptime", "bt:pubdate", "iso-8601-publish-date",
    "og:pubdate", "rnews:datepublished", "vf:datepublished", "article.created", "citation_publication_date",
    "citation_online_date", "dateposted", "article:post_date", "article:publish_time", "sailthru.publish_date",
    "parsely-publish-date", "publishdate", "published_at", "publishedat", "pub-date", "mediator_published_time",
    "live_blog_published", "pagedate", "story_date", "dc.date.published", "dcterms.available",
)  # fmt: skip
# Names that mean publication on most pages, and on others when the page was made.
_DATED = ("pub_date", "datecreated", "created", "release_date", "date", "timestamp", "docdate", "creation_date",
          "search.published", "eomportal-lastupdate")  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "last-modified", "datemodified", "dcterms.modified",
             "dc.date.modified", "search.updated", "revised", "lastmod")  # fmt: skip
# What pages give to their scripts, or as JSON that no parser reads. The first letter stands alone, so that the rest is
# tried only where it is.
_TOLD = re.compile(
    r"""[dfopDFOP](?<!\w.)(?i:(?:(?<=d)ate_?p(?:ublished|osted)|(?<=d)isplay_?date|(?<=f)irst_?publish\w*|"""
    r"""(?<=o)riginal_?date|(?<=p)ub(?:_?date|lication_?date|lish(?:ed|ing)?_?(?:at|date|time|on)?))"""
    r"""["']?\s*[:=]\s*["']?([^"'<>{},;]{8,40}))"""
)
_AUTHORS = (
    "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "byline",
    "article:author_name", "og:article:author", "twitter:data1", "cxenseparse:author", "citation_author", "creator",
    "rbauthors", "article.author", "dc.contributor", "twitter:creator",
)  # fmt: skip
_BYLINE = re.compile(r"[.:_-]by-?line$")
_SUMMARIES = ("og:description", "description", "twitter:description", "dc.description", "sailthru.description")
_SITES = ("og:site_name", "application-name", "publisher", "dc.publisher", "cre", "source", "al:android:app_name")
# A publisher that is named by its address.
_SCHEME = re.compile(r"^https?://(?:www\.)?|(?<=\w)/$")
_KEYWORDS = ("keywords", "news_keywords", "article:tag", "parsely-tags", "sailthru.tags")


class Declared(Struct, frozen=True, kw_only=True):
    """What a page declares, each in the order of how much it is to be believed.

    Of dates, `published` are declared to be those of publication, and `dated` may be; `told` are those that it tells
    its scripts, if it declares none; `modified` are of revisions. `is_paid`: not everybody may read all of the article.
    """

    headlines: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    authors: tuple[tuple[str, ...], ...] = ()
    summaries: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    language: str = ""
    url: str = ""
    image: str = ""
    keywords: tuple[str, ...] = ()
    body: str = ""
    is_article: bool = False
    is_paid: bool = False


def declared_by(tree: HtmlElement) -> Declared:
    """What the page at the root of `tree` declares."""
    metas = _metas(tree)
    things = list(_things(tree))
    articles = _articles(things, metas)
    micro = _microdata(tree)
    published = _texts([
        *_of(articles, "datePublished"), *_first(metas, _PUBLISHED), *micro.get("datePublished", ()),
        *_of(articles, "dateCreated"), *_of(articles, "uploadDate"), *_of(things, "datePublished"),
    ])  # fmt: skip
    return Declared(
        headlines=_texts([*_of(articles, "headline"), *_first(metas, _HEADLINES), *micro.get("headline", ()),
                          *_of(articles, "name")]),
        published=published,
        dated=_texts(_first(metas, _DATED)),
        told=() if published else _texts(_told(tree)),
        modified=_texts([*_of(articles, "dateModified"), *_first(metas, _MODIFIED)]),
        authors=tuple(_authors(articles, metas, micro)),
        summaries=_texts([*_first(metas, _SUMMARIES), *_of(articles, "description")]),
        sites=_texts(_SCHEME.sub("", text) for text in (*_first(metas, _SITES[:1]), *_publishers(articles),
                                                        *_first(metas, _SITES[1:]))),
        language=_language(tree, metas, articles),
        url=_address(tree, metas, articles),
        image=next(iter(_first(metas, ("og:image", "twitter:image", "twitter:image:src"))), ""),
        keywords=_texts(_keywords(metas, articles)),
        body=max((_plain(text) for text in _of(articles, "articleBody")), key=len, default=""),
        is_article=any(_STRONG_TYPES.search(kind) for thing in articles for kind in _kinds(thing))
        or any("article" in kind for kind in metas.get("og:type", ())),
        is_paid=any(str(thing.get("isAccessibleForFree", "")).lower() == "false" for thing in articles),
    )  # fmt: skip


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    """The contents of the page's meta tags by what they are called, in lower case."""
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        content = (meta.get("content") or "").strip()
        if content:
            for attribute in ("property", "name", "itemprop"):
                if name := meta.get(attribute):
                    found.setdefault(name.strip().lower(), []).append(content)
    return found


def _things(tree: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """Every object of the page's JSON-LD, the outer before those inside."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            for value in _read_json(script.text or ""):
                yield from _walk(value, 0)


def _told(tree: HtmlElement) -> Iterator[str]:
    for script in tree.iter("script"):
        for match in islice(_TOLD.finditer(script.text or ""), 8):
            yield match[1]


def _read_json(text: str) -> Iterator[Any]:
    text = re.sub(r"^\s*(?://)?\s*(?:<!\[CDATA\[|<!--)|(?://)?\s*(?:\]\]>|-->)\s*;?\s*$", "", text).strip().rstrip(";")
    decoder = json.JSONDecoder(strict=False)
    for attempt in (
        text,
        re.sub(r",\s*([}\]])", r"\1", text),
        re.sub(r"/\*.*?\*/", "", html.unescape(text), flags=re.S),
    ):
        try:
            yield decoder.raw_decode(attempt)[0]
        except (ValueError, RecursionError):
            continue
        return


def _walk(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > 8:
        return
    if isinstance(value, dict):
        if "@type" in value or "@graph" in value:
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart", "liveBlogUpdate"):
            if isinstance(value.get(key), (dict, list)) and key not in ("hasPart", "itemListElement", "liveBlogUpdate"):
                yield from _walk(value[key], depth + 1)
    elif isinstance(value, list):
        for item in value[:200]:
            yield from _walk(item, depth + 1)


def _kinds(thing: Mapping[str, Any]) -> list[str]:
    kinds = thing.get("@type", ())
    return [str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])]


def _articles(things: Iterable[Mapping[str, Any]], metas: Mapping[str, list[str]]) -> list[Mapping[str, Any]]:
    """The things that may be the article, the likeliest first."""
    found = [thing for thing in things if any(_ARTICLE_TYPES.search(kind) for kind in _kinds(thing))]
    strong = [thing for thing in found if any(_STRONG_TYPES.search(kind) for kind in _kinds(thing))]
    if len(strong) > 1:
        own = [thing for thing in strong if _is_of_page(thing, metas)]
        strong = own + [thing for thing in strong if thing not in own]
        # A page that lists several articles says nothing about which of them it is.
        if len(strong) > 3 and not strong[0].get("articleBody"):
            return own or strong[:1]
    return strong or found


def _is_of_page(thing: Mapping[str, Any], metas: Mapping[str, list[str]]) -> bool:
    """Whether a thing has the address or the headline that the page's meta tags have."""
    page = thing.get("mainEntityOfPage")
    places = [thing.get("url"), page.get("@id") if isinstance(page, dict) else page]
    titles = {_plain(text) for text in _first(metas, ("og:title", "twitter:title"))}
    return bool(set(_first(metas, ("og:url",))) & {place for place in places if isinstance(place, str)}) or any(
        _plain(text) in titles for text in _of([thing], "headline")
    )


def _of(things: Iterable[Mapping[str, Any]], key: str) -> Iterator[str]:
    for thing in things:
        value = thing.get(key)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, str):
                yield item
            elif isinstance(item, dict) and isinstance(item.get("@value"), str):
                yield item["@value"]


def _first(metas: Mapping[str, list[str]], names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from metas.get(name, ())


def _texts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in map(_plain, texts) if text))


def _plain(text: str) -> str:
    """Texts in metadata are often escaped twice, and hold tags."""
    for _ in range(2):
        if "&" in text:
            text = html.unescape(text)
    if "<" in text:
        text = re.sub(r"</?[A-Za-z][^<>]{0,500}>", " ", text)
    return " ".join(text.split())


def _microdata(tree: HtmlElement) -> dict[str, list[str]]:
    """The first values of the page's `itemprop`s, those of the outermost article if there is one."""
    found: dict[str, list[str]] = {}
    for element in tree.iterfind(".//*[@itemprop]"):
        for name in element.get("itemprop", "").split():
            if name in ("headline", "datePublished", "author", "creator"):
                value = element.get("content") or element.get("datetime") or _short_text(element)
                if value and len(found.setdefault(name, [])) < 4:
                    found[name].append(value)
    return found


def _short_text(element: HtmlElement) -> str:
    inner = element.find(".//*[@itemprop='name']")
    text = (inner if inner is not None else element).text_content() or ""
    if inner is not None and inner.get("content"):
        text = inner.get("content")
    return " ".join(text.split()) if len(text) < 400 else ""


def _authors(
    articles: Iterable[Mapping[str, Any]], metas: Mapping[str, list[str]], micro: Mapping[str, list[str]]
) -> Iterator[tuple[str, ...]]:
    """Groups of names, each group from one place."""
    for thing in articles:
        for key in ("author", "creator"):
            persons, others = _people(thing.get(key))
            if persons or others:
                yield tuple(_plain(name) for name in (persons or others))
    for name in (*_AUTHORS, *(name for name in metas if name not in _AUTHORS and _BYLINE.search(name))):
        texts = [text for text in metas.get(name, ()) if not re.match(r"(?:https?:)?//|www\.|@", text)]
        if name.startswith("twitter:"):  # a name, or what somebody is called there
            texts = [text for text in texts if " " in text.strip()]
        if texts:
            yield tuple(_plain(text) for text in texts)
    for key in ("author", "creator"):
        if micro.get(key):
            yield tuple(_plain(text) for text in dict.fromkeys(micro[key]))


def _people(value: Any, depth: int = 0) -> tuple[list[str], list[str]]:
    """The names of persons, and of others, that an `author` gives."""
    persons: list[str] = []
    others: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            if not re.match(r"https?:", item):
                persons.append(item)
        elif isinstance(item, list) and depth < 3:
            inner = _people(item, depth + 1)
            persons += inner[0]
            others += inner[1]
        elif isinstance(item, dict):
            names = item.get("name")
            for name in names if isinstance(names, list) else [names]:
                if isinstance(name, str) and name.strip():
                    (others if any("Organization" in kind for kind in _kinds(item)) else persons).append(name)
    return persons, others


def _publishers(articles: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for thing in articles:
        persons, others = _people(thing.get("publisher"))
        yield from [*others, *persons][:1]


def _language(tree: HtmlElement, metas: Mapping[str, list[str]], articles: Iterable[Mapping[str, Any]]) -> str:
    candidates = [
        *_of(articles, "inLanguage"),
        tree.get("lang") or "",
        tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang") or "",
        *_first(metas, ("og:locale", "content-language", "language", "dc.language")),
    ]
    for text in candidates:
        match = re.match(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}))?$", text.strip())
        if match:
            parts = [match[1].lower(), (match[2] or "").title(), (match[3] or "").upper()]
            return "-".join(part for part in parts if part)
    return ""


def _address(tree: HtmlElement, metas: Mapping[str, list[str]], articles: Iterable[Mapping[str, Any]]) -> str:
    links = [link.get("href") or "" for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    for url in (*links, *_first(metas, ("og:url", "parsely-link", "twitter:url")), *_of(articles, "url")):
        if re.match(r"https?://[^\s/]+\.[^\s/]+", url.strip()):
            return url.strip()
    return ""


def _keywords(metas: Mapping[str, list[str]], articles: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for text in (*_first(metas, _KEYWORDS), *_of(articles, "keywords")):
        yield from (part.strip() for part in text.split(","))
