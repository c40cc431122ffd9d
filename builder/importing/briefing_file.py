"""Briefing file: a draft as the text of a Markdown file with front matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from builder.importing.conversion import Draft
from builder.importing.event_lines import event_lines
from builder.importing.headline import bare
from builder.names import slug, slug_text
from builder.reading.yaml_text import item_text, scalar_text

_LONGEST_SLUG = 80
_PATH = re.compile(r"/captures(?:/[a-z0-9][a-z0-9.-]*)+")
_TAGS = 5


class Source(Struct, frozen=True):
    """Where an article appeared, as the archive files it."""

    name: str = ""
    url: str = ""
    title: str = ""
    published: str = ""
    accessed: str = ""


def slug_of(title: str) -> str:
    """The slug of a headline, cut at the end of a word."""
    whole = slug_text(title)
    if len(whole) <= _LONGEST_SLUG:
        return whole
    cut = whole[: _LONGEST_SLUG + 1].rpartition("-")[0]
    return cut or whole[:_LONGEST_SLUG]


def front_matter(
    draft: Draft,
    own_id: str,
    source: Source,
    *,
    capture: Mapping[str, str],
    tags: Iterable[str],
    is_draft: bool,
) -> Iterator[str]:
    """The lines of a briefing's front matter, without those that open and close it."""
    article = draft.article
    yield f"id: {scalar_text(own_id)}"
    yield f"title: {scalar_text(article.title)}"
    yield f"date: {draft.when.iso}"
    yield from _list("region", draft.tags.regions)
    yield from _list("actors", draft.tags.actors)
    yield from _list("tags", tags)
    if article.summary:
        yield f"summary: {scalar_text(article.summary)}"
    yield from _list("author", article.authors)
    if article.event is not None:
        yield from event_lines(article.event, source.name)
    entries = source_lines(source)
    further = [name for name in article.event.sources if name != source.name] if article.event is not None else []
    if entries or further:
        yield "sources:"
        yield from (f"{'  - ' if index == 0 else '    '}{line}" for index, line in enumerate(entries))
        yield from (f"  - name: {scalar_text(name)}" for name in further)
    yield from _mapping("capture", capture)
    # A field of its own: the picture itself isn't here, so that it can't be the briefing's `image` yet.
    picture = article.picture
    yield from _mapping("picture", {"url": picture.url, "caption": picture.caption, "credit": picture.credit})
    if article.language:
        yield f"lang: {scalar_text(article.language)}"
    guessed = [f"{field}: {sure:g}" for field, sure in draft.guessed.items() if field != "sources" or entries]
    if guessed:
        yield f"inferred: {{{', '.join(guessed)}}}"
    if is_draft:
        yield "draft: true"


def source_lines(source: Source) -> list[str]:
    """The lines of an entry of `sources`, without its dash and its indent."""
    fields = {
        "name": source.name,
        "url": source.url,
        "title": source.title,
        "published": source.published,
        "accessed": source.accessed,
    }
    if not source.name and not source.url:
        return []
    return [f"{name}: {scalar_text(value)}" for name, value in fields.items() if value]


def briefing_text(lines: Iterable[str], body: str) -> str:
    """The whole file."""
    return "\n".join(["---", *lines, "---", "", body])


def tags_of(draft: Draft, known: Mapping[str, str]) -> list[str]:
    """The keywords of a capture that are tags of the archive; in one without tag records, those that are themes."""
    found: dict[str, None] = {}
    names = {
        bare(name)
        for name in (*draft.tags.regions, *draft.tags.actors, *draft.article.authors, draft.article.publisher)
    }
    for word in draft.article.tags:
        if known:
            if (name := known.get(word.casefold())) is not None:
                found.setdefault(name)
        elif (
            2 < len(word) <= 30
            and len(word.split()) <= 3
            and bare(word) not in names
            and slug(word)
            and "/" not in word
        ):
            found.setdefault(word.casefold() if word.istitle() or word.islower() else word)
    return list(found)[:_TAGS]


def _list(field: str, names: Iterable[str]) -> Iterator[str]:
    texts = [item_text(name) for name in names]
    if len(texts) == 1 and field in ("region", "author"):
        yield f"{field}: {texts[0]}"
    elif texts:
        yield f"{field}: [{', '.join(texts)}]"


def _mapping(field: str, values: Mapping[str, str]) -> Iterator[str]:
    filled = {name: value for name, value in values.items() if value}
    if filled:
        yield f"{field}:"
        yield from (f"  {name}: {_text(value)}" for name, value in filled.items())


def _text(value: str) -> str:
    # A path of our own is plain in YAML, though its parser takes a while to say so.
    return value if _PATH.fullmatch(value) else scalar_text(value)
