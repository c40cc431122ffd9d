"""Conversion: a capture becomes drafts of briefings. A function of its arguments: no disk, no network, no clock."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from builder.dates import Moment, When
from builder.importing.article import Article, NoArticle
from builder.importing.capture import Capture, Kind, LeftOut, Refusal, kind_of
from builder.importing.columns import Columns
from builder.importing.containers import CONTAINERS, parts_in
from builder.importing.days import written_days
from builder.importing.decoding import decode_capture
from builder.importing.entries import Entry, article_of
from builder.importing.feeds import entries_in
from builder.importing.furniture import letters
from builder.importing.happened import when_happened
from builder.importing.language import language_of
from builder.importing.mail import read_mail
from builder.importing.markup import markdown_of
from builder.importing.mhtml import page_in
from builder.importing.pages import read_page
from builder.importing.pdf import read_pdf
from builder.importing.posts import read_post
from builder.importing.rows import columns_counting, no_day_problem, read_row
from builder.importing.scraped import read_scraped
from builder.importing.tagging import Tagger, Tags
from builder.importing.word import read_word
from builder.markdown.document import MAX_BODY

_LARGEST = 8_000_000  # bytes of one page, without the pictures in it; parsers take minutes for more
_EMBEDDED = re.compile(rb"data:[\w/+.-]{1,80};base64,[A-Za-z0-9+/=\s]+")
_NO_REGION = "no region was found; add it"
_SHORTEST = 140  # characters of a body: less is a teaser, or a message
_NO_PAGE = re.compile(
    r"(?i)^(?:(?:error )?4\d\d\b|page not found|not found|access (?:to this page has been )?denied|forbidden|"
    r"just a moment|attention required|are you (?:a )?(?:human|robot)|"
    r"log ?in|sign in|subscribe(?: to continue)?|please (?:log|sign) in|security check|service unavailable|"
    r"seite nicht gefunden|página no encontrada|page introuvable|pagina non trovata|страница не найдена)"
)


# Kinds that are read from their bytes: others are texts, whatever else they are.
_DOCUMENTS: dict[Kind, Callable[[Capture], Article]] = {"mail": read_mail, "pdf": read_pdf, "word": read_word}


class Wanted(Struct, frozen=True):
    """What whoever imports says about all articles. `published` is for those that don't tell, `columns` for tables;
    `today` is the latest day."""

    today: date
    published: Moment | None = None
    columns: Columns = ()


class Draft(Struct, frozen=True, kw_only=True):
    """An article as a briefing can be written from it.

    `name` is the capture's, with the address within it if it holds several: then `is_part` is true. `sha256` is that of
    the whole capture.
    `shingles` tells near-duplicates: a MinHash. `guessed` has a confidence for each field that was inferred. `columns`
    are those that were said and counted, where it is a row.
    """

    name: str
    sha256: str
    article: Article
    tags: Tags
    when: When
    body: str
    guessed: dict[str, float]
    notes: tuple[str, ...] = ()
    fetched: str = ""
    shingles: bytes = b""
    is_part: bool = False
    columns: Columns = ()


def convert(capture: Capture, tagger: Tagger, wanted: Wanted) -> Iterator[Draft | Refusal | LeftOut]:
    """The briefings that a capture makes, what in it makes none, with the reason, and what is left out on purpose."""
    digest = hashlib.sha256(capture.data).hexdigest()
    kind, problem = _kind(capture)
    if problem:
        yield Refusal(capture.name, problem)
        return
    if kind in CONTAINERS:
        for part in parts_in(kind, BytesIO(capture.data), capture.name, wanted.columns):
            yield _part(_drafted(part, digest, tagger, wanted)) if isinstance(part, Capture) else part
    elif kind == "feed":
        for entry in entries_in(capture):
            if isinstance(entry, Refusal | LeftOut):
                yield entry
            else:
                name = f"{capture.name}:{entry.url or entry.title}"
                yield _part(_checked(entry, name, capture, digest, tagger, wanted))
    else:
        yield _drafted(capture, digest, tagger, wanted)


def _kind(capture: Capture) -> tuple[Kind, str]:
    return (capture.kind, "") if capture.kind is not None else kind_of(capture.data)


def _part(outcome: Draft | Refusal) -> Draft | Refusal:
    return replace(outcome, is_part=True) if isinstance(outcome, Draft) else outcome


def _drafted(capture: Capture, digest: str, tagger: Tagger, wanted: Wanted) -> Draft | Refusal:
    try:
        article = _read(capture, wanted)
    except NoArticle as problem:
        return Refusal(capture.name, str(problem))
    outcome = _checked(article, capture.name, capture, digest, tagger, wanted)
    if capture.kind == "row" and isinstance(outcome, Draft):
        return replace(outcome, columns=columns_counting(capture, wanted.columns))
    return outcome


def _read(capture: Capture, wanted: Wanted) -> Article:
    kind, problem = _kind(capture)
    if problem:
        raise NoArticle(problem)
    if (read := _DOCUMENTS.get(kind)) is not None:
        return read(capture)
    if kind == "row":
        return article_of(read_row(capture, wanted.columns))
    if kind == "entry":
        return article_of(msgspec.json.decode(capture.data, type=Entry))
    if kind == "mhtml":
        capture, kind = page_in(capture), "page"
    data = _EMBEDDED.sub(b"", capture.data) if len(capture.data) > 500_000 else capture.data
    if len(data) > _LARGEST:
        raise NoArticle(f"has {len(data) // 1_000_000} MB, which no article has; give the article alone")
    text = decode_capture(data, capture.charset)
    if kind == "page" or "html" in capture.media_type:
        return read_page(text, capture.url)
    if kind == "post":
        return read_post(text, capture.name, capture.url)
    return read_scraped(text, url=capture.url)


def _checked(
    article: Article, name: str, capture: Capture, digest: str, tagger: Tagger, wanted: Wanted
) -> Draft | Refusal:
    """The draft of an article, or why it can't be one."""
    length = sum(len(block.text) for block in article.blocks)
    if not article.title:
        return Refusal(name, "has no headline; give a page or a text with one")
    if _NO_PAGE.match(article.title) and length < 1500:
        return Refusal(name, f'is no article but a page that says "{article.title[:60]}"; fetch the article itself')
    linked = sum(block.linked for block in article.blocks)
    if linked > 0.6 * length and article.event is None:
        return Refusal(name, "is a list of links and no article; give the page of each article")
    if sum(letters(block.text) for block in article.blocks) < _SHORTEST and article.event is None:
        return Refusal(name, _too_short(capture, length))
    if length > MAX_BODY:
        message = f"has {length:,} characters of text, over {MAX_BODY:,}; give the article alone, or its parts"
        return Refusal(name, message)
    published = article.published or wanted.published
    if published is not None and wanted.published is not None and published.first_day() > wanted.today:
        published = wanted.published
    if article.event is not None:
        return _of_event(article, name, capture, digest, tagger, wanted)
    if published is None or not published.day:
        untold = no_day_problem(capture, wanted.columns) if capture.kind == "row" and not article.odd_date else ""
        return Refusal(name, untold or _no_date(article))
    if published.first_day() > wanted.today:
        message = f"says that it appeared on {published.first_day().isoformat()}, which is in the future; give --date"
        return Refusal(name, message)
    return _draft(replace(article, published=published), name, capture, digest, tagger)


def _too_short(capture: Capture, length: int) -> str:
    if _kind(capture)[0] in ("page", "text", "mhtml"):
        return "holds no article: a list, a login or an error page, or a teaser; give the article's own page"
    return f"has {length} characters of text, a teaser at most; give the whole article, or write it as a briefing"


def _of_event(
    article: Article, name: str, capture: Capture, digest: str, tagger: Tagger, wanted: Wanted
) -> Draft | Refusal:
    """The draft of an event, which tells itself when it happened, and may tell where and who."""
    event = article.event
    assert event is not None
    if event.when is None:
        return Refusal(name, f"{_no_date(article).partition(';')[0]}; mend the row")
    if event.when.start.first_day() > wanted.today:
        return Refusal(name, f"says that it happened on {event.when.iso}, which is in the future; mend the row")
    published = article.published or event.when.start
    draft = _draft(replace(article, published=published), name, capture, digest, tagger)
    regions, actors = event.regions or draft.tags.regions, event.actors or draft.tags.actors
    read = {field for field, own in (("region", event.regions), ("actors", event.actors)) if own}
    guessed = {field: sure for field, sure in draft.guessed.items() if field not in {*read, "date"}}
    return replace(
        draft,
        article=replace(draft.article, published=article.published),
        tags=replace(draft.tags, regions=regions, actors=actors, proposals=(), unclear=()),
        when=event.when,
        guessed=guessed | {field: sure for field, sure in article.guessed.items() if field == "date"},
        notes=article.notes if regions else (*article.notes, _NO_REGION),
        # Events of one kind are told in the same words: they are the same only by their ids.
        shingles=b"",
    )


def _no_date(article: Article) -> str:
    if article.odd_date:
        is_day = next(written_days(article.odd_date), None) is not None
        what = "gives a date that there is not" if is_day else "gives a date in which no day can be read"
        return f'{what}, "{article.odd_date}"; say when it appeared with --date'
    return "says nowhere when it appeared; give the day with --date"


def _draft(article: Article, name: str, capture: Capture, digest: str, tagger: Tagger) -> Draft:
    assert article.published is not None
    from builder.importing.near import shingles_of

    paragraphs = article.paragraphs
    language, language_sure = language_of(" ".join((article.title, *paragraphs))[:4000], article.language)
    tags = tagger.tags(article.title, article.summary, paragraphs, article.captions, article.url)
    when, when_sure, is_said = when_happened(article.published, paragraphs, language)
    guessed = {field: sure for field, sure in article.guessed.items() if field in ("title", "author")}
    guessed["date"] = when_sure
    if tags.regions:
        guessed["region"] = tags.region_sure
    if tags.actors:
        guessed["actors"] = tags.actors_sure
    if language != article.language:
        guessed["lang"] = language_sure
    # A source's fields share one entry: that of which is least sure.
    unsure = [sure for field, sure in article.guessed.items() if field in ("published", "publisher")]
    if unsure:
        guessed["sources"] = min(unsure)
    notes = [*article.notes, *(f'"{word}" may mean several states; say which in `region`' for word in tags.unclear)]
    if not is_said:
        notes.append("no day was found in the first paragraphs; `date` is that of publication")
    if not tags.regions:
        notes.append(_NO_REGION)
    return Draft(
        name=name,
        sha256=digest,
        article=replace(article, language=language),
        tags=tags,
        when=when,
        body=markdown_of(article.blocks),
        guessed={field: round(min(max(sure, 0.0), 1.0), 2) for field, sure in guessed.items()},
        notes=tuple(notes),
        fetched=capture.fetched,
        shingles=shingles_of(paragraphs),
    )
