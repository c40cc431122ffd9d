"""People: persons that a text names, told by their offices, by what they say and by how they are named again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from builder.importing import phrases
from builder.importing.calendar_words import months, weekdays
from builder.names import fold, fold_text

_NAME_WORD = r"(?:[A-ZÀ-ÞĀ-ŽΑ-ΩА-ЯЁЂЃЄІЇЈЉЊЋЌЎЏҐ](?:[\w’'ʼ\xad-]*\w)?|[A-Z]\.)"
_PARTICLE = (
    r"(?:al|el|ul|ud|ad|bin|ibn|ben|bint|abu|abd|de|da|di|do|dos|del|della|der|den|van|von|la|le|du|ter|ten|zu|af|av)"
)
_JOINED = r"(?:al|el|ul|ash|as|an|at|ar|az)[-–’'][A-Z]\w+"
NAME = re.compile(
    rf"(?<![\w.@-])(?:{_NAME_WORD}|{_JOINED})(?:\s(?:{_PARTICLE}\s){{0,2}}(?:{_NAME_WORD}|{_JOINED})){{0,4}}"
)
_CASE = re.compile(r"(\w{3,})['’]\w+$")
_OF = ("of", "de", "del", "von", "der", "du", "d'")
# Offices and forms of address: what stands before the name of a person.
OFFICE = re.compile(
    rf"(?<!\w)(?:(?i:{phrases.alternatives('offices')})\.?)"
    # 'ministro de Israel, NAME', and 'ministro de' before 'Defensa NAME', which is taken apart
    rf"(?:\s(?:{'|'.join(_OF)})(?:\s(?:la\s|the\s)?[A-Z]\w+(?:\s[A-Z]\w+)?,)?)?\s*$"
)
_OFFICE_ENDS = {"state", "defence", "defense", "war", "staff", "executive"}  # and are none alone: 'secretary of state'
_SPOKE = re.compile(
    r"^,?\s*(?:(?:also|has|had|later|then|who|on \w+day|earlier|repeatedly|reportedly|would|will|"
    r"previously)\s+)*(?:said|says|told|tells|added|adds|wrote|writes|tweeted|posted|argued|argues|warned|warns|called|urged|vowed|insisted|"
    r"announced|claimed|denied|accused|condemned|declared|explained|stated|noted|replied|testified|met|visited|pledged|signed|ordered|"
    r"dijo|afirmó|aseguró|explicó|declaró|sagte|erklärte|betonte|teilte|a déclaré|a dit|affirme|estime|заявил|сказал)\b"
)
_APPOSED = re.compile(
    r"^,\s(?:\d\d,\s)?(?:(?:the|a|an|who|one of|his|her|its|Israel['’]s|[A-Z]\w+['’]s|el|la|le|der|"
    r"die)\s)?[\w\s,'’-]{0,50}?\b"
    r"(?:president|minister|leader|head|chief|chair\w*|director|spokes\w+|ambassador|envoy|senator|general|commander|lawyer|attorney|activist|analyst|expert|professor|fellow|journalist|"
    r"official|member|governor|mayor|secretary|founder|executive|coordinator|researcher|portavoz|ministro|jefe|ministre|porte-parole|minister|sprecher)\b",
    re.IGNORECASE,
)
_STATE_BEHIND = re.compile(rf",\s({_NAME_WORD}(?:\s{_NAME_WORD})?)(?=[,.])")
# 'Öltanker-Beschlagnahme': no name is joined of two words that are so long. 'Pakistan-administered Kashmir' is a place.
_NO_PERSON = re.compile(
    r"\d|\w{6,}-[A-ZÀ-Þ]\w{5,}|-(?:administered|aligned|backed|based|born|controlled|held|led|occupied|run|ruled)\b"
)
# Capitalised words that are no part of a person's name.
_NO_NAME = phrases.words("no_names")


class Person(Struct, frozen=True):
    """Somebody whom a text names: as fully as it does, how often, and how much speaks for a person of note."""

    name: str
    times: int
    score: float


class _Seen(Struct):
    name: str
    times: int = 0
    score: float = 0.0
    has_office: bool = False
    speaks: bool = False
    in_title: bool = False


def people_of(title: str, paragraphs: Sequence[str], others: set[str]) -> list[Person]:
    """The persons of note in a text, those with most to say for it first.

    `others` are folded names that are no persons': places, organisations.
    """
    seen: dict[str, _Seen] = {}
    texts = [*paragraphs]
    for text in texts:
        for start, name, has_office in _names(text, others):
            one = seen.setdefault(fold(name), _Seen(name))
            one.times += 1
            after = text[start + len(name) : start + len(name) + 90]
            one.has_office = one.has_office or has_office or _is_apposed(after, others)
            one.speaks = (
                one.speaks
                or _SPOKE.match(after) is not None
                or re.search(r"\b(?:said|says|told|added)\s+(?:\w+\s){0,4}$", text[max(0, start - 30) : start])
                is not None
            )
    merged = _merge(seen)
    folded_title = " " + re.sub(r"[^\w]+", " ", fold_text(title)) + " "
    found = []
    for one in merged:
        last = fold(one.name).split()[-1]
        one.in_title = len(last) > 2 and f" {last} " in folded_title
        score = 2.0 * one.has_office + 1.2 * one.speaks + 2.5 * one.in_title + 0.8 * min(one.times - 1, 5)
        score += 0.4 * (len(one.name.split()) > 1)
        found.append(Person(one.name, one.times, round(score, 2)))
    return sorted(found, key=lambda person: (-person.score, person.name))


def _is_apposed(after: str, others: set[str]) -> bool:
    """Whether an office stands in apposition behind a name. 'Sloviansk, Ukraine, the governor said' has none."""
    place = _STATE_BEHIND.match(after)
    return _APPOSED.match(after) is not None and (place is None or fold(place[1]) not in others)


def _names(text: str, others: set[str]) -> list[tuple[int, str, bool]]:
    """Where what may be a person's name stands, the name, and whether an office stands before it."""
    found = []
    for match in NAME.finditer(text):
        # Offices, first words of sentences and names of places join a name: it is what stands between them.
        pieces: list[list[tuple[int, str]]] = [[]]
        offices: list[bool] = [_ends_in_office(text[max(0, match.start() - 60) : match.start()])]
        ends_in_no_name = False
        for word in re.finditer(r"\S+", match[0]):
            place = match.start() + word.start()
            is_office = _is_office(word[0])
            ends_in_no_name = is_office or _is_no_name(word[0], others)
            if ends_in_no_name:
                pieces.append([])
                offices.append(is_office or (offices[-1] and not pieces[-2]))
            else:
                pieces[-1].append((place, word[0]))
        # 'Comprehensive Nuclear Test Ban Treaty', 'People Power Party': no persons.
        if ends_in_no_name and len(pieces) > 1 and not offices[-1]:
            pieces = pieces[:-2] or [[]]
        for piece, has_office in zip(pieces, offices, strict=False):
            words = [word for _, word in piece]
            while words and re.fullmatch(_PARTICLE, words[-1]):
                words = words[:-1]
            if not words or len(words) > 5:
                continue
            name = re.sub(r"['’]s?$", "", " ".join(words)).strip(".,’'").replace("\xad", "")
            if len(name) < 3 or fold(name) in others or name.isupper() or _NO_PERSON.search(name):
                continue
            start = piece[0][0]
            at_start = start == 0 or re.search(r"[.!?:;“”\"»—–-]\s*$", text[:start]) is not None
            if len(words) == 1 and not has_office and (at_start or len(name) < 4):
                continue
            found.append((start, name, has_office))
    return found


def _ends_in_office(text: str) -> bool:
    # The last word is asked first, whose answer is remembered: hardly any name has an office before it.
    words = text.rsplit(maxsplit=2)
    while words and words[-1] in _OF:
        words.pop()
    return bool(words) and _may_end_office(words[-1]) and OFFICE.search(text) is not None


@lru_cache(maxsize=2048)
def _may_end_office(word: str) -> bool:
    return word.endswith(",") or _is_office(word) or word.lower() in _OFFICE_ENDS


@lru_cache(maxsize=2048)
def _is_office(word: str) -> bool:
    return OFFICE.search(f"{word} ") is not None


def _is_no_name(word: str, others: set[str]) -> bool:
    # In Turkish a case stands behind an apostrophe: Irak'ın.
    if (case := _CASE.match(word)) is not None and fold(case[1]) in others:
        return True
    plain = fold(re.sub(r"['’]s?$", "", word)).strip(".,'’")
    return plain in _NO_NAME or plain in weekdays() or (plain in months() and len(plain) > 3) or plain in others


def _merge(seen: dict[str, _Seen]) -> list[_Seen]:
    """Names that are another's last part are that person's; single words without an office are nobody's."""
    longest = sorted(
        (one for one in seen.values() if len(one.name.split()) > 1), key=lambda one: -len(one.name.split())
    )
    full: list[_Seen] = []
    for one in longest:
        words = set(fold(one.name).replace("-", " ").split())
        same = next((other for other in full if words <= set(fold(other.name).replace("-", " ").split())), None)
        if same is None:
            full.append(one)
        else:
            same.times += one.times
            same.has_office, same.speaks = same.has_office or one.has_office, same.speaks or one.speaks
    full.sort(key=lambda one: -one.times)
    result = list(full)
    for key, one in seen.items():
        if len(one.name.split()) > 1:
            continue
        owner = next(
            (
                other
                for other in full
                if fold(other.name).split()[-1] == key or key in re.split(r"[\s-]", fold(other.name))[1:]
            ),
            None,
        )
        owner = owner or next((other for other in full if fold(other.name).split()[0] == key and len(key) > 3), None)
        if owner is not None:
            owner.times += one.times
            owner.has_office = owner.has_office or one.has_office
            owner.speaks = owner.speaks or one.speaks
        elif one.has_office:
            result.append(one)
    return result
