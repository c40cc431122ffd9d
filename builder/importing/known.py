"""Known: what an archive holds already, so that nothing is imported twice."""

from __future__ import annotations

import re
from array import array
from pathlib import Path

from msgspec import Struct

from builder.faults import Fault
from builder.importing.addresses import plain_address
from builder.importing.discarding import LIST, discarded
from builder.importing.near import Neighbours, is_other_edition, likeness, shingles_of
from builder.importing.postings import Postings
from builder.importing.remembered import Held, Renewal, remembered
from builder.load.frontmatter import split
from builder.means import Progress
from builder.model.briefing import Briefing
from builder.reading.files import decode
from builder.reading.sources import walk
from builder.reading.typed import read

_UNCHANGED = 0.9  # of the shingles: less is an update, or a briefing that was written anew
# Fields of a briefing by which it is known.
_TELLING = re.compile(r"(?:id|capture|sources)\b")
# The same in front matter that is no YAML.
_BOUNDARY = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
_ID = re.compile(r"^id:\s*[\"']?([^\s\"']+)", re.MULTILINE)
_ADDRESS = re.compile(r"^[\s-]*url:\s*[\"']?(https?://[^\s\"']+)", re.MULTILINE)


class Like(Struct, frozen=True):
    """A briefing that says nearly the same as an article: its file, and whether that is of something else, as last
    month's report is."""

    path: str
    is_other: bool


class Known:
    """The briefings of an archive by capture, by address and by what they say.

    Takes some 400 bytes a briefing, and its path: an import may have a hundred thousand.
    """

    def __init__(self) -> None:
        self.unread: list[Fault] = []  # why some briefings can't be compared with what comes in
        self._paths: list[str] = []
        self._days = array("i")
        self._names = Postings()
        self._neighbours = Neighbours()

    def add(self, one: Held) -> None:
        """Takes a briefing in."""
        number = self._neighbours.add(one.shingles)
        self._paths.append(one.path)
        self._days.append(one.day)
        for capture in one.captures:
            self._names.add(_halves("capture", capture), number)
        for address in one.addresses:
            self._names.add(_halves("address", plain_address(address)), number)
        if one.id:
            self._names.add(_halves("id", one.id), number)

    @property
    def is_empty(self) -> bool:
        """Whether the archive holds nothing."""
        return not self._paths

    def of_capture(self, sha256: str) -> str | None:
        """The file of the first briefing that was converted from a capture."""
        return self._first("capture", sha256)

    def at_address(self, url: str) -> str | None:
        """The file of the briefing that has an address among its sources."""
        return self._first("address", plain_address(url)) if url else None

    def differs(self, url: str, shingles: bytes) -> bool:
        """Whether the briefing at an address has other words than an article; not where either is too short to tell."""
        number = self._number("address", plain_address(url))
        sketch = self._neighbours.sketch(number) if number is not None else b""
        return bool(sketch and shingles) and likeness(sketch, shingles) < _UNCHANGED

    def note_address(self, url: str, path: str) -> None:
        """Another address of what is there."""
        self.add(Held(path, (0, 0), addresses=(url,)))

    def with_id(self, own_id: str) -> str | None:
        """The file of the briefing that has an id."""
        return self._first("id", own_id) if own_id else None

    def like(self, shingles: bytes, day: int) -> Like | None:
        """The briefing that tells nearly the same of the same thing; else one that does of another."""
        found = self._neighbours.nearest(shingles)
        for number in found:
            days = abs(day - self._days[number]) if day and self._days[number] else 0
            if not is_other_edition(shingles, self._neighbours.sketch(number), days):
                return Like(self._paths[number], is_other=False)
        return Like(self._paths[found[0]], is_other=True) if found else None

    def _first(self, kind: str, name: str) -> str | None:
        number = self._number(kind, name)
        return self._paths[number] if number is not None else None

    def _number(self, kind: str, name: str) -> int | None:
        upper, lower = self._names.find(_halves(kind, name))
        return min(upper & lower, default=None)


def _halves(kind: str, name: str) -> tuple[int, int]:
    """A name as two keys. Among a hundred thousand briefings two share both once in a thousand million times; and
    nobody can choose names that do, since the hash of a string is another in each process."""
    whole = hash((kind, name))
    return whole >> 32 & 0xFFFFFFFF, whole & 0xFFFFFFFF


def read_known(root: Path, progress: Progress) -> Known:
    """What the archive at `root` holds, and what was discarded there, under the file that lists it.

    What was found out of a file is kept in `.sitrep/` until the file changes. Raises ArchiveError.
    """
    kept = {one.path: one for one in remembered(root)}
    paths = [path for path, _ in walk(root, "content/briefings", []) if path.endswith(".md")]
    known = Known()
    with Renewal(root) as renewal:
        for path in progress("reading what is there", paths, len(paths)):
            stat = (root / path).stat()
            unread: list[Fault] = []
            one = kept.pop(path, None)
            if one is None or one.stat != (stat.st_size, stat.st_mtime_ns):
                one, unread = held_in(root, path)
                known.unread += unread
            if not unread:  # else it is told each time
                renewal.note(one)
            known.add(one)
    for gone in discarded(root):
        known.add(Held(LIST, (0, 0), (gone.sha256,) if gone.sha256 else (), gone.urls, b"", gone.id))
    return known


def held_in(root: Path, path: str) -> tuple[Held, list[Fault]]:
    """What one briefing's file is known by, and why not all of that can be read."""
    stat = (root / path).stat()
    at = (stat.st_size, stat.st_mtime_ns)
    data = (root / path).read_bytes()
    text, faults = decode(data, path)
    front, more = split(text, path) if text is not None else (None, [])
    faults += more
    meta = read(front.block, Briefing, path, faults)[0] if front is not None else None
    unread = [one for one in faults if one.severity == "error" and (meta is None or _TELLING.match(one.field))]
    if front is None or meta is None or unread:
        return _searched(data.decode("utf-8", "replace"), path, at), unread[:1]
    captures = (meta.capture.sha256,) if meta.capture is not None else ()
    urls = tuple(source.url for source in meta.sources if source.url)
    day = meta.date.start.first_day().toordinal() if meta.date is not None else 0
    return Held(path, at, captures, urls, shingles_of(_words(front.body)), meta.id or "", day), []


def _searched(text: str, path: str, at: tuple[int, int]) -> Held:
    """What a file is known by whose front matter can't be read: it is found by how its lines look."""
    body = _BOUNDARY.split(text, maxsplit=2)[-1]
    own_id = _ID.search(text)
    captures, addresses = tuple(_DIGEST.findall(text)), tuple(_ADDRESS.findall(text))
    return Held(path, at, captures, addresses, shingles_of(_words(body)), own_id[1] if own_id is not None else "")


def _words(body: str) -> list[str]:
    """The words of a Markdown body, near enough to those of the article that it was made from."""
    body = re.sub(r"\]\(<?[^)\s]*>?\)", "] ", body)
    return [re.sub(r"\\(?=[^\w\s])", "", body)]
