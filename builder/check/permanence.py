"""Permanence: what was public is compared with what is, and told with the line that decides it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from builder.config import Config
from builder.faults import ArchiveError, Fault, error, warning
from builder.index import Archive
from builder.plan import Plan
from builder.published import (
    PUBLISHED,
    Difference,
    PublicBriefing,
    Published,
    compare,
    public_in,
    read_published,
    renewed,
    write,
)

Line = tuple[str, int]  # a file and a line


class Standing(Struct, frozen=True):
    """What was public (None where nothing was yet), what is, and all addresses at which something answers.

    `lines` are those that decide what stands at an address.
    """

    before: Published | None
    now: Published
    answers: frozenset[str]
    lines: Mapping[str, Line]

    def differences(self) -> list[Difference]:
        """What isn't as it was."""
        return list(compare(self.before, self.now, self.answers)) if self.before is not None else []

    def renewed(self, today: date) -> Published:
        """What is to be on record when all this is public. A new edition is of `today`."""
        return renewed(self.before or Published(), self.now, self.answers, today)


def standing_of(root: Path, config: Config, archives: Collection[Archive], plan: Plan) -> Standing:
    """How an archive stands to what was public of it. Drafts answer nowhere.

    Raises ArchiveError where `published.json` can't be read.
    """
    drafts = {e.briefing.address for a in archives for e in (*a.entries, *a.notices) if e.briefing.draft}
    drafts |= {page.address for a in archives for page in a.prose.values() if page.document.meta.draft}
    return Standing(
        before=read_published(root),
        now=public_in(archives, config.language),
        answers=frozenset(page.address for page in plan.pages) - drafts,
        lines={address: line for archive in archives for address, line in _lines(archive)},
    )


def _lines(archive: Archive) -> Iterator[tuple[str, Line]]:
    for entry in archive.own((*archive.entries, *archive.notices)):
        briefing = entry.briefing
        yield briefing.address, (briefing.path, briefing.line("slug", "date"))
    for dossier in archive.dossiers:
        yield dossier.address, (dossier.document.path, dossier.document.line("id"))
    for _, page in archive.own_prose():
        yield page.address, (page.document.path, page.document.line("slug"))


def permanence_faults(standing: Standing) -> Iterator[Fault]:
    """Addresses that were public and answer no more, and words that changed in silence."""
    for difference in standing.differences():
        yield _fault(standing, difference)


def _fault(standing: Standing, difference: Difference) -> Fault:
    address, was, now = difference.address, difference.was, difference.now
    path, line = standing.lines.get(now.address if now is not None else "", (PUBLISHED, 0))
    match difference.what:
        case "moved":
            message = f'"{address}", where this was public, must go on answering; add it (`sitrep check --fix` does)'
            return error(path, line, "address-lost", message, "aliases")
        case "taken":
            message = (
                f"{address}, where this was public, is now the address of something else; give that another `slug`"
            )
            return error(path, line, "address-lost", message)
        case "reworded":
            message = "its words changed since they were published, and nothing says so; add `updated` or `corrections`"
            return warning(path, line, "untold-change", message)
    if isinstance(was, PublicBriefing):
        message = (
            f'{address} was public and answers no more; restore the briefing "{was.id}", and withdraw it if it must go'
        )
    elif was.kind == "redirect":
        message = f"{address} was public and answers no more; put it into the `aliases` of what replaces it"
    else:
        message = (
            f"{address} was public and answers no more; restore it, or name it in the `aliases` of what replaces it"
        )
    return error(PUBLISHED, 0, "address-lost", message)


def missing_faults(standing: Standing, today: date) -> Iterator[Fault]:
    """That something public isn't on record yet, where nothing may be written."""
    if standing.before is None or standing.renewed(today) == standing.before:
        return
    known = {briefing.key for briefing in standing.before.briefings}
    new = sum(briefing.key not in known for briefing in standing.now.briefings)
    what = f"lacks {new} public briefing{'' if new == 1 else 's'}" if new else "isn't what is public now"
    message = f"{what}; run `sitrep check --fix` on your own machine, and commit what it writes"
    yield warning(PUBLISHED, 0, "not-recorded", message)


def lost_addresses(standing: Standing) -> dict[str, list[str]]:
    """By the file of what has moved, the public addresses that it must go on answering at."""
    found: dict[str, list[str]] = {}
    for difference in standing.differences():
        if difference.what == "moved" and difference.now is not None:
            path, _ = standing.lines.get(difference.now.address, ("", 0))
            if path:
                found.setdefault(path, []).append(difference.address)
    return found


def newly_public(standing: Standing) -> frozenset[str]:
    """The ids of the briefings that are public and not on record yet."""
    known = {briefing.id for briefing in standing.before.briefings} if standing.before is not None else set()
    return frozenset(briefing.id for briefing in standing.now.briefings) - known


def record(root: Path, standing: Standing, today: date) -> bool:
    """Writes `published.json`, if something is new; whether it did. Raises ArchiveError where it can't be written."""
    after = standing.renewed(today)
    if after == standing.before:
        return False
    place = root / PUBLISHED
    try:
        new = place.with_name(f".{PUBLISHED}.new")
        new.write_text(write(after), "utf-8", newline="\n")
        new.replace(place)
    except OSError as problem:
        message = f"can't be written: {problem.strerror}"
        raise ArchiveError([error(PUBLISHED, 0, "output", message)]) from problem
    return True
