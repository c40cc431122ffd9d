"""Languages: which files are translations of which, and where the pages of a language stand.

The site's own language is called `""` here; its pages stand at the root.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from builder.faults import Fault, error, warning

_NAMED = re.compile(r"(?P<name>.*[^/])\.(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.md")


_SCRIPT = re.compile(r"[A-Za-z]{4}(?:-|$)")


class Translated(Struct, frozen=True, array_like=True):
    """A file that is a translation, by its name: its path, its original's, and the language."""

    path: str
    original: str
    language: str


def prefix_of(language: str) -> str:
    """What the addresses of a language's pages begin with: `/fr`; empty for the site's own.

    >>> prefix_of("sr-Latn"), prefix_of("")
    ('/sr-latn', '')
    """
    return f"/{language.lower()}" if language else ""


def said_in(texts: Mapping[str, str], language: str) -> str | None:
    """The text in a language, of texts by language: `fr` will do for `fr-CA`, but `sr` not for `sr-Latn`."""
    primary, _, more = language.partition("-")
    return texts.get(language) or (None if _SCRIPT.match(more) else texts.get(primary))


def divide(
    paths: Sequence[str], languages: Sequence[str], own: str = ""
) -> tuple[tuple[str, ...], tuple[Translated, ...], list[Fault]]:
    """Which of the documents at `paths` are originals, and which translate one of them; and what is wrong.

    `NAME.LANG.md` beside `NAME.md` is a translation where LANG is one of `languages`; else LANG is part of the name.
    `own` is the site's own language.
    """
    # Most archives have no such name: they are found by counting dots, which costs next to nothing.
    matches = [(path, match) for path in paths if path.count(".") > 1 and (match := _NAMED.fullmatch(path))]
    if not matches:
        return tuple(paths), (), []
    spoken = {language.lower(): language for language in languages}
    named = {path: spoken[match["language"].lower()] for path, match in matches if match["language"].lower() in spoken}
    originals = tuple(path for path in paths if path not in named)
    present = frozenset(originals)
    translations: list[Translated] = []
    faults: list[Fault] = []
    for path, match in matches:
        original = f"{match['name']}.md"
        if path not in named:
            if original in present and _is_language(match["language"]):
                faults.append(_unspoken(path, original, match["language"], languages, own))
        elif original in present:
            translations.append(Translated(path, original, named[path]))
        else:
            message = f'is a translation without an original: there is no "{_file(original)}" beside it; '
            message += "give it the name of its original, or another name"
            faults.append(error(path, 0, "no-original", message))
    return originals, tuple(translations), faults


def _unspoken(path: str, original: str, language: str, languages: Sequence[str], own: str) -> Fault:
    if language.lower() in (own.lower(), own.partition("-")[0].lower()):
        message = (
            f'looks like a translation of "{_file(original)}", but "{own}" is the language that the archive is in; '
        )
        message += "delete one of the two, or rename this file (it is read as a text of its own)"
        return warning(path, 0, "unknown-language", message)
    listed = ", ".join(f'"{code}"' for code in (*languages, language))
    message = f'looks like a translation of "{_file(original)}", but "{language}" is none of the archive\'s languages; '
    message += f"write `languages = [{listed}]` in sitrep.toml, or rename the file (it is read as a text of its own)"
    return warning(path, 0, "unknown-language", message)


def _file(path: str) -> str:
    return path.rpartition("/")[2]


def _is_language(code: str) -> bool:
    from babel import Locale  # takes long to load, and is needed only for files with odd names
    from babel.core import UnknownLocaleError

    try:
        Locale.parse(code.partition("-")[0].lower())
    except (UnknownLocaleError, ValueError):
        return False
    return True
