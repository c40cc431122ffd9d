"""Authority: which record answers to a name, among the records of one kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from msgspec import Struct

from builder.faults import Fault, Hints, error, warning
from builder.model.common import Mention, Record
from builder.model.records import Actor, AnyRecord, Region, Source, Tag
from builder.names import fold, slug

TermKind = Literal["actor", "region", "source", "tag"]
AnyFiledRecord: TypeAlias = Record[Actor] | Record[Region] | Record[Source] | Record[Tag]


class Term(Struct, frozen=True):
    """What briefings can be filed under: a record, or a name that has none. `slug` is unique within `kind`."""

    kind: TermKind
    slug: str
    name: str
    record: AnyRecord | None = None


LONGEST_SLUG = 200  # characters: with what stands around it, no longer than a file's name may be


class Stranger(Struct, frozen=True, array_like=True, gc=False):
    """A name that no record answers to, as it was written once, and the slug that it is filed under."""

    kind: TermKind
    slug: str
    name: str
    line: int
    field: str


class Authority:
    """The records of one kind, and the names that they answer to."""

    def __init__(self, kind: TermKind, records: Iterable[AnyFiledRecord], complete: bool = True) -> None:
        """Without `complete`, there are records that couldn't be read: no name is said to have none."""
        self.complete = complete
        self.kind: TermKind = kind
        self.faults: list[Fault] = []
        self._records: dict[str, AnyFiledRecord] = {}
        self._by_name: dict[str, str] = {}
        self._by_host: dict[str, str] = {}
        self._found: dict[str, str | None] = {}
        for record in records:
            self._add(record)
        self._hints = Hints(self._by_name)

    def _add(self, record: AnyFiledRecord) -> None:
        own_slug = _record_slug(record.meta)
        if not own_slug:
            way_out = "`slug: …`" if self.kind == "tag" else "`id: …`"
            message = f'"{record.meta.name}" makes no address; give the record {way_out} in a to z, 0 to 9 and -'
            self.faults.append(error(record.path, record.line, "empty-slug", message))
            return
        written = record.meta.slug if isinstance(record.meta, Tag) else record.meta.id
        if written and written != own_slug:
            field = "slug" if isinstance(record.meta, Tag) else "id"
            message = f'"{written}" can\'t be part of an address as it is; write `{field}: {own_slug}`'
            line = record.lines.get(field, record.line)
            self.faults.append(error(record.path, line, "bad-slug", message, field))
        if own_slug in self._records:
            other = self._records[own_slug]
            message = (
                f'"{record.meta.name}" has the address of "{other.meta.name}" ({other.path}:{other.line}); '
                f"give one of them another {'slug' if self.kind == 'tag' else 'id'}"
            )
            self.faults.append(error(record.path, record.line, "address-taken", message))
            return
        self._records[own_slug] = record
        for name, line, field in _names(record):
            self._answer_to(name, own_slug, record, line, field)
        for host in record.meta.hosts if isinstance(record.meta, Source) else ():
            self._by_host.setdefault(host.casefold().removeprefix("www."), own_slug)

    def _answer_to(self, name: str, own_slug: str, record: AnyFiledRecord, line: int, field: str) -> None:
        folded = fold(name)
        other_slug = self._by_name.setdefault(folded, own_slug)
        if other_slug != own_slug:
            other = self._records[other_slug]
            message = (
                f'"{name}" is "{record.meta.name}" here, and "{other.meta.name}" in {other.path}:{other.line}; '
                "leave it with one of them"
            )
            self.faults.append(error(record.path, line, "ambiguous-name", message, field))

    def find(self, name: str) -> str | None:
        """The slug of the record that answers to `name`, in any case and with or without diacritics, or None."""
        if name not in self._found:
            # A name that would have a record's address anyway is that record.
            same_slug = slug(name)
            self._found[name] = self._by_name.get(fold(name)) or (same_slug if same_slug in self._records else None)
        return self._found[name]

    def find_host(self, url: str) -> str | None:
        """The slug of the source whose host, or a parent domain of it, an address has, or None."""
        try:
            labels = (urlsplit(url).hostname or "").split(".")
        except ValueError:  # brackets that hold no IPv6 address
            return None
        candidates = (".".join(labels[start:]) for start in range(len(labels) - 1))
        return next((self._by_host[name] for name in candidates if name in self._by_host), None)

    def file_under(self, mention: Mention, path: str, field: str) -> tuple[str | None, bool, Fault | None]:
        """The slug of the term for a name, whether a record answers to it, and why it can't be part of an address."""
        found = self.find(mention.name)
        if found is not None:
            return found, True, None
        own_slug = slug(mention.name)
        if not own_slug:
            file, key = ("tags.yaml", "slug") if self.kind == "tag" else (f"{self.kind}s.yaml", "id")
            message = f'"{mention.name}" makes no address; add it to content/{file} with `{key}: …`'
            return None, False, error(path, mention.line, "empty-slug", message, field)
        if len(own_slug) > LONGEST_SLUG:
            message = f'"{mention.name[:40]}…" makes too long an address; make a record of it, with a shorter name'
            return None, False, error(path, mention.line, "bad-address", message, field)
        return own_slug, False, None

    @property
    def wants_records(self) -> bool:
        """Whether a name that no record answers to is worth a warning; tags need none."""
        return self.kind != "tag" and self.complete

    def stranger_fault(self, stranger: Stranger, path: str) -> Fault | None:
        """The warning that no record answers to a name."""
        if not self.wants_records:
            return None
        message = f'there is no record "{stranger.name}"{self.suggest(stranger.name)} (it gets a page of its own)'
        return warning(path, stranger.line, "unknown-record", message, stranger.field)

    def stranger_faults(self, strangers: Sequence[Stranger], path: str) -> Iterator[Fault]:
        """What `stranger_fault` says of each of a file's names; of those that are near no record's in one warning, as a
        draft that was imported into a young archive has a dozen of them. To be asked where `wants_records`."""
        alone = [stranger for stranger in strangers if self.suggest(stranger.name)] if len(strangers) > 1 else strangers
        together = [stranger for stranger in strangers if stranger not in alone]
        if len(together) == 1:
            alone, together = strangers, []
        yield from (fault for one in alone if (fault := self.stranger_fault(one, path)) is not None)
        if together:
            names = ", ".join(f'"{stranger.name}"' for stranger in together)
            message = f"there are no records {names} (they get pages of their own)"
            yield warning(path, together[0].line, "unknown-record", message, together[0].field)

    def suggest(self, name: str) -> str:
        """`; did you mean "X"?` for the nearest name of a record, or nothing."""
        match = self._hints.nearest(fold(name))
        return f'; did you mean "{self._records[self._by_name[match]].meta.name}"?' if match else ""

    def terms(self) -> dict[str, Term]:
        """The terms that have a record, by slug."""
        return {own: Term(self.kind, own, record.meta.name, record.meta) for own, record in self._records.items()}

    def records(self) -> Iterable[tuple[str, AnyFiledRecord]]:
        """Every record with its slug."""
        return self._records.items()


def stranger_terms(strangers: Iterable[Stranger]) -> Iterator[Term]:
    """The terms of names that have no record, each under the spelling that is met most often."""
    spellings: defaultdict[tuple[TermKind, str], Counter[str]] = defaultdict(Counter)
    for stranger in strangers:
        spellings[stranger.kind, stranger.slug][stranger.name] += 1
    for (kind, own_slug), counted in spellings.items():
        # Among equals the first in the alphabet, whatever file came first.
        yield Term(kind, own_slug, min(counted, key=lambda name: (-counted[name], name)))


def _record_slug(record: AnyRecord) -> str:
    if isinstance(record, Tag):
        return slug(record.slug or record.name)
    return slug(record.id or record.name)


def _names(record: AnyFiledRecord) -> Iterator[tuple[str, int, str]]:
    """Every name that the record answers to, with its line and field."""
    meta = record.meta
    yield meta.name, record.lines.get("name", record.line), "name"
    if not isinstance(meta, Tag) and meta.id:
        yield meta.id, record.lines.get("id", record.line), "id"
    if isinstance(meta, Region) and meta.code:
        yield meta.code, record.lines.get("code", record.line), "code"
    for alias in meta.aliases:
        yield alias.name, alias.line, "aliases"
    for name in meta.names.values():
        yield name, record.lines.get("names", record.line), "names"


def parents(authority: Authority, field: str) -> tuple[dict[str, tuple[str, ...]], list[Fault]]:
    """For each record its parents' slugs, by `parent` (regions) or `member_of` (actors); circles are errors.

    A record that is in a circle has no parents in the result, so that nobody walks it for ever.
    """
    faults: list[Fault] = []
    found: dict[str, tuple[str, ...]] = {}
    records = dict(authority.records())
    for own_slug, record in records.items():
        slugs = []
        for mention in _parent_mentions(record.meta):
            parent = authority.find(mention.name)
            if parent is None and authority.complete:
                message = f'there is no record "{mention.name}"{authority.suggest(mention.name)}'
                faults.append(warning(record.path, mention.line, "unknown-record", message, field))
            elif parent is not None:
                slugs.append(parent)
        found[own_slug] = tuple(slugs)
    for circle in _circles(found):
        names = " → ".join(records[member].meta.name for member in (*circle, circle[0]))
        record = records[circle[0]]
        line = record.lines.get(field, record.line)
        message = f"this goes in a circle: {names}; take one of these out"
        faults.append(error(record.path, line, "circle", message, field))
        found.update(dict.fromkeys(circle, ()))
    return found, faults


def _parent_mentions(record: AnyRecord) -> tuple[Mention, ...]:
    if isinstance(record, Region):
        return (record.parent,) if record.parent else ()
    return record.member_of if isinstance(record, Actor) else ()


def _circles(graph: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The circles of a graph, each once, beginning with its first member in the alphabet."""
    done: set[str] = set()
    for start in sorted(graph):
        path: list[str] = []
        on_path: set[str] = set()
        stack: list[tuple[str, Iterator[str]]] = []
        if start in done:
            continue
        stack.append((start, iter(graph[start])))
        path.append(start)
        on_path.add(start)
        while stack:
            node, nexts = stack[-1]
            following = next(nexts, None)
            if following is None:
                stack.pop()
                path.pop()
                on_path.discard(node)
                done.add(node)
            elif following in on_path:
                circle = path[path.index(following) :]
                first = circle.index(min(circle))
                yield tuple(circle[first:] + circle[:first])
            elif following not in done:
                stack.append((following, iter(graph[following])))
                path.append(following)
                on_path.add(following)
