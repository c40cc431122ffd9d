"""Numbers of dead, and whether a sentence says who gives them.

Forms are seen here, not meaning: what could as well be something else passes. Tables, definitions and quotations do
too, as they have who says it in another place.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {
    # 'One' alone is seldom a count.
    **{word: value for value, word in enumerate((*_UNITS, *_TEENS), 1) if value > 1},
    **{word: 10 * ten for ten, word in enumerate(_TENS, 2)},
    **{f"{tens}-{unit}": 10 * ten + one for ten, tens in enumerate(_TENS, 2) for one, unit in enumerate(_UNITS, 1)},
}
_IN_WORDS = rf"(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_UNITS)}))?|{'|'.join((*_UNITS[1:], *_TEENS))}"
_VAGUE = r"dozens|scores|(?:tens|hundreds)\s+of\s+thousands|hundreds|thousands"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\b"
_UNIT = r"(?:[ap]\.?m\b|o'clock|minute|hour|day|week|month|year|metre|kilomet|mile|km\b|per\s+cent\b|percent\b|times\b)"
# No year, no day of a month, no time, no part of another number, no quantity of something else, nor what was named
# before ('the two').
_NUMBER = (
    r"(?<![\w.,:/#-])(?<!\bthe )(?!(?:19|20)\d\d\b)"
    rf"(?P<number>\d{{1,3}}(?:[,\u00a0\u202f]\d{{3}})+|\d+|{_IN_WORDS}|{_VAGUE})\b(?![.:/]\d|-\w|%)"
    rf"(?!\s+(?:{_MONTH}|{_UNIT}))"
)
_ROUGHLY = (
    r"(?:(?:about|almost|another|around|at\s+least|an\s+estimated|as\s+many\s+as|more\s+than|nearly|over|some|up\s+to)"
    r"\s+)?"
)
_BETWEEN = r"(?:\s+[^\s.,;:!?|()]+){0,5}?"
_KILLED = (
    r"(?:dead|deaths?|fatalities|died|lost\s+their\s+lives"
    r"|(?:are|as|be|been|being|is|was|were)\s+(?:\w+ly\s+)?killed"
    # Without the verb only where the words go on as they would behind one: two gunmen who killed somebody are no dead.
    r"|killed(?=\s*(?:[.,;:)\]]|$)|\s+(?:and|after|as|at|by|during|in|near|on|or|since|there|when|while)\b))\b"
)


@cache  # as below: compiled for those who need it, which takes longer than many a build's other parts
def _dead() -> tuple[re.Pattern[str], ...]:
    patterns = (
        rf"{_NUMBER}{_BETWEEN}\s+{_KILLED}",
        rf"\b(?:kill(?:ed|ing|s)|(?:lives|deaths?)\s+of)\s+{_ROUGHLY}{_NUMBER}",
        rf"\b(?:death\s+toll|number\s+of\s+dead|the\s+dead|deaths){_BETWEEN}"
        rf"\s+(?:above|at|exceeds|is|of|past|reached|to|was|were)\s+{_ROUGHLY}{_NUMBER}",
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_SIGNS = ("kill", "dead", "death", "died", "fatalit", "lives")  # a number of dead has one of them


@cache
def _said() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:said|says?|saying|told|according|accounts?|announc\w+|spokes\w+|count(?:s|ed)?|estimat\w+|puts?|putting"
        r"|report(?:s|ed|edly|ing)?|sp(?:oke|eaks?|oken)\s+of|gave|gives?|given|wr(?:ote|itten)|cit(?:es|ed|ing)|declar\w+"
        r"|stat(?:ed|es|ing)|record(?:s|ed)|list(?:s|ed)|attribut\w+|confirm(?:s|ed)|acknowledg\w+|admit\w+"
        r"|claim(?:s|ed)?(?!\s+(?:the\s+)?(?:lives|\d)))\b",
        re.IGNORECASE,
    )


def may_count_dead(lower: str) -> bool:
    """Whether a text, in lower case, has any word without which no number of dead is found. Takes microseconds."""
    return any(sign in lower for sign in _SIGNS)


def unattributed_dead(sentence: str, lead: str, figures: Collection[float]) -> str | None:
    """The words of `sentence` that give a number of dead, if neither it nor what leads up to it tells who says so.

    A number that is among `figures` is attributed there.
    """
    if sentence[0] in "|:>" or not may_count_dead(sentence.lower()):
        return None
    found = next((match for pattern in _dead() if (match := pattern.search(sentence))), None)
    if found is None or _said().search(sentence) or _said().search(lead) or _value(found["number"]) in figures:
        return None
    return found[0]


def _value(number: str) -> float | None:
    digits = re.sub(r"\D", "", number)
    return int(digits) if digits else _WORDS.get(number.lower())
