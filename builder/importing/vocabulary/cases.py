"""Cases: names of states and cities as Slavic languages decline them: `в Харькове`, `у Києві`, `u Prištini`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from builder.names import fold

_LEAST = 4  # letters of a stem
# Of nouns, in any case; those of adjectives that are names too: `u Hrvatskoj`.
_ENDINGS = {
    "latin": frozenset("e i u y om em ie ou oj ii".split()),  # noqa: SIM905
    "cyrillic": frozenset("а я у ю е и ы і ь ом ем єм ою ею ой ей ові еві ији ију ије".split()),  # noqa: SIM905
}
_LAST = {"latin": re.compile(r"[aoe]$"), "cyrillic": re.compile(r"[аяоеиь]$")}


def stems_of(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The state of each stem, in Latin or Cyrillic letters, of names of one word: pairs of a name and its state."""
    found: dict[str, set[str]] = {}
    for name, state in names:
        word = fold(name)
        if re.fullmatch(r"[a-z]+|[а-яіє]+", word) and name[0].isupper():
            stem = _LAST[_script(word)].sub("", word)
            # Ukrainian: Харків, у Харкові.
            for own in {stem, re.sub(r"ів$", "ов", stem), re.sub(r"(?<=и)ів$", "єв", stem)}:
                if len(own) >= _LEAST:
                    found.setdefault(own, set()).add(state)
    return {stem: states.pop() for stem, states in found.items() if len(states) == 1}


def declined(word: str, stems: Mapping[str, str]) -> str | None:
    """The state that a folded word points to, if it is a stem with the ending of a case."""
    endings = _ENDINGS[_script(word)]
    for cut in (1, 2, 3):
        if word[-cut:] in endings and len(word) - cut >= _LEAST and (state := stems.get(word[:-cut])) is not None:
            return state
    return None


def _script(word: str) -> str:
    return "latin" if word.isascii() else "cyrillic"
