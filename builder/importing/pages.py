"""Pages: a saved page of HTML becomes an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from functools import partial
from typing import Any

from builder.dates import Moment
from builder.importing.article import Article, Block, NoArticle, Picture
from builder.importing.authors import choose_authors, hosts_of
from builder.importing.body import blocks_of
from builder.importing.clearing import strip_programs, strip_surroundings, wrap_loose_text
from builder.importing.days import dates_in
from builder.importing.declared import Declared, declared_by
from builder.importing.furniture import length
from builder.importing.gaps import divided, filled, headed
from builder.importing.headline import FEWEST, bare, choose_headline, lines_in_title
from builder.importing.html_tables import unfold_layout, unfold_tables
from builder.importing.layout import layout_of
from builder.importing.live import join_entries
from builder.importing.markup import web_address
from builder.importing.parsing import parse_page
from builder.importing.pictures import drop_figures, with_all_pictures, with_pictures
from builder.importing.publication import (
    choose_moment,
    choose_unlikely,
    declared_moment,
    doubt_of,
    odd_date_in,
    read_moment,
)
from builder.importing.raised import write_raised
from builder.importing.saved import saved_from
from builder.importing.scope import asks_only_consent, holds_several, in_scope, is_list
from builder.importing.shown import Shown, around, dated_lines, lines_of, shown_by
from builder.importing.teasers import is_of_teasers
from builder.importing.times import headline_of, times_of
from builder.importing.trimming import trim
from builder.importing.walls import CUT_OFF, is_cut_off

_SHORTEST = 140  # characters: less is no article


def read_page(html: str, url: str = "") -> Article:
    """The article of a page that was saved as `html` and read at `url`. Raises NoArticle where it holds none."""
    tree = parse_page(html)
    declared = declared_by(tree)
    strip_programs(tree)
    write_raised(tree)
    shown = shown_by(tree)
    address = url or declared.url or saved_from(html, tree)
    base = _base(tree, address)
    lines = lines_of(tree)
    headings, tab = shown.headings, bare(shown.title)
    if not any(bare(heading) in tab for heading in headings):
        headings = (*lines_in_title(shown.title, lines), *headings)
    sites = (*declared.sites, *hosts_of(address))
    title, title_sure = choose_headline(declared.headlines, headings, shown.title, sites)
    published, published_sure = declared_moment(declared), 0.99
    times = [] if published else times_of(tree, shown.title)
    if published is None:
        published, published_sure = choose_moment(declared, times, address, declared.language)
    whole = tree if published else deepcopy(tree)
    join_entries(tree, base)
    strip_surroundings(tree)
    unfold_layout(tree)
    wrap_loose_text(tree)
    layout = layout_of(tree)
    read = partial(_blocks_of_element, url=base)
    extracted = _body(tree, base)
    found = headed(filled(divided(extracted, layout, read), layout, read), layout)
    if own := _own_headline(tree, title, declared, shown, found):
        title, title_sure = own, max(title_sure, 0.8)
    above, below = around(lines, title, [block.text for block in found])
    if published is None:
        dated = dated_lines(above, below)
        published, published_sure = choose_unlikely(dated, declared, times, declared.language)
    short = [*(one.text for one in times), *(line for line in (*below, *above) if len(line) < 90)]
    odd_date = "" if published else odd_date_in((*declared.published, *short))
    if published is None and not odd_date:
        published, published_sure = _anywhere(whole), 0.5
    authors, authors_sure = choose_authors(declared, shown, address, below, found)
    if is_list(tree, extracted) or (not declared.is_article and is_of_teasers(tree, found, lines, base)):
        raise NoArticle("is a list of links and no article; give the page of each article")
    if found and asks_only_consent(found):
        raise NoArticle("is no article but asks for consent to cookies; fetch the article itself")
    if holds_several(tree, title):
        raise NoArticle("holds several articles; give the page of each, or a file for each")
    blocks = in_scope(found, tree, title, declared.body)
    summary = shown.standfirst or _summary(declared, blocks)
    blocks = _without_standfirst(blocks, shown)
    blocks = _without_captions(trim(blocks, title, summary, authors), shown)
    image = declared.image or (shown.image and web_address(shown.image, base)) or ""
    blocks = with_pictures(blocks, layout, base, declared.image)
    captions = (shown.caption, *(block.text for block in blocks if block.kind == "picture"))
    wall = CUT_OFF if declared.is_paid or is_cut_off(blocks, tree, lines) else ""
    doubt = doubt_of(published, short, declared.language) if published is not None and published_sure < 0.95 else ""
    guessed = {"title": title_sure, "author": authors_sure, "published": published_sure if published else 0.0}
    return Article(
        title=title,
        blocks=tuple(blocks),
        summary=summary,
        published=published,
        authors=authors,
        language=declared.language,
        publisher=declared.sites[0] if declared.sites else "",
        url=address,
        picture=Picture(image, shown.caption, shown.credit),
        captions=tuple(dict.fromkeys(filter(None, captions))),
        tags=declared.keywords[:12],
        guessed={field: round(sure, 2) for field, sure in guessed.items() if 0 < sure < 0.95},
        odd_date=odd_date,
        notes=tuple(filter(None, (wall, doubt))),
    )


def blocks_of_fragment(html: str, url: str = "") -> list[Block]:
    """The blocks of a piece of HTML that holds an article's text and little else, as feeds do."""
    import lxml.html

    tree = lxml.html.fromstring(f"<div>{html}</div>")
    strip_programs(tree)
    if next(tree.iter("img"), None) is None:
        return blocks_of_tree(tree, url)
    layout, rest = layout_of(tree), deepcopy(tree)
    drop_figures(rest)
    return with_all_pictures(blocks_of_tree(rest, url), layout, url)


def blocks_of_tree(tree: Any, url: str = "") -> list[Block]:
    """The blocks of a tree of HTML all of which is the article's. The tree is changed."""
    unfold_tables(tree)
    write_raised(tree)
    # What only marks a place, or leads to one, such as a footnote and its number, leads nowhere from a briefing.
    for link in [link for link in tree.iter("a") if (link.get("href") or "#").strip().startswith("#")]:
        link.drop_tag()
    return _blocks_of_element(tree, url)


def _blocks_of_element(element: Any, url: str) -> list[Block]:
    from trafilatura.htmlprocessing import convert_tags
    from trafilatura.settings import Extractor

    element = deepcopy(element)
    element.tail = None
    options = Extractor(formatting=True, links=True, comments=False)
    return blocks_of(convert_tags(element, options), url)


def _base(tree: Any, address: str) -> str:
    """What the page's links are relative to: its own address, unless it names another."""
    element = tree.find(".//base[@href]")
    return web_address(element.get("href"), address) or address if element is not None else address


def _own_headline(tree: Any, title: str, declared: Declared, shown: Shown, found: Sequence[Block]) -> str:
    """The page's one heading of the first level, if the article begins with it and only `<title>` says another; else
    nothing. A `<title>` is made for searches and tabs, and may share no word with the headline."""
    if declared.headlines or len(shown.headings) != 1 or not found:
        return ""
    first, own = found[0], bare(shown.headings[0])
    if first.kind != "heading" or first.level != 1 or bare(first.text) != own or length(first.text) < FEWEST:
        return ""
    # Where another heading is what the title says, the first is a site's slogan.
    said = headline_of(tree, title)
    return shown.headings[0] if said is None or bare(said.text_content() or "") == own else ""


def _anywhere(tree: Any) -> Moment | None:
    """The first date that looks like a publication's on a page that neither declares nor marks one."""
    from htmldate import find_date
    from lxml.html import tostring

    text = find_date(tree, original_date=True)
    moment = read_moment(text) if text else None
    if moment is None or moment.day > 1:
        return moment
    # Of a month alone, and of a day that its month hasn't, it makes the first day; of a year alone, as beside ©, too.
    if moment.month == 1:
        return None
    html = tostring(tree, encoding="unicode")
    years = re.finditer(rf"(?<!\d)(?:{moment.year}|{moment.year % 100:02}(?=[\s,|)<]))(?!\d)", html)
    near = (html[max(0, year.start() - 40) : year.end() + 40] for year in years)
    return moment if any(one.moment.iso[:10] == moment.iso for text in near for one in dates_in(text)) else None


def _body(tree: Any, url: str) -> list[Block]:
    import trafilatura

    # Without the address: trafilatura would take every link for one from the site's first page.
    found = trafilatura.bare_extraction(
        tree,
        output_format="xml",  # what isn't asked for as text isn't written as text
        include_comments=False,
        include_formatting=True,
        include_links=True,
        with_metadata=False,
    )
    body = getattr(found, "body", None)
    return blocks_of(body, url) if body is not None else []


def _without_standfirst(blocks: list[Block], shown: Shown) -> list[Block]:
    """The blocks without what is marked as the standfirst, which is the briefing's summary."""
    said = bare(shown.standfirst)
    return [block for block in blocks if bare(block.text) != said] if said else blocks


def _without_captions(blocks: list[Block], shown: Shown) -> list[Block]:
    """The blocks without what stands below the lead picture, which has a field of its own."""
    said = {bare(shown.caption), bare(f"{shown.caption} {shown.credit}")}
    said = {text for text in said if length(text) >= FEWEST}
    return [block for block in blocks if block.kind != "paragraph" or bare(block.text) not in said]


def _summary(declared: Declared, blocks: list[Block]) -> str:
    """The standfirst, unless it only repeats how the body begins: that is a briefing's summary anyway."""
    opening = bare(" ".join(block.text for block in blocks[:3] if block.kind == "paragraph"))
    whole = {word for block in blocks[:40] for word in bare(block.text).split()}
    for text in declared.summaries:
        words = bare(text.rstrip(".… "))
        weighty = {word for word in words.split() if len(word) > 4}
        # What shares no words with the article describes the site.
        is_about = len(weighty & whole) * 3 >= len(weighty) or not weighty
        if words and len(text) > 20 and is_about and words[:120] not in opening:
            return text
    return ""
