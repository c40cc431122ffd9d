"""A new briefing: a draft in the right place, its names those of the archive's records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from builder.dates import When
from builder.faults import ArchiveError, Fault, did_you_mean, error
from builder.load import record_paths
from builder.load.documents import read_meta
from builder.load.file_names import undated_stem
from builder.load.records import load_records
from builder.model.common import Mention, Record
from builder.model.dossier import Dossier
from builder.model.records import Actor, R, Region, Tag
from builder.names import fold, slug
from builder.reading.files import read_text
from builder.reading.sources import Sources
from builder.reading.yaml_text import item_text, scalar_text
from builder.resolve.authority import Authority, Stranger

_COMMAND_LINE = "sitrep new briefing"


class NewBriefing(Struct, frozen=True):
    """A draft that was written: its path below the root, and names in it that no record answers to."""

    path: str
    faults: tuple[Fault, ...]


def new_briefing(
    root: Path, title: str, when: When, names: Mapping[str, Sequence[str]], schema: str | None = None
) -> NewBriefing:
    """Writes a draft called `title`. `names` are those given for `region`, `actors`, `tags` and `dossier`.

    `schema` is the address of the JSON Schema that editors check the front matter with, if there is one.

    Raises ArchiveError where the title makes no address, the dossier is unknown, or the file is there already.
    """
    own_slug = slug(title)[:80].rstrip("-")
    if not own_slug:
        raise ArchiveError(
            [error("", 0, "empty-slug", f'the title "{title}" makes no file name; use letters or digits')]
        )
    values, faults = _canonical(root, names)
    errors = [fault for fault in faults if fault.severity == "error"]
    if errors:
        raise ArchiveError(errors)
    dated_slug = f"{'-'.join(when.start.parts)}-{own_slug}"
    path = f"content/briefings/{when.start.parts[0]}/{dated_slug}.md"
    target = root / path
    if target.exists():
        message = "is there already; give the new briefing another title or date"
        raise ArchiveError([error(path, 0, "exists", message)])
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write("\n".join(_lines(dated_slug, title, when, values, schema)))
    except OSError as problem:
        raise ArchiveError([error(path, 0, "output", f"can't be written: {problem.strerror}")]) from problem
    return NewBriefing(path, tuple(faults))


def _lines(
    own_id: str, title: str, when: When, values: Mapping[str, Sequence[str]], schema: str | None
) -> Iterator[str]:
    yield "---"
    if schema is not None:
        yield f"# yaml-language-server: $schema={schema}"
    yield f"id: {scalar_text(own_id)}"
    yield f"title: {scalar_text(title)}"
    yield f"date: {when.iso}"
    for field in ("region", "actors", "tags", "dossier"):
        if values[field]:
            yield f"{field}: [{', '.join(item_text(name) for name in values[field])}]"
    yield "summary:"
    yield "status: provisional"
    yield "# sources:"
    yield "#   - {name: …, url: https://…}"
    yield "draft: true"
    yield "---"
    yield ""
    yield "What happened, in one sentence."
    yield ""


def _canonical(root: Path, names: Mapping[str, Sequence[str]]) -> tuple[dict[str, list[str]], list[Fault]]:
    """The names as the records have them, and what is wrong with them."""
    faults: list[Fault] = []
    # What is wrong with the records themselves is for `sitrep check` to tell.
    sources = Sources(root, 0)
    authorities = {
        "region": Authority("region", _records(sources, "regions", Region)),
        "actors": Authority("actor", _records(sources, "actors", Actor)),
        "tags": Authority("tag", _records(sources, "tags", Tag)),
    }
    values: dict[str, list[str]] = {}
    for field, authority in authorities.items():
        values[field] = []
        for name in names[field]:
            mention = Mention(name, 0)
            own_slug, has_record, fault = authority.file_under(mention, _COMMAND_LINE, field)
            if own_slug is not None and not has_record:
                fault = authority.stranger_fault(Stranger(authority.kind, own_slug, name, 0, field), _COMMAND_LINE)
            faults += [fault] if fault is not None else []
            term = authority.terms().get(own_slug or "")
            values[field].append(term.name if term else name)
    dossiers = dict(_dossiers(sources))
    values["dossier"] = []
    for name in names["dossier"]:
        own_id = dossiers.get(fold(name))
        if own_id is None:
            message = f'there is no dossier "{name}"{did_you_mean(name, dossiers)}'
            faults.append(error(_COMMAND_LINE, 0, "unknown-dossier", message, "dossier"))
        else:
            values["dossier"].append(own_id)
    return values, faults


def _records(sources: Sources, name: str, type_: type[R]) -> Iterator[Record[R]]:
    for path in record_paths(sources, name):
        text, _ = read_text(sources.root, path)
        if text is not None:
            yield from load_records(text, path, type_)[0]


def _dossiers(sources: Sources) -> Iterator[tuple[str, str]]:
    for path in sources.inside("content/dossiers"):
        text, _ = read_text(sources.root, path)
        header, _ = read_meta(text, path, Dossier) if text is not None else (None, [])
        if header is not None:
            own_id = header.id or undated_stem(path)
            yield fold(own_id), own_id
            yield fold(header.title), own_id
