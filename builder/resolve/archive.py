"""Resolving the whole: what several documents have to do with each other."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from builder.faults import Fault
from builder.load import Content
from builder.resolve.authority import Term, TermKind
from builder.resolve.briefings import (
    Filed,
    ResolvedDossier,
    file_dossiers,
    shared_id_faults,
    unknown_name_faults,
)
from builder.resolve.names import Names


class Resolved(Struct, frozen=True):
    """Everything with its names resolved. `terms` are those that have a record.

    `parents` has the slugs that a region or an actor is filed in; `briefings` are in the order of their paths.
    """

    briefings: tuple[Filed, ...]
    dossiers: tuple[ResolvedDossier, ...]
    terms: dict[TermKind, dict[str, Term]]
    parents: dict[TermKind, dict[str, tuple[str, ...]]]


def resolve(
    content: Content, briefings: Sequence[Filed], translated: Sequence[Filed], names: Names
) -> tuple[Resolved, list[Fault]]:
    """Brings the filed briefings together with the rest of the archive. Returns all that could be, and all faults.

    Of `translated` ones only the names are looked at: in what they don't take from their originals.
    """
    dossiers, faults = file_dossiers(content.dossiers, names)
    parents, record_faults = names.parents()
    faults += record_faults
    faults += shared_id_faults(briefings)
    owners = [(dossier.document.path, dossier.strangers) for dossier in dossiers]
    owners += [(filed.path, filed.strangers) for filed in briefings if filed.strangers]
    lost = [(filed.path, mention) for filed in briefings for mention in filed.lost]
    originals = {filed.path: filed for filed in briefings} if translated else {}
    for filed in translated:
        original = originals[filed.original or ""]
        owners.append((filed.path, tuple(name for name in filed.strangers if name not in original.strangers)))
        lost += [(filed.path, mention) for mention in filed.lost if mention not in original.lost]
    faults += unknown_name_faults(names, owners, lost)
    return Resolved(tuple(briefings), dossiers, names.terms(), parents), faults
