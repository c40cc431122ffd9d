"""Language: in which language a text is written."""

from __future__ import annotations

import re


def language_of(text: str, declared: str = "") -> tuple[str, float]:
    """The BCP 47 code of a text's language, and how sure that is.

    `declared` is what the capture says: it is kept where the text doesn't speak against it, since pages made from
    templates often declare another language than they are written in.
    """
    from py3langid import classify

    sample = text[:1500]
    if len(sample.split()) < 5 and len(sample) < 40:
        return declared, 0.9 if declared else 0.0
    found, _ = classify(sample)
    if declared and (declared.partition("-")[0].lower() == found or len(sample) < 200 or _is_near(declared, found)):
        return declared, 0.99
    return _serbian(found, sample), 0.85


# One language to a classifier, and several to those who declare it.
_NEAR = (
    {"sr", "hr", "bs", "sh", "me", "cnr"},
    {"no", "nb", "nn", "da"},
    {"id", "ms"},
    {"uk", "ru", "be"},
    {"fa", "ps", "ur", "ar"},
)


# What Serbian in Latin letters has where Bosnian and Croatian have `ije` or `je`: the classifier takes it for those.
_EKAVIAN = re.compile(
    r"\b(?:predsedni\w+|vreme\w*|posle|pre|gde|ovde|uvek|nedelj\w+|sred[aeu]|svet\w*|reči?|deo|dve|bezbedn\w+|zahtev\w*)\b"
)
_IJEKAVIAN = re.compile(
    r"\b(?:predsjedni\w+|vr(?:ijeme|emena)\w*|poslije|prije|gdje|ovdje|uvijek|nedjelj\w+|srijed\w|svijet\w*|riječi?|dio|"
    r"dvije|sigurnosn\w+|zahtjev\w*)\b"
)


def _serbian(found: str, text: str) -> str:
    if found not in ("bs", "hr", "sr") or re.search(r"[\u0400-\u04ff]", text):
        return found
    is_ekavian = len(_EKAVIAN.findall(text)) > len(_IJEKAVIAN.findall(text))
    return "sr-Latn" if is_ekavian or found == "sr" else found


def _is_near(declared: str, found: str) -> bool:
    code = declared.partition("-")[0].lower()
    return any(code in near and found in near for near in _NEAR[:3])
