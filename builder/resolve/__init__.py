"""Resolving: the names that curators wrote become the records they mean.

In goes `Content`, with names as written; out comes `Resolved`, in which every name is the slug of a term, and a
term is a record or a name that has none.
"""

from builder.resolve.authority import Term, TermKind
from builder.resolve.briefings import Resolved, ResolvedBriefing, ResolvedDossier, resolve

__all__ = ["Resolved", "ResolvedBriefing", "ResolvedDossier", "Term", "TermKind", "resolve"]
