"""`sitrep check`"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from builder.check.captures import capture_faults
from builder.check.fixes import fix
from builder.cli.archive import locate, today_in
from builder.cli.reporting import Reporter, count, fault_counts
from builder.config import Config, read_config
from builder.faults import ArchiveError, Fault
from builder.load.pieces import DocumentPieces, TranslationPieces
from builder.markdown.settings import MarkdownSettings
from builder.means import Means, open_means
from builder.model.briefing import Briefing
from builder.model.common import Document
from builder.order import whatever_the_cache
from builder.pipeline import plan_site, stop_on
from builder.prepare import Prepared, prepare
from builder.reading.sources import Sources
from builder.resolve import Filed
from builder.workers import default_jobs


def run_check(*, strict: bool, fix: bool, root: Path | None, quiet: bool, as_json: bool) -> None:
    """Checks everything and reports. Ends with exit status 1 where there are errors (with `strict`, warnings too)."""
    reporter = Reporter("check", quiet=quiet, as_json=as_json)
    archive_root = locate(root)
    try:
        config = read_config(archive_root)
        prepared, faults, fixed = whatever_the_cache(
            archive_root, lambda: _check(archive_root, config, reporter, fixing=fix)
        )
        if fixed:
            prepared, faults, _ = whatever_the_cache(
                archive_root, lambda: _check(archive_root, config, reporter, fixing=False)
            )
        stop_on(faults, strict)
    except ArchiveError as problem:
        counted = fault_counts(problem.faults)
        reporter.failed(problem, f"{count(counted['errors'], 'error')}, {count(counted['warnings'], 'warning')}")
    briefings = prepared.resolved.briefings
    counts = {
        "briefings": len(briefings),
        "drafts": sum(briefing.draft for briefing in briefings),
        "unconfirmed": sum(briefing.inferred for briefing in briefings),
        "fixed": fixed,
        **fault_counts(faults),
    }
    warnings = count(counts["warnings"], "warning") if counts["warnings"] else "nothing wrong"
    drafts = f" ({count(counts['drafts'], 'draft')})" if counts["drafts"] else ""
    inferred = f", {counts['unconfirmed']} with inferred fields to confirm" if counts["unconfirmed"] else ""
    closing = f"{count(counts['briefings'], 'briefing')}{drafts}{inferred} in {reporter.seconds:.1f} s: {warnings}"
    reporter.done(counts, faults, [closing])


def _check(root: Path, config: Config, reporter: Reporter, *, fixing: bool) -> tuple[Prepared, list[Fault], int]:
    """What is there and what is wrong with it; how many lines were then mended, if it was to be."""
    with open_means(root, default_jobs(), reporter.progress, verify=False) as means:
        prepared = prepare(root, config, means, Sources(root, means.now), drafts=True, today=today_in(config))
        _, _, plan_faults = plan_site(root, config, prepared, means, {})
        faults = [*prepared.faults, *plan_faults]
        faults += capture_faults(root, [*prepared.resolved.briefings, *_with_own_captures(prepared)])
        return prepared, faults, _fix(root, config, prepared, means, reporter) if fixing else 0


def _with_own_captures(prepared: Prepared) -> Iterator[Filed]:
    """Translations that name another capture than their originals."""
    captures = {briefing.path: briefing.capture for briefing in prepared.resolved.briefings}
    for archive in prepared.translated.values():
        for entry in archive.own((*archive.entries, *archive.notices)):
            briefing = entry.briefing
            if briefing.original is not None and briefing.capture != captures[briefing.original]:
                yield briefing


def _fix(root: Path, config: Config, prepared: Prepared, means: Means, reporter: Reporter) -> int:
    settings = MarkdownSettings(config.markdown.typographer, config.language)
    documents = DocumentPieces(root, settings, means.pieces)
    found = (documents.read(p, Briefing, prepared.sources.known(p)).document for p in prepared.content.briefings)
    translated = _translated(root, settings, prepared, means)
    changes = fix(root, (document for document in found if document is not None), translated, prepared.content)
    for change in changes:
        reporter.say(f"{change.path}:{change.line}: fixed: {change.what}")
    return len(changes)


def _translated(
    root: Path, settings: MarkdownSettings, prepared: Prepared, means: Means
) -> Iterator[Document[Briefing]]:
    for file in prepared.content.translations.briefings:
        documents = TranslationPieces(root, replace(settings, language=file.language), means.pieces)
        document = documents.read(file.path, Briefing, prepared.sources.known(file.path)).document
        if document is not None:
            yield document
