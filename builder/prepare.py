"""Preparing: an archive is read, its names resolved, and all of it cross-referenced."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, msgpack

from builder.cache import Ledger, fingerprint
from builder.check.lints import future_faults
from builder.config import Config
from builder.faults import Fault, has_errors
from builder.filed import FiledBriefings
from builder.index import Archive, index
from builder.load import Content, load
from builder.markdown.settings import MarkdownSettings
from builder.means import Means
from builder.reading.sources import Known, Sources
from builder.resolve import Filed, Names, Resolved, Vocabulary, resolve, vocabulary_of
from builder.resolve.prose import Prosaic, resolve_prose
from builder.resolve.references import Files, References, resolve_references
from builder.resolve.translations import Version, in_version, prose_in, versions_of
from builder.translated import filed_translations, read_translations
from builder.work import FILING
from builder.work.tasks import FilingTask, ReadBriefing, file_documents, load_modules
from builder.workers import in_shares, share_sizes

T = TypeVar("T")

# Briefings: some 30 to 200 ms of work. What comes of a share is kept in one go: the larger, the less often.
_SMALLEST_SHARE, _LARGEST_SHARE = 30, 250
_WORTH = 100  # briefings: fewer are done sooner than a process is begun


def _nothing() -> None:
    pass


class Prepared(Struct, frozen=True):
    """An archive, read and cross-referenced, and what is wrong with it.

    `translated` has it as it is read in each of the other languages.
    """

    sources: Sources
    content: Content
    resolved: Resolved
    archive: Archive
    translated: dict[str, Archive]
    faults: tuple[Fault, ...]
    pieces: frozenset[bytes]

    def archives(self) -> tuple[Archive, ...]:
        """The archive in all its languages, the site's own first."""
        return (self.archive, *self.translated.values())


def filed_briefings(folder: Path) -> list[Filed]:
    """The briefings and their translations as the last command filed them, by the cache in `folder`."""
    originals = [briefing.filed for briefing in FiledBriefings(folder).all() if briefing.filed is not None]
    return [*originals, *filed_translations(folder)]


def prepare(
    root: Path,
    config: Config,
    means: Means,
    sources: Sources,
    *,
    drafts: bool,
    today: date,
    meanwhile: Callable[[], object] = _nothing,
    then: Callable[[], object] = _nothing,
) -> Prepared:
    """Reads, resolves and cross-references the archive at `root`, whose files are `sources`.

    `meanwhile` is what this process may do while workers read, if there is much to read; `then` is what these may do
    when they have read everything, and must be what can be pickled. Faults are returned, not raised.
    """
    settings = MarkdownSettings(config.markdown.typographer, config.language)
    with means.stopwatch.stage("load"):
        if means.pieces.began_empty:
            count = len(sources.inside("content/briefings"))
            means.workers.ready(partial(load_modules, FILING), count, _WORTH)
        files_ledger = Ledger(means.folder, "files.ledger", Known)
        if not means.verify:
            sources.recall(files_ledger.read() or {})
        content, faults = load(sources, settings, config.languages, means.pieces)
        vocabulary = vocabulary_of(content, config.timezone)
        read = _read_briefings(root, settings, vocabulary, content, means, sources, meanwhile, then)
        briefings = [briefing.filed for briefing in read if briefing.filed is not None]
        translations = content.translations
        read_too = read_translations(root, settings, vocabulary, translations.briefings, briefings, means, sources)
        files_ledger.write(sources.to_know())
        for briefing in read:
            faults += briefing.faults
        for translation in read_too:
            faults += translation.faults
    with means.stopwatch.stage("resolve"):
        names = Names(vocabulary)
        translated = [translation.filed for translation in read_too if translation.filed is not None]
        resolved, resolve_faults = resolve(content, briefings, translated, names)
        prose, prose_faults = resolve_prose(content.prose, config.languages)
        versions, version_faults = versions_of(config.languages, translations, translated, resolved, prose, names)
        lost = _lost(read) | _unfiled(content, resolved) | _untranslated(content, translated)
        files = Files(content.media, content.captures, content.unread | lost)
        references, reference_faults = resolve_references(
            resolved.briefings, resolved.dossiers, prose, resolved.terms, files, versions
        )
        faults += [*resolve_faults, *prose_faults, *version_faults, *reference_faults]
    with means.stopwatch.stage("index"):
        archive = index(resolved, prose, references, drafts)
        others = {version.language: _index_in(version, resolved, prose, references, drafts) for version in versions}
    faults += future_faults(resolved.briefings, today)
    kept = tuple(sorted({f for f in faults if f.severity == "error" or f.code not in config.check.off}))
    pieces = {key for b in (*briefings, *translated) for key in (b.document, b.html, b.abstract)}
    return Prepared(sources, content, resolved, archive, others, kept, frozenset(pieces))


def _index_in(
    version: Version, resolved: Resolved, prose: Sequence[Prosaic], references: References, drafts: bool
) -> Archive:
    shown = prose_in(prose, version, drafts)
    return index(in_version(resolved, version, drafts), shown, references, drafts, version.language)


def _lost(read: Iterable[ReadBriefing]) -> frozenset[str]:
    """What others may refer to although it has no place in the archive, for reasons that are told elsewhere."""
    return frozenset(
        name for briefing in read if briefing.filed is None for name in (briefing.path, f"/{briefing.own_id}.md")
    )


def _unfiled(content: Content, resolved: Resolved) -> frozenset[str]:
    return frozenset(d.path for d in content.dossiers) - {d.document.path for d in resolved.dossiers}


def _untranslated(content: Content, translated: Iterable[Filed]) -> frozenset[str]:
    return frozenset(t.path for t in content.translations.briefings) - {filed.path for filed in translated}


def _read_briefings(
    root: Path,
    settings: MarkdownSettings,
    vocabulary: Vocabulary,
    content: Content,
    means: Means,
    sources: Sources,
    meanwhile: Callable[[], object],
    then: Callable[[], object],
) -> Sequence[ReadBriefing]:
    """Every briefing, filed: those that changed, or whose names may mean something else, are filed anew."""
    context = fingerprint(settings, vocabulary)
    filed = FiledBriefings(means.folder)
    found = filed.read(context)
    to_do = [
        (path, digest)
        for path in content.briefings
        if (digest := sources.known(path)) is None or (last := found.get(path)) is None or last.digest != digest
    ]
    if to_do:
        means.pieces.put([(context, msgpack.encode(vocabulary))])
        sizes = share_sizes(len(to_do), means.workers.jobs, _SMALLEST_SHARE, _LARGEST_SHARE)
        tasks = [
            FilingTask(str(root), str(means.folder), settings, context, share, means.pieces.began_empty)
            for share in in_shares(to_do, sizes)
        ]
        done = means.workers.results(file_documents, tasks, len(to_do), _WORTH)
        for number, result in enumerate(means.progress("reading content/briefings", done, len(tasks))):
            if number == 1:  # the others' hands are full
                meanwhile()
            for briefing in msgpack.decode(result, type=list[ReadBriefing]):
                found[briefing.path] = briefing
                if briefing.digest is not None:
                    sources.note(briefing.path, briefing.digest)
        if means.pieces.began_empty and not any(has_errors(briefing.faults) for briefing in found.values()):
            means.workers.ready(then, len(to_do), _WORTH)  # all pages are to be made
    read = [found[path] for path in content.briefings]
    if to_do or len(found) != len(read):
        filed.write(context, read, {path for path, _ in to_do})
    return read
