"""What a document may be."""

from __future__ import annotations

from typing import TypeVar

from builder.model.briefing import Briefing
from builder.model.dossier import Dossier, Prose

M = TypeVar("M", Briefing, Dossier, Prose)
