"""Lines: what each line of a scraped page is, told by how it is written and by its neighbours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from builder.importing.bylines import BY
from builder.importing.furniture import (
    asks_consent,
    ends_article,
    has_offer,
    is_button,
    is_credit,
    is_sentence,
    leads_elsewhere,
    length,
)
from builder.importing.headline import bare
from builder.importing.trimming import is_dateline

_TIME_LIKE = re.compile(
    r"^[\W\d]*(?:\d[\W\d]*)?(?:min(?:utes?)?|h|hrs?|hours?|m|s|sec|ago|°C|°F|x|K|M|ago|دقيقة|قبل|Uhr|GMT|UTC|IST|AM|PM|read|\W)*[\W\d]*$",
    re.I,
)
_CREDIT_AT_END = re.compile(
    r"^(?P<caption>.{8,}?[^\s©(])\s*(?:©\s*|\((?:Foto|Photo|Bild|Image|Picture)?\s*:?\s*(?=[^()]{2,80}\)$)|\b(?:Photo(?:graph)?|Foto|Image|Picture|Credit|Crédit|Bild|Quelle|Fuente|Source)\b\s*(?:by|:|/|©)\s*|\bCredit\s+(?=[A-Z]))"
    r"(?P<credit>[^()]{2,90}?)\)?$"
)
# The name of a photographer and an agency right behind a caption's last sentence.
_GLUED_CREDIT = re.compile(
    r"^(?P<caption>.{20,}[.!?])\s*(?P<credit>[A-Z][^.!?]{2,70}(?:/|\s[-–]\s)[^.!?]{2,40}|[A-Z]{2,6}/\s?[A-Z][^!?]{2,50})$"
)
_PICTURE_WORDS = re.compile(r"(?i)^(?:photo|image|picture|caption|foto|bild|file photo|video)\b")

# Headings behind which a page has no more of the article.
_OVER = re.compile(
    r"(?i)^(?:\W*\d*\s*(?:comments?|reader comments?|responses?|kommentare|commentaires|comentarios|comentários|"
    r"reacties|комментарии|коментари|komentari|التعليقات|تعليقات|コメント|评论)\W*\d*\W*|"
    r"leave a (?:reply|comment)|post a comment|join the (?:conversation|discussion)|related (?:articles|stories|"
    r"topics|content|news|posts|coverage)|most (?:read|popular|viewed|shared)|"
    r"you (?:may|might) also like|recommended(?: for you)?|trending(?: now)?|more (?:stories|news|from .{2,30})|"
    r"editor'?s'? picks|meistgelesen|(?:lo )?más (?:leído|leídas|visto)|les plus lus|mais lidas|"
    r"najčitanije|популярное|самое читаемое|(?:ال)?[أا]كثر (?:قراءة|تصفحا?ً?|مشاهدة)|[آا]خر ال[أا]خبار|"
    r"مواضيع ذات صلة|相关新闻|関連記事)\s*:?$"
)


class Line(Struct, frozen=True):
    """A line of a scraped text. `prose` is how many words of running text it has: below 0, it speaks against some."""

    text: str
    prose: float
    gap: int  # so many empty lines stand before it


def read_lines(text: str) -> list[Line]:
    """The lines of `text` that hold anything."""
    texts = [" ".join(line.split()) for line in text.split("\n")]
    counted = Counter(bare(line) for line in texts if line)
    found: list[Line] = []
    gap = 0
    for line in texts:
        if not line:
            gap += 1
            continue
        found.append(Line(line, prose_of(line, counted[bare(line)]), gap))
        gap = 0
    return found


def prose_of(text: str, times: int = 1) -> float:
    """How far a line that stands in the text so many `times` speaks for running text around it."""
    words = length(text)
    if is_noise(text) or asks_consent(text):
        return -8.0
    if times > 1 and words < 60:
        return -6.0
    if is_dateline(text) or (BY.match(text) and words <= 14 and not is_sentence(text)):
        return -6.0
    if caption_of(text) is not None and words < 80:
        return -1.0
    if words <= 30 and _is_title_case(text):
        return -2.0
    # 'Berlin (dpa) - …': running text has commas and stops, and ends as sentences do.
    stops = len(re.findall(r"[.!?…。！？؟।،,、][\"'”’»)\]]*(?:\s|$)|[。！？、]", text))
    if words >= 12 and is_sentence(text):
        return float(min(words, 80))
    if words >= 25 and stops >= 1:
        return float(min(words, 60))
    if words >= 4 and is_sentence(text) and not text.endswith((":", ";")):
        return words / 2
    return -3.0 if words <= 12 else -2.0


def _is_title_case(text: str) -> bool:
    """Whether a line is written as English headlines are, each word of weight with a capital."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’.-]*", text) if len(word) > 3]
    return len(words) >= 4 and sum(word[0].isupper() for word in words) > 0.8 * len(words)


@lru_cache(maxsize=512)  # asked several times of each line of an article
def is_noise(text: str) -> bool:
    """Whether a line is a button, a menu, a count or an advertisement, wherever it stands."""
    if not re.search(r"[^\W\d_]{2}", text) or is_button(text) or ends_article(text):
        return True
    if leads_elsewhere(text) or has_offer(text):
        return True
    words = text.split()
    icons = sum("icon" in word or word.endswith(("logo", "svg")) for word in text.lower().split())
    if icons > 2 and icons >= 0.25 * len(words):
        return True
    if len(words) <= 6 and _TIME_LIKE.match(text):
        return True
    if text.startswith(("[", "(")) and text.endswith(("]", ")")) and leads_elsewhere(text[1:-1]):
        return True
    # Entries of a menu in one line: 'Home | Video | World', 'NewsSportsVideo'.
    bars = len(re.findall(r"\s[|•·]\s", text))
    if bars >= 2 and bars * 6 >= len(words) - bars:
        return True
    joints = len(
        re.findall(
            r"(?<=[^\W\d_A-Z])(?=[A-Z][^\W\d_A-Z])", re.sub(r"\b(?:Mc|Mac|De|La|Le|O|al|el|Di|Van)(?=[A-Z])", "", text)
        )
    )
    if joints >= 3 and joints * 3 >= len(words):
        return True
    # A headline in capitals between paragraphs leads to another article.
    letters, capitals, small = (sum(map(test, text)) for test in (str.isalpha, str.isupper, str.islower))
    return len(words) >= 5 and capitals > 0.85 * letters and capitals + small > 0.9 * letters


@lru_cache(maxsize=512)
def caption_of(text: str) -> tuple[str, str] | None:
    """A picture's caption and its credit, if the line is a caption that ends in a credit."""
    for pattern in (_CREDIT_AT_END, _GLUED_CREDIT):
        match = pattern.match(text)
        if match and length(match["credit"]) <= 12 and length(match["caption"]) < 90:
            credit = match["credit"].strip(" ().,")
            certain = (
                "©" in text
                or is_credit(credit)
                or re.search(r"(?i)\b(?:photo|foto|credit|crédit|bild|quelle)\b", text[match.end("caption") :])
            )
            if certain and not re.search(r"\b(?:said|says|told|reported|according)\b", credit):
                return match["caption"].strip(), credit
    if (
        is_credit(text)
        and length(text) <= 45
        and not re.search(r"(?i)\b(?:said|told|reported|says|according to|dijo|sagte|a dit|quoted|cited)\b", text)
    ):
        # The credit is the last part: an agency, with a photographer before it.
        match = re.match(r"^(?P<caption>.{15,}[.!?])\s+(?P<credit>[^.!?]{3,60}\.?[^.!?]{0,40})$", text)
        if match and is_credit(match["credit"]) and length(match["credit"]) <= 10:
            return match["caption"], match["credit"].strip(" .")
        if length(text) <= 6:
            return "", text.strip(" ()")
    return None


def body_span(lines: Sequence[Line]) -> tuple[int, int]:
    """Where the run of lines with the most running text begins and ends; (0, 0) where there is none."""
    best = (0.0, 0, 0)
    start, total = 0, 0.0
    for index, line in enumerate(lines):
        if total <= 0:
            start, total = index, 0.0
        total += line.prose
        if total > best[0]:
            best = (total, start, index + 1)
    return best[1], _over_at(lines, best[1], best[2])


def _over_at(lines: Sequence[Line], start: int, end: int) -> int:
    """Where the article is over: before a heading of comments or of other articles, if enough stands before it."""
    before, total = 0.0, sum(max(line.prose, 0) for line in lines[start:end])
    for index in range(start, end):
        if before > 60 and before > 0.3 * total and _OVER.match(lines[index].text):
            return index
        before += max(lines[index].prose, 0)
    return end
