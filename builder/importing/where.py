"""Where: which states an article is about, by what it names, where it names it, and how."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from builder.importing.home import home_of
from builder.importing.matching import Match, Matcher
from builder.importing.phrases import alternatives, words
from builder.importing.vocabulary import PlaceName, by_ending, place_names

# How much a mention counts: where something happened is named in the headline, and as a place.
_PART_WEIGHTS = {"title": 5.0, "summary": 2.5, "lead": 2.5, "body": 1.0}
# What the United States do is reported from wherever they do it.
_ELSEWHERE = {"US": 0.85}
_FORM_WEIGHTS = {"state": 1.0, "area": 1.2, "city": 0.9, "capital": 0.9, "people": 0.75}
_IN = re.compile(
    rf"(?:\b(?:{alternatives('in')})\s+(?:(?:{alternatives('in_between')})\s+)*|(?:{alternatives('in_joined')})\s+)$",
    re.IGNORECASE,
)
_SHORE = re.compile(rf"\b(?:{alternatives('shores')})\s+(?:of|de|du|des|d')?\s*$", re.IGNORECASE)
# What makes a capital or a state a government that speaks or acts.
ACTS = re.compile(
    r"^(?:['’]s)?\s+(?:has|have|had|will|would|could|may|must|also|again|then|now|on \w+day|later|is|was)?\s*"
    rf"(?:(?:\w+ly|not|since|long|repeatedly)\s+)?(?:{alternatives('acts')})\b",
    re.IGNORECASE,
)
_STRIKES = re.compile(rf"^(?:['’]s)?\s+(?:\w+\s)?(?:{alternatives('strikes')})\b", re.IGNORECASE)
_HELD = re.compile(rf"[-–](?:{alternatives('held')})\b")
_BACKED = re.compile(rf"[-–](?:{alternatives('backed')})\b")
_OFFICIALS = re.compile(rf"(?:['’]s|n)?\s?[-–]?\s?(?:{alternatives('officials')})\b")
_LITTLE = 4.5  # a score that no state reaches in a text that says little of where it is
_HOME = 2.0
_OF_NATION = re.compile(
    r"(?:-born)?\s(?:\w+\s)?(?:man|men|woman|women|nationals?|citizens?|tourists?|students?|couple|teenager|boy|girl|businessm[ae]n|"
    r"company|firm|airline|carrier|startup|developer|player|actor|singer)\b"
)
_DATELINE = re.compile(
    r"^\s*(?:[A-ZÀ-Þ][\w.’' -]{2,25}(?:[,/]\s?[\w.’' "
    r"]{2,30}){0,2})\s*(?:,\s*\w+\.?\s*\d{1,2}\s*)?(?:\([^)]{2,30}\)\s*)?(?:[-–—:]{1,2}\s)"
)


_FIRST_NAMES = words("first_names")
_NAME_BEFORE = re.compile(rf"(?:(?<=[\w,] )|^)(?!{alternatives('no_first_names')})[A-Z][a-zà-ÿ]+(?<!ing)(?<!ed) $")
_NAME_BEHIND = re.compile(rf"\s(?!{alternatives('no_last_names')})([A-Z][a-z]+)(?![\w-])")
# 'Air France', 'Gulf of Mexico'
_NAMED_BEFORE = re.compile(r"\b(?:Air|Radio|Gulf of|Sea of|Strait of|Straits of) $")
_NAMED_AFTER = re.compile(rf"(?:['’]s)?\s(?:{alternatives('named_after')})\b")


# 'San José del Carmen' is one of hundreds that begin so.
_SAINT = re.compile(r"(?:San|Santa|Santo|São|Saint)\b")
_OF_SAINT = re.compile(r"\s(?:de|del|de la|de los|da|do|dos)\s[A-ZÀ-Þ]")

# 'Slidell, La.', 'HORRY COUNTY, SC'
_US_PLACE = re.compile(rf"(?<![\w.])[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){{0,3}}, (?:{alternatives('us_states')})")
# '7 a.m. CT': who names no state and tells the time so speaks to the United States.
_US_TIME = re.compile(r"\d\s?[ap]\.?m\.?\s[ECMP][SD]?T\b")


class Where(Struct, frozen=True):
    """States by how much the article is about them, and those that a name may point to that has several."""

    scores: dict[str, float]
    unclear: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def place_matcher() -> Matcher[PlaceName]:
    """What finds the starter vocabulary's names of places and peoples."""
    return Matcher(((place.name, place) for place in place_names()), by_ending)


def states_of(
    title: str, summary: str, paragraphs: Sequence[str], places: Matcher[PlaceName] | None = None, url: str = ""
) -> Where:
    """How far an article is about each state that it names. `places` finds the names; without it, the starter's do.

    Where the text itself says little, it is likely to be about the state to whose domain its address `url` belongs.
    """
    matcher = places or place_matcher()
    parts = [("title", title), ("summary", summary)]
    parts += [("lead" if index == 0 else "body", text) for index, text in enumerate(paragraphs[:60])]
    mentions: list[tuple[str, str, str, Match[PlaceName]]] = []
    for part, text in parts:
        for match in (*matcher.find(text), *_us_places(text)):
            if not _is_other(text, match):
                state = match.meaning.states[0] if len(match.meaning.states) == 1 else ""
                mentions.append((part, text, state, match))
    states, unclear = _settle([(state, match) for _, _, state, match in mentions])
    scores: dict[str, float] = {}
    body: dict[str, float] = {}
    for part, text, state, match in mentions:
        code = states.get((state, match.text), state)
        if not code:
            continue
        weight = _weight(text, match, part, first=part == "lead") * _ELSEWHERE.get(code, 1.0)
        counted = body if part == "body" else scores
        counted[code] = counted.get(code, 0.0) + weight
    for code, total in body.items():
        # The tenth mention tells less than the second.
        scores[code] = scores.get(code, 0.0) + 2.2 * math.sqrt(total) + 0.35 * total
    if max(scores.values(), default=0.0) < _LITTLE and (home := home_of(url)):
        scores[home] = scores.get(home, 0.0) + _HOME
    if not scores and any(_US_TIME.search(text) for _, text in parts):
        scores["US"] = _HOME
    return Where(dict(sorted(scores.items(), key=lambda item: (-item[1], item[0]))), tuple(unclear))


def _us_places(text: str) -> Iterator[Match[PlaceName]]:
    """Places that the abbreviation of a state of the United States follows."""
    for match in _US_PLACE.finditer(text):
        yield Match(match.start(), match.end(), match[0], PlaceName(match[0], ("US",), "area"))


def _is_other(text: str, match: Match[PlaceName]) -> bool:
    """Whether the name is part of a longer name of something else: `Michael Jordan`, `Paris Hilton`, `Malta Times`."""
    before, after = text[max(0, match.start - 30) : match.start], text[match.end : match.end + 25]
    form, is_first_name = match.meaning.form, match.meaning.name in _FIRST_NAMES
    if (form == "city" or is_first_name) and _NAME_BEFORE.search(before):
        return True
    if (form == "city" or is_first_name) and (behind := _NAME_BEHIND.match(after)) and not _IN.search(before):
        return is_first_name or behind[1] not in ("City", "Province", "Airport")
    if form == "city" and _SAINT.match(match.text) and _OF_SAINT.match(after):
        return True
    return _NAMED_AFTER.match(after) is not None or _NAMED_BEFORE.search(before) is not None


def _settle(mentions: Sequence[tuple[str, Match[PlaceName]]]) -> tuple[dict[tuple[str, str], str], list[str]]:
    """What names with several meanings mean here, by the other names of the text; and those that stay unclear."""
    certain = {state for state, _ in mentions if state}
    counted = {state: sum(1 for found, _ in mentions if found == state) for state in certain}
    settled: dict[tuple[str, str], str] = {}
    unclear: list[str] = []
    for state, match in mentions:
        if not state:
            here = [code for code in match.meaning.states if code in certain]
            if len(here) == 1 or (here and counted[here[0]] != counted.get(here[1], 0)):
                settled["", match.text] = max(here, key=lambda code: counted[code])
            else:
                unclear.append(match.text)
    georgian = [match for state, match in mentions if state == "GE" and match.text == "Georgia"]
    if georgian and all(match.text == "Georgia" for state, match in mentions if state == "GE"):
        if certain & {"RU", "AM", "AZ", "UA"} and "US" not in certain:
            pass
        elif "US" in certain and not certain & {"RU", "AM", "AZ"}:
            settled["GE", "Georgia"] = "US"
        else:
            unclear.append("Georgia")
    return settled, list(dict.fromkeys(unclear))


def _weight(text: str, match: Match[PlaceName], part: str, *, first: bool) -> float:
    meaning = match.meaning
    weight = _PART_WEIGHTS[part] * _FORM_WEIGHTS[meaning.form]
    before, after = text[max(0, match.start - 40) : match.start], text[match.end : match.end + 60]
    if first and (dateline := _DATELINE.match(text)) and match.end <= dateline.end():
        # Where the reporter sat; who writes from a town that needs its state beside it writes about what is there.
        is_town = _US_PLACE.fullmatch(match.text) is not None and not match.text.endswith(("D.C.", "DC"))
        return weight if is_town else 0.6
    if _IN.search(before):
        weight *= 1.4
    if meaning.form == "capital" and ACTS.match(after):
        weight *= 0.5
    if _HELD.match(after) or _SHORE.search(before):
        weight *= 1.5
    if _BACKED.match(after):
        weight *= 0.3
    if _OFFICIALS.match(after):
        weight *= 0.65
    if meaning.form == "people" and _OF_NATION.match(after):
        weight *= 0.5  # whoever is of a nation may be anywhere
    if meaning.form in ("state", "people") and _STRIKES.match(after):
        weight *= 0.6  # what strikes is elsewhere than what is struck
    if part == "title" and len(text[: match.start].split()) > 0:
        weight *= 0.92
    return weight
