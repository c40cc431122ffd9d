"""Scaffolding: a new archive, and a new briefing in one."""

from builder.scaffold.archive import new_archive
from builder.scaffold.briefing import NewBriefing, new_briefing

__all__ = ["NewBriefing", "new_archive", "new_briefing"]
