"""Addresses: where files lie, what redirects from old ones, and that no two pages want the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from msgspec import Struct

from builder.faults import Fault, error
from builder.index import Archive, Entry
from builder.languages import prefix_of
from builder.model.common import Document
from builder.names import slug
from builder.plan.site import term_address
from builder.resolve import Term

# What file systems and hosts can't name, or read as something else.
_UNSAFE = re.compile(r'[\x00-\x20\x7f\\:*?"<>|#%]')
_LONGEST_NAME = 255  # bytes, of a file's name on all common file systems
_DOT_IN_FOLDER = re.compile(r"\.[^/\n]*/")
_SEARCH_INDEX = "/pagefind/"
_LONGEST_PATH = 1000  # bytes, of all of it
# Folders with the names of files for hosts, which have no dot.
_LIKE_FILES = ("\n/_headers/", "\n/_redirects/", "\n/cname/")
_WINDOWS_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10))}
)


class Maker(Struct, frozen=True):
    """Who wants an address: `what` in words, and the file, line and field that say so, where one does."""

    what: str = ""
    path: str = ""
    line: int = 0
    field: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.path else self.what


class Redirect(Struct, frozen=True):
    """An old address, and the one that it leads to."""

    address: str
    target: str
    maker: Maker


def file_of(address: str) -> str:
    """The path below `output/` of the file that a host serves for an address."""
    return f"{address[1:]}index.html" if address.endswith("/") else address[1:]


class Redirects:
    """The redirects of an archive: `aliases` in front matter, and records' other names.

    Another name of a record gives way to any page that has its address; an alias in front matter doesn't.
    """

    def __init__(self, archive: Archive, taken: set[str]) -> None:
        self.faults: list[Fault] = []
        self.found: list[Redirect] = [*self._written(archive)]
        self.found += self._other_names(archive, taken)

    def _written(self, archive: Archive) -> Iterator[Redirect]:
        own = (*archive.own(archive.entries), *archive.own(archive.notices))
        shown = [e for e in own if e.briefing.aliases and not _is_hidden(e)]
        owners = [(e.briefing.path, e.briefing.line("aliases"), e.briefing.aliases, e.briefing.address) for e in shown]
        documents: list[tuple[Document[Any], str]] = [(d.document, d.address) for d in archive.dossiers]
        documents += [(page.document, page.address) for _, page in archive.own_prose()]
        owners += [(d.path, d.line("aliases"), d.meta.aliases, address) for d, address in documents]
        for path, line, aliases, target in owners:
            met = {_key(target)} if aliases else set()
            for alias in aliases:
                redirect = _redirect(path, line, alias, target)
                if redirect is None:
                    message = f'"{alias}" is no address; write one such as /2022/08/17/old-name/'
                    self.faults.append(error(path, line, "bad-alias", message, "aliases"))
                elif redirect.address.startswith(_SEARCH_INDEX):
                    message = f'"{alias}" lies in {_SEARCH_INDEX}, which is kept for the search; take it out'
                    self.faults.append(error(path, line, "bad-alias", message, "aliases"))
                elif _key(redirect.address) not in met:
                    met.add(_key(redirect.address))
                    yield redirect

    def _other_names(self, archive: Archive, taken: set[str]) -> list[Redirect]:
        wanted: dict[str, set[str]] = {}
        prefix = prefix_of(archive.language)
        for kind, terms in archive.terms.items():
            for term in terms.values():
                for name in _names(term):
                    wanted.setdefault(prefix + term_address(kind, name), set()).add(
                        prefix + term_address(kind, term.slug)
                    )
        if not wanted:
            return []
        keys = {_key(address) for address in (*taken, *(redirect.address for redirect in self.found))}
        return [
            Redirect(address, targets.pop(), Maker(f"a redirect from {address}"))
            for address, targets in sorted(wanted.items())
            # A spelling that leads to two records leads to neither.
            if len(targets) == 1 and _key(address) not in keys and not _problem(address)
        ]


def hidden_aliases(notice: Entry) -> Iterator[Redirect]:
    """The old addresses of a briefing whose title is withheld: they are bare notices, no redirects."""
    briefing = notice.briefing
    if _is_hidden(notice):
        for alias in briefing.aliases:
            redirect = _redirect(briefing.path, briefing.line("aliases"), alias, briefing.address)
            if redirect is not None and redirect.address != redirect.target:
                yield redirect


def _is_hidden(entry: Entry) -> bool:
    withdrawn = entry.briefing.withdrawn
    return withdrawn is not None and withdrawn.hide_title


def _redirect(path: str, line: int, alias: str, target: str) -> Redirect | None:
    address = _normal(alias)
    return Redirect(address, target, Maker("", path, line, "aliases")) if address else None


def _names(term: Term) -> Iterator[str]:
    if term.record is None:
        return
    names = [term.record.name, *(alias.name for alias in term.record.aliases), *term.record.names.values()]
    for name in names:
        own = slug(name)
        if own and own != term.slug:
            yield own


def _normal(alias: str) -> str | None:
    address = unquote(alias)
    if not address.startswith("/") or _UNSAFE.search(address):
        return None
    segments = address.strip("/").split("/")
    if any(not segment or segment.startswith(".") for segment in segments):
        return None
    is_file = not address.endswith("/") and "." in segments[-1]
    return f"/{'/'.join(segments)}" if is_file else f"/{'/'.join(segments)}/"


def _key(address: str) -> str:
    """What two addresses have in common that are one file on some system: Windows and macOS fold case and accents."""
    file = file_of(address)
    return file.lower() if file.isascii() else unicodedata.normalize("NFC", file).casefold()


def address_faults(addresses: list[str], makers: Callable[[], Iterable[tuple[str, Maker]]]) -> Iterator[Fault]:
    """Two makers of one address, names that some file system can't have, and files that are folders too.

    `makers` gives each of the addresses with its maker, and is asked only where something may be wrong.
    """
    if _are_surely_fine(addresses):
        return
    by_file: dict[str, tuple[str, Maker]] = {}
    folders: dict[str, Maker] = {}
    for address, maker in makers():
        file = _key(address)
        if file in by_file:
            yield _collision(address, by_file[file][1], maker)
            continue
        by_file[file] = (address, maker)
        problem = _problem(address)
        if problem:
            who = "" if maker.path else f" ({maker.what})"
            yield error(maker.path, maker.line, "bad-address", f"{address} {problem}{who}", maker.field)
        segments = file.split("/")
        for length in range(1, len(segments)):
            folders.setdefault("/".join(segments[:length]), maker)
    for file in sorted(by_file.keys() & folders.keys()):
        address, maker = by_file[file]
        yield _collision(address, folders[file], maker)


def _are_surely_fine(addresses: list[str]) -> bool:
    """Whether all addresses are plain, short and different, as nearly always: found out in one go."""
    together = "\n".join(addresses)
    folded = together.lower()
    parts = set(folded.replace("\n", "/").split("/"))
    dotted = [part for part in parts if "." in part]
    return (
        together.isascii()
        and len(set(folded.split("\n"))) == len(addresses)
        and not any(folder in folded for folder in _LIKE_FILES)
        and not any(odd in together for odd in ("//", "./", "/index.html"))
        and not _DOT_IN_FOLDER.search(together)
        and parts.isdisjoint(_WINDOWS_DEVICES)
        and not any(part.partition(".")[0] in _WINDOWS_DEVICES or part.endswith(".") for part in dotted)
        and max(map(len, parts)) < _LONGEST_NAME
        and max(map(len, addresses)) < _LONGEST_PATH - len("index.html")
    )


def _problem(address: str) -> str | None:
    """Why some file system can't have the file of an address, or None."""
    return _length_problem(address) or _name_problem(_key(address))


def _length_problem(address: str) -> str | None:
    file = file_of(address).encode()
    if len(file) > _LONGEST_PATH or any(len(segment) > _LONGEST_NAME for segment in file.split(b"/")):
        return "is too long for a file's name; give it a shorter `slug:` or `id:`"
    return None


def _name_problem(file: str) -> str | None:
    for segment in file.split("/"):
        if segment.partition(".")[0] in _WINDOWS_DEVICES or segment.endswith("."):
            return f'holds "{segment}", which can be no file\'s name on Windows; give it another `slug:` or `id:`'
    return None


def _collision(address: str, first: Maker, second: Maker) -> Fault:
    # The one to blame is the one that a person can change, else the one that came second.
    blamed, other = (second, first) if second.path or not first.path else (first, second)
    message = f"{address} is also the address of {other}; give one of them another address"
    return error(blamed.path, blamed.line, "address-taken", message, blamed.field)
