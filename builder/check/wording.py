"""Lints of the wording: what an editor would strike out. docs/editorial.md says why.

They are run on each document as it is read, so what is cheap to rule out is ruled out first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from builder.check.deaths import may_count_dead, unattributed_dead
from builder.check.sentences import sentences
from builder.faults import Fault, warning
from builder.model.briefing import Briefing
from builder.model.dossier import Dossier

_MOST_WORDS = 60  # of a summary
_LEVEL = "(?:low|moderate|medium|high)"
# Analytic confidence is ours: that of the public or of investors, and measures that build it, are something else.
_CONFIDENCE = re.compile(
    rf"\b{_LEVEL}(?:[- ]to[- ]{_LEVEL})?(?:\s+analytic(?:al)?)?\s+confidence\b(?!-)"
    r"|\bour\s+confidence\b|\bconfidence\s+in\s+(?:this|that|our)\s+(?:judge?ment|assessment|estimate)\b"
    r"|\bwe\s+(?:are|remain)\s+(?:\w+\s+)?confident\b",
    re.IGNORECASE,
)
# The seven bands of ICD 203, in both of its wordings.
_LIKELIHOOD = re.compile(
    r"\balmost\s+(?:no\s+chance|certain(?:ly)?)\b|\bnearly\s+certain\b|\bremote\s+(?:chance|possibility)\b"
    r"|\b(?:very\s+)?(?:un)?likely\b|\b(?:highly\s+)?(?:im)?probabl[ey]\b|\beven\s+(?:chance|odds)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


def wording_faults(
    path: str, meta: Briefing | Dossier, body: str, body_line: int, lines: Mapping[str, int], language: str
) -> Iterator[Fault]:
    """What the wording of a document should not be. `lines` has the line of each field, `language` is its own.

    Sentences are read in English only.
    """
    words = len(meta.summary.split()) if len(meta.summary) > _MOST_WORDS else 0
    if words > _MOST_WORDS:
        message = f"has {words} words, over {_MOST_WORDS}; lists show all of it, so move the rest into the body"
        yield warning(path, lines.get("summary", 1), "long-summary", message, "summary")
    if language.partition("-")[0].lower() != "en":
        return
    texts = {"title": meta.title, "summary": meta.summary, "trend_reason": meta.trend_reason}
    if isinstance(meta, Dossier):
        texts["outlook"] = meta.outlook
    lower = "\n".join((*texts.values(), body)).lower()
    of_confidence, of_dead = "confiden" in lower, may_count_dead(lower)
    if not of_confidence and not of_dead:
        return

    def line_of(field: str, index: int) -> int:  # of a field only the line is known on which it begins
        return lines.get(field, 1) if field else body_line + body.count("\n", 0, index)

    figures = _figures(meta)
    way_out = 'Name them ("…, OHCHR said")' + (", or add the number to `figures`" if isinstance(meta, Briefing) else "")
    for field, text in (*texts.items(), ("", body)):
        for index, sentence, lead in sentences(text):
            if of_confidence and (both := _likelihood_with_confidence(sentence)):
                message = (
                    f'"{both[0]}" says how probable something is, "{both[1]}" how well founded a judgement is; '
                    "give each a sentence of its own (ICD 203)"
                )
                yield warning(path, line_of(field, index), "likelihood-and-confidence", message, field)
            if of_dead and (dead := unattributed_dead(sentence, lead, figures)):
                message = f'"{_shown(dead)}": who says so? {way_out}'
                yield warning(path, line_of(field, index), "unattributed-deaths", message, field)


def _likelihood_with_confidence(sentence: str) -> tuple[str, str] | None:
    own = _QUOTED.sub("", sentence)
    confidence, likelihood = _CONFIDENCE.search(own), _LIKELIHOOD.search(own)
    return (_shown(likelihood[0]), _shown(confidence[0])) if confidence and likelihood else None


def _figures(meta: Briefing | Dossier) -> frozenset[float]:
    if isinstance(meta, Dossier):
        return frozenset()
    numbers = (number for figure in meta.figures for number in (figure.value, figure.low, figure.high))
    return frozenset(number for number in numbers if number is not None)


def _shown(words: str) -> str:
    return " ".join(words.split())
