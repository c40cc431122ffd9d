"""Headline: which of the titles that a page gives is that of its article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from builder.importing.furniture import length
from builder.names import fold_text

# What divides a headline from the name of a site in `<title>`.
_DIVIDER = re.compile(r"\s+(?:[|•·»«›‹:_]|::|\|\||[-–—―])\s+|\s*[|»«_]\s*|\s+::\s+")

_MARKS_OF_DIVIDERS = r"(?:[|•·»«›‹_\-–—―]|::)"
# In Chinese, a space or a stroke without one divides a title, too.
_LEFT_BEHIND = re.compile(rf"\s*{_MARKS_OF_DIVIDERS}|(?<=[\u3040-\u9fff])\s")
_LEFT_BEFORE = re.compile(rf"{_MARKS_OF_DIVIDERS}\s*$|[\u3040-\u9fff]\s$")

FEWEST = 4  # words of a headline: fewer are the name of a site or a section as often as not
_WORD = re.compile(r"\w+")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]+")
# Where these marks are all that isn't ASCII, as in most of English, nothing is left to be folded.
_MARKS = re.compile("[‘’“”„«»–—‑…•·\u00a0]")


def choose_headline(
    declared: Sequence[str], headings: Sequence[str], title: str, sites: Iterable[str]
) -> tuple[str, float]:
    """The headline, and how sure that is: what most of a page's titles agree on, as it is shown best.

    `declared` are from its metadata, `headings` those of the page, `title` is `<title>`, `sites` are names of its
    publisher, which don't belong to the headline. Empty where there is none.
    """
    said = {bare(text) for text in declared}
    names = {bare(site) for site in sites if bare(site) and len(bare(site).split()) <= 6 and bare(site) not in said}
    candidates: dict[str, tuple[str, float]] = {}
    headings = [text for text in headings if bare(text) not in names]
    others = [text for text in (*declared, title) if bare(text) and bare(text) not in names]
    for rank, text in enumerate(headings[:6]):
        _propose(candidates, text, 2.0 - 0.3 * rank)
    for rank, text in enumerate(declared):
        cut = without_site(text, names, headings)
        _propose(candidates, cut, 1.6 - 0.15 * rank)
    _propose(candidates, without_site(title, names, headings), 1.0)
    best, best_score = "", -9.0
    for text, own in candidates.values():
        score = own + sum(_agreement(text, other) for other in others) * 1.2
        # What the page's head says nowhere is the name of something else on the page.
        if others and max(_agreement(text, other) for other in others) < 0.3:
            score -= 2.0
        if bare(text) in names or len(bare(text)) < 3:
            score -= 4
        if score > best_score:
            best, best_score = text, score
    best = _longest_spelling(best, [text for text, _ in candidates.values()])
    agreeing = sum(_agreement(best, other) > 0.8 for other in [*others, *headings])
    return best, min(0.99, 0.5 + 0.17 * agreeing)


@lru_cache(maxsize=512)  # asked several times of each line of an article
def bare(text: str) -> str:
    """What two spellings of one headline have in common: its letters and digits."""
    return " ".join(_WORD.findall(fold_text(text if text.isascii() else _MARKS.sub(" ", text))))


def pieces_of(title: str) -> list[str]:
    """A page's title taken apart where a site's name may begin."""
    return _DIVIDER.split(title)


def lines_in_title(title: str, lines: Iterable[str]) -> tuple[str, ...]:
    """The lines of a page that its title begins or ends with, where what is left of it may be a site's name."""
    found = dict.fromkeys(line for line in lines if len(title) / 2 <= len(line) < len(title))
    return tuple(line for line in found if length(line) >= FEWEST and _is_divided(title, line))


def _is_divided(title: str, line: str) -> bool:
    if title.startswith(line):
        return _LEFT_BEHIND.match(title, len(line)) is not None
    return title.endswith(line) and _LEFT_BEFORE.search(title[: -len(line)]) is not None


def without_site(text: str, names: set[str], headings: Iterable[str] = ()) -> str:
    """A title without the name of the site, or its section, before or behind the headline."""
    text = text.strip()
    for heading in headings:
        # Where the page shows the headline, that tells where the title's part of it ends.
        if len(bare(heading)) > 10 and bare(text) != bare(heading) and bare(text).startswith(bare(heading)):
            rest = bare(text)[len(bare(heading)) :].strip()
            if rest in names or len(rest.split()) <= 5:
                return heading
    shown = {bare(heading): heading for heading in headings if bare(heading)}
    pieces = pieces_of(text)
    for part in pieces:
        # A heading that is a small part of the title is the site's name.
        if bare(part) in shown and bare(part) not in names and 2 * len(part) >= max(map(len, pieces)):
            return shown[bare(part)]
    parts = list(_DIVIDER.finditer(text))
    while parts:
        last, first = parts[-1], parts[0]
        behind, before = bare(text[last.end() :]), bare(text[: first.start()])
        if behind in names or any(_is_part(behind, name) for name in names):
            text = text[: last.start()]
        elif before in names:
            text = text[first.end() :]
        elif (
            len(parts) == 1
            and last[0].strip() in ("|", "•", "»", "«", "_", "::", "-", "–", "—")
            and _is_site(behind, before)
        ) or (
            len(parts) > 1
            and len(behind.split()) <= 3 < len(bare(text[: last.start()]).split())
            and last[0].strip() != ":"
        ):
            text = text[: last.start()]
        else:
            break
        parts = list(_DIVIDER.finditer(text))
    return text.strip()


def _is_part(words: str, name: str) -> bool:
    return bool(words) and (words in name or name in words) and abs(len(words) - len(name)) < 12


def _is_site(behind: str, before: str) -> bool:
    return 0 < len(behind.split()) <= 4 and len(before.split()) >= 4 and len(behind.split()) * 2 <= len(before.split())


def _propose(candidates: dict[str, tuple[str, float]], text: str, score: float) -> None:
    text = " ".join(text.split())
    key = bare(text)
    if key and (key not in candidates or candidates[key][1] < score):
        kept = candidates.get(key, (text, 0))[0]
        candidates[key] = (kept, score)


def _agreement(text: str, other: str) -> float:
    """How far two titles are the same, 0 to 1: the words that they share, of those of either."""
    first, second = _words(text), _words(other)
    if not first or not second:
        return 0.0
    shared = len(first & second)
    return shared / len(first | second) * 0.6 + shared / len(first) * 0.4


def _words(text: str) -> set[str]:
    """The words of a title; where they aren't divided, each two letters that stand side by side."""
    whole = bare(text)
    pairs = {run[at : at + 2] for run in _DENSE.findall(whole) for at in range(len(run) - 1)}
    return {*_DENSE.sub(" ", whole).split(), *pairs} if pairs else set(whole.split())


def _longest_spelling(best: str, others: Sequence[str]) -> str:
    """The whole of a headline that was cut off, with dots or at a quotation mark, which ends what a head declares."""
    whole = (other for other in others if other.startswith(best) and other[len(best) : len(best) + 1] in {'"', "'"})
    if (longer := next(whole, None)) is not None:
        return longer
    cut = re.sub(r"\s*(?:…|\.\.\.)\s*$", "", best)
    if cut != best or len(best) >= 100:
        for other in others:
            if (
                bare(other).startswith(bare(cut))
                and len(other) > len(best)
                and not re.search(r"(?:…|\.\.\.)\s*$", other)
            ):
                return other
    return best
