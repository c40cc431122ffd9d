"""Writing: a draft becomes a file of the archive, unless the archive has it already."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from msgspec.structs import replace

from builder.importing.addresses import without_tracking
from builder.importing.archive_names import Records
from builder.importing.attaching import attach, is_unsourced_draft
from builder.importing.briefing_file import Source, briefing_text, front_matter, slug_of, tags_of
from builder.importing.conversion import Draft
from builder.importing.discarding import LIST
from builder.importing.evidence import Origin, Original, capture_path, clear_away, keep, write_new
from builder.importing.known import Known
from builder.importing.new_records import add_actors
from builder.importing.options import Options
from builder.importing.remembered import Held, Journal
from builder.importing.report import Duplicate, Failed, Imported, Report
from builder.importing.sources import Item
from builder.importing.tagging import Proposal

_NEVER_TWICE = ("same capture", "same article")


class Writer:
    """Writes drafts into one archive, and notes in the report what became of each."""

    def __init__(
        self, root: Path, options: Options, records: Records, known: Known, journal: Journal, report: Report
    ) -> None:
        self._root = root
        self._options = options
        self._records = records
        self._known = known
        self._journal = journal
        self._report = report
        self._proposals: dict[Proposal, Proposal] = {}
        self._taken: set[str] = set()
        self._kept: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self._folders: set[str] = set()
        self._real_folders: dict[str, str] = {}
        self._content = os.path.realpath(root / "content")

    def take(self, draft: Draft, item: Item, original: Original) -> None:
        """Writes a draft, or adds its source to the briefing that says the same."""
        source = self._source(draft, item)
        found = self._duplicate(draft, source)
        like = self._known.like(draft.shingles, _day_of(draft)) if found is None else None
        if like is not None and not like.is_other:
            found = Duplicate(draft.name, like.path, "nearly the same text")
        if found is not None and (self._options.duplicates != "keep" or found.kind in _NEVER_TWICE):
            self._note_duplicate(found, source)
            return
        if self._options.accept_new:
            names = dict.fromkeys((*draft.tags.actors, *(proposal.name for proposal in draft.tags.proposals)))
            draft = replace(draft, tags=replace(draft.tags, actors=tuple(names)))
        try:
            path = self._write(draft, item, source, original)
        except OSError as problem:
            message = f"can't be written: {problem.strerror}; make room or mend the folder's rights, and try again"
            self._report.failed.append(Failed(draft.name, message))
            return
        notes = [*draft.notes]
        if not source.name and not source.url:
            notes.append("no publisher was found; give --source")
        if like is not None and like.is_other:
            notes.append(f"says nearly the same as {like.path}, with other dates or numbers: keep both, or discard one")
        # What comes from a worker process is a copy each time: a hundred thousand of the same words.
        proposals = tuple(self._proposals.setdefault(one, one) for one in draft.tags.proposals)
        self._report.imported.append(Imported(draft.name, path, tuple(map(sys.intern, notes)), proposals))

    def fills_source(self, path: str) -> bool:
        """Whether the briefing at `path`, imported when nobody told its publisher, gets it from this import."""
        options = self._options
        is_asked = bool(options.source) and options.duplicates == "attach" and path != LIST
        return is_asked and is_unsourced_draft(self._root, path)

    def accept_proposals(self, report: Report) -> None:
        """Writes the proposed records, if that was asked for."""
        if self._options.accept_new and not self._options.dry_run:
            proposals = [proposal for proposal, _ in report.proposals.values()]
            report.accepted.extend(add_actors(self._root, proposals))

    def _source(self, draft: Draft, item: Item) -> Source:
        article = draft.article
        # The address as it was captured stays in the capture's record.
        url = without_tracking(article.url if article.url.startswith(("http://", "https://")) else item.url)
        name = self._options.source
        # Where a message was sent from is its publisher's only if a record says so.
        place = url or (f"https://{article.host}/" if article.host else "")
        if not name and place and (own := self._records.sources.find_host(place)) is not None:
            name = self._records.publishers[own]
        if not name and article.event is not None and article.event.sources:
            name = article.event.sources[0]
        name = name or article.publisher or ((urlsplit(url).hostname or "").removeprefix("www.") if url else "")
        if name and (own := self._records.sources.find(name)) is not None:
            name = self._records.publishers[own]
        published = article.published.iso if article.published is not None else ""
        # The headline of a row is often made of its codes: no source has it so.
        title = article.title if (name or url) and article.event is None else ""
        return Source(name, url, title, published, draft.fetched[:10] if url else "")

    def _duplicate(self, draft: Draft, source: Source) -> Duplicate | None:
        held = self._known.of_capture(draft.sha256)
        if held is not None and not draft.is_part:
            return Duplicate(draft.name, held, "same capture")
        if (path := self._known.with_id(_id_of(draft))) is not None:
            return Duplicate(draft.name, path, "same article")
        if (path := self._known.at_address(source.url)) is not None:
            differs = self._known.differs(source.url, draft.shingles)
            return Duplicate(draft.name, path, "same address", differs=differs)
        return None

    def _note_duplicate(self, found: Duplicate, source: Source) -> None:
        attached = False
        is_other = self._options.duplicates == "attach" and found.kind == "nearly the same text"
        wants_source = is_other or (found.kind == "same capture" and self.fills_source(found.path))
        if wants_source and not self._options.dry_run:
            attached = attach(self._root, found.path, source)
            if attached and source.url:
                self._known.note_address(source.url, found.path)
        self._report.duplicates.append(replace(found, attached=attached))

    def _write(self, draft: Draft, item: Item, source: Source, original: Original) -> str:
        year = draft.when.start.parts[0]
        kept = self._place_of_capture(item, original, year)
        own_id, path = self._own_path(draft, year)
        converted = f"{self._options.now}, by sitrep {self._options.version}"
        capture = {"file": f"/{kept}", "sha256": original.sha256, "converted": converted}
        tags = tags_of(draft, self._records.names.tags)
        lines = front_matter(
            draft,
            own_id,
            source,
            capture=capture,
            tags=tags,
            is_draft=draft.article.is_draft or not self._options.publish,
        )
        text = briefing_text(lines, draft.body)
        if self._options.dry_run:
            self._taken.add(path)  # what is written is there
        if not self._options.dry_run:
            # The capture first: a briefing whose evidence is missing must not be there, even for a moment.
            self._make_folder_of(f"content/{kept}")
            keep(self._root, kept, original, self._origin(draft, item))
            self._make_folder_of(path)
            write_new(self._root / path, BytesIO(text.encode()))
        addresses = (source.url,) if source.url else ()
        held = Held(path, (0, 0), (original.sha256,), addresses, draft.shingles, own_id, _day_of(draft))
        self._known.add(held)
        if not self._options.dry_run:
            stat = (self._root / path).stat()
            self._journal.note(replace(held, stat=(stat.st_size, stat.st_mtime_ns)))
        return path

    def _make_folder_of(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            (self._root / folder).mkdir(parents=True, exist_ok=True)
            clear_away(self._root / folder, time.time())
            self._folders.add(folder)

    def _place_of_capture(self, item: Item, original: Original, year: str) -> str:
        """Where the capture is kept: where it is, if it lies among the captures already."""
        if item.path:
            place = self._real_path(item.path)
            if place.startswith(f"{self._content}{os.sep}captures{os.sep}"):
                return Path(place).relative_to(self._content).as_posix()
        # A WARC may hold articles of many years: it is kept once, by the year of the first of them.
        name = item.url or item.name
        return self._kept.setdefault(original.sha256, capture_path(name, year, original))

    def _real_path(self, path: str) -> str:
        """A file's path without links in it. Of many captures in one folder, where that is is asked once."""
        folder, name = os.path.split(Path(path).absolute())
        if Path(path).is_symlink():
            return os.path.realpath(path)
        if folder not in self._real_folders:
            self._real_folders[folder] = os.path.realpath(folder)
        return f"{self._real_folders[folder]}{os.sep}{name}"

    def _own_path(self, draft: Draft, year: str) -> tuple[str, str]:
        """The briefing's id and file, none of them taken."""
        day = "-".join(draft.when.start.parts)
        stem = f"{day}-{slug_of(draft.article.title) or draft.sha256[:8]}"
        name, number = stem, 1
        while (path := f"content/briefings/{year}/{name}.md") in self._taken or (self._root / path).exists():
            # Of many events with one headline, the next free number is not looked for from the first one on.
            number = max(number, self._numbers.get(stem, 1)) + 1
            name = f"{stem}-{number}"
        if number > 1:
            self._numbers[stem] = number
        return _id_of(draft) or name, path

    def _origin(self, draft: Draft, item: Item) -> Origin:
        settings: dict[str, str] = {"duplicates": self._options.duplicates}
        if self._options.source:
            settings["source"] = self._options.source
        if self._options.published is not None:
            settings["date"] = self._options.published.iso
        if draft.columns:
            settings["columns"] = ",".join(f"{one.field}={'+'.join(one.columns)}" for one in draft.columns)
        return Origin(
            source=item.url or Path(item.name).name,
            imported=self._options.now,
            version=self._options.version,
            settings=settings,
            url=draft.article.url,
            fetched=draft.fetched,
            operator=self._options.operator,
        )


def _day_of(draft: Draft) -> int:
    return draft.when.start.first_day().toordinal()


def _id_of(draft: Draft) -> str:
    return id_of(draft.article.key)


def id_of(key: str) -> str:
    """The id of a briefing that is to be known again by what it was made from; empty where nothing tells that.

    It is made from the key, and not from the headline or the day: those may be mended in the next edition of a table.
    """
    return f"{key.partition(' ')[0]}-{hashlib.sha256(key.encode()).hexdigest()[:16]}" if key else ""
