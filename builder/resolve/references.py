"""References: what the links and pictures of bodies, and the files that front matter names, lead to.

A resolved reference is a text: an address on the site (`/2022/08/17/x/#anchor`), an anchor of the same page
(`#anchor`), or the path of a file in `content/media/`, whose address is known only when its bytes are.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

from builder.faults import Fault, Hints, error, warning
from builder.languages import prefix_of
from builder.model.common import Mention, Reference
from builder.resolve.authority import TermKind
from builder.resolve.briefings import Filed, ResolvedDossier
from builder.resolve.prose import Prosaic
from builder.resolve.translations import Version

MEDIA = "content/media/"
PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp")
# What a browser shows or saves, and never runs as a page of this site, as it does HTML, SVG and every kind of XML.
ATTACHMENTS = (
    *PICTURES, ".7z", ".bib", ".csv", ".docx", ".epub", ".geojson", ".gz", ".json", ".jsonl", ".m4a", ".md", ".mp3",
    ".mp4", ".odp", ".ods", ".odt", ".ogg", ".pdf", ".png", ".pptx", ".ris", ".tar", ".tsv", ".txt", ".wacz", ".warc",
    ".wav", ".webm", ".xlsx", ".zip",
)  # fmt: skip


class Files(Struct, frozen=True):
    """What lies beside the documents that were filed: `unread` are documents that couldn't be."""

    media: frozenset[str]
    captures: frozenset[str]
    unread: frozenset[str]


# What a reader finds at a target: its words, nothing yet, or a notice that they were withdrawn.
State = Literal["public", "draft", "withdrawn"]


class Target(Struct, frozen=True, gc=False):
    """Something that a body can link to."""

    address: str
    anchors: tuple[str, ...]
    state: State


class Targets:
    """Everything in an archive that can be linked to, by path and by id.

    `translated` has what stands in the language of the links, by the address of the original: they lead there.
    """

    def __init__(
        self,
        by_path: Mapping[str, Target],
        by_id: Mapping[str, Target],
        addresses: Iterable[str],
        files: Files,
        translated: Mapping[str, Target] = MappingProxyType({}),
    ) -> None:
        self._by_path = by_path
        self._by_id = by_id
        self._addresses = frozenset(addresses)
        self._files = files
        self._translated = translated
        self._id_hints = Hints(by_id)
        self._path_hints = Hints(map(posixpath.basename, by_path))
        self._media_hints = Hints(files.media)

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {posixpath.basename(path): path for path in self._by_path}

    def in_language(self, translated: Mapping[str, Target]) -> Targets:
        """The same, for links in the language of `translated`."""
        return Targets(self._by_path, self._by_id, self._addresses, self._files, translated)

    def resolve_body(
        self, path: str, references: Iterable[Reference], own_anchors: tuple[str, ...], draft: bool
    ) -> tuple[tuple[str, ...], list[Fault]]:
        """Where each of a body's references leads; those that lead nowhere are errors and lead to `#`."""
        faults: list[Fault] = []
        found = []
        for reference in references:
            resolved, problem = self._resolve(path, reference, own_anchors, draft)
            if problem is not None:
                code = "bad-picture" if reference.picture else "broken-link"
                faults.append(error(path, reference.line, code, problem))
            found.append(resolved)
        return tuple(found), faults

    def media_file(self, path: str, mention: Mention, field: str, picture: bool) -> tuple[str | None, list[Fault]]:
        """The path of the file in `content/media/` that front matter names, or None and why."""
        file = _path_of(path, mention.name)
        problem = self._media_problem(file, mention.name, picture)
        if problem is None:
            return file, []
        return None, [error(path, mention.line, "missing-file", problem, field)]

    def _resolve(
        self, path: str, reference: Reference, own_anchors: tuple[str, ...], draft: bool
    ) -> tuple[str, str | None]:
        name, _, anchor = reference.target.partition("#")
        name = name.replace("%23", "#")
        if not name:
            problem = None if anchor in own_anchors else _no_anchor(anchor, own_anchors, "this page")
            return f"#{anchor}", problem
        if reference.picture:
            file = _path_of(path, name)
            return file, self._media_problem(file, name, picture=True)
        if name.startswith("id:"):
            target = self._by_id.get(name[3:])
            if target is None and any(path.endswith(f"/{name[3:]}.md") for path in self._files.unread):
                return "#", None
            if target is None:
                hint = self._id_hints.did_you_mean(name[3:])
                return "#", f'this link leads nowhere: there is no briefing with the id "{name[3:]}"{hint}'
        else:
            file = _path_of(path, name)
            target = self._by_path.get(file)
            if target is None:
                return self._resolve_other(path, file, name, anchor)
        target = self._in_the_same_language(target, anchor, draft)
        if target.state == "draft" and not draft:
            return "#", f'this link leads to a draft, "{name}"; publish that first, or take the link out'
        if target.state == "withdrawn":  # the notice has no anchors, and old links can't all be mended
            return target.address, None
        if anchor and anchor not in target.anchors:
            return target.address, _no_anchor(anchor, target.anchors, f'"{name}"')
        return f"{target.address}#{anchor}" if anchor else target.address, None

    def _in_the_same_language(self, target: Target, anchor: str, draft: bool) -> Target:
        """The translation of `target`, if it can be led to, and has that anchor."""
        found = self._translated.get(target.address)
        if found is None or (found.state != target.state and not (found.state == "draft" and draft)):
            return target
        return found if not anchor or anchor in found.anchors or found.state == "withdrawn" else target

    def _hint_for(self, path: str, file: str) -> str:
        name = posixpath.basename(file)
        same_name = self._by_name.get(name)
        if same_name is None:
            return self._path_hints.did_you_mean(name)
        return f'; did you mean "{posixpath.relpath(same_name, posixpath.dirname(path))}"?'

    def _resolve_other(self, path: str, file: str, name: str, anchor: str) -> tuple[str, str | None]:
        if name.startswith("/") and name in self._addresses and not anchor:
            found = self._translated.get(name)
            return (found.address if found is not None else name), None
        if file in self._files.unread:  # what is wrong there is told there
            return "#", None
        if file in self._files.captures:
            return (
                "#",
                f'"{name}" is a capture, and captures are not part of the site; link to its source instead',
            )
        if file.startswith(MEDIA):
            return file, self._media_problem(file, name, picture=False)
        hint = self._hint_for(path, file)
        return "#", f'this link leads nowhere: there is no "{name}"{hint}'

    def _media_problem(self, file: str, name: str, picture: bool) -> str | None:
        suffix = posixpath.splitext(file)[1].lower()
        if not file.startswith(MEDIA):
            return f'"{name}" is not in content/media/; put the file there'
        if file not in self._files.media:
            return f'there is no file "{name}"{self._media_hints.did_you_mean(file)}'
        if picture and suffix not in PICTURES:
            return f'"{name}" is no picture that pages show; they show {", ".join(PICTURES)}'
        if suffix not in ATTACHMENTS:
            return f'"{name}" could run in a reader\'s browser; attach it as PDF or text, or in a ZIP file'
        return None


def _path_of(path: str, name: str) -> str:
    """A path relative to the root, of a name relative to the file at `path` or, with a `/`, to `content/`."""
    if name.startswith("/"):
        return posixpath.normpath(f"content{name}")
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), name))


def _no_anchor(anchor: str, anchors: tuple[str, ...], where: str) -> str:
    listed = f"; it has: {', '.join(sorted(anchors))}" if 0 < len(anchors) <= 12 else ""
    return f'there is no "#{anchor}" on {where}{Hints(anchors).did_you_mean(anchor) or listed}'


class References(Struct, frozen=True):
    """What documents refer to, by their paths.

    `bodies` has where each reference of a body leads, in its order; `files` which files of `content/media/` the
    front matter names, by field (`image`, `attachments.0`).
    """

    bodies: dict[str, tuple[str, ...]]
    files: dict[str, dict[str, str]]


def resolve_references(
    briefings: Sequence[Filed],
    dossiers: Sequence[ResolvedDossier],
    prose: Sequence[Prosaic],
    terms: Mapping[TermKind, Iterable[str]],
    present: Files,
    versions: Sequence[Version] = (),
) -> tuple[References, list[Fault]]:
    """Follows every reference in every document. Those that lead nowhere are errors. `terms` have a record."""
    documents = [(b.path, b.references, b.anchors, b.draft) for b in briefings if b.references]
    others = [(d.document.path, d.document.body, False) for d in dossiers]
    others += [(p.document.path, p.document.body, p.document.meta.draft) for p in prose]
    documents += [(path, body.references, body.anchors, draft) for path, body, draft in others if body.references]
    with_files = [b for b in briefings if b.image is not None or b.attachments]
    faults: list[Fault] = [*_replacement_faults(briefings, briefings, present.unread)]
    if not documents and not with_files and not versions:
        return References({}, {}), faults
    by_path, by_id = _documents(briefings, dossiers, prose)
    for version in versions:
        by_path |= _translations(version)[0]
    addresses = ["/", "/dossiers/", *_terms(terms, briefings, dossiers)]
    targets = Targets(by_path, by_id, addresses, present)
    bodies: dict[str, tuple[str, ...]] = {}
    files: dict[str, dict[str, str]] = {}
    for path, references, anchors, draft in documents:
        bodies[path], found = targets.resolve_body(path, references, anchors, draft)
        faults += found
    for briefing in with_files:
        files[briefing.path], found = _named_files(briefing, targets)
        faults += found
    found_files = {path: named for path, named in files.items() if named}
    for version in versions:
        own, own_faults = _in_version(version, briefings, terms, targets, present.unread)
        bodies |= own.bodies
        found_files |= own.files
        faults += own_faults
    return References(bodies, found_files), faults


def _in_version(
    version: Version,
    originals: Sequence[Filed],
    terms: Mapping[TermKind, Iterable[str]],
    targets: Targets,
    unread: frozenset[str],
) -> tuple[References, list[Fault]]:
    """What the translations into one language refer to: what is in the same language, where that exists."""
    shown = [version.briefings.get(briefing.path, briefing) for briefing in originals]
    lists = ["/", "/dossiers/", *_terms(terms, shown, version.dossiers)]
    prefix = prefix_of(version.language)
    _, translated = _translations(version)
    own = targets.in_language({address: Target(prefix + address, (), "public") for address in lists} | translated)
    documents = [(b.path, b.references, b.anchors, b.draft) for b in version.briefings.values()]
    others = [(d.document.path, d.document.body, False) for d in _translated_dossiers(version)]
    others += [(p.document.path, p.document.body, p.document.meta.draft) for p in _translated_prose(version)]
    documents += [(path, body.references, body.anchors, draft) for path, body, draft in others]
    bodies: dict[str, tuple[str, ...]] = {}
    files: dict[str, dict[str, str]] = {}
    faults: list[Fault] = []
    for path, references, anchors, draft in documents:
        bodies[path], found = own.resolve_body(path, references, anchors, draft)
        faults += found
    by_path = {briefing.path: briefing for briefing in originals}
    pairs = [(briefing, by_path[original]) for original, briefing in version.briefings.items()]
    for briefing, original in pairs:
        if briefing.image is not None or briefing.attachments:
            files[briefing.path], found = _named_files(briefing, own)
            if (briefing.image, briefing.attachments) != (original.image, original.attachments):
                faults += found  # else it is the original's, and told there
    withdrawn = [briefing for briefing, original in pairs if briefing.withdrawn != original.withdrawn]
    faults += _replacement_faults(withdrawn, originals, unread)
    return References(bodies, {path: named for path, named in files.items() if named}), faults


def _named_files(briefing: Filed, targets: Targets) -> tuple[dict[str, str], list[Fault]]:
    wanted: list[tuple[str, str, Mention, bool]] = []
    if briefing.image is not None:
        wanted.append(("image", "image.src", briefing.image, True))
    for number, attachment in enumerate(briefing.attachments):
        wanted.append((f"attachments.{number}", "attachments.file", attachment, False))
    named: dict[str, str] = {}
    faults: list[Fault] = []
    for key, field, mention, picture in wanted:
        file, found = targets.media_file(briefing.path, mention, field, picture)
        faults += found
        if file is not None:
            named[key] = file
    return named, faults


def _replacement_faults(
    withdrawn: Iterable[Filed], briefings: Sequence[Filed], unread: frozenset[str]
) -> Iterator[Fault]:
    replacing = [(b, b.withdrawn.replaced_by) for b in withdrawn if b.withdrawn and b.withdrawn.replaced_by]
    if not replacing:
        return
    states = {briefing.id: _state_of(briefing) for briefing in briefings}
    hints = Hints(states)
    field = "withdrawn.replaced_by"
    for briefing, mention in replacing:
        state = states.get(mention.name)
        if state is None:
            if any(path.endswith(f"/{mention.name}.md") for path in unread):  # what is wrong there is told there
                continue
            message = f'there is no briefing with the id "{mention.name}"{hints.did_you_mean(mention.name)}'
            yield error(briefing.path, mention.line, "broken-link", message, field)
        elif state == "draft":
            message = f'"{mention.name}" is a draft; publish that first, or take this out'
            yield error(briefing.path, mention.line, "broken-link", message, field)
        elif state == "withdrawn":
            message = f'"{mention.name}" is withdrawn too; name the briefing that stands, or take this out'
            yield warning(briefing.path, mention.line, "withdrawn-target", message, field)


def _state_of(briefing: Filed) -> State:
    if briefing.draft:
        return "draft"
    return "withdrawn" if briefing.withdrawn else "public"


def _documents(
    briefings: Iterable[Filed], dossiers: Iterable[ResolvedDossier], prose: Iterable[Prosaic]
) -> tuple[dict[str, Target], dict[str, Target]]:
    """Documents by path, and by id."""
    by_path: dict[str, Target] = {}
    by_id: dict[str, Target] = {}
    for briefing in briefings:
        target = Target(briefing.address, briefing.anchors, _state_of(briefing))
        by_path[briefing.path] = by_id[briefing.id] = target
    for dossier in dossiers:
        target = Target(dossier.address, dossier.document.body.anchors, "public")
        by_path[dossier.document.path] = by_id[dossier.id] = target
    for page in prose:
        state: State = "draft" if page.document.meta.draft else "public"
        by_path[page.document.path] = Target(page.address, page.document.body.anchors, state)
    return by_path, by_id


def _translations(version: Version) -> tuple[dict[str, Target], dict[str, Target]]:
    """What there is in a language: translations by path, and everything by the address of the original."""
    prefix = prefix_of(version.language)
    briefings, prose = version.briefings.values(), _translated_prose(version)
    by_path, _ = _documents(briefings, _translated_dossiers(version), prose)
    # A dossier has a page in every language, be it with the original's words.
    everything, _ = _documents(briefings, version.dossiers, prose)
    return by_path, {target.address.removeprefix(prefix): target for target in everything.values()}


def _translated_dossiers(version: Version) -> list[ResolvedDossier]:
    return [dossier for dossier in version.dossiers if dossier.translated]


def _translated_prose(version: Version) -> list[Prosaic]:
    return [page for page in version.prose if page.address != page.place]


def _terms(
    terms: Mapping[TermKind, Iterable[str]], briefings: Iterable[Filed], dossiers: Iterable[ResolvedDossier]
) -> Iterator[str]:
    """The addresses of terms' pages and of their indexes."""
    yield from (f"/{kind}s/" for kind in terms)
    yield from (f"/{kind}s/{slug}/" for kind, slugs in terms.items() for slug in slugs)
    # Names that only drafts or withdrawn briefings use have no page.
    public = [b.strangers for b in briefings if b.strangers and _state_of(b) == "public"]
    public += [d.strangers for d in dossiers]
    yield from (f"/{stranger.kind}s/{stranger.slug}/" for strangers in public for stranger in strangers)
