"""Resolving: the names that curators wrote become the records they mean.

In go documents, with names as written; out come briefings and dossiers that are filed: every name is the slug of a
term, and a term is a record or a name that has none.
"""

from builder.resolve.archive import Resolved, resolve
from builder.resolve.authority import Term, TermKind
from builder.resolve.briefings import Abstract, Filed, ResolvedDossier
from builder.resolve.names import Names, Vocabulary, vocabulary_of

__all__ = [
    "Abstract",
    "Filed",
    "Names",
    "Resolved",
    "ResolvedDossier",
    "Term",
    "TermKind",
    "Vocabulary",
    "resolve",
    "vocabulary_of",
]
