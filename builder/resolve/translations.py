"""Translations: what they take from their originals, and the archive as the readers of one language see it.

A translation has a title, a summary and a body of its own. Every other field is its original's, unless it states it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from builder.faults import Fault, error
from builder.languages import prefix_of, said_in
from builder.load import Translation, Translations
from builder.load.file_names import own_id, undated_stem
from builder.model.briefing import Briefing
from builder.model.common import Document
from builder.model.documents import M
from builder.model.dossier import Dossier, Prose
from builder.model.records import AnyRecord
from builder.resolve.archive import Resolved
from builder.resolve.authority import Term
from builder.resolve.briefings import Abstract, Filed, ResolvedDossier, file_briefing
from builder.resolve.names import Filing, Names
from builder.resolve.prose import Prosaic

# Words of the original's are in its language; and who made it is told of each translation by itself.
_ITS_OWN = frozenset({"title", "summary", "lang", "translation", "aliases"})


class Version(Struct, frozen=True):
    """What there is in one language besides the site's own: briefings by the paths of their originals.

    `dossiers` are all dossiers, and `prose` all pages of it: those that aren't translated as their originals.
    """

    language: str
    briefings: dict[str, Filed]
    dossiers: tuple[ResolvedDossier, ...]
    prose: tuple[Prosaic, ...]


def in_translation(own: Document[M], original: Document[M], language: str) -> Document[M]:
    """A translation with what it takes from its original. That this is a draft, or withdrawn, always holds."""
    mine: Any = own.meta
    theirs: Any = original.meta
    taken = {
        name: getattr(theirs, name)
        for name in mine.__struct_fields__
        if name not in _ITS_OWN and not getattr(mine, name)
    }
    if isinstance(theirs, Briefing) and theirs.withdrawn is not None:
        taken["withdrawn"] = theirs.withdrawn
    aliases = (*mine.aliases, *_aliases_in(theirs.aliases, language))
    return replace(
        own,
        meta=replace(mine, **taken, lang=language, aliases=tuple(dict.fromkeys(aliases))),
        extra={**original.extra, **own.extra},
    )


def _aliases_in(aliases: Iterable[str], language: str) -> Iterator[str]:
    """What was once the original's address was then, with the language before it, its translation's."""
    return (prefix_of(language) + alias for alias in aliases if alias.startswith("/"))


def file_translation(
    own: Document[Briefing], key: bytes, original: Document[Briefing], language: str, names: Names
) -> tuple[Document[Briefing], Filed | None, Abstract | None, list[Fault]]:
    """Files the translation of a briefing; the whole document, which also is returned, is the piece under `key`.

    What is wrong with a field that it takes from its original is told there.
    """
    whole = in_translation(own, original, language)
    addressed = replace(
        whole.meta,
        id=own_id(original.path, original.meta),
        slug=original.meta.slug or undated_stem(original.path, original.meta.date),
        date=original.meta.date,
    )
    whole = replace(whole, meta=addressed)
    filed, abstract, faults = file_briefing(whole, key, names)
    faults = [*_of_its_own(faults, own), *_language_faults(own, language)]
    if filed is None or abstract is None:
        return whole, None, None, faults
    address = prefix_of(language) + filed.address
    reason_lang, corrections_lang, location_lang = (
        language if field in own.lines else original.meta.lang for field in ("trend_reason", "corrections", "location")
    )
    places = tuple([replace(place, lang=location_lang) for place in abstract.places])
    return (
        whole,
        replace(
            filed,
            address=address,
            original=original.path,
            reason_lang=reason_lang,
            corrections_lang=corrections_lang,
        ),
        replace(abstract, address=address, translated=True, places=places),
        faults,
    )


def _of_its_own(faults: Iterable[Fault], own: Document[M]) -> list[Fault]:
    return [fault for fault in faults if fault.field.partition(".")[0] in own.lines]


def _language_faults(own: Document[M], language: str) -> Iterator[Fault]:
    stated = own.meta.lang
    if stated is not None and stated.lower() != language.lower():
        message = f'is "{stated}" here and "{language}" in the file\'s name; make them one'
        yield error(own.path, own.line("lang"), "inconsistent", message, "lang")


def versions_of(
    languages: Sequence[str],
    translations: Translations,
    briefings: Iterable[Filed],
    resolved: Resolved,
    prose: Sequence[Prosaic],
    names: Names,
) -> tuple[tuple[Version, ...], list[Fault]]:
    """The archive's versions in `languages`, with the translated `briefings`; and what is wrong with translations."""
    translated: dict[str, dict[str, Filed]] = {language: {} for language in languages}
    faults: list[Fault] = []
    for filed in briefings:
        assert filed.original is not None and filed.lang is not None
        translated[filed.lang][filed.original] = filed
    found = []
    for language in languages:
        dossiers = _dossiers_in(language, translations.dossiers, resolved.dossiers, names, faults)
        pages = _prose_in(language, translations.prose, prose, faults)
        found.append(Version(language, translated[language], tuple(dossiers), tuple(pages)))
    return tuple(found), faults


def _by_original(translations: Iterable[Translation[M]], language: str) -> dict[str, Document[M]]:
    return {t.original: t.document for t in translations if t.language == language}


def _dossiers_in(
    language: str,
    translations: Iterable[Translation[Dossier]],
    dossiers: Iterable[ResolvedDossier],
    names: Names,
    faults: list[Fault],
) -> Iterator[ResolvedDossier]:
    own = _by_original(translations, language)
    for dossier in dossiers:
        address = prefix_of(language) + dossier.address
        translation = own.get(dossier.document.path)
        if translation is None:
            meta = dossier.document.meta
            aliases = tuple(_aliases_in(meta.aliases, language))
            document = replace(dossier.document, meta=replace(meta, aliases=aliases))
            yield replace(dossier, document=document, address=address)
            continue
        document = in_translation(translation, dossier.document, language)
        filing = Filing(names, document.path)
        regions = filing.all_under(names.regions, document.meta.region, "region")
        actors = filing.all_under(names.actors, document.meta.actors, "actors")
        faults += [*_of_its_own(filing.faults, translation), *_language_faults(translation, language)]
        yield ResolvedDossier(document, dossier.id, address, regions, actors, tuple(filing.strangers), translated=True)


def _prose_in(
    language: str, translations: Iterable[Translation[Prose]], prose: Iterable[Prosaic], faults: list[Fault]
) -> Iterator[Prosaic]:
    own = _by_original(translations, language)
    for page in prose:
        translation = own.get(page.document.path)
        if translation is None:
            yield page
        else:
            faults += _language_faults(translation, language)
            document = in_translation(translation, page.document, language)
            yield Prosaic(document, prefix_of(language) + page.address, page.place)


def in_version(resolved: Resolved, version: Version, drafts: bool) -> Resolved:
    """An archive as the readers of one language see it: what isn't translated is there in the original.

    Translations that are drafts count only if `drafts`.
    """
    return Resolved(
        briefings=tuple(_briefings_in(resolved.briefings, version.briefings, drafts)),
        dossiers=version.dossiers,
        terms={kind: _terms_in(terms, version.language) for kind, terms in resolved.terms.items()},
        parents=resolved.parents,
    )


def _briefings_in(originals: Iterable[Filed], translated: Mapping[str, Filed], drafts: bool) -> Iterator[Filed]:
    for original in originals:
        translation = translated.get(original.path)
        if translation is None or (translation.draft and not drafts):
            yield original
            continue
        yield translation
        if translation.withdrawn is not None and original.withdrawn is None:
            yield original  # only the translation was wrong: its notice stands beside the original


def prose_in(originals: Sequence[Prosaic], version: Version, drafts: bool) -> tuple[Prosaic, ...]:
    """The pages of prose as the readers of one language see them. Translations that are drafts count if `drafts`."""
    pairs = zip(originals, version.prose, strict=True)
    return tuple(original if page.document.meta.draft and not drafts else page for original, page in pairs)


def _terms_in(terms: Mapping[str, Term], language: str) -> dict[str, Term]:
    return {slug: _term_in(term, language) for slug, term in terms.items()}


def _term_in(term: Term, language: str) -> Term:
    record: AnyRecord | None = term.record
    if record is None:
        return term
    described = replace(
        record,
        description=said_in(record.descriptions, language) or record.description,
        note=said_in(record.notes, language) or record.note,
    )
    return replace(term, name=said_in(record.names, language) or term.name, record=described)
