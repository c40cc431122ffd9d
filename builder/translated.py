"""Translations of briefings, read: each is filed anew where it, its original, or what names mean has changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct, msgpack

from builder.cache import Ledger, fingerprint
from builder.languages import Translated
from builder.markdown.settings import MarkdownSettings
from builder.means import Means
from builder.reading.sources import Sources
from builder.resolve import Filed, Vocabulary
from builder.work.tasks import ReadTranslation, Translating, TranslatingTask, file_translations
from builder.workers import in_chunks

_CHUNK = 50  # translations
_WORTH = 100  # fewer are done sooner than a process is begun


class _Read(Struct, frozen=True):
    """What became of each translation, in the context of one vocabulary and one way of reading Markdown."""

    context: bytes
    translations: list[ReadTranslation]


def _ledger(folder: Path) -> Ledger[_Read]:
    return Ledger(folder, "translations.ledger", _Read)


def filed_translations(folder: Path) -> list[Filed]:
    """The translations of briefings as the last command filed them, by the cache in `folder`."""
    read = _ledger(folder).read()
    return [translation.filed for translation in read.translations if translation.filed is not None] if read else []


def _basis(known: ReadTranslation) -> tuple[str, bytes | None, bytes]:
    return known.language, known.digest, known.original


def read_translations(
    root: Path,
    settings: MarkdownSettings,
    vocabulary: Vocabulary,
    files: Sequence[Translated],
    originals: Sequence[Filed],
    means: Means,
    sources: Sources,
) -> list[ReadTranslation]:
    """Every translation of a briefing that could be filed itself."""
    ledger = _ledger(means.folder)
    if not files:
        ledger.forget()
        return []
    context = fingerprint(settings, vocabulary)
    kept = ledger.read()
    found = {t.path: t for t in kept.translations} if kept is not None and kept.context == context else {}
    documents = {original.path: original.document for original in originals}
    files = [file for file in files if file.original in documents]
    to_do = []
    for file in files:
        digest, original, known = sources.known(file.path), documents[file.original], found.get(file.path)
        if digest is None or known is None or _basis(known) != (file.language, digest, original):
            to_do.append(Translating(file, digest, original))
    if to_do:
        means.pieces.put([(context, msgpack.encode(vocabulary))])
        tasks = [
            TranslatingTask(str(root), str(means.folder), settings, context, tuple(chunk))
            for chunk in in_chunks(to_do, _CHUNK)
        ]
        done = means.workers.results(file_translations, tasks, len(to_do), _WORTH)
        for result in means.progress("reading translations", done, len(tasks)):
            for translation in msgpack.decode(result, type=list[ReadTranslation]):
                found[translation.path] = translation
                if translation.digest is not None:
                    sources.note(translation.path, translation.digest)
    read = [found[file.path] for file in files]
    if to_do or kept is None or len(kept.translations) != len(read):
        ledger.write(_Read(context, read))
    return read
