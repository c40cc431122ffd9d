"""Work: what is done piece by piece, by one process or several.

A piece of work is a plain value that names its inputs, and a function that can be imported by its name. What it
returns is small; what it makes is kept in the cache or written to its place.
"""

from builder.work.executors import Workers, default_jobs, in_chunks, in_order
from builder.work.filing import FilingTask, ReadBriefing, file_documents
from builder.work.making import Made, Making, MakingTask, Stage, make_pages

__all__ = [
    "FilingTask",
    "Made",
    "Making",
    "MakingTask",
    "ReadBriefing",
    "Stage",
    "Workers",
    "default_jobs",
    "file_documents",
    "in_chunks",
    "in_order",
    "make_pages",
]
