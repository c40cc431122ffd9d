"""Language: in which language a text is written."""

from __future__ import annotations


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
    return found, 0.85


# One language to a classifier, and several to those who declare it.
_NEAR = (
    {"sr", "hr", "bs", "sh", "me", "cnr"},
    {"no", "nb", "nn", "da"},
    {"id", "ms"},
    {"uk", "ru", "be"},
    {"fa", "ps", "ur", "ar"},
)


def _is_near(declared: str, found: str) -> bool:
    code = declared.partition("-")[0].lower()
    return any(code in near and found in near for near in _NEAR[:3])
