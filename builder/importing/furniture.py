"""Furniture: lines of a page that don't belong to its article, told by their words, in the languages of news."""

from __future__ import annotations

import re
from functools import lru_cache

from builder.importing.phrases import alternatives, entries
from builder.names import fold_text

# A line that *is* one of these, but for counts and marks around it.
_BUTTONS = entries("buttons")
_LEADS = re.compile(rf"(?:^|(?<=[>»•▶►*\-–—|] ))(?:{alternatives('leads')})", re.IGNORECASE)
# Of small letters: that is twice as fast as a pattern that knows no case, and each line of a page is asked.
_OFFERS = re.compile(rf"\b(?:{alternatives('offers')})|{alternatives('offers_joined')}")
_LEADS_UNDIVIDED = re.compile(rf"[\W_]{{0,3}}(?:{alternatives('leads_undivided')})")
_OFFERS_UNDIVIDED = re.compile(alternatives("offers_undivided"))
_UNDIVIDED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\u0e00-\u0e7f]")
_READER = re.compile(alternatives("reader"), re.IGNORECASE)
# '…, the general told his officers': whose words these are.
_SAID = re.compile(rf"[,”\"»]\s(?:[^,.;:]{{1,60}}\s)?(?:{alternatives('said')})(?!\w)")
_CONSENT = re.compile(alternatives("consent"), re.IGNORECASE)
_ENDINGS = re.compile(rf"^(?:{alternatives('endings')})\s*:?$", re.IGNORECASE)
_CREDIT = re.compile(alternatives("credits"), re.IGNORECASE)
_SHORT = 6  # words of a heading that may end with a stop
_LINES = 512  # so many are remembered: several questions are asked of each line of an article
_SENTENCE_END = re.compile(r"[.!?…。！？؟।።:;][\"'”’»)\]」』）】》]*\s*(?:\[\d+\])?$")
_READING_TIME = re.compile(rf"(?:{alternatives('reading_times')})[.\s]*", re.IGNORECASE)
_DIGIT = re.compile(r"\d")


def bare_line(text: str) -> str:
    """A line without the case, the marks and the counts around its words."""
    folded = fold_text(text)
    return re.sub(r"^[\W\d_]+|[\W\d_]+$", "", folded) or folded


def is_button(text: str) -> bool:
    """Whether a line is a button, a menu's entry, a heading of such, or how long it takes to read what follows:
    `Share on X`, `Most read`, `Advertisement 1`, `Reading time: 2 min.`"""
    if len(text) > 60:
        return False
    bare = bare_line(text)
    if bare in _BUTTONS:
        return True
    if _DIGIT.search(text) and _READING_TIME.fullmatch(text.strip()):
        return True
    # The same word for readers and for screen readers, or several in a row: 'Share on FacebookShare'.
    parts = [part for part in re.split(r"[|/•·,&]| {2,}", bare) if part.strip()]
    if len(parts) > 1 and all(part.strip() in _BUTTONS for part in parts):
        return True
    return any(
        bare.startswith(word) and bare[len(word) :].strip() in _BUTTONS
        for word in (
            "share on facebook",
            "share on twitter",
            "share on whatsapp",
            "facebook",
            "share",
            "tweet",
            "email",
            "print",
        )
    )


@lru_cache(maxsize=_LINES)
def leads_elsewhere(text: str) -> bool:
    """Whether a line leads the reader away from the article: `Read more: …`, `Sign up for …`, `© 2022 …`."""
    text = text.strip()
    if len(text) >= 500 or _is_told(text):
        return False
    if len(text) < 400 and (_LEADS.match(text) or (_is_undivided(text) and _LEADS_UNDIVIDED.match(text))):
        return True
    return _is_offer(text)


def has_offer(text: str) -> bool:
    """Whether a line has the words of an offer, whomever it speaks to."""
    return length(text) < 45 and bool(_offers(text)) and not _is_told(text)


def _is_told(text: str) -> bool:
    """Whether a line is a sentence that tells what somebody said, whichever way it begins."""
    return is_sentence(text) and _SAID.search(text) is not None


def _is_offer(text: str) -> bool:
    """Whether a line offers something: by its words, and, if it is as long as a paragraph, by whom it speaks to."""
    words = length(text)
    if words >= 80:
        return False
    found = _offers(text)
    if not found:
        return False
    if words <= 12:
        is_prose = is_sentence(text) and 0 not in found.values() and not _is_undivided(text)
        return not is_prose or speaks_to_reader(text)
    return len(found) > 1 or (words < 45 and speaks_to_reader(text))


def speaks_to_reader(text: str) -> bool:
    """Whether a line speaks to its reader, or for those who made the page."""
    return _READER.search(text) is not None


def _offers(text: str) -> dict[str, int]:
    """The words of offers in a line, and where each stands."""
    text = text.lower()
    patterns = (_OFFERS, _OFFERS_UNDIVIDED) if _is_undivided(text) else (_OFFERS,)
    return {match[0]: match.start() for pattern in patterns for match in pattern.finditer(text)}


def _is_undivided(text: str) -> bool:
    """Whether a text has letters of a script in which words aren't divided, or not as elsewhere."""
    return not text.isascii() and _UNDIVIDED.search(text) is not None


def ends_article(text: str) -> bool:
    """Whether a heading begins what stands behind articles: related ones, comments, the author's portrait."""
    text = text.strip()
    if len(text) >= 90 or _ENDINGS.match(text) is None:
        return False
    return length(text) < _SHORT or not text.endswith(".")


def asks_consent(text: str) -> bool:
    """Whether a line asks leave to watch its reader."""
    return _CONSENT.search(text) is not None


def is_credit(text: str) -> bool:
    """Whether a line names an agency or photographer, as captions do."""
    return _CREDIT.search(text) is not None


def is_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _SENTENCE_END.search(text.strip()) is not None


def letters(text: str) -> int:
    """How many letters and marks a text has; a letter of a script in which two make a word counts twice."""
    return len(text) + _undivided_letters(text)


@lru_cache(maxsize=_LINES)
def length(text: str) -> int:
    """How many words a line has; two letters count as one where words aren't divided by spaces."""
    return len(text.split()) + _undivided_letters(text) // 2


def _undivided_letters(text: str) -> int:
    """How many letters a text has of scripts in which words aren't divided, or are short."""
    return 0 if text.isascii() else len(_UNDIVIDED.findall(text))
