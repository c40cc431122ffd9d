"""Documents: a Markdown file with front matter becomes a typed document and its HTML."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Generic

import msgspec
from msgspec import Struct

from builder.check.wording import wording_faults
from builder.dates import parse_when
from builder.faults import Fault, error, nearest, warning
from builder.load.file_names import DATED_NAME, stem_of
from builder.load.frontmatter import split
from builder.markdown.document import render
from builder.markdown.settings import MarkdownSettings
from builder.model.briefing import Briefing
from builder.model.common import Document
from builder.model.documents import M
from builder.model.dossier import Prose
from builder.reading.nodes import Mapping, plain
from builder.reading.typed import field_names, is_absent, read

# Misspelled, these would publish what was to be held back, or show what was to be warned of.
_HOLDING_BACK = ("draft", "withdrawn", "warning")


class Loaded(Struct, Generic[M], frozen=True):
    """A document, and the HTML of its body."""

    document: Document[M]
    html: str


def load_document(
    text: str, path: str, type_: type[M], settings: MarkdownSettings
) -> tuple[Loaded[M] | None, list[Fault]]:
    """The document that `text`, the decoded file at `path`, holds; None where its front matter can't be read.

    A pure function of its arguments.
    """
    return _load(text, path, type_, settings, _with_date)


def load_translation(
    text: str, path: str, type_: type[M], settings: MarkdownSettings
) -> tuple[Loaded[M] | None, list[Fault]]:
    """As `load_document`, of a translation into the language of `settings`: what it doesn't state is left open."""
    return _load(text, path, type_, settings, _without_address)


def _load(
    text: str,
    path: str,
    type_: type[M],
    settings: MarkdownSettings,
    addressed: Callable[[M, Mapping, str, list[Fault]], M],
) -> tuple[Loaded[M] | None, list[Fault]]:
    """A document whose front matter becomes whole, or is found not to be, by `addressed`."""
    front_matter, faults = split(text, path)
    if front_matter is None:
        return None, faults
    block = front_matter.block
    meta, unknown = read(block, type_, path, faults)
    faults.extend(_misspelled(block, unknown, path, type_))
    faults.extend(_not_held_back(block, unknown, path, type_))
    faults.extend(_misplaced(block, unknown, path, type_))
    rendered, body_faults = render(front_matter.body, path, front_matter.body_line, settings)
    faults.extend(body_faults)
    if meta is None:
        return None, faults
    if not isinstance(meta, Prose):
        language = meta.lang or settings.language
        faults.extend(wording_faults(path, meta, front_matter.body, front_matter.body_line, block.key_lines, language))
    document = Document(
        path=path,
        meta=addressed(meta, block, path, faults),
        body=rendered.body,
        written=_written(meta.title, meta.summary, front_matter.body),
        lines=dict(block.key_lines),
        extra={name: plain(node) for name, node in unknown.items()},
    )
    return Loaded(document, rendered.html), faults


def read_meta(text: str, path: str, type_: type[M]) -> tuple[M | None, list[Fault]]:
    """Only the front matter of a document, without its body."""
    front_matter, faults = split(text, path)
    if front_matter is None:
        return None, faults
    meta, _ = read(front_matter.block, type_, path, faults)
    return meta, faults


def _misspelled(block: Mapping, unknown: Iterable[str], path: str, type_: type[Struct]) -> list[Fault]:
    faults = []
    for name in unknown:
        known = nearest(name, field_names(type_))
        if known is not None and known not in block.entries:
            message = f'there is no field "{name}"; did you mean "{known}"? (`sitrep check --fix` renames it)'
            tell = error if known in _HOLDING_BACK else warning
            faults.append(tell(path, block.key_lines[name], "unknown-field", message, name))
    return faults


def _not_held_back(block: Mapping, unknown: Iterable[str], path: str, type_: type[Struct]) -> list[Fault]:
    """Who writes `draft: true` means to hold something back: where that can't be done, it must not pass in silence."""
    return [
        error(
            path,
            block.key_lines[name],
            "not-here",
            f"a {type_.__name__.lower()} can't be held back in this way; take the file out of content/ instead",
            name,
        )
        for name in ("draft", "withdrawn")
        if name in unknown
    ]


# Fields that only briefings have: a document of another kind with several of them is most likely one.
_OF_BRIEFINGS = frozenset({"date", "sources", "event_type", "location", "figures", "tags", "dossier"})


def _misplaced(block: Mapping, unknown: Iterable[str], path: str, type_: type[M]) -> list[Fault]:
    """A briefing in the folder of dossiers or of prose would be shown as something that it is not."""
    of_briefings = [name for name in unknown if name in _OF_BRIEFINGS]
    if "date" not in of_briefings:
        return []
    message = f"looks like a briefing ({', '.join(of_briefings)}) and is read as {type_.__name__.lower()}; "
    message += "move it to content/briefings/, or take these fields out"
    return [warning(path, block.key_lines["date"], "misplaced", message)]


def _says(block: Mapping, field: str) -> bool:
    node = block.entries.get(field)
    return node is not None and not is_absent(node)


def _with_date(meta: M, block: Mapping, path: str, faults: list[Fault]) -> M:
    """A briefing's `meta` with the date in the file's name, as in Jekyll, where it has none of its own."""
    if not isinstance(meta, Briefing) or meta.date is not None or _says(block, "date"):
        return meta
    match = DATED_NAME.fullmatch(stem_of(path))
    if match is None:
        message = "is missing; add `date: 2022-08-17`, or begin the file's name with it"
        faults.append(error(path, 1, "missing", message, "date"))
        return meta
    try:
        return msgspec.structs.replace(meta, date=parse_when(match["date"]))
    except ValueError as problem:
        faults.append(error(path, 1, "date", f"in the file's name, {problem}", "date"))
        return meta


# By these an original and its translations are known to be one: they stand in the original alone.
_OF_ORIGINALS = ("id", "slug", "date")


def _without_address(meta: M, block: Mapping, path: str, faults: list[Fault]) -> M:
    for name in _OF_ORIGINALS:
        if name in block.entries:
            message = "a translation has that of its original; take this line out"
            faults.append(error(path, block.key_lines[name], "not-here", message, name))
    return meta


def _written(title: str, summary: str, body: str) -> str:
    """The author's digest: SHA-256 over title, summary and body (without white space around it), as JSON."""
    return hashlib.sha256(msgspec.json.encode([title, summary, body.strip()])).hexdigest()
