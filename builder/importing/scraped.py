"""Scraped: plain text as it was scraped from a page, with the page's furniture, becomes an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from builder.dates import Moment
from builder.importing.article import Article, Block, NoArticle, Picture
from builder.importing.bylines import BY, clean_authors
from builder.importing.days import dates_in, yearless_days
from builder.importing.furniture import is_sentence, length
from builder.importing.headline import bare
from builder.importing.lines import Line, body_span, caption_of, is_noise, read_lines
from builder.importing.markup import escaped, paragraph
from builder.importing.publication import odd_date_in
from builder.importing.trimming import is_dateline

_UPDATED = re.compile(
    r"(?i)\b(?:last )?(?:updated?|modified|aktualisiert|mis à jour|actualizado|aggiornato|atualizado|обновлено|"
    r"stand|(?:آخر )?تحديث)"
)
_OF_AUTHOR = re.compile(r"(?:about|by|follow|more|email|posted|written|all|von|par|por)\b")
_DATELINE_AUTHOR = re.compile(r"^(?P<name>.+?)\s*(?:[|•·/–—]|\s-\s)\s*")
# Publishers and agencies that stand behind a name in bylines.
_ORGANISATION = re.compile(
    r"\s+(?:(?:The )?Associated Press|Reuters|AFP|Agence France-Presse|AP|dpa|EFE|Fox News(?: Digital)?|CNN|"
    r"BBC News|CBC News|Al Jazeera|"
    r"(?:Staff|Senior|Chief|International|Political|Foreign|World|National|Security|Diplomatic|Defen[cs]e|"
    r"Middle East|Europe|Africa|Asia|Economics|Business|Home Affairs|Special)\s.*|"
    r"(?:Correspondent|Reporter|Editor|Writer)\b.*)$"
)


def read_scraped(text: str, language: str = "") -> Article:
    """The article in a scraped text. Raises NoArticle where it holds none."""
    lines = read_lines(text)
    start, end = body_span(lines)
    if start == end:
        raise NoArticle("holds no running text; give the text of one article, with its headline")
    if _second_at(lines, start, end) is not None:
        raise NoArticle("holds two articles or more; give each its own file")
    title_at = _title_at(lines, start, end)
    start = _head_end(lines, title_at, start, end)
    head = range(title_at + 1, start) if title_at is not None else range(0)
    body, picture = _body(lines, title_at, start, end, language)
    published, published_sure, date_at = _published(lines, title_at, start, end, language)
    authors = _authors(lines, title_at, date_at, start)
    summary, body = _summary(lines, head, body, title_at, authors)
    title = _from_first_sentence(body) if title_at is None else _clean_title(lines, title_at)
    guessed = {"title": 0.9 if title_at is not None else 0.2}
    if published is not None:
        guessed["published"] = published_sure
    if authors:
        guessed["author"] = 0.8
    return Article(
        title=title,
        blocks=tuple(body),
        summary=summary,
        published=published,
        authors=authors,
        language=language,
        picture=picture,
        guessed=guessed,
        odd_date="" if published else odd_date_in(line.text for line in lines[: start + 3]),
    )


def _second_at(lines: Sequence[Line], start: int, end: int) -> int | None:
    """Where a second article begins: a date and a headline, between stretches of text that are both long."""
    words = [max(0.0, line.prose) for line in lines]
    for index in range(start + 1, end - 2):
        text = lines[index].text
        if length(text) > 8 or not is_dateline(text) or text.startswith(("—", "–", "@")):
            continue
        near = [lines[at] for at in (index - 2, index - 1, index + 1) if at > start]
        has_title = any(-5 < line.prose < 0 and 3 <= length(line.text) <= 20 and not _is_mark(line) for line in near)
        # A list of other articles has a line of each, and no text that goes on.
        next_four = [line.prose >= 12 for line in lines[index + 1 : min(index + 5, end)]]
        goes_on = any(first and second for first, second in pairwise(next_four))
        before, behind = sum(words[start:index]), sum(words[index:end])
        if has_title and goes_on and before > 60 and behind > 60:
            return index
    return None


def _head_end(lines: Sequence[Line], title_at: int | None, start: int, end: int) -> int:
    """Where the body begins: behind the standfirst, the byline, the date and the buttons below the headline."""
    first = title_at + 1 if title_at is not None else start
    begin, words, is_signed = max(start, first), 0, False
    for index in range(first, min(end, first + 45)):
        line = lines[index]
        if _is_mark(line):
            begin = index + 1
            is_signed = is_signed or is_dateline(line.text) or BY.match(line.text) is not None
        elif line.prose > 0:
            words += length(line.text)
            # What follows byline and date, and more than a standfirst can hold, is the body already.
            if words > 75 or (is_signed and line.prose > 11):
                break
    return begin if begin < end else start


def _is_mark(line: Line) -> bool:
    """Whether a line stands between headline and body: a byline, a date, a button, a caption."""
    text = line.text
    return (
        is_noise(text)
        or is_dateline(text)
        or caption_of(text) is not None
        or (BY.match(text) is not None and length(text) <= 14 and not is_sentence(text))
    )


# Headline


def _title_at(lines: Sequence[Line], start: int, end: int) -> int | None:
    """The index of the line that is the headline, or None."""
    words = _content_words(" ".join(line.text for line in lines[start:end])[:3000])
    best, best_score = None, 2.0
    dates = [index for index in range(start) if is_dateline(lines[index].text)]
    bys = [index for index in range(start) if BY.match(lines[index].text) and length(lines[index].text) <= 14]
    scores = [_title_score(lines, index, start, words, dates, bys) for index in range(min(start + 2, len(lines)))]
    for index, score in enumerate(scores):
        if score > best_score:
            best, best_score = index, score
    # The standfirst says more of what the body says than the headline does; it follows it, and is longer.
    while best and scores[best - 1] > max(4.0, best_score - 4.5) and 4 <= length(lines[best - 1].text) <= 25:
        if length(lines[best - 1].text) > 1.6 * length(lines[best].text) or bare(lines[best].text) in bare(
            lines[best - 1].text
        ):
            break
        best -= 1
    return best


def _title_score(
    lines: Sequence[Line], index: int, start: int, words: set[str], dates: Sequence[int], bys: Sequence[int]
) -> float:
    text = lines[index].text
    size = length(text)
    if size < 3 or size > 40 or is_noise(text) or is_dateline(text) or caption_of(text) is not None:
        return -9.0
    if BY.match(text) and size <= 12 and not is_sentence(text):
        return -9.0
    own = _content_words(text)
    if not own:
        return -9.0
    score = 6.0 * len(own & words) / (len(own) + 0.8) - 1.5 * (len(own & words) < 2)
    score += min(size, 8) / 4 - 0.08 * max(0, size - 14)
    score -= 2.5 * (text.endswith(".") and not text.endswith("..")) + 1.5 * (size > 25)
    # A headline is in the page's title too, or in the path of links above it.
    key = bare(text)
    others = [bare(line.text) for at, line in enumerate(lines[: start + 3]) if at != index]
    if any(key == other or (len(key) > 15 and key in other) for other in others):
        score += 2.0
    if any(len(other) > 15 and other in key and other != key for other in others):
        score -= 2.5  # this is the page's title, with the site's name
    if index < start:
        marks = (*dates, *bys)
        score += 1.5 * any(0 < mark - index <= 8 for mark in marks) + 1.0 * any(0 < index - mark <= 2 for mark in marks)
        score -= 0.04 * (start - index) + 2.0 * any(index - by > 2 for by in bys)
        # What follows a headline is its standfirst, which is longer, or its byline.
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        score += 0.8 * (length(following) > size and is_sentence(following))
    else:
        score -= 3.0
    if lines[index].prose > 6:
        score -= 2.0
    return score


def _content_words(text: str) -> set[str]:
    dense = re.findall(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\u0e00-\u0e7f]{2}", text)
    return {word[:7] for word in bare(text).split() if len(word) > 3} | set(dense)


def _clean_title(lines: Sequence[Line], at: int) -> str:
    text = lines[at].text
    # The page's title, with the name of the site behind a bar.
    match = re.match(r"(.{15,}?)\s+[|]\s+[^|]{2,40}(?:\s\w+)?$", text)
    return match[1] if match else text


def _from_first_sentence(body: Sequence[Block]) -> str:
    text = body[0].text if body else ""
    match = re.match(r".{20,160}?[.!?。！？؟](?=\s|$)", text)
    sentence = match[0].rstrip(".") if match else " ".join(text.split()[:14])
    words = sentence.split()
    return sentence if len(words) <= 18 else " ".join(words[:16]) + " …"


# Dates and authors


def _published(
    lines: Sequence[Line], title_at: int | None, start: int, end: int, language: str
) -> tuple[Moment | None, float, int | None]:
    """When the article appeared, how sure that is, and the line that says so."""
    at = title_at if title_at is not None else start
    found: list[tuple[float, Moment, int, float]] = []
    for index, line in enumerate(lines):
        inside = start <= index < end
        if inside and not (is_dateline(line.text) and index < start + 6):
            continue
        near = index - at
        for order, dated in enumerate(dates_in(line.text, language)):
            if not is_dateline(line.text) and length(line.text) > 25:
                continue
            before = line.text[: dated.start]
            cost = (0.5 * near if near >= 0 else -0.8 * near) + order * 2
            cost += 6.0 * bool(_UPDATED.search(before[-30:])) + 12.0 * (index >= end)
            cost += 3.0 * (not is_dateline(line.text)) - 1.0 * (dated.moment.seconds is not None)
            found.append((cost, dated.moment, index, 0.6 if dated.ambiguous or cost > 12 else 0.9))
    if found:
        _, moment, index, sure = min(found, key=lambda item: item[0])
        return moment, sure, index
    return _without_year(lines, at, start)


def _without_year(lines: Sequence[Line], at: int, start: int) -> tuple[Moment | None, float, int | None]:
    """A date that names no year, in the year that the page names elsewhere; the latest of them."""
    years = [found.moment.year for line in lines for found in dates_in(line.text)]
    years += [
        int(year)
        for line in lines
        for year in re.findall(r"(?:©|\(c\)|Copyright)\s*(?:\d{4}\s*[-–]\s*)?(\d{4})\b", line.text)
    ]
    for index in [*range(at, start), *range(at)]:
        line = lines[index]
        if length(line.text) <= 20 and years:
            for month, day, _ in yearless_days(line.text):
                return Moment(max(years), month, day), 0.4, index
    return None, 0.0, None


def _authors(lines: Sequence[Line], title_at: int | None, date_at: int | None, start: int) -> tuple[str, ...]:
    first = title_at + 1 if title_at is not None else 0
    nearby = [*range(first, start), *range(first - 2, -1, -1)] if title_at is not None else [*range(start)]
    for index in nearby:
        text = lines[index].text
        rest = BY.sub("", f"{text} ")
        if not BY.match(f"{text} ") or (length(text) > 22 and length(rest.partition(",")[0]) > 4):
            continue
        if not rest.strip(" :"):  # the name stands in the next line
            rest = lines[index + 1].text if index + 1 < len(lines) else ""
        elif length(text) > 22:  # 'By NAME, who …'
            rest = rest.partition(",")[0]
        if names := _names(rest):
            return names
    # Without 'by', a name stands beside the date, or between headline and text.
    places = [date_at + step for step in (0, -1, 1) if date_at is not None]
    for index in [*places, *range(first, start)]:
        if 0 <= index < start and (title_at is None or index > title_at or index == title_at - 1):
            text = _DATELINE_AUTHOR.match(lines[index].text)
            candidate = text["name"] if text else lines[index].text
            if (
                index != title_at
                and length(candidate) <= 7
                and not is_noise(candidate)
                and caption_of(lines[index].text) is None
            ):
                names = _names(candidate, strict=True)
                if names and not _is_elsewhere(lines, index, names):
                    return names
    return ()


def _is_elsewhere(lines: Sequence[Line], index: int, names: Sequence[str]) -> bool:
    """Whether what might be an author's name is a rubric, or somebody whom the article is about."""
    for name in map(bare, names):
        others = [(bare(line.text), line.prose) for at, line in enumerate(lines) if at != index]
        if sum(other == name for other, _ in others) > 1:
            return True
        # A rubric stands in a menu, too, among others.
        if any(
            name in other and name != other and not _OF_AUTHOR.match(other) for other, prose in others if prose <= -3
        ):
            return True
        # What a page tells of its author begins with the name.
        if any(name in other and not other.startswith((name, f"about {name}")) for other, prose in others if prose > 0):
            return True
    return False


def _names(text: str, *, strict: bool = False) -> tuple[str, ...]:
    for dated in reversed(dates_in(text)):
        text = text[: dated.start]
    for month, _, place in sorted(yearless_days(text), key=lambda found: -found[2]):
        text = text[:place] if month else text
    whole = text.strip(" ,.|•·")
    trimmed = _ORGANISATION.sub("", whole)
    names = clean_authors([trimmed])
    if not names and re.fullmatch(
        r"(?i)(?:the )?(?:associated press|reuters|afp|dpa|ap|efe|agence france-presse|tass|ansa|xinhua|"
        r"anadolu(?: agency)?|bloomberg)(?:[/ ](?:afp|ap|dpa|reuters))?",
        whole,
    ):
        return (whole,)
    if strict:
        names = tuple(name for name in names if 2 <= len(name.split()) <= 4 and not re.search(r"\d", name))
        if len(names) != len([part for part in re.split(r",| and ", trimmed) if part.strip()]):
            return ()
    return names


# Standfirst, captions and body


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
            and 8 <= length(text) <= 70
            and (title_at is None or bare(text) != bare(lines[title_at].text))
        ):
            rest = [block for block in body if bare(block.text) != bare(text)]
            if bare(text) not in bare(rest[0].text if rest else ""):
                return text, rest
    return "", body


def _body(
    lines: Sequence[Line], title_at: int | None, start: int, end: int, language: str
) -> tuple[list[Block], Picture]:
    """The body's blocks, and the first caption with its credit."""
    title = bare(lines[title_at].text) if title_at is not None else ""
    picture = Picture()
    blocks: list[Block] = []
    seen: set[str] = set()
    for index in range(max(0, (title_at if title_at is not None else start)), start):
        text = lines[index].text
        found = None if BY.match(text) or is_dateline(text) else caption_of(text)
        if found and (not picture.credit or (found[0] and not picture.caption)):
            picture = Picture("", *found)
    weak = _weak(lines, start, end)
    for index in range(start, end):
        if index in weak:
            continue
        line = lines[index]
        key = bare(line.text)
        found = caption_of(line.text) if line.prose < 10 or length(line.text) < 45 else None
        if found is not None:
            if not picture.credit:
                picture = Picture("", *found)
            continue
        if index == title_at or key == title or key in seen or is_noise(line.text):
            continue
        if is_dateline(line.text) or (BY.match(line.text) and length(line.text) <= 14 and not is_sentence(line.text)):
            continue
        seen.add(key)
        if line.prose < 0 and not is_sentence(line.text):
            if _is_heading(lines, index, end):
                blocks.append(Block("heading", line.text, escaped(line.text), level=2))
            continue
        blocks.append(paragraph(line.text))
    while blocks and blocks[-1].kind == "heading":
        blocks.pop()
    return blocks, picture


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
