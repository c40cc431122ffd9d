"""Serbian in Latin letters, made from the Cyrillic: each letter has one equivalent, which isn't so the other way."""

from __future__ import annotations

import re

# The alphabet as the Pravopis of Matica srpska has it; three letters become two.
_ALIKE = ("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš")
_PAIRS = {"љ": "lj", "њ": "nj", "џ": "dž"}
_TABLE = str.maketrans(_ALIKE[0] + _ALIKE[0].upper(), _ALIKE[1] + _ALIKE[1].upper()) | str.maketrans(
    {**_PAIRS, **{letter.upper(): pair.capitalize() for letter, pair in _PAIRS.items()}}
)
# In a word of capitals both letters are capital: ЊЕГОШ is NJEGOŠ, Његош is Njegoš.
_CAPITAL_PAIR = re.compile(r"[ЉЊЏ](?=[А-ЯЂЈЉЊЋЏ])|(?<=[А-ЯЂЈЉЊЋЏ])[ЉЊЏ]")


def in_latin(text: str) -> str:
    """`text` with its Cyrillic letters in Latin ones; all else stays as it is.

    >>> in_latin("Џон и Љубица, ЊУЈОРК: %(name)s")
    'Džon i Ljubica, NJUJORK: %(name)s'
    """
    text = _CAPITAL_PAIR.sub(lambda letter: _PAIRS[letter[0].lower()].upper(), text)
    return text.translate(_TABLE)
