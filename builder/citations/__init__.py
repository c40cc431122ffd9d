"""Citations: what a briefing is cited with, as reference managers read it."""

from builder.citations.bibtex import bibtex
from builder.citations.citation import Citation, citation_key
from builder.citations.csl import csl
from builder.citations.ris import ris

__all__ = ["Citation", "bibtex", "citation_key", "csl", "ris"]
