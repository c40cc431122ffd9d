"""Scraped: plain text as it was scraped from a page, with the page's furniture, becomes an article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.importing.article import Article, Block, NoArticle, Picture
from builder.importing.bylines import BY
from builder.importing.furniture import is_sentence, length
from builder.importing.headline import bare
from builder.importing.lines import Line, body_span, caption_of, is_noise, read_lines
from builder.importing.markup import escaped, paragraph
from builder.importing.masthead import authors_in, clean_title, find_title, published_in, publisher_in, without_address
from builder.importing.publication import odd_date_in
from builder.importing.reporters import reporters_of
from builder.importing.second import is_mark, possible_second_at, second_at
from builder.importing.trimming import is_dateline
from builder.importing.wrapping import unwrapped

_SHORTEST = 5  # words of a standfirst: fewer are the name of a section


def read_scraped(text: str, language: str = "", url: str = "") -> Article:
    """The article in a text that was scraped from `url`, or from where the text says. Raises NoArticle where it holds
    none."""
    lines, address = without_address(read_lines(unwrapped(text)))
    url = url or address
    start, end = body_span(lines)
    if start == end:
        raise NoArticle("holds no running text; give the text of one article, with its headline")
    if second_at(lines, start, end) is not None:
        raise NoArticle("holds two articles or more; give each its own file")
    title_at = find_title(lines, start, end)
    start = _head_end(lines, title_at, start, end)
    head = range(title_at + 1, start) if title_at is not None else range(0)
    labels = _labels(lines, start, end)
    body, captions = _body(lines, title_at, min([start, *labels]), end, labels)
    picture = _lead(captions)
    published, published_sure, date_at = published_in(lines, title_at, start, end, language, url)
    authors = authors_in(lines, title_at, date_at, start)
    authors = authors or reporters_of([lines[index].text for index in head], [block.text for block in body])
    summary, body = _summary(lines, head, body, title_at, authors)
    title = _from_first_sentence(body) if title_at is None else clean_title(lines, title_at)
    guessed = {"title": 0.9 if title_at is not None else 0.2}
    if published is not None:
        guessed["published"] = published_sure
    if authors:
        guessed["author"] = 0.8
    publisher = publisher_in(lines, title)
    if publisher:
        guessed["publisher"] = 0.5
    return Article(
        title=title,
        blocks=tuple(body),
        summary=summary,
        published=published,
        authors=authors,
        language=language,
        publisher=publisher,
        url=url,
        picture=picture,
        captions=tuple(caption for caption, _ in captions if caption),
        guessed=guessed,
        notes=_notes(lines, start, end),
        odd_date="" if published else odd_date_in(line.text for line in lines[: start + 3]),
    )


def _notes(lines: Sequence[Line], start: int, end: int) -> tuple[str, ...]:
    at = possible_second_at(lines, start, end)
    if at is None:
        return ()
    return (f'may hold a second article, from "{lines[at].text[:80]}" on: if so, give each its own file',)


def _head_end(lines: Sequence[Line], title_at: int | None, start: int, end: int) -> int:
    """Where the body begins: behind the standfirst, the byline, the date and the buttons below the headline."""
    first = title_at + 1 if title_at is not None else start
    begin, words, is_signed = max(start, first), 0, False
    for index in range(first, min(end, first + 45)):
        line = lines[index]
        if is_mark(line):
            begin = index + 1
            is_signed = is_signed or is_dateline(line.text) or BY.match(line.text) is not None
        elif line.prose > 0:
            words += length(line.text)
            # What follows byline and date, and more than a standfirst can hold, is the body already.
            if words > 75 or (is_signed and line.prose > 11):
                break
    return begin if begin < end else start


def _summary(
    lines: Sequence[Line], head: Sequence[int], body: list[Block], title_at: int | None, authors: Sequence[str]
) -> tuple[str, list[Block]]:
    """The standfirst, and the body without it."""
    for index in head:
        text = lines[index].text
        is_other = is_noise(text) or is_dateline(text) or caption_of(text) is not None or BY.match(text)
        is_near = title_at is not None and index - title_at <= 2
        if (
            not is_other
            and (is_sentence(text) or is_near)
            and (8 if not _is_divided(lines, index, title_at) else _SHORTEST) <= length(text) <= 70
            and (title_at is None or bare(text) != bare(lines[title_at].text))
        ):
            rest = [block for block in body if bare(block.text) != bare(text)]
            if bare(text) not in bare(rest[0].text if rest else ""):
                return text, rest
    return "", body


def _is_divided(lines: Sequence[Line], index: int, title_at: int | None) -> bool:
    """Whether a line stands between the headline and a byline or date, and so is no line of the text."""
    text = lines[index + 1].text if index + 1 < len(lines) else ""
    return title_at == index - 1 and (is_dateline(text) or BY.match(text) is not None)


def _lead(captions: Sequence[tuple[str, str]]) -> Picture:
    """The first caption with its credit: what has a credit alone is only taken where there is no other."""
    found = next((pair for pair in captions if pair[0]), captions[0] if captions else ("", ""))
    return Picture("", *found)


def _labels(lines: Sequence[Line], start: int, end: int) -> list[int]:
    """The headings in capitals of a digest, of which the first stands above the body; none where there is but one."""
    found = [
        at
        for at in range(max(0, start - 1), end - 1)
        if lines[at].text.isupper()
        and len(lines[at].text) >= 4
        and length(lines[at].text) <= 4
        and lines[at].gap
        and lines[at + 1].prose >= 8
        and not is_mark(lines[at])
    ]
    return found if len(found) > 1 else []


def _body(
    lines: Sequence[Line], title_at: int | None, start: int, end: int, labels: Sequence[int]
) -> tuple[list[Block], list[tuple[str, str]]]:
    """The body's blocks, and the captions with their credits."""
    title = bare(lines[title_at].text) if title_at is not None else ""
    captions: list[tuple[str, str]] = []
    blocks: list[Block] = []
    seen: set[str] = set()
    for index in range(max(0, (title_at if title_at is not None else start)), start):
        text = lines[index].text
        found = None if BY.match(text) or is_dateline(text) else caption_of(text)
        if found is not None:
            captions.append(found)
    weak = _weak(lines, start, end)
    for index in range(start, end):
        if index in weak:
            continue
        line = lines[index]
        key = bare(line.text)
        found = caption_of(line.text) if line.prose < 10 or length(line.text) < 45 else None
        if found is not None:
            captions.append(found)
            continue
        if index == title_at or key == title or key in seen or is_noise(line.text):
            continue
        if is_dateline(line.text) or (BY.match(line.text) and length(line.text) <= 14 and not is_sentence(line.text)):
            continue
        seen.add(key)
        if line.prose < 0 and not is_sentence(line.text):
            if index in labels or _is_heading(lines, index, end):
                blocks.append(Block("heading", line.text, escaped(line.text), level=2))
            continue
        blocks.append(paragraph(line.text))
    while blocks and blocks[-1].kind == "heading":
        blocks.pop()
    return blocks, captions


def _weak(lines: Sequence[Line], start: int, end: int) -> set[int]:
    """Short sentences that stand between buttons: offers, and what goes with a film."""
    found: set[int] = set()
    for index in range(start, end):
        text = lines[index].text
        before = index - 1 in found or index == start or is_noise(lines[index - 1].text)
        after = (
            index + 1 >= end
            or is_noise(lines[index + 1].text)
            or (index - 1 in found and length(lines[index + 1].text) < 20)
        )
        if before and after and length(text) < 20 and lines[index].prose < 10:
            found.add(index)
    return found


def _is_heading(lines: Sequence[Line], index: int, end: int) -> bool:
    """Whether a short line between paragraphs is one of the article's own headings."""
    text = lines[index].text
    following = lines[index + 1] if index + 1 < end else None
    before = lines[index - 1] if index else None
    if following is None or following.prose < 8 or before is None or before.prose < 4:
        return False
    return 1 <= length(text) <= 12 and len(text) > 4


def _from_first_sentence(body: Sequence[Block]) -> str:
    text = next((block.text for block in body if block.kind != "heading"), "")
    match = re.match(r".{20,160}?[.!?。！？؟](?=\s|$)", text)
    sentence = match[0].rstrip(".") if match else " ".join(text.split()[:14])
    words = sentence.split()
    return sentence if len(words) <= 18 else " ".join(words[:16]) + " …"
