"""Catalogues: where the gettext catalogues (PO files) of a language lie, and what they are compiled to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from builder.faults import ArchiveError, Fault, error
from builder.words.serbian import in_latin

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

OWN_CATALOGUES = Path(__file__).parents[1] / "locale"
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_TAG = re.compile(
    r"(?P<tongue>[A-Za-z]+)(?:-(?P<script>[A-Za-z]{4})(?![^-]))?(?:-(?P<place>[A-Za-z]{2}|\d{3})(?![^-]))?"
)
# Of languages that are written in two scripts, the one that is meant where none is named: CLDR's likely subtags. (Babel
# knows them all, but takes longer to load than a build with nothing to do.)
USUAL_SCRIPTS = {
    "az": "Latn",
    "bs": "Latn",
    "pa": "Guru",
    "pa_PK": "Arab",
    "sr": "Cyrl",
    "sr_ME": "Latn",
    "uz": "Latn",
    "zh": "Hans",
    "zh_HK": "Hant",
    "zh_TW": "Hant",
}
# Babel writes the present time where a catalogue has none: it would be another catalogue each time.
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
_FILLED = re.compile(r"%\(\w+\)s|%%")


class Catalogue(Struct, frozen=True, array_like=True):
    """A catalogue: where it lies, for messages, the locale that its folder is named for, and its bytes.

    `latin` says whether its words are to be put into Latin letters.
    """

    path: str
    locale: str
    data: bytes
    latin: bool = False


def catalogues_of(language: str, folders: Sequence[Path], shown: Callable[[Path], str]) -> tuple[Catalogue, ...]:
    """The catalogues of a language (BCP 47) in `folders`, those that count more first.

    They lie where gettext looks for them, `LANGUAGE/LC_MESSAGES/messages.po`, and `fr` will do for `fr-CA`; but a
    language is read in its own script only. Serbian in Latin letters is made from the Cyrillic where nothing else is
    there. `shown` is a file's path as messages have it. Raises ArchiveError where one can't be read.
    """
    found = []
    for folder in folders:
        for name in _names(language):
            path = folder / name / "LC_MESSAGES/messages.po"
            if path.is_file():
                found.append(_read(path, name, shown))
        if "sr_Latn" in _names(language) and (path := folder / "sr/LC_MESSAGES/messages.po").is_file():
            found.append(replace(_read(path, "sr", shown), latin=True))
    return tuple(found)


def _read(path: Path, locale: str, shown: Callable[[Path], str]) -> Catalogue:
    try:
        return Catalogue(shown(path), locale, path.read_bytes())
    except OSError as problem:
        message = f"can't be read: {problem.strerror}"
        raise ArchiveError([error(shown(path), 0, "catalogue", message)]) from problem


def _names(language: str) -> list[str]:
    """The names of a language's folders, the most exact first.

    >>> _names("fr-CA"), _names("sr-Cyrl"), _names("sr-Latn"), _names("sr-ME")
    (['fr_CA', 'fr'], ['sr_Cyrl', 'sr'], ['sr_Latn'], ['sr_Latn_ME', 'sr_Latn'])
    """
    parts = _TAG.match(language)
    assert parts is not None  # no setting of another form is read
    tongue, script, place = parts["tongue"].lower(), (parts["script"] or "").title(), (parts["place"] or "").upper()
    usual = USUAL_SCRIPTS.get(tongue, script)
    script = script or USUAL_SCRIPTS.get(f"{tongue}_{place}", "")
    found = [f"{tongue}_{script}", *([tongue] if script == usual else [])] if script else [tongue]
    return [f"{name}_{place}" for name in found if place] + found


def compiled(catalogue: Catalogue) -> bytes:
    """A catalogue as an MO file. Raises ArchiveError where it is no sound PO file.

    What is fuzzy or empty is left out.
    """
    # They take long to load, and are needed only where a catalogue is new.
    from gettext import c2py

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    try:
        # Without a rule for plurals of its own, a catalogue has CLDR's.
        catalog = read_po(BytesIO(catalogue.data), catalogue.locale, abort_invalid=True)
    except PoFileError as problem:
        message = f"this is no PO file: {problem}"
        raise ArchiveError([error(catalogue.path, (problem.lineno or 0) + 1, "catalogue", message)]) from problem
    except (UnicodeDecodeError, LookupError, ValueError) as problem:
        message = f"this is no PO file: {problem}; save it as UTF-8"
        raise ArchiveError([error(catalogue.path, 0, "catalogue", message)]) from problem
    try:
        c2py(catalog.plural_expr)
    except (ValueError, RecursionError) as problem:
        message = f"its rule for plurals can't be read: {problem}; take out the line Plural-Forms to have CLDR's"
        raise ArchiveError([error(catalogue.path, 0, "catalogue", message)]) from problem
    faults = _faults(catalogue.path, catalog)
    if faults:
        raise ArchiveError(faults)
    if catalogue.latin:
        for entry in catalog:
            if entry.id:  # the first is the head
                entry.string = _each(entry.string, in_latin)
    catalog.creation_date = catalog.revision_date = _NO_TIME
    made = BytesIO()
    write_mo(made, catalog)
    return made.getvalue()


def _each(string: Any, change: Callable[[str], str]) -> Any:
    return change(string) if isinstance(string, str) else tuple(change(text) for text in string or ())


def _faults(path: str, catalog: Catalog) -> list[Fault]:
    """Translations that name what isn't there to be filled in."""
    faults = []
    for entry in catalog:
        if not entry.id or entry.fuzzy:
            continue
        original = _texts(entry.id)[0]
        strange = placeholders(entry.string) - placeholders(entry.id)
        if strange:
            names = ", ".join(f"%({name})s" for name in sorted(strange))
            message = f'the translation of "{original}" has {names}, which the original has not; take it out'
            faults.append(error(path, entry.lineno or 0, "catalogue", message))
        elif any("%" in _FILLED.sub("", text) for text in _texts(entry.string)):
            message = f'the translation of "{original}" has a sign of per cent by itself; write %%'
            faults.append(error(path, entry.lineno or 0, "catalogue", message))
    return faults


def placeholders(string: str | Iterable[str] | None) -> frozenset[str]:
    """The names of what is filled in in a message, in any of its forms."""
    return frozenset(name for text in _texts(string) for name in _PLACEHOLDER.findall(text))


def _texts(string: str | Iterable[str] | None) -> list[str]:
    return [string] if isinstance(string, str) else list(string or ())
