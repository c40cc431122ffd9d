"""`sitrep check`"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from builder.check.captures import capture_faults
from builder.check.fixes import ToPublish, fix
from builder.check.permanence import (
    Standing,
    lost_addresses,
    missing_faults,
    newly_public,
    permanence_faults,
    record,
    standing_of,
)
from builder.cli.archive import is_ci, locate, now_in, today_in
from builder.cli.reporting import Reporter, count, fault_counts
from builder.config import Config, read_config
from builder.faults import ArchiveError, Fault, has_errors
from builder.load.pieces import DocumentPieces, TranslationPieces
from builder.look import find_look
from builder.markdown.settings import MarkdownSettings
from builder.means import Means, open_means
from builder.model.briefing import Briefing
from builder.model.common import Document
from builder.order import whatever_the_cache
from builder.pipeline import plan_site, stop_on
from builder.prepare import Prepared, prepare
from builder.published import PUBLISHED
from builder.reading.sources import Sources
from builder.resolve import Filed
from builder.workers import default_jobs


def run_check(*, strict: bool, fix: bool, root: Path | None, quiet: bool, as_json: bool) -> None:
    """Checks everything and reports. Ends with exit status 1 where there are errors (with `strict`, warnings too)."""
    reporter = Reporter("check", quiet=quiet, as_json=as_json)
    archive_root = locate(root)
    try:
        config = read_config(archive_root)
        checked = whatever_the_cache(archive_root, lambda: _check(archive_root, config, reporter, fixing=fix))
        fixed = checked.fixed
        if fixed:
            checked = whatever_the_cache(archive_root, lambda: _check(archive_root, config, reporter, fixing=False))
        prepared, standing, faults = checked.prepared, checked.standing, checked.faults
        if is_ci():
            faults = [*faults, *missing_faults(standing, today_in(config))]
        elif fix and not has_errors(faults) and record(archive_root, standing, today_in(config)):
            reporter.say(f"{PUBLISHED}: written; commit it")
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
    reporter.done(counts, faults, [closing, *_on_record(archive_root)])


def _on_record(root: Path) -> list[str]:
    if (root / PUBLISHED).exists():
        return []
    return [f"Nothing is public yet, as there is no {PUBLISHED}; `sitrep deploy` or `sitrep check --fix` writes it"]


class _Checked(Struct, frozen=True):
    """What is there, how it stands to what was public, and what is wrong; how many lines were then mended."""

    prepared: Prepared
    standing: Standing
    faults: list[Fault]
    fixed: int


def _check(root: Path, config: Config, reporter: Reporter, *, fixing: bool) -> _Checked:
    with open_means(root, default_jobs(), reporter.progress, verify=False) as means:
        prepared = prepare(root, config, means, Sources(root, means.now), drafts=True, today=today_in(config))
        look = find_look(root, config, means.pieces)
        plan, plan_faults = plan_site(root, config, prepared, means, look, {})
        standing = standing_of(root, config, prepared.archives(), plan)
        faults = [*prepared.faults, *plan_faults]
        faults += [f for f in permanence_faults(standing) if f.severity == "error" or f.code not in config.check.off]
        faults += capture_faults(root, [*prepared.resolved.briefings, *_with_own_captures(prepared)])
        return _Checked(
            prepared, standing, faults, _fix(root, config, prepared, standing, means, reporter) if fixing else 0
        )


def _with_own_captures(prepared: Prepared) -> Iterator[Filed]:
    """Translations that name another capture than their originals."""
    captures = {briefing.path: briefing.capture for briefing in prepared.resolved.briefings}
    for archive in prepared.translated.values():
        for entry in archive.own((*archive.entries, *archive.notices)):
            briefing = entry.briefing
            if briefing.original is not None and briefing.capture != captures[briefing.original]:
                yield briefing


def _fix(root: Path, config: Config, prepared: Prepared, standing: Standing, means: Means, reporter: Reporter) -> int:
    settings = MarkdownSettings(config.markdown.typographer, config.language)
    documents = DocumentPieces(root, settings, means.pieces)
    found = (documents.read(p, Briefing, prepared.sources.known(p)).document for p in prepared.content.briefings)
    translated = _translated(root, settings, prepared, means)
    to_publish = ToPublish(aliases=lost_addresses(standing))
    if not is_ci():
        new = newly_public(standing)
        paths = frozenset(briefing.path for briefing in prepared.resolved.briefings if briefing.id in new)
        to_publish = replace(to_publish, instant=now_in(config), briefings=paths)
    read = (document for document in found if document is not None)
    changes = fix(root, read, translated, prepared.content, to_publish)
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
