"""Publication: when an article appeared, by all that its page says about that."""

from __future__ import annotations

import re
from collections.abc import Iterable

from builder.dates import Moment
from builder.importing.days import dates_in

_IN_ADDRESS = re.compile(r"[/_-]((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_NUMERIC = re.compile(r"(?<![\d./-])(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})(?![\d/-])")
_UPDATED = re.compile(
    r"(?i)\b(?:updated?|modified|last|aktualisiert|mis à jour|actualizado|aggiornato|atualizado|обновлено|stand)\b"
)


def choose_moment(
    declared: Iterable[str], times: Iterable[str], url: str, language: str
) -> tuple[Moment | None, float]:
    """When the article appeared, with time and offset if given, and how sure that is.

    `declared` are the dates of a page's metadata, `times` those that it shows, the best first.
    """
    for text in declared:
        if (moment := read_moment(text, language)) is not None:
            return moment, 0.99
    in_address = moment_in_address(url)
    read = (read_moment(text, language) for text in times if not _UPDATED.search(text))
    shown = [moment for moment in read if moment is not None]
    if in_address is not None:
        for moment in shown:
            if abs((moment.first_day() - in_address.first_day()).days) <= 1:
                return moment, 0.97
        return in_address, 0.9
    if shown:
        return shown[0], 0.9
    for text in times:
        if (moment := read_moment(text, language)) is not None:
            return moment, 0.7
    return None, 0.0


def odd_date_in(texts: Iterable[str]) -> str:
    """The first date of `texts` that is written like one and is none, such as 2024-02-31; empty where there is none."""
    for text in texts:
        match = _NUMERIC.search(text[:400])
        if match is not None and not dates_in(match[0]):
            return match[0]
    return ""


def read_moment(text: str, language: str = "") -> Moment | None:
    """The first date that a text gives, if it is one on which an article can have appeared."""
    text = text.strip()
    if re.fullmatch(r"\d{10}(?:\d{3})?", text):
        return _from_timestamp(int(text[:10]))
    if re.fullmatch(r"(?:19|20)\d{6}(?:T?\d{4,6})?(?:Z|[+-]\d{2}:?\d{2})?", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:8]}"
    return next((found.moment for found in dates_in(text[:200], language) if found.moment.year >= 1980), None)


def moment_in_address(url: str) -> Moment | None:
    """The day that an address names, as many do: `/2022/08/17/`."""
    match = _IN_ADDRESS.search(url)
    if match is None:
        return None
    found = dates_in(f"{match[1]}-{match[2]}-{match[3]}")
    return found[0].moment if found else None


def _from_timestamp(seconds: int) -> Moment | None:
    from datetime import UTC, datetime

    at = datetime.fromtimestamp(seconds, UTC)
    return (
        Moment(at.year, at.month, at.day, at.hour * 3600 + at.minute * 60 + at.second, 0) if at.year >= 1990 else None
    )
