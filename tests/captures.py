"""Captures of articles that were written for these tests, in the forms in which captures come."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from builder.importing import Options, Report, import_sources

# 2022-08-24 was a Wednesday.
TITLE = "KFOR clears barricade at the Rudare bridge"
STANDFIRST = "The peacekeepers took the trucks away after talks with both mayors had failed"
PARAGRAPHS = (
    "NATO's peacekeeping force KFOR has cleared a barricade of gravel trucks from the bridge at Rudare in "
    "northern Kosovo "
    "on Wednesday, its commander said.",
    "“We gave both sides all the time that they had asked for,” Major General Ferenc Kajari told reporters in "
    "Mitrovica, adding that nobody had been hurt.",
    "Serbian President Aleksandar Vucic condemned the operation, and Kosovo Prime Minister Albin Kurti welcomed "
    "it. The "
    "two are to meet in Brussels next week, in talks that the European Union mediates.",
    "Belgrade accused Pristina of having ordered the operation. Pristina said that it had learned of it from the "
    "radio.",
)
ICONS = (
    "icon search-bicon menuicon cameraicon chevron downicon closeicon fbicon twicon mailicon printicon shareicon tgicon"
)
TEXT = f""" date 2022-08-24 {ICONS}
24 Aug, 2022 16:40
{TITLE}

{STANDFIRST}
Trucks on the bridge at Rudare © Mira Example / Example Pictures via Getty Images

{(chr(10) * 2).join(PARAGRAPHS)}
"""


def page(
    title: str = TITLE,
    paragraphs: tuple[str, ...] = PARAGRAPHS,
    *,
    published: str | None = "2022-08-24T16:40:00+02:00",
    author: str = "Mira Example",
    url: str = "https://www.example.org/news/rudare",
    head: str = "",
) -> str:
    """A page with an article, metadata, a menu, buttons and other headlines."""
    fields = {
        "@type": "NewsArticle",
        "headline": title,
        "author": [{"@type": "Person", "name": author}],
        "publisher": {"@type": "Organization", "name": "Example Post"},
    }
    if published is not None:
        fields["datePublished"] = published
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | Example Post</title>
<link rel="canonical" href="{url}"><meta property="og:site_name" content="Example Post">
<meta property="og:description" content="{STANDFIRST}">
<script type="application/ld+json">{json.dumps(fields)}</script>{head}</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article><h1>{title}</h1><p class="standfirst">{STANDFIRST}</p><p class="byline">By {author}</p>
<ul class="share"><li><a href="#">Share on Facebook</a></li><li><a href="#">Tweet</a></li></ul>
{body}<p><a href="/news/other">Read more: Mayors meet again</a></p></article></main>
<aside><h2>Most read</h2><ul><li><a href="/1">Rain expected in the whole country</a></li></ul></aside>
<footer><p>© 2022 Example Post. All rights reserved.</p></footer></body></html>"""


def other_page(number: int) -> str:
    """A page that has nothing in common with others."""
    words = ("harbour", "railway", "harvest", "school", "forest", "river", "market", "theatre", "factory", "museum")
    first, second = words[number % 10], words[(number // 10 + number) % 10]
    story = tuple(
        f"In year {number * 7 + k} the {first} number {number + k} was rebuilt beside {second} {k * number + 3}, "
        f"and those who "
        f"live there counted {number + 11 * k} lamps, {number * 3 + k} doors and {k + 2} gates, an official said "
        f"on Tuesday."
        for k in range(4)
    )
    title = f"The {first} beside the {second}, part {number}"
    return page(title, story, url=f"https://www.example.org/story/{number}")


def warc(*pages: tuple[str, str], gzip: bool = True) -> bytes:
    """A WARC file with a response for each address and page."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=gzip)
    for url, html in pages:
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        data = html.encode()
        # With its length, warcio needs no temporary file, which it would leave open.
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(data), length=len(data), http_headers=headers
        )
        writer.write_record(record)
    return buffer.getvalue()


def wacz(*pages: tuple[str, str]) -> bytes:
    """A WACZ file with one WARC file in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("datapackage.json", "{}")
        packed.writestr("archive/data.warc.gz", warc(*pages))
    return buffer.getvalue()


def mhtml(html: str, url: str) -> bytes:
    """A page as a browser saves it in one file."""
    return (
        "From: <Saved by a browser>\r\n"
        f"Snapshot-Content-Location: {url}\r\nSubject: a page\r\nDate: Wed, 24 Aug 2022 18:00:00 +0000\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="----part"\r\n\r\n'
        f"------part\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: {url}\r\n\r\n"
        f"{html}\r\n------part--\r\n"
    ).encode()


def feed(*entries: tuple[str, str, str]) -> bytes:
    """An RSS feed: title, address and full text of each entry."""
    items = "".join(
        f"<item><title>{title}</title><link>{url}</link><pubDate>Wed, 24 Aug 2022 16:40:00 +0200</pubDate>"
        f"<content:encoded><![CDATA[{html}]]></content:encoded></item>"
        for title, url, html in entries
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Example Post</title><link>https://www.example.org/</link>{items}</channel></rss>"
    ).encode()


def run_import(root: Path, *sources: Path | str, **options: object) -> Report:
    """Imports into the archive at `root`, as the command does."""
    given = {
        "language": "en",
        "now": "2024-05-02T10:00Z",
        "today": date(2024, 5, 2),
        "version": "0.1.0",
        **options,
    }
    return import_sources(root, [str(source) for source in sources], Options(**given), lambda _, pieces, __: pieces)
