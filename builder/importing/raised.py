"""Raised: digits above and below the line, so that none becomes a digit of the number that it stands at."""

from __future__ import annotations

import re
from typing import Any

from builder.importing.layout import line_of

# An element of lxml; its type stubs are no dependency.
Element = Any
_ABOVE = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_BELOW = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_SIGNS = re.compile(r"[0-9+−=()n-]+")
_NOTE = re.compile(r"(?i)(?:^|[\s_-])(?:(?:foot|end)?note|fn|ref(?:erence)?|cite|citation)(?:$|[\s_-]?(?:ref|\d))")
_MARK = re.compile(r"\d{1,3}|[a-z]", re.IGNORECASE)  # of a note, without its brackets


def write_raised(tree: Element) -> None:
    """Writes what stands above and below the line with characters that are no digits: 10⁶, and 20[3] for a note's mark.

    Letters above the line stay as they are, since those of ordinals read alike in it (19th), and so do digits below it
    behind letters (CO2).
    """
    for element in [*tree.iter("sup", "sub")]:
        text = line_of(element)
        if element.tag == "sub":
            _write(element, text.translate(_BELOW) if _before(element)[-1:].isdigit() else text)
        elif _is_note(element):
            _write(element, f"[{text}]" if _MARK.fullmatch(text) else text)
        elif any(map(str.isdigit, text)):
            _write(element, text.translate(_ABOVE) if _SIGNS.fullmatch(text) else f"^{text}")


def _write(element: Element, text: str) -> None:
    for child in list(element):
        child.drop_tree()
    element.text = text


def _is_note(element: Element) -> bool:
    """Whether an element leads to a note on the same page, or says that it is a note's mark."""
    around = [element, *element.iterdescendants("a"), *element.iterancestors("a")]
    return any(
        (one.get("href") or "").startswith("#") or _NOTE.search(f"{one.get('class', '')} {one.get('id', '')}")
        for one in around
    )


def _before(element: Element) -> str:
    """The text right before an element."""
    previous = element.getprevious()
    if previous is None:
        parent = element.getparent()
        return (parent.text or "") if parent is not None else ""
    return previous.tail or (previous.text_content() or "" if isinstance(previous.tag, str) else "")
