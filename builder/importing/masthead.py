"""Masthead: the headline, the date and the authors of a scraped text, among the lines above and around its body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.dates import Moment
from builder.importing.bylines import BY, clean_authors
from builder.importing.days import dates_in, yearless_days
from builder.importing.furniture import is_sentence, length
from builder.importing.headline import bare
from builder.importing.lines import Line, caption_of, is_noise
from builder.importing.publication import moment_in_address
from builder.importing.times import is_updated
from builder.importing.trimming import is_dateline

_ADDRESS = re.compile(r"(?:(?:source|url|link|from|address|quelle|fuente|источник)\s*:\s*)?(https?://\S+)", re.I)
_AT_ENDS = 5  # lines at the head and the foot of a text in which its address may stand
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


def without_address(lines: list[Line]) -> tuple[list[Line], str]:
    """The lines without one at the head or the foot that holds an address and nothing else, and that address."""
    for index in [*range(min(_AT_ENDS, len(lines))), *range(max(0, len(lines) - _AT_ENDS), len(lines))]:
        if match := _ADDRESS.fullmatch(lines[index].text.strip()):
            return [*lines[:index], *lines[index + 1 :]], match[1]
    return lines, ""


def find_title(lines: Sequence[Line], start: int, end: int) -> int | None:
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


def clean_title(lines: Sequence[Line], at: int) -> str:
    """The headline in the line at `at`, without the name of a site behind it."""
    text = lines[at].text
    # The page's title, with the name of the site behind a bar.
    match = re.match(r"(.{15,}?)\s+[|]\s+[^|]{2,40}(?:\s\w+)?$", text)
    return match[1] if match else text


def published_in(
    lines: Sequence[Line], title_at: int | None, start: int, end: int, language: str, url: str = ""
) -> tuple[Moment | None, float, int | None]:
    """When the article appeared, how sure that is, and the line that says so. Its address `url` may tell, too."""
    named = moment_in_address(url)
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
            cost += 6.0 * is_updated(before[-30:]) + 12.0 * (index >= end)
            cost -= 20.0 * (named is not None and abs((dated.moment.first_day() - named.first_day()).days) <= 1)
            cost += 3.0 * (not is_dateline(line.text)) - 1.0 * (dated.moment.seconds is not None)
            found.append((cost, dated.moment, index, 0.6 if dated.ambiguous or cost > 12 else 0.9))
    if found:
        cost, moment, index, sure = min(found, key=lambda item: item[0])
        if named is None or cost < -8:
            return moment, sure, index
    if named is not None:
        return named, 0.9, None
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


def authors_in(lines: Sequence[Line], title_at: int | None, date_at: int | None, start: int) -> tuple[str, ...]:
    """Who wrote the article, by a byline, or by a name beside the date at line `date_at`, above the body at `start`."""
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
    for index in [*places, *range(first, min(start + 1, len(lines)))]:
        is_above = 0 <= index < start or (index == start and lines[index].prose < 0)
        if is_above and (title_at is None or index > title_at or index == title_at - 1):
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


_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bCopyright\b)\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?,?\s*(?:by\s+)?(?P<name>[^\W\d_][^.|;©]{1,50}?)"
    r"(?:[.,|;]|\s[-–—]\s|\s*All [Rr]ights|\s*\d{4}|\s*$)"
)


def publisher_in(lines: Sequence[Line], title: str) -> str:
    """What a page calls its publisher, behind its headline in the page's title or behind a ©; else nothing."""
    for line in lines:
        match = re.match(re.escape(title) + r"\s*(?:[|·]|\s[-–—])\s*(.{2,40})$", line.text)
        if match and title:
            return match[1].strip()
    for line in lines:
        # In captions, a © names a photographer.
        match = _COPYRIGHT.match(line.text)
        if (
            match
            and length(match["name"]) <= 6
            and not re.match(r"(?:[Aa]ll [Rr]ights|[Cc]opyright|[a-zß-ÿ])", match["name"])
        ):
            return match["name"].strip()
    return ""
